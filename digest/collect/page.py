"""Web pages saved as files: the article's text through trafilatura, its metadata from the page's own record."""

from __future__ import annotations

import copy
import re
from typing import Any

from digest.collect.credits import take_credits
from digest.collect.decode import decode
from digest.collect.markup import parse_html, text_of
from digest.collect.metadata import Metadata, read_metadata
from digest.collect.plaintext import without_title
from digest.collect.raw import RawArticle
from digest.config import SourceConfig
from digest.errors import CollectError

_MIN_WORDS = 6  # fewer are a heading or a notice, not an article


def read_page(content: bytes, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The article of a page, or the articles that it lists. Raises CollectError when it holds none."""
    return read_markup(decode(content, label=label, look=True), label=label, source=source)


def read_markup(text: str, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The same for a page that is decoded already."""
    tree = parse_html(text, label=label)
    metadata = read_metadata(tree)
    return (_article(tree, metadata, label=label),)


def _article(tree: Any, metadata: Metadata, *, label: str) -> RawArticle:
    body = main_text(tree)
    if len(body.split()) < _MIN_WORDS:
        raise CollectError(label, "no article text was found on the page")
    credits = take_credits(body, header=False)
    outlet, carrier = _publishers(metadata.site, credited=credits.outlet, first_on=credits.first_on)
    title = metadata.title or credits.title
    return RawArticle(
        text=without_title(credits.text, title) if title else credits.text,
        title=title,
        outlet=outlet,
        carrier=carrier,
        link=metadata.link,
        published=metadata.published,
        updated=metadata.updated,
        authors=metadata.authors,
        lang=metadata.lang,
        tags=metadata.tags,
        stub=not metadata.free and len(body.split()) < 150,
    )


def _publishers(site: str | None, *, credited: str | None, first_on: str | None) -> tuple[str | None, str | None]:
    """The outlet and the carrier: a text that is credited to another outlet was only carried by the site."""
    outlet = credited or first_on or site
    others = [name for name in (site, first_on) if name and outlet and name.casefold() != outlet.casefold()]
    return outlet, (others[0] if others else None)


def main_text(tree: Any) -> str:
    """The article's text in lines. trafilatura with favor_precision; where it finds nothing, the page's paragraphs."""
    import trafilatura

    # trafilatura changes the tree it is given.
    found: Any = trafilatura.bare_extraction(
        copy.deepcopy(tree), favor_precision=True, include_comments=False, with_metadata=False, deduplicate=False
    )
    if found is not None and found.body is not None and (text := _lines_of(found.body)):
        return text
    paragraphs = [" ".join(element.text_content().split()) for element in tree.iter("p")]
    return "\n\n".join(paragraph for paragraph in paragraphs if len(paragraph.split()) > 3)


def _lines_of(body: Any) -> str:
    """trafilatura's own element tree (head, p, list/item, quote, table) as lines."""
    for item in body.iter("item"):
        for block in list(item.iter("p")):
            block.tag = "hi"  # a paragraph inside a bullet is the bullet
        item.tag = "li"
    for line_break in body.iter("lb"):
        line_break.tag = "br"
    for name, html_name in (("head", "h2"), ("list", "ul"), ("quote", "blockquote"), ("row", "tr"), ("cell", "span")):
        for element in body.iter(name):
            element.tag = html_name
    return re.sub(r"(?m)^- -+ ?", "- ", text_of(body))
