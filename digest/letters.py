"""An issue as a mail: from its brief to a message that is ready to go, and whether clients will show it well."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from digest.config import MailConfig
from digest.deliver.archive import story_titles
from digest.deliver.mail import Cut, Fitted, build_message, fit, issue_key
from digest.deliver.mail_lint import Finding, lint_html, lint_message
from digest.deliver.outputs import brief_file, read_brief, read_text, write_whole
from digest.errors import BriefFileError
from digest.models import BRIEFLY_TITLE, Brief
from digest.render import escape, moments, render, wording

MAX_TITLES = 3


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


def lint_target(target: Path) -> tuple[Finding, ...]:
    """The findings of an issue's mail, a message (.eml) or a page (.html). Raises DigestError."""
    if target.suffix.lower() == ".eml":
        try:
            return lint_message(message_from_bytes(target.read_bytes(), policy=default))
        except OSError as error:
            raise BriefFileError(str(target), f"cannot be read ({error.strerror})", hint="give an .eml file") from error
    if target.suffix.lower() in (".html", ".htm"):
        return lint_html(read_text(target))
    return lint_html(mail_html(read_brief(brief_file(target))).html)
