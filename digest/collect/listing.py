"""Pages that list many articles, as lines of text: each becomes an article of its own, and the page their carrier.

What makes a listing is not its words but its repetition. Again and again: a headline, an outlet, a line that is
nothing but a time ("12 hours ago"), perhaps the headline once more, and a body. The time lines are the anchors; the
short lines around one are a header, the long ones after it the body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digest.collect.clean import tidy_line
from digest.collect.outlet_names import SECTIONS
from digest.collect.raw import RawArticle
from digest.collect.times import AGO, parse_ago, parse_time
from digest.config import SourceConfig
from digest.language.boilerplate import is_boilerplate

_LONG_WORDS = 20  # a line with as many words is body: no headline of the development rows has more than 19
_SENTENCE_WORDS = 6  # a shorter line that ends like a sentence is body only with as many
MIN_BODY_WORDS = 12  # a teaser of one sentence
_MIN_ENTRIES = 3  # two time lines also stand on ordinary pages ("published", "updated")
_MIN_NAMED = 0.5  # share of entries that name an outlet: a live blog's entries name none
_MIN_TITLED = 0.8  # share of entries with a headline: readers' comments have names and times, but no headlines
_MAX_PREAMBLE = 0.4  # share of the page's words before its first entry: an article with comments below has more
_MAX_OUTLET_WORDS = 6
_MIN_TITLE_WORDS = 3
_MAX_HEADER = 12  # lines a header may have before its time line
_MAX_TIME_WORDS = 9
_MAX_LINES = 5_000  # a page of more lines is no listing that people read; dates in lines are slow to tell
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMERIC_DATE = re.compile(r"\d{1,2}([-./])\d{1,2}\1(?:19|20)\d\d")
_ICON = re.compile(r"^time(?=\d)")  # the name of the clock's picture, glued to a date: "time21-05-2025"
_SEPARATOR = re.compile(r"\s+[·•|–—-]\s+|\s*[·•|]\s*")
_APP = re.compile(r"\b(?:[Dd]ownload|[Gg]et|[Ii]nstall) (?:the )?((?:[A-Z][\w.]{1,20} ?){1,3}) ?\b[Aa]pp\b")
_NOT_A_NAME = frozenset("the our this new free mobile news your my a an official".split())


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A line that is nothing but a time: what it says, and the outlet that may share it ("Coast Radio · 3h ago")."""

    time: str
    outlet: str | None

    def resolve(self, page_time: datetime | None) -> datetime | None:
        """The time in UTC; None for "3h ago" on a page without a time of its own."""
        return parse_ago(self.time, base=page_time) or parse_time(self.time)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where a time line stands."""

    number: int
    line: TimeLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The short lines around a time line, and what they name."""

    title: str | None
    outlet: str | None
    tags: tuple[str, ...]


def find_listing(
    text: str, *, source: SourceConfig, page_time: datetime | None, site: str | None = None
) -> tuple[RawArticle, ...]:
    """The articles of a page that lists many; none when it is a single article, or `source.aggregator` is false.

    `page_time` is when the page was made, against which "12 hours ago" is resolved; `site` is the page's own name.
    """
    if source.aggregator is False:
        return ()
    lines = [line for line in map(tidy_line, text.split("\n")) if line]
    anchors = _without_page_date(lines, _anchors(lines) if len(lines) <= _MAX_LINES else [])
    if len(anchors) < (1 if source.aggregator else _MIN_ENTRIES):
        return ()
    starts = _header_starts(lines, anchors)
    page_time = page_time or _page_time(lines[: starts[0]])
    carrier = site or app_name(lines)
    entries = []
    for place, anchor in enumerate(anchors):
        end = starts[place + 1] if place + 1 < len(anchors) else len(lines)
        entries.append(_entry(lines, anchor, start=starts[place], end=end, page_time=page_time, carrier=carrier))
    preamble = _words(lines[: starts[0]]) / max(1, _words(lines))
    if source.aggregator is None and (preamble > _MAX_PREAMBLE or not is_listing(entries)):
        return ()
    return numbered(entries)


def is_listing(entries: Sequence[RawArticle]) -> bool:
    """True when enough entries have a body, and most of those a headline and an outlet of their own."""
    full = [entry for entry in entries if len(entry.text.split()) >= MIN_BODY_WORDS]
    named = sum(entry.outlet is not None for entry in full)
    titled = sum(entry.title is not None for entry in full)
    return len(full) >= _MIN_ENTRIES and named >= _MIN_NAMED * len(full) and titled >= _MIN_TITLED * len(full)


def numbered(entries: Sequence[RawArticle]) -> tuple[RawArticle, ...]:
    """The entries that have a text, each with its number on the page."""
    return tuple(replace(entry, entry=number) for number, entry in enumerate(entries, 1) if entry.text.strip())


# --- lines ---------------------------------------------------------------------------------------------------------


def _anchors(lines: Sequence[str]) -> list[_Anchor]:
    return [_Anchor(number, found) for number, line in enumerate(lines) if (found := time_line(line)) is not None]


def _without_page_date(lines: Sequence[str], anchors: list[_Anchor]) -> list[_Anchor]:
    """Without a date that stands above the first entry: it has no body of its own, and dates the page."""
    if len(anchors) < 2 or AGO.fullmatch(anchors[0].line.time):
        return anchors
    has_body = any(map(is_body_line, lines[anchors[0].number + 1 : anchors[1].number]))
    return anchors if has_body else anchors[1:]


