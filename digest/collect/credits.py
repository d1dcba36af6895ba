"""Who published a text and when, as far as lines in the text itself say so; those lines are taken out of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from digest.collect.raw import RawArticle
from digest.collect.times import parse_time

# "The post TITLE appeared first on NAME.", which may be wrapped over lines. The title's bound keeps it linear.
_FIRST_ON = re.compile(
    r"(?:^|(?<=[\s.!?…\"”’')\]]))The (?:post|article)\b[:\s](?P<title>(?:(?!\bThe (?:post|article)\b).){0,400}?)"
    r"\bappeared first on\s{1,20}(?P<name>\S(?:[^\n]{0,79}?[^\s.])?)[^\S\n]{0,9}\.?[^\S\n]{0,9}(?:\n|$)",
    re.IGNORECASE | re.DOTALL,
)

_FIELD = re.compile(r"(?:- )?(?P<key>[A-Za-z][A-Za-z -]{1,24}?)\s?:\s?(?P<value>\S[^\n]{0,300})")
_CREDIT = re.compile(
    r"(?:credited (?:from|to)|originally (?:published|posted|appeared) (?:by|on|in|at)"
    r"|republished (?:from|with permission of)|(?:first|also) (?:published|appeared) (?:by|on|in))"
    r"\s?:?\s(?P<name>[^\n:]{2,60}?)\.?",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"By:? (?P<names>[A-Z][^\n.!?:;]{2,80}(?:[A-Z]\.[^\n.!?:;]{1,60})?)")
_DATE_LINE = re.compile(
    r"(?P<label>(?:last )?(?:published|posted|updated|modified|date|issued)(?: on| at)?:? )?(?P<when>[^\n]{6,48})",
    re.IGNORECASE,
)
_FIELD_NAMES = {
    "title": "title", "full title": "title", "headline": "title", "subject": "title",
    "outlet": "outlet", "source": "outlet", "publisher": "outlet", "publication": "outlet", "credit": "outlet",
    "credited from": "outlet", "site": "outlet", "newspaper": "outlet",
    "carrier": "carrier", "via": "carrier", "carried by": "carrier",
    "link": "link", "url": "link", "permalink": "link", "canonical": "link",
    "date": "published", "published": "published", "publication date": "published", "posted": "published",
    "published on": "published", "posted on": "published", "issued": "published",
    "updated": "updated", "last updated": "updated", "modified": "updated",
    "by": "authors", "author": "authors", "authors": "authors", "byline": "authors",
    "lang": "lang", "language": "lang",
    "tags": "tags", "keywords": "tags",
}  # fmt: skip
_NAME_LINE = re.compile(r"(?:The )?[A-Z][\w'’&-]{0,30}(?: (?:of |the |and |& )?[A-Z][\w'’&-]{0,30}){1,4}")
_SMALL_WORDS = frozenset("and in for at of the de la le du da di van von der den af bin al el y e".split())
_HEAD_LINES = 10  # fields and bylines stand within the first lines of a text
_TAIL_LINES = 3
_MAX_NAME_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits(RawArticle):
    """What a text says of itself, without the lines that say it; `first_on` is where it says that it appeared first."""

    first_on: str | None = None


def take_credits(text: str, *, header: bool) -> Credits:
    """Find and take out credit lines: "Credited from: X", "The post … appeared first on Y", and with `header` also
    `Key: value` lines, bylines and date lines at the head of a bare text.
    """
    credits = _take_first_on(text)
    lines = credits.text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    found: dict[str, str] = {}
    taken: set[int] = set()
    for number in _edge(filled):
        if match := _CREDIT.fullmatch(lines[number].strip()):
            found.setdefault("outlet", match["name"].strip())
            taken.add(number)
    if header:
        _take_header(lines, filled[:_HEAD_LINES], found, taken)
    kept = "\n".join(line for number, line in enumerate(lines) if number not in taken)
    return _with_fields(replace(credits, text=kept), found)


def _edge(numbers: list[int]) -> list[int]:
    if len(numbers) <= _HEAD_LINES + _TAIL_LINES:
        return numbers
    return numbers[:_HEAD_LINES] + numbers[-_TAIL_LINES:]


def _take_first_on(text: str) -> Credits:
    """The text without each "The post TITLE appeared first on NAME."; the last one counts."""
    found = list(_FIRST_ON.finditer(text))
    if not found:
        return Credits(text=text)
    last = found[-1]
    title = " ".join(last["title"].split()) or None
    return Credits(text=_FIRST_ON.sub("\n", text), title=title, first_on=" ".join(last["name"].split()))


def _take_header(lines: list[str], head: list[int], found: dict[str, str], taken: set[int]) -> None:
    """Note the fields, bylines and date lines among the head's lines in `found`, and their numbers in `taken`."""
    written: set[int] = set()  # bylines and dates as pages have them, not as fields
    for number in head:
        line = lines[number].strip()
        if number in taken:
            continue
        field = _FIELD.fullmatch(line)
        name = _FIELD_NAMES.get(" ".join(field["key"].casefold().split())) if field else None
        if field and name and _fits(name, field["value"]):
            found.setdefault(name, field["value"].strip())
            taken.add(number)
        elif (byline := _BYLINE.fullmatch(line)) and _names_people(byline["names"]):
            found.setdefault("authors", byline["names"])
            written.add(number)
        elif (dated := _DATE_LINE.fullmatch(line)) and parse_time(dated["when"]):
            late = re.match(r"(?:last )?(?:updated|modified)", dated["label"] or "", re.IGNORECASE)
            found.setdefault("updated" if late else "published", dated["when"])
            written.add(number)
    taken |= written
    if "outlet" not in found and (named := _outlet_line(lines, head, written)) is not None:
        found["outlet"] = lines[named].strip()
        taken.add(named)


