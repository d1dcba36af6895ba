"""Feeds and web pages to articles: many at once, each by itself, none able to stop the others.

For each feed: fetch it, read its entries, fetch the pages of those that are only teasers, finish the articles. Texts
are read in one worker thread, so that reading never holds up the clocks of the fetches under way.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Coroutine, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from digest.collect.decode import decode
from digest.collect.entries import Entry
from digest.collect.feeds import Feed, read_feed
from digest.collect.fetch import ACCEPT_FEED, Ask, Fetched, Fetcher
from digest.collect.finish import finish
from digest.collect.full_text import read_article_page, wants_page, with_page
from digest.collect.outcome import Known, Outcome, failed, key_of, label_of, without_one_article_keys
from digest.collect.page import read_markup
from digest.collect.raw import RawArticle
from digest.collect.robots import Robots
from digest.config import CollectConfig, SourceConfig
from digest.errors import CollectError
from digest.models import Article, Validator

log = logging.getLogger(__name__)

_MAX_PAGES = 60  # pages fetched for one feed in one run, the newest entries first

_PAGES_SECONDS = 300.0  # the time for all of them together; at the usual pause sixty quick pages take 40 seconds
_MAX_PAGE_BYTES = 5_000_000  # the largest news page on the development data has 1.2 MB

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What the sources of one run share."""

    fetcher: Fetcher
    robots: Robots
    worker: ThreadPoolExecutor
    validators: MutableMapping[str, Validator]
    known: Known
    since: datetime | None

    async def read(self, function: Callable[[], T], *, label: str) -> T:
        """Run a function in the worker thread. Raises CollectError for whatever it stumbles over."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self.worker, function)
        except CollectError:
            raise
        except Exception as error:  # the parsers of others, on hostile text: no source may stop the rest
            log.debug("%s", label, exc_info=error)
            raise CollectError(label, f"cannot be read ({type(error).__name__})") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What there is of an entry: its text, or an article kept from an earlier run; `trouble` is why its page is not."""

    raw: RawArticle
    kept: Article | None = None
    trouble: str | None = None


def read_live(
    sources: Sequence[SourceConfig],
    *,
    settings: CollectConfig,
    validators: MutableMapping[str, Validator],
    known: Known,
    since: datetime | None,
) -> tuple[Outcome, ...]:
    """The outcomes of feed and page sources, in their order. Raises nothing for a source that fails.

    Pages of entries published before `since` are not fetched; `known` gives an article read earlier, by the key of its
    source and its link.
    """

    async def run() -> tuple[Outcome, ...]:
        # Look-ups of names run in the loop's own threads: a few dead names may not hold up the others.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(max_workers=2 * settings.concurrency))
        with ThreadPoolExecutor(max_workers=1) as worker:
            async with aclosing(Fetcher(settings)) as fetcher:
                shared = _Run(
                    fetcher=fetcher, robots=Robots(fetcher), worker=worker, validators=validators, known=known,
                    since=since,
                )  # fmt: skip
                return tuple(await asyncio.gather(*(_outcome(shared, source) for source in sources)))

    return _run_to_end(run())


def _run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine, also where a loop is running already (a notebook): then in a thread of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _outcome(run: _Run, source: SourceConfig) -> Outcome:
    try:
        return await (_feed(run, source) if source.feed else _page(run, source))
    except CollectError as error:
        return failed(source, error.reason)


# --- feeds --------------------------------------------------------------------------------------------------------


async def _feed(run: _Run, source: SourceConfig) -> Outcome:
    label, url, key = label_of(source), source.address, key_of(source)
    before = run.validators.get(key)
    ask = Ask(url=url, label=label, local=source.local, accept=ACCEPT_FEED, validator=before)

    async def read(fetched: Fetched) -> tuple[Feed | None, Fetched]:
        if fetched.unchanged:
            return None, fetched
        limit = run.fetcher.settings.max_items
        parse = partial(read_feed, fetched.body, url=fetched.url, label=label, charset=fetched.charset, max_items=limit)
        return await run.read(parse, label=label), replace(fetched, body=b"")

    feed, fetched = await run.fetcher.get(ask, read)
    outcome = Outcome(label=label, address=key, newest=before.newest if before else None)
    if feed is not None:
        outcome = await _feed_articles(run, source, feed, outcome)
    run.validators[key] = replace(fetched.validator, newest=outcome.newest)
    return replace(outcome, unchanged=feed is None)


async def _feed_articles(run: _Run, source: SourceConfig, feed: Feed, outcome: Outcome) -> Outcome:
    if not feed.entries and outcome.newest:  # it had some before: nothing new is no failure
        return outcome
    if not feed.entries:
        raise CollectError(outcome.label, "holds no entries")
    wanted = [entry for entry in feed.entries if wants_page(entry, source, since=run.since)][:_MAX_PAGES]
    keys = {entry.key for entry in wanted}
    start_by = time.monotonic() + _PAGES_SECONDS
    texts = await asyncio.gather(
        *(_full_text(run, source, entry, start_by) if entry.key in keys else _as_it_is(entry) for entry in feed.entries)
    )
    articles = await run.read(partial(_finished, texts, source, outcome.label), label=outcome.label)
    if not articles:
        raise CollectError(outcome.label, "its entries hold no text")
    return replace(
        outcome,
        articles=articles,
        found=feed.found,
        teasers=sum(entry.teaser for entry in feed.entries),
        newest=feed.newest,
        notes=tuple(_notes(feed, texts, articles)),
    )


