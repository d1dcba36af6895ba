"""Topics and their lines to the brief: budget, order, sections, sources. Citations are numbered here alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.config import Config
from digest.language.words import content_words
from digest.models import (
    Article,
    Citation,
    Difference,
    Draft,
    Entry,
    Line,
    Origin,
    Reading,
    Section,
    SourceEntry,
    Statement,
    Status,
    Story,
    Topic,
)
from digest.sections import CATCH_ALL

OTHER_TITLE = "Also reported"
BRIEFLY_TITLE = "In brief"
IN_THE_BRIEF = "in the brief"
NOTHING_FOUND = "No article of this window reports on it."
ALL_BELOW_CUT = "Its topics fell below the cut."

# Two lines that share this much of the shorter one's content words tell one fact twice; the lower one yields. High,
# because "52 drones launched" and "60 drones downed" share half of theirs.
SAME_LINE = 0.8
SLACK = 2  # topics written per place in the brief: some yield none, some repeat a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A topic on its way into the brief: its importance, its section (CATCH_ALL for none) and its story's label."""

    topic: Topic
    score: float
    section: int
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDifference:
    """A difference before its sources are numbered: each value as told, its unit, and the statements that tell it."""

    what: str
    values: tuple[tuple[str, str | None, tuple[Statement, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A candidate with its line, before numbering. `outlets` and `origins` count those who tell what the line tells."""

    candidate: Candidate
    draft: Draft
    outlets: int
    origins: int
    differences: tuple[TopicDifference, ...] = ()
    claimed_by: str | None = None
    status: Status = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The body of a brief, its sources, and the fates of the topics that were printed or repeat another.

    What is in neither group fell below the cut.
    """

    sections: tuple[Section, ...]
    sources: tuple[SourceEntry, ...]
    fates: Mapping[str, str]


def shortlist(candidates: Sequence[Candidate], config: Config) -> tuple[Candidate, ...]:
    """The candidates worth writing, best first: enough for every place in the brief, and some to spare."""
    worth = [candidate for candidate in _best_first(candidates) if _origins(candidate) >= config.brief.min_origins]
    return tuple(_within_caps(worth, config, slack=SLACK))


def compose(
    written: Sequence[Written],
    *,
    config: Config,
    origins: Sequence[Origin],
    titles: Mapping[int, str | None],
    crowded: frozenset[int] = frozenset(),
) -> Composition:
    """Choose, order and number the lines.

    `titles` gives a title per story label; `crowded` are the sections (by index) that had topics, so that an empty one
    can say why it is empty.
    """
    by_topic = {line.candidate.topic.id: line for line in written}
    fates: dict[str, str] = {}
    distinct = [line.candidate for line in _without_repeats(written, fates, config.brief.min_origins)]
    chosen = [by_topic[candidate.topic.id] for candidate in _within_caps(distinct, config, slack=1)]
    printed = {line.candidate.topic.id for line in chosen}
    fates.update(dict.fromkeys(printed, IN_THE_BRIEF))
    laid_out = _lay_out(chosen, config, titles, crowded)
    numbers = _number(laid_out, config)
    sections = tuple(_section(plan, numbers, config) for plan in laid_out)
    return Composition(sections=sections, sources=_sources(origins, numbers), fates=fates)


# --- choosing -------------------------------------------------------------------------------------------------------


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
    kept: list[tuple[set[str], Written]] = []
    for line in written:
        if line.origins < min_origins:
            continue  # what its topic's other origins say does not bear the line out
        told = set(content_words(line.draft.text))
        twin = next((other for words, other in kept if _same_line(told, words)), None)
        if twin:
            fates[line.candidate.topic.id] = f"says what {twin.candidate.topic.id} says"
            continue
        kept.append((told, line))
        yield line


def _same_line(told: set[str], words: set[str]) -> bool:
    numbers, others = {word for word in told if word.isdigit()}, {word for word in words if word.isdigit()}
    return numbers == others and len(told & words) >= SAME_LINE * min(len(told), len(words))


# --- laying out -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A section before numbering: (title, lines) per story."""

    title: str | None
    stories: tuple[tuple[str | None, tuple[Written, ...]], ...]
    empty_because: str | None = None


def _lay_out(
    chosen: Sequence[Written], config: Config, titles: Mapping[int, str | None], crowded: frozenset[int]
) -> list[_Plan]:
    plans = []
    for index, section in enumerate(config.sections):
        mine = [line for line in chosen if line.candidate.section == index]
        reason = None if mine else (ALL_BELOW_CUT if index in crowded else NOTHING_FOUND)
        plans.append(_Plan(title=section.title, stories=_stories(mine, titles), empty_because=reason))
    rest = [line for line in chosen if line.candidate.section == CATCH_ALL]
    if rest:
        plans.append(_Plan(title=OTHER_TITLE if config.sections else None, stories=_stories(rest, titles)))
    return plans


def _stories(
    lines: Sequence[Written], titles: Mapping[int, str | None]
) -> tuple[tuple[str | None, tuple[Written, ...]], ...]:
    """Stories of two lines or more with a title, by their best line, then the other lines together."""
    grouped: dict[int, list[Written]] = {}
    for line in lines:
        grouped.setdefault(line.candidate.story, []).append(line)
    headed = {label for label, group in grouped.items() if len(group) > 1 and titles.get(label)}
    titled = [(titles[label], tuple(grouped[label])) for label in grouped if label in headed]
    single = tuple(line for line in lines if line.candidate.story not in headed)
    if not single:
        return tuple(titled)
    return (*titled, (BRIEFLY_TITLE if titled else None, single))


# --- numbering ------------------------------------------------------------------------------------------------------


def _number(plans: Iterable[_Plan], config: Config) -> dict[str, int]:
    """Article id to number, in the order in which a reader meets them."""
    numbers: dict[str, int] = {}
    for line in _lines(plans):
        for statement in (*_cited(line, config), *_differing(line)):
            numbers.setdefault(statement.article_id, len(numbers) + 1)
    return numbers


def _lines(plans: Iterable[_Plan]) -> Iterator[Written]:
    for plan in plans:
        for _, lines in plan.stories:
            yield from lines


def _cited(line: Written, config: Config) -> tuple[Statement, ...]:
    return line.draft.statements[: config.lines.max_citations]


def _differing(line: Written) -> Iterator[Statement]:
    for difference in line.differences:
        for _, _, statements in difference.values:
            yield from statements


def _section(plan: _Plan, numbers: Mapping[str, int], config: Config) -> Section:
    stories = tuple(
        Story(
            id=f"s-{lines[0].candidate.topic.id}",
            title=title,
            topics=tuple(_entry(line, numbers, config) for line in lines),
        )
        for title, lines in plan.stories
    )
    return Section(title=plan.title, stories=stories, empty_because=plan.empty_because)


def _entry(line: Written, numbers: Mapping[str, int], config: Config) -> Entry:
    topic = line.candidate.topic
    citations = tuple(_citation(statement, topic.articles, numbers) for statement in _cited(line, config))
    return Entry(
        id=topic.id,
        status=line.status,
        line=Line(text=line.draft.text, kind=line.draft.kind, citations=citations, claimed_by=line.claimed_by),
        outlets=line.outlets,
        origins=line.origins,
        statements=len(topic.statements),
        differences=tuple(_difference(difference, numbers) for difference in line.differences),
    )


def _citation(statement: Statement, articles: Mapping[str, Article], numbers: Mapping[str, int]) -> Citation:
    article = articles[statement.article_id]
    return Citation(
        n=numbers[article.id],
        article_id=article.id,
        outlet=article.outlet,
        link=article.link,
        published=article.published,
        quote=statement.text,
        start=statement.start,
        end=statement.end,
    )


def _difference(difference: TopicDifference, numbers: Mapping[str, int]) -> Difference:
    readings = tuple(
        Reading(value=value, unit=unit, n=tuple(sorted({numbers[statement.article_id] for statement in told})))
        for value, unit, told in difference.values
    )
    return Difference(what=difference.what, values=readings)


# --- sources --------------------------------------------------------------------------------------------------------


def source_label(article: Article) -> str:
    """What to call an article: its outlet, else its title, else its file."""
    return article.outlet or article.title or article.source


def _sources(origins: Sequence[Origin], numbers: Mapping[str, int]) -> tuple[SourceEntry, ...]:
    """Cited articles by number, then their copies and the unused ones by label."""
    entries = [entry for origin in origins for entry in _origin_sources(origin, numbers)]
    return tuple(
        sorted(entries, key=lambda entry: (entry.n is None, entry.n or 0, entry.label.casefold(), entry.article_id))
    )


def _origin_sources(origin: Origin, numbers: Mapping[str, int]) -> Iterator[SourceEntry]:
    first, *copies = origin.articles
    entry = _source(first, "cited" if first.id in numbers else "unused")
    carried = dict.fromkeys(copy.carrier or copy.outlet or source_label(copy) for copy in copies)
    yield replace(entry, n=numbers.get(first.id), carried_by=tuple(name for name in carried if name != first.outlet))
    yield from (replace(_source(copy, "copy"), copy_of=first.id) for copy in copies)


def _source(article: Article, fate: str) -> SourceEntry:
    return SourceEntry(
        n=None,
        article_id=article.id,
        label=source_label(article),
        outlet=article.outlet,
        carrier=article.carrier,
        title=article.title,
        link=article.link,
        published=article.published,
        fate=fate,  # type: ignore[arg-type]  # the three callers pass the three literals
        stub=article.stub,
    )
