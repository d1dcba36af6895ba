"""Sending against a real mail server (aiosmtpd, TLS) that takes, refuses, greylists and hangs up."""

import smtplib
import socket
import ssl
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from digest.config import MailConfig
from digest.deliver import smtp
from digest.deliver.mail import recipients
from digest.errors import DeliverError
from digest.letters import letter_for
from digest.send import Post, send
from digest.store.outbox import Outbox
from tests.mail_server import free_port
from tests.samples import SERIES_BRIEF

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
WORD = "correct horse"


class Server(SMTP):
    """A server that keeps a table of users, and can hang up after the text."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more, authenticator=self.check)

    def check(self, server, session, envelope, mechanism, auth):
        return AuthResult(success=auth.password == WORD.encode(), handled=False)


class Behaviour:
    """What the server does: `rcpt` gives replies by address, one a call; `data` what to do with a text."""

    def __init__(self):
        self.taken, self.rcpt, self.data, self.asked = [], {}, [], []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        self.asked.append(address)
        replies = self.rcpt.get(address, [])
        reply = replies.pop(0) if replies else "250 OK"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        act = self.data.pop(0) if self.data else "250 taken"
        if act[0] in "45":
            return act
        self.taken.append((tuple(envelope.rcpt_tos), envelope.content))
        if act == "hang up":
            server.transport.abort()
        return act


class Listening(Controller):
    def __init__(self, handler, server_context, *, require):
        super().__init__(handler, hostname="127.0.0.1", port=free_port())
        self.server_context, self.require = server_context, require

    def factory(self):
        return Server(
            self.handler, hostname="mail.test", tls_context=self.server_context, require_starttls=self.require,
            auth_require_tls=True,
        )  # fmt: skip


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def server_context(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


@pytest.fixture
def ca_file(authority, tmp_path):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return "ca.pem"


@pytest.fixture
def server(server_context):
    handler = Behaviour()
    controller = Listening(handler, server_context, require=True)
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def mail(server, ca_file):
    def made(*to, **more):
        table = {
            "from": "Strait watch <brief@watch.example>", "to": list(to) or ["you@example.org"], "host": "127.0.0.1",
            "port": server.port, "ca_file": ca_file, "attempts": 3, "retry_seconds": 10, "timeout": 5, **more,
        }  # fmt: skip
        return MailConfig.model_validate(table)

    return made


@pytest.fixture
def post(tmp_path):
    """Sends the sample issue; waits are noted, not waited for."""
    waits = []

    def sent(config, *, resend=False, sleep=waits.append):
        with Outbox(tmp_path / "digest.sqlite") as outbox:
            known = outbox.known_id("Strait watch/2026-03-04")
            letter = letter_for(SERIES_BRIEF, mail=config, known_id=known)
            job = Post(mail=config, base=tmp_path, outbox=outbox, clock=lambda: NOW, sleep=sleep)
            return send(letter, job, resend=resend)

    sent.waits = waits
    sent.states = lambda: states(tmp_path)
    return sent


def states(folder):
    with Outbox(folder / "digest.sqlite") as outbox:
        return {one.recipient: one.state for one in outbox.mailings("Strait watch/2026-03-04")}


def test_it_is_sent_once_and_never_again(server, mail, post):
    config = mail("you@example.org", "Me <me@example.org>", bcc=["quiet@example.org"])
    outcome = post(config)
    assert outcome.exit_code == 0
    assert [to for to, _ in server.taken] == [("you@example.org",), ("me@example.org",), ("quiet@example.org",)]
    assert outcome.now == ("me@example.org", "quiet@example.org", "you@example.org")
    again = post(config)
    assert again.exit_code == 3
    assert again.now == ()
    assert len(server.taken) == 3
    assert post(mail("YOU@example.org")).exit_code == 3
    post(config, resend=True)
    assert len(server.taken) == 3  # what was sent is never in doubt


def test_the_server_gets_the_message_to_the_byte(server, mail, post):
    config = mail("you@example.org")
    post(config)
    letter = letter_for(SERIES_BRIEF, mail=config)
    assert server.taken[0][1] == letter.payload
    parsed = message_from_bytes(server.taken[0][1], policy=policy.default)
    assert parsed["Message-ID"] == letter.message["Message-ID"]
    assert "quiet" not in str(parsed["To"])


def test_a_line_that_begins_with_a_dot_stays_whole(server, mail, ca_file, tmp_path):
    config = mail("you@example.org")
    session = smtp.connect(config, word=None, context=smtp.tls_context(config, base=tmp_path))
    text = b"Subject: x\r\n\r\n.a\r\n.\r\n..b\r\n"
    answer = smtp.offer(session, text, sender="a@b.example", recipient="you@example.org", claim=lambda: True)
    session.quit()
    assert answer.verdict == "taken"
    assert server.taken[0][1] == text


def test_a_refused_recipient_does_not_stop_the_others(server, mail, post):
    server.rcpt["gone@example.org"] = ["550 no such user"]
    config = mail("gone@example.org", "you@example.org")
    outcome = post(config)
    assert outcome.exit_code == 1
    assert post.states() == {"gone@example.org": "failed", "you@example.org": "sent"}
    assert "no such user" in outcome.of("failed")[0].reply
    assert post(config).exit_code == 1
    assert server.asked.count("gone@example.org") == 1  # a refusal is final, unless asked for
    assert post(config, resend=True).exit_code == 0
    assert [to for to, _ in server.taken] == [("you@example.org",), ("gone@example.org",)]


def test_a_greylist_is_asked_again_with_growing_pauses(server, mail, post):
    server.rcpt["you@example.org"] = ["451 greylisted, come back", "451 still"]
    outcome = post(mail("you@example.org"))
    assert outcome.exit_code == 0
    assert post.waits == [10, 20]
    assert len(server.taken) == 1


def test_a_greylist_without_end_leaves_it_pending(server, mail, post):
    server.rcpt["you@example.org"] = ["451 no"] * 3
    config = mail("you@example.org", "me@example.org")
    outcome = post(config)
    assert outcome.exit_code == 1
    assert post.states() == {"me@example.org": "sent", "you@example.org": "pending"}
    assert post.waits == [10, 20]
    assert post(config).exit_code == 0
    assert len(server.taken) == 2


def test_a_refused_text_is_known_to_be_refused(server, mail, post):
    server.data = ["554 looks like spam", "452 disk full"]
    outcome = post(mail("you@example.org", "me@example.org"))
    assert post.states() == {"you@example.org": "failed", "me@example.org": "sent"}
    assert outcome.of("sent")[0].attempts == 2
    assert [to for to, _ in server.taken] == [("me@example.org",)]


def test_no_answer_after_the_text_is_in_doubt_and_not_sent_again(server, mail, post):
    server.data = ["hang up"]
    config = mail("you@example.org", "me@example.org")
    outcome = post(config)
    assert outcome.exit_code == 1
    assert post.states() == {"me@example.org": "sent", "you@example.org": "sending"}
    assert post(config).exit_code == 1
    assert len(server.taken) == 2  # not doubled
    assert post(config, resend=True).exit_code == 0
    ids = {message_from_bytes(text)["Message-ID"] for _, text in server.taken}
    assert len(server.taken) == 3
    assert len(ids) == 1  # a server that keeps ids drops the second


def test_a_crash_before_the_answer_never_doubles_a_mail(server, mail, post, monkeypatch):
    def killed(session):
        raise KeyboardInterrupt

    config = mail("you@example.org")
    real = smtplib.SMTP.send
    with monkeypatch.context() as patched:
        patched.setattr(smtplib.SMTP, "send", lambda s, text: (real(s, text), len(text) > 9000 and killed(s)))
        with pytest.raises(KeyboardInterrupt):
            post(config)
    assert post.states() == {"you@example.org": "sending"}
    outcome = post(config)
    assert outcome.exit_code == 1
    assert len(server.taken) <= 1


def test_a_process_killed_while_it_waits_for_the_answer_never_doubles_a_mail(server, mail, post, tmp_path):
    """The real thing: another process, gone without a word after its text is out."""
    config = mail("you@example.org")
    child = (
        "import os, sys, smtplib\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from samples import SERIES_BRIEF\n"
        "from digest.config import MailConfig\n"
        "from digest.store.outbox import Outbox\n"
        "from digest.letters import letter_for\n"
        "from digest.send import Post, send\n"
        "smtplib.SMTP.getreply = lambda self, real=smtplib.SMTP.getreply: (\n"
        "    os.kill(os.getpid(), 9) if getattr(self, 'texted', False) else real(self))\n"
        "real_send = smtplib.SMTP.send\n"
        "def send_and_note(self, text):\n"
        "    real_send(self, text)\n"
        "    self.texted = len(text) > 9000\n"
        "smtplib.SMTP.send = send_and_note\n"
        "config = MailConfig.model_validate_json(sys.argv[3])\n"
        "base = Path(sys.argv[2])\n"
        "clock = lambda: datetime.now(UTC)\n"
        "with Outbox(base / 'digest.sqlite') as outbox:\n"
        "    letter = letter_for(SERIES_BRIEF, mail=config)\n"
        "    send(letter, Post(mail=config, base=base, outbox=outbox, clock=clock, sleep=print))\n"
    )
    tests = str(Path(__file__).resolve().parents[1])
    words = [sys.executable, "-c", child, tests, str(tmp_path), config.model_dump_json(by_alias=True)]
    killed = subprocess.run(words, check=False, capture_output=True, cwd=Path(tests).parent, timeout=60)
    assert killed.returncode == -9, killed.stderr
    assert post.states() == {"you@example.org": "sending"}
    assert post(config).exit_code == 1
    assert post(config, resend=True).exit_code == 0
    ids = {message_from_bytes(text)["Message-ID"] for _, text in server.taken}
    assert len(server.taken) <= 2
    assert len(ids) == 1


def test_a_crash_before_the_text_costs_nothing(server, mail, post, monkeypatch):
    def killed(session, *names):
        raise KeyboardInterrupt

    config = mail("you@example.org")
    with monkeypatch.context() as patched:
        patched.setattr(smtplib.SMTP, "rcpt", killed)
        with pytest.raises(KeyboardInterrupt):
            post(config)
    assert post.states() == {"you@example.org": "pending"}
    assert post(config).exit_code == 0
    assert len(server.taken) == 1


def test_a_recipient_who_joins_later_gets_the_same_message_id(server, mail, post):
    post(mail("you@example.org"))
    assert post(mail("you@example.org", "new@example.org")).now == ("new@example.org",)
    first, second = (message_from_bytes(text)["Message-ID"] for _, text in server.taken)
    assert first == second


def test_an_unknown_authority_is_an_error_and_nothing_is_sent(server, mail, post):
    with pytest.raises(DeliverError, match="has no certificate we trust"):
        post(mail(ca_file=None))
    assert server.taken == []
    assert post.waits == []


def test_a_certificate_for_another_name_is_refused(server, mail, post, monkeypatch):
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda to, *rest: real(("127.0.0.1", to[1]), *rest))
    with pytest.raises(DeliverError, match=r"mail\.example"):
        post(mail(host="mail.example"))
    assert server.taken == []


def test_no_starttls_no_mail(mail, post):
    handler = Behaviour()
    controller = Listening(handler, None, require=False)
    controller.start()
    try:
        with pytest.raises(DeliverError, match="offers no STARTTLS"):
            post(mail(port=controller.port))
        assert handler.asked == []
        assert post(mail(port=controller.port, security="none")).exit_code == 0  # allowed to this machine
        assert len(handler.taken) == 1
    finally:
        controller.stop()


def test_tls_from_the_first_byte(server_context, mail, post):
    handler = Behaviour()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), ssl_context=server_context)
    controller.ready_timeout = 5
    with suppress(TimeoutError):  # its own check of the port may not know our authority
        controller.start()
    try:
        assert post(mail(port=controller.port, security="ssl")).exit_code == 0
        assert len(handler.taken) == 1
    finally:
        controller.stop(no_assert=True)


def test_login_with_a_password_from_the_environment_or_a_file(server, mail, post, tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEF_PASSWORD", WORD)
    assert post(mail("a@example.org", username="me", password_env="BRIEF_PASSWORD")).exit_code == 0
    secret = tmp_path / "secret"
    secret.write_text(f"{WORD}\n", encoding="utf-8")
    secret.chmod(0o644)
    with_file = mail("b@example.org", username="me", secrets_file="secret")
    with pytest.raises(DeliverError, match="can be read by every user"):
        post(with_file)
    secret.chmod(0o600)
    assert post(with_file).exit_code == 0
    secret.write_text("wrong\n", encoding="utf-8")
    with pytest.raises(DeliverError, match="does not take the login") as caught:
        post(mail("c@example.org", username="me", secrets_file="secret"))
    assert "wrong" not in str(caught.value)
    assert len(server.taken) == 2


def test_a_missing_password_is_named(mail, post, monkeypatch):
    monkeypatch.delenv("BRIEF_PASSWORD", raising=False)
    with pytest.raises(DeliverError, match="BRIEF_PASSWORD"):
        post(mail(username="me", password_env="BRIEF_PASSWORD"))


def test_a_server_that_is_away_is_tried_again_and_the_mail_stays_pending(mail, post):
    outcome = post(mail("you@example.org", port=free_port()))
    assert outcome.exit_code == 1
    assert post.waits == [10, 20]
    assert post.states() == {"you@example.org": "pending"}
    assert "cannot be reached" in outcome.mailings[0].reply


def test_recipients_once_each(mail):
    assert recipients(mail("A <a@x.example>", "A@x.example", "b@x.example", bcc=["b@x.example", "c@x.example"])) == (
        "a@x.example", "b@x.example", "c@x.example",
    )  # fmt: skip
