"""How much may still be asked of a server in this run, shared by threads."""

from __future__ import annotations

import threading


class Budget:
    """Counts requests and tokens, and the failures in a row; `close` ends it for all."""

    def __init__(self, *, requests: int, tokens: int | None = None) -> None:
        self._lock = threading.Lock()
        self._most_requests = requests
        self._most_tokens = tokens
        self._in_a_row = 0
        self._reason = ""
        self.requests = 0
        self.tokens = 0

    @property
    def closed(self) -> bool:
        """True when nothing more may be asked, whatever is left."""
        return bool(self._reason)

    def take(self, tokens: int) -> str:
        """Reserve one request of about so many tokens; "" when granted, else why not."""
        with self._lock:
            if self._reason:
                return self._reason
            if self.requests >= self._most_requests:
                return f"the run's {self._most_requests:,} requests are used up"
            if self._most_tokens is not None and self.tokens + tokens > self._most_tokens:
                return f"the run's budget of {self._most_tokens:,} tokens is used up"
            self.requests += 1
            self.tokens += tokens
            return ""

    def settle(self, reserved: int, used: int) -> None:
        """Replace what was reserved by what was used; 0 for a request that got no answer."""
        with self._lock:
            self.tokens += used - reserved

    def succeeded(self) -> None:
        """Note an answer."""
        with self._lock:
            self._in_a_row = 0

    def failed(self, reason: str, *, limit: int) -> None:
        """Note a request that failed with all its attempts; the `limit`-th in a row closes the budget."""
        with self._lock:
            self._in_a_row += 1
            if self._in_a_row >= limit and not self._reason:
                self._reason = reason

    def close(self, reason: str) -> None:
        """End it: what failed once will fail each time."""
        with self._lock:
            self._reason = self._reason or reason
