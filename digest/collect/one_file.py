"""One file to its articles: which reader, by its name or by its looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from digest.collect.feeds import read_feed_file
from digest.collect.finish import finish
from digest.collect.mail import read_mail
from digest.collect.markdown import read_markdown
from digest.collect.page import read_page
from digest.collect.plaintext import read_text
from digest.collect.raw import RawArticle
from digest.collect.records import PartlyReadError, read_json, read_jsonl
from digest.config import SourceConfig
from digest.errors import CollectError
from digest.models import Article

Reader = Callable[..., tuple[RawArticle, ...]]

READERS: dict[str, Reader] = {
    ".txt": read_text, ".text": read_text,
    ".md": read_markdown, ".markdown": read_markdown,
    ".html": read_page, ".htm": read_page, ".xhtml": read_page,
    ".json": read_json, ".jsonl": read_jsonl, ".jl": read_jsonl, ".ndjson": read_jsonl,
    ".eml": read_mail,
    ".xml": read_feed_file, ".rss": read_feed_file, ".atom": read_feed_file,
}  # fmt: skip
MAX_FILE_BYTES = 20_000_000  # the largest news page on the development data has 1.2 MB; a scraper's JSON Lines more
FEWEST_LETTERS = 10  # of a file's one article: a sentence of five words has more, a few stray bytes decode to some


def read_file(path: Path, *, label: str, source: SourceConfig) -> tuple[tuple[Article, ...], str | None]:
    """The articles of one file, cleaned, with the source's settings applied, and what of it could not be read.

    Raises CollectError when nothing could.
    """
    content = _content(path, label=label)
    reader = READERS.get(path.suffix.casefold()) or _reader_by_looks(content)
    if reader is read_text and _looks_like_html(content):
        reader = read_page
    fault = None
    try:
        raws = reader(content, label=label, source=source)
    except PartlyReadError as error:
        raws, fault = error.raws, error.reason
    articles = [article for raw in raws if (article := finish(raw, label=label, source=source)) is not None]
    if not articles or (len(articles) == 1 and sum(map(str.isalnum, articles[0].text)) < FEWEST_LETTERS):
        raise CollectError(label, fault or "holds no article text")
    return tuple(articles), fault


def _content(path: Path, *, label: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise CollectError(
                label, f"is too large ({size / 1e6:.0f} MB; the limit is {MAX_FILE_BYTES / 1e6:.0f} MB): split it"
            )
        content = path.read_bytes()
    except OSError as error:
        raise CollectError(label, f"cannot be read ({error.strerror})") from error
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise CollectError(label, "is empty")
    return content


def _reader_by_looks(content: bytes) -> Reader:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[{")):
        return read_json
    if _looks_like_html(content):
        return read_page
    lines = head.split(b"\n\n")[0].split(b"\n")
    names = {line.split(b":")[0].strip().lower() for line in lines if b":" in line}
    if b"from" in names and b"subject" in names:
        return read_mail
    return read_text


def _looks_like_html(content: bytes) -> bool:
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml"))
