"""The command `digest why`: what became of an article or a sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.asking import Since, default_target
from digest.cli.console import PATH, errors_as_messages, print_json, wrapped

if TYPE_CHECKING:
    from digest.asking.fates import StatementFate
    from digest.asking.why import Answer, ArticleFate

SHOWN = 6  # articles, the newest issue's first; --json has them all


@click.command(short_help="Say what became of an article or a sentence.")
@click.argument("question", metavar="URL|FILE|WORDS")
@click.argument("target", type=PATH, required=False)
@click.option("--since", type=Since(), help="Only issues of this day and later; 30d: of the last thirty days.")
@click.option("--json", "as_json", is_flag=True, help="Print all that is known as JSON, for programs.")
def why(question: str, target: Path | None, since: date | None, *, as_json: bool) -> None:
    """Say whether an article was read, what became of each of its sentences, and which rule decided.

    URL may be a part of an address, with or without tracking parameters; FILE is what an article was read from. WORDS
    are of an article's title, else of its outlet, else of its sentences; or of the name of what could not be read.
    TARGET is a configuration, an outputs folder or one issue (default: digest.toml, else outputs). Exit 1 when nothing
    like it was read.
    """
    with errors_as_messages():
        from digest.asking.issues import kept
        from digest.asking.why import why as answer_to

        answer = answer_to(question, kept(target or default_target(), since=since))
    if as_json:
        print_json(answer)
    else:
        for line in _lines(answer):
            click.echo(line)
    sys.exit(0 if answer.fates else 1)


def _lines(answer: Answer) -> Iterator[str]:
    if not answer.fates:
        yield from _nothing(answer)
    for fate in answer.fates[:SHOWN]:
        yield from _article(fate)
    if len(answer.fates) > SHOWN:
        yield f"… and {len(answer.fates) - SHOWN} more (--json has them all, more words find fewer)"
    for failed in answer.failed:
        yield from wrapped(f"Failed on {failed.issue}: {failed.source}: {failed.reason}", indent=0)


def _nothing(answer: Answer) -> Iterator[str]:
    what = {
        "address": "no such address or file",
        "id": "no article of this id",
        "words": "no such file, and no title or sentence with these words",
    }
    first, last = answer.issues[0], answer.issues[-1]
    span = f"issue {first}" if first == last else f"{len(answer.issues)} issues from {first} to {last}"
    yield f"Not read: {what[answer.asked_by]} among {answer.read} articles of {span}."


def _article(fate: ArticleFate) -> Iterator[str]:
    from digest.render.wording import listed

    day = f"{fate.published:%Y-%m-%d %H:%M} UTC" if fate.published else "no date"
    yield from wrapped(fate.title or "(no title)", indent=0)
    yield from wrapped(" · ".join(part for part in (fate.label, day, fate.link, fate.article_id) if part), indent=2)
    if fate.source:
        yield from wrapped(f"read from {listed((fate.source, *fate.again))}", indent=2)
    number = f" ({fate.number})" if fate.number is not None else ""
    yield from wrapped(f"issue {fate.folder}{number}: {fate.why}" if fate.folder else fate.why, indent=2)
    for statement in fate.statements:
        yield ""
        yield from _statement(statement)
    yield ""


def _statement(statement: StatementFate) -> Iterator[str]:
    yield from wrapped(f"{statement.state.upper()}: {statement.text}", indent=2)
    if statement.line == statement.text:
        yield from wrapped(f"{statement.topic} prints it word for word", indent=6)
    elif statement.line:
        yield from wrapped(f"{statement.topic}: {statement.line}", indent=6)
    yield from wrapped(statement.why, indent=6)
