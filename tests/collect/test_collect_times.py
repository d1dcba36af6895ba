"""Times of header-like fields, and "12 hours ago"."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from digest.collect.times import parse_ago, parse_time


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-07-02T10:15:00+02:00", utc(2025, 7, 2, 8, 15)),
        ("2025-07-02T10:15:00Z", utc(2025, 7, 2, 10, 15)),
        ("2025-07-02 10:15", utc(2025, 7, 2, 10, 15)),
        ("2025-07-02", utc(2025, 7, 2)),
        ("20250702", utc(2025, 7, 2)),
        ("Wed, 02 Jul 2025 10:15:00 -0500", utc(2025, 7, 2, 15, 15)),
        ("Wed, 02 Jul 2025 10:15:00 EST", utc(2025, 7, 2, 15, 15)),
        ("July 2, 2025", utc(2025, 7, 2)),
        ("July 2, 2025 (Wednesday)", utc(2025, 7, 2)),
        ("Wednesday, 2 July 2025 10:15 CEST", utc(2025, 7, 2, 8, 15)),
        ("2 July 2025, 10:15 XYZ", utc(2025, 7, 2, 10, 15)),
        ("29 February 2024", utc(2024, 2, 29)),
        (1751451300, utc(2025, 7, 2, 10, 15)),
        (1751451300000, utc(2025, 7, 2, 10, 15)),
        ("1751451300", utc(2025, 7, 2, 10, 15)),
        (date(2025, 7, 2), utc(2025, 7, 2)),
        (datetime(2025, 7, 2, 12, tzinfo=timezone(timedelta(hours=2))), utc(2025, 7, 2, 10)),
    ],
)
def test_times_are_read_as_utc(value, expected):
    assert parse_time(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "Wednesday, July 2", "July 2025", "2025", "10:15", "yesterday", "02/07/2025", "31 February 2025", "2025-13-40",
        "day 1,224", "51", "", None, True, [], {}, "a" * 500, float("nan"), float("inf"), 10**40, -5, "9" * 5000,
        "0001-01-01", "3025-01-01", "no date at all", "Chapter 12", "²",
    ],
)  # fmt: skip
def test_what_is_incomplete_ambiguous_or_impossible_is_none(value):
    assert parse_time(value) is None


def test_a_day_above_twelve_settles_the_order():
    assert parse_time("25/07/2025") == parse_time("07/25/2025") == utc(2025, 7, 25)


BASE = utc(2025, 7, 2, 12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 hours ago", utc(2025, 7, 2)),
        ("time12 hours ago", utc(2025, 7, 2)),
        ("timea day ago", utc(2025, 7, 1, 12)),
        ("an hour ago", utc(2025, 7, 2, 11)),
        ("3h ago", utc(2025, 7, 2, 9)),
        ("2 days ago", utc(2025, 6, 30, 12)),
        ("45 mins ago", utc(2025, 7, 2, 11, 15)),
        ("Yesterday", utc(2025, 7, 1, 12)),
        ("just now", BASE),
    ],
)
def test_ago_is_counted_from_the_pages_time(text, expected):
    assert parse_ago(text, base=BASE) == expected


def test_ago_needs_a_base():
    assert parse_ago("12 hours ago", base=None) is None
    assert parse_ago("long ago", base=BASE) is None
