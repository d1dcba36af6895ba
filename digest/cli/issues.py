"""Commands that make an issue and look into one: init, run, render, verify, explain, compare."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.asking import default_target
from digest.cli.console import PATH, Moment, errors_as_messages, log_to_stderr, print_json, progress
from digest.counting import counted
from digest.engines import ENGINES, open_engine
from digest.errors import DigestError

if TYPE_CHECKING:
    from digest.job import Finished
    from digest.verify import Problem


@click.command(short_help="Write a commented configuration.")
@click.argument("path", type=PATH, default=Path("digest.toml"))
def init(path: Path) -> None:
    """Write a commented configuration to PATH (digest.toml)."""
    from digest.config.commented import commented_config
    from digest.deliver.outputs import write_whole

    with errors_as_messages():
        if path.exists():
            raise DigestError(str(path), "exists already", hint="name another file, or remove it first")
        write_whole(path, commented_config())
    click.echo(f"Wrote {path}. Put your articles into a folder {path.parent / 'articles'}, or name yours in it; then:")
    click.echo(f"  digest run {path}")


@click.command(short_help="Make a brief from a configuration, a folder or a file.")
@click.argument("target", type=PATH, default=Path("digest.toml"))
@click.option("--title", help="The brief's title.")
@click.option("--now", type=Moment(), help="The time to run at, such as 2026-03-04T07:00:00Z. Default: the clock's.")
@click.option("--outputs", type=PATH, help="The folder for issues, instead of the configuration's.")
@click.option("--replace", "replacing", is_flag=True, help="Replace another brief's issue of the same day.")
@click.option("--offline", is_flag=True, help="Open no connection: feeds and pages are named as not fetched.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="local",
    show_default=True,
    help="What reads, splits and encodes: this machine, or a Ray cluster.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Log each stage with its time, and the causes of errors.")
def run(
    target: Path,
    title: str | None,
    now: datetime | None,
    outputs: Path | None,
    *,
    replacing: bool,
    offline: bool,
    engine: str,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make a brief from TARGET: a configuration file (default: digest.toml), or a folder or file of articles.

    Exit 0: made. 1: failed. 3: there is nothing new since the last issue; none is made.
    """
    log_to_stderr(verbose=verbose)
    with errors_as_messages(quiet=quiet):
        from digest.job import job_for
        from digest.job import run as run_job

        job = job_for(target, title=title, outputs=outputs, offline=offline)
        with open_engine(engine) as each, progress(quiet=quiet or as_json or verbose) as on_stage:
            finished = run_job(job, now=now or datetime.now(UTC), replacing=replacing, each=each, on_stage=on_stage)
    if as_json:
        print_json(_summary(finished))
    elif not quiet:
        _print_finished(finished)


def _print_finished(finished: Finished) -> None:
    ledger = finished.brief.ledger
    taken = counted(ledger.articles - ledger.off_window - ledger.foreign, "article")
    counts = f"{counted(ledger.lines, 'line')} from {taken}, {counted(ledger.origins, 'origin')}"
    click.echo(f"{finished.brief.title}: {counts}")
    if not ledger.lines:
        from digest.render.wording import ledger_words

        click.echo(f"  Nothing to tell. {ledger_words(replace(ledger, failures=()))}", err=True)
    for failure in ledger.failures:
        click.echo(f"  {failure.source}: {failure.reason}", err=True)
    for path in finished.files:
        click.echo(f"  {path}")


def _summary(finished: Finished) -> dict[str, Any]:
    ledger = finished.brief.ledger
    return {
        "folder": finished.folder,
        "files": finished.files,
        "title": finished.brief.title,
        "date": finished.brief.date,
        "articles": ledger.articles,
        "origins": ledger.origins,
        "topics": ledger.topics,
        "lines": ledger.lines,
        "failures": ledger.failures,
    }


@click.command(short_help="Render a finished brief with a template.")
@click.argument("brief", type=PATH, required=False)
@click.option("--template", required=True, help="A template file of yours, or the name of a bundled one (brief.md.j2).")
@click.option("-o", "--output", type=PATH, help="The file to write. Default: print it.")
def render(brief: Path | None, template: str, output: Path | None) -> None:
    """Render BRIEF (a brief.json, an issue's folder, or what has issues: then the newest) with a template.

    Default: the newest issue of digest.toml, else of outputs.
    """
    with errors_as_messages():
        from digest.asking.issues import newest
        from digest.deliver.outputs import read_brief, write_whole
        from digest.render import render as render_named
        from digest.render import render_file

        a_file = brief is not None and brief.is_file() and brief.suffix.lower() != ".toml"
        read = read_brief(brief) if brief and a_file else newest(brief or default_target()).brief
        own = Path(template)
        text = render_file(read, own) if own.is_file() or own.parent != Path() else render_named(read, template)
        if output:
            write_whole(output, text)
            click.echo(str(output))
        else:
            click.echo(text, nl=False)


