"""What a single key may hold, and the base of all tables."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parseaddr
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a time zone; write one like 'Europe/Oslo' or 'UTC'") from error
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]
Similarity = Annotated[float, Field(ge=0.0, le=1.0)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _iso_time(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a time; write one like '2026-03-04T07:00:00Z'") from error
    return text


def _plain_address(text: str) -> str:
    """An address with or without a name, in ASCII as mail servers of all ages take it."""
    name, address = parseaddr(text)
    if not re.fullmatch(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,253}", address) or "\n" in text + name or "\r" in text:
        raise ValueError(f"{text!r} is not a mail address; write 'you@example.org' or 'Name <you@example.org>'")
    return text


def _like(pattern: str, wrong: str) -> AfterValidator:
    """A check that a text looks like this; `wrong` says what it is not, and how to write it."""

    def checked(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"{text!r} {wrong}")
        return text

    return AfterValidator(checked)


IsoTime = Annotated[str, AfterValidator(_iso_time)]
Address = Annotated[str, AfterValidator(_plain_address)]
ListId = Annotated[
    str,
    _like(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+", "is not a list's id; write one like 'strait-watch.example.org'"),
]
WebAddress = Annotated[
    str, _like(r"https?://[!-;=?-~]+", "is not a web address; write one like 'https://example.org/briefs/'")
]
UnsubscribeLink = Annotated[
    str, _like(r"(?:https://|mailto:)[!-;=?-~]+", "cannot unsubscribe; write an https: or a mailto: address")
]


class Table(BaseModel):
    """A table of the configuration: no unknown keys, no changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
