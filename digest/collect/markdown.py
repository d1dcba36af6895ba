"""Markdown files with front matter, to plain text."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from digest.collect.decode import decode
from digest.collect.listing import find_listing
from digest.collect.plaintext import raw_from_text
from digest.collect.raw import RawArticle, check_length
from digest.collect.records import raw_from_record
from digest.collect.times import parse_time
from digest.config import SourceConfig

_KEY_LINE = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s?:(?:\s+(.*))?")
_LIST_LINE = re.compile(r"\s{0,8}-\s+(.*)")
_MAX_FRONT_LINES = 200
_FENCE = ("```", "~~~")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_RULE = re.compile(r"(?:[-*_]\s?){3,40}|=+")
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}(?: \"[^\"]{0,200}\")?\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\](?:\([^()\s]{0,2000}(?: \"[^\"]{0,200}\")?\)|\[[^\[\]]{0,100}\])")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]")
_FOOTNOTE = re.compile(r"\s?\[\^[^\[\]]{1,40}\]")
_REFERENCE = re.compile(r"\[[^\[\]]{1,100}\]:\s\S{1,2000}.*")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--[^<>]{0,2000}-->")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n*_]{1,1000})(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^\n*_]{1,1000})(?<=[^\s\\])\1(?![\w*_])")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~$&\"'])")


def read_markdown(content: bytes, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The article of a Markdown file, or the articles of a listing saved as one. Raises CollectError."""
    text = check_length(decode(content, label=label), label=label)
    fields, body = split_front_matter(_WIKI_LINK.sub(r"\1", text) if "[[" in text else text)
    text = plain(body)
    page_time = parse_time(source.published) or parse_time(fields.get("date") or fields.get("published"))
    listing = find_listing(text, source=source, page_time=page_time)
    if listing:
        return listing
    if not fields:
        return (raw_from_text(text),)
    return (raw_from_record({**fields, "text": text}),)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter's simple keys, lower-cased, and the body. `---` holds `key: value`, `+++` holds TOML."""
    text = text.lstrip("\ufeff\n\r ")
    mark = text[:3]
    if mark not in ("---", "+++"):
        return {}, text
    lines = text.splitlines()
    closing = next((n for n, line in enumerate(lines[1:_MAX_FRONT_LINES], 1) if line.rstrip() in (mark, "...")), None)
    if lines[0].strip() != mark or closing is None:
        return {}, text
    body = "\n".join(lines[closing + 1 :])
    fields = _toml_fields(lines[1:closing]) if mark == "+++" else _yaml_fields(lines[1:closing])
    return ({key.casefold(): value for key, value in fields.items()}, body) if fields else ({}, text)


def _toml_fields(lines: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return {}


def _yaml_fields(lines: list[str]) -> dict[str, Any]:
    """Simple YAML: `key: value`, `key: [a, b]`, and a key over `- entry` lines. Anything deeper is passed over."""
    fields: dict[str, Any] = {}
    key = None
    for line in lines:
        entry = _LIST_LINE.fullmatch(line)
        if entry and key is not None:
            held = fields[key]
            fields[key] = [*held, _unquoted(entry[1])] if isinstance(held, list) else [_unquoted(entry[1])]
        elif match := _KEY_LINE.fullmatch(line.rstrip()):
            key = match[1]
            fields[key] = _yaml_value(match[2] or "")
    return fields


def _yaml_value(value: str) -> str | list[str]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [part for piece in value[1:-1].split(",") if (part := _unquoted(piece))]
    return _unquoted(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"').replace("''", "'")
    return value


def plain(markdown: str) -> str:
    """Markdown without its marks: headings and bullets as lines, links and emphasis as their words; no images."""
    lines: list[str] = []
    fenced = False
    for line in markdown.replace("\r\n", "\n").split("\n"):
        bare = line.strip()
        if bare.startswith(_FENCE):
            fenced = not fenced
            continue
        if fenced or _RULE.fullmatch(bare) or _REFERENCE.fullmatch(bare):
            lines.append("")
            continue
        if heading := _HEADING.fullmatch(bare):
            lines += ["", _inline(heading[1]), ""]
        else:
            lines.append(_inline(bare.lstrip("> ") if bare.startswith(">") else bare))
    return "\n".join(lines)


def _inline(line: str) -> str:
    for pattern, replacement in (
        (_IMAGE, ""), (_FOOTNOTE, ""), (_LINK, r"\1"), (_AUTOLINK, r"\1"), (_TAG, ""), (_STRONG, r"\2"),
        (_EMPHASIS, r"\2"), (_CODE, r"\1"), (_ESCAPE, r"\1"),
    ):  # fmt: skip
        line = pattern.sub(replacement, line)
    return line
