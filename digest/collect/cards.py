"""Pages that list many articles, as HTML: repeated blocks ("cards"), each with a headline, a time, a text.

Cards are found by repetition alone: elements of the same tag, class and depth, three or more of them, most with a
heading and a body. Their words must outweigh the rest of the page: an article with teasers beside it is no listing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from digest.collect.clean import tidy_line
from digest.collect.listing import (
    MIN_BODY_WORDS,
    Header,
    app_name,
    find_listing,
    is_body_line,
    is_listing,
    numbered,
    read_header,
    time_line,
    without_furniture,
)
from digest.collect.markup import BLOCKS, SKIPPED, text_of
from digest.collect.raw import RawArticle
from digest.collect.times import parse_time
from digest.config import SourceConfig

_CARD_TAGS = frozenset(("article", "div", "section", "li", "tr", "td"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WHOLE = frozenset((*_HEADINGS, "p", "blockquote", "pre", "time"))
_MIN_CARDS = 3
_LABEL_WORDS = 20  # a list item of fewer words is a label
_MIN_SHARE = 0.6  # of the page's words of body that must stand inside cards
_OUTLET_MARKS = ("source", "publisher", "outlet", "provider", "publication", "brand", "site-name", "sitename")
_TAG_MARKS = ("tag", "topic", "category", "categories")


def find_cards(tree: Any, metadata: RawArticle, *, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The articles a page lists; none when it is a single article, or `source.aggregator` is false."""
    if source.aggregator is False:
        return ()
    page_time = parse_time(source.published) or metadata.published or metadata.updated
    cards = _cards(tree)
    carrier = metadata.outlet or (app_name(card_lines(tree)) if cards else None)
    entries = [_entry(card, metadata, carrier=carrier, page_time=page_time) for card in cards]
    full = [entry for entry in entries if len(entry.text.split()) >= MIN_BODY_WORDS]
    if full and (source.aggregator or (is_listing(entries) and _share(tree, full) >= _MIN_SHARE)):
        return numbered(entries)
    return find_listing(text_of(tree), source=source, page_time=page_time, site=metadata.outlet)


def _cards(tree: Any) -> list[Any]:
    """The group of like elements that holds most of the page's body; the outermost where groups hold the same."""
    groups: dict[tuple[int, str, str], list[Any]] = {}
    for element, depth in _elements(tree):
        if element.tag in _CARD_TAGS:
            groups.setdefault((depth, element.tag, element.get("class") or ""), []).append(element)
    best: list[Any] = []
    most = 0
    for key in sorted(groups):  # the shallowest first, so that of equals the outermost wins
        cards = (
            [element for element in groups[key] if _heading(element) is not None]
            if len(groups[key]) >= _MIN_CARDS
            else []
        )
        if len(cards) < _MIN_CARDS:
            continue
        body = sum(len(line.split()) for card in cards for line in card_lines(card) if is_body_line(line))
        if body > most:
            best, most = cards, body
    return best


def _elements(tree: Any) -> Iterator[tuple[Any, int]]:
    stack = [(tree, 0)]
    while stack:
        element, depth = stack.pop()
        if not isinstance(element.tag, str) or element.tag in SKIPPED - {"head"} or element.tag == "head":
            continue
        yield element, depth
        stack.extend((child, depth + 1) for child in reversed(element))


def _heading(card: Any) -> Any:
    return next((element for element in card.iter(*_HEADINGS) if element.text_content().strip()), None)


def _share(tree: Any, entries: Sequence[RawArticle]) -> float:
    whole = sum(len(line.split()) for line in card_lines(tree) if is_body_line(line))
    return sum(len(entry.text.split()) for entry in entries) / max(1, whole)


def card_lines(card: Any) -> list[str]:
    """The texts of a card, one line each: a paragraph or heading whole, anything else by its elements."""
    return [line for text in _texts(card) if (line := tidy_line(" ".join(text.split())))]


