"""What a run has to work with: what its sources give now, and what the store has kept of them and of earlier issues."""

from __future__ import annotations

import logging
import os
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from digest.collect import Collection, Memory, collect
from digest.config import Config
from digest.deliver.outputs import write_texts
from digest.engines import Map, local_map
from digest.errors import DeliverError, NoArticlesError, NothingNewError
from digest.models import Article, Brief, Failure, History, Validator, entries
from digest.store import Database
from digest.store.articles import (
    Reading,
    first_seen,
    keep_reading,
    last_new,
    newest_at,
    recall,
    standing,
    superseded,
    validators,
)
from digest.store.history import earlier_issues, history_of
from digest.store.issues import KeptIssue, article_ids, issue_texts, kept_issues, mark_written
from digest.window import in_window, is_in, local_date, reach_of, series_name, window_at

log = logging.getLogger(__name__)

MAX_REASONS = 5  # of the sources that failed, where none gave anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The articles at hand, what could not be read, what earlier issues told, and the time of the issue to be made.

    `now` is the time of the run, or that of today's issue where nothing has come since: that issue is made once more.
    `again` names, by an article's id, the further files that it was found in.
    """

    articles: tuple[Article, ...]
    failures: tuple[Failure, ...]
    history: History
    now: datetime
    again: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_sources(config: Config, database: Database, *, base: Path, now: datetime, each: Map = local_map) -> Intake:
    """Read the sources, remember what they gave, and put what was kept of them beside it.

    What was read is on the disk when this returns. Raises NoArticlesError when there is nothing at all, and
    NothingNewError when there is nothing that the last issue did not have.
    """
    day, series = local_date(now, config), series_name(config)
    _doubt_clock(database, series, day=day)
    earlier = earlier_issues(database, series, day=day, now=now)
    last = earlier[0].until if earlier else None
    collection, reading = _collect(config, database, base=base, now=now, last=last, each=each)
    fresh = keep_reading(database, reading, now=now)
    articles = _with_kept(config, database, collection, fresh, now=now, last=last)
    if not articles and last and not collection.failures:
        raise NothingNewError(series, "nothing new: the sources were read, and gave no article of the window")
    if not articles:
        raise _nothing_read(collection, config, base)
    days = config.store.remember_days
    history = history_of(database, series, day=day, now=now, articles=articles, remember_days=days)
    _check_new(articles, config, history, now=now)
    todays = next((one for one in kept_issues(database, series=series) if one.day == day), None)
    moment = _settled(articles, config, database, history, todays=todays, now=now)
    silent = _silent(collection, database, now=moment, days=config.collect.silent_days)
    failures = (*collection.failures, *silent)
    return Intake(articles=articles, failures=failures, history=history, now=moment, again=collection.again)


def _doubt_clock(database: Database, series: str, *, day: date) -> None:
    """Warn of an issue of a later day: who makes an old one again knows it, and a wrong clock must be told."""
    ahead = [issue.day for issue in kept_issues(database, series=series) if issue.day > day]
    if ahead:
        log.warning("%s: it is %s, but there is an issue of %s already: is the clock right?", series, day, ahead[-1])


# --- reading and remembering ------------------------------------------------------------------------------------------


def _collect(
    config: Config, database: Database, *, base: Path, now: datetime, last: datetime | None, each: Map
) -> tuple[Collection, Reading]:
    """What the sources gave, and what is to be kept of it: this run's validators together with its articles."""
    new: dict[str, Validator] = {}
    known = ChainMap(new, validators(database))
    memory = Memory(validators=known, known=lambda source, link: newest_at(database, source, link))
    window = reach_of(window_at(now, config, last=last), config, last=last)
    collection = collect(config.sources, base=base, settings=config.collect, window=window, memory=memory, each=each)
    for note in collection.notes:
        log.info("%s: %s", note.source, note.reason)
    reading = Reading(
        articles=collection.articles, given=collection.given, unchanged=collection.unchanged, validators=new
    )
    return collection, reading


def _with_kept(
    config: Config,
    database: Database,
    collection: Collection,
    fresh: Sequence[Article],
    *,
    now: datetime,
    last: datetime | None,
) -> tuple[Article, ...]:
    """The fresh articles, those of sources that answered "as before", and what else of theirs is of the window."""
    window = window_at(now, config, last=last)
    reach = reach_of(window, config, last=last)
    older = recall(database, collection.asked, since=reach.since, until=now)
    seen = History(until=last, first_seen=first_seen(database, [article.id for article in older]))
    kept = [article for article in older if is_in(article, window, config=config, history=seen)]
    found = {article.id: article for article in (*kept, *standing(database, collection.unchanged), *fresh)}
    gone = superseded(database, collection.asked)
    return tuple(found[key] for key in sorted(found) if key not in gone)


