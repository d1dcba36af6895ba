"""Dates and times as the brief says them, in English whatever the machine's locale."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.models import Brief, Window

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NEAR = timedelta(days=6, hours=12)  # within it a weekday alone cannot be misread


def long_date(day: date) -> str:
    """ "Wednesday 4 March 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def window_words(brief: Brief) -> str:
    """ "since Tuesday 06:00 (Europe/Oslo)", or "until 12:00 (…)" when every article was taken."""
    window = brief.window
    until = _local(window.until, window)
    if window.since is None:
        named = f"until {_clock(until) if until.date() == brief.date else _long_moment(until, brief.date)}"
    else:
        since = _local(window.since, window)
        near = timedelta(0) <= window.until - window.since <= NEAR
        day = f"{WEEKDAYS[since.weekday()]} {_clock(since)}" if near else _long_moment(since, brief.date)
        named = f"since {day}"
    return f"{named} ({window.timezone})"


def moment(published: datetime | None, brief: Brief) -> str:
    """ "4 Mar 02:10" in the reader's time zone, with the year when it is not the brief's; "undated" for None.

    A source that gives a day alone is kept with that day's midnight; nobody said so, and only the day is told.
    """
    if published is None:
        return "undated"
    told = _day_told(published, brief) or _local(published, brief.window)
    year = f" {told.year}" if told.year != brief.date.year else ""
    clock = f" {_clock(told)}" if isinstance(told, datetime) else ""
    return f"{told.day} {MONTHS[told.month - 1][:3]}{year}{clock}"


def iso(published: datetime, brief: Brief) -> str:
    """The moment in the reader's time zone as HTML's `<time datetime>` wants it, or the day alone."""
    day = _day_told(published, brief)
    return day.isoformat() if day else _local(published, brief.window).isoformat(timespec="minutes")


def _day_told(published: datetime, brief: Brief) -> date | None:
    """The day whose midnight it is, here or in UTC; None at any other time."""
    there = (published.astimezone(UTC), _local(published, brief.window))
    return next((when.date() for when in there if when.time() == time()), None)


def _local(when: datetime, window: Window) -> datetime:
    return when.astimezone(ZoneInfo(window.timezone))


def _clock(when: datetime) -> str:
    return f"{when.hour:02}:{when.minute:02}"


def _long_moment(when: datetime, today: date) -> str:
    year = f" {when.year}" if when.year != today.year else ""
    return f"{when.day} {MONTHS[when.month - 1]}{year} {_clock(when)}"
