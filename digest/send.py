"""Mail an issue: from its brief to a message, and from a message to what became of it for each recipient."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from digest.config import Config, MailConfig, load_config
from digest.deliver import smtp
from digest.deliver.archive import issues_in, read_brief, story_titles
from digest.deliver.mail import Cut, Fitted, build_message, fit, issue_key, recipients, sender
from digest.deliver.mail_lint import Finding, lint_html, lint_message
from digest.deliver.outputs import BRIEF_FILE, read_text, write_whole
from digest.errors import BriefFileError, ConfigError
from digest.memory import store_path
from digest.models import BRIEFLY_TITLE, Brief
from digest.render import escape, moments, render, wording
from digest.store.outbox import Mailing, Outbox, State

_STATES: dict[smtp.Verdict, State] = {"taken": "sent", "later": "pending", "refused": "failed", "unknown": "sending"}
OUTBOX_FILE = "digest.sqlite"  # in the outputs folder, where a configuration keeps no store
MAX_TITLES = 3
MAX_PAUSE = 900.0  # seconds; longer than any greylist's usual first refusal (five minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message ready to go, for which issue it is, and what was cut to make it fit."""

    issue: str
    message: EmailMessage
    payload: bytes
    fitted: Fitted

    def write(self, path: Path) -> None:
        """Write the message to a file, as it would be sent. Raises DeliverError."""
        write_whole(path, self.payload.decode("ascii"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is known of an issue's mailings after sending; `now` are the recipients that this run reached.

    `earlier` are mailings of other issues that never ended.
    """

    mailings: tuple[Mailing, ...]
    now: tuple[str, ...]
    earlier: tuple[Mailing, ...] = ()

    def of(self, state: str) -> tuple[Mailing, ...]:
        """The mailings in one state."""
        return tuple(mailing for mailing in self.mailings if mailing.state == state)

    @property
    def exit_code(self) -> int:
        """0: sent to all; 1: somebody has not got it, or may not; 3: all had it before."""
        if len(self.of("sent")) < len(self.mailings):
            return 1
        return 0 if self.now else 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MailJob:
    """Which issue to mail, how, and where its outbox is. `base` is the folder that paths in `mail` are relative to."""

    brief: Brief
    mail: MailConfig
    base: Path
    outbox: Path
    templates: Path | None

    def letter(self) -> Letter:
        """The message, with the Message-ID that an earlier attempt used. Writes nothing."""
        known = None
        if self.outbox.exists():
            with Outbox(self.outbox) as outbox:
                known = outbox.known_id(issue_key(self.brief))
        return letter_for(self.brief, mail=self.mail, templates=self.templates, known_id=known)


def mail_job(target: Path, *, config_file: Path, outputs: Path | None = None) -> MailJob:
    """The job of a configuration (its latest issue), or of an issue's folder with a configuration beside it.

    Raises ConfigError, and BriefFileError when there is no issue.
    """
    is_config = target.suffix.lower() == ".toml"
    path = target if is_config else config_file
    config = load_config(path)
    if config.mail is None:
        raise ConfigError(str(path), "has no [mail] table", hint="`digest init` shows one; set from, to and host")
    folder = outputs or (path.parent / config.brief.outputs if is_config else _issue_file(target).parent.parent)
    brief = _latest(folder, config) if is_config else read_brief(_issue_file(target))
    templates = path.parent / config.render.templates if config.render.templates else None
    outbox = store_path(path, config) or folder / OUTBOX_FILE
    return MailJob(brief=brief, mail=config.mail, base=path.parent, outbox=outbox, templates=templates)


def _issue_file(target: Path) -> Path:
    return target if target.name == BRIEF_FILE else target.resolve() / BRIEF_FILE


def _latest(folder: Path, config: Config) -> Brief:
    """The latest issue of the configuration's series, or of its title."""
    name = config.series.name if config.series else None
    ours = [
        one.brief
        for one in issues_in(folder)
        if (one.brief.series.name if one.brief.series else None) == name
        and (name or one.brief.title == config.brief.title)
    ]
    if not ours:
        raise BriefFileError(str(folder), "holds no issue of this configuration", hint="`digest run` makes one")
    return max(ours, key=lambda brief: brief.date)


def send_job(job: MailJob, *, resend: bool, on_wait: Callable[[float, str], None]) -> Outcome:
    """Send a job's issue. Raises DeliverError, or StoreError, when nothing could be sent at all."""
    letter = job.letter()
    with Outbox(job.outbox) as outbox:
        post = Post(
            mail=job.mail, base=job.base, outbox=outbox, clock=lambda: datetime.now(UTC), sleep=time.sleep,
            on_wait=on_wait,
        )  # fmt: skip
        return send(letter, post, resend=resend)


def lint_target(target: Path) -> tuple[Finding, ...]:
    """The findings of an issue's mail, a message (.eml) or a page (.html). Raises DigestError."""
    if target.suffix.lower() == ".eml":
        with _reading(target):
            message = message_from_bytes(target.read_bytes(), policy=default)
        return lint_message(message)
    if target.suffix.lower() in (".html", ".htm"):
        return lint_html(read_text(target))
    return lint_html(mail_html(read_brief(_issue_file(target))).html)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BriefFileError(str(path), f"cannot be read ({error.strerror})", hint="give an .eml file") from error


def mail_html(brief: Brief, *, mail: MailConfig | None = None, templates: Path | None = None) -> Fitted:
    """The mail's HTML as it is sent. Raises RenderError."""

    def html_of(kept: Brief, cut: Cut) -> str:
        values = {**_links(brief, mail), "cut": cut, "titles": titles}
        return render(kept, "email.html.j2", templates=templates, values=values)

    titles = story_titles(brief, but=BRIEFLY_TITLE, most=MAX_TITLES)
    return fit(brief, html_of)


def letter_for(brief: Brief, *, mail: MailConfig, templates: Path | None = None, known_id: str | None = None) -> Letter:
    """The message of a brief: the same bytes each time. `known_id` is the outbox's Message-ID for it."""
    fitted = mail_html(brief, mail=mail, templates=templates)
    text = render(brief, "email.txt.j2", templates=templates, values=_links(brief, mail))
    subject = escape.plain(f"{wording.headline(brief)} · {moments.long_date(brief.date)}")
    message = build_message(brief, subject=subject, text=text, html=fitted.html, mail=mail, known_id=known_id)
    return Letter(issue=issue_key(brief), message=message, payload=message.as_bytes(), fitted=fitted)


def _links(brief: Brief, mail: MailConfig | None) -> dict[str, str | None]:
    if mail is None:
        return {"archive": None, "unsubscribe": None}
    page = f"{mail.archive.rstrip('/')}/{brief.date.isoformat()}/brief.html" if mail.archive else None
    return {"archive": page, "unsubscribe": min(mail.unsubscribe, default=None)}  # https: before mailto:


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """All it takes to send: the configuration and its folder, the outbox, the clock, and whom to tell of a wait."""

    mail: MailConfig
    base: Path
    outbox: Outbox
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    on_wait: Callable[[float, str], None] = lambda seconds, reason: None


def send(letter: Letter, post: Post, *, resend: bool = False) -> Outcome:
    """Send a letter to each recipient who has not got it; ask again, later and later, where the server says so.

    With `resend`, what is in doubt or was refused is tried again too. Raises DeliverError when nothing can be sent.
    """
    everyone = recipients(post.mail)
    identity = str(letter.message["Message-ID"])
    post.outbox.enter(letter.issue, everyone, message_id=identity, now=post.clock())
    if resend:
        post.outbox.reopen(letter.issue, now=post.clock())
    before = {mailing.recipient for mailing in post.outbox.mailings(letter.issue) if mailing.state == "sent"}
    if _waiting(letter, post):
        _rounds(letter, post)
    meant = {recipient.lower() for recipient in everyone}
    mailings = tuple(one for one in post.outbox.mailings(letter.issue) if one.recipient in meant)
    now = tuple(one.recipient for one in mailings if one.state == "sent" and one.recipient not in before)
    return Outcome(mailings=mailings, now=now, earlier=post.outbox.unfinished(but=letter.issue))


def _waiting(letter: Letter, post: Post) -> list[str]:
    known = {one.recipient: one.state for one in post.outbox.mailings(letter.issue)}
    return [recipient for recipient in recipients(post.mail) if known[recipient.lower()] == "pending"]


def _rounds(letter: Letter, post: Post) -> None:
    word = smtp.password(post.mail, base=post.base)
    context = smtp.tls_context(post.mail, base=post.base)
    pause = post.mail.retry_seconds
    for attempt in range(1, post.mail.attempts + 1):
        reason = _round(letter, post, word, context)
        if reason is None or not _waiting(letter, post):
            return
        if attempt < post.mail.attempts:
            post.on_wait(pause, reason)
            post.sleep(pause)
            pause = min(2 * pause, MAX_PAUSE)


def _round(letter: Letter, post: Post, word: str | None, context: ssl.SSLContext) -> str | None:
    """Offer the letter to each who waits for it. Returns why some must wait on, or None."""
    session: smtplib.SMTP | None = None
    later = None
    for recipient in _waiting(letter, post):
        try:
            session = session or smtp.connect(post.mail, word=word, context=context)
            answer = _offer(session, letter, post, recipient)
        except smtp.ServerGoneError as error:
            reply, now = str(error), post.clock()
            post.outbox.settle(letter.issue, recipient, "pending", was="pending", reply=reply, now=now)
            later, session = reply, None
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
