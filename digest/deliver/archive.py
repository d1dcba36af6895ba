"""What an archive of issues holds: what it tells of each, what can be searched, and how its files are put down."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from digest.deliver.outputs import IssueFolder, write_whole
from digest.models import Brief, Entry, stories


def story_titles(brief: Brief, *, but: str, most: int) -> tuple[str, ...]:
    """What the brief is about: its first stories' titles, and bare lines for themselves. `but` is a title of none."""
    titles = (story.title or entry.line.text for _, story in stories(brief) for entry in story.topics)
    told = dict.fromkeys(title for title in titles if title != but)
    return tuple(told)[:most]


def search_rows(issue: IssueFolder) -> list[list[str]]:
    """What can be searched of an issue, a row a topic: anchor, line, story's title, names of the cited sources."""
    names = {source.article_id: source.label for source in issue.brief.sources}
    return [
        [entry.id, entry.line.text, story.title or "", ", ".join(_cited_names(entry, names))]
        for _, story in stories(issue.brief)
        for entry in story.topics
    ]


def _cited_names(entry: Entry, names: Mapping[str, str]) -> list[str]:
    told = (citation.outlet or names.get(citation.article_id, "") for citation in entry.line.citations)
    return [name for name in dict.fromkeys(told) if name]


def search_script(issues: Sequence[IssueFolder], *, titles: Sequence[str]) -> str:
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
