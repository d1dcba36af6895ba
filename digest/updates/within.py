"""Statements of one story beside each other: which has been overtaken by a later one, and which give another count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from digest.language.conflicts import FATES
from digest.language.fates import Fate, agreeing, fates
from digest.language.outcomes import outcomes
from digest.language.plans import deeds, plans
from digest.models import Article, Statement, TopicDifference, TopicReading
from digest.updates.changes import Moved, fate_moved
from digest.updates.subject import Side, may_be_one_event, moves, same_count

_SOME = frozenset("woman man child boy girl teenager pupil other".split())  # nouns that split a crowd
# Reports that came out closer together than this are of one time: their counts differ, neither has overtaken the other.
APART = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A statement with its origin, its topic, when its article came out, and both their vectors (dim,)."""

    statement: Statement
    published: datetime | None
    article: Article
    origin: str
    topic: str
    vector: NDArray[np.float32]
    lead: NDArray[np.float32]


def overtaken(story: Sequence[Dated]) -> dict[str, Dated]:
    """By the id of each statement that a later one has overtaken: the newest that has."""
    found: dict[str, Dated] = {}
    last = _last_told(story)
    for old, new in _in_time(story):
        if _moves(old, new, last) and (old.statement.id not in found or _time(found[old.statement.id]) < _time(new)):
            found[old.statement.id] = new
    return found


def _in_time(story: Sequence[Dated]) -> Iterator[tuple[Dated, Dated]]:
    """The pairs that can answer one thing at two times, older first, each in the order of time and id."""
    planned = frozenset(plan.verb for one in story for plan in plans(one.statement.text))
    telling = [
        (one.published, one.statement.id, _asked(one.statement.text), _answered(one.statement.text, planned), one)
        for one in story
        if one.published
    ]
    ordered = sorted((one for one in telling if one[2] or one[3]), key=lambda one: one[:2])
    for (before, _, asked, _, old), (after, _, _, answered, new) in combinations(ordered, 2):
        if after - before >= APART and not asked.isdisjoint(answered):
            yield old, new


def _time(one: Dated) -> datetime:
    assert one.published is not None
    return one.published


def _last_told(story: Sequence[Dated]) -> dict[tuple[str, float], datetime]:
    """When each count of people, by its fate and its value, was told last."""
    last: dict[tuple[str, float], datetime] = {}
    for one in story:
        for count in fates(one.statement.text) if one.published else ():
            key = (count.what, count.value)
            last[key] = max(last.get(key, _time(one)), _time(one))
    return last


def _moves(old: Dated, new: Dated, last: Mapping[tuple[str, float], datetime]) -> tuple[Moved, ...]:
    """What the newer statement tells differently of people and outcomes, when both are about one thing.

    A count that is told again after the newer one has not been overtaken: the sources differ.
    """
    near, beside = _near(old, new), float(old.lead @ new.lead)
    if not may_be_one_event(near, beside):
        return ()
    first, second = (
        {count.what: last[count.what, count.value] for count in fates(one.statement.text)} for one in (old, new)
    )
    return tuple(
        move
        for move in moves(_side(old), _side(new), near=near, beside=beside, same=float(old.topic == new.topic))
        if move.kind == "outcome" or (move.what in FATES and second[move.what] - first[move.what] >= APART)
    )


def _asked(text: str) -> frozenset[str]:
    """What a later sentence can answer anew: fates that this one counts, groups of its outcomes, verbs of its plans."""
    return _states(text) | {f"to {plan.verb}" for plan in plans(text)}


def _answered(text: str, planned: frozenset[str]) -> frozenset[str]:
    """What a sentence answers, as `_asked`: what it says was done is an answer where the story planned it."""
    return _states(text) | {f"to {deed.verb}" for deed in (deeds(text) if planned else ()) if deed.verb in planned}


def _states(text: str) -> frozenset[str]:
    return frozenset(count.what for count in fates(text)) | frozenset(one.group for one in outcomes(text))


def _near(one: Dated, other: Dated) -> float:
    """How alike two statements are: wholly, when the judge put them into one topic."""
    return 1.0 if one.topic == other.topic else float(one.vector @ other.vector)


def _side(one: Dated) -> Side:
    return Side(text=one.statement.text, published=one.published)


