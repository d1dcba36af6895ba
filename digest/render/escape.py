"""Escaping, all of it: what a feed or a page wrote stays text in Markdown, HTML and plain text, and a link a link.

Templates need not call these: strings are escaped as they are printed, by the kind of the template
(`digest.render`). The functions here return strings; the renderer marks what is already safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

MAX_WHOLE_WORDS = 12  # longer quotes are named by their first and last words: shorter links, and fewer ways to miss
EDGE_WORDS = 5
MAX_FRAGMENT = 1500  # characters; browsers and mail clients cut very long links

# Left out of every kind of output: controls (a terminal obeys them), lone surrogates (no encoding has them), and the
# marks that turn the direction of the text around them (a headline must not reverse the line it stands in).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_SPACES = re.compile("[^\\S\u00a0\u202f]+")  # no-break spaces stay: they hold numbers and units together

# What Markdown (CommonMark, GFM, and the notes programs built on them) could read as markup *at that place*:
_MARKUP = re.compile(
    r"""
    (?P<editorial>(?<![!\w^\]\\])\[(?!www)[^\W\d_][^\]\[\\`*_<>{}|~$&!:/@\#=%^]{1,80}\](?=[\s,.;?’”]))  # [the port]
    | (?<![^\s])\$(?=\d)(?P<price>)                 # "$5 million": mathematics needs a "$" after a word to close it
    | \A[-+=>:](?P<start>)
    | [\\`*{}|~$[\]]                                # always
    | (?<![^\W_])_ | _(?![^\W_])                    # inside a_word it is only a letter
    | <(?![\s\d])                                   # "a < b" is no tag
    | &(?=\#|[^\W_]{1,40};)                         # an entity
    | (?<!\w)\#                                     # a heading, its tail, a tag
    | !(?=\[|\Z)                                    # an image
    | (?<!\w):(?=\w{1,40}:) | :(?=//)               # an emoji's name, a bare address
    | (?<=www)\. | (?<=\w)@(?=\w)
    | =(?==) | (?<==)= | %(?=%) | (?<=%)%           # ==marked==, %%comment%%
    """,
    re.VERBOSE,
)
_LIST_NUMBER = re.compile(r"\A(\d{1,9})([.)])(?=\s|\Z)")  # "1. " would start a list


def plain(text: str) -> str:
    """The text on one line: white space collapsed, controls, lone surrogates and direction overrides left out."""
    return _SPACES.sub(" ", _UNPRINTABLE.sub("", text)).strip()


def markdown(text: str) -> str:
    """The text as Markdown that reads as exactly that text, wherever in a line or list item it is put.

    Only what could be markup at its place is escaped: prices, [editors' brackets], hyphens and full stops stay as
    they are, so the Markdown can be read as it stands.
    """
    line = plain(text)
    return _LIST_NUMBER.sub(r"\1\\\2", _MARKUP.sub(_escaped, line))


def _escaped(match: re.Match[str]) -> str:
    as_it_is = match["editorial"] is not None or match["price"] is not None
    return match.group() if as_it_is else "\\" + match.group()


def web_link(link: str | None) -> str | None:
    """The link with everything unsafe percent-encoded, or None unless it is http(s) with a host."""
    if link is None:
        return None
    try:
        parts = urlsplit(link.strip())
        host = parts.hostname
    except ValueError:  # "http://[::1" and the like
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return quote(parts.geturl(), safe="%/:?#[]@!$&'()*+,;=~-._", errors="replace")


def quote_link(link: str | None, quotes: Iterable[str]) -> str | None:
    """The link that opens at the quotes: a URL with a text fragment (https://wicg.github.io/scroll-to-text-fragment/).

    An own fragment of the link is kept before it. None when the link is not http(s).
    """
    address = web_link(link)
    if address is None:
        return None
    base = address.split(":~:", 1)[0]
    texts = "&".join(f"text={part}" for part in map(_text_directive, quotes) if part)
    if not texts or len(texts) > MAX_FRAGMENT:
        return base.removesuffix("#")
    return f"{base}{'' if '#' in base else '#'}:~:{texts}"


def markdown_link(address: str) -> str:
    """An address as a Markdown link's destination, in angle brackets."""
    safe = re.sub(r"&(?=#|\w{1,40};)", "&amp;", address)
    return "<" + safe.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C") + ">"


def _text_directive(quoted: str) -> str:
    words = quoted.split()
    if len(words) <= MAX_WHOLE_WORDS:
        return _percent(words)
    return f"{_percent(words[:EDGE_WORDS])},{_percent(words[-EDGE_WORDS:])}"


def _percent(words: list[str]) -> str:
    """Percent-encoded, with the characters that mean something in a text directive ("-", "," and "&") too."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
