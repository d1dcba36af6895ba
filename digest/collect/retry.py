"""When to ask again: values in, seconds out."""

from __future__ import annotations

import hashlib
from email.utils import parsedate_to_datetime

_FIRST = 1.0  # seconds before the second attempt; each further pause is twice as long
_MAX_ASKED = 86_400.0  # seconds; a server that asks for more than a day is quoted with a day


def pause(attempt: int, *, asked: float | None, key: str) -> float:
    """Seconds to wait after the `attempt`-th failure: what the server asked for, else a doubling pause.

    The pause is stretched by up to a half, by a hash of `key`: a hundred feeds that fail together do not come back
    together, and the same run waits the same.
    """
    if asked is not None:
        return asked
    spread = hashlib.sha256(key.encode("utf-8", errors="replace")).digest()[0] / 255
    return float(_FIRST * 2 ** (attempt - 1) * (1 + 0.5 * spread))


def retry_after(value: str | None, *, now: float) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or a date; None for none or nonsense.

    `now` is seconds since the epoch. Never below 0 and never above a day.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:9]), _MAX_ASKED)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(0.0, seconds), _MAX_ASKED)