def _silent(collection: Collection, database: Database, *, now: datetime, days: int) -> tuple[Failure, ...]:
    """The sources that have long had nothing new; what has no date counts from when it was first read."""
    seen = [(name, moment) for name, key in collection.undated if (moment := last_new(database, key))]
    return replace(collection, newest=tuple(sorted({*collection.newest, *seen}))).silent(now=now, days=days)


def _nothing_read(collection: Collection, config: Config, base: Path) -> NoArticlesError:
    failures, more = collection.failures[:MAX_REASONS], len(collection.failures) - MAX_REASONS
    reasons = "; ".join(f"{failure.source}: {failure.reason}" for failure in failures)
    told = "no readable article" + (f" ({reasons}{f'; and {more} more' if more > 0 else ''})" if reasons else "")
    paths = [source.path for source in config.sources]
    if len(paths) != 1 or paths[0] is None:
        hint = "check the [[sources]]; `digest sources check` tries each"
        return NoArticlesError("[[sources]]", f"gave {told}", hint=hint)
    # A failure of the one folder or file itself, such as that it is empty, is all there is to say.
    whole = [failure.source for failure in failures] == [PurePosixPath(paths[0]).as_posix()]
    told = failures[0].reason if whole else f"holds {told}"
    hint = "check its path in [[sources]]; it is relative to the configuration's folder"
    if (base / paths[0]).exists():
        hint = "digest reads text, Markdown, HTML, JSON, mail and saved feeds, and folders of them"
    return NoArticlesError(os.path.normpath(base / paths[0]), told, hint=hint)


# --- what a killed run left -------------------------------------------------------------------------------------------


def finish_writing(database: Database, outputs: Path) -> None:
    """Write the files of issues that were kept by a run that died before it had written them, where it meant to.

    `outputs` is the folder of this run. Raises DeliverError when its own cannot be written; another one's, on a disk
    that is gone perhaps, holds no run up.
    """
    issues = kept_issues(database)
    for issue in issues:
        if issue.written:
            continue
        own = issue.outputs == outputs.absolute()
        try:
            _finish(database, issue, issues, outputs if own else issue.outputs)
        except DeliverError as error:
            if own:
                raise
            log.warning("%s; `digest replay %s --to FOLDER` writes that issue elsewhere", error, issue.day)


def _finish(database: Database, issue: KeptIssue, issues: Sequence[KeptIssue], outputs: Path) -> None:
    write_texts(outputs / issue.folder, issue_texts(database, issue))
    earlier = [one for one in issues if one.series == issue.series and one.day < issue.day]
    if earlier and (outputs / earlier[-1].folder).is_dir():  # it links to this one now
        write_texts(outputs / earlier[-1].folder, issue_texts(database, earlier[-1]))
    mark_written(database, issue.series, issue.day)


# --- is it new, and when is it ----------------------------------------------------------------------------------------


def _check_new(articles: Sequence[Article], config: Config, history: History, *, now: datetime) -> None:
    window = window_at(now, config, last=history.until)
    taken = in_window(articles, window, config=config, history=history)
    if history.until and not history.edited and {article.id for article in taken} <= history.read:
        raise NothingNewError(
            series_name(config), f"nothing new: the last issue had all {len(taken)} articles of the window"
        )


def check_tells(brief: Brief, history: History) -> None:
    """Raise NothingNewError for a brief that tells nothing but what earlier issues told."""
    news = [entry for entry in entries(brief) if entry.status != "running"]
    if history.until and not news and not brief.edits:
        raise NothingNewError(
            brief.title, f"nothing new: all {brief.ledger.topics} topics of the window were told before, or are no news"
        )


def _settled(
    articles: Sequence[Article],
    config: Config,
    database: Database,
    history: History,
    *,
    todays: KeptIssue | None,
    now: datetime,
) -> datetime:
    """The time of today's issue, if what it was made from is all there is still; else `now`."""
    if todays is None or todays.until > now:
        return now
    had = article_ids(database, todays)

    def taken(moment: datetime) -> set[str]:
        window = window_at(moment, config, last=history.until)
        return {one.id for one in articles if is_in(one, window, config=config, history=history)}

    return todays.until if taken(now) <= had == taken(todays.until) else now
