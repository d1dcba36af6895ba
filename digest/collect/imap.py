"""A folder on an IMAP server, read only: the newest messages, over a connection that is checked and bounded."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Timer
from urllib.parse import unquote, urlsplit

from digest.collect.addresses import PrivateAddressError, reachable
from digest.config import CollectConfig
from digest.errors import CollectError

_SESSION = 300.0  # seconds for the whole visit: 500 letters over a slow line; the server may not make it longer
_BATCH = 20
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UID = re.compile(rb"\bUID (\d{1,12})\b")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """Where a mailbox is and who reads it."""

    host: str
    port: int
    tls: bool
    user: str
    folder: str
    password: str = field(repr=False)


def parse_account(address: str, *, password: str, label: str) -> ImapAccount:
    """Read `imaps://user@host[:port]/folder`. Raises CollectError."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise CollectError(label, "has a malformed address") from error
    if parts.password is not None:
        raise CollectError(label, "has a password in its address; put it into the variable that password_env names")
    if not parts.hostname or not parts.username:
        raise CollectError(label, "names no user or no server; write imaps://user@host/folder")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if not (folder.isascii() and folder.isprintable()):
        raise CollectError(label, "names a folder with letters beyond ASCII; give it as the server writes it (UTF-7)")
    tls = parts.scheme.casefold() == "imaps"
    return ImapAccount(
        host=parts.hostname, port=port or (993 if tls else 143), tls=tls, user=unquote(parts.username), folder=folder,
        password=password,
    )  # fmt: skip


def fetch_messages(
    account: ImapAccount, *, label: str, settings: CollectConfig, since: datetime | None, local: bool
) -> list[bytes]:
    """The newest messages, the newest first; with `since` those of that day and later, or else the last one.

    Raises CollectError.
    """
    try:
        with _session(account, settings, local=local) as server:
            _select(server, account.folder)
            # Without a new message the last one is read once more: it says for how long there was none.
            numbers = _search(server, since)[-settings.max_items :] or _search(server, None)[-1:]
            fitting = _fitting(server, numbers, cap=settings.max_bytes)
            return [message for number in reversed(fitting) if (message := _message(server, number))]
    except PrivateAddressError as error:
        reason = f"has a private address ({error.host}); set local = true if it is yours"
        raise CollectError(label, reason) from error
    except ssl.SSLCertVerificationError as error:
        raise CollectError(label, f"its certificate is not valid ({error.verify_message})") from error
    except TimeoutError as error:
        raise CollectError(label, "timed out") from error
    except (imaplib.IMAP4.error, ValueError) as error:
        raise CollectError(label, f"refused ({_words(error, account)})") from error
    except OSError as error:
        raise CollectError(label, "cannot be reached, or broke off") from error


def _words(error: Exception, account: ImapAccount) -> str:
    """A server's words, shortened, and never with the password in them."""
    text = error.args[0] if error.args else ""
    text = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else str(text)
    return " ".join(text.rpartition(" => ")[2].replace(account.password, "…").split())[:120]


@contextmanager
def _session(account: ImapAccount, settings: CollectConfig, *, local: bool) -> Iterator[imaplib.IMAP4]:
    lines: list[socket.socket] = []
    tls = ssl.create_default_context()

    def dial(timeout: float | None) -> socket.socket:
        line = _connect(account, timeout=timeout or settings.timeout, local=local)
        if account.tls:
            line = tls.wrap_socket(line, server_hostname=account.host, do_handshake_on_connect=False)
        lines.append(line)
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        return line

    # A read has its own time limit, which a server that sends a byte a second never meets.
    watchdog = Timer(_SESSION, lambda: _cut(lines))
    watchdog.daemon = True
    watchdog.start()
    server = None
    try:
        server = _Bounded(account, settings, dial)
        if not account.tls and not local:
            server.starttls(tls)
            lines.append(server.sock)
        server.login(account.user, account.password)
        yield server
    finally:
        watchdog.cancel()
        if server is not None:
            with suppress(OSError):
                server.shutdown()  # at once, without a farewell that a stuck server could hold up
        for line in lines:
            line.close()


def _cut(lines: Sequence[socket.socket]) -> None:
    """Cut the lines, from another thread: whoever reads on one gets an error. (Closing would wait for them.)"""
    for line in lines:
        with suppress(OSError):  # it was gone already
            socket.socket.shutdown(line, socket.SHUT_RDWR)


def _connect(account: ImapAccount, *, timeout: float, local: bool) -> socket.socket:
    found = socket.getaddrinfo(account.host, account.port, type=socket.SOCK_STREAM)
    addresses = reachable(account.host, dict.fromkeys(str(entry[4][0]) for entry in found), local=local)
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, account.port), timeout=timeout)
        except OSError:
            continue
    return socket.create_connection((addresses[-1], account.port), timeout=timeout)


class _Bounded(imaplib.IMAP4):
    """imaplib on a line that somebody else dials, with a cap on what a server may make it hold."""

    def __init__(
        self, account: ImapAccount, settings: CollectConfig, dial: Callable[[float | None], socket.socket]
    ) -> None:
        self._cap = settings.max_bytes
        self._dial = dial
        super().__init__(account.host, account.port, timeout=settings.timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self._dial(timeout)

    def read(self, size: int) -> bytes:
        """Read a literal of the size that the server announces, if that is within the cap."""
        if size > self._cap:
            raise self.error(f"announces {size:,} bytes at once")
        return super().read(size)


def _select(server: imaplib.IMAP4, folder: str) -> None:
    quoted = folder.replace("\\", "\\\\").replace('"', '\\"')
    kind, answer = server.select(f'"{quoted}"', readonly=True)
    if kind != "OK":
        raise imaplib.IMAP4.error(answer[0] or b"no such folder")


def _search(server: imaplib.IMAP4, since: datetime | None) -> list[str]:
    """The UIDs of the messages, the oldest first."""
    # The server's day may begin half a day before or after ours.
    day = since - timedelta(days=1) if since else None
    criteria = ("SINCE", f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}") if day else ("ALL",)
    kind, answer = server.uid("SEARCH", *criteria)
    if kind != "OK":
        raise imaplib.IMAP4.error(answer[0] or b"the search failed")
    found = {number.decode("ascii") for number in (answer[0] or b"").split() if number.isdigit()}
    return sorted(found, key=int)


def _fitting(server: imaplib.IMAP4, numbers: list[str], *, cap: int) -> list[str]:
    """Those messages that the server says are not larger than the cap."""
    sizes: dict[str, int] = {}
    for start in range(0, len(numbers), _BATCH):
        _, answer = server.uid("FETCH", ",".join(numbers[start : start + _BATCH]), "(UID RFC822.SIZE)")
        for line in answer:
            uid, size = (pattern.search(line) if isinstance(line, bytes) else None for pattern in (_UID, _SIZE))
            if uid and size:
                sizes[uid[1].decode("ascii")] = int(size[1])
    return [number for number in numbers if sizes.get(number, cap + 1) <= cap]


def _message(server: imaplib.IMAP4, number: str) -> bytes | None:
    """A message's bytes, fetched without marking it as read."""
    _, answer = server.uid("FETCH", number, "(BODY.PEEK[])")
    return next((part[1] for part in answer if isinstance(part, tuple)), None)