def _names_people(text: str) -> bool:
    """True for capitalised words and the small ones between them; "By Monday the port had reopened" is none."""
    words = text.split()
    return len(words) <= _MAX_NAME_WORDS + 4 and all(word in _SMALL_WORDS or not word[0].islower() for word in words)


def _outlet_line(lines: Sequence[str], head: Sequence[int], taken: Collection[int]) -> int | None:
    """A line of nothing but a name, beside the byline or the date and below the title: "Coast Radio"."""
    for place, number in enumerate(head[1:], 1):
        beside = {head[place - 1], *head[place + 1 : place + 2]}
        if number not in taken and beside & set(taken) and _NAME_LINE.fullmatch(lines[number].strip()):
            return number
    return None


def _fits(name: str, value: str) -> bool:
    """A field is one only when its value is what the name promises: prose also has lines with a colon."""
    if name in ("published", "updated"):
        return parse_time(value) is not None
    if name == "link":
        return value.casefold().startswith(("http://", "https://"))
    if name in ("outlet", "carrier", "authors"):
        return len(value.split()) <= _MAX_NAME_WORDS + 4 and not value.endswith(("!", "?"))
    return True


def _with_fields(credits: Credits, found: dict[str, str]) -> Credits:
    _, named = split_byline(found.get("authors", ""))
    outlet = found.get("outlet") or named
    link = found.get("link")
    if outlet and outlet.casefold().startswith(("http://", "https://")):
        link, outlet = link or outlet, None
    return replace(
        credits,
        title=found.get("title") or credits.title,
        outlet=outlet,
        carrier=found.get("carrier"),
        link=link,
        published=parse_time(found.get("published")),
        updated=parse_time(found.get("updated")),
        authors=split_names(found.get("authors", "")),
        lang=found.get("lang"),
        tags=tuple(tag for part in found.get("tags", "").split(",") if (tag := part.strip())),
    )


_NAMES_CUT = re.compile(r"\s(?:in|for|at|\||–|—|-|/)\s.*")
_NAMES_SPLIT = re.compile(r",|;|&|\band\b", re.IGNORECASE)
# How outlets call themselves: "By Ada Holm, Coast Radio" ends in one, "By Ada Holm, Per Lund" does not.
_PRESS_NAME = re.compile(
    r"(?:The )?(?:[A-Z][\w'’-]*(?: of| for)? ){0,3}"
    r"(?:News|Times|Post|Press|Radio|TV|Television|Journal|Courier|Gazette|Tribune|Herald|Observer|Standard|Chronicle"
    r"|Telegraph|Guardian|Mail|Express|Mirror|Ledger|Review|Magazine|Weekly|Daily|Wire|Agency|Broadcasting|Network"
    r"|Independent|Globe|Examiner|Dispatch|Monitor|Bulletin|Insider|Media|Echo|Argus|Inquirer|Register|Sentinel"
    r"|Advertiser)(?: [A-Z][\w'’-]*){0,2}"
)


def split_names(text: str) -> tuple[str, ...]:
    """The people of a byline: "By Ada Holm and Per Lund in Osmark" gives two names, also with an outlet behind them."""
    people, _ = split_byline(text)
    return tuple(name for part in _NAMES_SPLIT.split(people) if (name := part.strip(" .")))


def split_byline(text: str) -> tuple[str, str | None]:
    """The people of a byline, and the outlet that stands behind them after a comma and is called as outlets are."""
    people = _NAMES_CUT.sub("", " ".join(text.split())).removeprefix("By ").removeprefix("by ")
    before, _, last = people.rpartition(", ")
    return (before, last.strip(" .")) if before and _PRESS_NAME.fullmatch(last.strip(" .")) else (people, None)
