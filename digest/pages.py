"""Do the pages of a finished issue still say what its brief.json says?

A page is right when it is, byte for byte, what the bundled template makes of brief.json; or, where a template of the
user's or an older version made it, when its checksum is the one that the run wrote down in trace.json. Every other page
was changed, and the first places where it departs from the brief are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from digest.deliver.outputs import IssueFolder, read_text
from digest.errors import BriefFileError
from digest.models import entries
from digest.render import FORMATS, render
from digest.trace import checksum
from digest.verify import Problem

MAX_NAMED = 5  # places named in one page; a page that was rewritten has a hundred
SAME_TEMPLATE = 0.5  # share of rows that two pages of one template have in common, at least
NEARLY = 0.75  # share of a line's words that a changed copy of it still has, at least
AROUND = 40  # characters shown on either side of a change

_WORD = re.compile(r"[^\W_]+")
_MARKDOWN_TARGET = re.compile(r"\]\(<[^>]*>\)")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    row: int


def check_pages(issue: IssueFolder) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The names of the issue's pages, and what is wrong with them. A page that is not there is not missed."""
    names, problems = [], []
    recorded = _recorded(issue)
    for template, name in FORMATS.values():
        if not (issue.path / name).exists():
            continue
        names.append(name)
        page, expected = read_text(issue.path / name), render(issue.brief, template)
        if page == expected:
            continue
        if recorded.get(name) == checksum(page):
            problems += _altered_lines(issue, name, page)
        else:
            problems += _changes(issue, name, page, expected)
    return tuple(names), tuple(problems)


def _recorded(issue: IssueFolder) -> dict[str, str]:
    try:
        return dict(issue.trace().pages)
    except BriefFileError:
        return {}


def _changes(issue: IssueFolder, name: str, page: str, expected: str) -> list[Problem]:
    found, wanted = page.split("\n"), expected.split("\n")
    matcher = SequenceMatcher(None, found, wanted, autojunk=False)
    if matcher.ratio() >= SAME_TEMPLATE:
        return list(_row_faults(name, found, wanted, matcher))
    altered = _altered_lines(issue, name, page)
    return altered or [Problem(file=name, fault="was changed after the run that wrote it")]


# --- a page of the bundled template, row by row ------------------------------------------------------------------


def _row_faults(
    name: str, found: Sequence[str], wanted: Sequence[str], matcher: SequenceMatcher[str]
) -> Iterator[Problem]:
    named = 0
    for kind, left, left_end, right, right_end in matcher.get_opcodes():
        if kind == "equal" or named >= MAX_NAMED:
            continue
        for offset in range(max(left_end - left, right_end - right)):
            here = found[left + offset] if left + offset < left_end else None
            there = wanted[right + offset] if right + offset < right_end else None
            row = min(left + offset, len(found) - 1) + 1
            yield Problem(file=name, row=row, fault=_difference(here, there))
            named += 1
            if named >= MAX_NAMED:
                break


def _difference(here: str | None, there: str | None) -> str:
    if here is None:
        return f"lacks what the brief has here: “{_cut(there or '', 0)}”"
    if there is None:
        return f"has what the brief lacks: “{_cut(here, 0)}”"
    start = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there)))
    return f"has “{_cut(here, start)}” where the brief gives “{_cut(there, start)}”"


def _cut(text: str, place: int) -> str:
    """The text around a place, on one line."""
    start, end = max(0, place - AROUND), place + AROUND
    shown = "".join(each if each.isprintable() else " " for each in text[start:end]).strip()
    return f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}"


# --- a page of another template: the brief's lines in it -------------------------------------------------------------


def _altered_lines(issue: IssueFolder, name: str, page: str) -> list[Problem]:
    """Lines of the brief that stand in the page nearly, but not quite, as the brief has them."""
    words = list(_words(page, html=name.endswith(".html")))
    texts = [word.text for word in words]
    running = f" {' '.join(texts)} "
    problems = []
    for entry in entries(issue.brief):
        line = _WORD.findall(entry.line.text.lower())
        if f" {' '.join(line)} " in running:
            continue
        near = _nearly(line, texts)
        if near is not None:
            start, end = near
            fault = f"has “{' '.join(texts[start:end])}” where the brief gives “{entry.line.text}”"
            problems.append(Problem(file=name, row=words[start].row, topic=entry.id, fault=fault))
    return problems[:MAX_NAMED]


def _words(page: str, *, html: bool) -> Iterator[_Word]:
    for row, text in enumerate(page.split("\n"), start=1):
        bare = unescape(_TAG.sub(" ", text)) if html else _MARKDOWN_TARGET.sub("]", text).replace("\\", "")
        yield from (_Word(word, row) for word in _WORD.findall(bare.lower()))


def _nearly(line: Sequence[str], page: Sequence[str]) -> tuple[int, int] | None:
    """Where the page has the line with a few words changed: the longest run they share, and what stands around it."""
    run = SequenceMatcher(None, line, page, autojunk=False).find_longest_match()
    if run.size < 2:
        return None
    start = max(0, run.b - run.a)
    end = min(len(page), start + len(line))
    share = SequenceMatcher(None, line, page[start:end], autojunk=False).ratio()
    return (start, end) if share >= NEARLY else None
