"""What has changed from one text to a later one about the same thing: a count, a figure, an outcome, who says it.

Both sides are read from the texts, so that a reader and `digest verify` can look them up. Whether two texts are about
the same thing is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from digest.language.claims import attribution
from digest.language.conflicts import FATES, MAX_RATIO_FATES, ReadSentence, conflicts, kind_of, name_of, read_sentence
from digest.language.dates import DateMention, find_dates
from digest.language.fates import Fate, agreeing, fates
from digest.language.outcomes import outcomes
from digest.language.plans import deeds, plans
from digest.language.quantities import Quantity, find_quantities, same_quantity, told_with_hedge
from digest.models import ChangeKind
from digest.updates.terms import put_from, terms

# The dead do not rise again, nor do wounds and arrests become undone: a lower count is another event's, or a part.
ONLY_RISING = frozenset({"killed", "injured", "arrested"})
# Whoever was charged has been arrested all along, and a later article still says so: the way is one way.
_STEPS = {"sought": 0, "arrested": 1, "charged": 2, "released": 2, "convicted": 3, "acquitted": 3, "sentenced": 4}
_REVISED = re.compile(
    r"\b(?:revised|lowered|corrected|reduced|downgraded|cut) (?:down |downward |its |the )*\b", re.IGNORECASE
)
# Of what moves each day anew, the second figure is another day's and not the first one's successor.
_FLEETING = frozenset(
    {"percent", "degree", "point", "day", "hour", "minute", "week", "month", "year", "second", "decade"}
)


# What a figure is compared with: "up from 6 percent", "faster than the 0.6 percent in May".
_FROM = re.compile(
    r"\b(?:from|compared (?:with|to)|than(?= (?:the|an?) ))"
    r"(?: (?:an?|the|about|around|some|over|at least|more than|revised|[a-z]+ly))* $",
    re.IGNORECASE,
)
_FROM_REACH = 48  # characters before a figure in which it is said to be what another was before
_TO = re.compile(r"(?: [\w-]+){0,3}? (to (?:[a-z]+ ){0,3})$", re.IGNORECASE)

# A speaker that was cut out of a clause ("citing two officials who", "whom she"), or none ("an alleged thief").
_NO_SPEAKER = re.compile(
    r"^[a-z]+ing\b|\b(?:who|whom|whose|which|that|he|she|it|they|we|i)$|^(?:an?|the|his|her|its|their)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One thing that two texts tell differently: what it is called, and its words in the earlier and later text."""

    kind: ChangeKind
    what: str
    before: str
    after: str


