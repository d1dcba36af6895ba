"""Whether what runs remember is whole, of this program's version, and can be written to. Changes nothing in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from digest.asking.doctor_setup import writable
from digest.asking.findings import Finding, failed, ok, warning
from digest.store.database import SET_ASIDE
from digest.store.schema import APPLICATION_ID, VERSION

STORE = "store"
BUSY_SECONDS = 2.0  # a run that writes is done sooner
FAULTS = 3  # of an integrity check, or mails, that are told; a damaged file has hundreds
QUIET_DAYS = 8  # a weekly brief has an issue in so many


def look_at_store(path: Path | None, *, now: datetime, command: str = "digest send digest.toml") -> Iterator[Finding]:
    """The store's file: whose it is, its version, whether it is whole, whether a run can write to it, and what it tells
    of the last issue and of mails that have not gone out. `command` is the one that sends them.
    """
    if path is None:
        yield warning(STORE, "store.path is empty: runs remember nothing, and tell again what was told before")
        return
    yield from (finding for finding in writable(STORE, path.parent) if finding.verdict != "ok")
    if not path.exists():
        yield ok(STORE, f"{path} is not there yet; the first run makes it")
        return
    try:
        with closing(_opened(path, "ro")) as connection:
            yield from _inside(connection, path, now=now, command=command)
        with closing(_opened(path, "rw")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        yield _trouble(path, str(error))


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _inside(connection: sqlite3.Connection, path: Path, *, now: datetime, command: str) -> Iterator[Finding]:
    (application,), (version,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    if application != APPLICATION_ID:
        yield failed(STORE, f"{path} is another program's file", hint="name another file with store.path")
        return
    if version > VERSION:
        words = f"{path} is of version {version}; this program knows {VERSION}"
        yield failed(STORE, words, hint="update digest, or name another file with store.path")
        return
    faults = [row[0] for row in connection.execute(f"PRAGMA integrity_check({FAULTS})") if row[0] != "ok"]
    if faults:
        yield failed(STORE, f"{path} is damaged: {'; '.join(faults)}", hint=SET_ASIDE)
        return
    counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("articles", "issues")}
    size = path.stat().st_size / 1e6
    held = ", ".join(f"{count:,} {name if count != 1 else name[:-1]}" for name, count in counts.items())
    words = f"{path} is whole: {held}, {size:,.1f} MB"
    yield ok(STORE, words if version == VERSION else f"{words}; the next run brings it to version {VERSION}")
    yield from _last_issue(connection, now)
    yield from _waiting_mails(connection, command)


def _last_issue(connection: sqlite3.Connection, now: datetime) -> Iterator[Finding]:
    rows = connection.execute("SELECT series, day, max(until) FROM issues GROUP BY series ORDER BY series").fetchall()
    for series, day, until in rows:
        age = now - datetime.fromisoformat(until)
        words = f"the last issue of “{series}” is of {day}"
        if age < timedelta(0):
            yield warning(STORE, f"{words}, which is still to come", hint="set this machine's clock")
        elif age > timedelta(days=QUIET_DAYS):
            hint = "run `digest run --verbose` by hand; does the schedule start it, or is there nothing new?"
            yield warning(STORE, f"{words}, {age.days} days ago", hint=hint)
        else:
            yield ok(STORE, words)


def _waiting_mails(connection: sqlite3.Connection, command: str) -> Iterator[Finding]:
    rows = connection.execute(
        "SELECT issue, recipient, state FROM outbox WHERE state IN ('pending', 'sending') ORDER BY issue, recipient"
    ).fetchall()
    for state, words, hint in (
        ("pending", "has not got", f"`{command}` tries again"),
        ("sending", "may have got, or not,", f"`{command}` says how to settle it"),
    ):
        told = [f"{recipient} {words} “{issue}”" for issue, recipient, found in rows if found == state]
        if told:
            more = f", and {len(told) - FAULTS} more" if len(told) > FAULTS else ""
            yield warning(STORE, "; ".join(told[:FAULTS]) + more, hint=hint)


def _trouble(path: Path, said: str) -> Finding:
    if "locked" in said:
        return warning(
            STORE, f"{path} is being written to by another program", hint="a run at work, perhaps; look again"
        )
    if "readonly" in said or "unable to open" in said:
        return failed(STORE, f"{path} cannot be opened ({said})", hint="let the user who runs digest write to it")
    return failed(STORE, f"{path} cannot be read ({said})", hint=SET_ASIDE)
