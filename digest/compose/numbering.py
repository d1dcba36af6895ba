"""The numbers of the sources, and the lines with their citations. Citations are numbered here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from digest.compose.candidates import TopicChange, Written
from digest.compose.layout import Plan
from digest.config import Config
from digest.models import (
    Article,
    Change,
    Citation,
    Difference,
    Entry,
    Line,
    Reading,
    Section,
    Statement,
    Story,
    TopicDifference,
)


def number_articles(plans: Iterable[Plan], config: Config) -> dict[str, int]:
    """Article id to number, in the order in which a reader meets them."""
    numbers: dict[str, int] = {}
    for line in _lines(plans):
        for statement in (*_cited(line, config), *_differing(line), *line.candidate.past):
            numbers.setdefault(statement.article_id, len(numbers) + 1)
    return numbers


def _lines(plans: Iterable[Plan]) -> Iterator[Written]:
    for plan in plans:
        for block in plan.stories:
            yield from block.lines


def _cited(line: Written, config: Config) -> tuple[Statement, ...]:
    return line.draft.statements[: config.lines.max_citations]


def _differing(line: Written) -> Iterator[Statement]:
    for difference in line.differences:
        for reading in difference.values:
            yield from reading.statements


def numbered_section(plan: Plan, numbers: Mapping[str, int], config: Config) -> Section:
    """The section as the brief has it, each statement cited by the number of its article."""
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
            value=reading.value,
            unit=reading.unit,
            n=tuple(sorted({numbers[statement.article_id] for statement in reading.statements})),
            published=_first_published(reading.statements, articles),
        )
        for reading in difference.values
    )
    return Difference(what=difference.what, values=readings, over_time=difference.over_time)


def _first_published(statements: Sequence[Statement], articles: Mapping[str, Article]) -> datetime | None:
    dates = [articles[statement.article_id].published for statement in statements]
    return min((one for one in dates if one is not None), default=None)