def find_changes(before: str, after: str) -> tuple[Moved, ...]:
    """What the text `after` tells differently from the text `before`: counts of people first, then other things."""
    first, second = _arrived(before), _arrived(after)
    counted = tuple(_fates(first, second))
    figures = {one.what: one for one in (*_steps(before, after), *_figures(first, second))}
    rest = (one for one in figures.values() if one.what not in {count.what for count in counted})
    others = (*_outcomes(first, second), *_carried_out(first, second), *_terms(first, second))
    return (*counted, *rest, *others, *_speakers(first, second))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A figure's way as one sentence tells it: both figures, and the offsets of what tells the first.

    That is "from 12 " of "from 12 to 17", and "from 12" of "17, up from 12".
    """

    first: Quantity
    second: Quantity
    start: int
    end: int


@lru_cache(maxsize=65536)
def steps(text: str) -> tuple[Step, ...]:
    """Which figures of a sentence are told as what others, of one kind with them, were before."""
    figures, found = find_quantities(text), []
    for place, first in enumerate(figures):
        start = _FROM.search(text, max(0, first.start - _FROM_REACH), first.start)
        if start is None:
            continue
        to = next((one for one in figures[place + 1 : place + 2] if _TO.match(text, first.end, one.start)), None)
        alike = [one for one in figures[:place] if one.unit == first.unit and first.noun in (one.noun, None)]
        second = to or next((one for one in reversed(alike) if not one.ordinal), None)
        between = _TO.match(text, first.end, to.start) if to else None
        if second and second.value != first.value:
            end = between.start(1) if between else first.end
            found.append(Step(first=first, second=second, start=start.start(), end=end))
    return tuple(found)


def _ways(text: str) -> list[Step]:
    """The steps that time has made: what is less "than the 12 expected" was never 12."""
    return [step for step in steps(text) if not text.startswith("than", step.start)]


def _arrived(text: str) -> str:
    """The text without where its figures came from: of "rose from 12 to 17" it is "rose to 17" that stands."""
    for way in reversed(_ways(text)):
        text = text[: way.start] + text[way.end :]
    return text


def _steps(before: str, after: str) -> Iterator[Moved]:
    """Figures that the later text itself says have left what the earlier one told: "17 metres, up from 14"."""
    for way in _ways(after):
        if any(same_quantity(old, way.second) for old in find_quantities(before)):
            continue
        left = replace(way.first, unit=way.first.unit or way.second.unit, noun=way.first.noun or way.second.noun)
        for old in find_quantities(before):
            if old.unit not in _FLEETING and kind_of(old) == kind_of(left) and same_quantity(old, left):
                what = name_of(old, before) if old.noun else name_of(way.second, after)
                yield Moved(kind="number", what=what, before=_told(before, old), after=_told(after, way.second))


def _fates(before: str, after: str) -> Iterator[Moved]:
    earlier = {one.what: one for one in fates(before)}
    for new in fates(after):
        old = earlier.get(new.what)
        if old is not None and fate_moved(old, new, revised=_REVISED.search(after) is not None):
            yield Moved(kind="number", what=new.what, before=old.told, after=new.told)


def fate_moved(old: Fate, new: Fate, *, revised: bool = False) -> bool:
    """Whether a count of people that was `old` can have become `new`."""
    if agreeing(old, new) or (old.noun and new.noun and old.noun != new.noun):
        return False
    if new.what in ONLY_RISING and new.value < old.value and not revised:
        return False
    low, high = sorted((old.value, new.value))
    return high <= MAX_RATIO_FATES * max(low, 1.0)


@lru_cache(maxsize=16384)
def _read_sentence(text: str) -> ReadSentence:
    return read_sentence(text)


def _figures(before: str, after: str) -> Iterator[Moved]:
    """Other things counted or priced, each in the words of its text; who died is counted already, as workers too."""
    dead = [{count.start for count in fates(text)} for text in (before, after)]
    for found in conflicts(_read_sentence(before), _read_sentence(after), any_day=True):
        if found.what in FATES or found.b.role in FATES or found.a.start in dead[0] or found.b.start in dead[1]:
            continue
        if found.a.unit not in _FLEETING:
            yield Moved(kind="number", what=found.what, before=_told(before, found.a), after=_told(after, found.b))


def _told(text: str, quantity: Quantity) -> str:
    return told_with_hedge(text, quantity, unit=quantity.unit is not None)


def _outcomes(before: str, after: str) -> Iterator[Moved]:
    earlier = {one.group: one for one in outcomes(before)}
    for new in outcomes(after):
        old = earlier.get(new.group)
        if old is not None and old.state != new.state and not _is_step_back(old.state, new.state):
            yield Moved(kind="outcome", what="", before=old.told, after=new.told)


def _is_step_back(old: str, new: str) -> bool:
    return new != "released" and _STEPS.get(new, 5) < _STEPS.get(old, 0)


def _carried_out(before: str, after: str) -> Iterator[Moved]:
    """What one text says will be done, and the other, which plans it no longer, was done."""
    planned = plans(before)
    if not planned:
        return
    neither = {one.verb for one in (*deeds(before), *plans(after))}
    done = {one.verb: one for one in reversed(deeds(after))}
    for plan in planned:
        deed = done.get(plan.verb)
        if deed is not None and plan.verb not in neither and (deed.passive or not plan.passive):
            yield Moved(kind="outcome", what="", before=plan.told, after=deed.told)


def _terms(before: str, after: str) -> Iterator[Moved]:
    """Until when, or when: where each text sets one term, in other words; or the later one puts off the other's day."""
    first, second = [one.told for one in terms(before)], terms(after)
    left, verbs = put_from(after), {one.verb for one in (*terms(before), *second)} - {"", "be"}
    if len(verbs) > 1 and not left:
        return  # who votes on Wednesday does not put off what will go up in April
    if left:
        named = {(one.month, one.day, one.weekday): one.text for one in reversed(find_dates(before))}
        put = [one.time for one in second if isinstance(one.time, DateMention)]
        if any((one.month, one.day, one.weekday) in named for one in put):
            return
        first = [text for day, text in named.items() if day == (left.month, left.day, left.weekday)]
    if len(first) == len(second) == 1 and first[0].lower() != second[0].told.lower():
        yield Moved(kind="outcome", what="", before=first[0], after=second[0].told)


def _speakers(before: str, after: str) -> Iterator[Moved]:
    """What one party claimed is told by another as a fact."""
    first, second = attribution(before), attribution(after)
    if first is None or second is None or first.kind != "claimed" or second.kind != "reported":
        return
    if _NO_SPEAKER.search(first.speaker) or _NO_SPEAKER.search(second.speaker):
        return
    if first.speaker and second.speaker and not _same_speaker(first.speaker, second.speaker):
        yield Moved(kind="actor", what="said by", before=first.speaker, after=second.speaker)


def _same_speaker(first: str, second: str) -> bool:
    words = [set(re.findall(r"\w+", name.lower())) - {"the", "a", "an"} for name in (first, second)]
    return bool(words[0] & words[1])
