"""Commands that look at the whole: doctor, stats; and what `why` shares with them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.console import PATH, Moment, errors_as_messages, log_to_stderr, print_json, progress, span
from digest.counting import counted

if TYPE_CHECKING:
    from digest.asking.findings import Finding
    from digest.asking.stats import SourceCounts, Statistics

VERDICTS = ("failed", "warning", "skipped", "ok")
SHOWN = 20  # rows of a table; --json has them all


class Since(click.ParamType[date]):
    """A first day: a date, or so many days or weeks before today."""

    name = "date|30d|4w"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse it; a span counts back from today."""
        if isinstance(value, date):
            return value
        if back := span(value):
            return datetime.now(UTC).date() - back
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no first day; write one like 30d, 4w or 2026-03-04", param, ctx)


def default_target() -> Path:
    """What is asked about when nothing is named: digest.toml if it is here, else the folder outputs."""
    return Path("digest.toml") if Path("digest.toml").is_file() else Path("outputs")


@click.command(short_help="Look at all that a run needs.")
@click.argument("config", type=PATH, default=Path("digest.toml"))
@click.option("--offline", is_flag=True, help="Open no connection: feeds, pages and the mail server are skipped.")
@click.option("--now", type=Moment(), help="The time to hold feeds against. Default: the clock's.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for programs.")
@click.option("-v", "--verbose", is_flag=True, help="Log the causes of errors.")
def doctor(config: Path, now: datetime | None, *, offline: bool, as_json: bool, verbose: bool) -> None:
    """Look at all that CONFIG (digest.toml) needs to run, and say what to do where something is wrong.

    The program and its libraries, the configuration, templates, folders, memory, model, device, sources and mail.
    Writes nothing and sends no mail. Exit 1 if something failed.
    """
    from digest.asking.doctor import examine

    log_to_stderr(verbose=verbose)
    with progress(quiet=as_json or verbose) as on_look:
        findings = list(examine(config, now=now or datetime.now(UTC), offline=offline, on_look=on_look))
    failed = sum(finding.verdict == "failed" for finding in findings)
    if as_json:
        print_json(findings)
    else:
        _print_findings(findings)
    sys.exit(1 if failed else 0)


def _print_findings(findings: Sequence[Finding]) -> None:
    for area, group in groupby(findings, key=lambda finding: finding.area):
        click.echo(area)
        for finding in group:
            click.echo(f"  {finding.verdict:<8} {finding.words}")
            if finding.hint:
                click.echo(f"           {finding.hint}")
    counts: Counter[str] = Counter(finding.verdict for finding in findings)
    plural = "s" if counts["warning"] > 1 else ""
    told = (f"{counts[one]} {one}{plural if one == 'warning' else ''}" for one in VERDICTS if counts[one])
    click.echo(", ".join(told))


@click.command(short_help="Count what the issues add up to.")
@click.argument("target", type=PATH, required=False)
@click.option("--since", type=Since(), help="Only issues of this day and later; 30d: of the last thirty days.")
@click.option("--json", "as_json", is_flag=True, help="Print every count as JSON, for programs.")
def stats(target: Path | None, since: date | None, *, as_json: bool) -> None:
    """Count what the kept issues of TARGET, a configuration or an outputs folder, add up to.

    Lines, and how many of them rest on one origin; sources and their copies; those that no line ever cites.
    """
    with errors_as_messages():
        from digest.asking.issues import kept
        from digest.asking.stats import statistics

        total = statistics(kept(target or default_target(), since=since))
    if as_json:
        idle = [source.source for source in total.idle]
        print_json({**asdict(total), "idle": idle})
    else:
        _print_statistics(total)


def _print_statistics(total: Statistics) -> None:
    first, last = total.issues[0].date, total.issues[-1].date
    span = f"of {first}" if first == last else f"from {first} to {last}"
    click.echo(f"{counted(len(total.issues), 'issue')} {span}")
    click.echo(
        f"{counted(total.articles, 'article')}, {_share(total.copies, total.articles)} copies, "
        f"{_share(total.cited, total.articles)} cited"
    )
    click.echo(f"{counted(total.lines, 'line')}, {_share(total.one_origin, total.lines)} rest on one origin")
    head = ("issue", "articles", "origins", "lines", "one origin", "new", "updated", "running", "failed")
    _table(
        head,
        [
            (f"{one.date}" + (f" ({one.number})" if one.number is not None else ""), one.articles, one.origins,
             one.lines, one.one_origin, one.new, one.updated, one.running, one.failures)
            for one in reversed(total.issues)
        ],
    )  # fmt: skip
    useful = [one for one in total.sources if one.cited]
    _table(
        ("source", "articles", "copies", "cited", "last cited", "failures"),
        [(one.source, one.articles, one.copies, one.cited, one.last_cited, one.failures) for one in useful],
    )
    if total.idle:
        click.echo("\nNo line cites")
    for one in total.idle:
        click.echo(f"  {one.source}: {_idle_words(one)}")


def _idle_words(source: SourceCounts) -> str:
    copies = f", {source.copies} of them copies" if source.copies else ""
    words = [f"{counted(source.articles, 'article')} read{copies}" if source.articles else "gave no article"]
    words += [source.silent] if source.silent else []
    words += [f"failed in {counted(source.failures, 'issue')}: {source.reason}"] if source.failures else []
    return "; ".join(words)


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.0%})" if whole else "0"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """The first column to the left, numbers to the right, each as wide as it must be."""
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    shown = [list(head), *texts[:SHOWN]]
    widths = [max(len(row[column]) for row in shown) for column in range(len(head))]
    click.echo()
    for row in shown:
        numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        click.echo("  ".join([row[0].ljust(widths[0]), *numbers]).rstrip())
    if len(texts) > SHOWN:
        click.echo(f"… and {len(texts) - SHOWN} more (--json has them all)")
