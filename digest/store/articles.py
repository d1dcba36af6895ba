"""The articles that runs have read: every version of each, which source gave it, and when it was first and last seen.

An article's id is of its text, so a publisher's edit makes another article with the same link. Of the versions that
one source gave under one link, only the newest stands for it (`current`), unless that is a mere teaser of an older.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from digest.errors import StoreError
from digest.jsonl import article_from_json, article_to_json
from digest.models import Article, Validator
from digest.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one run read: articles, which of them each source gave (by id), and how the sources answered.

    `unchanged` are the sources that said that what they gave last still stands.
    """

    articles: Sequence[Article]
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unchanged: Sequence[str] = ()
    validators: Mapping[str, Validator] = field(default_factory=dict)


def moment_text(moment: datetime) -> str:
    """A time as the store writes it: texts sort as the times do."""
    return moment.astimezone(UTC).isoformat()


# --- keeping ----------------------------------------------------------------------------------------------------------


def keep_reading(database: Database, reading: Reading, *, now: datetime) -> tuple[Article, ...]:
    """Remember what was read at the time `now`, all of it or nothing. Returns the articles as they are kept.

    An article that differs from a kept one in its number within its source alone is that one.
    """
    stamp = moment_text(now)
    with database.transaction():
        kept = {article.id: _keep(database, article, stamp) for article in reading.articles}
        for source in reading.unchanged:
            _confirm(database, source, reading.validators.get(source), stamp)
        for source in sorted({*reading.given, *reading.validators} - {*reading.unchanged}):
            _keep_source(database, source, reading.validators.get(source, Validator()), stamp)
            ((number,),) = database.rows("SELECT reading FROM sources WHERE source = ?", (source,))
            rows = [(source, kept[key][0], number) for key in reading.given.get(source, ())]
            database.change_many("INSERT OR REPLACE INTO given (source, version, reading) VALUES (?, ?, ?)", rows)
    return tuple(kept[key][1] for key in sorted(kept))


def _keep(database: Database, article: Article, stamp: str) -> tuple[int, Article]:
    """The number and the kept form of an article's version."""
    mark = fingerprint(article)
    found = database.rows("SELECT version, content FROM articles WHERE fingerprint = ?", (mark,))
    if found:
        database.change(
            "UPDATE articles SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?) WHERE version = ?",
            (stamp, stamp, found[0][0]),
        )
        return found[0][0], unpacked(found[0][1], database)
    published = moment_text(article.published) if article.published else None
    version = database.insert(
        "INSERT INTO articles (id, link, published, stub, first_seen, last_seen, fingerprint, content) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (article.id, article.link, published, article.stub, stamp, stamp, mark, _packed(article)),
    )
    return version, article


def _confirm(database: Database, source: str, answer: Validator | None, stamp: str) -> None:
    """The source said that what it gave last still stands, perhaps under another entity tag."""
    database.change("UPDATE sources SET read = max(read, ?) WHERE source = ?", (stamp, source))
    if answer:
        database.change(
            "UPDATE sources SET etag = ?, last_modified = ?, body_hash = ? WHERE source = ?",
            (answer.etag, answer.last_modified, answer.body_hash, source),
        )
    database.change(
        "UPDATE articles SET last_seen = max(last_seen, ?) WHERE version IN (SELECT version FROM given JOIN sources "
        "USING (source, reading) WHERE source = ?)",
        (stamp, source),
    )


def _keep_source(database: Database, source: str, answer: Validator, stamp: str) -> None:
    newest = moment_text(answer.newest) if answer.newest else None
    database.change(
        "INSERT INTO sources (source, reading, read, newest, etag, last_modified, body_hash) "
        "VALUES (?, 1, ?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET reading = reading + 1, "
        "read = max(read, excluded.read), newest = excluded.newest, etag = excluded.etag, "
        "last_modified = excluded.last_modified, body_hash = excluded.body_hash",
        (source, stamp, newest, answer.etag, answer.last_modified, answer.body_hash),
    )


def fingerprint(article: Article) -> str:
    """The sha256 of all there is of an article but its number within its source, which moves as others come."""
    unnumbered = replace(article, source=article.source.partition("#")[0])
    return hashlib.sha256(article_to_json(unnumbered).encode("utf-8", errors="surrogatepass")).hexdigest()


def _packed(article: Article) -> bytes:
    return zlib.compress(article_to_json(article).encode("utf-8", errors="surrogatepass"))


def unpacked(content: bytes, database: Database) -> Article:
    """An article from its row. Raises StoreError when the row is damaged."""
    try:
        text = zlib.decompress(content).decode("utf-8", errors="surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError(
            database.subject, f"holds a damaged article ({error})", hint="move the file away and run again"
        ) from error
    return article_from_json(text, subject=database.subject)


# --- recalling --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptArticle:
    """A version of an article, and when it was first and last seen."""

    version: int
    article: Article
    first_seen: datetime
    last_seen: datetime


