"""The pause that a server asks for with a Retry-After header (RFC 9110, section 10.2.3). Values in, seconds out."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

MAX_ASKED = 86_400.0  # seconds; a server that asks for more than a day is quoted with a day


def retry_after(value: str | None, *, now: float) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or a date; None for none or nonsense.

    `now` is seconds since the epoch. Never below 0 and never above a day.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:9]), MAX_ASKED)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(0.0, seconds), MAX_ASKED)
