"""Commands that make an issue and look into one: init, run, render, verify, explain, compare."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.console import PATH, Moment, errors_as_messages, log_to_stderr, progress
from digest.errors import DigestError

if TYPE_CHECKING:
    from digest.job import Finished
    from digest.trace import TracedTopic


@click.command()
@click.argument("path", type=PATH, default=Path("digest.toml"))
def init(path: Path) -> None:
    """Write a commented configuration to PATH (digest.toml)."""
    from digest.commented import commented_config
    from digest.deliver.outputs import write_whole

    if path.exists():
        raise click.ClickException(f"{path} exists already; name another file, or remove it first")
    with errors_as_messages():
        write_whole(path, commented_config())
    click.echo(f"Wrote {path}. Put articles into {path.parent / 'articles'}, or set [[sources]] path; then:")
    click.echo(f"  digest run {path}")


@click.command()
@click.argument("target", type=PATH)
@click.option("--title", help="The brief's title.")
@click.option("--now", type=Moment(), help="The time to run at, such as 2026-03-04T07:00:00Z. Default: the clock's.")
@click.option("--outputs", type=PATH, help="The folder for issues, instead of the configuration's.")
@click.option("--offline", is_flag=True, help="Open no connection: feeds and pages are named as not fetched.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Log each stage with its time, and the causes of errors.")
def run(
    target: Path,
    title: str | None,
    now: datetime | None,
    outputs: Path | None,
    *,
    offline: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make a brief from TARGET: a configuration file, or a folder of articles.

    Exit 0: made. 1: failed. 3: there is nothing new since the last issue; none is made.
    """
    log_to_stderr(verbose=verbose)
    with errors_as_messages():
        from digest.job import job_for
        from digest.job import run as run_job

        if not target.exists():
            raise DigestError(str(target), "does not exist", hint="give a .toml file or a folder of articles")
        job = job_for(target, title=title, outputs=outputs, offline=offline)
        with progress(quiet=quiet or as_json or verbose) as on_stage:
            finished = run_job(job, now=now or datetime.now(UTC), on_stage=on_stage)
    if as_json:
        click.echo(json.dumps(_summary(finished), ensure_ascii=False))
    elif not quiet:
        _print_finished(finished)


