"""Times as files write them, to aware UTC datetimes. What is incomplete or ambiguous gives None.

For header-like fields only; dates in prose are another matter and stay there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_EARLIEST, _LATEST = 1900, 2100
_MAX_LENGTH = 80
_EPOCH_MS = 100_000_000_000  # larger numbers count milliseconds: as seconds they lie beyond the year 5138
_EPOCH_MIN = 100_000_000  # smaller numbers (20250702, 2025) are no epoch seconds of any article: 1973 and before
# email.utils takes a zone that it does not know for UTC, so it is asked only about those it knows.
_MAIL_ZONE = re.compile(r"(?:[+-]\d{4}|\b(?:GMT|UTC?|[ECMP][SD]T))(?: \([^()]*\))?$")
_WEEKDAY = re.compile(r"\(((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\)$", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
# Abbreviations in use by news sites, in hours; those that mean two zones (IST, CST in China) are left out.
_ZONES = {
    "GMT": 0, "UTC": 0, "UT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "ET": -5, "JST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_UNITS = {
    "second": timedelta(seconds=1), "sec": timedelta(seconds=1), "s": timedelta(seconds=1),
    "minute": timedelta(minutes=1), "min": timedelta(minutes=1), "m": timedelta(minutes=1),
    "hour": timedelta(hours=1), "hr": timedelta(hours=1), "h": timedelta(hours=1),
    "day": timedelta(days=1), "d": timedelta(days=1),
    "week": timedelta(weeks=1), "wk": timedelta(weeks=1), "w": timedelta(weeks=1),
    "month": timedelta(days=30), "year": timedelta(days=365),
}  # fmt: skip
# "12 hours ago", "a day ago", "3h ago", and the same with the words a page's markup glues to it ("time12 hours ago").
AGO = re.compile(
    r"(?:(?:time|updated|published|posted|about|last updated)[:\s]{0,3})?"
    r"(?:(?:(?P<count>\d{1,3})|an?|one)\s?"
    r"(?P<unit>second|sec|minute|min|hour|hr|day|week|wk|month|year|[smhdw])s?\.? ago"
    r"|(?P<word>just now|yesterday|today))",
    re.IGNORECASE,
)


def parse_time(value: object) -> datetime | None:
    """Read a date or time from a field: ISO 8601, RFC 2822, epoch seconds or milliseconds, or plain English.

    A time without a zone counts as UTC, a date without a time as its midnight. None for what is impossible, has no
    year, or could be read as two dates (02/07/2025).
    """
    try:
        found = _read(value)
        if found is None:
            return None
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if _EARLIEST <= found.year <= _LATEST else None


def _read(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_epoch(float(value))
    if not isinstance(value, str) or len(value) > _MAX_LENGTH:
        return None
    return _from_text(" ".join(value.split()))


def _from_epoch(number: float) -> datetime | None:
    seconds = number / 1000 if number >= _EPOCH_MS else number
    return datetime.fromtimestamp(seconds, tz=UTC) if seconds >= _EPOCH_MIN else None


def _from_text(text: str) -> datetime | None:
    if text.isdecimal():
        compact = _COMPACT.fullmatch(text)
        if compact:
            return datetime(*(int(part) for part in compact.groups()), tzinfo=UTC)  # type: ignore[misc, arg-type]
        return _from_epoch(float(text))
    found = _attempt(datetime.fromisoformat, text)
    if found is None and _MAIL_ZONE.search(text):
        found = _attempt(parsedate_to_datetime, text)
    return found or _from_words(text)


def _attempt(reader: Callable[[str], datetime], text: str) -> datetime | None:
    try:
        return reader(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_words(text: str) -> datetime | None:
    """Plain English through dateutil, four times: a part that changes with the filler or the order was not said."""
    if not any(character.isdigit() for character in text):
        return None
    from dateutil import parser

    def zone(name: str | None, offset: int | None) -> timezone | None:
        if offset is not None:
            return timezone(timedelta(seconds=offset))
        return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else UTC

    plain = _WEEKDAY.sub(r"\1", text)
    readings = set()
    # 2000 and 2004 are leap years, so 29 February survives both fillers.
    for filler in (datetime(2000, 1, 1), datetime(2004, 2, 2)):  # noqa: DTZ001  a filler has no zone
        for dayfirst in (False, True):
            try:
                readings.add(parser.parse(plain, default=filler, dayfirst=dayfirst, tzinfos=zone))
            except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
                return None
    return readings.pop() if len(readings) == 1 else None


def parse_ago(text: str, *, base: datetime | None) -> datetime | None:
    """Resolve "12 hours ago" against the time its page was made; None without one, or when nothing matches."""
    match = AGO.search(text)
    if match is None or base is None:
        return None
    word = (match["word"] or "").casefold()
    if word:
        return base - timedelta(days=1) if word == "yesterday" else base
    return base - int(match["count"] or 1) * _UNITS[match["unit"].casefold()]