async def _as_it_is(entry: Entry) -> _Text:
    return _Text(raw=replace(entry.raw, stub=entry.teaser))


async def _full_text(run: _Run, source: SourceConfig, entry: Entry, start_by: float) -> _Text:
    raw, label = entry.raw, label_of(source)
    kept = run.known(key_of(source), raw.link or "")
    if kept and not kept.stub and not (raw.updated and kept.updated and raw.updated > kept.updated):
        return _Text(raw=raw, kept=kept)
    ask = Ask(
        url=raw.link or "", label=label, local=source.local and _is_of(raw.link, source.address), start_by=start_by,
        max_bytes=min(_MAX_PAGE_BYTES, run.fetcher.settings.max_bytes),
    )  # fmt: skip

    async def read(fetched: Fetched) -> RawArticle:
        page = partial(read_article_page, fetched, label=label)
        return await run.read(lambda: with_page(entry, page(), label=label), label=label)

    try:
        await run.robots.check(ask)
        return _Text(raw=await run.fetcher.get(ask, read))
    except CollectError as error:
        return _Text(raw=replace(raw, stub=entry.teaser), trouble=error.reason)


def _is_of(link: str | None, address: str) -> bool:
    """True for a link to the very host and port of a source: what it links to elsewhere is not the user's own word."""
    try:
        one, other = urlsplit(link or ""), urlsplit(address)
        return (one.hostname, one.port) == (other.hostname, other.port)
    except ValueError:  # a malformed address
        return False


def _finished(texts: Sequence[_Text], source: SourceConfig, label: str) -> tuple[Article, ...]:
    """The articles of a feed's texts; one that cannot be finished (absurdly long) is left out."""
    own = without_one_article_keys(source)
    articles = []
    for text in texts:
        try:
            article = text.kept or finish(text.raw, label=label, source=own)
        except CollectError:
            continue
        if article is not None:
            articles.append(article)
    return tuple(articles)


def _notes(feed: Feed, texts: Sequence[_Text], articles: Sequence[Article]) -> list[str]:
    notes = []
    if feed.found > len(feed.entries):
        notes.append(f"has {feed.found:,} entries; the newest {len(feed.entries):,} were read")
    troubles = Counter(text.trouble for text in texts if text.trouble)
    notes += [
        f"the full text of {count} of {len(texts)} articles could not be read ({reason})"
        for reason, count in sorted(troubles.items())
    ]
    if len(articles) < len(texts):
        notes.append(f"{len(texts) - len(articles)} of {len(texts)} entries hold no text")
    return notes


# --- pages --------------------------------------------------------------------------------------------------------


async def _page(run: _Run, source: SourceConfig) -> Outcome:
    label, url, key = label_of(source), source.address, key_of(source)
    before = run.validators.get(key)
    ask = Ask(
        url=url, label=label, local=source.local, validator=before,
        max_bytes=min(_MAX_PAGE_BYTES, run.fetcher.settings.max_bytes),
    )  # fmt: skip

    async def read(fetched: Fetched) -> tuple[tuple[Article, ...], Fetched]:
        if fetched.unchanged:
            return (), fetched
        articles = await run.read(partial(_page_articles, fetched, source, label), label=label)
        return articles[: run.fetcher.settings.max_items], replace(fetched, body=b"")

    await run.robots.check(ask)
    articles, fetched = await run.fetcher.get(ask, read)
    if not articles and not fetched.unchanged:
        raise CollectError(label, "holds no article text")
    newest = max((article.published for article in articles if article.published), default=None)
    if fetched.unchanged and before:
        newest = before.newest
    run.validators[key] = replace(fetched.validator, newest=newest)
    return Outcome(
        label=label, address=key, articles=articles, unchanged=fetched.unchanged, found=len(articles),
        newest=newest,
    )  # fmt: skip


def _page_articles(fetched: Fetched, source: SourceConfig, label: str) -> tuple[Article, ...]:
    text = decode(fetched.body, label=label, declared=fetched.charset, look=True)
    raws = read_markup(text, label=label, source=source)
    linked = [replace(raw, link=_absolute(raw, fetched.url)) for raw in raws]
    return tuple(article for raw in linked if (article := finish(raw, label=label, source=source)) is not None)


def _absolute(raw: RawArticle, url: str) -> str | None:
    if raw.link is None:
        return url if raw.entry is None else None
    try:
        return urljoin(url, raw.link)
    except ValueError:  # a malformed address
        return None
