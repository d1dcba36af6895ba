"""Newsletters from Maildir folders, mbox files and a (small, real) IMAP server."""

from __future__ import annotations

import mailbox
import re
import socket
import ssl
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
import trustme

from digest.collect import Memory, collect
from digest.collect.imap import parse_account
from digest.collect.mailboxes import read_mailbox
from digest.config import CollectConfig, SourceConfig
from digest.errors import CollectError
from tests.collect.server import BODY


def letter(number, *, body=BODY, date="Tue, 03 Mar 2026 06:00:00 +0000"):
    return (
        f"From: Coast Radio Newsletter <news@coastradio.example>\r\nSubject: Quay letter {number}\r\n"
        f"List-Id: <letters.coastradio.example>\r\nDate: {date}\r\nMessage-ID: <{number}@x>\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\nThis was letter {number}.\r\n"
    ).encode()


def gather(tmp_path, address, **settings):
    return collect([SourceConfig(mailbox=address)], base=tmp_path, settings=CollectConfig(**settings))


def test_a_maildir_gives_its_newest_letters_and_stays_as_it_was(tmp_path):
    box = mailbox.Maildir(tmp_path / "mail", create=True)
    for number in range(5):
        box.add(letter(number))
    for number, file in enumerate(sorted((tmp_path / "mail" / "new").iterdir())):
        file.rename(file.with_name(f"{1_772_500_000 + number}.x{number}.host"))
    before = sorted(path.name for path in (tmp_path / "mail").rglob("*"))
    collection = gather(tmp_path, "mail", max_items=3, offline=True)
    assert len(collection.articles) == 3
    assert {article.outlet for article in collection.articles} == {"Coast Radio"}
    assert {article.source for article in collection.articles} == {"mail"}
    assert sorted(path.name for path in (tmp_path / "mail").rglob("*")) == before


def test_an_mbox_gives_its_last_letters_and_unreadable_ones_are_counted(tmp_path):
    box = mailbox.mbox(tmp_path / "letters.mbox", create=True)
    for number in range(4):
        box.add(letter(number))
    box.add(b"Subject: empty\r\n\r\n")
    box.close()
    collection = gather(tmp_path, "letters.mbox", max_items=3)
    assert [article.title for article in sorted(collection.articles, key=lambda a: a.title)] == [
        "Quay letter 2",
        "Quay letter 3",
    ]
    assert [note.reason for note in collection.notes] == ["1 of 3 mails hold no text that can be read"]


