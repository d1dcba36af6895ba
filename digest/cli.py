"""The command line. The only module that prints; turns a DigestError into a message and an exit code.

Exit codes: 0 all is well; 1 the run failed, or `verify` or `lint` found a fault; 2 the command line is wrong; 3 there
was nothing new to send.

Imports of the program's stages stand inside the commands: `digest --help` must answer at once.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest import __version__
from digest.errors import DigestError

if TYPE_CHECKING:
    from digest.deliver.outbox import Mailing
    from digest.job import Finished
    from digest.send import Letter
    from digest.trace import TracedTopic

log = logging.getLogger("digest")

PATH = click.Path(path_type=Path)


class Reported(click.ClickException):
    """A DigestError as click shows it: what is wrong, with what, and what to do."""

    def __init__(self, error: DigestError) -> None:
        super().__init__(str(error))
        self.hint = error.hint

    def show(self, file: Any = None) -> None:
        """Print the message, and the hint on a line of its own."""
        click.echo(f"digest: {self.message}", err=True)
        if self.hint:
            click.echo(f"  {self.hint}", err=True)


@contextmanager
def _errors_as_messages() -> Iterator[None]:
    try:
        yield
    except DigestError as error:
        log.debug("cause", exc_info=error)
        raise Reported(error) from error


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
        return moment.astimezone(UTC)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def main() -> None:
    """Write a daily brief you can check: every line opens to the sentences it came from."""


@main.command()
@click.argument("path", type=PATH, default=Path("digest.toml"))
def init(path: Path) -> None:
    """Write a commented configuration to PATH (digest.toml)."""
    from digest.config import commented_config
    from digest.deliver.outputs import write_whole

    if path.exists():
        raise click.ClickException(f"{path} exists already; name another file, or remove it first")
    with _errors_as_messages():
        write_whole(path, commented_config())
    click.echo(f"Wrote {path}. Put articles into {path.parent / 'articles'}, or set [[sources]] path; then:")
    click.echo(f"  digest run {path}")


@main.command()
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
    """Make a brief from TARGET: a configuration file, or a folder of articles."""
    _log_to_stderr(verbose=verbose)
    with _errors_as_messages():
        from digest.job import job_for
        from digest.job import run as run_job

        if not target.exists():
            raise DigestError(str(target), "does not exist", hint="give a .toml file or a folder of articles")
        job = job_for(target, title=title, outputs=outputs, offline=offline)
        with _progress(quiet=quiet or as_json or verbose) as on_stage:
            finished = run_job(job, now=now or datetime.now(UTC), on_stage=on_stage)
    if as_json:
        click.echo(json.dumps(_summary(finished), ensure_ascii=False))
    elif not quiet:
        _print_finished(finished)


@main.command()
@click.argument("brief", type=PATH)
@click.option("--template", required=True, help="A template file of yours, or the name of a bundled one (brief.md.j2).")
@click.option("-o", "--output", type=PATH, help="The file to write. Default: print it.")
def render(brief: Path, template: str, output: Path | None) -> None:
    """Render BRIEF (a brief.json) with a template."""
    with _errors_as_messages():
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


@main.command()
@click.argument("issue", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON, for programs.")
def verify(issue: Path, *, as_json: bool) -> None:
    """Check each citation, number, name and quotation of the ISSUE in a folder again. Exit 1 if one does not hold."""
    with _errors_as_messages():
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
        click.echo(f"All {len(lines)} lines and {citations} citations hold.")
    sys.exit(1 if problems else 0)


@main.command()
@click.argument("issue", type=PATH)
@click.argument("topic")
def explain(issue: Path, topic: str) -> None:
    """Say why the statements of TOPIC (such as t12) are one topic, and why its line was chosen."""
    with _errors_as_messages():
        from digest.deliver import read_issue
        from digest.deliver.outputs import TRACE_FILE
        from digest.verify import entries

        folder = read_issue(issue)
        traced = folder.trace().topic(topic, subject=str(folder.path / TRACE_FILE))
    line = next((entry.line.text for entry in entries(folder.brief) if entry.id == topic), None)
    _print_topic(traced, line)


@main.command()
@click.argument("target", type=PATH)
@click.option(
    "--config",
    "config_file",
    type=PATH,
    default=Path("digest.toml"),
    help="The [mail] table's file, when TARGET is an issue.",
    show_default=True,
)
@click.option("--outputs", type=PATH, help="The folder for issues, instead of the configuration's.")
@click.option("--dry-run", is_flag=True, help="Print headers and sizes; send nothing.")
@click.option("--eml", type=PATH, help="Write the message to this file; send nothing.")
@click.option("--resend", is_flag=True, help="Send again what was refused, or is in doubt after a crash.")
def send(
    target: Path, config_file: Path, outputs: Path | None, eml: Path | None, *, dry_run: bool, resend: bool
) -> None:
    """Mail an issue: the latest of a configuration, or the one in a folder.

    Exit 0: sent. 1: not sent to everyone. 3: everyone has it already.
    """
    from digest.send import mail_job, send_job

    _log_to_stderr(verbose=False)
    with _errors_as_messages():
        job = mail_job(target, config_file=config_file, outputs=outputs)
        if dry_run or eml:
            letter = job.letter()
            if eml:
                letter.write(eml)
            _print_letter(letter, eml)
            return
        outcome = send_job(job, resend=resend, on_wait=_say_wait)
    for mailing in outcome.mailings:
        click.echo(f"  {mailing.recipient}: {_mailing_words(mailing, new=mailing.recipient in outcome.now)}")
    for mailing in outcome.earlier:
        click.echo(f"  {mailing.issue}, {mailing.recipient}: {_mailing_words(mailing, new=False)}", err=True)
    sys.exit(outcome.exit_code)


def _print_letter(letter: Letter, eml: Path | None) -> None:
    for name, value in letter.message.items():
        click.echo(f"{name}: {value}")
    html = len(letter.fitted.html.encode())
    click.echo(f"\n{len(letter.payload):,} bytes, of which HTML {html:,}")
    if letter.fitted.cut.stories:
        click.echo(f"{letter.fitted.cut.stories} stories ({letter.fitted.cut.lines} lines) are cut from the HTML")
    if eml:
        click.echo(str(eml))


def _say_wait(seconds: float, reason: str) -> None:
    click.echo(f"{reason}; trying again in {seconds:.0f} s", err=True)


def _mailing_words(mailing: Mailing, *, new: bool) -> str:
    if mailing.state == "sent":
        return "sent" if new else f"has it already, since {mailing.changed[:16].replace('T', ' ')} UTC"
    if mailing.state == "failed":
        return f"refused: {mailing.reply} (--resend tries again)"
    if mailing.state == "pending":
        return f"not yet: {mailing.reply or 'not tried'}; `digest send` tries again"
    return f"in doubt, the server may have taken it: {mailing.reply or 'a run broke off'} (--resend sends it again)"


@main.command()
@click.argument("target", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for programs.")
def lint(target: Path, *, as_json: bool) -> None:
    """Check the mail of an issue, or a message (.eml) or page (.html), against what mail clients support.

    Exit 1 if something is found.
    """
    from dataclasses import asdict

    from digest.send import lint_target

    with _errors_as_messages():
        findings = lint_target(target)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    elif findings:
        for finding in findings:
            lacking = f" by {', '.join(finding.clients)}" if finding.clients else ""
            click.echo(f"{finding.rule}: {finding.message}{lacking}")
    else:
        click.echo("Nothing found.")
    sys.exit(1 if findings else 0)


@main.command()
@click.argument("target", type=PATH)
@click.option("--to", "folder", type=PATH, required=True, help="The folder to write the pages into.")
@click.option("--url", "address", default="", help="Where the folder will be reached, for the links in its feeds.")
def archive(target: Path, folder: Path, address: str) -> None:
    """Write all issues of TARGET, a configuration or an outputs folder, as a static site with search and feeds."""
    with _errors_as_messages():
        from digest.publish import publish

        files = publish(target, folder, address=address)
    click.echo(f"{sum(path.name == 'brief.html' for path in files)} issues: {folder / 'index.html'}")


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


@main.command()
@click.argument("target", type=PATH)
@click.option("--writers", required=True, help="Names with commas between: extractive, a [[writers]] name, a model.")
@click.option("--now", type=Moment(), help="The time to run at, such as 2026-03-04T07:00:00Z. Default: the clock's.")
@click.option("-o", "--output", type=PATH, help="The page to write. Default: compare.html in the outputs folder.")
def compare(target: Path, writers: str, now: datetime | None, output: Path | None) -> None:
    """Let several writers write the lines of TARGET's brief, and put them side by side on a page."""
    _log_to_stderr(verbose=False)
    with _errors_as_messages():
        from digest.compare import compare as compare_writers
        from digest.compare import write_page
        from digest.job import job_for

        if not target.exists():
            raise DigestError(str(target), "does not exist", hint="give a .toml file or a folder of articles")
        job = job_for(target)
        names = [name.strip() for name in writers.split(",") if name.strip()]
        with _progress(quiet=not sys.stderr.isatty()) as on_stage:
            brief, comparison = compare_writers(job, names=names, now=now or datetime.now(UTC), on_stage=on_stage)
        path = output or job.outputs / "compare.html"
        write_page(path, brief, comparison)
    for column in comparison.columns:
        kinds = f"{column.written} written, {column.retried} tried twice, {column.fell_back} fell back"
        click.echo(f"{column.name}: {column.lines} lines of {len(comparison.rows)} topics ({kinds})")
    click.echo(f"  {path}")