def validators(database: Database) -> dict[str, Validator]:
    """How each source answered last."""
    rows = database.rows("SELECT source, etag, last_modified, body_hash, newest FROM sources")
    return {
        source: Validator(etag=etag, last_modified=modified, body_hash=body, newest=_moment(newest))
        for source, etag, modified, body, newest in rows
    }


def last_new(database: Database, source: str) -> datetime | None:
    """When a source last gave something that had not been read before."""
    ((latest,),) = database.rows(
        "SELECT max(first_seen) FROM articles JOIN given USING (version) WHERE source = ?", (source,)
    )
    return _moment(latest)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def standing(database: Database, sources: Iterable[str]) -> tuple[Article, ...]:
    """What the sources gave when they last answered, by id."""
    found: dict[str, Article] = {}
    for source in sources:
        rows = database.rows(
            "SELECT content FROM articles JOIN given USING (version) JOIN sources USING (source, reading) "
            "WHERE source = ? ORDER BY version",
            (source,),
        )
        found |= {article.id: article for (content,) in rows if (article := unpacked(content, database))}
    return tuple(found[key] for key in sorted(found))


def recall(
    database: Database, sources: Sequence[str], *, since: datetime | None, until: datetime
) -> tuple[Article, ...]:
    """What the sources ever gave that was published, or where undated first seen, from `since` on; by id.

    What was first seen after `until` is not yet known then.
    """
    found: dict[str, Article] = {}
    earliest = moment_text(since) if since else ""
    for source in sources:
        rows = database.rows(
            "SELECT content FROM articles JOIN given USING (version) WHERE source = ? "
            "AND coalesce(published, first_seen) >= ? AND first_seen <= ? ORDER BY version",
            (source, earliest, moment_text(until)),
        )
        found |= {article.id: article for (content,) in rows if (article := unpacked(content, database))}
    return tuple(found[key] for key in sorted(found))


def superseded(database: Database, sources: Sequence[str]) -> frozenset[str]:
    """The ids of the articles of these sources in whose place another version under the same link stands now.

    A link under which a source gives several articles at once tells nothing of any of them.
    """
    out: set[str] = set()
    for source in sources:
        lines: dict[str, list[tuple[int, int, int, str]]] = defaultdict(list)
        rows = database.rows(
            "SELECT link, reading, version, stub, id FROM given JOIN articles USING (version) "
            "WHERE source = ? AND link IN (SELECT link FROM given JOIN articles USING (version) WHERE source = ? "
            "AND link IS NOT NULL GROUP BY link HAVING count(DISTINCT id) > 1)",
            (source, source),
        )
        for link, reading, version, stub, key in rows:
            lines[link].append((stub, -reading, -version, key))
        for versions in lines.values():
            out |= _replaced(versions)
    return frozenset(out)


def _replaced(versions: Sequence[tuple[int, int, int, str]]) -> set[str]:
    """All ids but that of the best version: a whole text before a teaser, then the last given."""
    each = {(reading, key) for _, reading, _, key in versions}
    if len(each) > len({reading for reading, _ in each}):
        return set()
    best = min(versions)[-1]
    return {key for *_, key in versions if key != best}


def newest_at(database: Database, source: str, link: str) -> Article | None:
    """The article that the source last gave at a link, unless that is a mere teaser.

    None also for what the latest issues cite: it is to be read again, so that an edit of it comes to light.
    """
    rows = database.rows(
        "SELECT content FROM articles JOIN given USING (version) WHERE source = ? AND link = ? AND NOT stub "
        "AND version NOT IN (SELECT version FROM issue_articles JOIN (SELECT issue, max(day) FROM issues "
        "GROUP BY series) USING (issue) WHERE cited) ORDER BY reading DESC, version DESC LIMIT 1",
        (source, link),
    )
    return unpacked(rows[0][0], database) if rows else None


def first_seen(database: Database, ids: Iterable[str]) -> dict[str, datetime]:
    """When each of the articles was first seen, in whatever version."""
    seen = {}
    for key in ids:
        ((earliest,),) = database.rows("SELECT min(first_seen) FROM articles WHERE id = ?", (key,))
        if earliest:
            seen[key] = datetime.fromisoformat(earliest)
    return seen


def kept_articles(database: Database) -> tuple[KeptArticle, ...]:
    """Every version of every article, by id and then in the order of reading."""
    rows = database.rows("SELECT version, content, first_seen, last_seen FROM articles ORDER BY id, version")
    return tuple(_kept(row, database) for row in rows)


def _kept(row: tuple[int, bytes, str, str], database: Database) -> KeptArticle:
    version, content, first, last = row
    return KeptArticle(
        version=version,
        article=unpacked(content, database),
        first_seen=datetime.fromisoformat(first),
        last_seen=datetime.fromisoformat(last),
    )
