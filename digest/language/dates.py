"""Dates as a text tells them: days, months, years, weekdays, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from digest.language.words import for_short_texts, normalise

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NUMBER = {name: number for number, name in enumerate(_MONTHS, 1)}
_MONTH_NUMBER |= {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_WEEKDAY_NUMBER = {name: number for number, name in enumerate(_WEEKDAYS)}
_WEEKDAY_NUMBER |= {name[:3]: number for number, name in enumerate(_WEEKDAYS)} | {"tues": 1, "thur": 3, "thurs": 3}

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?+)"
)
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d,]*\d)(?!\.\d)"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|,\d|\.\d)"
_OPTIONAL_WEEKDAY = rf"(?:{_WEEKDAY},? (?:the )?)?"

# Tried in this order at each place; the first that matches wins.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        rf"\b{_OPTIONAL_WEEKDAY}{_MONTH} {_DAY}(?:,? {_YEAR})?",
        rf"\b{_OPTIONAL_WEEKDAY}(?<![\d.,]){_DAY}(?: of)? {_MONTH}(?!\w)(?! [0-3]?\d(?!\d))(?:,? {_YEAR})?",
        rf"\b{_MONTH},? {_YEAR}",
        rf"\b{_WEEKDAY}s?\b",
        r"\b(?P<month>January|February|April|June|July|August|September|October|November|December)\b",
        # March and May are also words: only after a word that a month follows.
        r"(?<=\b[Ii]n )(?P<month>March|May)\b",
        r"(?<=\b(?:of|by) )(?P<month>March|May)\b",
        r"(?<=\b[Ss]ince )(?P<month>March|May)\b",
        r"(?<=\b(?:last|this|next|late|from|till) )(?P<month>March|May)\b",
        r"(?<=\b(?:until|early) )(?P<month>March|May)\b",
        r"(?<![\w.,$€£#-])(?P<year>(?:1[5-9]|20)\d\d)(?:-\d\d(?!\d|-\d)|s)?(?![\w%]|,\d|\.\d)",
        r"(?<=\bmid-)(?P<year>(?:1[5-9]|20)\d\d)s?(?![\w%]|,\d|\.\d)",
    )
)
# Where a date may begin: signs that a search finds quickly, then what follows them.
_FIRST_SIGN = re.compile(r"[\dJFMASONDTW](?<!\w\w)")
_START = re.compile(
    r"[0-3]?\d(?=st|nd|rd|th|\b)|(?:1[5-9]|20)\d\d|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
)
# After a bare four-digit number, one of these says it counts something: "2000 troops", "1600 km".
_COUNTED = re.compile(
    r"-? ?(?:km|kilomet|mile|met(?:er|re)|f(?:ee|oo)t|percent|per cent|ton|kg|kilogram|pound|dollar|euro|"
    r"people|person|men\b|women\b|children|troops|soldiers|others|dead|killed|injured|wounded|homes|houses|"
    r"GMT|UTC|hours|local time|million|billion|thousand|hundred|and \d|drones|jobs|workers|cases|refugees|members)"
)

_SAME_DAY = re.compile(
    r"\b(?:today|tonight|overnight|this (?:morning|afternoon|evening)|last night|past 24 hours)\b", re.I
)
_DAY_BEFORE = re.compile(r"\byesterday\b", re.IGNORECASE)
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as told; what it does not say is None. `weekday` counts from Monday = 0. A decade has its first year."""

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@for_short_texts
def find_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of a text, in order, without overlaps."""
    plain = normalise(text)
    found: list[DateMention] = []
    reached = 0
    for sign in _FIRST_SIGN.finditer(plain):
        if sign.start() < reached or not _START.match(plain, sign.start()):
            continue
        mention = _date_at(plain, sign.start())
        if mention is not None:
            found.append(mention)
            reached = mention.end
    return tuple(found)


def _date_at(plain: str, start: int) -> DateMention | None:
    for pattern in _PATTERNS:
        match = pattern.match(plain, start)
        if match is None:
            continue
        parts = match.groupdict()
        if list(filter(None, parts.values())) == [parts.get("year")] and _COUNTED.match(plain, match.end()):
            return None
        return _mention(match, parts)
    return None


def _mention(match: re.Match[str], parts: dict[str, str | None]) -> DateMention | None:
    month, day = _month(parts.get("month")), _whole(parts.get("day"))
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    weekday = (parts.get("weekday") or "").lower()
    return DateMention(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        year=_whole(parts.get("year")),
        month=month,
        day=day,
        weekday=_WEEKDAY_NUMBER.get(weekday),
    )


def _whole(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _month(told: str | None) -> int | None:
    if not told:
        return None
    return int(told) if told.isdigit() else _MONTH_NUMBER[told.rstrip(".").lower()]


def _fields(mention: DateMention) -> dict[str, int]:
    told = {"year": mention.year, "month": mention.month, "day": mention.day, "weekday": mention.weekday}
    return {name: number for name, number in told.items() if number is not None}


def date_within(a: DateMention, b: DateMention) -> bool:
    """Whether `b` says everything that `a` says ("July 2" is within "Wednesday, July 2, 2025")."""
    second = _fields(b)
    return all(second.get(name) == number for name, number in _fields(a).items())


def days_named(text: str, published: datetime | None) -> frozenset[date]:
    """The days that a sentence names, as far as the day it came out tells which they are."""
    if published is None:
        return frozenset()
    out = published.date()
    plain = normalise(text)
    found = {out} if _SAME_DAY.search(plain) else set()
    if _DAY_BEFORE.search(plain):
        found.add(out - timedelta(days=1))
    for mention in find_dates(text):
        if mention.day is not None and mention.month is not None:
            years = (mention.year,) if mention.year else (out.year - 1, out.year, out.year + 1)
            named = [day for year in years if (day := _calendar_day(year, mention.month, mention.day))]
            found |= {min(named, key=lambda day: abs(day - out))} if named else set()
        elif mention.weekday is not None:
            found.add(out - timedelta(days=(out.weekday() - mention.weekday) % _WEEK))
    return frozenset(found)


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
