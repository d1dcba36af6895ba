"""The brief as a mail: a message with the same bytes whenever it is made again, that every client shows whole.

Gmail clips a message above about 102 kB of HTML and ignores `<style>` above 16 kB, so a long brief loses whole stories
from its end, and says how many; the plain-text part keeps them all.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from digest.config import MailConfig
from digest.models import Brief, Entry, entries, stories

MAX_HTML = 100_000  # bytes; see above, with room for what mailing lists add
_UNFOLDED = {"list-unsubscribe", "list-unsubscribe-post", "list-id", "message-id", "references"}
_ONE_LINE = SMTP.clone(max_line_length=998)  # RFC 5322's hard limit


class _MailPolicy(EmailPolicy):
    """SMTP's policy without two faults of its folding.

    A long address in angle brackets stays one: it would be encoded beyond recognition. And a subject that is not
    ASCII is encoded whole: Python 3.11 loses spaces between words when it encodes some of them.
    """

    def fold(self, name: str, value: Any) -> str:
        """One header as text."""
        if name.lower() in _UNFOLDED:
            return str(_ONE_LINE.fold(name, value))
        if name.lower() == "subject" and not value.isascii():
            return f"{name}: {Header(str(value), 'utf-8', header_name=name).encode(linesep=self.linesep)}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header as bytes."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


POLICY = _MailPolicy(linesep="\r\n", max_line_length=78)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How many whole stories, and lines, were left out of the HTML to keep it below MAX_HTML.

    `within` says that the last story that is left has lost lines, too.
    """

    stories: int = 0
    lines: int = 0
    within: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The mail's HTML, its styles inlined, and what was cut from it."""

    html: str
    cut: Cut


def issue_key(brief: Brief) -> str:
    """What the outbox calls an issue: its title and its day."""
    return f"{brief.title}/{brief.date.isoformat()}"


def recipients(mail: MailConfig) -> tuple[str, ...]:
    """The bare addresses a mail goes to, each once whatever its case, in the order of the configuration."""
    found: dict[str, str] = {}
    for text in (*mail.to, *mail.bcc):
        address = parseaddr(text)[1]
        found.setdefault(address.lower(), address)
    return tuple(found.values())


def sender(mail: MailConfig) -> str:
    """The bare address a mail comes from."""
    return parseaddr(mail.sender)[1]


def message_id(brief: Brief, mail: MailConfig) -> str:
    """The same for the same issue and recipients, in angle brackets."""
    who = ",".join(sorted(address.lower() for address in recipients(mail)))
    return f"<{brief.date.isoformat()}.{_fingerprint(issue_key(brief), who)}@{_domain(mail)}>"


def thread_id(name: str, mail: MailConfig) -> str:
    """What all issues of a series refer to, so that clients show them as one conversation."""
    return f"<series.{_fingerprint(name)}@{_domain(mail)}>"


def inlined(html: str) -> str:
    """HTML with the rules of its `<style>` as attributes; only what cannot be one (@media) stays there."""
    import css_inline  # a native library that `digest --help` does not need

    inliner = css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_at_rules=True, keep_style_tags=True, remove_inlined_selectors=True
    )
    return _TIGHT_STYLE.sub("", inliner.inline(html)).replace("<style></style>", "")


_TIGHT_STYLE = re.compile(r";(?=\">)")


def fit(brief: Brief, html_of: Callable[[Brief, Cut], str], *, limit: int = MAX_HTML) -> Fitted:
    """The HTML with as many whole stories as stay below `limit` bytes, counted from the first.

    Of a first story that is too long by itself, as many lines as stay below it. `html_of` renders a brief and announces
    a cut. Raises what it raises.
    """
    ends = _ends(brief)
    whole = _fitted(brief, html_of, keep=ends[-1])
    if len(whole.html.encode()) < limit:
        return whole

    def size(keep: int) -> int:
        return len(_fitted(brief, html_of, keep=keep).html.encode())

    keep = _most(ends, size, limit) or _most(range(ends[min(1, len(ends) - 1)] + 1), size, limit)
    return _fitted(brief, html_of, keep=keep)


def build_message(
    brief: Brief, *, subject: str, text: str, html: str, mail: MailConfig, known_id: str | None = None
) -> EmailMessage:
    """The whole message. `known_id` is the Message-ID that an earlier attempt used, so that servers see a repetition.

    Nothing in it depends on clock or chance.
    """
    message = EmailMessage(policy=POLICY)
    identity = known_id or message_id(brief, mail)
    message["From"] = _address(mail.sender)
    message["To"] = [_address(text) for text in mail.to] or "undisclosed-recipients:;"
    message["Subject"] = subject
    message["Date"] = format_datetime(brief.window.until.astimezone(ZoneInfo(brief.window.timezone)))
    message["Message-ID"] = identity
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    _add_list_headers(message, brief, mail)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{_fingerprint(identity, 'parts')}")
    return message


def _add_list_headers(message: EmailMessage, brief: Brief, mail: MailConfig) -> None:
    if brief.series:
        message["References"] = thread_id(brief.series.name, mail)
    if mail.list_id:
        name = re.sub(r"[^\w .-]", "", brief.series.name if brief.series else brief.title, flags=re.ASCII).strip()
        message["List-Id"] = f'"{name}" <{mail.list_id}>' if name else f"<{mail.list_id}>"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = ", ".join(f"<{link}>" for link in mail.unsubscribe)
        if any(link.startswith("https:") for link in mail.unsubscribe):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058


def _address(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(display_name=name, addr_spec=address)


def _domain(mail: MailConfig) -> str:
    return sender(mail).rpartition("@")[2]


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


# --- the cut ----------------------------------------------------------------------------------------------------------


def _most(keeps: Sequence[int], size: Callable[[int], int], limit: int) -> int:
    """The most of `keeps` lines, which grow from 0, that stay below the limit; 0 where none does."""
    return keeps[max(0, bisect_left(keeps, limit, key=size) - 1)]


def _fitted(brief: Brief, html_of: Callable[[Brief, Cut], str], *, keep: int) -> Fitted:
    kept = first_lines(brief, keep)
    ends = _ends(brief)
    cut = Cut(stories=_count(brief) - _count(kept), lines=ends[-1] - keep, within=keep not in ends)
    return Fitted(html=inlined(html_of(kept, cut)), cut=cut)


def first_lines(brief: Brief, count: int) -> Brief:
    """The brief with its first `count` lines, their stories, and the sources that these cite."""
    left, sections = count, []
    for section in brief.sections:
        shown = []
        for story in section.stories:
            topics, left = story.topics[:left], max(0, left - len(story.topics))
            shown += [replace(story, topics=topics)] if topics else []
        if shown or not section.stories:
            sections.append(replace(section, stories=tuple(shown)))
    shorter = replace(brief, sections=tuple(sections))
    used = {n for entry in entries(shorter) for n in _numbers(entry)}
    return replace(shorter, sources=tuple(source for source in brief.sources if source.n is None or source.n in used))


def _ends(brief: Brief) -> list[int]:
    """How many lines there are up to the end of each story; 0 first."""
    return list(accumulate((len(story.topics) for _, story in stories(brief)), initial=0))


def _count(brief: Brief) -> int:
    return sum(1 for _ in stories(brief))


def _numbers(entry: Entry) -> set[int]:
    told = {n for difference in entry.differences for value in difference.values for n in value.n}
    return told | {citation.n for citation in entry.line.citations}
