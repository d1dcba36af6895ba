"""Do the pages of a finished issue still say what its brief.json says?

A page is right when it is, byte for byte, what the bundled template makes of brief.json; or, where a template of the
user's or an older version made it, when its checksum is the one that the run wrote down in trace.json. Every other page
was changed, and the first rows where it departs from the brief are named, where it is of the bundled template.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice, zip_longest

from digest.deliver.outputs import IssueFolder, read_text
from digest.errors import BriefFileError
from digest.render import FORMATS, render
from digest.trace import checksum
from digest.verify import Problem

MAX_NAMED = 5  # places named in one page; a page that was rewritten has a hundred
SAME_TEMPLATE = 0.5  # share of rows that two pages of one template have in common, at least
AROUND = 40  # characters shown on either side of a change


def check_pages(issue: IssueFolder) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The names of the issue's pages, and what is wrong with them. A page that is not there is not missed."""
    names: list[str] = []
    problems: list[Problem] = []
    recorded = _recorded(issue)
    for template, name in FORMATS.values():
        if not (issue.path / name).exists():
            continue
        names.append(name)
        page, expected = read_text(issue.path / name), render(issue.brief, template)
        if page != expected and recorded.get(name) != checksum(page):
            problems += islice(_changes(name, page.split("\n"), expected.split("\n")), MAX_NAMED)
    return tuple(names), tuple(problems)


def _recorded(issue: IssueFolder) -> dict[str, str]:
    try:
        return dict(issue.trace().pages)
    except BriefFileError:
        return {}


def _changes(name: str, found: list[str], wanted: list[str]) -> Iterator[Problem]:
    """Each row that differs from the bundled template's, or the page as a whole where another template made it."""
    matcher = SequenceMatcher(None, found, wanted, autojunk=False)
    if matcher.ratio() < SAME_TEMPLATE:
        yield Problem(file=name, fault="was changed after the run that wrote it")
        return
    for kind, left, left_end, right, right_end in matcher.get_opcodes():
        rows = zip_longest(found[left:left_end], wanted[right:right_end]) if kind != "equal" else ()
        for row, (here, there) in enumerate(rows, start=left + 1):
            yield Problem(file=name, row=min(row, len(found)), fault=_difference(here, there))


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
