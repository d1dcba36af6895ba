"""Where each line stands: sections, their stories, and what runs on behind them. Nothing is numbered yet."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.compose.candidates import Candidate, Written
from digest.config import Config
from digest.language.words import content_stems
from digest.models import BRIEFLY_TITLE, Background
from digest.sections import CATCH_ALL

OTHER_TITLE = "Also reported"
# Of what has no line today and fits no section: under the last story it would be taken for that one's background.
RUNNING_TITLE = "Running on"
NOTHING_FOUND = "Nothing in this issue was found to belong here."
NONE_MADE_IT = "Nothing that belongs here made it into this brief."
NOTHING_NEW = "Nothing new since the last issue."

# A teaser's line that lacks more than this share of its title's words stands under the title, though it is the only
# one. In a brief of four feeds eight of nine such lines could not be understood without it; .4 and .6 change one.
GONE_ON = 0.5
# A line comes first in its story where it is nearer to the story's title by so much, and rests on at most one origin
# less. Read on 122 single days of news: of 297 stories with several lines 26 begin otherwise (docs/line-quality.md).
NEARER = 0.2
_BACKGROUND = re.compile(r"(?:After|Although|Before|Since|Though|Until|When|While)\b")
BACKGROUNDS = 2  # topics of one story that its line of background names, at most: it is a reminder, no second telling
STILL_RUNNING = 5  # stories of one section that are named though they have nothing new, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A story before numbering: its title, its lines, and what runs on behind them."""

    title: str | None
    lines: tuple[Written, ...]
    background: tuple[Background, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A section before numbering."""

    title: str | None
    stories: tuple[Block, ...]
    background: tuple[Background, ...]
    empty_because: str | None = None


def lay_out(
    chosen: Sequence[Written],
    running: Sequence[Candidate],
    config: Config,
    titles: Mapping[int, str | None],
    with_topics: frozenset[int],
) -> list[Plan]:
    """The user's sections in their order, each with its lines or why it has none; then what fits none of them."""
    home = _homes(chosen)
    plans = []
    for index in (*range(len(config.sections)), CATCH_ALL):
        mine = [line for line in chosen if line.candidate.section == index]
        quiet = [one for one in running if one.section == index and one.story not in home]
        still = _backgrounds(quiet, each=1)[:STILL_RUNNING]
        behind = [one for one in running if home.get(one.story) == index]
        stories = _stories(mine, behind, {label: title for label, title in titles.items() if home.get(label) == index})
        if index != CATCH_ALL:
            told = any(one.section == index for one in running)
            reason = NOTHING_NEW if told else NONE_MADE_IT if index in with_topics else NOTHING_FOUND
            title, why = config.sections[index].title, None if mine else reason
            plans.append(Plan(title=title, stories=stories, background=still, empty_because=why))
        elif mine:
            plans.append(Plan(title=OTHER_TITLE if config.sections else None, stories=stories, background=()))
        if index == CATCH_ALL and still:
            plans.append(Plan(title=RUNNING_TITLE, stories=(), background=still, empty_because=NOTHING_NEW))
    return plans


def _homes(chosen: Sequence[Written]) -> dict[int, int]:
    """Each printed story's section: where most of its lines stand, the best one's where as many stand elsewhere.

    Its title, and what runs on behind it, stand there alone: over lines of another section the title misleads.
    """
    standing = Counter((line.candidate.story, line.candidate.section) for line in chosen)
    home: dict[int, int] = {}
    for (story, section), count in standing.items():
        if story not in home or count > standing[story, home[story]]:
            home[story] = section
    return home


def _stories(
    lines: Sequence[Written], running: Sequence[Candidate], titles: Mapping[int, str | None]
) -> tuple[Block, ...]:
    """Stories with a title, the most widely told first, of equals by their best line; then the lines that need none.

    A line alone in its story needs none, unless several tell it: it would stand last.
    """
    grouped: dict[int, list[Written]] = {}
    for line in lines:
        grouped.setdefault(line.candidate.story, []).append(line)
    told = {label: _breadth(group) for label, group in grouped.items()}
    headed = {
        label: title
        for label, group in grouped.items()
        if (title := titles.get(label)) and (len(group) > 1 or told[label] > 1 or _follows(group[0], title))
    }
    broadest = sorted(headed, key=lambda label: -told[label])
    titled = tuple(_block(headed[label], _title_first(headed[label], grouped[label]), running) for label in broadest)
    single = [line for line in lines if line.candidate.story not in headed]
    if not single:
        return titled
    return (*titled, _block(BRIEFLY_TITLE if titled else None, single, running))


def _breadth(lines: Sequence[Written]) -> int:
    """How many outlets and origins, whichever are fewer, bear out the lines of a story."""
    outlets, origins = set(), set()
    for line in lines:
        topic, cited = line.candidate.topic, {statement.id for statement in line.draft.statements}
        for statement, origin in zip(topic.statements, topic.origins, strict=True):
            if statement.id in cited:
                article = topic.articles[statement.article_id]
                outlets.add(article.outlet or article.id)
                origins.add(origin)
    return min(len(outlets), len(origins))


def _follows(line: Written, title: str) -> bool:
    """Whether a line that stands alone in its story is to be read beneath the title: a teaser that goes on from it."""
    cited = {statement.article_id for statement in line.draft.statements}
    told = frozenset(content_stems(title))
    lacking = told - frozenset(content_stems(line.draft.text))
    return all(line.candidate.topic.articles[one].stub for one in cited) and len(lacking) > GONE_ON * len(told)


def _title_first(title: str, lines: Sequence[Written]) -> list[Written]:
    """The lines with the one that tells the title's news before the others, where the first tells another's."""
    told = frozenset(content_stems(title))
    nearness = [_in_common(told, frozenset(content_stems(line.draft.text))) for line in lines]
    at = nearness.index(max(nearness))
    if nearness[at] < nearness[0] + NEARER or lines[at].origins < lines[0].origins - 1 or _sets_out(lines[at]):
        return list(lines)
    return [lines[at], *lines[:at], *lines[at + 1 :]]


def _sets_out(line: Written) -> bool:
    """Whether a line begins with what was before, "Since the talks began, …"."""
    return _BACKGROUND.match(line.draft.text) is not None


def _in_common(a: frozenset[str], b: frozenset[str]) -> float:
    """From 0 to 1: the words in common, against the mean size of both."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def _block(title: str | None, lines: Sequence[Written], running: Sequence[Candidate]) -> Block:
    labels = {line.candidate.story for line in lines}
    behind = [candidate for candidate in running if candidate.story in labels]
    return Block(title=title, lines=tuple(lines), background=_backgrounds(behind, each=BACKGROUNDS))


def _backgrounds(running: Sequence[Candidate], *, each: int) -> tuple[Background, ...]:
    """The backgrounds of the best topics of each story, so many of `each`."""
    taken: Counter[int] = Counter()
    found = []
    for candidate in running:
        if candidate.background and taken[candidate.story] < each:
            taken[candidate.story] += 1
            found.append(candidate.background)
    return tuple(found)
