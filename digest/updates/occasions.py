"""Whether two sentences can tell of one occasion: what the days they name, and the days they came out, allow."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from digest.language.claims import attribution
from digest.language.dates import days_named, find_dates
from digest.language.words import normalise

# A sum of an event so far is told anew each day: the day it names is the day of the telling.
_SO_FAR = re.compile(
    r"\b(?:toll|so far|in total|total number|number of (?:people|those|the|dead|deaths|missing)|rose|risen|rises|"
    r"climbed|remain(?:s|ed)?|still|unaccounted|stands? at|stood at|accounted for|nobody|no one|now|has been|"
    r"have been)\b",
    re.IGNORECASE,
)
# A period that is another one when it is told again some days later.
PERIOD = re.compile(
    r"\b(?:(?:last|this|past|previous|prior) (?:week|month|quarter)|(?:first|second|third|fourth)[ -]quarter|"
    r"(?:week|month|quarter) (?:ended|ending|earlier|before)|(?:first|last) \w+ months|surveys?|surveyed)\b",
    re.IGNORECASE,
)
NEXT_PERIOD = timedelta(days=5)  # from one working week's report to the next at the least
# What happened before it was planned is another thing.
_LONG_AGO = re.compile(
    r"\b(?:ago|years? (?:earlier|before)|earlier (?:this|in the) season|previously|"
    r"(?:last|previous) (?:year|season|spring|summer|autumn|fall|winter))\b",
    re.IGNORECASE,
)
_YEARS_AGO = re.compile(r"\b(?:years?|months|decades?) (?:ago|earlier|before)\b|\blast (?:year|month)\b", re.IGNORECASE)
GONE_BY = 3  # months: what is so long ago, and not as soon ahead
NEW_YEAR = timedelta(days=31)  # so long the last year may still be the present one
_YEAR = re.compile(r"\b(?:in|of|since|during) (?:the )?((?:19|20)\d\d)\b")
_ZONES = timedelta(days=1)  # "Thursday" is another day elsewhere
# The day on which something was said: "officials said on Tuesday", "told reporters late Tuesday".
_TO_SAYING = re.compile(r"(?: (?:reporters|journalists|parliament|late|early|on|in a statement|a news conference))* ")


def same_occasion(before: str, told: datetime | None, after: str, telling: datetime | None) -> bool:
    """False when the sentences name days, and none in common; a sum so far is of any day.

    The day on which somebody said it is not one of them.
    """
    if _SO_FAR.search(after) is not None:
        return True
    first, second = days_named(_unsaid(before), told), days_named(_unsaid(after), telling)
    return not first or not second or bool(first & second)


def _unsaid(text: str) -> str:
    """The sentence without who says it, and the day on which they did."""
    said, plain = attribution(text), normalise(text)
    if said is None:
        return plain
    end = said.end
    for mention in find_dates(plain):
        if mention.start > end and _TO_SAYING.fullmatch(plain, end, mention.start):
            end = mention.end
    return f"{plain[: said.start]} {plain[end:]}"


def happened_before(after: str, telling: datetime | None, before: str, told: datetime | None) -> bool:
    """Whether a sentence tells of a time before the day on which an earlier one came out, which does not name it."""
    first, second = normalise(before), normalise(after)
    years = set(_YEAR.findall(second)) - {str(telling.year) if telling else ""}
    if (years and not years & set(_YEAR.findall(first))) or _LONG_AGO.search(second):
        return True
    if telling is None or told is None:
        return False
    named = days_named(after, telling) - days_named(before, told)
    if named:
        return max(named) < told.date() - _ZONES
    known = {told.month, telling.month, *(one.month for one in find_dates(first))}
    return not known >= {one.month for one in find_dates(second) if one.month}


def is_of_old(text: str, published: datetime | None) -> bool:
    """Whether a sentence tells of another time: it names another year, a month gone by, or how long ago it was.

    Where the day it came out is not known, a year with its day may be the present one.
    """
    plain = normalise(text)
    named = find_dates(plain)
    if published is None:
        return any(one.year and one.day is None for one in named) or _YEARS_AGO.search(plain) is not None
    this = (published - NEW_YEAR).year
    gone = [(published.month - one.month) % 12 for one in named if one.month and not one.year]
    return (
        any(one.year and one.year < this for one in named)
        or any(GONE_BY <= months <= 12 - GONE_BY for months in gone)
        or _YEARS_AGO.search(plain) is not None
    )


def is_later(after: str, telling: datetime | None, before: str, told: datetime | None) -> bool:
    """Whether a sentence names a day after all those that the earlier one tells of, or else after it came out.

    One that is named by both is no later one, nor is the day on which somebody said it, where it names others.
    """
    if told is None or telling is None:
        return False
    known = days_named(before, told)
    last = max((day for day in known if day <= told.date()), default=told.date())
    named = days_named(after, telling)
    gone = {day for day in (days_named(_unsaid(after), telling) & named) - known if day <= telling.date()}
    return max(gone, default=last) > last or (not named & known and min(named, default=last) > last)


def other_period(after: str, telling: datetime | None, told: datetime | None) -> bool:
    """Whether a sentence tells of "last week" or the like, and came out in another week than the earlier one."""
    return bool(telling and told and telling - told >= NEXT_PERIOD and PERIOD.search(normalise(after)))
