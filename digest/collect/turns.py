"""Politeness: one request at a time to a host, with a pause between two, and a longer one before asking again."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_FIRST = 1.0  # seconds before the second attempt; each further pause is twice as long


def pause(attempt: int, *, asked: float | None, key: str) -> float:
    """Seconds to wait after the `attempt`-th failure: what the server asked for, else a doubling pause.

    The pause is stretched by up to a half, by a hash of `key`: a hundred feeds that fail together do not come back
    together, and the same run waits the same.
    """
    if asked is not None:
        return asked
    spread = hashlib.sha256(key.encode("utf-8", errors="replace")).digest()[0] / 255
    return float(_FIRST * 2 ** (attempt - 1) * (1 + 0.5 * spread))


class Turns:
    """Hands out turns at hosts. `delay` is seconds between two requests to one host."""

    def __init__(self, *, delay: float) -> None:
        self._delay = delay
        self._delays: dict[str, float] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}

    def slow_down(self, host: str, seconds: float) -> None:
        """Keep at least this pause at a host, as its robots.txt asks."""
        self._delays[host] = max(self._delay, seconds)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host to be free and rested; keep it busy inside."""
        async with self._locks.setdefault(host, asyncio.Lock()):
            wait = self._free_at.get(host, 0.0) - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                self._free_at[host] = time.monotonic() + self._delays.get(host, self._delay)
