"""Mail an issue: from its brief to what became of it for each recipient. The outbox knows who has got what."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.config import Config, MailConfig, load_config
from digest.deliver import smtp
from digest.deliver.mail import issue_key, recipients, sender
from digest.deliver.mail_lint import Finding, lint_message
from digest.deliver.outputs import brief_file, issues_in, read_brief
from digest.errors import BriefFileError, ConfigError
from digest.letters import Letter, letter_for
from digest.models import Brief
from digest.places import outputs_path, store_path, templates_path
from digest.store.outbox import Mailing, Outbox, State
from digest.window import series_name

_STATES: dict[smtp.Verdict, State] = {"taken": "sent", "later": "pending", "refused": "failed", "unknown": "sending"}
OUTBOX_FILE = "digest.sqlite"  # in the outputs folder, where a configuration keeps no store
MAX_PAUSE = 900.0  # seconds; longer than any greylist's usual first refusal (five minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is known of an issue's mailings after sending; `now` are the recipients that this run reached.

    `late` are mailings of earlier issues of the series that this run delivered, `earlier` those that never ended.
    """

    mailings: tuple[Mailing, ...]
    now: tuple[str, ...]
    late: tuple[Mailing, ...] = ()
    earlier: tuple[Mailing, ...] = ()

    def of(self, state: str) -> tuple[Mailing, ...]:
        """The mailings in one state."""
        return tuple(mailing for mailing in self.mailings if mailing.state == state)

    @property
    def exit_code(self) -> int:
        """0: sent to all; 1: somebody has not got it, or may not; 3: all had it before.

        An earlier issue that is in doubt is told, but was told by the exit code when it was new.
        """
        if len(self.of("sent")) < len(self.mailings) or any(one.state == "pending" for one in self.earlier):
            return 1
        return 0 if self.now or self.late else 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MailJob:
    """Which issue to mail, how, and where its outbox is. Paths in `mail` are relative to the configuration's folder.

    `outputs` is the folder of issues; `before` are the issues of the series before this one, oldest first, which go out
    too where they wait; none where one issue was asked for.
    """

    config_file: Path
    brief: Brief
    mail: MailConfig
    outputs: Path
    outbox: Path
    templates: Path | None
    before: tuple[Brief, ...] = ()

    def letter(self) -> Letter:
        """The message, with the Message-ID that an earlier attempt used. Writes nothing."""
        if not self.outbox.exists():
            return letter_for(self.brief, mail=self.mail, templates=self.templates)
        with Outbox(self.outbox, read_only=True) as outbox:
            return self._letter(self.brief, outbox)

    def late_letters(self, outbox: Outbox) -> tuple[Letter, ...]:
        """Those of the issues before this one that somebody waits for, oldest first."""
        waiting = {one.issue for one in _unfinished(outbox, issue_key(self.brief), self.mail) if one.state == "pending"}
        return tuple(self._letter(brief, outbox) for brief in self.before if issue_key(brief) in waiting)

    def _letter(self, brief: Brief, outbox: Outbox) -> Letter:
        known = outbox.known_id(issue_key(brief))
        return letter_for(brief, mail=self.mail, templates=self.templates, known_id=known)


def mail_job(target: Path, *, config_file: Path, outputs: Path | None = None) -> MailJob:
    """The job of a configuration (its latest issue), or of an issue's folder with a configuration beside it.

    Raises ConfigError, and BriefFileError when there is no issue.
    """
    is_config = target.suffix.lower() == ".toml"
    path = target if is_config else config_file
    config = load_config(path)
    if config.mail is None:
        raise ConfigError(str(path), "has no [mail] table", hint="`digest init` shows one; set from, to and host")
    folder = outputs or (outputs_path(path.parent, config) if is_config else brief_file(target).parent.parent)
    *before, brief = _issues(folder, config) if is_config else [read_brief(brief_file(target))]
    templates = templates_path(path.parent, config)
    outbox = store_path(path.parent, config) or folder / OUTBOX_FILE
    return MailJob(
        config_file=path, brief=brief, mail=config.mail, outputs=folder, outbox=outbox, templates=templates,
        before=tuple(before),
    )  # fmt: skip


def lint_latest(config_file: Path) -> tuple[Finding, ...]:
    """The findings of the mail of a configuration's latest issue. Raises DigestError."""
    return lint_message(mail_job(config_file, config_file=config_file).letter().message)


def _issues(folder: Path, config: Config) -> list[Brief]:
    """The issues of the configuration's series, or of its title, oldest first. Raises BriefFileError for none."""
    ours = [one.brief for one in issues_in(folder) if one.brief.title == series_name(config)]
    if not ours:
        raise BriefFileError(
            str(folder), "holds no issue of this configuration", hint="`digest run` makes one, or says why not"
        )
    return ours


def send_job(
    job: MailJob, *, resend: bool = False, arrived: bool = False, on_wait: Callable[[float, str], None]
) -> Outcome:
    """Send a job's issue. Raises ConfigError, DeliverError, or StoreError, when nothing could be sent at all.

    Of what is in doubt, `resend` sends it again; `arrived` notes that it has come to everyone, and sends nothing.
    """
    if not (job.mail.host or arrived):
        hint = "set it to your mail server; `--eml FILE` only writes the message"
        raise ConfigError(str(job.config_file), "[mail] has no host", hint=hint)
    letter = job.letter()
    with Outbox(job.outbox) as outbox:
        if arrived:
            return _arrived(letter, job.mail, outbox)
        post = Post(
            mail=job.mail, base=job.config_file.parent, outbox=outbox, clock=lambda: datetime.now(UTC),
            sleep=time.sleep, on_wait=on_wait,
        )  # fmt: skip
        return send(letter, post, resend=resend, late=job.late_letters(outbox))


