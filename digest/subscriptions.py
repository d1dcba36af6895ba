"""The sources of a configuration as a list: feeds read into it from OPML, written out as OPML, each source tried.

A configuration is never rewritten: what is imported is appended to the file as text, and the file replaced whole.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from digest.collect import collect
from digest.collect.elsewhere import Memory, expanded, read_elsewhere
from digest.collect.opml import Subscription, Subscriptions, read_opml, write_opml
from digest.collect.outcome import Outcome, key_of, label_of
from digest.config import Config, SourceConfig, load_config
from digest.counting import counted
from digest.deliver.outputs import write_whole
from digest.errors import CollectError, ConfigError, StoreError
from digest.models import Validator
from digest.places import store_path
from digest.store import Database
from digest.store.articles import last_new, validators

REASONS = 3  # files of a folder that are named with what is wrong with them


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many feeds were added to a configuration, how many it had, and the names of those nobody can fetch."""

    added: int
    known: int
    unusable: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How one source answered, in words; `silent` when it did, but has long had nothing new; `partly` when some of its
    files could not be read, which stops no run.
    """

    label: str
    ok: bool
    words: str
    silent: bool = False
    partly: bool = False


def import_feeds(opml: Path, config: Path) -> Imported:
    """Append the feeds of an OPML file to a configuration, but for those it has. Raises DigestError."""
    listed = _read(opml)
    text = _text_of(config)
    present = {_key(source.address) for source in load_config(config).sources if source.kind == "feed"}
    new = [feed for feed in listed.feeds if _key(feed.url) not in present]
    unique: dict[str, Subscription] = {}
    for feed in new:
        unique.setdefault(_key(feed.url), feed)
    if unique:
        write_whole(config.resolve(), _extended(text, list(unique.values()), config))
    return Imported(added=len(unique), known=len(listed.feeds) - len(unique), unusable=listed.unusable)


def export_feeds(config: Path) -> str:
    """The feeds of a configuration, those of its OPML lists included, as OPML. Raises DigestError."""
    feeds: dict[str, Subscription] = {}
    loaded = load_config(config)
    for source in loaded.sources:
        if source.kind == "feed":
            feed = Subscription(url=source.address, name=source.name or source.outlet or label_of(source))
            feeds.setdefault(feed.url, feed)
        elif source.kind == "opml":
            for feed in _read(config.parent / Path(source.address).expanduser()).feeds:
                feeds.setdefault(feed.url, feed)
    if not feeds:
        raise ConfigError(str(config), "names no feed", hint="add a [[sources]] table with a feed")
    return write_opml(list(feeds.values()), title=loaded.brief.title)


def check_sources(config: Path, *, now: datetime, offline: bool = False) -> tuple[Checked, ...]:
    """Read each source once, without the pages behind feeds, and say how it answered. Raises ConfigError.

    With `offline` no connection is opened, whatever the configuration says. What runs remember of the sources is used
    and left as it is; without it, an empty feed is one that never gave anything.
    """
    loaded = load_config(config)
    settings = loaded.collect.model_copy(update={"offline": offline or loaded.collect.offline})
    each, outcomes = expanded([one for one in loaded.sources if one.kind != "path"], base=config.parent)
    days = timedelta(days=loaded.collect.silent_days)
    newest = _newest(store_path(config.parent, loaded), each)
    outcomes += read_elsewhere(
        [_without_pages(source) for source in each],
        base=config.parent,
        settings=settings,
        memory=Memory(validators={key: Validator(newest=moment) for key, moment in newest.items()}),
        since=now - days,  # of a mailbox on a server no more than that
    )
    return (
        *(_checked_path(source, base=config.parent) for source in loaded.sources if source.kind == "path"),
        *(_checked(outcome, newest.get(outcome.address), now=now, days=days) for outcome in outcomes),
    )


def _newest(store: Path | None, sources: Sequence[SourceConfig]) -> dict[str, datetime]:
    """When each source last had something new, by its key in a check; nothing where the store cannot be asked."""
    if store is None or not store.is_file():
        return {}
    found: dict[str, datetime] = {}
    try:
        with Database(store, read_only=True) as database:
            answers = validators(database)
            for source in sources:
                key = key_of(source)
                if key in answers and (newest := answers[key].newest or last_new(database, key)):
                    found[key_of(_without_pages(source))] = newest
    except StoreError:  # a run would say so, and the doctor does
        return {}
    return found


def _without_pages(source: SourceConfig) -> SourceConfig:
    return source if source.full_text is True else source.model_copy(update={"full_text": False})


def _checked_path(source: SourceConfig, *, base: Path) -> Checked:
    found = collect([source], base=base)
    reasons = [f"{failure.source}: {failure.reason}" for failure in found.failures]
    more = [f"and {len(reasons) - REASONS} more"] if len(reasons) > REASONS else []
    words = "; ".join([counted(len(found.articles), "article"), *reasons[:REASONS], *more])
    read = bool(found.articles)
    return Checked(label=source.address, ok=read or not reasons, words=words, partly=read and bool(reasons))


def _checked(outcome: Outcome, known: datetime | None, *, now: datetime, days: timedelta) -> Checked:
    if outcome.failure:
        return Checked(label=outcome.label, ok=False, words=outcome.failure)
    words = [counted(outcome.found, "entry")]
    newest = outcome.newest or known
    silent = newest is not None and now - newest > days
    if outcome.newest:
        words.append(f"the newest {_age(now - outcome.newest)}")
    else:
        words.append("none has a date")
        words += [f"the last new one read on {newest:%Y-%m-%d}"] if newest else []
    words += ["silent"] if silent else []
    if outcome.teasers:
        words.append(counted(outcome.teasers, "teaser"))
    return Checked(label=outcome.label, ok=True, words=", ".join([*words, *outcome.notes]), silent=silent)


def _age(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    if hours < 0:
        return "dated in the future"
    if hours < 1:
        return "less than an hour old"
    return f"{hours:.0f} hours old" if hours < 48 else f"{hours / 24:.0f} days old"


# --- the configuration's text -----------------------------------------------------------------------------------------


def _read(opml: Path) -> Subscriptions:
    try:
        return read_opml(opml.read_bytes(), label=str(opml))
    except OSError as error:
        raise CollectError(str(opml), f"cannot be read ({error.strerror})") from error
    except CollectError as error:
        hint = "give the OPML file that your feed reader exports its subscriptions to"
        raise CollectError(error.subject, error.reason, hint=hint) from error


def _text_of(config: Path) -> str:
    try:
        return config.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(config), f"cannot be read ({error})", hint="`digest init` writes one") from error


def _extended(text: str, feeds: Sequence[Subscription], config: Path) -> str:
    """The file's text with a table for each feed. Raises ConfigError when it would not load then."""
    end = "\r\n" if "\r\n" in text else "\n"
    tables = "".join(_table(feed, end) for feed in feeds)
    longer = text + ("" if not text or text.endswith("\n") else end) + tables
    try:
        Config.model_validate(tomllib.loads(longer.removeprefix("\ufeff")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(
            str(config),
            "writes its sources in a way that tables cannot be added to",
            hint="write each source as a [[sources]] table, then import again",
        ) from error
    return longer


def _table(feed: Subscription, end: str) -> str:
    name = (f"name = {_quoted(feed.name)}",) if feed.name else ()
    return end + end.join(("[[sources]]", f"feed = {_quoted(feed.url)}", *name)) + end


def _quoted(text: str) -> str:
    """A TOML string: for text without control characters, JSON's is one."""
    return json.dumps(text, ensure_ascii=False)


def _key(url: str) -> str:
    """Two spellings of one address: with http or https, with or without a slash at the end."""
    return url.strip().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
