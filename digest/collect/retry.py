"""When to ask again: values in, seconds out."""

from __future__ import annotations

import hashlib

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
