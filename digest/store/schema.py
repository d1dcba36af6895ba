"""The store's tables. Who changes them raises `VERSION`, and lets `prepare` bring older files up to date.

::

    articles ◀── given ──▶ sources        what each source gave, and how it answered last
        ▲
        └── issue_articles ──▶ issues ◀── issue_files      what each issue was made from, and its files
    outbox                                which mails are sent, by the issue's key and the recipient
    kept                                  what was made of texts (vectors, readings), by what made it and the text

Times are ISO 8601 in UTC, so that they sort as text. Texts that can be long are compressed with zlib.
"""

from __future__ import annotations

import sqlite3

from digest.errors import StoreError

APPLICATION_ID = 0x64677374  # "dgst": tells our files from other programs' SQLite files
VERSION = 4  # files of the versions before were never published

TABLES = """
    -- Every version of every article that was read. `id` is of the text, so an edit has another id and the same link;
    -- `fingerprint` is of everything but the entry's number in its file. A row never changes but for `first_seen` and
    -- `last_seen`.
    CREATE TABLE articles (
        version INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        link TEXT,
        published TEXT,
        stub INTEGER NOT NULL,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        fingerprint TEXT NOT NULL UNIQUE,
        content BLOB NOT NULL
    );
    CREATE INDEX articles_by_id ON articles (id);
    CREATE INDEX articles_by_link ON articles (link);

    -- How each feed, page and mailbox answered last; `source` is its address, and a hash of the settings that shape its
    -- articles where there are any. `reading` counts its answers; `newest` is the date of its newest article.
    CREATE TABLE sources (
        source TEXT PRIMARY KEY,
        reading INTEGER NOT NULL,
        read TEXT NOT NULL,
        newest TEXT,
        etag TEXT,
        last_modified TEXT,
        body_hash TEXT
    ) WITHOUT ROWID;

    -- Which articles each of them gave; `reading` is the last one in which it gave the article, or said that it stands.
    CREATE TABLE given (
        source TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
        version INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
        reading INTEGER NOT NULL,
        PRIMARY KEY (source, version)
    ) WITHOUT ROWID;
    CREATE INDEX given_by_version ON given (version);

    -- The issues. `series` is the series' name, or the title; there is one issue a day. Its `folder` is in `outputs`,
    -- which is relative to the store's own folder where it is within it; `written` says that all its files are there.
    CREATE TABLE issues (
        issue INTEGER PRIMARY KEY,
        series TEXT NOT NULL,
        day TEXT NOT NULL,
        number INTEGER,
        folder TEXT NOT NULL,
        outputs TEXT NOT NULL,
        since TEXT,
        until TEXT NOT NULL,
        lines INTEGER NOT NULL,
        new INTEGER NOT NULL,
        updated INTEGER NOT NULL,
        running INTEGER NOT NULL,
        edits INTEGER NOT NULL,
        written INTEGER NOT NULL DEFAULT 0,
        UNIQUE (series, day)
    );
    CREATE TABLE issue_files (
        issue INTEGER NOT NULL REFERENCES issues ON DELETE CASCADE,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (issue, name)
    ) WITHOUT ROWID;

    -- The articles of each issue's window, in the version that it had; `cited` where a line rests on it.
    CREATE TABLE issue_articles (
        issue INTEGER NOT NULL REFERENCES issues ON DELETE CASCADE,
        version INTEGER NOT NULL REFERENCES articles,
        cited INTEGER NOT NULL,
        PRIMARY KEY (issue, version)
    ) WITHOUT ROWID;
    CREATE INDEX issue_articles_by_version ON issue_articles (version);

    CREATE TABLE outbox (
        issue TEXT NOT NULL,
        recipient TEXT NOT NULL,
        message_id TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        reply TEXT NOT NULL DEFAULT '',
        changed TEXT NOT NULL,
        PRIMARY KEY (issue, recipient)
    );

    -- What was made of texts (`store/kept.py`): vectors, and what else takes long to find. `used` is when a run last
    -- asked for one; `checksum` is the CRC-32 of `value`.
    CREATE TABLE kept (
        key BLOB PRIMARY KEY,
        used TEXT NOT NULL,
        checksum INTEGER NOT NULL,
        value BLOB NOT NULL
    );
"""


def prepare(connection: sqlite3.Connection, *, subject: str) -> None:
    """Make the tables in an empty file. Raises StoreError for one of another version or of another program."""
    if version_of(connection, subject=subject):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not version_of(connection, subject=subject):  # another process may have made them while we waited
            for statement in _statements(TABLES):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={VERSION}")
    except BaseException:
        if connection.in_transaction:  # SQLite has undone it by itself where the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def version_of(connection: sqlite3.Connection, *, subject: str) -> int:
    """VERSION, or 0 for an empty file. Raises StoreError for one of another version or of another program."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()
    if application != APPLICATION_ID and (application or version or tables):
        raise StoreError(subject, "is another program's SQLite file", hint="name another file with store.path")
    if version not in (0, VERSION):
        raise StoreError(
            subject,
            f"was written by another digest (version {version} of the file; this one reads {VERSION})",
            hint="update digest, or name another file with store.path; the file is left as it is",
        )
    return int(version)


def _statements(script: str) -> list[str]:
    """The statements of a script. (`executescript` would commit what is open.)"""
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    return [statement for statement in "\n".join(lines).split(";") if statement.strip()]
