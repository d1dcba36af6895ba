"""Web pages saved as files: the article's text through trafilatura, its metadata from the page's own record."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any

from digest.collect.cards import find_cards
from digest.collect.decode import decode
from digest.collect.entries import word_count
from digest.collect.markup import parse_html, text_of
from digest.collect.metadata import read_metadata
from digest.collect.raw import RawArticle
from digest.config import SourceConfig
from digest.errors import CollectError

_MIN_WORDS = 6  # fewer are a heading or a notice, not an article
# What browsers, and an extension that many use for it, write at the head of a page that they save.
_SAVED_FROM = re.compile(r"(?:saved from url=\(\d{1,6}\)|SingleFile\s{1,9}url:\s)(https?://[^\s<>]{1,2000})")
_SAVED_WITHIN = 2048
_WALLED_WORDS = 150  # a page that says it is not free, with fewer words, shows only its beginning


_HTML_NAMES = {
    "head": "h2", "list": "ul", "item": "li", "quote": "blockquote", "row": "tr", "cell": "td", "lb": "br",
}  # fmt: skip
_DOUBLE_BULLET = re.compile(r"(?m)^- [-–•] ?")


def read_page(content: bytes, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The article of a page, or the articles that it lists. Raises CollectError when it holds none."""
    return read_markup(decode(content, label=label, look=True), label=label, source=source)


def read_markup(text: str, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The same for a page that is decoded already."""
    tree = parse_html(text, label=label)
    metadata = read_metadata(tree)
    listed = find_cards(tree, metadata, source=source)
    return listed or (_article(tree, metadata, saved_from=_SAVED_FROM.search(text, 0, _SAVED_WITHIN), label=label),)


def _article(tree: Any, metadata: RawArticle, *, saved_from: re.Match[str] | None, label: str) -> RawArticle:
    body = main_text(tree)
    words = word_count(body)
    if words < _MIN_WORDS:
        raise CollectError(label, "no article text was found on the page")
    link = metadata.link or (saved_from[1] if saved_from else None)
    return replace(metadata, text=body, link=link, stub=metadata.stub and words < _WALLED_WORDS)


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
    for name, html_name in _HTML_NAMES.items():
        for element in list(body.iter(name)):
            element.tag = html_name
    return _DOUBLE_BULLET.sub("- ", text_of(body))
