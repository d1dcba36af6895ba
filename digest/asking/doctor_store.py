"""Whether what runs remember is whole, of this program's version, and can be written to. Changes nothing in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from digest.asking.doctor_setup import writable
from digest.asking.findings import Finding, failed, ok, warning
from digest.counting import counted
from digest.errors import StoreError
from digest.store import Database
from digest.store.database import SET_ASIDE
from digest.store.issues import kept_issues

STORE = "store"
FAULTS = 3  # of an integrity check that are told; a damaged file has hundreds
QUIET_DAYS = 8  # a weekly brief has an issue in so many


def look_at_store(path: Path | None, *, now: datetime) -> Iterator[Finding]:
    """The store's file: whose it is, its version, whether it is whole and can be written to, and the last issue."""
    if path is None:
        yield warning(STORE, "store.path is empty: runs remember nothing, and tell again what was told before")
        return
    yield from (finding for finding in writable(STORE, path.parent) if finding.verdict != "ok")
    if not path.exists():
        yield ok(STORE, f"{path} is not there yet; the first run makes it")
        return
    if not os.access(path, os.W_OK):
        yield failed(STORE, f"{path} cannot be written to", hint="let the user who runs digest write to it")
    try:
        with Database(path, read_only=True) as database:
            yield from _inside(database, path, now=now)
    except StoreError as error:
        yield failed(STORE, str(error), hint=error.hint)


def _inside(database: Database, path: Path, *, now: datetime) -> Iterator[Finding]:
    faults = [row[0] for row in database.rows(f"PRAGMA integrity_check({FAULTS})") if row[0] != "ok"]
    if faults:
        yield failed(STORE, f"{path} is damaged: {'; '.join(faults)}", hint=SET_ASIDE)
        return
    (articles,), (issues,) = database.rows("SELECT count(*) FROM articles UNION ALL SELECT count(*) FROM issues")
    held = f"{counted(articles, 'article')}, {counted(issues, 'issue')}"
    yield ok(STORE, f"{path} is whole: {held}, {path.stat().st_size / 1e6:,.1f} MB")
    yield from _last_issues(database, now)


def _last_issues(database: Database, now: datetime) -> Iterator[Finding]:
    last = {issue.series: issue for issue in kept_issues(database)}
    for series in sorted(last):
        age = now - last[series].until
        words = f"the last issue of “{series}” is of {last[series].day}"
        if age < timedelta(0):
            yield warning(STORE, f"{words}, which is still to come", hint="set this machine's clock")
        elif age > timedelta(days=QUIET_DAYS):
            hint = "run `digest run --verbose` by hand; does the schedule start it, or is there nothing new?"
            yield warning(STORE, f"{words}, {age.days} days ago", hint=hint)
        else:
            yield ok(STORE, words)
