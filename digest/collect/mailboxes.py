"""Newsletters from a mailbox: a Maildir folder, an mbox file, or a folder on an IMAP server. Nothing is changed there.

The IMAP password comes from an environment variable that the source names, never from the configuration.
"""

from __future__ import annotations

import mailbox
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from digest.collect.finish import finish
from digest.collect.imap import ImapAccount, fetch_messages, parse_account
from digest.collect.mail import read_mail
from digest.collect.outcome import Outcome, failed, key_of, label_of, without_one_article_keys
from digest.config import CollectConfig, SourceConfig
from digest.errors import CollectError
from digest.models import Article

_MAX_MBOX_BYTES = 2_000_000_000
_SCHEMES = ("imap://", "imaps://")


def is_remote(source: SourceConfig) -> bool:
    """True for a mailbox on a server."""
    return source.address.casefold().startswith(_SCHEMES)


def read_mailbox(
    source: SourceConfig,
    *,
    base: Path,
    settings: CollectConfig,
    since: datetime | None = None,
    last: datetime | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Outcome:
    """The newest mails of a mailbox as articles. A failure is an outcome too; nothing is raised for it.

    `last` is the date of the newest mail that an earlier run found: a mailbox that is empty now has not failed then.
    """
    label = label_of(source)
    try:
        if is_remote(source):
            account = _account(source, label=label, environment=environment)
            messages = fetch_messages(account, label=label, settings=settings, since=since, local=source.local)
        else:
            messages = _local_messages(base / Path(source.address).expanduser(), label=label, settings=settings)
        if not messages and last:
            return Outcome(label=label, address=key_of(source), newest=last)
        if not messages:
            raise CollectError(label, "holds no mail")
        articles, unread = _articles(messages, source=source, label=label)
        if not articles:
            raise CollectError(label, "its mails hold no text")
    except CollectError as error:
        return failed(source, error.reason)
    note = (f"{unread} of {len(messages)} mails hold no text that can be read",) if unread else ()
    newest = max((article.published for article in articles if article.published), default=None)
    return Outcome(
        label=label, address=key_of(source), articles=articles, notes=note, found=len(messages),
        newest=newest,
    )  # fmt: skip


def _articles(messages: Sequence[bytes], *, source: SourceConfig, label: str) -> tuple[tuple[Article, ...], int]:
    """The articles of the mails that can be read, and how many cannot."""
    own = without_one_article_keys(source)
    articles: list[Article] = []
    unread = 0
    for message in messages:
        try:
            raws = read_mail(message, label=label, source=own)
            found = [article for raw in raws if (article := finish(raw, label=label, source=own)) is not None]
        except CollectError:
            found = []
        articles += found
        unread += not found
    return tuple(articles), unread


def _account(source: SourceConfig, *, label: str, environment: Mapping[str, str]) -> ImapAccount:
    name = source.password_env
    if not name:
        raise CollectError(label, "names no password_env, the environment variable that holds its password")
    password = environment.get(name)
    if not password:
        raise CollectError(label, f"its password is not there: the environment variable {name} is not set")
    return parse_account(source.address, password=password, label=label)


def _local_messages(path: Path, *, label: str, settings: CollectConfig) -> list[bytes]:
    """The newest mails of a Maildir folder or mbox file, the newest first."""
    try:
        if path.is_dir():
            return _maildir(path, label=label, settings=settings)
        if path.is_file():
            return _mbox(path, label=label, settings=settings)
    except OSError as error:
        raise CollectError(label, f"cannot be read ({error.strerror})") from error
    raise CollectError(label, "there is no such mailbox")


def _maildir(path: Path, *, label: str, settings: CollectConfig) -> list[bytes]:
    folders = [path / name for name in ("new", "cur") if (path / name).is_dir()]
    if not folders:
        raise CollectError(label, "is a folder, but no Maildir (it has no new or cur in it)")
    files = [entry for folder in folders for entry in folder.iterdir() if entry.is_file()]
    fitting = [file for file in files if file.stat().st_size <= settings.max_bytes]
    # A Maildir name begins with the second of delivery.
    newest = sorted(fitting, key=lambda file: (_delivered(file), file.name), reverse=True)
    return [file.read_bytes() for file in newest[: settings.max_items]]


def _delivered(file: Path) -> float:
    seconds = file.name.partition(".")[0]
    return float(seconds) if seconds.isascii() and seconds.isdecimal() and len(seconds) < 12 else file.stat().st_mtime


def _mbox(path: Path, *, label: str, settings: CollectConfig) -> list[bytes]:
    if path.stat().st_size > _MAX_MBOX_BYTES:
        raise CollectError(label, "is too large for an mbox that is read anew each day: keep old mail elsewhere")
    with path.open("rb") as file:
        if not file.read(5) == b"From ":
            raise CollectError(label, "is no mbox file (it does not begin with a From line)")
    box = mailbox.mbox(path, create=False)
    try:
        keys = list(box.keys())[-settings.max_items :]
        messages = [box.get_bytes(key) for key in reversed(keys)]
    finally:
        box.close()
    return [message for message in messages if len(message) <= settings.max_bytes]
