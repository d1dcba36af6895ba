"""Statements of one issue beside each other: which has been overtaken by a later one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from digest.language.dates import find_dates
from digest.language.fates import Fate, fates
from digest.language.outcomes import outcomes
from digest.language.plans import deeds, plans
from digest.updates.changes import Moved
from digest.updates.dated import APART, Dated, near, side, time_of
from digest.updates.occasions import is_of_old
from digest.updates.subject import counts_of, may_be_one_event, moves
from digest.updates.terms import puts_off

# "Local media had reported eight deaths": whoever recalls it has another count, or does not stand for this one.
_HAD_SAID = re.compile(r"\bhad (?!been )(?:[a-z]+ )?(?:reported|said|put|given|spoken of)\b")

Reached = frozenset[tuple[str, float]]  # fates and their counts


def with_counts(told: Sequence[Dated]) -> list[Dated]:
    """The statements of an issue with the counts that their articles stand for, and not with those they only recall.

    An article's highest count of a fate is its total, beside which the lower ones are of a part, or of the day before:
    "two died on Sunday" is no count of an article that has a third one dead. Of those missed, that nobody is counts
    before all. What happened in another year, or somebody had said before, is not counted at all.
    """
    reached = [_reached(one.statement.text, one.published) for one in told]
    given: dict[tuple[str, str], set[float]] = defaultdict(set)
    for one, counts in zip(told, reached, strict=True):
        for what, value in counts:
            given[one.article.id, what].add(value)
    for one in {one.article.id: one for one in told}.values():
        for what, value in _reached(one.article.title, one.published):
            given[one.article.id, what].add(value)
    totals = {key: 0.0 if "missing" in key and 0.0 in values else max(values) for key, values in given.items()}
    return [_with_counts(one, counts, totals) if counts else one for one, counts in zip(told, reached, strict=True)]


def _with_counts(one: Dated, reached: Reached, totals: Mapping[tuple[str, str], float]) -> Dated:
    of_now = [count for count in fates(one.statement.text) if (count.what, count.value) in reached]
    counts = tuple(count for count in of_now if totals[one.article.id, count.what] == count.value)
    return replace(one, counts=counts, recalls=len(counts) < len(of_now))


def tells_alike(one: Dated, others: Iterable[Dated]) -> bool:
    """Whether a statement tells a count of people that one of the others tells, too."""
    mine = _reached(one.statement.text, one.published)
    return any(mine & _reached(other.statement.text, other.published) for other in others)


def _reached(text: str, published: datetime | None) -> Reached:
    """The fates and counts that a text tells of this year, the dead also by whom it calls the third of them."""
    found = frozenset((what, value) for what, values in counts_of(text).items() for value in values)
    return frozenset() if found and (is_of_old(text, published) or _HAD_SAID.search(text)) else found


def overtaken(told: Sequence[Dated]) -> dict[str, Dated]:
    """By the id of each statement that a later one has overtaken: the newest that has.

    Of two that each recall what the other counts, only the older is: else nobody would tell either count.
    """
    found: dict[str, Dated] = {}
    last = _last_told(told)
    for old, new in _in_time(told):
        newest = old.statement.id not in found or time_of(found[old.statement.id]) < time_of(new)
        if newest and _moves(old, new, last) and old.statement.id not in _chain(new, found):
            found[old.statement.id] = new
    return _with_repeats(told, found)


def _with_repeats(told: Sequence[Dated], found: Mapping[str, Dated]) -> dict[str, Dated]:
    """What is overtaken, with what else in the same articles tells nothing but counts that have been overtaken."""
    gone = {
        (old.article.id, count.what, count.value): found[old.statement.id]
        for old in told
        for count in old.counts
        if old.statement.id in found and _counts_otherwise(found[old.statement.id], count)
    }
    keys = {one.statement.id: [(one.article.id, count.what, count.value) for count in one.counts] for one in told}
    repeats = {
        one.statement.id: gone[keys[one.statement.id][0]]
        for one in told
        if keys[one.statement.id] and gone.keys() >= set(keys[one.statement.id])
    }
    return {key: new for key, new in repeats.items() if key not in _chain(new, found)} | dict(found)


def _counts_otherwise(one: Dated, count: Fate) -> bool:
    return any(other.what == count.what and other.value != count.value for other in one.counts)


def _chain(one: Dated, found: Mapping[str, Dated]) -> list[str]:
    """The ids of a statement and of what has overtaken it, one after the other."""
    ids = [one.statement.id]
    while ids[-1] in found:
        ids.append(found[ids[-1]].statement.id)
    return ids


def _in_time(told: Sequence[Dated]) -> Iterator[tuple[Dated, Dated]]:
    """The pairs that can answer one thing at two times, older first, each in the order of time and id.

    What is only recalled is older than whatever counts the same.
    """
    planned = frozenset(plan.verb for one in told for plan in plans(one.statement.text))
    ordered = sorted((one for one in told if one.published), key=lambda one: (one.published, one.statement.id))
    answering: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(ordered):
        for what in _answered(one, planned):
            answering[what].append(place)
    for place, old in enumerate(ordered):
        places = {other for what in _asked(old) for other in answering[what] if other > place or old.recalls}
        for new in (ordered[other] for other in sorted(places - {place})):
            if time_of(new) - time_of(old) >= APART or (old.recalls and new.counts):
                yield old, new


def _last_told(told: Sequence[Dated]) -> dict[tuple[int, str, float], datetime]:
    """When each count of people, by its story, its fate and its value, was told last."""
    last: dict[tuple[int, str, float], datetime] = {}
    for one in told:
        for count in one.counts if one.published else ():
            key = (one.story, count.what, count.value)
            last[key] = max(last.get(key, time_of(one)), time_of(one))
    return last


def _moves(old: Dated, new: Dated, last: Mapping[tuple[int, str, float], datetime]) -> tuple[Moved, ...]:
    """What the newer statement tells differently of people and outcomes, when both are about one thing.

    A count that is told again after the newer one has not been overtaken: the sources differ.
    """
    alike, beside = near(old, new), 0.0 if old.recalls else float(old.lead @ new.lead)
    if not may_be_one_event(alike, beside):
        return ()
    first, second = (
        {count.what: last[one.story, count.what, count.value] for count in one.counts} for one in (old, new)
    )
    later = time_of(new) - time_of(old) >= APART

    def counts(what: str) -> bool:
        if old.recalls and what not in first:
            return what in second
        return later and what in first.keys() & second.keys() and second[what] - first[what] >= APART

    found = moves(side(old), side(new), near=alike, beside=beside, same=float(old.topic == new.topic))
    decided = later and old.story == new.story
    return tuple(move for move in found if (decided if move.kind == "outcome" else counts(move.what)))


def _asked(one: Dated) -> frozenset[str]:
    """What a later sentence can answer anew: fates that this one counts, its outcomes, verbs of its plans, its days."""
    recalled = {count.what for count in fates(one.statement.text)} if one.recalls else set()
    days = {f"day in {one.story}"} if find_dates(one.statement.text) else set()
    return _states(one) | recalled | days | {f"to {plan.verb} in {one.story}" for plan in plans(one.statement.text)}


def _answered(one: Dated, planned: frozenset[str]) -> frozenset[str]:
    """What a sentence answers, as `_asked`: what it says was done is an answer where the story planned it."""
    done = deeds(one.statement.text) if planned else ()
    days = {f"day in {one.story}"} if puts_off(one.statement.text) else set()
    return _states(one) | days | {f"to {deed.verb} in {one.story}" for deed in done if deed.verb in planned}


def _states(one: Dated) -> frozenset[str]:
    """The fates that it counts, and its outcomes, which are only compared within a story."""
    decided = {f"{told.group} in {one.story}" for told in outcomes(one.statement.text)}
    return frozenset(count.what for count in one.counts) | decided
