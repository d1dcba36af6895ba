"""What the archive's Atom feeds (RFC 4287) say: entries with ids that never change, newest first."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from digest.deliver.mail import issue_key
from digest.deliver.outputs import IssueFolder
from digest.models import Brief, Entry, stories

MAX_ISSUES = 30  # a reader that looks once a month misses nothing
MAX_TOPICS = 200  # five days of full briefs
_OURS = uuid.UUID("2f6a1a0e-5c0b-5d8e-9a55-3d6f0c9b7e11")  # any constant: it keeps our names apart from others'


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry: an issue, or with `topic` one line of it, its section, and the names of those it cites."""

    id: str
    link: str
    updated: str
    brief: Brief
    topic: Entry | None = None
    section: str | None = None
    names: tuple[str, ...] = ()


def feed_of(kind: str, title: str, issues: Sequence[IssueFolder]) -> dict[str, str]:
    """The id of the feed `kind` ("issues" or "topics"), and the time of the newest of `issues`."""
    newest = max(issues, key=lambda issue: issue.brief.window.until)
    return {"id": _urn(kind, title), "updated": _time(newest.brief)}


def issue_entries(issues: Sequence[IssueFolder], *, address: str) -> tuple[FeedEntry, ...]:
    """The newest issues. `address` ends in a slash, or is empty for links relative to the feed."""
    return tuple(
        FeedEntry(
            id=_urn(issue_key(issue.brief)), link=_page(issue, address), updated=_time(issue.brief), brief=issue.brief
        )
        for issue in list(reversed(issues))[:MAX_ISSUES]
    )


def topic_entries(issues: Sequence[IssueFolder], *, address: str) -> tuple[FeedEntry, ...]:
    """The newest issues' topics, in reading order. Their ids change only when an issue is made anew with others."""
    found: list[FeedEntry] = []
    for issue in reversed(issues):
        if len(found) >= MAX_TOPICS:
            break
        found += _topics(issue, address)
    return tuple(found[:MAX_TOPICS])


def _topics(issue: IssueFolder, address: str) -> list[FeedEntry]:
    labels = {source.article_id: source.label for source in issue.brief.sources}
    return [
        FeedEntry(
            id=_urn(issue_key(issue.brief), entry.id, entry.line.text),
            link=f"{_page(issue, address)}#{quote(entry.id)}",
            updated=_time(issue.brief),
            brief=issue.brief,
            topic=entry,
            section=section.title,
            names=tuple(one.outlet or labels.get(one.article_id, "the article") for one in entry.line.citations),
        )
        for section, story in stories(issue.brief)
        for entry in story.topics
    ]


def _page(issue: IssueFolder, address: str) -> str:
    return f"{address}{quote(issue.folder)}/brief.html"


def _time(brief: Brief) -> str:
    return brief.window.until.isoformat(timespec="seconds")


def _urn(*parts: str) -> str:
    return uuid.uuid5(_OURS, "\n".join(parts)).urn
