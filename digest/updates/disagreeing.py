"""Counts of people that the statements of one issue give differently: as they moved, or source against source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from digest.language.conflicts import FATES
from digest.language.fates import Fate, agreeing
from digest.models import TopicDifference, TopicReading
from digest.updates.changes import ONLY_RISING, fate_moved
from digest.updates.dated import APART, Dated, near, side, time_of
from digest.updates.subject import name_one_thing, same_count

_SOME = frozenset("woman man child boy girl teenager pupil other".split())  # nouns that split a crowd


def courses(topic: Sequence[Dated], past: Sequence[Dated]) -> tuple[TopicDifference, ...]:
    """How the counts moved that the statements of a topic tell, and those that it has overtaken."""
    old = {one.statement.id for one in past}
    return tuple(course for what in FATES if (course := _course(what, [*topic, *past], old)))


def _course(what: str, told: Sequence[Dated], old: set[str]) -> TopicDifference | None:
    counts = [(one, count) for one in told if one.published for count in one.counts if count.what == what]
    if not any(one.statement.id in old for one, _ in counts):
        return None
    values: dict[float, list[tuple[Dated, Fate]]] = defaultdict(list)
    for one, count in sorted(counts, key=lambda pair: (time_of(pair[0]), pair[0].statement.id)):
        values[count.value].append((one, count))
    if len(values) < 2:
        return None
    groups = sorted(values.values(), key=lambda group: (time_of(group[-1][0]), group[0][1].value))
    return TopicDifference(what=what, values=tuple(map(_reading, groups)), over_time=True)


def _reading(told: Sequence[tuple[Dated, Fate]]) -> TopicReading:
    """One value, in the words of the first that tells it."""
    return TopicReading(value=told[0][1].told, statements=tuple(one.statement for one, _ in told))


def disagreements(told: Sequence[Dated]) -> dict[tuple[str, str], TopicDifference]:
    """The counts that sources give differently, by the ids of the two topics, or of the one.

    They are of one time, or the later one gives the fewer dead: no time makes fewer of them.
    """
    found: dict[tuple[str, str], dict[str, list[tuple[Dated, Fate]]]] = {}
    for one, other in combinations(sorted((one for one in told if one.counts), key=lambda one: one.statement.id), 2):
        if one.origin == other.origin:
            continue
        for first, second in _differing(one, other):
            key = (one.topic, other.topic) if one.topic < other.topic else (other.topic, one.topic)
            pairs = found.setdefault(key, {}).setdefault(first.what, [])
            pairs += [pair for pair in ((one, first), (other, second)) if pair not in pairs]
    return {
        key: _disagreement(what, [*pairs, *_agreeing(what, pairs, [one for one in told if one.topic in key])])
        for key, kinds in found.items()
        for what, pairs in list(kinds.items())[:1]
    }


def _agreeing(what: str, pairs: Sequence[tuple[Dated, Fate]], topics: Sequence[Dated]) -> list[tuple[Dated, Fate]]:
    """The other statements of the topics that give one of the counts."""
    values, told = {count.value for _, count in pairs}, {one.statement.id for one, _ in pairs}
    others = [one for one in topics if one.statement.id not in told]
    return [(one, count) for one in others for count in one.counts if count.what == what and count.value in values]


def _differing(one: Dated, other: Dated) -> Iterator[tuple[Fate, Fate]]:
    theirs = {count.what: count for count in other.counts}
    if one.story != other.story and not name_one_thing(side(one), side(other)):
        return  # most pairs of a long issue, before anything dearer is asked of them
    for count in one.counts:
        second = theirs.get(count.what)
        if second is None or agreeing(count, second) or _is_part(count, second) or _is_part(second, count):
            continue
        if not fate_moved(count, second) and not fate_moved(second, count):
            continue
        if _may_have_risen(one, count, other, second):
            continue
        alike, beside = near(one, other), float(one.lead @ other.lead)
        if same_count(side(one), side(other), count.what, near=alike, beside=beside):
            yield count, second


def _may_have_risen(one: Dated, count: Fate, other: Dated, second: Fate) -> bool:
    """Whether the counts are of two times, and time can have made the later one of the earlier."""
    if one.published is None or other.published is None or abs(time_of(one) - time_of(other)) < APART:
        return False
    risen = count.value < second.value if time_of(one) < time_of(other) else second.value < count.value
    return risen or count.what not in ONLY_RISING


def _is_part(count: Fate, other: Fate) -> bool:
    """Whether a count is of some of those that the other counts: of women among people, of others than these."""
    return count.noun != other.noun and (count.noun in _SOME or (count.noun is not None and other.noun is not None))


def _disagreement(what: str, told: Sequence[tuple[Dated, Fate]]) -> TopicDifference:
    """Equal counts in one reading; hedged ones apart from flat ones: who said "at least 10" did not say 10."""
    values: dict[tuple[float, str], list[tuple[Dated, Fate]]] = defaultdict(list)
    for one, count in told:
        values[count.value, (count.quantity and count.quantity.approx) or ""].append((one, count))
    return TopicDifference(what=what, values=tuple(_reading(values[value]) for value in sorted(values)))
