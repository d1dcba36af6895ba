"""Topics and their lines to the brief: budget, order, sections, sources. Citations are numbered here alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digest.config import Config
from digest.language.repeats import Told, tells_again, told_by
from digest.language.words import content_words
from digest.models import (
    BRIEFLY_TITLE,
    Article,
    Background,
    Change,
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
IN_THE_BRIEF = "in the brief"
NOTHING_FOUND = "No article of this window reports on it."
ALL_BELOW_CUT = "Its topics fell below the cut."
NOTHING_NEW = "Nothing new since the last issue."

# Two lines that share this much of the shorter one's content words tell one fact twice; the lower one yields. High,
# because "52 drones launched" and "60 drones downed" share half of theirs.
SAME_LINE = 0.8
BACKGROUNDS = 2  # topics of one story that its line of background names, at most: it is a reminder, no second telling
STILL_RUNNING = 5  # stories of one section that are named though they have nothing new, at most
SLACK = 2  # topics written per place in the brief: some yield none, some repeat a line


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDifference:
    """A difference before its sources are numbered: each value as told, its unit, and the statements that tell it."""

    what: str
    values: tuple[tuple[str, str | None, tuple[Statement, ...]], ...]
    over_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChange:
    """A change before its sources are numbered, and the statements that tell its newer side."""

    change: Change
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A topic on its way into the brief: its importance, its section (CATCH_ALL for none) and its story's label.

    `changes` are what has changed since an earlier issue told it; `past` are statements of today that it has overtaken,
    `differences` how its counts moved or differ from another topic's; the articles of both are among the topic's.
    `background` is the line of an earlier issue that said the same.
    """

    topic: Topic
    score: float
    section: int
    story: int
    status: Status = "new"
    changes: tuple[TopicChange, ...] = ()
    past: tuple[Statement, ...] = ()
    differences: tuple[TopicDifference, ...] = ()
    background: Background | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A candidate with its line, before numbering. `outlets` and `origins` count those who tell what the line tells."""

    candidate: Candidate
    draft: Draft
    outlets: int
    origins: int
    differences: tuple[TopicDifference, ...] = ()
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The body of a brief, its sources, and the fates of the topics that were printed or repeat another.

    What is in neither group fell below the cut.
    """

    sections: tuple[Section, ...]
    sources: tuple[SourceEntry, ...]
    fates: Mapping[str, str]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All lines, in their order."""
        return tuple(entry for section in self.sections for story in section.stories for entry in story.topics)


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
    running: Sequence[Candidate] = (),
) -> Composition:
    """Choose, order and number the lines.

    `titles` gives a title per story label; `crowded` are the sections (by index) that had topics, so that an empty one
    can say why it is empty; `running` are the topics that earlier issues told, best first.
    """
    by_topic = {line.candidate.topic.id: line for line in written}
    fates: dict[str, str] = {}
    distinct = [line.candidate for line in _without_repeats(written, fates, config.brief.min_origins)]
    chosen = [by_topic[candidate.topic.id] for candidate in _within_caps(distinct, config, slack=1)]
    printed = {line.candidate.topic.id for line in chosen}
    fates.update(dict.fromkeys(printed, IN_THE_BRIEF))
    behind = [candidate for candidate in running if candidate.background]
    laid_out = _lay_out(chosen, behind, config, titles, crowded)
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
    kept: list[tuple[set[str], Told, Written]] = []
    for line in written:
        if line.origins < min_origins:
            continue  # what its topic's other origins say does not bear the line out
        words = set(content_words(line.draft.text))
        told = told_by(line.draft.text, [statement.text for statement in line.draft.statements])
        story = line.candidate.story
        twin = next(
            (
                other
                for others, better, other in kept
                if _same_line(words, others) or (other.candidate.story == story and tells_again(better, told))
            ),
            None,
        )
        if twin:
            fates[line.candidate.topic.id] = f"says what {twin.candidate.topic.id} says"
            continue
        kept.append((words, told, line))
        yield line


def _same_line(told: set[str], words: set[str]) -> bool:
    numbers, others = {word for word in told if word.isdigit()}, {word for word in words if word.isdigit()}
    return numbers == others and len(told & words) >= SAME_LINE * min(len(told), len(words))


# --- laying out -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A story before numbering: its title, its lines, and what runs on behind them."""

    title: str | None
    lines: tuple[Written, ...]
    background: tuple[Background, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A section before numbering."""

    title: str | None
    stories: tuple[_Block, ...]
    background: tuple[Background, ...]
    empty_because: str | None = None


def _lay_out(
    chosen: Sequence[Written],
    running: Sequence[Candidate],
    config: Config,
    titles: Mapping[int, str | None],
    crowded: frozenset[int],
) -> list[_Plan]:
    printed = {line.candidate.story for line in chosen}
    plans = []
    for index in (*range(len(config.sections)), CATCH_ALL):
        mine = [line for line in chosen if line.candidate.section == index]
        quiet = [one for one in running if one.section == index and one.story not in printed]
        still = _backgrounds(quiet, each=1)[:STILL_RUNNING]
        stories = _stories(mine, running, titles)
        if index != CATCH_ALL:
            reason = NOTHING_NEW if still else ALL_BELOW_CUT if index in crowded else NOTHING_FOUND
            title, why = config.sections[index].title, None if mine else reason
            plans.append(_Plan(title=title, stories=stories, background=still, empty_because=why))
        elif mine or still:
            title = OTHER_TITLE if config.sections else None
            why = None if mine else NOTHING_NEW
            plans.append(_Plan(title=title, stories=stories, background=still, empty_because=why))
    return plans


def _stories(
    lines: Sequence[Written], running: Sequence[Candidate], titles: Mapping[int, str | None]
) -> tuple[_Block, ...]:
    """Stories of two lines or more with a title, by their best line, then the other lines together."""
    grouped: dict[int, list[Written]] = {}
    for line in lines:
        grouped.setdefault(line.candidate.story, []).append(line)
    headed = {label for label, group in grouped.items() if len(group) > 1 and titles.get(label)}
    titled = tuple(_block(titles[label], grouped[label], running) for label in grouped if label in headed)
    single = [line for line in lines if line.candidate.story not in headed]
    if not single:
        return titled
    return (*titled, _block(BRIEFLY_TITLE if titled else None, single, running))


def _block(title: str | None, lines: Sequence[Written], running: Sequence[Candidate]) -> _Block:
    labels = {line.candidate.story for line in lines}
    behind = [candidate for candidate in running if candidate.story in labels]
    return _Block(title=title, lines=tuple(lines), background=_backgrounds(behind, each=BACKGROUNDS))


def _backgrounds(running: Sequence[Candidate], *, each: int) -> tuple[Background, ...]:
    """The backgrounds of the best topics of each story, so many of `each`; one line of an earlier issue once."""
    taken: Counter[int] = Counter()
    found: dict[tuple[object, str], Background] = {}
    for candidate in running:
        told = candidate.background
        if told is not None and (told.issue, told.entry) not in found and taken[candidate.story] < each:
            taken[candidate.story] += 1
            found[told.issue, told.entry] = told
    return tuple(found.values())


# --- numbering ------------------------------------------------------------------------------------------------------


def _number(plans: Iterable[_Plan], config: Config) -> dict[str, int]:
    """Article id to number, in the order in which a reader meets them."""
    numbers: dict[str, int] = {}
    for line in _lines(plans):
        for statement in (*_cited(line, config), *_differing(line), *line.candidate.past):
            numbers.setdefault(statement.article_id, len(numbers) + 1)
    return numbers


def _lines(plans: Iterable[_Plan]) -> Iterator[Written]:
    for plan in plans:
        for block in plan.stories:
            yield from block.lines


def _cited(line: Written, config: Config) -> tuple[Statement, ...]:
    return line.draft.statements[: config.lines.max_citations]


def _differing(line: Written) -> Iterator[Statement]:
    for difference in line.differences:
        for _, _, statements in difference.values:
            yield from statements


def _section(plan: _Plan, numbers: Mapping[str, int], config: Config) -> Section:
    stories = tuple(
        Story(
            id=f"s-{block.lines[0].candidate.topic.id}",
            title=block.title,
            topics=tuple(_entry(line, numbers, config) for line in block.lines),
            background=block.background,
        )
        for block in plan.stories
    )
    return Section(title=plan.title, stories=stories, empty_because=plan.empty_because, background=plan.background)


def _entry(line: Written, numbers: Mapping[str, int], config: Config) -> Entry:
    topic = line.candidate.topic
    cited = _cited(line, config)
    changes = _changes(line.candidate.changes, {one.id for one in cited}, numbers)
    return Entry(
        id=topic.id,
        status="updated" if changes else "new",
        line=Line(
            text=line.draft.text,
            kind=line.draft.kind,
            citations=tuple(_citation(statement, topic.articles, numbers) for statement in cited),
            claimed_by=line.claimed_by,
        ),
        outlets=line.outlets,
        origins=line.origins,
        statements=len(topic.statements),
        differences=tuple(_difference(difference, numbers, topic.articles) for difference in line.differences),
        changes=changes,
        past=tuple(_citation(statement, topic.articles, numbers) for statement in line.candidate.past),
    )


def _changes(changes: Sequence[TopicChange], cited: set[str], numbers: Mapping[str, int]) -> tuple[Change, ...]:
    """The changes that a cited statement tells; what is not cited cannot be checked."""
    told = [(one.change, [s for s in one.statements if s.id in cited]) for one in changes]
    return tuple(
        replace(change, n=tuple(sorted({numbers[statement.article_id] for statement in statements})))
        for change, statements in told
        if statements
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


def _difference(difference: TopicDifference, numbers: Mapping[str, int], articles: Mapping[str, Article]) -> Difference:
    readings = tuple(
        Reading(
            value=value,
            unit=unit,
            n=tuple(sorted({numbers[statement.article_id] for statement in told})),
            published=_first_published(told, articles),
        )
        for value, unit, told in difference.values
    )
    return Difference(what=difference.what, values=readings, over_time=difference.over_time)


def _first_published(statements: Sequence[Statement], articles: Mapping[str, Article]) -> datetime | None:
    dates = [articles[statement.article_id].published for statement in statements]
    return min((one for one in dates if one is not None), default=None)


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
    # A copy's title is that of its origin, so a file that names no outlet is told apart by its own name.
    carried = dict.fromkeys(copy.carrier or copy.outlet or copy.source for copy in copies)
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
