"""Articles that runs have read, but that no kept issue has: what the store knows of them, and why that is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from digest.deliver.outputs import IssueFolder
from digest.models import Article, Window
from digest.store import Database
from digest.store.articles import KeptArticle, kept_articles


def remembered(store: Path | None) -> tuple[KeptArticle, ...]:
    """The newest version of each article that the store knows, by id; none without a store.

    Raises StoreError.
    """
    if store is None or not store.is_file():
        return ()
    with Database(store, read_only=True) as database:
        newest = {one.article.id: one for one in kept_articles(database)}
    return tuple(newest[key] for key in sorted(newest))


def unissued_words(one: KeptArticle, known: Sequence[KeptArticle], issues: Sequence[IssueFolder]) -> str:
    """Why no issue has an article. `known` are all that the store knows, `issues` are oldest first."""
    read = f"it was first read {moment_words(one.first_seen)}"
    after = next((issue for issue in issues if issue.brief.window.until >= one.first_seen), None)
    if after is None:
        return f"{read}; no issue has been made since"
    newer = _newer(one, known)
    if newer:
        return f"{read}; a later version under the same link stands in its place: {newer.id}, “{newer.title}”"
    window = after.brief.window
    where = outside_words(one.article.published, window)
    return f"{read}; the issue after that, {after.folder}, does not have it: {where}"


def _newer(one: KeptArticle, known: Sequence[KeptArticle]) -> Article | None:
    link = one.article.link
    later = [other for other in known if link and other.article.link == link and other.version > one.version]
    return max(later, key=lambda other: other.version).article if later else None


def outside_words(published: datetime | None, window: Window) -> str:
    """Which end of the window an article was outside of."""
    if published is None:
        return "it has no date, and was first read before the window"
    if published > window.until:
        return f"it is dated after the issue, whose window ends {moment_words(window.until)}"
    if window.since is None:
        return "that issue was made from other articles"
    if published < window.since:
        return f"it was published before the window, which begins {moment_words(window.since)}"
    return "it came after that issue was made, or its source was not among those of the issue"


def moment_words(moment: datetime) -> str:
    """A time to the minute."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"
