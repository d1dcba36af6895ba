"""Sentences that one quotation spans, joined again: “We wait. We hope,” she said."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A longer quotation is split at its sentences anyway; looking no further keeps the search linear.
_REACH = 1_500
# No line of prose is longer; what is longer is not worth the time.
_MAX_LINE = 100_000

_PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"'}
_OPENING = re.compile(r"[“«„\"]|(?<![^\s(\[—–-])[‘'](?=[^\s\d])")
# An apostrophe closes a quotation where no letter follows it; after a plural ("the pilots' union") it may not.
_SINGLE_CLOSING = re.compile(
    r"(?<=[.,!?…])[’'](?!\w)|(?<=[\w\])])[’'](?=[.,;:!?)\]—–]|\s+[a-z(]|\s*$)(?<!s[’'](?=\s[a-z]))"
)

Span = tuple[int, int]


def join_quoted(line: str, spans: list[Span], *, max_words: int) -> list[Span]:
    """Join the sentences of a line that one quotation spans, if together they have at most `max_words` words."""
    if len(line) > _MAX_LINE or len(spans) < 2:
        return spans
    quotes = list(_quoted(line))
    joined: list[Span] = []
    at = quote_at = 0
    while at < len(spans):
        upto = at
        while quote_at < len(quotes) and quotes[quote_at][0] < spans[upto][1]:
            while upto + 1 < len(spans) and spans[upto][1] < quotes[quote_at][1]:
                upto += 1
            quote_at += 1
        if upto > at and len(line[spans[at][0] : spans[upto][1]].split()) <= max_words:
            joined.append((spans[at][0], spans[upto][1]))
        else:
            joined.extend(spans[at : upto + 1])
        at = upto + 1
    return joined


def _quoted(line: str) -> Iterator[Span]:
    """Spans of quoted text that open and close in this line, in order, not nested."""
    at = 0
    while found := _OPENING.search(line, at):
        closing = _closing(line, found.start())
        if closing is not None:
            yield found.start(), closing
        at = closing or found.end()


def _closing(line: str, start: int) -> int | None:
    """Where the quotation that opens at `start` ends, its closing mark included."""
    if line[start] in "‘'":
        found = _SINGLE_CLOSING.search(line, start + 1, start + _REACH)
        return found.end() if found else None
    end = line.find(_PAIRS[line[start]], start + 1, start + _REACH)
    return end + 1 if end >= 0 else None
