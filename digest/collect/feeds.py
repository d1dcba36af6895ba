"""RSS, Atom and JSON feeds: bytes in, entries out. Nothing here opens a connection or a file.

feedparser reads XML, given bytes in memory (it would open a path or an address). Entity declarations are refused
before it sees them, and no more entries are parsed than will be read.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from digest.collect.clean import tidy_field
from digest.collect.decode import bare_xml, decode
from digest.collect.entries import Entry, json_entry, newest_first, parsed_entry, stripped, with_source
from digest.collect.outlet_names import feed_outlet, host_of, is_carrier
from digest.collect.raw import RawArticle
from digest.collect.shape import check_shape
from digest.config import SourceConfig
from digest.errors import CollectError

_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s{0,9}>", re.IGNORECASE)
_WEB_PAGE = re.compile(
    r"\s{0,99}(?:<!--[^<>]{0,500}-->\s{0,99}){0,3}(?:<!doctype\s{1,99}html|<html|<head|<body)", re.IGNORECASE
)
_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"""type\s?=\s?["']?application/(?:rss\+xml|atom\+xml|feed\+json)""", re.IGNORECASE)
_HREF = re.compile(r"""href\s?=\s?["']?([^"'\s<>]{1,2000})""", re.IGNORECASE)
_LINKS_WITHIN = 200_000  # characters of a web page in which the link to its feed is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's entries (newest first, at most as many as asked for), and how many it had."""

    entries: tuple[Entry, ...]
    found: int

    @property
    def newest(self) -> datetime | None:
        """When the newest dated entry was published."""
        return next((entry.raw.published for entry in self.entries if entry.raw.published), None)


def read_feed(body: bytes, *, url: str, label: str, charset: str | None = None, max_items: int = 500) -> Feed:
    """Read a feed of any kind. `url` is where it was fetched, `charset` what the answer's header named.

    Raises CollectError that says what the body is instead.
    """
    if not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise CollectError(label, "answered with nothing")
    text = decode(body, label=label, declared=charset, look=True).lstrip("\ufeff \t\r\n\x00")
    if text.startswith("{"):
        return _json_feed(text, url=url, label=label, max_items=max_items)
    if _ENTITY.search(text):
        raise CollectError(label, "declares entities, which no feed needs; it is not read")
    if _WEB_PAGE.match(text) and not _ROOT.search(text, 0, 1000):
        raise CollectError(label, f"answered with a web page, not a feed{_advertised(text, url)}")
    return _xml_feed(text, url=url, label=label, max_items=max_items)


def read_feed_file(content: bytes, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The entries of a feed in a file; what only teases is marked, no page is fetched. Raises CollectError."""
    feed = read_feed(content, url=source.link or "", label=label)
    return tuple(
        replace(entry.raw, stub=entry.teaser, entry=number) for number, entry in enumerate(feed.entries, start=1)
    )


def _xml_feed(text: str, *, url: str, label: str, max_items: int) -> Feed:
    import feedparser

    shortened, found = _shortened(text, max_items=max_items)
    check_shape(shortened, label=label)
    document = bare_xml(shortened)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        parsed = feedparser.parse(
            io.BytesIO(document.encode("utf-8", errors="replace")),
            response_headers=headers,
            sanitize_html=False,  # the markup is turned into text, not shown
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever a hostile feed makes a lenient parser stumble over
        raise CollectError(label, f"cannot be read as a feed ({type(error).__name__})") from error
    if not parsed.get("version") and not parsed.entries:
        raise CollectError(label, "answered with something that is no RSS, Atom or JSON feed")
    home = urljoin(url, stripped(parsed.feed.get("link")) or "")
    lang = stripped(parsed.feed.get("language"))
    entries = [parsed_entry(entry, lang=lang, base=home or url) for entry in parsed.entries]
    found = max(found, len(entries))
    title = stripped(parsed.feed.get("title"))
    return _feed(entries, title=title, home=home, url=url, found=found, max_items=max_items)


def _json_feed(text: str, *, url: str, label: str, max_items: int) -> Feed:
    try:
        feed = json.loads(text, strict=False)
    except (json.JSONDecodeError, RecursionError) as error:
        raise CollectError(label, "is not valid JSON") from error
    listed = feed.get("items")
    if "jsonfeed.org" not in str(feed.get("version", "")) or not isinstance(listed, list):
        raise CollectError(label, "answered with JSON that is no JSON Feed")
    home = urljoin(url, stripped(feed.get("home_page_url")) or "")
    lang = stripped(feed.get("language"))
    kept = listed if len(listed) <= 2 * max_items else listed[:max_items] + listed[-max_items:]
    entries = [json_entry(entry, lang=lang, base=home) for entry in kept if isinstance(entry, dict)]
    return _feed(entries, title=stripped(feed.get("title")), home=home, url=url, found=len(listed), max_items=max_items)


def _feed(entries: Sequence[Entry], *, title: str | None, home: str, url: str, found: int, max_items: int) -> Feed:
    title = tidy_field(title)
    outlet = feed_outlet(title, home=home or url)
    carries = is_carrier([entry.raw.link for entry in entries], home=home, url=url)
    newest = newest_first(entries)[:max_items]
    published = tuple(_published(entry, name=title, outlet=outlet, carries=carries, home=home) for entry in newest)
    return Feed(entries=published, found=found)


def _published(entry: Entry, *, name: str | None, outlet: str | None, carries: bool, home: str) -> Entry:
    """The entry with its outlet; where the feed only carries it, the feed's own name is the carrier."""
    told = entry.source_title
    if told and told.casefold() not in ((name or "").casefold(), (outlet or "").casefold()):
        return with_source(entry, outlet=feed_outlet(told, home=entry.source_link) or told, carrier=outlet)
    if carries and host_of(entry.raw.link) not in ("", host_of(home)):
        return with_source(entry, outlet=host_of(entry.raw.link), carrier=outlet or name)
    return with_source(entry, outlet=outlet or host_of(home) or None, carrier=None)


def _shortened(text: str, *, max_items: int) -> tuple[str, int]:
    """The feed with the entries of its middle cut out when it has more than can be read, and how many it has.

    Feeds begin with the newest entry or, rarely, with the oldest: both ends are kept, each as long as all of what
    will be read.
    """
    ends = [match.end() for match in _ITEM_END.finditer(text)]
    if len(ends) <= 2 * max_items:
        return text, len(ends)
    return text[: ends[max_items - 1]] + text[ends[-max_items - 1] :], len(ends)


def _advertised(page: str, url: str) -> str:
    """The feed that a web page names, in words, or nothing."""
    for link in _LINK.findall(page[:_LINKS_WITHIN]):
        href = _HREF.search(link)
        if href and _FEED_TYPE.search(link):
            return f"; the page names {urljoin(url, href[1])}"
    return ""
