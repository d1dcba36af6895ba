"""Mail files: newsletters and articles that people send each other."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from digest.collect.clean import tidy_line
from digest.collect.decode import decode
from digest.collect.listing import find_listing
from digest.collect.outlet_names import fits_host, site_label
from digest.collect.plaintext import unwrap
from digest.collect.raw import RawArticle, check_length
from digest.collect.times import parse_time
from digest.config import SourceConfig
from digest.errors import CollectError

_LIST_HEADERS = ("List-Id", "List-Unsubscribe", "List-Post")
_MAX_HEADER = 4_000  # characters; RFC 5322 allows lines of 998
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|sv|tr)\s?:\s?)+", re.IGNORECASE)
_SENDER_TAIL = re.compile(r"\s(?:newsletters?|news alerts?|alerts?|e-?mail(?: updates)?|via\s.*)$", re.IGNORECASE)
_NAME_EDGES = " '\"–—-|·:"
_QUOTE_MARKS = re.compile(r"^(?:> ?)+", re.MULTILINE)
_FOOT = re.compile(r"(?:to )?unsubscribe\b|you(?: are|['’]re) receiving this\b|you received this\b|--$", re.IGNORECASE)
_LINK_HEADERS = ("Archived-At", "List-Archive-Message", "Content-Location")


def read_mail(content: bytes, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The article of a mail: its text part, or its HTML part where there is none. Raises CollectError."""
    try:
        message = message_from_bytes(content, policy=policy.compat32)
        text = check_length(_body(message, label=label), label=label)
        published = parse_time(_header(message, "Date"))
        listing = find_listing(text, source=source, page_time=published)
        return listing or (_article(message, text),)
    except RecursionError as error:
        raise CollectError(label, "its parts or headers are nested too deep") from error


def _article(message: Message, text: str) -> RawArticle:
    title = _REPLY.sub("", _header(message, "Subject")).strip() or None
    name = _sender(message)
    newsletter = any(message.get(header) for header in _LIST_HEADERS)
    return RawArticle(
        text=_without_frame(text, name or ""),
        title=title,
        # A mailing speaks for its outlet; a person who writes does not.
        outlet=_mailing(message, name) if newsletter else None,
        link=_link(message),
        published=parse_time(_header(message, "Date")),
        authors=(name,) if name and not newsletter else (),
        lang=_header(message, "Content-Language").split(",")[0].strip() or None,
    )


def _mailing(message: Message, name: str | None) -> str | None:
    """What a mailing is called: its sender, or "The Tide" of "Ada Holm from The Tide", or else its list's name."""
    if name is None:
        return _header(message, "List-Id").partition("<")[0].strip(" '\"") or None
    _, found, outlet = name.rpartition(" from ")
    address = next(address for _, address in getaddresses([_header(message, "From")]))
    user, _, host = address.casefold().rpartition("@")
    if found and any(fits_host(outlet, label) for label in (user, site_label(host))):
        return outlet
    return _SENDER_TAIL.sub("", name).rstrip(_NAME_EDGES)


def _without_frame(text: str, sender: str) -> str:
    """Without the mailing's own head (the sender's name) and foot (why you get it, and whose address it is)."""
    lines = text.split("\n")
    first = 1 if lines[0].strip().casefold() == sender.casefold() else 0
    foot = next((n for n in range(len(lines) * 2 // 3, len(lines)) if _FOOT.match(lines[n].strip())), len(lines))
    return "\n".join(lines[first : max(foot, first + 1)])


def _header(message: Message, name: str) -> str:
    """A header's text. Encoded words in an unknown charset are read like any bytes of unknown charset."""
    raw = message.get(name)
    if raw is None:
        return ""
    parts = []
    try:
        decoded = decode_header(str(raw)[:_MAX_HEADER])
    except (ValueError, LookupError):  # a malformed encoded word
        return " ".join(str(raw)[:_MAX_HEADER].split())
    for part, charset in decoded:
        parts.append(part if isinstance(part, str) else decode(part, label=name, declared=charset))
    return " ".join("".join(parts).split())


def _sender(message: Message) -> str | None:
    addresses = getaddresses([_header(message, "From")])
    return next((name.strip(" '\"") for name, _ in addresses if name.strip(" '\"")), None)


def _link(message: Message) -> str | None:
    values = (_header(message, name).strip("<> ") for name in _LINK_HEADERS)
    return next((value for value in values if value.casefold().startswith(("http://", "https://"))), None)


def _body(message: Message, *, label: str) -> str:
    """The text of the first plain part, or of the first HTML part; attachments are passed over."""
    parts = [
        part for part in message.walk() if not part.is_multipart() and part.get_content_disposition() != "attachment"
    ]
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    for part in plain:
        text = _part_text(part, label=label)
        if len(text.split()) > 5:
            flowed = str(part.get_param("format", "")).casefold() == "flowed"
            unquoted = _QUOTE_MARKS.sub("", _reflow(text) if flowed else text)
            return unwrap("\n".join(map(tidy_line, unquoted.splitlines())))
    for part in parts:
        if part.get_content_type() == "text/html":
            from digest.collect.markup import text_of_fragment

            return text_of_fragment(_part_text(part, label=label))
    return _part_text(plain[0], label=label) if plain else ""


def _part_text(part: Message, *, label: str) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_param("charset")
    return decode(content, label=label, declared=charset if isinstance(charset, str) else None)


def _reflow(text: str) -> str:
    """Join the lines of format=flowed (RFC 3676): one that ends in a space continues on the next."""
    return re.sub(r"(?<!^--) \r?\n(?!\s|$)", " ", text, flags=re.MULTILINE)