@main.group()
def sources() -> None:
    """Read a list of feeds into the configuration, write it out, and try the sources."""


@sources.command("import")
@click.argument("opml", type=PATH)
@click.option("--config", type=PATH, default=Path("digest.toml"), help="The configuration to add them to.")
def import_sources(opml: Path, config: Path) -> None:
    """Add the feeds of OPML, the file that feed readers export, to a configuration."""
    with _errors_as_messages():
        from digest.subscriptions import import_feeds

        done = import_feeds(opml, config)
    for name in done.unusable:
        click.echo(f"  left out, its address is none that can be fetched: {name}", err=True)
    click.echo(f"{config}: {done.added} feeds added, {done.known} were there already.")


@sources.command("export")
@click.option("--config", type=PATH, default=Path("digest.toml"), help="The configuration to read.")
@click.option("-o", "--output", type=PATH, help="The file to write. Default: print it.")
def export_sources(config: Path, output: Path | None) -> None:
    """Write the configuration's feeds as OPML, for other feed readers."""
    with _errors_as_messages():
        from digest.deliver.outputs import write_whole
        from digest.subscriptions import export_feeds

        text = export_feeds(config)
        if output:
            write_whole(output, text)
            click.echo(str(output))
        else:
            click.echo(text, nl=False)


@sources.command("check")
@click.option("--config", type=PATH, default=Path("digest.toml"), help="The configuration to read.")
def check_sources(config: Path) -> None:
    """Read each source once and say how it answered. Exit 1 if one failed."""
    with _errors_as_messages():
        from digest.subscriptions import check_sources as check

        checked = check(config, now=datetime.now(UTC))
    for source in checked:
        click.echo(f"{'ok  ' if source.ok else 'FAIL'}  {source.label}: {source.words}")
    failed = sum(not source.ok for source in checked)
    click.echo(f"{len(checked)} sources, {failed} failed.")
    sys.exit(1 if failed else 0)


