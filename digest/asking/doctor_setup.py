"""Whether the configuration can be run: its templates, its folder for issues, its store. Changes nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.asking.findings import Finding, failed, ok, skipped, warning
from digest.config import Config
from digest.counting import counted
from digest.deliver.outputs import issues_in
from digest.errors import StoreError
from digest.places import templates_path
from digest.render import FORMATS, render
from digest.render.wording import listed
from digest.store import Database
from digest.store.database import SET_ASIDE
from digest.store.issues import kept_issues

CONFIGURATION, TEMPLATES, OUTPUTS, STORE = "configuration", "templates", "outputs", "store"
FAULTS = 3  # of an integrity check that are told; a damaged file has hundreds
QUIET_DAYS = 8  # a weekly brief has an issue in so many


def look_at_configuration(config: Config, *, path: Path, now: datetime) -> Iterator[Finding]:
    """What the file says, and what it leaves out that a daily brief wants."""
    sections, sources = len(config.sections), len(config.sources)
    yield ok(CONFIGURATION, f"{path}: {counted(sources, 'source')}, {counted(sections, 'section')}")
    if not config.sources:
        yield failed(CONFIGURATION, "names no source", hint="add a [[sources]] table with a path or a feed")
    for bare in [section.title for section in config.sections if not section.about]:
        hint = "give it about = […] with phrases, as the file that `digest init` writes shows"
        yield warning(CONFIGURATION, f"only its title says what belongs to the section “{bare}”", hint=hint)
    there = now.astimezone(ZoneInfo(config.brief.timezone))
    if config.series and config.series.first_day > there.date():
        hint = "issues before that day have numbers below series.first_number"
        yield warning(CONFIGURATION, f"the series begins on {config.series.first_day}, which is to come", hint=hint)
    yield ok(CONFIGURATION, f"time zone {config.brief.timezone}: it is {there:%H:%M} there on {there:%A}")


def look_at_templates(config: Config, *, base: Path, outputs: Path) -> Iterator[Finding]:
    """Each page and the mail rendered from the latest issue, where there is one. Writes nothing."""
    own = templates_path(base, config)
    brief = next((one.brief for one in reversed(issues_in(outputs))), None)
    if brief is None:
        yield skipped(TEMPLATES, "there is no issue yet to render")
        return
    for kind in config.render.formats:
        render(brief, FORMATS[kind][0], templates=own)
    if config.mail:
        from digest.letters import letter_for

        letter_for(brief, mail=config.mail, templates=own)
    pages = [FORMATS[kind][1] for kind in config.render.formats] + (["the mail"] if config.mail else [])
    can = "renders" if len(pages) == 1 else "render"
    yield ok(TEMPLATES, f"{listed(pages)} {can}" + (f" with {own}" if own else ""))


def writable(area: str, folder: Path) -> Iterator[Finding]:
    """Whether a file can be made in a folder, or in the one it will be made in."""
    there = nearest_folder(folder)
    try:
        with tempfile.TemporaryFile(dir=there, prefix=".doctor."):
            pass
    except OSError as error:
        yield failed(
            area, f"{there} cannot be written to ({error.strerror})", hint="let the user who runs digest write there"
        )
        return
    yield ok(area, f"{folder} can be written to" if there == folder else f"{folder} can be made")


def nearest_folder(path: Path) -> Path:
    """The folder itself where it is there, else the nearest one above it that is."""
    if path.is_dir():
        return path
    return next(folder for folder in path.absolute().parents if folder.is_dir())


# --- what runs remember -----------------------------------------------------------------------------------------------


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
