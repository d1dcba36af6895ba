"""What is wrong with a mail: features that Gmail, Outlook or Apple Mail do not support, size, requests, missing words.

Which client supports what stands in `mail_support.json`, derived from caniemail (https://www.caniemail.com, MIT).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files

from digest.deliver.mail import MAX_HTML

MAX_READ = 4 * MAX_HTML  # characters; what is so much too long need not be looked into
MAX_STYLE = 16_000  # bytes; Gmail ignores all of `<style>` above 16 kB
HEADERS = ("From", "To", "Subject", "Date", "Message-ID")

# Unsupported somewhere, and nothing is lost there: what the mail looks like without it.
GRACEFUL = {
    "html-style": "every style is an attribute too",
    "css-at-media": "what stands in it is only for those who know it",
    "css-at-media-prefers-color-scheme": "the light colours stay, or the client makes its own dark ones",
    "css-border-radius": "corners are square",
    "css-color-scheme": "the client decides by its own setting",
}
_LOADING = {"src", "srcset", "poster", "background", "data"}  # attributes that fetch what they name
_ACTIVE = {"script", "iframe", "object", "embed", "form", "link", "base", "video", "audio"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault: `rule` is a feature of mail_support.json or a word of our own, `clients` those that lack it."""

    rule: str
    message: str
    clients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature and the clients that do not support it, or only partly."""

    slug: str
    no: tuple[str, ...]
    partly: tuple[str, ...]


@cache
def support() -> dict[str, Feature]:
    """What a feature looks like in a mail, such as "property max-width", to the feature."""
    table = json.loads((files("digest.deliver") / "mail_support.json").read_text(encoding="utf-8"))
    clients = table["clients"]
    found = {}
    for slug, row in table["features"].items():
        no, partly = (tuple(clients[place] for place in row[key]) for key in ("no", "partly"))
        found.update(dict.fromkeys(row["looks"], Feature(slug=slug, no=no, partly=partly)))
    return found


def lint_message(message: EmailMessage) -> tuple[Finding, ...]:
    """The faults of a whole mail: headers, parts and its HTML."""
    missing = [name for name in HEADERS if not message[name]]
    findings = [Finding(rule="header", message=f"has no {name}") for name in missing]
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    if text is None:
        findings.append(Finding(rule="text", message="has no plain-text part"))
    if html is None:
        return (*findings, Finding(rule="html", message="has no HTML part"))
    return (*findings, *lint_html(str(html.get_content())))


def lint_html(html: str) -> tuple[Finding, ...]:
    """The faults of a mail's HTML, each feature once."""
    page = _Page()
    page.feed(html if len(html) <= MAX_READ else "")
    page.close()
    return (*_size(html, page), *page.faults, *_unsupported(page.looks()))


def _size(html: str, page: _Page) -> Iterator[Finding]:
    size, style = len(html.encode(errors="replace")), len("".join(page.blocks).encode(errors="replace"))
    if size >= MAX_HTML:
        yield Finding(rule="size", message=f"{size:,} bytes of HTML; Gmail clips above 102 kB", clients=("Gmail",))
    if style >= MAX_STYLE:
        yield Finding(rule="style", message=f"{style:,} bytes of <style>; Gmail ignores 16 kB", clients=("Gmail",))


def _unsupported(looks: Iterable[str]) -> Iterator[Finding]:
    table, told = support(), set()
    for look in sorted(set(looks)):
        feature = table.get(look)
        if feature and feature.no and feature.slug not in GRACEFUL and feature.slug not in told:
            told.add(feature.slug)
            yield Finding(rule=feature.slug, message=f"{look} is not supported", clients=feature.no)


# --- what a page uses -------------------------------------------------------------------------------------------------


