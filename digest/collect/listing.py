"""Pages that list many articles, saved as text."""

from __future__ import annotations

from datetime import datetime

from digest.collect.raw import RawArticle
from digest.config import SourceConfig


def find_listing(text: str, *, source: SourceConfig, page_time: datetime | None) -> tuple[RawArticle, ...]:
    """The articles of a listing; none when the text is a single article."""
    return ()
