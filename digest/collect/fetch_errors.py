"""What can go wrong with a fetch, in words that a reader of the brief's footer understands."""

from __future__ import annotations

import ssl
import time
from http import HTTPStatus

import httpcore2

from digest.collect.addresses import PrivateAddressError
from digest.errors import CollectError
from digest.retry_after import retry_after

_TRANSIENT = frozenset((408, 425, 429, 500, 502, 503, 504))


class FetchError(CollectError):
    """An address could not be fetched. `status` is the HTTP status, when there was one."""

    def __init__(
        self, label: str, reason: str, *, status: int | None = None, transient: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(label, reason)
        self.status = status
        self.transient = transient
        self.wait = wait


def refused(label: str, status: int, *, retry_after_header: str | None) -> FetchError:
    """The error of an answer that is neither the body, nor a redirect, nor a "not changed"."""
    try:
        words = f"{status} {HTTPStatus(status).phrase.lower()}"
    except ValueError:
        words = f"answered with status {status}"
    wait = retry_after(retry_after_header, now=time.time())
    return FetchError(label, words, status=status, transient=status in _TRANSIENT, wait=wait)


def final(error: FetchError, *, attempts: int) -> FetchError:
    """The error when no further attempt is made."""
    reason = error.reason
    if error.transient and error.wait is not None:
        reason += f", and asks to be left alone for {error.wait:.0f} s"
    if attempts > 1:
        reason += f" ({attempts} attempts)"
    return FetchError(error.subject, reason, status=error.status)


def private(label: str, error: PrivateAddressError, *, redirected: bool) -> FetchError:
    """The error of an address that may not be reached."""
    if redirected:
        return FetchError(label, f"redirects to a private address ({error.host})")
    return FetchError(label, f"has a private address ({error.host}); set local = true if it is yours")


def unreached(label: str, error: httpcore2.ConnectError) -> FetchError:
    """The error of a connection that did not come about."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchError(label, f"its certificate is not valid ({cause.verify_message})")
        if isinstance(cause, ssl.SSLError):
            return FetchError(label, "its TLS connection failed")
        if isinstance(cause, ConnectionRefusedError):
            return FetchError(label, "refuses the connection")
        cause = cause.__cause__ or cause.__context__
    return FetchError(label, "cannot be reached", transient=True)
