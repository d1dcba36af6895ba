"""What a page says of itself: JSON-LD, meta tags, <time>. Their fields have the names that `records` knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from digest.collect.credits import split_names
from digest.collect.outlet_names import NAME_SEPARATORS, fits_host, host_of, site_label
from digest.collect.raw import RawArticle
from digest.collect.records import raw_from_record
from digest.collect.times import parse_time

# "og:title", "DC.title", "parsely-title": one field. twitter:site and twitter:creator are handles.
_COINED_BY = re.compile(
    r"^(?:(?:og:)?article[:.]|og:|dc(?:terms)?[.:]|parsely-|sailthru\.|citation_|twitter:(?=title|url))", re.IGNORECASE
)
# Names that say something else in a page's head: of the template, of a picture, of the site.
_BARE = frozenset("name subject id source url link media origin provider".split())
_REPEATED = ("author", "creator", "tag", "keywords")  # of these a page may have several, each with a value of its own
_ARTICLE_TYPES = frozenset(
    "article newsarticle reportagenewsarticle blogposting analysisnewsarticle opinionnewsarticle liveblogposting "
    "reviewnewsarticle backgroundnewsarticle report".split()
)
_MAX_JSON_LD = 500_000  # characters; a page's own record is a few thousand
_MAX_NODES = 2_000
_MAX_TAGS = 20


def read_metadata(tree: Any) -> RawArticle:
    """Read a page's own record of itself: JSON-LD first, then meta tags, then the elements of the page.

    The text is empty. `outlet` is who publishes the page, `stub` that it says of itself that it is not free.
    """
    record, metas = _article_record(tree), _metas(tree)
    own, told = raw_from_record(record), raw_from_record(metas)
    link = _canonical(tree) or told.link or own.link
    published, updated = own.published or told.published, own.updated or told.updated
    if "liveblogposting" in map(str.casefold, _types(record)):
        published = updated or published  # what it tells is as of its last entry, not of the morning it began
    return RawArticle(
        text="",
        title=own.title or told.title or _text_of_first(tree, "h1") or _text_of_first(tree, "title"),
        outlet=_site(own.outlet, told.outlet, title=_text_of_first(tree, "title"), link=link),
        link=link,
        published=published or _time_element(tree),
        updated=updated,
        authors=own.authors or told.authors or _linked_authors(tree),
        lang=tree.getroottree().getroot().get("lang") or own.lang or told.lang,
        tags=tuple(dict.fromkeys(own.tags or told.tags))[:_MAX_TAGS],
        stub=str(record.get("isAccessibleForFree", True)).casefold() == "false",
    )


def _metas(tree: Any) -> dict[str, str | list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = (element.get("content") or "").strip()
        told = key and value and key.strip().casefold() not in _BARE
        if told and not (key.strip().casefold().endswith("publisher") and value.startswith("http")):
            metas.setdefault(_COINED_BY.sub("", key.strip().casefold(), count=1), []).append(value)
    return {key: values if key in _REPEATED else values[0] for key, values in metas.items()}


def _article_record(tree: Any) -> Mapping[str, Any]:
    """The JSON-LD node that describes the article, or an empty one."""
    for element in tree.iter("script"):
        if (element.get("type") or "").split(";")[0].strip().casefold() != "application/ld+json":
            continue
        text = element.text or ""
        if len(text) > _MAX_JSON_LD:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            if any(kind.casefold() in _ARTICLE_TYPES for kind in _types(node)):
                return node
    return {}


def _site(*names: str | None, title: str | None, link: str | None) -> str | None:
    """Who publishes the page. Of several names the one that also ends the page's <title>, else the best looking.

    A page that names nobody may still end its title with a name that its own address repeats: two signs that agree.
    """
    given = [_first_part(name) for name in names if name]
    whole = title or ""
    tail = min((whole.rpartition(mark)[2].strip() for mark in NAME_SEPARATORS), key=len)
    if not given:
        return tail if tail != whole and fits_host(tail, site_label(host_of(link))) else None
    matching = [name for name in given if name.casefold() == tail.casefold() != whole.casefold()]
    # A domain or a handle ("coastradio", "coastradio.example") is a worse name than "Coast Radio".
    return min(matching or given, key=lambda name: "." in name or name.islower())


def _first_part(name: str) -> str:
    """A site's name without the slogan or sections behind a separator."""
    return min((name.partition(mark)[0].strip() for mark in NAME_SEPARATORS), key=len) or name


def _text_of_first(tree: Any, tag: str) -> str | None:
    return next((text for element in tree.iter(tag) if (text := " ".join(element.text_content().split()))), None)


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD document, breadth first, bounded."""
    queue = [value]
    for _ in range(_MAX_NODES):
        if not queue:
            return
        node = queue.pop(0)
        if isinstance(node, list):
            queue.extend(node)
        elif isinstance(node, dict):
            yield node
            queue.extend(
                node[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(node.get(key), (dict, list))
            )


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _canonical(tree: Any) -> str | None:
    links = (e.get("href") or "" for e in tree.iter("link") if (e.get("rel") or "").casefold() == "canonical")
    return next((link.strip() for link in links if link.strip().casefold().startswith(("http://", "https://"))), None)


def _time_element(tree: Any) -> datetime | None:
    """The page's first <time datetime>, when it is marked as the publication's or stands alone."""
    elements = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [
        e for e in elements if e.get("pubdate") is not None or "datepublished" in (e.get("itemprop") or "").casefold()
    ]
    alone = elements if len(elements) == 1 else [e for e in elements if _heads_an_article(e)]
    return next((found for e in marked or alone if (found := parse_time(e.get("datetime")))), None)


def _heads_an_article(element: Any) -> bool:
    """Whether it stands in the header of the page's article."""
    headers = [parent for parent in element.iterancestors("header") if parent.getparent() is not None]
    return any(header.getparent().tag in ("article", "main") for header in headers)


def _linked_authors(tree: Any) -> tuple[str, ...]:
    links = (e.text_content() for e in tree.iter("a") if (e.get("rel") or "").casefold() == "author")
    return tuple(name for text in links for name in split_names(text))