def _print_finished(finished: Finished) -> None:
    ledger = finished.brief.ledger
    counts = f"{ledger.lines} lines from {ledger.articles} articles, {ledger.origins} origins"
    click.echo(f"{finished.brief.title}: {counts}")
    for failure in ledger.failures:
        click.echo(f"  {failure.source}: {failure.reason}", err=True)
    for path in finished.files:
        click.echo(f"  {path}")


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


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A callback for the start of each stage: a spinner and the finished stages on a terminal, the log everywhere."""
    stages: list[tuple[str, float]] = []

    def finish() -> str | None:
        if not stages:
            return None
        stage, started = stages[-1]
        message = f"{time.monotonic() - started:6.1f} s  {stage}"
        log.info(message)
        return message

    def log_stage(stage: str) -> None:
        finish()
        stages.append((stage, time.monotonic()))

    if quiet or not sys.stderr.isatty():
        yield log_stage
        finish()
        return
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    with console.status("starting") as status:

        def show_stage(stage: str) -> None:
            if done := finish():
                console.print(f"[dim]{done}[/dim]")
            stages.append((stage, time.monotonic()))
            status.update(f"{stage} …")

        yield show_stage
        if done := finish():
            console.print(f"[dim]{done}[/dim]")


def _log_to_stderr(*, verbose: bool) -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.DEBUG if verbose else logging.WARNING)


if __name__ == "__main__":
    main()
