"""Which topics are worth a line, and which lines are printed: budget, caps, and no fact twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digest.compose.candidates import Candidate, Written
from digest.config import Config
from digest.language.dates import find_dates
from digest.language.quantities import find_quantities
from digest.language.repeats import ReadLine, read_line, tell_between, tells_again
from digest.language.standstill import got_nowhere
from digest.language.words import content_words
from digest.sections import CATCH_ALL

IN_THE_BRIEF = "in the brief"

# Two lines that share this much of the shorter one's content words tell one fact twice; the lower one yields. High,
# because "52 drones launched" and "60 drones downed" share half of theirs.
SAME_LINE = 0.8
SLACK = 2  # topics written per place in the brief: some yield none, some repeat a line


def shortlist(candidates: Sequence[Candidate], config: Config) -> tuple[Candidate, ...]:
    """The candidates worth writing, best first: enough for every place in the brief, and some to spare."""
    worth = [candidate for candidate in _best_first(candidates) if _origins(candidate) >= config.brief.min_origins]
    return tuple(_within_caps(worth, config, slack=SLACK))


def choose(written: Sequence[Written], config: Config) -> tuple[tuple[Written, ...], dict[str, str]]:
    """The lines to print, best first, and the fates of the topics that were printed or repeat another."""
    by_topic = {line.candidate.topic.id: line for line in written}
    fates: dict[str, str] = {}
    distinct = [line.candidate for line in _without_repeats(written, fates, config.brief.min_origins)]
    chosen = tuple(by_topic[candidate.topic.id] for candidate in _within_caps(distinct, config, slack=1))
    printed = {line.candidate.topic.id for line in chosen}
    fates.update(dict.fromkeys(printed, IN_THE_BRIEF))
    return chosen, fates


def _best_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.topic.id))


def _origins(candidate: Candidate) -> int:
    return len(set(candidate.topic.origins))


def _within_caps(candidates: Iterable[Candidate], config: Config, *, slack: int) -> Iterator[Candidate]:
    """Take candidates in order while the brief, their section and their story have room."""
    taken: Counter[object] = Counter()
    for candidate in candidates:
        section = config.sections[candidate.section] if candidate.section != CATCH_ALL else None
        room = {
            "brief": config.brief.max_lines,
            ("section", candidate.section): (section.max_lines if section else None) or config.brief.max_lines,
            ("story", candidate.section, candidate.story): config.brief.max_lines_per_story,
        }
        if all(taken[place] < slack * limit for place, limit in room.items()):
            taken.update(room.keys())
            yield candidate


def _without_repeats(written: Sequence[Written], fates: dict[str, str], min_origins: int) -> Iterator[Written]:
    """Drop each line that too few origins bear out, or that a better one already tells; note the latter in `fates`."""
    kept: list[_Kept] = []
    for line in written:
        if line.origins < min_origins:
            continue  # what its topic's other origins say does not bear the line out
        mine = _Kept(
            words=frozenset(content_words(line.draft.text)),
            told=read_line(line.draft.text, [statement.text for statement in line.draft.statements]),
            line=line,
        )
        twin = _twin(mine, kept)
        if twin:
            fates[line.candidate.topic.id] = f"says what {twin.line.candidate.topic.id} says"
            continue
        kept.append(mine)
        yield line


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A line that is printed if there is room, and what is compared of it."""

    words: frozenset[str]
    told: ReadLine
    line: Written


def _twin(mine: _Kept, kept: Sequence[_Kept]) -> _Kept | None:
    """The better line that tells this one's fact already, or None."""
    mates = [one for one in kept if one.line.candidate.story == mine.line.candidate.story]
    twin = next((one for one in kept if _same_line(mine.words, one.words)), None)
    twin = twin or next((one for one in mates if tells_again(one.told, mine.told)), None)
    if twin or mine.line.origins > 1:
        return twin
    # What one origin alone tells gets no line of its own where several others tell it between them.
    between = tell_between([one.told for one in mates], mine.told)
    nowhere = _is_nowhere(mine.told.text)
    return next((one for one in mates if one.told is between or (nowhere and got_nowhere(one.told.text))), None)


def _is_nowhere(text: str) -> bool:
    """Whether the text tells that talks got nowhere, and neither when nor how many."""
    return got_nowhere(text) and not find_quantities(text) and not find_dates(text)


def _same_line(told: frozenset[str], words: frozenset[str]) -> bool:
    numbers, others = {word for word in told if word.isdigit()}, {word for word in words if word.isdigit()}
    return numbers == others and len(told & words) >= SAME_LINE * min(len(told), len(words))
