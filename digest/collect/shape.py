"""The shape of a feed's markup, looked at before the feed is parsed.

feedparser's time grows with the square of some things that a hostile feed can have any number of: a megabyte can hold
it for minutes, and a thread cannot be stopped. One pass over the tags, in time that grows with their number, tells.
The bounds were set by timing feedparser 6.0.14 on each shape; at the bound it takes about five seconds. The largest of
the feeds at hand stays below a hundredth of each.
"""

from __future__ import annotations

import re

from digest.errors import CollectError

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s<>/]{0,60})(?P<rest>[^<>]*)(?P<close>>?)")
_STRAY = re.compile(r"<(?![A-Za-z/!?])")
_KEYWORDS = re.compile(r"keywords\b[^<>]*>(?:<!\[CDATA\[)?([^<]*)", re.IGNORECASE)
_ITEM = frozenset(("item", "entry"))
_LABELS = ("category", "subject", "keywords")
_VOID = frozenset(("br", "img", "hr", "input", "wbr"))
_MAX_DEPTH_SUM = 10_000_000  # over all elements, the number of elements open around each
_MAX_ATTRIBUTES_SQUARED = 100_000_000
_MAX_LABELS_SQUARED = 50_000_000  # labels of one entry; each new one is compared with all before
_MAX_UNFINISHED = 20_000  # tags that never end
_MAX_STRAY = 100_000  # "<" that begin nothing


def check_shape(text: str, *, label: str) -> None:
    """Return when a feed can be parsed in reasonable time. Raises CollectError."""
    depth = depths = attributes = unfinished = labels = labels_squared = 0
    for tag in _TAG.finditer(_without_cdata(text)):
        name = tag["name"].casefold().rpartition(":")[2]
        if not tag["close"]:
            unfinished += 1
        if name in _ITEM:
            labels = 0
        if tag["end"]:
            depth = max(0, depth - 1)
            continue
        if name.startswith(_LABELS):
            labels += 1
            labels_squared += labels
        attributes += tag["rest"].count("=") ** 2
        if name not in _VOID and not tag["rest"].endswith("/"):
            depth += 1
        depths += depth
    stray = len(_STRAY.findall(text))
    many = sum(found[1].count(",") ** 2 for found in _KEYWORDS.finditer(text))
    if (
        depths > _MAX_DEPTH_SUM
        or attributes > _MAX_ATTRIBUTES_SQUARED
        or labels_squared + many > _MAX_LABELS_SQUARED
        or unfinished > _MAX_UNFINISHED
        or stray > _MAX_STRAY
    ):
        raise CollectError(label, "is built so that it would take minutes to read; no honest feed is")


def _without_cdata(text: str) -> str:
    """The text without its CDATA sections: what stands in them is no markup to an XML parser."""
    first, *rest = text.split("<![CDATA[")
    return first + "".join(part.partition("]]>")[2] for part in rest)
