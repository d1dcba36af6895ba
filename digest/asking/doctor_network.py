"""Whether the sources give anything, and the mail server lets us in. Opens the connections that a run would open."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from digest.asking.findings import Finding, failed, ok, skipped, warning
from digest.collect.elsewhere import OFFLINE
from digest.config import Config, MailConfig
from digest.deliver import smtp
from digest.errors import DeliverError
from digest.subscriptions import Checked, check_sources

SOURCES, MAIL = "sources", "mail"

# What a source's reason says, and what to do about it; the first that is found counts.
_HINTS = (
    (r"\b(404|410)\b", "it has moved or is gone: look for the feed's new address, or remove it"),
    (r"\b(401|402|403|407)\b", "its server does not want us: set collect.contact, or remove it"),
    (r"\b429\b|left alone", "its server wants rest: raise collect.delay, or run less often"),
    (r"\b5\d\d\b|did not answer|broke off|timed out|no time", "its server has trouble; try again later"),
    (r"robots", "its robots.txt forbids it; ask its owner, or remove it"),
    (r"private address", "only set local = true on a source that is in your own house"),
    (r"has no address|cannot be reached|refuses the connection", "check the address, and this machine's network"),
    (r"certificate|TLS", "its server must renew its certificate; check this machine's clock"),
    (r"environment variable", "export it where the run is started"),
    (r"no such file|no file matches|empty|neither", "check the path in [[sources]]; it is relative to the file"),
)
_ANY = "open it in a browser; correct it in [[sources]], or remove it"


def look_at_sources(path: Path, *, now: datetime, offline: bool) -> Iterator[Finding]:
    """Each source read once, as `digest sources check` does. Raises ConfigError."""
    for checked in check_sources(path, now=now, offline=offline):
        yield _source(checked)


def _source(checked: Checked) -> Finding:
    words = f"{checked.label}: {checked.words}"
    if checked.words == OFFLINE:
        return skipped(SOURCES, f"{checked.label} (--offline)")
    if not checked.ok:
        return failed(
            SOURCES, words, hint=next((hint for pattern, hint in _HINTS if re.search(pattern, checked.words)), _ANY)
        )
    if checked.partly:
        return warning(SOURCES, words, hint="the other files are read; mend these, or take them out of the folder")
    if checked.silent:
        return warning(SOURCES, words, hint="it may have moved: look for its new address, or remove it")
    return ok(SOURCES, words)


def look_at_mail(config: Config, *, base: Path, offline: bool) -> Iterator[Finding]:
    """The password, the certificates, and the server: connect, encrypt, log in, leave. No mail is sent.

    Raises DeliverError.
    """
    mail = config.mail
    if mail is None:
        yield skipped(MAIL, "there is no [mail] table; nothing is mailed")
        return
    if not mail.host:
        yield warning(
            MAIL, "mail.host names no server", hint="set it; until then `digest send` only writes --eml files"
        )
        return
    word = smtp.password(mail, base=base)
    context = smtp.tls_context(mail, base=base)
    if word:
        place = f"environment variable {mail.password_env}" if mail.password_env else f"file {mail.secrets_file}"
        yield ok(MAIL, f"the password is in the {place}")
    if offline:
        yield skipped(MAIL, f"{mail.host} (--offline)")
        return
    try:
        session = smtp.connect(mail, word=word, context=context)
    except smtp.ServerGoneError as error:
        raise DeliverError("mail.host", str(error), hint="check host and port, and this machine's network") from error
    yield _greeting(session, mail, logged_in=word is not None and mail.username is not None)
    with suppress(OSError, smtplib.SMTPException):  # all that was asked is answered
        session.quit()


def _greeting(session: smtplib.SMTP, mail: MailConfig, *, logged_in: bool) -> Finding:
    where = f"{mail.host}:{mail.port or smtp.PORTS[mail.security]}"
    version = getattr(session.sock, "version", None)
    words = f"{where} answers"
    words += f", {version()} with a certificate we trust" if version else ", unencrypted"
    words += ", and takes the login" if logged_in else ", without a login"
    words += "; no mail was sent"
    if logged_in and not version:
        return warning(MAIL, words, hint='the password travels readable: set mail.security to "starttls" or "ssl"')
    return ok(MAIL, words)
