"""The issues that were made: what they were made from, what they told, and their files, byte for byte."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from digest.errors import StoreError
from digest.jsonl import SOURCES_FILE, sources_to_jsonl
from digest.models import Article, Brief, entries
from digest.store.articles import fingerprint, moment_text, unpacked
from digest.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptIssue:
    """An issue as the store lists it. `series` is the brief's title: what issues that continue each other share.

    `new`, `updated` and `running` count its topics, `edits` its corrections. `folder` is the name of its folder in
    `outputs`; `written` says that all its files have been written there.
    """

    issue: int
    series: str
    day: date
    number: int | None
    folder: str
    outputs: Path
    since: datetime | None
    until: datetime
    lines: int
    new: int
    updated: int
    running: int
    edits: int
    written: bool


# --- keeping ----------------------------------------------------------------------------------------------------------


def keep_issue(
    database: Database, brief: Brief, *, articles: Sequence[Article], texts: Mapping[str, str], folder: Path
) -> None:
    """Remember an issue in the place of the one of the same series and day. To be called inside a transaction.

    `articles` are those of its window, each of them kept before; `texts` are its files by name, in the order in which
    they are written; `folder` is theirs.
    """
    series, day = brief.title, brief.date.isoformat()
    database.change("DELETE FROM issues WHERE series = ? AND day = ?", (series, day))
    values = {
        "series": series, "day": day, "number": brief.series.number if brief.series else None,
        "folder": folder.name, "outputs": _place(folder.parent, database),
        "since": moment_text(brief.window.since) if brief.window.since else None,
        "until": moment_text(brief.window.until), **_counts(brief),
    }  # fmt: skip
    places = ", ".join("?" * len(values))
    number = database.insert(f"INSERT INTO issues ({', '.join(values)}) VALUES ({places})", tuple(values.values()))
    rows = [(number, place, name, _packed(text)) for place, (name, text) in enumerate(texts.items())]
    database.change_many(
        "INSERT INTO issue_files (issue, place, name, content) VALUES (?, ?, ?, ?)",
        [row for row in rows if row[2] != SOURCES_FILE],  # that is made anew from the articles, which issues share
    )
    cited = {citation.article_id for entry in entries(brief) for citation in entry.line.citations}
    for article in articles:
        version = _version(database, article)
        database.change("INSERT INTO issue_articles VALUES (?, ?, ?)", (number, version, article.id in cited))


def _place(outputs: Path, database: Database) -> str:
    """A folder as the store notes it: relative to the store's own where it is within it, so that both can be moved."""
    place, base = outputs.absolute(), _base(database)
    return str(place.relative_to(base) if place.is_relative_to(base) else place)


def _base(database: Database) -> Path:
    return database.path.absolute().parent if database.path else Path.cwd()


def _counts(brief: Brief) -> dict[str, int]:
    statuses = [entry.status for entry in entries(brief)]
    return {
        "lines": len(statuses), "new": statuses.count("new"), "updated": statuses.count("updated"),
        "running": brief.ledger.running, "edits": len(brief.edits),
    }  # fmt: skip


def _version(database: Database, article: Article) -> int:
    rows = database.rows("SELECT version FROM articles WHERE fingerprint = ?", (fingerprint(article),))
    if not rows:
        raise StoreError(database.subject, f"does not have the article {article.id}, which the issue was made from")
    return int(rows[0][0])


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode())


def keep_texts(database: Database, series: str, day: date, texts: Mapping[str, str]) -> None:
    """Keep these files of an issue instead of those of the same name. To be called inside a transaction."""
    database.change_many(
        "UPDATE issue_files SET content = ? WHERE name = ? "
        "AND issue = (SELECT issue FROM issues WHERE series = ? AND day = ?)",
        [(_packed(text), name, series, day.isoformat()) for name, text in texts.items()],
    )


def mark_written(database: Database, series: str, day: date) -> None:
    """Note that all files of an issue are in the outputs folder."""
    database.change("UPDATE issues SET written = 1 WHERE series = ? AND day = ?", (series, day.isoformat()))


# --- asking -----------------------------------------------------------------------------------------------------------


def kept_issues(database: Database, *, series: str | None = None) -> tuple[KeptIssue, ...]:
    """The issues, those of one series only where it is given; by day."""
    where, values = ("WHERE series = ?", (series,)) if series is not None else ("", ())
    rows = database.rows(
        "SELECT issue, series, day, number, folder, outputs, since, until, lines, new, updated, running, edits, "
        f"written FROM issues {where} ORDER BY day, series",
        values,
    )
    return tuple(_issue(row, _base(database)) for row in rows)


def _issue(row: tuple[Any, ...], base: Path) -> KeptIssue:
    issue, series, day, number, folder, outputs, since, until, lines, new, updated, running, edits, written = row
    return KeptIssue(
        issue=issue, series=series, day=date.fromisoformat(day), number=number, folder=folder,
        outputs=base / (outputs or "outputs"),  # a store of long ago did not say
        since=datetime.fromisoformat(since) if since else None, until=datetime.fromisoformat(until),
        lines=lines, new=new, updated=updated, running=running, edits=edits, written=bool(written),
    )  # fmt: skip


def issue_articles(database: Database, issue: KeptIssue, *, cited_only: bool = False) -> tuple[Article, ...]:
    """The articles of an issue's window in the versions that it had, by id; or only those that its lines cite."""
    rows = database.rows(
        "SELECT content FROM articles JOIN issue_articles USING (version) WHERE issue = ? AND cited >= ? ORDER BY id",
        (issue.issue, int(cited_only)),
    )
    return tuple(unpacked(content, database) for (content,) in rows)


def article_ids(database: Database, issue: KeptIssue) -> frozenset[str]:
    """The ids of the articles of an issue's window."""
    rows = database.rows("SELECT id FROM articles JOIN issue_articles USING (version) WHERE issue = ?", (issue.issue,))
    return frozenset(key for (key,) in rows)


def issue_text(database: Database, issue: KeptIssue, name: str) -> str:
    """One file of an issue but sources.jsonl. Raises StoreError when it has none of this name."""
    rows = database.rows("SELECT content FROM issue_files WHERE issue = ? AND name = ?", (issue.issue, name))
    if not rows:
        raise StoreError(database.subject, f"has no {name} of the issue of {issue.day}")
    return _text(database, rows[0][0])


def issue_texts(database: Database, issue: KeptIssue) -> dict[str, str]:
    """All files of an issue, byte for byte as they were written, in the order of their writing."""
    rows = database.rows("SELECT name, content FROM issue_files WHERE issue = ? ORDER BY place", (issue.issue,))
    files = {name: _text(database, content) for name, content in rows}
    return {SOURCES_FILE: sources_to_jsonl(issue_articles(database, issue)), **files}


def _text(database: Database, content: bytes) -> str:
    try:
        return zlib.decompress(content).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError(
            database.subject, f"holds a damaged issue ({error})", hint="move the file away and run again"
        ) from error