@click.command(short_help="Check a finished issue again.")
@click.argument("issue", type=PATH, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON, for programs.")
def verify(issue: Path | None, *, as_json: bool) -> None:
    """Check the ISSUE in a folder again: brief.json against its sources, the pages against brief.json.

    ISSUE may also be a configuration or an outputs folder: then it is the newest there (default: digest.toml, else
    outputs). What it says of earlier issues is held against those that lie beside it.

    Exit 1 if a citation, number, name or quotation does not hold, or a page says anything else.
    """
    with errors_as_messages():
        from digest.asking.issues import newest
        from digest.deliver.outputs import issues_beside
        from digest.models import entries
        from digest.pages import check_pages
        from digest.render.wording import listed
        from digest.verify import issues_named, verify_brief

        folder = newest(issue or default_target())
        pages, changed = check_pages(folder)
        earlier = issues_beside(folder, issues_named(folder.brief))
        problems = (*verify_brief(folder.brief, folder.articles(), earlier=earlier), *changed)
    lines = list(entries(folder.brief))
    if as_json:
        faults = [{**asdict(problem), "place": problem.place} for problem in problems]
        print_json({"lines": len(lines), "pages": pages, "faults": faults})
    elif problems:
        _print_problems(problems, lines=len(lines))
    else:
        citations = sum(len(entry.line.citations) for entry in lines)
        held = f"{folder.path / 'brief.json'}: {_all_of(len(lines), 'line')} and {_all_of(citations, 'citation')} hold"
        click.echo(f"{held}.")
        click.echo(
            "  Each quote stands in its article as kept; each number, day, name and quotation of a line in its quotes."
        )
        if pages:
            click.echo(f"  Unchanged: {listed(pages)}.")
    sys.exit(1 if problems else 0)


def _all_of(number: int, noun: str) -> str:
    return f"{'all ' if number > 1 else ''}{counted(number, noun)}"


def _print_problems(problems: Sequence[Problem], *, lines: int) -> None:
    for problem in problems:
        click.echo(f"{problem.place}: {problem.fault}")
        if problem.line:
            click.echo(f"    {problem.line}")
    bad = len({problem.topic for problem in problems if problem.topic and problem.row is None})
    pages = sorted({problem.file for problem in problems if problem.file != "brief.json"})
    told = [f"{bad} of {counted(lines, 'line')} {'does' if bad == 1 else 'do'} not hold"] if bad else []
    told += [f"{', '.join(pages)} {'does' if len(pages) == 1 else 'do'} not say what brief.json says"] if pages else []
    click.echo(f"{counted(len(problems), 'fault')}{': ' if told else ''}{'; '.join(told)}.")


@click.command(short_help="Say why a topic is one, and why its line.")
@click.argument("issue", type=PATH, required=False)
@click.argument("topic", required=False)
@click.option("--all", "every", is_flag=True, help="Without TOPIC: list every topic that is not in the brief, too.")
def explain(issue: Path | None, topic: str | None, *, every: bool) -> None:
    """Say why the statements of TOPIC (such as t12) are one topic, and why its line was chosen.

    Without TOPIC the topics are listed. ISSUE is its folder; of a configuration or an outputs folder it is the newest
    (default: digest.toml, else outputs).
    """
    if issue and topic is None and re.fullmatch(r"[tT]\d+", issue.name) and not issue.exists():
        topic, issue = issue.name, None
    with errors_as_messages():
        from digest.asking.issues import newest
        from digest.cli.explained import all_topics, explained
        from digest.models import entries
        from digest.trace import TRACE_FILE

        folder = newest(issue or default_target())
        trace = folder.trace()
        if topic is None:
            told = all_topics(trace, folder.brief, every=every)
        else:
            traced = trace.topic(topic.lower(), subject=str(folder.path / TRACE_FILE))
            entry = next((one for one in entries(folder.brief) if one.id == traced.id), None)
            rank = trace.topics.index(traced) + 1
            told = explained(traced, rank=rank, of=len(trace.topics), entry=entry)
    for line in told:
        click.echo(line)


@click.command(short_help="Put several writers' lines side by side.")
@click.argument("target", type=PATH, default=Path("digest.toml"))
@click.option("--writers", required=True, help="Names with commas between: extractive, a [[writers]] name, a model.")
@click.option("--now", type=Moment(), help="The time to run at, such as 2026-03-04T07:00:00Z. Default: the clock's.")
@click.option("-o", "--output", type=PATH, help="The page to write. Default: compare.html in the outputs folder.")
def compare(target: Path, writers: str, now: datetime | None, output: Path | None) -> None:
    """Let several writers write the lines of TARGET's brief, and put them side by side on a page.

    TARGET is a configuration (default: digest.toml), or a folder or file of articles.
    """
    log_to_stderr(verbose=False)
    with errors_as_messages():
        from digest.compare import compare as compare_writers
        from digest.compare import write_page
        from digest.job import job_for

        job = job_for(target)
        names = [name.strip() for name in writers.split(",") if name.strip()]
        with progress(quiet=not sys.stderr.isatty()) as on_stage:
            brief, comparison = compare_writers(job, names=names, now=now or datetime.now(UTC), on_stage=on_stage)
        path = output or job.outputs / "compare.html"
        write_page(path, brief, comparison)
    for column in comparison.columns:
        kinds = f"{column.written} written, {column.retried} tried twice, {column.fell_back} fell back"
        click.echo(f"{column.name}: {column.lines} lines of {len(comparison.topics)} topics ({kinds})")
    click.echo(f"  {path}")
