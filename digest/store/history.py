"""What the issues before one have told, as the stage that compares wants it."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from digest.contract import BRIEF_FILE, brief_from_json
from digest.errors import BriefFileError
from digest.models import Article, Brief, Edited, History, Told, background, entries, stories
from digest.store.articles import first_seen
from digest.store.database import Database
from digest.store.issues import KeptIssue, article_ids, issue_articles, issue_text, kept_issues

log = logging.getLogger(__name__)


def earlier_issues(database: Database, series: str, *, day: date, now: datetime) -> tuple[KeptIssue, ...]:
    """The issues of a series before the one of `day`, newest first. That issue itself is none of them."""
    issues = [issue for issue in kept_issues(database, series=series) if issue.day < day and issue.until < now]
    return tuple(sorted(issues, key=lambda issue: issue.until, reverse=True))


def history_of(
    database: Database, series: str, *, day: date, now: datetime, articles: Sequence[Article], remember_days: int
) -> History:
    """What the issues before that of `day` told, over so many days. `articles` are those at hand now."""
    seen = first_seen(database, [article.id for article in articles])
    issues = earlier_issues(database, series, day=day, now=now)
    if not issues:
        return History(first_seen=seen)
    recent = [issue for issue in issues if day - issue.day <= timedelta(days=remember_days)]
    briefs = {issue.day: brief for issue in recent if (brief := _brief(database, issue))}
    return History(
        until=issues[0].until,
        read=article_ids(database, issues[0]),
        told=(*_told(briefs), *_still_running(database, issues, briefs)),
        edited=_edited(database, recent, briefs, articles=articles, seen=seen) if recent else (),
        first_seen=seen,
    )


def _brief(database: Database, issue: KeptIssue) -> Brief | None:
    """The issue's brief, or None when a program of another version wrote it: then it is not compared with."""
    try:
        return brief_from_json(issue_text(database, issue, BRIEF_FILE), subject=f"the issue of {issue.day}")
    except BriefFileError as error:
        log.warning("%s: nothing is compared with it", error)
        return None


def _told(briefs: Mapping[date, Brief]) -> Iterator[Told]:
    for day, brief in briefs.items():
        for _, story in stories(brief):
            yield from (Told(issue=day, entry=entry, story=story.title) for entry in story.topics)


def _still_running(database: Database, issues: Sequence[KeptIssue], briefs: Mapping[date, Brief]) -> Iterator[Told]:
    """What was told longer ago, but has run on as background since: it is not forgotten as long as it does."""
    wanted: dict[date, set[str]] = defaultdict(set)
    for brief in briefs.values():
        for topic in background(brief):
            wanted[topic.issue].add(topic.entry)
    for issue in issues:
        if issue.day in wanted and issue.day not in briefs and (old := _brief(database, issue)):
            yield from (told for told in _told({issue.day: old}) if told.entry.id in wanted[issue.day])


# --- edits ------------------------------------------------------------------------------------------------------------


def _edited(
    database: Database,
    issues: Sequence[KeptIssue],
    briefs: Mapping[date, Brief],
    *,
    articles: Sequence[Article],
    seen: Mapping[str, datetime],
) -> tuple[Edited, ...]:
    """The cited articles that stand under the same link with another text, first read since the last issue.

    An edit is told once: in the issue after it was first read.
    """
    until = issues[0].until
    now_at = _by_link(article for article in articles if seen[article.id] > until)
    found: dict[str, Edited] = {}
    done: set[str] = set()
    for issue in issues:
        for before in issue_articles(database, issue, cited_only=True) if issue.day in briefs else ():
            after = now_at.get(before.link or "")
            teased = after is not None and after.stub and not before.stub  # a page that no longer opens is no edit
            if after and before.link not in done and before.text != after.text and not teased:
                found[after.id] = Edited(
                    issue=issue.day, before=before, after=after, quotes=_quotes(briefs[issue.day], before.id)
                )
            done.add(before.link or "")
    return tuple(found[key] for key in sorted(found))


def _by_link(articles: Iterator[Article]) -> dict[str, Article]:
    """The articles by their link; a link that several share tells nothing of any of them."""
    shared: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        shared[article.link or ""].append(article)
    return {link: found[0] for link, found in shared.items() if link and len(found) == 1}


def _quotes(brief: Brief, article_id: str) -> tuple[str, ...]:
    cited = (citation for entry in entries(brief) for citation in entry.line.citations)
    return tuple(dict.fromkeys(citation.quote for citation in cited if citation.article_id == article_id))