def test_what_is_no_mailbox_is_named(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("hello", encoding="utf-8")
    mailbox.Maildir(tmp_path / "empty", create=True)
    reasons = {name: gather(tmp_path, name).failures[0].reason for name in ("folder", "file", "none", "empty")}
    assert reasons == {
        "folder": "is a folder, but no Maildir (it has no new or cur in it)",
        "file": "is no mbox file (it does not begin with a From line)",
        "none": "there is no such mailbox",
        "empty": "holds no mail",
    }


def test_a_mailbox_that_was_emptied_is_quiet_until_it_was_so_for_long(tmp_path):
    box = mailbox.Maildir(tmp_path / "mail", create=True)
    key = box.add(letter(0))
    memory = Memory()

    def read():
        return collect([SourceConfig(mailbox="mail")], base=tmp_path, memory=memory)

    assert len(read().articles) == 1
    box.remove(key)
    for _ in range(2):
        collection = read()
        assert (collection.articles, collection.failures, collection.notes) == ((), (), ())
    assert collection.silent(now=datetime(2026, 3, 9, tzinfo=UTC), days=30) == ()
    [silent] = collection.silent(now=datetime(2026, 4, 9, tzinfo=UTC), days=30)
    assert silent.source == "mail"
    assert "36 days" in silent.reason


# --- IMAP -------------------------------------------------------------------------------------------------------------


class ImapServer:
    """Enough of RFC 3501 for one client at a time; `trick` changes how it answers."""

    def __init__(self, letters, trick=None, tls=None):
        self.letters = letters
        self.tls = tls
        self.trick = trick
        self.commands = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:  # the listener was closed: the test is over
                return
            with suppress(OSError):  # the client may leave
                line = self.tls.wrap_socket(connection, server_side=True) if self.tls else connection
                with line, line.makefile("rwb") as stream:
                    self.talk(stream)

    def talk(self, stream):
        def say(text):
            stream.write(text.encode() + b"\r\n" if isinstance(text, str) else text)
            stream.flush()

        if self.trick == "drip":
            for _ in range(400):
                say(b"x")
                time.sleep(0.02)
            return
        say("* OK ready")
        for line in stream:
            tag, _, command = line.decode().strip().partition(" ")
            self.commands.append(command)
            verb = command.split()[0].upper()
            if verb == "CAPABILITY":
                say("* CAPABILITY IMAP4rev1")
            elif verb == "LOGIN" and '"secret"' not in command and " secret" not in command:
                say(f"{tag} NO wrong password: {command.split()[-1]}")
                continue
            elif verb == "EXAMINE":
                say(f"* {len(self.letters)} EXISTS")
            elif verb == "UID":
                self.uid(command, say)
            elif verb == "LOGOUT":
                say("* BYE")
            say(f"{tag} OK done")

    def uid(self, command, say):
        if "SEARCH" in command:
            found = () if self.trick == "quiet" and "SINCE" in command else range(len(self.letters))
            say("* SEARCH " + " ".join(str(number + 1) for number in found))
            return
        numbers = [int(number) for number in re.search(r"FETCH ([\d,]+)", command)[1].split(",")]
        for number in numbers:
            content = self.letters[number - 1]
            if "SIZE" in command:
                say(f"* {number} FETCH (UID {number} RFC822.SIZE {len(content)})")
            else:
                size = 10**12 if self.trick == "huge" else len(content)
                say(f"* {number} FETCH (UID {number} BODY[] {{{size}}}\r\n".encode() + content + b")\r\n")


@pytest.fixture
def imap():
    servers = []

    def start(letters, trick=None, tls=None):
        servers.append(ImapServer(letters, trick, tls))
        return servers[-1]

    yield start
    for server in servers:
        server.listener.close()


def visit(server, tmp_path, *, password="secret", since=None, local=True, **settings):
    scheme = "imaps" if server.tls else "imap"
    address = f"{scheme}://ada%40x.example@127.0.0.1:{server.port}/Letters"
    source = SourceConfig(mailbox=address, password_env="PW", local=local, name="Letters")
    return read_mailbox(
        source, base=tmp_path, settings=CollectConfig(**{"timeout": 2, **settings}), since=since,
        environment={"PW": password},
    )  # fmt: skip


def test_the_newest_letters_of_a_server_are_read_without_touching_them(imap, tmp_path):
    server = imap([letter(number) for number in range(5)])
    outcome = visit(server, tmp_path, max_items=2, since=datetime(2026, 3, 3, tzinfo=UTC))
    assert outcome.failure is None
    assert [article.title for article in outcome.articles] == ["Quay letter 4", "Quay letter 3"]
    assert 'EXAMINE "Letters"' in server.commands
    assert "UID SEARCH SINCE 2-Mar-2026" in server.commands
    assert not [command for command in server.commands if re.search(r"SELECT|STORE|EXPUNGE|BODY\[", command)]


def test_a_server_without_a_new_letter_gives_the_last_one_so_that_its_age_is_known(imap, tmp_path):
    server = imap([letter(number) for number in range(3)], "quiet")
    outcome = visit(server, tmp_path, since=datetime(2026, 4, 20, tzinfo=UTC))
    assert outcome.failure is None
    assert [article.title for article in outcome.articles] == ["Quay letter 2"]
    assert outcome.newest == datetime(2026, 3, 3, 6, tzinfo=UTC)


def test_a_letter_that_is_too_large_is_not_fetched(imap, tmp_path):
    server = imap([letter(0), letter(1, body="x" * 5_000)])
    outcome = visit(server, tmp_path, max_bytes=4_000)
    assert [article.title for article in outcome.articles] == ["Quay letter 0"]
    assert not [command for command in server.commands if "FETCH 2 (BODY" in command]


def test_a_server_that_announces_too_much_is_left(imap, tmp_path):
    assert visit(imap([letter(0)], "huge"), tmp_path).failure.startswith("refused (announces 1,000,000,000,000 bytes")


def test_a_server_that_drips_is_left(imap, tmp_path, monkeypatch):
    monkeypatch.setattr("digest.collect.imap._SESSION", 0.4)
    started = time.monotonic()
    assert visit(imap([], "drip"), tmp_path, timeout=5).failure
    assert time.monotonic() - started < 10


def test_a_wrong_password_is_not_repeated_in_the_reason(imap, tmp_path):
    failure = visit(imap([]), tmp_path, password="wrong-one").failure
    assert failure.startswith("refused (")
    assert "wrong-one" not in failure


def test_a_private_server_needs_the_local_mark_and_a_missing_password_is_named(imap, tmp_path):
    server = imap([])
    assert visit(server, tmp_path, local=False).failure.startswith("has a private address (127.0.0.1)")
    assert visit(server, tmp_path, password="").failure == (
        "its password is not there: the environment variable PW is not set"
    )
    assert server.commands == []


@pytest.mark.parametrize(("name", "failure"), [("127.0.0.1", None), ("x.example", "its certificate is not valid (")])
def test_the_line_is_encrypted_and_the_server_must_be_who_it_says(imap, tmp_path, monkeypatch, name, failure):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    server = imap([letter(0)], tls=context)
    outcome = visit(server, tmp_path)
    if failure is None:
        assert len(outcome.articles) == 1
    else:
        assert outcome.failure.startswith(failure)
        assert server.commands == []


def test_a_server_that_offers_no_encryption_gets_no_password(imap, tmp_path, monkeypatch):
    """`imap://` without the local mark asks for STARTTLS first."""
    monkeypatch.setattr("digest.collect.addresses.is_reachable", lambda address, local=False: True)
    server = imap([letter(0)])
    assert visit(server, tmp_path, local=False).failure.startswith("refused (")
    assert not [command for command in server.commands if "LOGIN" in command]


def test_offline_opens_no_connection_to_a_server(imap, tmp_path):
    server = imap([letter(0)])
    collection = gather(tmp_path, f"imap://ada@127.0.0.1:{server.port}/", offline=True)
    assert [failure.reason for failure in collection.failures] == ["was not fetched (offline)"]
    assert server.commands == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("imaps://ada:secret@mail.example/", "has a password in its address"),
        ("imaps://mail.example/", "names no user or no server"),
        ("imaps://ada@mail.example:port/", "has a malformed address"),
        ("imaps://ada@mail.example/Entwürfe", "names a folder with letters beyond ASCII"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address, words):
    with pytest.raises(CollectError, match=words):
        parse_account(address, password="x", label="Letters")


def test_an_account_is_read_from_its_address_and_hides_its_password():
    account = parse_account("imaps://ada%40x.example@mail.example/News/Letters", password="secret", label="x")
    assert (account.host, account.port, account.tls) == ("mail.example", 993, True)
    assert (account.user, account.folder) == ("ada@x.example", "News/Letters")
    assert "secret" not in repr(account)
