"""Commands that bring an issue to its readers: send, lint, archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.asking import default_target
from digest.cli.console import PATH, errors_as_messages, log_to_stderr, print_json
from digest.counting import counted

if TYPE_CHECKING:
    from digest.letters import Letter
    from digest.send import MailJob
    from digest.store.outbox import Mailing

UNANSWERED = "the run broke off, or is at it still"


@click.command(short_help="Mail an issue.")
@click.argument("target", type=PATH, default=Path("digest.toml"))
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
@click.option("--resend", is_flag=True, help="Send this issue again where it was refused, or is in doubt.")
@click.option("--arrived", is_flag=True, help="Send nothing: this issue has come to everyone who still waits.")
def send(
    target: Path,
    config_file: Path,
    outputs: Path | None,
    eml: Path | None,
    *,
    dry_run: bool,
    resend: bool,
    arrived: bool,
) -> None:
    """Mail an issue: the latest of TARGET, with those before it that still wait, or the one in a folder.

    TARGET is a configuration (default: digest.toml), or the folder of an issue.

    A mail is in doubt when the server had its text and its answer never came, or the run died meanwhile.

    Exit 0: sent. 1: not sent to everyone. 3: everyone has it already.
    """
    from digest.send import mail_job, send_job

    if resend and arrived:
        raise click.UsageError("--resend sends again what --arrived says has come; give one of them.")
    log_to_stderr(verbose=False)
    with errors_as_messages():
        job = mail_job(target, config_file=config_file, outputs=outputs)
        if dry_run or eml:
            letter = job.letter()
            if eml:
                letter.write(eml)
            _print_letter(letter, eml)
            return
        outcome = send_job(job, resend=resend, arrived=arrived, on_wait=_say_wait)
    for mailing in (*outcome.late, *outcome.earlier):
        _print_mailing(mailing, job, name=f"{mailing.issue}, {mailing.recipient}", new=True)
    for mailing in outcome.mailings:
        _print_mailing(mailing, job, name=mailing.recipient, new=mailing.recipient in outcome.now)
    sys.exit(outcome.exit_code)


def _print_letter(letter: Letter, eml: Path | None) -> None:
    for name, value in letter.message.items():
        click.echo(f"{name}: {value}")
    html = len(letter.fitted.html.encode())
    click.echo(f"\n{len(letter.payload):,} bytes, of which HTML {html:,}")
    if letter.fitted.cut.lines:
        stories, lines = counted(letter.fitted.cut.stories, "story"), counted(letter.fitted.cut.lines, "line")
        click.echo(f"cut from the HTML: {stories} with {lines}")
    if eml:
        click.echo(str(eml))


def _say_wait(seconds: float, reason: str) -> None:
    click.echo(f"{reason}; trying again in {seconds:.0f} s", err=True)


def _print_mailing(mailing: Mailing, job: MailJob, *, name: str, new: bool) -> None:
    """One line on what became of a mail; on standard error, with what to do, where it was not sent."""
    since = f"{mailing.changed[:16].replace('T', ' ')} UTC"
    again = f"digest send {job.outputs / mailing.day} --config {job.config_file}"
    words, hint = {
        "sent": ("sent" if new else f"has it already, since {since}", None),
        "failed": (f"refused: {mailing.reply}", f"`{again} --resend` tries again"),
        "pending": (f"not yet: {mailing.reply or 'not tried'}", "the next `digest send` tries again"),
        "sending": (
            f"in doubt since {since}, the server may have taken it: {mailing.reply or UNANSWERED}",
            f"look whether it has come; then `{again} --arrived`, or --resend to send it again",
        ),
    }[mailing.state]
    if mailing.state == "pending" and not (job.outputs / mailing.day).is_dir():
        hint = f"its folder is gone: `digest replay {mailing.day} {job.config_file}` puts it back"
    click.echo(f"  {name}: {words}", err=mailing.state != "sent")
    if hint:
        click.echo(f"    {hint}", err=True)


@click.command(short_help="Check a mail against what mail clients support.")
@click.argument("target", type=PATH, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for programs.")
def lint(target: Path | None, *, as_json: bool) -> None:
    """Check a mail against what mail clients support.

    TARGET is a configuration or an outputs folder, whose latest issue's mail it is (default: digest.toml, else
    outputs), an issue's folder, a message (.eml) or a page (.html). Exit 1 if something is found.
    """
    from digest.asking.issues import newest
    from digest.letters import lint_target
    from digest.send import lint_latest

    target = target or default_target()
    with errors_as_messages():
        if target.suffix.lower() == ".toml":
            findings = lint_latest(target)
        else:
            findings = lint_target(newest(target).path if target.is_dir() else target)
    if as_json:
        print_json(findings)
    elif findings:
        for finding in findings:
            lacking = f" by {', '.join(finding.clients)}" if finding.clients else ""
            click.echo(f"{finding.rule}: {finding.message}{lacking}")
    else:
        click.echo("Nothing found.")
    sys.exit(1 if findings else 0)


@click.command(short_help="Write all issues as a static site with search and feeds.")
@click.argument("target", type=PATH, required=False)
@click.option("--to", "folder", type=PATH, required=True, help="The folder to write the pages into.")
@click.option("--url", "address", default="", help="Where the folder will be reached, for the links in its feeds.")
def archive(target: Path | None, folder: Path, address: str) -> None:
    """Write all issues of TARGET as a static site with search and feeds.

    TARGET is a configuration or an outputs folder (default: digest.toml, else outputs).
    """
    with errors_as_messages():
        from digest.publish import publish

        files = publish(target or default_target(), folder, address=address)
    issues = counted(sum(path.name == "brief.html" for path in files), "issue")
    click.echo(f"{issues}: {folder / 'index.html'}")
