"""Plain text and Markdown files."""

from __future__ import annotations

import re
from dataclasses import replace

from digest.collect.clean import tidy_line
from digest.collect.credits import take_credits
from digest.collect.decode import decode
from digest.collect.listing import find_listing
from digest.collect.raw import RawArticle, check_length
from digest.collect.times import parse_time
from digest.config import SourceConfig
from digest.language.boilerplate import is_boilerplate
from digest.language.chaff import furniture

_MAX_TITLE_WORDS = 22
_FURNITURE_WORDS = 4  # of a line above the title
_MAX_TITLE_CHARS = 160
_EMBARGO = re.compile(
    r"(?:strictly )?embargo(?:ed)?\b|(?:not )?for (?:immediate )?(?:release|publication)\b", re.IGNORECASE
)
_WRAP_WIDTH = 100  # longer lines are paragraphs, not lines wrapped by an editor or a mail program
_WRAP_MIN = 40


def read_text(content: bytes, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The article of a text file, or the articles of a listing saved as text. Raises CollectError."""
    text = check_length(decode(content, label=label), label=label)
    listing = find_listing(text, source=source, page_time=parse_time(source.published))
    return listing or (raw_from_text(text),)


def raw_from_text(text: str) -> RawArticle:
    """An article from bare text: header fields, credit lines and a title line are taken out of it."""
    lines = [tidy_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    credits = take_credits("\n".join(lines), header=True)
    title, body = credits.title, unwrap(credits.text)
    if title is None:
        title, body = take_title(body)
    outlet = credits.outlet or credits.first_on
    carrier = credits.carrier or (credits.first_on if credits.outlet else None)
    return replace(credits, text=body, title=title, outlet=outlet, carrier=carrier)


def take_title(text: str) -> tuple[str | None, str]:
    """The first line as a title, and the rest; no title when that line reads like a sentence of the body."""
    lines = text.strip("\n ").split("\n")
    opens = next((place for place, line in enumerate(lines[:-1]) if not _is_above_title(line)), len(lines) - 1)
    first = lines[opens].strip()
    rest = "\n".join(lines[opens + 1 :])
    if not rest.strip() or not _is_title(first):
        return None, text
    return first.removesuffix("."), rest


def _is_above_title(line: str) -> bool:
    """A blank, "Skip to content", "Embargoed until …"; "Video: Bridge collapses" and the like may be the title."""
    short = is_boilerplate(line) and len(line.split()) <= _FURNITURE_WORDS and ":" not in line
    return not line.strip() or short or _EMBARGO.match(line) is not None


def _is_title(line: str) -> bool:
    words = line.split()
    if not 2 <= len(words) <= _MAX_TITLE_WORDS or len(line) > _MAX_TITLE_CHARS or line.startswith("- "):
        return False
    # "Here are the key events of day 12." ends like a sentence, and is none of the news.
    return not line.endswith((".", ".”", '."', ":", ";", ",")) or (line.endswith(".") and furniture(line) == "meta")


def unwrap(text: str) -> str:
    """Join lines that an editor wrapped at a fixed width; other lines stay.

    A line was wrapped when the next line's first word would not have fitted: the rule of every greedy wrapper.
    """
    lines = text.split("\n")
    width = max((len(line) for line in lines if "://" not in line), default=0)  # no address is ever broken
    if not _WRAP_MIN <= width <= _WRAP_WIDTH:
        return text
    joined: list[str] = []
    previous = ""
    for line in lines:
        word = line.split(" ", 1)[0]
        wrapped = previous and line and not line.startswith("- ") and len(previous) + 1 + len(word) > width
        if wrapped:
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        previous = line
    return "\n".join(joined)