def time_line(line: str) -> TimeLine | None:
    """A line that is nothing but a time, or a time and an outlet; None for any other."""
    text = _ICON.sub("", line.removeprefix("- "))
    if len(text.split()) > _MAX_TIME_WORDS + _MAX_OUTLET_WORDS or len(text) > 120:
        return None
    if _is_time(text):
        return TimeLine(text, None)
    parts = [part for part in _SEPARATOR.split(text) if part]
    times = [part for part in parts if _is_time(part)]
    others = [part for part in parts if part not in times]
    if len(times) != 1 or not 1 <= len(others) <= 3:
        return None
    return TimeLine(times[0], others[0] if _may_publish(others[0]) else None)


def _is_time(text: str) -> bool:
    if AGO.fullmatch(text) or _NUMERIC_DATE.fullmatch(text):  # "02/07/2025" is a time, though nobody knows which
        return True
    return len(text.split()) <= _MAX_TIME_WORDS and bool(_YEAR.search(text)) and bool(parse_time(text))


def is_body_line(line: str) -> bool:
    """True for a line long enough, or enough like a sentence, to be body and not header."""
    words = len(line.split())
    return words >= _LONG_WORDS or (words >= _SENTENCE_WORDS and line.endswith((".", ".”", '."', ".'", ".’")))


def _header_starts(lines: Sequence[str], anchors: Sequence[_Anchor]) -> list[int]:
    """Where each entry begins: as many lines before its time as is usual here."""
    runs = [_run_before(lines, anchor, floor=anchors[n - 1].number if n else -1) for n, anchor in enumerate(anchors)]
    later = [anchor.number - start for anchor, start in zip(anchors[1:], runs[1:], strict=True)]
    usual = min(Counter(later).most_common(), key=lambda pair: (-pair[1], pair[0]))[0] if later else _MAX_HEADER
    return [max(run, anchor.number - usual) for anchor, run in zip(anchors, runs, strict=True)]


def _run_before(lines: Sequence[str], anchor: _Anchor, *, floor: int) -> int:
    start = anchor.number
    while start - 1 > floor and anchor.number - start < _MAX_HEADER and not is_body_line(lines[start - 1]):
        start -= 1
    return start


def _page_time(lines: Sequence[str]) -> datetime | None:
    return next((found for line in lines if len(line.split()) <= _MAX_TIME_WORDS and (found := parse_time(line))), None)


def app_name(lines: Sequence[str]) -> str | None:
    """The site's name where its furniture tells to download "the NAME app"; None where it is not that clear."""
    names = {
        match[1].strip()
        for line in lines
        if is_boilerplate(line)
        for match in _APP.finditer(line)
        if match[1].split()[0].casefold() not in _NOT_A_NAME
    }
    return names.pop() if len(names) == 1 else None


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


# --- one entry -------------------------------------------------------------------------------------------------------


def _entry(
    lines: Sequence[str], anchor: _Anchor, *, start: int, end: int, page_time: datetime | None, carrier: str | None
) -> RawArticle:
    body_start = next((n for n in range(anchor.number + 1, end) if is_body_line(lines[n])), end)
    header = read_header(
        before=lines[start : anchor.number], after=lines[anchor.number + 1 : body_start], outlet=anchor.line.outlet
    )
    return RawArticle(
        text="\n\n".join(without_furniture(lines[body_start:end])),
        title=header.title,
        outlet=header.outlet,
        carrier=carrier,
        published=anchor.line.resolve(page_time),
        tags=header.tags,
    )


def read_header(*, before: Sequence[str], after: Sequence[str], outlet: str | None) -> Header:
    """Name the lines of a header that stand before and after its time line."""
    bullets = [line[2:] for line in (*before, *after) if line.startswith("- ")]
    plain_before = [line for line in before if not line.startswith("- ") and not is_boilerplate(line)]
    plain_after = [line for line in after if not line.startswith("- ") and not is_boilerplate(line)]
    title = _title([*plain_before, *plain_after])
    # The outlet stands beside the time, and often once more among the tags.
    beside = [line for line in (*reversed(plain_before), *plain_after) if line != title and _may_publish(line)]
    outlet = outlet or next((line for line in beside if line in bullets), None) or next(iter(beside), None)
    tags = tuple(dict.fromkeys(tag for tag in bullets if tag not in (outlet, title) and _may_name(tag)))
    return Header(title=title, outlet=outlet, tags=tags)


def _title(lines: Sequence[str]) -> str | None:
    counts = Counter(lines)
    candidates = [line for line in lines if len(line.split()) >= _MIN_TITLE_WORDS]
    if not candidates:
        return None
    # The repeated line, else the one with the most words; the earlier one where they are equal.
    return max(candidates, key=lambda line: (counts[line] > 1, len(line.split())))


def _may_name(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= _MAX_OUTLET_WORDS and any(map(str.isupper, text)) and text[-1] not in ".!?:;,…"


def _may_publish(text: str) -> bool:
    """Whether a line may name an outlet: on a newspaper's own pages there stands a section, or who wrote."""
    return _may_name(text) and not text.startswith("By ") and text.casefold() not in SECTIONS


def without_furniture(lines: Sequence[str]) -> list[str]:
    """A body without what follows it: from its first line of page furniture on, nothing is article any more."""
    for number, line in enumerate(lines):
        if number and is_boilerplate(line) and _words(lines[number:]) <= _words(lines[:number]):
            return list(lines[:number])
    return list(lines)
