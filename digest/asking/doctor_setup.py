"""Whether the configuration can be run: its templates, its folder for issues."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.asking.findings import Finding, failed, ok, skipped, warning
from digest.config import Config
from digest.counting import counted
from digest.deliver.outputs import issues_in
from digest.places import templates_path
from digest.render import FORMATS, render
from digest.render.wording import listed

CONFIGURATION, TEMPLATES, OUTPUTS = "configuration", "templates", "outputs"


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
