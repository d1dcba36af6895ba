"""What the readers of the single formats hand on: an article as its file has it, before cleaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from digest.errors import CollectError

MAX_TEXT_CHARS = 1_000_000  # of one article: about 170,000 words, a thick book


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One text as its file gives it. What the file does not say is None or empty; nothing is guessed.

    `entry` counts from 1 where a file holds many articles, and is None where it holds one. Datetimes are aware, UTC.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    carrier: str | None = None
    link: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = field(default=())
    lang: str | None = None
    tags: tuple[str, ...] = field(default=())
    stub: bool = False
    entry: int | None = None


def check_length(text: str, *, label: str) -> str:
    """Return the text. Raises CollectError when it is too long for one article: every later stage counts on it."""
    if len(text) > MAX_TEXT_CHARS:
        raise CollectError(label, f"holds {len(text):,} characters of text, too many for one article: split it")
    return text
