"""What a site's robots.txt allows (RFC 9309). Asked for web pages; a feed is published to be fetched by programs."""

from __future__ import annotations

import asyncio

from protego import Protego

from digest.collect.fetch import AGENT, Ask, Fetched, Fetcher
from digest.collect.fetch_errors import FetchError
from digest.collect.web_address import checked_url

_MAX_BYTES = 500_000  # RFC 9309 asks for at least 500 KiB; longer files are cut, not refused, by most readers
_MAX_DELAY = 10.0  # seconds; a longer crawl-delay would not let thirty pages be read before breakfast


class Robots:
    """The rules of the sites met in one run, each fetched once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        # One that is not local may not reach a private site: that closes it to nobody whose own it is.
        self._rules: dict[tuple[str, bool], asyncio.Task[Protego | None]] = {}

    async def check(self, ask: Ask) -> None:
        """Return when the page may be fetched. Raises FetchError when robots.txt forbids it or cannot be had."""
        url = checked_url(ask.url, label=ask.label)
        site = str(url.copy_with(raw_path=b"/robots.txt", fragment=None)), ask.local
        if site not in self._rules:
            self._rules[site] = asyncio.create_task(self._fetch(site[0], ask, url.host))
        try:
            rules = await self._rules[site]
        except FetchError as error:
            raise FetchError(ask.label, f"its robots.txt cannot be read ({error.reason})") from error
        if rules and not rules.can_fetch(str(url), AGENT):
            raise FetchError(ask.label, "robots.txt does not allow digest to read this page")

    async def _fetch(self, site: str, ask: Ask, host: str) -> Protego | None:
        """The site's rules; None where it has none. Raises FetchError."""
        request = Ask(url=site, label=ask.label, local=ask.local, accept="text/plain, */*;q=0.5", max_bytes=_MAX_BYTES)
        try:
            rules = await self._fetcher.get(request, _parse)
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return None
            raise
        if delay := rules.crawl_delay(AGENT):
            self._fetcher.turns.slow_down(host, min(float(delay), _MAX_DELAY))
        return rules


async def _parse(fetched: Fetched) -> Protego:
    return Protego.parse(fetched.body.decode("utf-8", errors="replace"))
