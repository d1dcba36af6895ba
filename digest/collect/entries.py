"""The entries of feeds: what feedparser or a JSON Feed gives for one, as a raw article and what is known of its length.

Content is preferred over summary, whichever is longer read as text. An entry without a date stays without one.
"""

from __future__ import annotations

import re
import time
from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from digest.collect.clean import tidy_field
from digest.collect.decode import unescape
from digest.collect.finish import web_link
from digest.collect.markup import text_of_fragment
from digest.collect.raw import RawArticle
from digest.collect.records import raw_from_record
from digest.collect.times import parse_time

_TEASER_WORDS = 120  # a summary with fewer words is a teaser when the feed gives no content beside it
_BREAKS_OFF_WORDS = 200  # a text that breaks off is one up to here
_WHOLE_WORDS = 60  # a content with fewer words is looked at like a summary: many systems put the excerpt there
_BREAKS_OFF = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\))\s*$"
    r"|(?:continue reading|read more|read the full (?:story|article)|weiterlesen|lire la suite|leer más|les mer)"
    r"\s?(?:→|»|>|…|\.{1,3})?\s*$",
    re.IGNORECASE,
)
_READ_MORE = re.compile(
    r"(?:\s|^)(?:continue reading|read more|read the full (?:story|article))\s?(?:→|»|>|…|\.{1,3})?\s*$", re.IGNORECASE
)
_WIDE = re.compile(r"[\u3040-\u9fff]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_TRACKING = ("utm_", "at_medium", "at_campaign", "at_link", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid")
_MAX_TAGS = 20
_TAIL = 200  # characters at the end of a text in which a "read more" is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed. `teaser` says that its text is only the beginning of one; `key` tells it from the others."""

    raw: RawArticle
    teaser: bool
    key: str
    source_title: str | None = None
    source_link: str | None = None


def parsed_entry(parsed: Mapping[str, Any], *, lang: str | None, base: str) -> Entry:
    """An entry as feedparser gives it."""
    # A plain dict on purpose: feedparser's own `get` answers for `updated` with `published`.
    fields = dict(parsed)
    content = max((_text(part.get("value")) for part in fields.get("content", ())), key=len, default="")
    summary = _text(fields.get("summary"))
    text = content if len(content) >= len(summary) else summary
    link = plain_link(fields.get("feedburner_origlink") or fields.get("link"), base=base)
    updated = _moment(fields, "updated")
    published = _moment(fields, "published") or _moment(fields, "created") or updated
    origin = fields.get("source") or {}
    raw = RawArticle(
        text=text[:-_TAIL] + _READ_MORE.sub("", text[-_TAIL:]),
        title=tidy_field(_text(fields.get("title"))),
        link=link,
        published=published,
        updated=updated if updated != published else None,
        authors=tuple(name for author in fields.get("authors", ()) if (name := _author(author))),
        lang=stripped((fields.get("summary_detail") or {}).get("language")) or lang,
        tags=tuple(term for tag in fields.get("tags", ())[:_MAX_TAGS] if (term := tag.get("term"))),
    )
    return Entry(
        raw=raw,
        teaser=is_teaser(text, whole=bool(content)),
        key=str(fields.get("id") or link or raw.title or text[:200]),
        source_title=tidy_field(origin.get("title")),
        source_link=web_link(origin.get("href") or origin.get("link")),
    )


def json_entry(entry: Mapping[str, Any], *, lang: str | None, base: str) -> Entry:
    """An entry of a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    markup = stripped(entry.get("content_html"))  # beside which `content_text` may be a teaser
    found = raw_from_record({key: value for key, value in entry.items() if not (markup and key == "content_text")})
    links = (plain_link(stripped(entry.get(key)), base=base) for key in ("url", "external_url"))
    raw = replace(
        found,
        title=tidy_field(found.title),
        link=next(filter(None, links), None),
        published=found.published or found.updated,
        updated=found.updated if found.published else None,
        lang=found.lang or lang,
        tags=found.tags[:_MAX_TAGS],
        stub=False,
    )
    whole = any(stripped(entry.get(key)) for key in ("content_html", "content_text"))
    key = entry.get("id")
    return Entry(
        raw=raw,
        teaser=is_teaser(raw.text, whole=whole),
        key=str(key) if isinstance(key, (str, int)) else raw.link or raw.title or raw.text[:200],
    )


def is_teaser(text: str, *, whole: bool) -> bool:
    """True for a text that is only an article's beginning; `whole` says that the feed calls it the content."""
    size = word_count(text)
    if size < _BREAKS_OFF_WORDS and _BREAKS_OFF.search(text[-_TAIL:]):
        return True
    return size < (_WHOLE_WORDS if whole else _TEASER_WORDS)


def word_count(text: str) -> int:
    """Words; for scripts without spaces between them, two characters count as one."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text.split()) + wide // 2


def plain_link(link: str | None, *, base: str) -> str | None:
    """A web address, absolute, without the parameters that only count clicks; None for what is no web address."""
    try:
        joined = web_link(urljoin(base, (link or "").strip())) if link else None
        if joined is None:
            return None
        parts = urlsplit(joined)
        if not parts.hostname:
            return None
    except ValueError:  # a malformed address
        return None
    if not any(mark in parts.query.casefold() for mark in _TRACKING):
        return joined
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not key.casefold().startswith(_TRACKING)]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Entries by date, those without one last, each key once: the newest of it."""
    ordered = sorted(entries, key=lambda entry: -(at.timestamp()) if (at := entry.raw.published) else float("inf"))
    return list({entry.key: entry for entry in reversed(ordered)}.values())[::-1]


def with_source(entry: Entry, *, outlet: str | None, carrier: str | None) -> Entry:
    """The entry with its publisher set."""
    return replace(entry, raw=replace(entry.raw, outlet=outlet, carrier=carrier))


def _text(value: str | None) -> str:
    """A text construct's text. Markup is looked for whatever its type says: many feeds have it escaped once more."""
    text = value or ""
    for _ in range(2):
        if "<" in text and _MARKUP.search(text):
            text = text_of_fragment(text, one_article=True)
        elif "&" in text:
            text = unescape(text)
    return text.strip()


def _moment(fields: Mapping[str, Any], key: str) -> datetime | None:
    """A date of an entry; feedparser reads more spellings than `parse_time` does."""
    moment = parse_time(fields.get(key))
    if moment is not None:
        return moment
    read = fields.get(f"{key}_parsed")
    if not isinstance(read, time.struct_time):
        return None
    try:
        return parse_time(datetime.fromtimestamp(timegm(read), tz=UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _author(author: Any) -> str | None:
    name = stripped(author.get("name")) if isinstance(author, dict) else None
    return None if name and "@" in name and " " not in name else name


def stripped(value: Any) -> str | None:
    """A field's text without the blanks around it; None for what is no text, or nothing but blanks."""
    return value.strip() or None if isinstance(value, str) else None
