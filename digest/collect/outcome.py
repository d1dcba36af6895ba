"""What became of one configured source, before all of them are put together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from digest.config import SOURCE_KINDS, SourceConfig
from digest.models import Article

Known = Callable[[str, str], Article | None]  # the article that an earlier run read, by its source's key and its link

# What makes no difference to the articles of a source: where it is, what to call it, how to get in.
_BESIDE_THE_TEXT = {*SOURCE_KINDS, "name", "local", "password_env"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One source's articles, or the reason why there are none. `address` is the source's key.

    `notes` are things worth saying about a source that did not fail. `unchanged` says that it answered "as before":
    its articles are those of the last time. `found` counts its entries, `teasers` those that are only a beginning.
    """

    label: str
    address: str
    articles: tuple[Article, ...] = ()
    failure: str | None = None
    notes: tuple[str, ...] = ()
    unchanged: bool = False
    found: int = 0
    teasers: int = 0
    newest: datetime | None = None


def label_of(source: SourceConfig) -> str:
    """What to call a source: its name, its outlet, or its address without scheme, password and parameters."""
    if source.name or source.outlet:
        return str(source.name or source.outlet)
    try:
        parts = urlsplit(source.address)
        host = parts.hostname
    except ValueError:  # a malformed address
        return source.address.partition("?")[0][:100]
    return f"{host.removeprefix('www.')}{parts.path.rstrip('/')}" if host else source.address


def key_of(source: SourceConfig) -> str:
    """What a source is known by between runs: its address, with a hash of the settings that shape its articles.

    A source whose settings have changed is another one: what it gave before was made by other rules.
    """
    settings = source.model_dump_json(exclude=_BESIDE_THE_TEXT, exclude_none=True)
    if settings == "{}":
        return source.address
    return f"{source.address} {hashlib.sha256(settings.encode()).hexdigest()[:8]}"


def failed(source: SourceConfig, reason: str) -> Outcome:
    """The outcome of a source that could not be read."""
    return Outcome(label=label_of(source), address=key_of(source), failure=reason)


def without_one_article_keys(source: SourceConfig) -> SourceConfig:
    """The source without the settings that describe a single article."""
    return source.model_copy(update={"title": None, "link": None, "published": None})
