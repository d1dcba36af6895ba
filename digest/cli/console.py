"""What the commands share: errors as messages, times, progress and logging."""

from __future__ import annotations

import json
import logging
import re
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from digest.errors import DigestError, NothingNewError

log = logging.getLogger("digest")

PATH = click.Path(path_type=Path)
WIDTH = 100  # columns
MAX_DAYS = 36_500  # beyond a hundred years dates run out
EARLIEST, LATEST = 1900, 9900  # years of a time to run at: windows reach back from it, and calendars end


class Reported(click.ClickException):
    """A DigestError as click shows it: what is wrong, with what, and what to do."""

    def __init__(self, error: DigestError) -> None:
        super().__init__(str(error))
        self.hint = error.hint
        self.exit_code = error.exit_code  # type: ignore[misc]  # click reads it of the instance

    def show(self, file: Any = None) -> None:
        """Print the message, and the hint on a line of its own."""
        click.echo(f"digest: {self.message}", err=True)
        if self.hint:
            click.echo(f"  {self.hint}", err=True)


@contextmanager
def errors_as_messages(*, quiet: bool = False) -> Iterator[None]:
    """Turn a DigestError raised inside into a message and its exit code: 1, or 3 for "nothing new".

    With `quiet` "nothing new" is told by its exit code alone: it is no error.
    """
    try:
        yield
    except DigestError as error:
        log.debug("cause", exc_info=error)
        if quiet and isinstance(error, NothingNewError):
            sys.exit(error.exit_code)
        raise Reported(error) from error


def print_json(value: Any) -> None:
    """Print a value for programs: dataclasses as tables, times in ISO 8601, paths as text."""
    click.echo(json.dumps(value, default=_plain, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def wrapped(text: str, *, indent: int, first: str | None = None) -> list[str]:
    """A text folded into rows of WIDTH, each behind so many blanks; the first one behind `first`."""
    margin = " " * indent
    wrapper = textwrap.TextWrapper(
        WIDTH, initial_indent=margin if first is None else first, subsequent_indent=margin, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
    return wrapper.wrap(" ".join(text.split())) or [margin]


def span(text: str) -> timedelta | None:
    """The time of "90d" or "12w"; None for anything else, for none at all, and for more than a hundred years."""
    found = re.fullmatch(r"([1-9][0-9]{0,4})([dw])", text.strip())
    days = int(found[1]) * (7 if found[2] == "w" else 1) if found else 0
    return timedelta(days=days) if 0 < days <= MAX_DAYS else None


class Moment(click.ParamType[datetime]):
    """A time with its zone, in ISO 8601."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Parse, refuse a time without a zone, and turn it into UTC."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time; write one like 2026-03-04T07:00:00Z", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no zone; add Z or an offset such as +01:00", param, ctx)
        if not EARLIEST <= moment.year <= LATEST:
            self.fail(f"{value!r} is no time of a brief; write a year from {EARLIEST} to {LATEST}", param, ctx)
        return moment.astimezone(UTC)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A callback for the start of each stage: a spinner and the finished stages on a terminal, the log everywhere."""
    running: list[tuple[str, float]] = []
    with ExitStack() as shown:
        console = None
        if not quiet and sys.stderr.isatty():
            from rich.console import Console

            console = Console(stderr=True, highlight=False)
            status = shown.enter_context(console.status("starting"))

        def begin(stage: str) -> None:
            for name, started in running:
                message = f"{time.monotonic() - started:6.1f} s  {name}"
                log.info(message)
                if console:
                    console.print(f"[dim]{message}[/dim]")
            running[:] = [(stage, time.monotonic())]
            if console:
                status.update(f"{stage} …")

        yield begin
        begin("")


def log_to_stderr(*, verbose: bool) -> None:
    """Send warnings to standard error; with `verbose` also each stage, errors' causes and libraries' warnings."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING if verbose else logging.ERROR, format="%(message)s")
    log.setLevel(logging.DEBUG if verbose else logging.WARNING)
