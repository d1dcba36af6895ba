"""Within one issue: what a later article has overtaken stands behind it, and counts that differ stand under one line.

Between the stages `updates`, which compares, and `compose`, which prints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from digest.compose import Candidate
from digest.language.fates import told_none
from digest.models import Topic
from digest.steps.standing import part
from digest.steps.vectors import Encoded
from digest.updates import Dated, courses, disagreements, overtaken, tells_alike, with_counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """The candidates that still lead, and by the id of each topic that does not, why."""

    candidates: tuple[Candidate, ...]
    fates: Mapping[str, str]


def let_newest_lead(candidates: Sequence[Candidate], vectors: Encoded, *, tells: Callable[[Topic], bool]) -> Leading:
    """Put what a later article has overtaken behind what overtook it, and tell no fate of nobody twice.

    Outcomes are compared within a story, counts of people wherever two articles name one place. `tells` says whether a
    line can be written for a topic: where none can, what it has overtaken leads instead.
    """
    told = with_counts([dated for one in candidates for dated in _dated(one, vectors)])
    past = overtaken(told)
    outdated = [one for one in told if one.statement.id in past]
    fresh: dict[str, list[Dated]] = defaultdict(list)
    for dated in told:
        if dated.statement.id not in past:
            fresh[dated.topic].append(dated)
    fates: dict[str, str] = {}
    left = []
    for one in candidates:
        if one.topic.id in fresh:
            left.append(_with_past(one, fresh[one.topic.id], outdated, past))
        else:
            fates[one.topic.id] = f"was overtaken by {past[one.topic.statements[0].id].topic}"
    left = _with_what_tells(left, {one.topic.id: one for one in candidates}, outdated, past, tells)
    fates = {key: fate for key, fate in fates.items() if key not in {one.topic.id for one in left}}
    left = _without_echoes(left, fates)
    left = _with_disagreements(left, [one for one in told if one.statement.id not in past])
    return Leading(candidates=tuple(left), fates=fates)


def _without_echoes(candidates: Sequence[Candidate], fates: dict[str, str]) -> list[Candidate]:
    """Of a story's topics that say as their last word that nobody met some fate, and so the same, the best one.

    One that shows how a count moved goes first, and stays unless the other shows how the same count moved.
    """
    first: dict[tuple[int, str], Candidate] = {}
    for one in sorted(candidates, key=lambda one: not one.differences):
        none = {(one.story, what) for what in _none_at_last(one.topic)}
        twin = next((first[what] for what in sorted(none) if what in first), None)
        if twin and _moved(one) <= _moved(twin):
            fates[one.topic.id] = f"says what {twin.topic.id} says"
        else:
            first.update({what: one for what in none if what not in first})
    return [one for one in candidates if one.topic.id not in fates]


def _none_at_last(topic: Topic) -> frozenset[str]:
    """The fates that nobody met by all of its newest statements; of an undated topic, by all: one may say it aside."""
    out = {statement.id: topic.articles[statement.article_id].published for statement in topic.statements}
    last = max(filter(None, out.values()), default=None)
    newest = (statement for statement in topic.statements if out[statement.id] == last)
    return frozenset.intersection(*(told_none(statement.text) for statement in newest))


def _moved(candidate: Candidate) -> set[str]:
    return {difference.what for difference in candidate.differences}


def _dated(candidate: Candidate, vectors: Encoded) -> list[Dated]:
    topic = candidate.topic
    return [
        Dated(
            statement=statement,
            published=topic.articles[statement.article_id].published,
            article=topic.articles[statement.article_id],
            origin=origin,
            topic=topic.id,
            vector=vectors.by_statement[statement.id],
            lead=vectors.articles[statement.article_id],
            story=candidate.story,
        )
        for statement, origin in zip(topic.statements, topic.origins, strict=True)
    ]


def _with_past(
    candidate: Candidate, fresh: Sequence[Dated], outdated: Sequence[Dated], past: Mapping[str, Dated]
) -> Candidate:
    """The candidate with what is not overtaken, the courses of its counts, and else what it has overtaken.

    `fresh` are its statements that are not overtaken, `outdated` all that are, and `past` says by what.
    """
    ids = _ids(fresh)
    behind = [one for one in outdated if past[one.statement.id].statement.id in ids and not one.recalls]
    if not behind:
        whole = len(ids) == len(candidate.topic.statements)
        return candidate if whole else replace(candidate, topic=part(candidate.topic, ids))
    moved = courses(fresh, behind)
    shown = {statement.id for course in moved for reading in course.values for statement in reading.statements}
    earlier = tuple(one.statement for one in behind if one.statement.id not in shown)
    leading = [one for one in fresh if one.statement.id in shown] or _since(behind, fresh) or fresh
    leading = [one for one in fresh if one.statement.id in _ids(leading) or tells_alike(one, leading)]
    alike = _ids(one for one in behind if one.topic == candidate.topic.id and tells_alike(one, leading))
    topic = part(candidate.topic, _ids(leading))
    return replace(
        candidate,
        agreeing=part(candidate.topic, alike) if alike else None,
        topic=replace(topic, articles={**topic.articles, **{one.statement.article_id: one.article for one in behind}}),
        past=earlier,
        differences=moved,
    )


def _ids(told: Iterable[Dated]) -> set[str]:
    return {one.statement.id for one in told}


def _since(behind: Sequence[Dated], fresh: Sequence[Dated]) -> list[Dated]:
    """Those that came out after all that is behind them: what came out before may be as stale."""
    last = max(one.published for one in behind if one.published)
    return [one for one in fresh if one.published and one.published > last]


def _with_what_tells(
    left: Sequence[Candidate],
    whole: Mapping[str, Candidate],
    outdated: Sequence[Dated],
    past: Mapping[str, Dated],
    tells: Callable[[Topic], bool],
) -> list[Candidate]:
    """The candidates, with all that is not overtaken of one for which no line can be written from what leads.

    Where that gives no line either, with the newest of what it has overtaken.
    """
    found = {one.topic.id: one for one in left}
    for one in left:
        ids = {statement.id for statement in one.topic.statements}
        behind = [old for old in outdated if past[old.statement.id].statement.id in ids]
        if not behind or tells(one.topic):
            continue
        full = whole[one.topic.id].topic
        wider = part(full, {statement.id for statement in full.statements} - past.keys())
        if tells(wider):
            found[wider.id] = replace(one, topic=replace(wider, articles={**one.topic.articles, **wider.articles}))
        else:
            found.update({older.topic.id: older for older in _older(one, behind, whole, tells)})
    return list(found.values())


def _older(
    candidate: Candidate, behind: Sequence[Dated], whole: Mapping[str, Candidate], tells: Callable[[Topic], bool]
) -> Iterator[Candidate]:
    """What leads for a candidate without a line: the newest that it has overtaken, with the course of its counts."""
    for old in sorted(behind, key=lambda one: (one.published, one.statement.id), reverse=True):
        older = whole[old.topic]
        topic = part(older.topic, {one.statement.id for one in behind if one.published == old.published})
        if tells(topic):
            articles = {**candidate.topic.articles, **topic.articles}
            yield replace(older, topic=replace(topic, articles=articles), differences=candidate.differences)
            return


def _with_disagreements(candidates: Sequence[Candidate], story: Sequence[Dated]) -> list[Candidate]:
    """The candidates, with a count that two of them give differently under the better one."""
    place_of = {one.topic.id: place for place, one in enumerate(candidates)}  # best first
    found = {
        (min(place_of[first], place_of[second]), max(place_of[first], place_of[second])): difference
        for (first, second), difference in disagreements(story).items()
        if first in place_of and second in place_of
    }
    left = {one.topic.id: one for one in candidates}
    articles = {one.statement.article_id: one.article for one in story}
    for (place, _), difference in sorted(found.items(), key=itemgetter(0)):
        one = candidates[place]
        told = {s.article_id: articles[s.article_id] for reading in difference.values for s in reading.statements}
        kept = left[one.topic.id]
        if any(shown.what == difference.what for shown in kept.differences):
            continue
        left[one.topic.id] = replace(
            kept,
            topic=replace(kept.topic, articles={**kept.topic.articles, **told}),
            differences=(*kept.differences, difference),
        )
    return list(left.values())
