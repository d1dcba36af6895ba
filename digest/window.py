"""Which articles are today's, and which issue of a series today is.

With `window.since = "last issue"` the window begins where the last issue's ended. An article counts when it was
published in the window or in the overlap before it; or a little earlier still, if it was first read only after the last
issue (it came late). An article without a date counts from when it was first read; where nothing is remembered, always.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from digest.config import Config
from digest.errors import NoArticlesError, NothingNewError
from digest.models import Article, History, Neighbour, Series, Window


def window_at(now: datetime, config: Config, *, last: datetime | None = None) -> Window:
    """The window that ends at `now` (aware). `last` is where the last issue's ended, if there was one."""
    hours = config.window.hours
    since = now - timedelta(hours=hours) if hours else None
    if last is not None and config.window.since == "last issue":
        since = last
    return Window(since=since, until=now, timezone=config.brief.timezone)


def reach_of(window: Window, config: Config, *, last: datetime | None) -> Window:
    """The window, widened to the earliest date at which an article may count."""
    if window.since is None or window.since != last:
        return window
    hours = max(config.window.overlap_hours, config.window.late_hours)
    return Window(since=last - timedelta(hours=hours), until=window.until, timezone=window.timezone)


def reach_words(window: Window, config: Config, *, last: datetime | None) -> tuple[str, ...]:
    """What counts although it is older than the window, as a sentence for whoever compares it with the dates."""
    again, late = config.window.overlap_hours, config.window.late_hours
    if window.since is None or window.since != last or not (again or late):
        return ()
    for_all = f"articles up to {_hours(again)} older" if again else ""
    for_late = f"late {'ones' if again else 'articles'} up to {_hours(late)} older" if late > again else ""
    return (f"Also counted: {', and '.join(filter(None, (for_all, for_late)))}.",)


def _hours(number: float) -> str:
    return f"{number:g} hour{'' if number == 1 else 's'}"


def in_window(articles: Sequence[Article], window: Window, *, config: Config, history: History) -> tuple[Article, ...]:
    """The articles of the window, by id. Those dated after its end are not out yet.

    Raises NoArticlesError when there is no article, and NothingNewError when none is left.
    """
    if not articles:
        raise NoArticlesError("sources", "gave no readable article", hint="check [[sources]]")
    taken = [article for article in articles if is_in(article, window, config=config, history=history)]
    if not taken:
        none = "the only article is not" if len(articles) == 1 else f"none of {len(articles):,} articles is"
        if history.until is not None:
            raise NothingNewError(series_name(config), f"nothing new: {none} of the window")
        dates = [article.published for article in articles if article.published]
        newest = f"; the newest is of {max(dates):%Y-%m-%d %H:%M} UTC" if dates else ""
        hint = "check window.hours, or set --now"
        raise NothingNewError("sources", f"{none} of the window{newest}", hint=hint)
    return tuple(sorted(taken, key=lambda article: article.id))


def is_in(article: Article, window: Window, *, config: Config, history: History) -> bool:
    """True for an article that counts as of the window."""
    seen = history.first_seen.get(article.id)
    moment = article.published or seen
    if moment is None:
        return True
    if moment > window.until:
        return False
    if window.since is None:
        return True
    if window.since != history.until:
        return moment >= window.since
    overlap, late = timedelta(hours=config.window.overlap_hours), timedelta(hours=config.window.late_hours)
    came_late = seen is not None and seen > history.until and moment >= history.until - late
    return moment >= window.since - overlap or came_late


def series_name(config: Config) -> str:
    """What the issues of a configuration have in common: the series' name, else the title."""
    return config.series.name if config.series else config.brief.title


def local_date(now: datetime, config: Config) -> date:
    """The reader's day at `now`."""
    return now.astimezone(ZoneInfo(config.brief.timezone)).date()


def series_at(now: datetime, config: Config, previous: Neighbour | None) -> Series | None:
    """The series with this issue's number: days since the first one, in the reader's time zone."""
    if config.series is None:
        return None
    number = (local_date(now, config) - config.series.first_day).days + config.series.first_number
    return Series(name=config.series.name, number=number, previous=previous)
