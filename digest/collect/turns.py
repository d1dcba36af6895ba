"""Politeness: one request at a time to a host, with a pause between two."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


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
