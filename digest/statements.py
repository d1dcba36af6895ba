"""Article -> statements with offsets. What is not a statement is left out, with a reason.

Line by line: a heading is kept for the statements below it; a bullet mark, a time stamp and a dateline are cut off; the
rest is split into sentences, and sentences that one quotation spans are joined again; a heading that runs into a
sentence is cut from it. Every character of `article.text` that is not white space lies in exactly one statement or
omission.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from digest.config import StatementsConfig
from digest.language.chaff import clock_length, furniture, is_truncated, reason_to_leave_out, stamp_length
from digest.language.corrections import is_notice, takes_back
from digest.language.datelines import dateline_end
from digest.language.english import is_english
from digest.language.headings import is_heading_line, lost_stops, run_in_heading
from digest.language.quotes import join_quoted
from digest.language.sentences import split_sentences
from digest.models import Article, Omission, Statement

# What stands before the first sentence of a line is never longer.
_MAX_FRONT = 200

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[•‣▪●◦⁃∙·]\s*(?=\S)|[*–—-]\s+(?=\S)|\(?\d{1,2}[.)]{1,2}\s+(?=\D))")
NOT_ENGLISH = "not in English"
# Reasons that say more about a last sentence than that it breaks off.
_FURNITURE = ("marker", "meta", "boilerplate")
_ENDED = re.compile(r"[.!?。！？]")
_LEAD_IN = re.compile(r"\s*[Hh]ere(?:[’']s| is| are)\b[^:.!?]{3,90}:\s+(?=\S)")


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


def extract_statements(article: Article, config: StatementsConfig) -> Extraction:
    """Cut an article into statements and omissions, in the order of the text.

    An article in another language has none, unless the configuration takes it: no check could hold its lines to
    anything.
    """
    pieces = tuple(_pieces(article, config))
    if not (config.other_languages or is_english(article.text)):
        pieces = tuple(replace(piece, reason=piece.reason or NOT_ENGLISH) for piece in pieces)
    if is_notice(article.title):
        pieces = tuple(_without_retracted(piece, article.text) for piece in pieces)
    kept = [piece for piece in pieces if piece.reason is None]
    return Extraction(
        statements=tuple(_statement(article, piece, position) for position, piece in enumerate(kept)),
        omissions=tuple(_omission(article, piece, piece.reason) for piece in pieces if piece.reason is not None),
    )


def _without_retracted(piece: _Piece, text: str) -> _Piece:
    """A sentence of a correction; what the wrong article said is no statement of anybody's."""
    return replace(piece, reason=piece.reason or ("retracted" if takes_back(text[piece.start : piece.end]) else None))


def _lines(text: str) -> list[re.Match[str]]:
    return [line for line in _LINE.finditer(text) if not line.group().isspace()]


def _is_heading(line: str, following: str | None) -> bool:
    return is_heading_line(line, following=following) and furniture(line.strip()) is None


def _heading_text(line: str) -> str:
    return line.strip("#*_: \t")


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


def _omission(article: Article, piece: _Piece, reason: str) -> Omission:
    text = article.text[piece.start : piece.end]
    return Omission(article_id=article.id, start=piece.start, end=piece.end, text=text, reason=reason)


def _pieces(article: Article, config: StatementsConfig) -> Iterator[_Piece]:
    """The text cut up, in order. A heading holds until the next one."""
    text, lines = article.text, _lines(article.text)
    heading: str | None = None
    if lines and lines[0].group().strip().casefold() == article.title.strip().casefold():
        yield _stripped(text, lines[0].start(), lines[0].end(), "title")
        del lines[0]
    for line, below in zip_longest(lines, lines[1:]):
        if _is_heading(line.group(), below.group() if below else None):
            pieces: Iterable[_Piece] = [_stripped(text, line.start(), line.end(), "heading")]
        else:
            pieces = _line_pieces(text, line.start(), line.end(), config)
        for piece in pieces:
            if piece.reason == "heading":
                heading = _heading_text(text[piece.start : piece.end])
            elif piece.reason not in _FURNITURE and _breaks_off(article, piece):
                piece = replace(piece, reason="truncated")
            yield replace(piece, heading=heading)


def _breaks_off(article: Article, piece: _Piece) -> bool:
    """Whether the article stops in this piece, in the middle of a sentence; a stub need not say so by an ellipsis.

    One that ends its earlier sentences with a mark does; a teaser of one sentence is often written without.
    """
    if article.stub and article.text[piece.end - 1].isalnum() and _ENDED.search(article.text, 0, piece.start):
        return True
    return is_truncated(article.text[piece.start : piece.end]) and not article.text[piece.end :].strip()


def _stripped(text: str, start: int, end: int, reason: str | None) -> _Piece:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return _Piece(start=start, end=end, reason=reason)


def _line_pieces(text: str, start: int, end: int, config: StatementsConfig) -> Iterator[_Piece]:
    """The pieces of one line that is no heading: what stands before its first sentence, then its sentences."""
    for front in _front(text, start, end):
        yield front
        start = front.end
    line = text[start:end]
    for first, last in join_quoted(line, split_sentences(line), max_words=config.max_words):
        yield from _sentence_pieces(text, start + first, start + last, config)


def _front(text: str, start: int, end: int) -> Iterator[_Piece]:
    """The bullet mark, the time stamp and the dateline that a line starts with."""
    if bullet := _BULLET.match(text, start, min(end, start + _MAX_FRONT)):
        yield _stripped(text, start, bullet.end(), "marker")
        start = bullet.end()
    begin = _stripped(text, start, end, None).start
    stamp = stamp_length(text[begin:end])
    if 0 < stamp < end - begin:
        yield _stripped(text, begin, begin + stamp, "timestamp")
        start = begin + stamp
    if end_of_dateline := dateline_end(text, start, min(end, start + _MAX_FRONT)):
        yield _stripped(text, start, end_of_dateline, "dateline")


def _sentence_pieces(
    text: str, start: int, end: int, config: StatementsConfig
) -> Iterator[_Piece]:
    """A sentence, after the bullet mark, a live page's hour, words to the reader and the heading that run into it."""
    if bullet := _BULLET.match(text, start, min(end, start + _MAX_FRONT)):
        yield _stripped(text, start, bullet.end(), "marker")
        start = bullet.end()
    if hour := clock_length(text[start : min(end, start + _MAX_FRONT)]):
        yield _stripped(text, start, start + hour, "timestamp")
        start += hour
    if lead_in := _LEAD_IN.match(text, start, min(end, start + _MAX_FRONT)):
        yield _stripped(text, start, lead_in.end(), "meta")
        start = lead_in.end()
    if length := run_in_heading(text[start:end]):
        heading = _stripped(text, start, start + length, "heading")
        yield replace(heading, reason=furniture(text[start : heading.end]) or "heading")
        start += length
    for stop in [start + offset for offset in lost_stops(text[start:end])] + [end]:
        reason = reason_to_leave_out(text[start:stop].strip(), min_words=config.min_words, max_words=config.max_words)
        yield _stripped(text, start, stop, reason)
        start = stop
