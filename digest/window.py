"""Which articles are today's, and which issue of a series today is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from digest.config import Config
from digest.errors import NoArticlesError
from digest.models import Article, Neighbour, Series, Window


def window_at(now: datetime, config: Config) -> Window:
    """The window that ends at `now` (aware)."""
    hours = config.window.hours
    since = now - timedelta(hours=hours) if hours else None
    return Window(since=since, until=now, timezone=config.brief.timezone)


def in_window(articles: Sequence[Article], window: Window) -> tuple[Article, ...]:
    """The articles of the window, by id. Undated ones are in; those dated after its end are not out yet.

    Raises NoArticlesError when none is left.
    """
    taken = sorted((article for article in articles if _is_in(article, window)), key=lambda article: article.id)
    if not taken:
        reason = f"none of {len(articles)} articles lies in the window" if articles else "gave no readable article"
        raise NoArticlesError("sources", reason, hint="check [[sources]] and window.hours, or set --now")
    return tuple(taken)


def _is_in(article: Article, window: Window) -> bool:
    if article.published is None:
        return True
    return (window.since is None or article.published >= window.since) and article.published <= window.until


def local_date(now: datetime, config: Config) -> date:
    """The reader's day at `now`."""
    return now.astimezone(ZoneInfo(config.brief.timezone)).date()


def series_at(now: datetime, config: Config, previous: Neighbour | None) -> Series | None:
    """The series with this issue's number: days since the first one, in the reader's time zone."""
    if config.series is None:
        return None
    number = (local_date(now, config) - config.series.first_day).days + config.series.first_number
    return Series(name=config.series.name, number=number, previous=previous)
