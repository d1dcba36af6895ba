"""What a page says of itself: meta tags, JSON-LD, Open Graph, <time>."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from digest.collect.credits import split_names
from digest.collect.outlet_names import NAME_SEPARATORS, host_of
from digest.collect.times import parse_time

_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title", "sailthru.title")
_OUTLET = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name", "cre")
_LINK = ("og:url", "twitter:url", "parsely-link")
_PUBLISHED = (
    "article:published_time article:published og:article:published_time datepublished date pubdate publishdate "
    "publish-date publish_date dc.date dc.date.issued dc.date.created dcterms.created dcterms.date parsely-pub-date "
    "sailthru.date article.published publication_date originalpublicationdate citation_publication_date "
    "date_published ptime displaydate"
).split()
_UPDATED = (
    "article:modified_time article:modified og:updated_time datemodified last-modified dcterms.modified "
    "dc.date.modified utime"
).split()
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")
_TAGS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags")
_ARTICLE_TYPES = frozenset(
    "article newsarticle reportagenewsarticle blogposting analysisnewsarticle opinionnewsarticle liveblogposting "
    "reviewnewsarticle backgroundnewsarticle report".split()
)
_MAX_JSON_LD = 500_000  # characters; a page's own record is a few thousand
_MAX_NODES = 2_000
_MAX_TAGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of itself; what it does not say is None. `site` is who publishes the page."""

    title: str | None = None
    site: str | None = None
    link: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    lang: str | None = None
    tags: tuple[str, ...] = ()
    free: bool = True


def read_metadata(tree: Any) -> Metadata:
    """Read a page's own record of itself: JSON-LD first, then meta tags, then the elements of the page."""
    record = _article_record(tree)
    metas = _metas(tree)
    site = _site(tree, record, metas)
    published = _time(record, ("datePublished", "dateCreated", "uploadDate"), metas, _PUBLISHED)
    updated = _time(record, ("dateModified",), metas, _UPDATED)
    if "liveblogposting" in map(str.casefold, _types(record)):
        published = updated or published  # what it tells is as of its last entry, not of the morning it began
    return Metadata(
        title=_title(tree, record, metas),
        site=site,
        link=_link(tree, record, metas),
        published=published or _time_element(tree),
        updated=updated,
        authors=_authors(tree, record, metas),
        lang=_lang(tree, record, metas),
        tags=_tags(record, metas),
        free=str(record.get("isAccessibleForFree", True)).casefold() != "false",
    )


def _metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = (element.get("content") or "").strip()
        if key and value:
            metas.setdefault(key.strip().casefold(), []).append(value)
    return metas


def _first(metas: Mapping[str, list[str]], keys: Sequence[str]) -> str | None:
    return next((metas[key][0] for key in keys if key in metas), None)


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


def _site(tree: Any, record: Mapping[str, Any], metas: Mapping[str, list[str]]) -> str | None:
    """Who publishes the page. Of several names the one that also ends the page's <title>, else the best looking.

    A page that names nobody may still end its title with a name that its own address repeats: two signs that agree.
    """
    given = [_name(record.get("publisher")), *(metas[key][0] for key in _OUTLET if key in metas)]
    names = [_first_part(name) for name in given if name and not name.casefold().startswith(("http://", "https://"))]
    whole = _page_title(tree)
    tail = min((whole.rpartition(mark)[2].strip() for mark in NAME_SEPARATORS), key=len)
    tail = "" if tail == whole else tail
    if not names:
        return tail if tail and _abbreviates(host_of(_link(tree, record, metas)).partition(".")[0], tail) else None
    matching = [name for name in names if name.casefold() == tail.casefold()]
    # A domain or a handle ("coastradio", "coastradio.example") is a worse name than "Coast Radio".
    return min(matching or names, key=lambda name: "." in name or name.islower())


def _first_part(name: str) -> str:
    """A site's name without the slogan or sections behind a separator."""
    return min((name.partition(mark)[0].strip() for mark in NAME_SEPARATORS), key=len) or name


