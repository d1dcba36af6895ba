"""The page behind a feed's entry: when to fetch it, and whether what it holds is the article."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from digest.collect.decode import decode
from digest.collect.entries import Entry, word_count
from digest.collect.fetch import Fetched
from digest.collect.page import read_markup
from digest.collect.raw import RawArticle
from digest.config import SourceConfig
from digest.errors import CollectError

_LONG_WORD = re.compile(r"\w{4,40}")
_MIN_SHARED = 0.4  # of the entry's long words that its page must hold; consent and error pages share next to none
_MIN_GAIN = 20  # words that a page must have beyond the teaser: a heading and a date line are no article
_MIN_WORDS = 4  # fewer long words say nothing


def wants_page(entry: Entry, source: SourceConfig, *, since: datetime | None) -> bool:
    """True when the entry's page is to be fetched: never for one that is older than the window."""
    raw = entry.raw
    if source.full_text is False or raw.link is None:
        return False
    if since is not None and raw.published is not None and raw.published < since:
        return False
    return entry.teaser or source.full_text is True


def read_article_page(fetched: Fetched, *, label: str) -> RawArticle:
    """The article of a fetched page. Raises CollectError when it holds none."""
    text = decode(fetched.body, label=label, declared=fetched.charset, look=True)
    return read_markup(text, label=label, source=SourceConfig(page=fetched.url, aggregator=False))[0]


def with_page(entry: Entry, page: RawArticle, *, label: str) -> RawArticle:
    """The entry with its page's text. Raises CollectError when the page holds something else, or no more.

    What the feed says of title, date and authors stands; the page fills in what it leaves out.
    """
    raw = entry.raw
    if not _is_about(page.text, raw):
        raise CollectError(label, "the page shows something else")
    if word_count(page.text) < word_count(raw.text) + _MIN_GAIN:
        raise CollectError(label, "the page shows no more than the feed")
    nameless = raw.outlet is None or ("." in raw.outlet and " " not in raw.outlet)  # only a host is known
    return replace(
        raw,
        text=page.text,
        title=raw.title or page.title,
        outlet=page.outlet or raw.outlet if nameless else raw.outlet,
        published=raw.published or page.published,
        updated=raw.updated or page.updated,
        authors=raw.authors or page.authors,
        lang=raw.lang or page.lang,
        tags=raw.tags or page.tags,
        stub=page.stub,
    )


def _is_about(text: str, raw: RawArticle) -> bool:
    """True when the page holds the words of the entry's title and teaser."""
    wanted = set(_LONG_WORD.findall(f"{raw.title or ''} {raw.text[:1000]}".casefold()))
    if len(wanted) < _MIN_WORDS:
        return True
    found = set(_LONG_WORD.findall(text.casefold()))
    return len(wanted & found) >= _MIN_SHARED * len(wanted)