def _arrived(letter: Letter, mail: MailConfig, outbox: Outbox) -> Outcome:
    now = datetime.now(UTC)
    outbox.enter(letter.issue, recipients(mail), message_id=str(letter.message["Message-ID"]), now=now)
    outbox.note_arrival(letter.issue, now=now)
    return Outcome(mailings=outbox.mailings(letter.issue), now=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """All it takes to send: the configuration and its folder, the outbox, the clock, and whom to tell of a wait."""

    mail: MailConfig
    base: Path
    outbox: Outbox
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    on_wait: Callable[[float, str], None] = lambda seconds, reason: None


def send(letter: Letter, post: Post, *, resend: bool = False, late: Sequence[Letter] = ()) -> Outcome:
    """Send a letter to each recipient who has not got it; ask again, later and later, where the server says so.

    `late` are letters of earlier issues, which go first, to whom they still wait for and to nobody else. With
    `resend`, what is in doubt or was refused of the letter is tried again too. Raises DeliverError when nothing can be
    sent.
    """
    everyone = recipients(post.mail)
    identity = str(letter.message["Message-ID"])
    post.outbox.enter(letter.issue, everyone, message_id=identity, now=post.clock())
    if resend:
        post.outbox.reopen(letter.issue, now=post.clock())
    letters = (*late, letter)
    before = _sent(letters, post)
    if _waiting(letters, post):
        _rounds(letters, post)
    meant = {recipient.lower() for recipient in everyone}
    mailings = tuple(one for one in post.outbox.mailings(letter.issue) if one.recipient in meant)
    new = [one for key, one in _sent(letters, post).items() if key not in before]
    return Outcome(
        mailings=mailings,
        now=tuple(one.recipient for one in new if one.issue == letter.issue),
        late=tuple(one for one in new if one.issue != letter.issue),
        earlier=_unfinished(post.outbox, letter.issue, post.mail),
    )


def _unfinished(outbox: Outbox, issue: str, mail: MailConfig) -> tuple[Mailing, ...]:
    """What never ended of the other issues of its series, for those who are recipients still."""
    meant = {recipient.lower() for recipient in recipients(mail)}
    return tuple(one for one in outbox.unfinished(but=issue) if one.recipient in meant)


def _sent(letters: Sequence[Letter], post: Post) -> dict[tuple[str, str], Mailing]:
    rows = (one for letter in letters for one in post.outbox.mailings(letter.issue))
    return {(one.issue, one.recipient): one for one in rows if one.state == "sent"}


def _waiting(letters: Sequence[Letter], post: Post) -> list[tuple[Letter, str]]:
    """Who waits for which letter, the letters in their order."""
    found = []
    for letter in letters:
        known = {one.recipient: one.state for one in post.outbox.mailings(letter.issue)}
        found += [(letter, one) for one in recipients(post.mail) if known.get(one.lower()) == "pending"]
    return found


def _rounds(letters: Sequence[Letter], post: Post) -> None:
    word = smtp.password(post.mail, base=post.base)
    context = smtp.tls_context(post.mail, base=post.base)
    pause = post.mail.retry_seconds
    for attempt in range(1, post.mail.attempts + 1):
        reason = _round(letters, post, word, context)
        if reason is None or not _waiting(letters, post):
            return
        if attempt < post.mail.attempts:
            post.on_wait(pause, reason)
            post.sleep(pause)
            pause = min(2 * pause, MAX_PAUSE)


def _round(letters: Sequence[Letter], post: Post, word: str | None, context: ssl.SSLContext) -> str | None:
    """Offer each letter to those who wait for it. Returns why some must wait on, or None."""
    session: smtplib.SMTP | None = None
    later = None
    for letter, recipient in _waiting(letters, post):
        try:
            session = session or smtp.connect(post.mail, word=word, context=context)
            answer = _offer(session, letter, post, recipient)
        except smtp.ServerGoneError as error:
            later, session = str(error), None
            _wait_on(letters, post, reply=later)
            break
        except BaseException:
            _hang_up(session)
            raise
        if answer and answer.verdict == "unknown":
            session = None  # it is closed; the others get one of their own
        elif answer and answer.verdict == "later":
            later = f"{recipient}: {answer.reply}"
    _hang_up(session)
    return later


def _wait_on(letters: Sequence[Letter], post: Post, *, reply: str) -> None:
    """Note for all who still wait why they do."""
    for letter, recipient in _waiting(letters, post):
        post.outbox.settle(letter.issue, recipient, "pending", was="pending", reply=reply, now=post.clock())


def _offer(session: smtplib.SMTP, letter: Letter, post: Post, recipient: str) -> smtp.Answer | None:
    """One mail to one recipient, and its row in the outbox. None when another process took it meanwhile."""
    claimed = False

    def claim() -> bool:
        nonlocal claimed
        claimed = post.outbox.claim(letter.issue, recipient, now=post.clock())
        return claimed

    answer = smtp.offer(session, letter.payload, sender=sender(post.mail), recipient=recipient, claim=claim)
    if answer:
        was: State = "sending" if claimed else "pending"
        state = _STATES[answer.verdict]
        post.outbox.settle(letter.issue, recipient, state, was=was, reply=answer.reply, now=post.clock())
    return answer


def _hang_up(session: smtplib.SMTP | None) -> None:
    if session:
        with suppress(OSError, smtplib.SMTPException):  # the mail is settled; QUIT is only manners
            session.quit()
