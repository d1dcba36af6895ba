"""The group `digest sources`: feeds of another reader in, out, and looked at."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from digest.cli.console import PATH, Moment, errors_as_messages, print_json
from digest.counting import counted


@click.group(short_help="Import and export feeds, and try the sources.")
def sources() -> None:
    """Read a list of feeds into the configuration, write it out, and try the sources."""


@sources.command("import")
@click.argument("opml", type=PATH)
@click.argument("config", type=PATH, default=Path("digest.toml"))
def import_sources(opml: Path, config: Path) -> None:
    """Add the feeds of OPML, the file that feed readers export, to CONFIG (default: digest.toml)."""
    with errors_as_messages():
        from digest.subscriptions import import_feeds

        done = import_feeds(opml, config)
    for name in done.unusable:
        click.echo(f"  left out, its address is none that can be fetched: {name}", err=True)
    known = f"{done.known} {'was' if done.known == 1 else 'were'} there already"
    click.echo(f"{config}: {counted(done.added, 'feed')} added, {known}.")


@sources.command("export")
@click.argument("config", type=PATH, default=Path("digest.toml"))
@click.option("-o", "--output", type=PATH, help="The file to write. Default: print it.")
def export_sources(config: Path, output: Path | None) -> None:
    """Write the feeds of CONFIG (default: digest.toml) as OPML, for other feed readers."""
    with errors_as_messages():
        from digest.deliver.outputs import write_whole
        from digest.subscriptions import export_feeds

        text = export_feeds(config)
        if output:
            write_whole(output, text)
            click.echo(str(output))
        else:
            click.echo(text, nl=False)


@sources.command("check")
@click.argument("config", type=PATH, default=Path("digest.toml"))
@click.option("--now", type=Moment(), help="The time to hold feeds against. Default: the clock's.")
@click.option("--json", "as_json", is_flag=True, help="Print the answers as JSON, for programs.")
def check_sources(config: Path, now: datetime | None, *, as_json: bool) -> None:
    """Read each source of CONFIG (default: digest.toml) once and say how it answered. Exit 1 if one failed."""
    with errors_as_messages():
        from digest.subscriptions import check_sources as check

        checked = check(config, now=now or datetime.now(UTC))
    failed = sum(not source.ok for source in checked)
    if as_json:
        print_json(checked)
        sys.exit(1 if failed else 0)
    for source in checked:
        verdict = "FAIL" if not source.ok else "some" if source.partly else "old " if source.silent else "ok  "
        click.echo(f"{verdict}  {source.label}: {source.words}")
    click.echo(f"{counted(len(checked), 'source')}, {failed} failed.")
    sys.exit(1 if failed else 0)
