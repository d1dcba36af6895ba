"""HTML to trees and trees to lines, with bounds that no hostile page gets past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from digest.errors import CollectError

# The parser itself stops at 256 levels and drops the rest without a word; the deepest of the development pages has 50.
MAX_NESTING = 250
# Extraction takes about 0.4 ms an element: 20 s at this limit. The fullest of the development pages has 1,311.
MAX_ELEMENTS = 50_000
_TOO_DEEP = "Excessive depth"
SKIPPED = frozenset(
    "script style noscript template svg math head iframe object form button select textarea nav footer aside canvas "
    "audio video figcaption".split()
)
BLOCKS = frozenset(
    "p div section article main header h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote table tr td th pre figure "
    "address body html br hr tbody thead center details summary time".split()
)
_TIGHT = frozenset(("li", "br", "tr", "dt", "dd"))  # these begin a new line; other blocks a new paragraph
_CELLS = frozenset(("td", "th"))
# Marks between texts: a page cannot hold the first, and for the second, a form feed, a paragraph is no bad reading.
_LINE, _PARAGRAPH, _BULLET, _CELL = "\x0b", "\x0c", "- ", " | "
_BREAKS = re.compile(r"[\x0b\x0c]\s*")
# A list of so many links or more, and nothing beside them, leads to other articles; one that is all there is is kept.
_LINKS = 3
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none", re.IGNORECASE)  # a mail's words for the list of mails
_ASCII_TAG = re.compile(r"<[^<>]{0,2000}>")


def parse_html(text: str, *, label: str) -> Any:
    """The page as an lxml tree. Raises CollectError when it is empty, or too deep or too large to read."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        # Bytes, because lxml refuses a str that declares an encoding.
        tree = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CollectError(label, "holds no HTML") from error
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise CollectError(label, f"its tags are nested more than {MAX_NESTING} deep; no article looks like that")
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise CollectError(label, f"has more than {MAX_ELEMENTS:,} elements; no article looks like that")
    return tree


def text_of_fragment(markup: str, *, one_article: bool = False) -> str:
    """The text of a piece of HTML, such as a feed's content: blocks as lines, list entries as bullets.

    Of the text of `one_article` lists of links are left out: they are the headlines of others.
    """
    try:
        tree = parse_html(f"<div>{markup}</div>", label="content")
    except CollectError:
        return _ASCII_TAG.sub(" ", markup)
    whole = text_of(tree)
    if not one_article or "- " not in whole:
        return whole
    for found in [node for node in tree.iter("ul", "ol") if _leads_elsewhere(node)]:
        found.drop_tree()
    return text_of(tree) or whole


def _leads_elsewhere(node: Any) -> bool:
    """Whether a list has nothing but links, one an entry."""
    entries = node.findall("li")
    return len(entries) >= _LINKS and all(_is_link(entry) for entry in entries)


def _is_link(entry: Any) -> bool:
    links = entry.findall(".//a[@href]")
    return len(links) == 1 and links[0].text_content().split() == entry.text_content().split() != []


def text_of(node: Any) -> str:
    """The text below a node: a line per block, blank lines between paragraphs, "- " before bullets, " | " in tables."""
    parts: list[str] = []
    _gather(node, parts)
    return "".join(_lines("".join(parts))).strip()


def _lines(marked: str) -> Iterator[str]:
    """The lines of a text with break marks, each with its line end; a run of marks counts as its strongest."""
    position = 0
    for found in _BREAKS.finditer(marked):
        yield " ".join(marked[position : found.start()].split())
        yield "\n\n" if _PARAGRAPH in found.group() else "\n"
        position = found.end()
    yield " ".join(marked[position:].split())


def _gather(node: Any, parts: list[str]) -> None:
    """Append a node's texts and break marks to `parts`. Depth is bounded by the parser's own limit."""
    if not isinstance(node.tag, str) or node.tag in SKIPPED or _HIDDEN.search(node.get("style") or ""):
        return
    if node.tag == "pre":
        parts.append(_PARAGRAPH + node.text_content().replace("\n", _LINE) + _PARAGRAPH)
        return
    cell = node.tag in _CELLS
    mark = "" if node.tag not in BLOCKS or cell else _LINE if node.tag in _TIGHT else _PARAGRAPH
    _append(parts, mark)
    _append(parts, _BULLET if node.tag == "li" else "")
    _append(parts, node.text)
    for child in node:
        _gather(child, parts)
        _append(parts, child.tail)
    _append(parts, _CELL if cell and node.getnext() is not None else "" if node.tag == "br" else mark)


def _append(parts: list[str], text: str | None) -> None:
    """Add a text; a paragraph or white space right after a bullet's mark belongs to the bullet."""
    if text and not (text.isspace() and parts and parts[-1] == _BULLET):
        parts.append(text)
