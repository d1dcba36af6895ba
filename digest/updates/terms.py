"""Until when something lasts, or when it is to come, as sentences tell it: "until July", "for two weeks", "on 3 June".

A term is compared by the days that it can mean, seen from the day on which its sentence came out: "for 60 days", said
on 4 August, is "through Oct. 3".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from digest.language.dates import DateMention, find_dates
from digest.language.plans import plans
from digest.language.quantities import Quantity, find_quantities
from digest.language.words import STOPWORDS, normalise, stem, tokens

Days = tuple[date, date]

_HEDGE = (
    r"(?: (?:at least|about|around|nearly|up to|more than|another|a further|next|the next|late|early|only|noon on"
    r"|midday on|midnight on|the (?:end|start|beginning|middle|morning|evening|night) of))*"
)
_UNTIL = re.compile(rf"\b(?:until|till|before|by|through){_HEDGE} $", re.IGNORECASE)
_WITH = re.compile(rf"\b(?:for|within|in|on){_HEDGE} $", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:will|would|shall|may|might|is to|are to|(?:due|expected|set|scheduled|planned) to)\b")
# What is put to another day: from which, and to which.
_PUT = re.compile(
    r"\b(?:moved|postponed|put (?:off|back)|pushed back|delayed|brought forward|rescheduled|deferred|adjourned)\b", re.I
)
_TO, _FROM = (re.compile(rf"\b{word}{_HEDGE} $", re.IGNORECASE) for word in ("to", "from"))
_SEASON = re.compile(r"\b(?:next|this|later this) (?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_REACH = 60  # characters before a time in which its preposition stands
_LENGTHS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.25}
_ROUNDED = 0.1  # of a length, or half a unit: "two weeks" may be eleven days
_HALF_YEAR = 183  # days: a date without a year is the nearest one to come, or was just now


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term in the words of its sentence; `time` is the date or the length that it names, None for "next spring".

    `verb` is what will be then, as a stem: of "the Assembly will vote on Monday" it is "vote".
    """

    told: str
    time: DateMention | Quantity | None
    verb: str = ""


@lru_cache(maxsize=65536)
def terms(text: str) -> tuple[Term, ...]:
    """The terms of a sentence, in order: of "in", "on" and "for" only what is to come, and the day it was put off to.

    "On Monday" only where nothing parts it from its verb: in "will close, he said on Monday" it is no term.
    """
    plain = normalise(text)
    seasons = (place for place in _SEASON.finditer(plain) if _is_to_come(plain, place.start()))
    found: list[tuple[int, int, DateMention | Quantity | None]] = [(one.start(), one.end(), None) for one in seasons]
    for time in _times(plain):
        before = plain[max(0, time.start - _REACH) : time.start]
        lead = _UNTIL.search(before)
        if lead is None and _is_to_come(plain, time.start, beside=isinstance(time, DateMention) and not time.month):
            lead = _WITH.search(before)
        put = isinstance(time, DateMention) and _PUT.search(plain, 0, time.start)
        if lead is None and put and (to := _TO.search(before)):
            found.append((time.start - len(before) + to.start() + len("to "), time.end, time))
        if lead:
            found.append((time.start - len(before) + lead.start(), time.end, time))
    found.sort(key=lambda one: one[:2])
    return tuple(Term(told=text[start:end], time=time, verb=_verb(plain, start)) for start, end, time in found)


def _verb(plain: str, place: int) -> str:
    coming = list(_TO_COME.finditer(plain, 0, place))
    after = tokens(plain[coming[-1].end() : place]) if coming else ()
    return stem(after[0].word) if after else ""


def _times(plain: str) -> Iterator[DateMention | Quantity]:
    """The months, days and lengths of time that a text names."""
    yield from (one for one in find_dates(plain) if one.month is not None or one.weekday is not None)
    yield from (one for one in find_quantities(plain) if one.unit in _LENGTHS and not one.ordinal)


def _is_to_come(plain: str, place: int, *, beside: bool = False) -> bool:
    found = list(_TO_COME.finditer(plain, 0, place))
    return bool(found) and not (beside and re.search(r"[,;:]|\bsaid\b", plain[found[-1].end() : place]))


def puts_off(text: str) -> bool:
    """Whether a sentence says that something was put to another day, and to which."""
    return _PUT.search(text) is not None and bool(terms(text))


@lru_cache(maxsize=65536)
def put_from(text: str) -> DateMention | None:
    """The day from which a sentence says that something was put to another one."""
    plain = normalise(text)
    put = _PUT.search(plain)
    days = find_dates(plain) if put else ()
    return next((day for day in days if _FROM.search(plain[put.end() if put else 0 : day.start])), None)


def is_put_off(after: str, telling: datetime | None, before: str, told: datetime | None) -> bool:
    """Whether a sentence says that a thing was put from a day that the earlier one names, which has a word of it."""
    day = put_from(after)
    old = {_days(Term(told=one.text, time=one), told) for one in find_dates(before)} if day else set()
    if day is None or _days(Term(told=day.text, time=day), telling) not in old - {None}:
        return False
    words = [{stem(one.word) for one in tokens(text)} - STOPWORDS for text in (before, after[: day.start])]
    return not words[0].isdisjoint(words[1])


def other_term(after: str, telling: datetime | None, before: str, told: datetime | None) -> bool:
    """Whether both sentences set terms, and none that can be the same."""
    first, second = terms(before), terms(after)
    return bool(first and second) and not any(
        old.told.lower() == new.told.lower() or _meet(_days(old, told), _days(new, telling))
        for old in first
        for new in second
    )


def has_moved(after: str, telling: datetime | None, before: str, told: datetime | None) -> bool:
    """Whether each sentence sets a term whose days can be told, and they differ."""
    first, second = terms(before), terms(after)
    dated = all(_days(one, told) for one in first) and all(_days(one, telling) for one in second)
    return dated and other_term(after, telling, before, told)


def was_due(text: str, published: datetime | None, now: datetime) -> bool:
    """Whether a sentence says what will be done, and each day that it sets for that has gone by."""
    if not plans(text):
        return False
    days = [_days(one, published) for one in terms(text)]
    return bool(days) and all(one is not None and one[1] < now.date() for one in days)


def _meet(first: Days | None, second: Days | None) -> bool:
    return first is not None and second is not None and first[0] <= second[1] and second[0] <= first[1]


def _days(term: Term, published: datetime | None) -> Days | None:
    """The first and the last day that a term can mean; None where that cannot be told."""
    if published is None or term.time is None:
        return None
    out, time = published.date(), term.time
    if isinstance(time, Quantity):
        return _of_length(time, out)
    if time.month is not None:
        return _of_month(time, out)
    day = out + timedelta(days=((time.weekday or 0) - out.weekday()) % 7)
    return day, day


def _of_length(time: Quantity, out: date) -> Days | None:
    """The days that are so far ahead; None for "24,000 years", which no calendar has."""
    length, slack = time.value, max(0.5, _ROUNDED * time.value)
    unit = timedelta(days=_LENGTHS[time.unit or "day"])
    try:
        return out + (length - slack) * unit, out + (length + slack) * unit
    except OverflowError:
        return None


def _of_month(time: DateMention, out: date) -> Days | None:
    """The day that a date names, or all days of its month; without a year, of the nearest one to come."""
    assert time.month is not None
    try:
        first = date(time.year or out.year, time.month, time.day or 1)
        if time.year is None and (out - first).days > (_HALF_YEAR if time.day else 31):
            first = first.replace(year=out.year + 1)
    except ValueError:
        return None
    return first, first if time.day else (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
