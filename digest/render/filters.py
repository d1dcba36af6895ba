"""The filters of docs/templates.md: what templates print of a brief in words, and links in each form."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from digest.counting import counted
from digest.language.claims import attribution
from digest.models import Brief, Line
from digest.render import escape, moments, movement, wording

TEXT_WIDTH = 78  # columns of the plain-text brief: fits a mail quoted once


def quote_link(source: wording.Cited) -> str | None:
    """The address that opens a cited article at the quotes, or None without a link."""
    return escape.quote_link(source.link, [citation.quote for citation in source.citations])


def md_link(label: object, address: str | None) -> Markup:
    """A Markdown link `[label](<address>)`; without an address only the bracketed label."""
    text = label if isinstance(label, Markup) else escape.markdown(str(label))
    if address is None:
        return Markup(f"[{text}]")
    return Markup(f"[{text}]({escape.markdown_link(address)})")


def credited(line: Line, brief: Brief, turn: int = 0) -> Markup:
    """The line as a sentence of a paragraph, with links to those it is credited to; `turn` varies the phrase."""
    names = {source.label: md_link_text(source) for source in wording.cited(line, brief)}
    credit = wording.listed(tuple(names.values()))
    text, end = wording.open_end(line.text)
    if attribution(line.text):
        # "…, the governor said, according to Coast Radio" would name two speakers for one thing.
        return Markup(f"{escape.markdown(text)} ({credit})" + ("." if end else ""))
    if not end:
        return Markup(f"{escape.markdown(text)} ({credit})")
    phrase = f"according to {credit}" if turn % 2 == 0 else f"{credit} reported"
    return Markup(f"{escape.markdown(text)}, {phrase}.")


def md_link_text(source: wording.Cited) -> str:
    """A cited source's name, linked to the quotes where it has a link."""
    address = quote_link(source)
    name = source.label if source.citations[0].outlet else wording.quoted(source.label)
    return escape.markdown(name) if address is None else str(md_link(name, address))


def fill(text: str, indent: str = "", first: str | None = None, width: int = TEXT_WIDTH) -> Markup:
    """Plain text wrapped at `width` columns; `first` begins the first line, `indent` the others."""
    start = indent if first is None else first
    return Markup(
        textwrap.fill(
            escape.plain(text), width, initial_indent=start, subsequent_indent=indent,
            break_long_words=False, break_on_hyphens=False,
        )
    )  # fmt: skip


_PLAIN: dict[str, Callable[..., Any]] = {
    "headline": wording.headline,
    "subline": wording.subline,
    "subline_parts": wording.subline_parts,
    "long_date": moments.long_date,
    "window_words": moments.window_words,
    "read_words": wording.read_words,
    "counted": counted,
    "carriage": wording.carriage,
    "notes": wording.notes,
    "cited_sources": wording.cited_sources,
    "quotes": wording.quotes,
    "unused_sources": wording.unused_sources,
    "quoted": wording.quoted,
    "reading": wording.reading,
    "text_edit": movement.text_edit,
    "side": movement.side,
    "movement_words": movement.movement_words,
    "listed": wording.listed,
    "linkless": wording.linkless,
    "ledger_words": wording.ledger_words,
    "web_link": escape.web_link,
    "quote_link": quote_link,
    "md_link": md_link,
    "fill": fill,
}
_OF_A_BRIEF: dict[str, Callable[..., Any]] = {
    "moment": moments.moment,
    "iso": moments.iso,
    "cited": wording.cited,
    "credited": credited,
    "text_line": wording.text_line,
    "text_source": wording.text_source,
    "labels": wording.labels,
    "differences": wording.differences,
    "changes": movement.changes,
    "remarks": movement.remarks,
    "day_words": movement.day_words,
    "background": movement.background,
    "edit_place": movement.edit_place,
}


def filters_of(brief: Brief) -> dict[str, Callable[..., Any]]:
    """The filters by name; those that need the brief (its time zone, its sources) have it already."""
    return _PLAIN | {name: _with_brief(call, brief) for name, call in _OF_A_BRIEF.items()}


def _with_brief(call: Callable[..., Any], brief: Brief) -> Callable[..., Any]:
    """A filter whose second argument is the brief, so that a template need not name it."""
    return lambda value, *more, **named: call(value, brief, *more, **named)
