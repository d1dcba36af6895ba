"""Commands over what runs remember: history, replay, prune."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.console import PATH, Moment, errors_as_messages, print_json, span
from digest.counting import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.remembered import ListedIssue
    from digest.store.issues import KeptIssue

UNSENT = {"pending": "not yet", "sending": "in doubt", "failed": "refused"}

_config = click.argument("config", type=PATH, default=Path("digest.toml"))


class Keep(click.ParamType[timedelta]):
    """A time to keep: 90d, 12w."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Parse it; what is no time is an error of the command line."""
        found = value if isinstance(value, timedelta) else span(value)
        return found or self.fail(f"{value!r} is no time to keep; write one like 90d or 12w", param, ctx)


@click.command(short_help="List the issues that were made.")
@_config
@click.option("--json", "as_json", is_flag=True, help="Print the issues as JSON, for programs.")
def history(config: Path, *, as_json: bool) -> None:
    """List the issues of CONFIG (default: digest.toml): day, number, lines, what was new, and whether it was mailed."""
    with errors_as_messages():
        from digest.remembered import list_issues

        listed = list_issues(config)
    if as_json:
        print_json([{**asdict(one.issue), "mails": dict(sorted(one.mails.items()))} for one in listed])
        return
    several = len({one.issue.series for one in listed}) > 1
    series = None
    for one in listed:
        if several and one.issue.series != series:
            series = one.issue.series
            click.echo(f"{series}:")
        click.echo(_row(one))
    if not listed:
        click.echo("No issue was made so far.")


def _row(listed: ListedIssue) -> str:
    issue = listed.issue
    number = f"{issue.number:>6,}" if issue.number is not None else ""
    return f"{issue.day}{number}  {_lines(issue):<44}  {_mail_words(listed.mails)}".rstrip()


def _lines(issue: KeptIssue) -> str:
    counts = {"new": issue.new, "updated": issue.updated, "running": issue.running}
    parts = [f"{count} {name}" for name, count in counts.items() if count]
    told = ", ".join([*parts, counted(issue.edits, "edit")] if issue.edits else parts)
    return f"{issue.lines:>3} {'line ' if issue.lines == 1 else 'lines'}  {told}"


def _mail_words(mails: Mapping[str, int]) -> str:
    total, sent = sum(mails.values()), mails.get("sent", 0)
    if not total:
        return "not mailed"
    waits = [f"{mails[state]} {name}" for state, name in UNSENT.items() if mails.get(state)]
    return f"mailed to {sent}" if sent == total else f"mailed to {sent} of {total}: {', '.join(waits)}"


@click.command(short_help="Write an earlier issue once more, byte for byte.")
@click.argument("issue")
@_config
@click.option("--to", "folder", type=PATH, help="The folder to write into. Default: the issue's own, in the outputs.")
def replay(issue: str, config: Path, folder: Path | None) -> None:
    """Write an ISSUE (its day, its number, or "latest") of CONFIG once more, byte for byte, from what was kept.

    Its pages are also made anew from the kept brief, and those that would look otherwise today are named.
    """
    with errors_as_messages():
        from digest.remembered import replay as write_again

        replayed = write_again(issue, config_file=config, folder=folder)
    for path in replayed.files:
        click.echo(f"  {path}")
    for told in replayed.changed:
        click.echo(f"digest: {told}", err=True)


@click.command(short_help="Drop older issues from the memory.")
@_config
@click.option("--keep", type=Keep(), required=True, help="How much to keep, such as 90d or 12w.")
@click.option("--now", type=Moment(), help="The time to count back from. Default: the clock's.")
def prune(config: Path, keep: timedelta, now: datetime | None) -> None:
    """Drop older issues from the memory of CONFIG, and the articles that none of the others needs.

    The outputs folder is left alone, and so are the two latest issues of each series, however old.
    """
    with errors_as_messages():
        from digest.remembered import prune_store

        pruned = prune_store(config, keep=keep, now=now or datetime.now(UTC))
    issues, articles = counted(pruned.issues, "issue"), counted(pruned.articles, "article")
    click.echo(f"Dropped {issues}, {articles} and {counted(pruned.sources, 'source')}.")
