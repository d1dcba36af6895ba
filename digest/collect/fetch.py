"""One address to one body, over HTTP: bounded in time and size, polite to hosts, closed to private addresses.

What a fetch does, in this order::

    wait for the host's turn ─▶ wait for a free place ─▶ ask ─▶ follow redirects, each checked ─▶ take the body,
    unpacked, up to the cap ─▶ hand it to the reader ─▶ (on a passing failure) wait and ask again

The time limit covers a whole attempt, from the look-up of the name to the last byte: a server that sends a byte a
second does not outlast it. Nothing is read from the environment, no cookie is kept.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import httpcore2
import httpx2

from digest import __version__
from digest.collect.addresses import CheckedBackend, PrivateAddressError, UnknownHostError
from digest.collect.fetch_errors import FetchError, final, private, refused, unreached
from digest.collect.turns import Turns, pause
from digest.collect.unpack import KNOWN, Body, DamagedError, TooLargeError
from digest.collect.web_address import checked_url, redirected, same_place
from digest.config import CollectConfig
from digest.models import Validator

ACCEPT_FEED = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.5"
AGENT = "digest"  # the name that robots.txt may address
_MAX_REDIRECTS = 5
_MAX_UNANSWERED = 3  # addresses of one host that may time out or break off in one run, one after the other
_REDIRECTS = frozenset((301, 302, 303, 307, 308))

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request: `local` lets the address's own host and port (and only those) be private.

    `start_by` is the clock's time (`time.monotonic`) after which the request is not worth starting any more.
    """

    url: str
    label: str
    local: bool = False
    accept: str = ACCEPT_PAGE
    validator: Validator | None = None
    max_bytes: int | None = None
    start_by: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: its final address, its body, and the charset its header names.

    `unchanged` is true when the server says so, or sent the very bytes of last time; the body may then be empty.
    """

    url: str
    body: bytes
    charset: str | None
    validator: Validator
    unchanged: bool


class Fetcher:
    """Fetches within the bounds of one run; `get` may be called many times at once. To be closed by `aclose`."""

    def __init__(self, settings: CollectConfig) -> None:
        self.settings = settings
        self.turns = Turns(delay=settings.delay)
        self._places = asyncio.Semaphore(settings.concurrency)
        self._unanswered: Counter[str] = Counter()
        self._headers = {"User-Agent": user_agent(settings), "Accept-Encoding": "gzip"}
        tls = _tls()
        self._pools = {local: _pool(tls, settings, local=local) for local in (False, True)}

    async def aclose(self) -> None:
        """Close what is open."""
        for pool in self._pools.values():
            await pool.aclose()

    async def get(self, ask: Ask, read: Callable[[Fetched], Awaitable[T]]) -> T:
        """Fetch and read. The reader runs while the place is held, so bodies in memory are never more than places.

        Raises FetchError, and what the reader raises.
        """
        ends, tries, before = 0.0, 0, None
        for attempt in range(1, self.settings.retries + 2):
            try:
                async with self.turns.turn(_host(ask)), self._places:
                    self._worth_starting(ask)
                    ends = ends or time.monotonic() + self.settings.deadline
                    if before and time.monotonic() >= ends - 1:  # the turn came too late for another
                        raise before
                    tries += 1
                    fetched = await self._attempt(ask, min(self.settings.timeout, ends - time.monotonic()))
                    self._unanswered[_host(ask)] = 0
                    return await read(fetched)
            except FetchError as error:
                wait = pause(attempt, asked=error.wait, key=ask.url)
                last = attempt > self.settings.retries or time.monotonic() + wait >= ends - 1
                if not error.transient or last:
                    self._unanswered[_host(ask)] += error.transient and error.status is None
                    raise final(error, attempts=tries) from error
                before = error
            await asyncio.sleep(wait)
        raise AssertionError("the loop returns or raises")

    def _worth_starting(self, ask: Ask) -> None:
        """A host that does not answer may have sixty pages to be asked for, one after the other: not all are."""
        if self._unanswered[_host(ask)] >= _MAX_UNANSWERED:
            raise FetchError(ask.label, f"its server did not answer {_MAX_UNANSWERED} times before")
        if ask.start_by is not None and time.monotonic() > ask.start_by:
            raise FetchError(ask.label, "no time was left for it")

    async def _attempt(self, ask: Ask, seconds: float) -> Fetched:
        try:
            async with asyncio.timeout(seconds):
                return await self._follow(ask)
        except (TimeoutError, httpcore2.TimeoutException) as error:
            raise FetchError(ask.label, f"timed out after {seconds:.3g} s", transient=True) from error
        except UnknownHostError as error:
            raise FetchError(ask.label, f"the name {error.args[0]} has no address") from error
        except TooLargeError as error:
            size = f"{(ask.max_bytes or self.settings.max_bytes) / 1e6:.3g} MB"
            reason = f"unpacks to more than {size}" if error.unpacked else f"is larger than {size}"
            raise FetchError(ask.label, reason) from error
        except DamagedError as error:
            raise FetchError(ask.label, "its packed answer is damaged", transient=True) from error
        except httpcore2.ConnectError as error:
            raise unreached(ask.label, error) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise FetchError(ask.label, "broke off its answer", transient=True) from error

    async def _follow(self, ask: Ask) -> Fetched:
        url = checked_url(ask.url, label=ask.label)
        for hop in range(_MAX_REDIRECTS + 1):
            local = ask.local and same_place(url, httpx2.URL(ask.url))
            try:
                answer = await self._ask(ask, url, local=local)
            except PrivateAddressError as error:
                raise private(ask.label, error, redirected=hop > 0) from error
            if isinstance(answer, Fetched):
                return answer
            url = redirected(url, answer, label=ask.label)
        raise FetchError(ask.label, f"redirects more than {_MAX_REDIRECTS} times")

    async def _ask(self, ask: Ask, url: httpx2.URL, *, local: bool) -> Fetched | str:
        """The answer, or the address it redirects to."""
        headers = self._headers | {"Accept": ask.accept} | _conditions(ask.validator)
        async with self._pools[local].stream("GET", _wire(url), headers=list(headers.items())) as response:
            fields = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status in _REDIRECTS and "location" in fields:
                return fields["location"]
            if response.status == 304 and ask.validator:
                return Fetched(url=str(url), body=b"", charset=None, validator=ask.validator, unchanged=True)
            if response.status != 200:
                raise refused(ask.label, response.status, retry_after_header=fields.get("retry-after"))
            body = await _body(ask, response, fields, cap=ask.max_bytes or self.settings.max_bytes)
        return _fetched(url, fields, body, ask.validator)


def user_agent(settings: CollectConfig) -> str:
    """How this program names itself to servers."""
    return f"{AGENT}/{__version__}" + (f" (+{settings.contact})" if settings.contact else "")


# --- parts of one attempt -----------------------------------------------------------------------------------------


@cache
def _tls() -> ssl.SSLContext:
    return httpcore2.default_ssl_context(_trust_env=False)


def _pool(tls: ssl.SSLContext, settings: CollectConfig, *, local: bool) -> httpcore2.AsyncConnectionPool:
    return httpcore2.AsyncConnectionPool(
        ssl_context=tls,
        max_connections=settings.concurrency,
        max_keepalive_connections=settings.concurrency,
        keepalive_expiry=10.0,
        network_backend=CheckedBackend(local=local),
    )


def _host(ask: Ask) -> str:
    parsed = checked_url(ask.url, label=ask.label)
    return parsed.host


def _wire(url: httpx2.URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _conditions(validator: Validator | None) -> dict[str, str]:
    conditions = {}
    if validator and validator.etag:
        conditions["If-None-Match"] = validator.etag
    if validator and validator.last_modified:
        conditions["If-Modified-Since"] = validator.last_modified
    return conditions


async def _body(ask: Ask, response: httpcore2.Response, fields: dict[str, str], *, cap: int) -> bytes:
    encoding = fields.get("content-encoding", "").strip().lower()
    if encoding not in KNOWN:
        raise FetchError(ask.label, f"packs its answer in a way that was not asked for ({encoding[:20]})")
    length = fields.get("content-length", "")
    if length.isascii() and length.isdecimal() and int(length[:18]) > cap:
        raise TooLargeError(unpacked=False)
    body = Body(encoding=encoding, max_bytes=cap)
    async for chunk in response.aiter_stream():
        body.add(chunk)
    return body.whole()


def _fetched(url: httpx2.URL, fields: dict[str, str], body: bytes, before: Validator | None) -> Fetched:
    digits = hashlib.sha256(body).hexdigest()
    validator = Validator(
        etag=_kept(fields.get("etag")), last_modified=_kept(fields.get("last-modified")), body_hash=digits
    )
    return Fetched(
        url=str(url),
        body=body,
        charset=_charset(fields.get("content-type", "")),
        validator=validator,
        unchanged=before is not None and before.body_hash == digits,
    )


def _kept(value: str | None) -> str | None:
    """A header that may be sent back, or None for one of absurd length."""
    return value if value and len(value) < 1_000 and value.isprintable() and value.isascii() else None


def _charset(content_type: str) -> str | None:
    for parameter in content_type.split(";")[1:8]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'")[:40] or None
    return None