def told_none(text: str) -> frozenset[str]:
    """The fates of which a sentence says that nobody met them, and of others nothing."""
    counts = fates(text)
    return frozenset(count.what for count in counts) if counts and not any(c.value for c in counts) else frozenset()


def courses(topic: Sequence[Dated], past: Sequence[Dated]) -> tuple[TopicDifference, ...]:
    """How the counts moved that the statements of a topic tell, and those that it has overtaken."""
    old = {one.statement.id for one in past}
    return tuple(course for what in FATES if (course := _course(what, [*topic, *past], old)))


def _course(what: str, told: Sequence[Dated], old: set[str]) -> TopicDifference | None:
    counts = [
        (one, count) for one in told if one.published for count in fates(one.statement.text) if count.what == what
    ]
    if not any(one.statement.id in old for one, _ in counts):
        return None
    values: dict[float, list[tuple[Dated, Fate]]] = defaultdict(list)
    for one, count in sorted(counts, key=lambda pair: (_time(pair[0]), pair[0].statement.id)):
        values[count.value].append((one, count))
    if len(values) < 2:
        return None
    groups = sorted(values.values(), key=lambda group: (_time(group[0][0]), group[0][1].value))
    return TopicDifference(what=what, values=tuple(map(_reading, groups)), over_time=True)


def _reading(told: Sequence[tuple[Dated, Fate]]) -> TopicReading:
    """One value, in the words of the first that tells it."""
    return TopicReading(value=told[0][1].told, statements=tuple(one.statement for one, _ in told))


def disagreements(story: Sequence[Dated]) -> dict[tuple[str, str], TopicDifference]:
    """The counts that sources of the story give differently at one time, by the ids of their two topics, or of the one.

    An article's own highest count is its total: two women killed are no other total than five people, where the article
    also says five.
    """
    totals = _totals(story)
    found: dict[tuple[str, str], dict[str, list[tuple[Dated, Fate]]]] = {}
    telling = sorted((one for one in story if fates(one.statement.text)), key=lambda one: one.statement.id)
    for one, other in combinations(telling, 2):
        if one.origin == other.origin or _apart(one, other):
            continue
        for first, second in _differing(one, other):
            if totals[one.statement.article_id, first.what] == first.value and (
                totals[other.statement.article_id, second.what] == second.value
            ):
                key = (one.topic, other.topic) if one.topic < other.topic else (other.topic, one.topic)
                pairs = found.setdefault(key, {}).setdefault(first.what, [])
                pairs += [pair for pair in ((one, first), (other, second)) if pair not in pairs]
    return {key: _disagreement(*next(iter(kinds.items()))) for key, kinds in found.items()}


def _apart(one: Dated, other: Dated) -> bool:
    return bool(one.published and other.published and abs(_time(one) - _time(other)) >= APART)


def _totals(story: Sequence[Dated]) -> dict[tuple[str, str], float]:
    totals: dict[tuple[str, str], float] = {}
    for one in story:
        for count in fates(one.statement.text):
            key = (one.statement.article_id, count.what)
            totals[key] = max(totals.get(key, 0.0), count.value)
    return totals


def _differing(one: Dated, other: Dated) -> Iterator[tuple[Fate, Fate]]:
    near, beside = _near(one, other), float(one.lead @ other.lead)
    theirs = {count.what: count for count in fates(other.statement.text)}
    for count in fates(one.statement.text):
        second = theirs.get(count.what)
        if second is None or agreeing(count, second) or _is_part(count, second) or _is_part(second, count):
            continue
        if not fate_moved(count, second) and not fate_moved(second, count):
            continue
        if same_count(_side(one), _side(other), count.what, near=near, beside=beside):
            yield count, second


def _is_part(count: Fate, other: Fate) -> bool:
    """Whether a count is of some of those that the other counts: of women among people, of others than these."""
    return count.noun != other.noun and (count.noun in _SOME or (count.noun is not None and other.noun is not None))


def _disagreement(what: str, told: Sequence[tuple[Dated, Fate]]) -> TopicDifference:
    values: dict[float, list[tuple[Dated, Fate]]] = defaultdict(list)
    for one, count in told:
        values[count.value].append((one, count))
    return TopicDifference(what=what, values=tuple(_reading(group) for _, group in sorted(values.items())))