def _abbreviates(label: str, name: str) -> bool:
    """True when a host's first label is made of a name's letters in order: "nstar" and "The Northern Star"."""
    words = name.casefold().removeprefix("the ").split()
    if len(label) < 3 or not 1 <= len(words) <= 5 or label[0] not in (words[0][0], "t"):
        return False
    letters = iter("".join(name.casefold().split()))
    return all(letter in letters for letter in label.replace("-", ""))


def _page_title(tree: Any) -> str:
    return next((" ".join(element.text_content().split()) for element in tree.iter("title")), "")


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


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str) or value.casefold().startswith(("http://", "https://")):
        return None
    return value.strip() or None


def _title(tree: Any, record: Mapping[str, Any], metas: Mapping[str, list[str]]) -> str | None:
    heading = next((text for element in tree.iter("h1") if (text := " ".join(element.text_content().split()))), None)
    for candidate in (_name(record.get("headline")), _first(metas, _TITLE), heading, _page_title(tree)):
        if candidate and candidate.strip():
            return candidate.strip()
    return None


def _link(tree: Any, record: Mapping[str, Any], metas: Mapping[str, list[str]]) -> str | None:
    canonical = [e.get("href") or "" for e in tree.iter("link") if (e.get("rel") or "").casefold() == "canonical"]
    main = record.get("mainEntityOfPage")
    own = main.get("@id") if isinstance(main, Mapping) else main
    candidates = [*canonical, *(metas.get(key, [""])[0] for key in _LINK), record.get("url"), own]
    return next(
        (
            c.strip()
            for c in candidates
            if isinstance(c, str) and c.strip().casefold().startswith(("http://", "https://"))
        ),
        None,
    )


def _time(
    record: Mapping[str, Any], fields: Sequence[str], metas: Mapping[str, list[str]], keys: Sequence[str]
) -> datetime | None:
    values = [*(record.get(key) for key in fields), *(metas[key][0] for key in keys if key in metas)]
    return next((found for value in values if (found := parse_time(value))), None)


def _time_element(tree: Any) -> datetime | None:
    """The page's first <time datetime>, when it is marked as the publication's or stands alone."""
    elements = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [
        e for e in elements if e.get("pubdate") is not None or "datepublished" in (e.get("itemprop") or "").casefold()
    ]
    for element in marked or (elements if len(elements) == 1 else _in_header(elements)):
        if found := parse_time(element.get("datetime")):
            return found
    return None


def _in_header(elements: list[Any]) -> list[Any]:
    """Those <time> elements that stand in the header of the page's article."""
    return [
        e
        for e in elements
        if any(
            parent.tag == "header" and parent.getparent().tag in ("article", "main")
            for parent in e.iterancestors()
            if parent.getparent() is not None
        )
    ]


def _authors(tree: Any, record: Mapping[str, Any], metas: Mapping[str, list[str]]) -> tuple[str, ...]:
    listed = record.get("author")
    people = [name for part in (listed if isinstance(listed, list) else [listed]) if (name := _name(part))]
    if not people:
        people = [
            name
            for key in _AUTHORS
            for value in metas.get(key, [])
            if not value.casefold().startswith(("http://", "https://", "@"))
            for name in split_names(value)
        ]
    if not people:
        rel = [e.text_content() for e in tree.iter("a") if (e.get("rel") or "").casefold() == "author"]
        people = [name for text in rel for name in split_names(text)]
    return tuple(dict.fromkeys(people))


def _lang(tree: Any, record: Mapping[str, Any], metas: Mapping[str, list[str]]) -> str | None:
    root = tree.getroottree().getroot()
    declared = record.get("inLanguage")
    return (
        root.get("lang")
        or (declared if isinstance(declared, str) else None)
        or _first(metas, ("og:locale", "language", "content-language"))
    )


def _tags(record: Mapping[str, Any], metas: Mapping[str, list[str]]) -> tuple[str, ...]:
    values = record.get("keywords")
    listed = values if isinstance(values, list) else [values]
    texts = [value for value in listed if isinstance(value, str)] or next(
        (metas[key] for key in _TAGS if key in metas), []
    )
    tags = [tag.strip() for text in texts for tag in text.split(",")]
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:_MAX_TAGS]