def _texts(element: Any) -> Iterator[str]:
    """Depth is bounded by the HTML parser's own limit."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return
    if element.tag in _WHOLE or _is_prose(element):
        text = element.text_content()
        yield f"- {text.strip()}" if element.tag == "li" else text
        return
    mark = "- " if element.tag == "li" and len(element.text_content().split()) < _LABEL_WORDS else ""
    yield mark + (element.text or "")
    for child in element:
        for text in _texts(child):
            yield mark + text if text.strip() and not text.startswith("- ") else text
        yield mark + (child.tail or "") if (child.tail or "").strip() else ""


def _is_prose(element: Any) -> bool:
    """True for an element with running text and only inline elements inside."""
    own = sum(len(part.split()) for part in [element.text or "", *(child.tail or "" for child in element)])
    return own >= 8 and not any(inner.tag in BLOCKS and inner.tag != "br" for inner in element.iterdescendants())


def _entry(card: Any, metadata: RawArticle, *, carrier: str | None, page_time: datetime | None) -> RawArticle:
    heading = _heading(card)
    title = " ".join(heading.text_content().split())
    lines = card_lines(card)
    times = {number: found for number, line in enumerate(lines) if (found := time_line(line)) is not None}
    when = next(iter(times), None)
    first = next((n for n, line in enumerate(lines) if is_body_line(line) and line != title), len(lines))
    header = _header(lines, when=when, first=first, title=title)
    outlet = next(iter(_marked(card, _OUTLET_MARKS)), None)
    body = [line for n, line in enumerate(lines) if n >= first and n != when and line not in (title, header.outlet)]
    return RawArticle(
        text="\n\n".join(without_furniture(_until_last_body_line(body))),
        title=title,
        outlet=outlet or (times[when].outlet if when is not None else None) or header.outlet,
        carrier=carrier,
        link=_link(card, heading, base=metadata.link),
        published=_element_time(card) or (times[when].resolve(page_time) if when is not None else None),
        lang=metadata.lang,
        tags=header.tags or _marked(card, _TAG_MARKS),
    )


def _header(lines: Sequence[str], *, when: int | None, first: int, title: str) -> Header:
    """The header read around the time line, which may also follow the body; or the lines before the body."""
    if when is None:
        return read_header(before=[], after=[title, *lines[:first]], outlet=None)
    before = [line for line in lines[max(0, when - 4) : when] if not is_body_line(line)]
    after = [line for line in lines[when + 1 : max(first, when + 4)] if not is_body_line(line)]
    named = read_header(before=[title, *before], after=after, outlet=None)
    return Header(title=title, outlet=named.outlet if named.outlet != title else None, tags=named.tags)


def _until_last_body_line(lines: Sequence[str]) -> Sequence[str]:
    """Without the short lines at the end, which are a card's buttons and labels."""
    last = max((n for n, line in enumerate(lines) if is_body_line(line)), default=-1)
    return lines[: last + 1]


def _element_time(card: Any) -> datetime | None:
    return next((found for element in card.iter("time") if (found := parse_time(element.get("datetime")))), None)


def _link(card: Any, heading: Any, *, base: str | None) -> str | None:
    """Where the headline leads: the link inside it or around it, else the card's first."""
    inside = list(heading.iter("a"))
    around = list(heading.iterancestors("a"))
    for element in (*inside, *around, *card.iter("a")):
        address = (element.get("href") or "").strip()
        if not address or address.startswith("#"):
            continue
        try:
            return urljoin(base, address) if base else address
        except ValueError:  # a malformed address
            continue
    return None


def _marked(card: Any, marks: tuple[str, ...]) -> tuple[str, ...]:
    """The short texts of the innermost elements whose class, itemprop or rel says what they are."""
    found = []
    for element in card.iter():
        if not isinstance(element.tag, str) or len(element) or element.tag in SKIPPED:
            continue
        words = (
            " ".join(element.get(name) or "" for name in ("class", "itemprop", "rel"))
            .casefold()
            .replace("_", "-")
            .split()
        )
        text = " ".join(element.text_content().split())
        if (
            text
            and len(text.split()) <= 6
            and any(mark in word.split("-") or mark == word for word in words for mark in marks)
        ):
            found.append(text)
    return tuple(dict.fromkeys(found))