@dataclass
class _Page(HTMLParser):
    """Reads HTML and notes what it uses; comments (Outlook's conditional ones, too) are not looked into."""

    seen: set[str] = field(default_factory=set)
    faults: list[Finding] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    inline: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._in_style = False

    def looks(self) -> set[str]:
        """Everything in the terms of mail_support.json."""
        found = set(self.seen)
        for style in self.inline:
            found.update(_declarations(style))
        for block in self.blocks:
            found.update(_rules(block))
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element with its attributes."""
        self.seen.add(f"element {tag}")
        self._in_style = tag == "style"
        if tag in _ACTIVE:
            self._fault("active", f"<{tag}> does nothing in a mail, and may have it refused")
        if tag == "img" and "alt" not in dict(attrs):
            self._fault("alt", f"<img src={dict(attrs).get('src')!r}> has no alt")
        for name, value in attrs:
            self._attribute(name, value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br/>` opens nothing."""
        self.handle_starttag(tag, attrs)
        self._in_style = False

    def handle_endtag(self, tag: str) -> None:
        """A `<style>` ends."""
        self._in_style = False

    def handle_data(self, data: str) -> None:
        """The text of a `<style>`."""
        if self._in_style:
            self.blocks.append(data)
            self._remote_css(data)

    def _attribute(self, name: str, value: str) -> None:
        self.seen.add(f"attribute {name}")
        address = value.strip().lower()
        if name == "style":
            self.inline.add(value)
            self._remote_css(value)
        elif name in _LOADING and not address.startswith(("cid:", "data:")):
            self._fault("remote", f"{name}={value!r} is fetched when the mail is opened")
        elif name == "href" and address.startswith("#"):
            self.seen.add("anchor")
        elif name == "href" and not address.startswith(("https:", "http:", "mailto:", "tel:")):
            self._fault("link", f"href={value!r} leads nowhere from a mail")
        elif name.startswith("on"):
            self._fault("active", f"{name}={value!r} does nothing in a mail, and may have it refused")

    def _remote_css(self, css: str) -> None:
        text = css.lower()
        places = [text.find("@import"), *(found.start() for found in re.finditer(r"url\(\s{0,9}(?!['\"]?data:)", text))]
        for place in places:
            if place >= 0:
                self._fault("remote", f"{css[place : place + 60]!r} is fetched when the mail is opened")

    def _fault(self, rule: str, message: str) -> None:
        self.faults.append(Finding(rule=rule, message=message))


def _rules(css: str) -> Iterator[str]:
    """What a style sheet uses. Splitting at braces is enough here: strings with braces in them are nobody's mail."""
    pieces = re.split(r"([{}])", _without_comments(css))
    for piece, brace in zip(pieces[::2], [*pieces[1::2], "}"], strict=True):
        *before, last = piece.split(";")
        for statement in [*before, *([last] if brace == "}" else [])]:
            yield from _at_rule(statement) if "@" in statement else _declarations(statement)
        if brace == "{":
            yield from _at_rule(last) if "@" in last else _selector(last)


def _without_comments(css: str) -> str:
    head, *rest = css.split("/*")
    return head + "".join(part.partition("*/")[2] for part in rest)


def _at_rule(prelude: str) -> Iterator[str]:
    for name in re.findall(r"@([-\w]+)", prelude):
        yield f"at {name.lower()}"
    for feature in re.findall(r"\(\s{0,9}([-\w]+)", prelude):
        yield f"media {feature.lower()}"


def _selector(selector: str) -> Iterator[str]:
    for name in re.findall(r":([-\w]+)", selector):
        yield f"pseudo {name.lower()}"


def _declarations(style: str) -> Iterator[str]:
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield from _declaration(name.strip().lower(), " ".join(value.split()).lower())


def _declaration(name: str, value: str) -> Iterator[str]:
    yield _property(name)
    if name == "display":
        yield f"declaration display:{value.removesuffix('!important').strip()}"
    if "!important" in value:
        yield "important"
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", value)
    for unit in re.findall(r"\d(%|[a-z]{1,4}\b)", bare):
        yield f"unit {unit}"
    for function in re.findall(r"(?<![-a-z])([-a-z]{1,40})\(", bare):
        yield f"function {function}"


def _property(name: str) -> str:
    """The known property that a longhand belongs to: "border-top-width" is of border, "max-width" is its own."""
    known, stem = support(), name[:60]
    while f"property {stem}" not in known and "-" in stem:
        stem = stem.rpartition("-")[0]
    return f"property {stem}"
