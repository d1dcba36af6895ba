"""What an archive of issues holds: which issues there are, what can be searched, and how its files are put down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.contract import brief_from_json
from digest.deliver.outputs import BRIEF_FILE, read_text, write_whole
from digest.errors import BriefFileError
from digest.models import Brief, Entry, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedIssue:
    """An issue as it lies in the outputs folder: the name of its folder, and its brief."""

    folder: str
    brief: Brief


def read_brief(path: Path) -> Brief:
    """One brief.json. Raises BriefFileError."""
    return brief_from_json(read_text(path), subject=str(path))


def issues_in(outputs: Path) -> tuple[ArchivedIssue, ...]:
    """The issues of an outputs folder, oldest first; folders with something else in them are passed over."""
    found = []
    for path in sorted(outputs.glob(f"*/{BRIEF_FILE}")):
        try:
            found.append(ArchivedIssue(folder=path.parent.name, brief=read_brief(path)))
        except BriefFileError:
            continue  # somebody else's folder, or an issue of another version
    return tuple(sorted(found, key=lambda one: (one.brief.date, one.folder)))


def entries(brief: Brief) -> tuple[tuple[Story, Entry], ...]:
    """Every topic of a brief with the story it stands in, in reading order."""
    return tuple((story, entry) for section in brief.sections for story in section.stories for entry in story.topics)


def story_titles(brief: Brief, *, but: str, most: int) -> tuple[str, ...]:
    """What the brief is about: its first stories' titles, and bare lines for themselves. `but` is a title of none."""
    told = dict.fromkeys(story.title or entry.line.text for story, entry in entries(brief) if story.title != but)
    return tuple(told)[:most]


def search_rows(issue: ArchivedIssue) -> list[list[str]]:
    """What can be searched of an issue, a row a topic: anchor, line, story's title, names of the cited sources."""
    names = {source.article_id: source.label for source in issue.brief.sources}
    return [
        [entry.id, entry.line.text, story.title or "", ", ".join(_cited_names(entry, names))]
        for story, entry in entries(issue.brief)
    ]


def _cited_names(entry: Entry, names: Mapping[str, str]) -> list[str]:
    told = (citation.outlet or names.get(citation.article_id, "") for citation in entry.line.citations)
    return [name for name in dict.fromkeys(told) if name]


def search_script(issues: Sequence[ArchivedIssue], *, titles: Sequence[str]) -> str:
    """The search index as a script, newest issue first: a page opened from a disk may load that, but no JSON.

    `titles` are what to call the issues. Nothing in it can end a script element, or mean anything but text.
    """
    rows = [
        {"folder": issue.folder, "title": title, "rows": search_rows(issue)}
        for issue, title in zip(issues, titles, strict=True)
    ][::-1]
    text = json.dumps(rows, ensure_ascii=True, separators=(",", ":"))
    return "window.digestIndex = " + text.replace("<", "\\u003c").replace(">", "\\u003e") + ";\n"


def write_site(folder: Path, site: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the files of a site, those that lead to others last: what a reader finds is whole, and its links lead on.

    Raises DeliverError.
    """
    for name, text in site.items():
        path = folder / name
        if not _is_already(path, text):
            write_whole(path, text)
    return tuple(folder / name for name in site)


def _is_already(path: Path, text: str) -> bool:
    """Unchanged pages keep their time, so that a copy to a server sends only what is new."""
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False
