"""Which topics are worth a line, and which lines are printed: budget, caps, and no fact twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digest.compose.candidates import Candidate, Written
from digest.config import BriefConfig, Config
from digest.language.denials import answers_charge
from digest.language.repeats import ReadLine, read_line, tells_again
from digest.language.substance import is_hollow
from digest.sections import CATCH_ALL

IN_THE_BRIEF = "in the brief"
TELLS_LITTLE = "tells too little to follow another line of its story"

SLACK = 2  # topics written per place in the brief: some yield none, some repeat a line


def shortlist(candidates: Sequence[Candidate], config: Config) -> tuple[Candidate, ...]:
    """The candidates worth writing, best first: enough for every place in the brief, and some to spare."""
    best_first = sorted(candidates, key=lambda candidate: (-candidate.score, candidate.topic.id))
    worth = [candidate for candidate in best_first if len(candidate.origins) >= config.brief.min_origins]
    return tuple(_within_caps(worth, config, slack=SLACK))


def choose(written: Sequence[Written], config: Config) -> tuple[tuple[Written, ...], dict[str, str]]:
    """The lines to print, best first, and the fates of the topics that were printed or repeat another."""
    by_topic = {line.candidate.topic.id: line for line in written}
    fates: dict[str, str] = {}
    distinct = [line.candidate for line in _worth_reading(written, fates, config)]
    chosen = tuple(by_topic[candidate.topic.id] for candidate in _within_caps(distinct, config, slack=1))
    printed = {line.candidate.topic.id for line in chosen}
    fates.update(dict.fromkeys(printed, IN_THE_BRIEF))
    return chosen, fates


def _within_caps(candidates: Iterable[Candidate], config: Config, *, slack: int) -> Iterator[Candidate]:
    """Take candidates in order while the brief, their section, their story and the article they rest on have room."""
    taken: Counter[object] = Counter()
    for candidate in candidates:
        room = tuple(places(candidate, config))
        if all(taken[place.key] < slack * place.limit for place in room):
            taken.update(place.key for place in room)
            yield candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a topic's line takes a place in: the most lines it can hold, and the setting that says so."""

    key: object
    limit: int
    rule: str


def places(candidate: Candidate, config: Config) -> Iterator[Place]:
    """The narrowest first: the article that a topic rests on alone, its story, its section, the brief."""
    brief, articles = config.brief, {statement.article_id for statement in candidate.topic.statements}
    if len(articles) == 1:
        yield _limited("max_lines_per_article", brief, key=("article", *articles))
    yield _limited("max_lines_per_story", brief, key=("story", candidate.section, candidate.story))
    section = config.sections[candidate.section] if candidate.section != CATCH_ALL else None
    if section is not None and section.max_lines is not None:
        rule = f"max_lines = {section.max_lines} of the section “{section.title}”"
        yield Place(key=candidate.section, limit=section.max_lines, rule=rule)
    yield _limited("max_lines", brief, key="brief")


def _limited(setting: str, brief: BriefConfig, *, key: object) -> Place:
    limit = getattr(brief, setting)
    return Place(key=key, limit=limit, rule=f"brief.{setting} = {limit}")


def _worth_reading(written: Sequence[Written], fates: dict[str, str], config: Config) -> Iterator[Written]:
    """Drop each line that too few origins bear out, that a better one already tells, or that tells too little.

    `fates` gets the latter two.
    """
    kept: list[tuple[Written, ReadLine]] = []
    for line in written:
        if line.origins < config.brief.min_origins:
            continue  # what its topic's other origins say does not bear the line out
        mine = read_line(line.draft.text, [statement.text for statement in line.draft.statements])
        mates = [(one, told) for one, told in kept if one.candidate.story == line.candidate.story]
        better = next((one for one, told in mates if tells_again(told, mine)), None)
        if better:
            fates[line.candidate.topic.id] = f"says what {better.candidate.topic.id} says"
        elif mates and config.lines.stand_alone and line.origins == 1 and _is_thin(line, mates):
            fates[line.candidate.topic.id] = TELLS_LITTLE
        else:
            kept.append((line, mine))
            yield line


def _is_thin(line: Written, mates: Sequence[tuple[Written, ReadLine]]) -> bool:
    """Whether a line tells next to nothing, and is no denial of what one of its mates charges somebody with."""
    answers = (answers_charge(line.draft.statements[0], one.draft.statements[0]) for one, _ in mates)
    return is_hollow(line.draft.text) and not any(answers)
