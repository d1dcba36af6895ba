"""Web addresses: which may be fetched at all, and which are one place."""

from __future__ import annotations

import httpx2

from digest.collect.fetch_errors import FetchError

_MAX_LINK = 4_000  # characters; browsers stop at a few thousand too
_DEFAULT_PORTS = frozenset((80, 443))


def checked_url(url: str, *, label: str, redirect: bool = False) -> httpx2.URL:
    """The address, if it may be fetched at all. Raises FetchError."""
    verb = "redirects to" if redirect else "has"
    if len(url) > _MAX_LINK:
        raise FetchError(label, f"{verb} an address of {len(url):,} characters")
    try:
        parsed = httpx2.URL(url.strip())
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(label, f"{verb} a malformed address") from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchError(label, f"{verb} an address that is not http(s)")
    if parsed.userinfo:
        raise FetchError(label, f"{verb} an address with a password in it")
    return parsed


def redirected(url: httpx2.URL, location: str, *, label: str) -> httpx2.URL:
    """The next address of a redirect, checked. Raises FetchError."""
    try:
        joined = str(url.join(location.encode("latin-1").decode("utf-8", errors="replace")))
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(label, "redirects to a malformed address") from error
    return checked_url(joined, label=label, redirect=True)


def same_place(url: httpx2.URL, first: httpx2.URL) -> bool:
    """True for one host and port; the two usual ports count as one, for the step from http to https."""
    ports = {_port(url), _port(first)}
    return url.host == first.host and (len(ports) == 1 or ports == _DEFAULT_PORTS)


def _port(url: httpx2.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)
