"""OPML, the list of feeds that feed readers exchange: in and out.

Read as found in the wild: outlines nested to any depth, attributes in any case, bare ampersands in addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.etree import ElementTree

from defusedxml import ElementTree as SafeElementTree
from defusedxml.common import DefusedXmlException

from digest.collect.clean import tidy_field
from digest.collect.decode import bare_xml, decode
from digest.collect.finish import web_link
from digest.errors import CollectError

_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);)")
_MAX_OUTLINES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed of an OPML file: its address, its name there, and its home page."""

    url: str
    name: str | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """What an OPML file lists: feeds, each address once, in the file's order; and the names of outlines whose
    address is none that can be fetched.
    """

    feeds: tuple[Subscription, ...]
    unusable: tuple[str, ...] = ()


def read_opml(content: bytes, *, label: str) -> Subscriptions:
    """The feeds that an OPML file lists. Raises CollectError when it is no OPML or lists no feed."""
    root = _root(content, label=label)
    if root.tag.casefold() not in ("opml", "body", "outline"):
        raise CollectError(label, f"is no OPML: it begins with <{root.tag[:40]}>")
    feeds: dict[str, Subscription] = {}
    unusable = []
    for attributes in _outlines(root):
        written = attributes.get("xmlurl")
        if written is None:
            continue
        name = tidy_field(attributes.get("title") or attributes.get("text"))
        url = _web_address(written)
        if url is None:
            unusable.append(name or written[:80])
            continue
        home = tidy_field(attributes.get("htmlurl"))
        feeds.setdefault(url, Subscription(url=url, name=name, home=home))
    if not feeds:
        raise CollectError(label, "lists no feed (no outline has a web address in xmlUrl)")
    return Subscriptions(feeds=tuple(feeds.values()), unusable=tuple(unusable))


def write_opml(feeds: Sequence[Subscription], *, title: str) -> str:
    """An OPML 2.0 file that lists the feeds."""
    root = ElementTree.Element("opml", version="2.0")
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = title
    body = ElementTree.SubElement(root, "body")
    for feed in feeds:
        name = feed.name or feed.url
        home = {"htmlUrl": feed.home} if feed.home else {}
        ElementTree.SubElement(
            body, "outline", {"type": "rss", "text": name, "title": name, "xmlUrl": feed.url, **home}
        )
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _root(content: bytes, *, label: str) -> Any:
    text = bare_xml(decode(content, label=label, look=True).lstrip("\ufeff \t\r\n"))
    reason: Exception | None = None
    for attempt in (text, _BARE_AMPERSAND.sub("&amp;", text)):
        try:
            return SafeElementTree.fromstring(attempt)
        except DefusedXmlException as error:
            raise CollectError(label, "declares entities, which no OPML needs; it is not read") from error
        except (ElementTree.ParseError, ValueError, RecursionError) as error:
            reason = error
    raise CollectError(label, f"is not valid XML ({reason})") from reason


def _outlines(root: Any) -> Iterator[dict[str, str]]:
    """The attributes of each outline at any depth, their names in lower case."""
    for element in islice(root.iter(), _MAX_OUTLINES):
        if isinstance(element.tag, str) and element.tag.casefold() == "outline":
            yield {key.casefold(): value for key, value in element.attrib.items()}


def _web_address(written: str) -> str | None:
    """The address as it can be fetched: `feed://x` and `feed:https://x` are how browsers once wrote them."""
    address = written.strip()
    if address.casefold().startswith("feed:"):
        rest = address[5:].removeprefix("//")
        address = rest if rest.casefold().startswith(("http://", "https://")) else f"https://{rest}"
    return web_link(address)