def _print_finished(finished: Finished) -> None:
    ledger = finished.brief.ledger
    counts = (
        f"{_count(ledger.lines, 'line')} from {_count(ledger.articles, 'article')}, {_count(ledger.origins, 'origin')}"
    )
    click.echo(f"{finished.brief.title}: {counts}")
    for failure in ledger.failures:
        click.echo(f"  {failure.source}: {failure.reason}", err=True)
    for path in finished.files:
        click.echo(f"  {path}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _summary(finished: Finished) -> dict[str, Any]:
    ledger = finished.brief.ledger
    return {
        "folder": str(finished.folder),
        "files": [str(path) for path in finished.files],
        "title": finished.brief.title,
        "date": finished.brief.date.isoformat(),
        "articles": ledger.articles,
        "origins": ledger.origins,
        "topics": ledger.topics,
        "lines": ledger.lines,
        "failures": [{"source": failure.source, "reason": failure.reason} for failure in ledger.failures],
    }


@click.command()
@click.argument("brief", type=PATH)
@click.option("--template", required=True, help="A template file of yours, or the name of a bundled one (brief.md.j2).")
@click.option("-o", "--output", type=PATH, help="The file to write. Default: print it.")
def render(brief: Path, template: str, output: Path | None) -> None:
    """Render BRIEF (a brief.json) with a template."""
    with errors_as_messages():
        from digest.contract import brief_from_json
        from digest.deliver.outputs import BRIEF_FILE, read_text, write_whole
        from digest.render import render as render_named
        from digest.render import render_file

        path = brief / BRIEF_FILE if brief.is_dir() else brief
        read = brief_from_json(read_text(path), subject=str(path))
        own = Path(template)
        text = render_file(read, own) if own.is_file() or own.parent != Path() else render_named(read, template)
        if output:
            write_whole(output, text)
            click.echo(str(output))
        else:
            click.echo(text, nl=False)


@click.command()
@click.argument("issue", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON, for programs.")
def verify(issue: Path, *, as_json: bool) -> None:
    """Check each citation, number, name and quotation of the ISSUE in a folder again. Exit 1 if one does not hold."""
    with errors_as_messages():
        from digest.deliver import read_issue
        from digest.verify import entries, verify_brief

        folder = read_issue(issue)
        problems = verify_brief(folder.brief, folder.articles)
    lines = list(entries(folder.brief))
    if as_json:
        faults = [{"topic": p.topic, "line": p.line, "fault": p.fault} for p in problems]
        click.echo(json.dumps({"lines": len(lines), "faults": faults}, ensure_ascii=False))
    elif problems:
        for problem in problems:
            click.echo(f"{problem.topic}: {problem.fault}\n    {problem.line}")
        click.echo(f"{len({p.topic for p in problems})} of {len(lines)} lines do not hold.")
    else:
        citations = sum(len(entry.line.citations) for entry in lines)
        click.echo(f"{folder.path / 'brief.json'}: all {len(lines)} lines and {citations} citations hold.")
    sys.exit(1 if problems else 0)


@click.command()
@click.argument("issue", type=PATH)
@click.argument("topic")
def explain(issue: Path, topic: str) -> None:
    """Say why the statements of TOPIC (such as t12) are one topic, and why its line was chosen."""
    with errors_as_messages():
        from digest.deliver import read_issue
        from digest.deliver.outputs import TRACE_FILE
        from digest.verify import entries

        folder = read_issue(issue)
        traced = folder.trace().topic(topic, subject=str(folder.path / TRACE_FILE))
    line = next((entry.line.text for entry in entries(folder.brief) if entry.id == topic), None)
    _print_topic(traced, line)


def _print_topic(topic: TracedTopic, line: str | None) -> None:
    click.echo(
        f"{topic.id} · {topic.fate} · score {topic.score:.2f}" + (f" · {topic.section}" if topic.section else "")
    )
    if line:
        click.echo(f"\nLine: {line}")
    click.echo("\nStatements:")
    for number, statement in enumerate(topic.statements, start=1):
        click.echo(f"  {number}. {statement.quote}")
        click.echo(f"     {statement.label} · origin {statement.origin} · centrality {statement.centrality:.2f}")
    if topic.links:
        click.echo("\nWhy they are one topic (what each reason adds to the odds):")
    for link in topic.links:
        click.echo(f"  {link.left + 1} and {link.right + 1}: probability {link.probability:.2f}")
        for name, value, added in link.reasons:
            shown = "—" if value is None else f"{value:.2f}"
            click.echo(f"     {added:+.2f}  {name} = {shown}")
    if topic.steps:
        click.echo("\nWhy this line:")
        for step in topic.steps:
            click.echo(f"  {step}")


@click.command()
@click.argument("target", type=PATH)
@click.option("--writers", required=True, help="Names with commas between: extractive, a [[writers]] name, a model.")
@click.option("--now", type=Moment(), help="The time to run at, such as 2026-03-04T07:00:00Z. Default: the clock's.")
@click.option("-o", "--output", type=PATH, help="The page to write. Default: compare.html in the outputs folder.")
def compare(target: Path, writers: str, now: datetime | None, output: Path | None) -> None:
    """Let several writers write the lines of TARGET's brief, and put them side by side on a page."""
    log_to_stderr(verbose=False)
    with errors_as_messages():
        from digest.compare import compare as compare_writers
        from digest.compare import write_page
        from digest.job import job_for

        if not target.exists():
            raise DigestError(str(target), "does not exist", hint="give a .toml file or a folder of articles")
        job = job_for(target)
        names = [name.strip() for name in writers.split(",") if name.strip()]
        with progress(quiet=not sys.stderr.isatty()) as on_stage:
            brief, comparison = compare_writers(job, names=names, now=now or datetime.now(UTC), on_stage=on_stage)
        path = output or job.outputs / "compare.html"
        write_page(path, brief, comparison)
    for column in comparison.columns:
        kinds = f"{column.written} written, {column.retried} tried twice, {column.fell_back} fell back"
        click.echo(f"{column.name}: {column.lines} lines of {len(comparison.rows)} topics ({kinds})")
    click.echo(f"  {path}")
