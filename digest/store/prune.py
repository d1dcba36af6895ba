"""Dropping what is old, without breaking what remains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digest.store.articles import moment_text
from digest.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How much was dropped: issues, versions of articles, and sources that were not read for as long."""

    issues: int
    articles: int
    sources: int


_OLD = (
    "until < ? AND "
    "(SELECT count(*) FROM issues AS later WHERE later.series = issues.series AND later.day > issues.day) > 1"
)


def prune(database: Database, *, before: datetime) -> Pruned:
    """Drop the issues that ended before a time, and the articles last seen before it that no issue needs.

    The two latest issues of each series stay, however old: the next one begins where the last ended, and the last, made
    again, where the one before it did. So do the mails' states: they are small, and no mail may go out twice. What
    still waits to be sent of an issue that is dropped is given up. Of the remaining issues nothing is lost.
    """
    stamp = moment_text(before)
    with database.transaction():
        database.change(
            "UPDATE outbox SET state = 'failed', reply = 'given up: the issue is no longer kept' "
            f"WHERE state = 'pending' AND issue IN (SELECT series || '/' || day FROM issues WHERE {_OLD})",
            (stamp,),
        )
        issues = database.change(f"DELETE FROM issues WHERE {_OLD}", (stamp,))
        sources = database.change("DELETE FROM sources WHERE read < ?", (stamp,))
        articles = database.change(
            "DELETE FROM articles WHERE last_seen < ? AND version NOT IN (SELECT version FROM issue_articles) "
            "AND version NOT IN (SELECT version FROM given JOIN sources USING (source, reading))",
            (stamp,),
        )
    database.change("VACUUM")  # gives the room back to the disk
    return Pruned(issues=issues, articles=articles, sources=sources)
