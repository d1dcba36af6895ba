"""Which articles are today's: since the last issue, with overlap, the late ones and the undated; in all time zones."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.config import BriefConfig, Config, SeriesConfig, WindowConfig
from digest.errors import NoArticlesError, NothingNewError
from digest.models import History
from digest.window import in_window, local_date, reach_of, reach_words, series_at, window_at
from tests.fakes import article

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
LAST = NOW - timedelta(hours=24)
CONFIG = Config(window=WindowConfig(hours=30, overlap_hours=6, late_hours=72))


def hours(number):
    return timedelta(hours=number)


def taken(*articles, config=CONFIG, last=LAST, seen=(), now=NOW):
    history = History(until=last, first_seen=dict(seen))
    window = window_at(now, config, last=last)
    return [one.id for one in in_window(articles, window, config=config, history=history)]


def test_the_window_begins_where_the_last_issue_ended():
    assert window_at(NOW, CONFIG, last=LAST).since == LAST
    assert window_at(NOW, CONFIG, last=NOW - timedelta(days=9)).since == NOW - timedelta(days=9), "also after a pause"


def test_the_first_issue_is_as_wide_as_the_configuration_says():
    assert window_at(NOW, CONFIG).since == NOW - hours(30)
    assert window_at(NOW, Config()).since is None


def test_always_the_same_width_where_that_is_asked_for():
    config = Config(window=WindowConfig(since="hours", hours=48))
    assert window_at(NOW, config, last=LAST).since == NOW - hours(48)
    assert reach_of(window_at(NOW, config, last=LAST), config, last=LAST).since == NOW - hours(48)


@pytest.mark.parametrize(
    ("overlap", "late", "told"),
    [
        (6, 72, "articles up to 6 hours older, and late ones up to 72 hours older."),
        (1, 0, "articles up to 1 hour older."),
        (0, 1.5, "late articles up to 1.5 hours older."),
    ],
)
def test_what_counts_beside_the_window_is_said(overlap, late, told):
    config = Config(window=WindowConfig(overlap_hours=overlap, late_hours=late))
    window = window_at(NOW, config, last=LAST)
    assert reach_words(window, config, last=LAST) == (f"Also counted: {told}",)


def test_a_window_that_reaches_no_further_says_nothing():
    narrow = Config(window=WindowConfig(overlap_hours=0, late_hours=0))
    assert reach_words(window_at(NOW, narrow, last=LAST), narrow, last=LAST) == ()
    assert reach_words(window_at(NOW, CONFIG), CONFIG, last=None) == (), "of a first issue"


def test_the_overlap_is_read_again_and_what_is_older_is_not():
    inside = article("a", "x", published=LAST - hours(5.9))
    outside = article("b", "x", published=LAST - hours(6.1))
    assert taken(inside, outside, seen=[("a", LAST), ("b", LAST)]) == ["a"]


def test_a_late_article_counts_within_bounds():
    articles = [article(key, "x", published=LAST - hours(age)) for key, age in (("a", 71), ("b", 73), ("c", 20))]
    seen = [("a", NOW), ("b", NOW), ("c", LAST)]
    assert taken(*articles, seen=seen) == ["a"], "b is too old, c was read before the last issue"


def test_what_is_dated_after_the_end_is_not_out_yet():
    early = article("a", "x", published=NOW + hours(2))
    assert taken(early, article("b", "x", published=NOW), seen=[("a", NOW), ("b", NOW)]) == ["b"]
    assert taken(early, seen=[("a", NOW)], last=NOW, now=NOW + hours(24)) == ["a"], "but in the next issue"


def test_an_undated_article_counts_from_when_it_was_first_read():
    undated = article("a", "x")
    assert taken(undated, seen=[("a", NOW)]) == ["a"]
    with pytest.raises(NothingNewError):
        taken(undated, seen=[("a", LAST - hours(7))])


def test_where_nothing_is_remembered_an_undated_article_always_counts():
    assert taken(article("a", "x"), last=None) == ["a"]


def test_the_reach_covers_whatever_may_count():
    assert reach_of(window_at(NOW, CONFIG, last=LAST), CONFIG, last=LAST).since == LAST - hours(72)
    assert reach_of(window_at(NOW, CONFIG), CONFIG, last=None).since == NOW - hours(30)


def test_no_article_at_all_is_an_error_and_none_in_the_window_is_no_news():
    with pytest.raises(NoArticlesError):
        taken()
    with pytest.raises(NothingNewError, match="the only article is not of the window; the newest is of"):
        taken(article("a", "x", published=NOW - timedelta(days=30)), last=None)


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("Europe/Oslo", "2026-03-28T23:30:00+00:00", date(2026, 3, 29)),  # summer time begins that night
        ("Europe/Oslo", "2026-03-29T22:30:00+00:00", date(2026, 3, 30)),
        ("Europe/Oslo", "2026-10-25T22:30:00+00:00", date(2026, 10, 25)),  # a day of 25 hours
        ("Pacific/Kiritimati", "2026-03-04T10:30:00+00:00", date(2026, 3, 5)),
        ("Pacific/Pago_Pago", "2026-03-04T10:30:00+00:00", date(2026, 3, 3)),
    ],
)
def test_the_day_is_the_readers(zone, now, day):
    config = Config(
        brief=BriefConfig(timezone=zone), series=SeriesConfig(name="Strait watch", first_day=date(2026, 1, 1))
    )
    moment = datetime.fromisoformat(now)
    assert local_date(moment, config) == day
    assert series_at(moment, config, None).number == (day - date(2026, 1, 1)).days + 1


@pytest.mark.parametrize(("day", "long"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_a_morning_to_the_next_is_as_long_as_the_clock_makes_it(day, long):
    """Each issue at six in the morning, Oslo time: nothing falls between two, and nothing counts in both."""
    oslo = ZoneInfo("Europe/Oslo")
    now = datetime(day.year, day.month, day.day, 6, tzinfo=oslo).astimezone(UTC)
    last = (datetime(day.year, day.month, day.day, 6, tzinfo=oslo) - timedelta(days=1)).astimezone(UTC)
    config = Config(window=WindowConfig(overlap_hours=0))
    window = window_at(now, config, last=last)
    assert window.until - window.since == hours(long)
    minutes = [last + timedelta(minutes=number) for number in (-1, 1, 60 * long - 1)]
    articles = [article(str(place), "x", published=moment) for place, moment in enumerate(minutes)]
    assert taken(*articles, config=config, last=last, now=now, seen=[("0", last)]) == ["1", "2"]
