"""One mail to one recipient over SMTP, told apart: taken, later, refused, or no answer when it mattered.

The connection is encrypted and the server's certificate checked, unless the configuration says `security = "none"`.
`smtplib.SMTP.sendmail` cannot say whether a connection broke before or after the mail's text was out; this can.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from digest.config import MailConfig
from digest.errors import DeliverError

PORTS = {"starttls": 587, "ssl": 465, "none": 25}
OTHERS_MAY = 0o007  # permissions of all but the file's owner and group

Verdict = Literal["taken", "later", "refused", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said to one mail, in its own words. "unknown": it had the text and did not answer."""

    verdict: Verdict
    reply: str


class ServerGoneError(Exception):
    """The connection broke, or the server is busy, before it had any mail's text: try again later."""


def password(mail: MailConfig, *, base: Path) -> str | None:
    """The password, from the environment or the secrets file (relative to `base`). Raises DeliverError."""
    if mail.password_env:
        word = os.environ.get(mail.password_env)
        if not word:
            raise DeliverError(f"mail.password_env {mail.password_env}", "is not set", hint="export it for this run")
        return word
    return _secret(base / mail.secrets_file) if mail.secrets_file else None


def _secret(path: Path) -> str:
    try:
        if os.name == "posix" and path.stat().st_mode & OTHERS_MAY:
            raise DeliverError(str(path), "can be read by every user of this machine", hint=f"chmod 600 {path}")
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DeliverError(str(path), f"cannot be read ({error})", hint="check mail.secrets_file") from error
    if not lines or not lines[0]:
        raise DeliverError(str(path), "is empty", hint="its first line is the password")
    return lines[0]


def tls_context(mail: MailConfig, *, base: Path) -> ssl.SSLContext:
    """A context that verifies the server's certificate and name. Raises DeliverError for a bad ca_file."""
    if not mail.ca_file:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=str(base / mail.ca_file))
    except OSError as error:  # ssl.SSLError is one
        raise DeliverError(str(base / mail.ca_file), f"holds no certificate ({error})") from error


def connect(mail: MailConfig, *, word: str | None, context: ssl.SSLContext) -> smtplib.SMTP:
    """A session, encrypted and logged in.

    Raises ServerGoneError when it is worth trying again, DeliverError when the configuration must change.
    """
    port = mail.port or PORTS[mail.security]
    where = f"{mail.host}:{port}"
    try:
        session = _greeted(mail, port, context)
    except ssl.SSLCertVerificationError as error:
        raise DeliverError(
            where, f"has no certificate we trust ({error.verify_message})", hint="check mail.host; mail.ca_file"
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise DeliverError(where, "offers no STARTTLS", hint='try mail.security = "ssl" with its port') from error
    except smtplib.SMTPConnectError as error:
        raise ServerGoneError(f"{where} said {_words(error.smtp_code, error.smtp_error, hide=word)}") from error
    except ssl.SSLError as error:
        raise DeliverError(
            where, f"does not speak TLS as asked ({error.reason})", hint="check mail.security and mail.port"
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise ServerGoneError(f"{where} cannot be reached ({error})") from error
    try:
        _log_in(session, mail, word, where)
    except BaseException:
        session.close()
        raise
    return session


def _greeted(mail: MailConfig, port: int, context: ssl.SSLContext) -> smtplib.SMTP:
    if mail.security == "ssl":
        return smtplib.SMTP_SSL(mail.host, port, timeout=mail.timeout, context=context)
    session = smtplib.SMTP(mail.host, port, timeout=mail.timeout)
    if mail.security == "starttls":
        try:
            session.starttls(context=context)
        except BaseException:
            session.close()
            raise
    return session


def _log_in(session: smtplib.SMTP, mail: MailConfig, word: str | None, where: str) -> None:
    if mail.username is None or word is None:
        return
    try:
        session.login(mail.username, word)
    except smtplib.SMTPAuthenticationError as error:
        if 400 <= error.smtp_code < 500:
            raise ServerGoneError(f"{where} said {_words(error.smtp_code, error.smtp_error, hide=word)}") from error
        said = _words(error.smtp_code, error.smtp_error, hide=word)
        raise DeliverError(where, f"does not take the login ({said})", hint="check mail.username") from error
    except smtplib.SMTPNotSupportedError as error:
        raise DeliverError(where, "takes no login here", hint="check mail.security and mail.port") from error
    except (OSError, smtplib.SMTPException) as error:
        raise ServerGoneError(f"{where} broke off the login ({error})") from error


def offer(
    session: smtplib.SMTP, payload: bytes, *, sender: str, recipient: str, claim: Callable[[], bool]
) -> Answer | None:
    """Send a message (bytes with CRLF) to one recipient. `claim` runs just before the text may leave.

    None when the claim fails: someone else sends it. Raises ServerGoneError when the connection breaks earlier than
    that, DeliverError when the sender is refused.
    """
    try:
        refusal = _envelope(session, payload, sender, recipient)
        if refusal is not None or not claim():
            session.rset()
            return refusal
    except (OSError, smtplib.SMTPException) as error:
        raise ServerGoneError(f"the connection broke ({error})") from error
    try:
        code, said = session.docmd("DATA")
    except (OSError, smtplib.SMTPException) as error:
        session.close()
        return Answer(verdict="later", reply=f"the connection broke before the text ({error})")
    if code != 354:
        return Answer(verdict=_verdict(code), reply=_words(code, said))
    try:
        session.send(_stuffed(payload))
        code, said = session.getreply()
    except (OSError, smtplib.SMTPException) as error:
        session.close()
        return Answer(verdict="unknown", reply=f"no answer after the text ({error})")
    return Answer(verdict=_verdict(code), reply=_words(code, said))


def _envelope(session: smtplib.SMTP, payload: bytes, sender: str, recipient: str) -> Answer | None:
    """MAIL and RCPT. None when the server takes both."""
    session.ehlo_or_helo_if_needed()
    options = [f"size={len(payload)}"] if session.has_extn("size") else []
    code, said = session.mail(sender, options)
    if code == 421:
        raise ServerGoneError(f"the server said {_words(code, said)}")
    if code >= 500:
        raise DeliverError(
            f"sender {sender}", f"was refused ({_words(code, said)})", hint="check mail.from and the login"
        )
    if code == 250:
        code, said = session.rcpt(recipient)
    if code == 421:
        raise ServerGoneError(f"the server said {_words(code, said)}")
    return None if code in (250, 251) else Answer(verdict=_verdict(code), reply=_words(code, said))


def _verdict(code: int) -> Verdict:
    if code == 250:
        return "taken"
    if code == -1:
        return "unknown"  # smtplib's word for a line that was no reply
    return "later" if code < 500 else "refused"


def _stuffed(payload: bytes) -> bytes:
    """The text as DATA wants it: lines that begin with a dot get another, and a lone dot ends it."""
    text = re.sub(rb"(?m)^\.", b"..", payload)
    return text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _words(code: int, said: bytes | str, *, hide: str | None = None) -> str:
    """A server's answer on one line, and never with the password that it was given in it."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    text = text.replace(hide, "…") if hide else text
    return f"{code} {' '.join(text.split())}"[:300]
