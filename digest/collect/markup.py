"""HTML to trees and trees to lines, with bounds that no hostile page gets past."""

from __future__ import annotations

import re
from typing import Any

from digest.errors import CollectError

# The parser itself stops at 256 levels and drops the rest without a word; the deepest of the development pages has 60.
MAX_NESTING = 250
_TOO_DEEP = "Excessive depth"
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "head",
        "iframe",
        "object",
        "form",
        "button",
        "select",
        "textarea",
        "nav",
        "footer",
        "aside",
        "canvas",
        "audio",
        "video",
        "figcaption",
    ]
)
BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "table",
        "tr",
        "td",
        "th",
        "pre",
        "figure",
        "address",
        "body",
        "html",
        "br",
        "hr",
        "tbody",
        "thead",
        "center",
        "details",
        "summary",
        "time",
    ]
)
_ASCII_TAG = re.compile(r"<[^<>]{0,2000}>")


def parse_html(text: str, *, label: str) -> Any:
    """The page as an lxml tree. Raises CollectError when it is empty or nested too deep to be read whole."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        # Bytes, because lxml refuses a str that declares an encoding.
        tree = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CollectError(label, "holds no HTML") from error
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise CollectError(label, f"its tags are nested more than {MAX_NESTING} deep; no article looks like that")
    return tree


def text_of_fragment(markup: str) -> str:
    """The text of a piece of HTML, such as a feed's content: blocks as lines, list entries as bullets."""
    try:
        return text_of(parse_html(f"<div>{markup}</div>", label="content"))
    except CollectError:
        return _ASCII_TAG.sub(" ", markup)


def text_of(node: Any) -> str:
    """The text below a node: one line per block, blank lines between paragraphs, "- " before list entries."""
    lines: list[str] = [""]
    _walk(node, lines)
    text = "\n".join(" ".join(line.split()) if line.strip(" -") else "" for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _walk(node: Any, lines: list[str]) -> None:
    """Append a node's text to `lines`; the last one is still open. Depth is bounded by the parser's own limit."""
    tag = node.tag if isinstance(node.tag, str) else ""
    if tag not in SKIPPED:
        block = tag in BLOCKS
        if block:
            lines += [""] if tag in ("li", "br", "tr") else ["", ""]
        if tag == "li":
            lines[-1] = "- "
        lines[-1] += (node.text or "").replace("\n", " ")
        for child in node:
            if child.tag == "p" and tag == "li" and lines[-1] == "- ":
                lines[-1] += child.text_content()  # a bullet whose words stand in a paragraph of their own
                lines[-1] += (child.tail or "").replace("\n", " ")
            else:
                _walk(child, lines)
        if block and tag != "br":
            lines.append("")
    lines[-1] += (node.tail or "").replace("\n", " ") if tag else ""
