"""Article -> statements with offsets. What is not a statement is left out, with a reason.

Line by line: a bullet mark and a dateline are cut off, a heading is kept for the statements below it, the rest is split
into sentences; sentences that one quotation spans are joined again; a heading that runs into a sentence is cut from
it. Every character of `article.text` that is not white space lies in exactly one statement or omission.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.config import StatementsConfig
from digest.language.chaff import furniture, is_truncated, reason_to_leave_out
from digest.language.headings import is_heading_line, run_in_heading
from digest.language.sentences import split_sentences
from digest.models import Article, Omission, Statement

# A quotation of several sentences stays one statement up to this many words, speaker included. Longer ones are split:
# a statement of more words than this says too many things to be compared with another.
MAX_QUOTE_WORDS = 60

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[•‣▪●◦⁃∙·*–—-]\s*(?=\S)(?<=[\s•‣▪●◦⁃∙·])|\(?\d{1,2}[.)]{1,2}\s+(?=\D))")
_PLACE = r"[A-Z][\w.’'-]*(?:[ /][A-Z][\w.’'-]*){0,3}"
_CAPITAL_PLACE = r"[A-Z][A-Z.’'-]+(?:[ /][A-Z][A-Z.’'-]*){0,3}"
_DATELINE = re.compile(
    rf"\s*(?:{_CAPITAL_PLACE}(?:,? {_PLACE}){{0,3}}(?:,? \d{{1,2}}(?: \w+)?)?(?:\s?\([^()]{{2,40}}\))?\s?(?:[—–]|--?)\s"
    rf"|{_PLACE}(?:, {_PLACE}){{0,2}}(?:,? \w{{3,9}}\.? \d{{1,2}}(?:, \d{{4}})?)?\s?\([A-Z][^()]{{1,30}}\)\s?(?:[—–]|--?)\s"
    rf"|{_PLACE}(?:, {_PLACE}){{1,2}}\s?[—–]\s)"
)
_LEAD_IN = re.compile(r"\s*[Hh]ere(?:[’']s| is| are)\b[^:.!?]{3,90}:\s+(?=\S)")
_QUOTE_PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"'}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What an article was cut into: the statements, and the pieces left out with their reasons, each in order."""

    statements: tuple[Statement, ...]
    omissions: tuple[Omission, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A stretch of the article's text; `reason` is why it is no statement, None when it is one."""

    start: int
    end: int
    reason: str | None
    heading: str | None = None


def extract_statements(
    article: Article, config: StatementsConfig, *, known_headings: Collection[str] = ()
) -> Extraction:
    """Cut an article into statements and omissions, in the order of the text.

    `known_headings` are headings seen on lines of their own in other articles of the run (see `heading_lines`): they
    help to find one that runs into a sentence here.
    """
    known = frozenset(known_headings) | frozenset(heading_lines(article))
    pieces = tuple(_pieces(article.text, config, known))
    kept = [piece for piece in pieces if piece.reason is None]
    return Extraction(
        statements=tuple(_statement(article, piece, position) for position, piece in enumerate(kept)),
        omissions=tuple(
            Omission(
                article_id=article.id,
                start=piece.start,
                end=piece.end,
                text=article.text[piece.start : piece.end],
                reason=piece.reason,
            )
            for piece in pieces
            if piece.reason is not None
        ),
    )


def heading_lines(article: Article) -> tuple[str, ...]:
    """The article's headings that stand on lines of their own, in order, without marks."""
    lines = [line.group().strip() for line in _LINE.finditer(article.text) if line.group().strip()]
    headings = (line.strip("#*_: ") for line, below in pairwise(lines) if _is_heading(line, below))
    return tuple(dict.fromkeys(headings))


def _is_heading(line: str, following: str | None) -> bool:
    return is_heading_line(line, following=following) and furniture(line) is None


def _statement(article: Article, piece: _Piece, position: int) -> Statement:
    return Statement(
        id=f"{article.id}:{piece.start}",
        article_id=article.id,
        start=piece.start,
        end=piece.end,
        text=article.text[piece.start : piece.end],
        position=position,
        heading=piece.heading,
    )


def _pieces(text: str, config: StatementsConfig, known: Collection[str]) -> Iterator[_Piece]:
    """The text cut up, in order. A heading holds until the next one."""
    lines = [line for line in _LINE.finditer(text) if line.group().strip()]
    heading: str | None = None
    for index, line in enumerate(lines):
        following = lines[index + 1].group() if index + 1 < len(lines) else None
        if _is_heading(line.group(), following):
            piece = _stripped(text, line.start(), line.end(), "heading")
            heading = _heading_text(text, piece)
            yield from [piece]
            continue
        for piece in _line_pieces(text, line.start(), line.end(), config, known):
            if piece.reason == "heading":
                heading = _heading_text(text, piece)
            last = following is None and piece.end == len(text.rstrip())
            if piece.reason is None and last and is_truncated(text[piece.start : piece.end]):
                piece = replace(piece, reason="truncated")
            yield replace(piece, heading=heading)


def _heading_text(text: str, piece: _Piece) -> str:
    return text[piece.start : piece.end].strip("#*_: ")


def _stripped(text: str, start: int, end: int, reason: str | None) -> _Piece:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return _Piece(start=start, end=end, reason=reason)


def _line_pieces(text: str, start: int, end: int, config: StatementsConfig, known: Collection[str]) -> Iterator[_Piece]:
    """The pieces of one line that is no heading: marks and dateline first, then sentences."""
    for pattern, reason in ((_BULLET, "marker"), (_DATELINE, "dateline"), (_LEAD_IN, "meta")):
        found = pattern.match(text, start, end)
        if found:
            yield _stripped(text, start, found.end(), reason)
            start = found.end()
    line = text[start:end]
    for first, last in _joined(line, split_sentences(line)):
        yield from _sentence_pieces(text, start + first, start + last, config, known)


def _sentence_pieces(
    text: str, start: int, end: int, config: StatementsConfig, known: Collection[str]
) -> Iterator[_Piece]:
    if found := _LEAD_IN.match(text, start, end):
        yield _stripped(text, start, found.end(), "meta")
        start = found.end()
    if cut := run_in_heading(text[start:end], context=text, known=known):
        yield _stripped(text, start, start + cut, "heading")
        start += cut
    if bullet := _BULLET.match(text, start, end):
        yield _stripped(text, start, bullet.end(), "marker")
        start = bullet.end()
    reason = reason_to_leave_out(text[start:end], min_words=config.min_words, max_words=config.max_words)
    yield _stripped(text, start, end, reason)


# --- quotations ---------------------------------------------------------------------------------------------------


def _joined(line: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, those that one short quotation spans joined to one."""
    quotes = list(_quotations(line))
    at = 0
    while at < len(spans):
        start, end = spans[at]
        upto = at
        quote = _spanning(quotes, end)
        while quote is not None and upto + 1 < len(spans) and spans[upto][1] < quote[1]:
            upto += 1
            if spans[upto][1] >= quote[1]:
                quote = _spanning(quotes, spans[upto][1])
        if upto > at and len(line[start : spans[upto][1]].split()) <= MAX_QUOTE_WORDS:
            at, end = upto, spans[upto][1]
        yield start, end
        at += 1


def _spanning(quotes: list[tuple[int, int]], offset: int) -> tuple[int, int] | None:
    """The quotation that `offset` lies in; `quotes` are consumed up to it."""
    while quotes and quotes[0][1] <= offset:
        quotes.pop(0)
    return quotes[0] if quotes and quotes[0][0] < offset else None


def _quotations(line: str) -> Iterator[tuple[int, int]]:
    """Spans of quoted text that open and close in this line, in order, not nested."""
    at = 0
    while found := _OPENING.search(line, at):
        closing = _closing(line, found.start())
        if closing is None:
            at = found.end()
            continue
        yield found.start(), closing
        at = closing


_OPENING = re.compile(r"[“«„\"]|(?<![^\s(\[—–-])[‘'](?=[^\s\d])")
_SINGLE_CLOSING = re.compile(r"(?<=[.,!?…])[’'](?!\w)|(?<=[\w\])])[’'](?=[.,;:!?)\]—–]|\s+[a-z(]|\s*$)(?<!s[’'](?=\s[a-z]))")


def _closing(line: str, start: int) -> int | None:
    if line[start] in "‘'":
        found = _SINGLE_CLOSING.search(line, start + 1)
        return found.end() if found else None
    end = line.find(_QUOTE_PAIRS[line[start]], start + 1)
    return end + 1 if end >= 0 else None
