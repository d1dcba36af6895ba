"""The store's SQLite file: opened in WAL mode, its shape checked, and every fault of it told in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from digest.errors import StoreError
from digest.store.schema import prepare, version_of

BUSY_SECONDS = 30.0  # to wait for another program's write; ours take milliseconds

SET_ASIDE = (
    "move the file away and run again: the issues in the outputs folder stay, the memory starts anew, also of what was "
    "mailed (docs/memory.md)"
)
_HINTS = (  # what SQLite says, and what to do about it
    ("locked", "another program has it open and is writing; close it, or wait and run again"),
    ("not a database", SET_ASIDE),
    ("malformed", SET_ASIDE),
    ("readonly", "check that you may write to the file and its folder"),
    ("unable to open", "check that you may write to its folder, or set store.path"),
    ("full", "make room on the disk and run again; nothing is lost"),
    ("disk i/o", "check the disk and run again"),
)


class Database:
    """An open store. `path` is None for one that lasts as long as the program, for runs that keep no memory.

    With `read_only` the file is left as it is, and may lie on a disk that cannot be written to.

    All methods raise StoreError when the file cannot be read or written.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self.path = path
        with self._errors():
            if path and read_only:
                self._connection = _for_reading(path)
            else:
                if path:
                    path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = sqlite3.connect(path or ":memory:", timeout=BUSY_SECONDS, isolation_level=None)
            try:
                self._check() if read_only else self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _check(self) -> None:
        if not version_of(self._connection, subject=self.subject):
            raise StoreError(self.subject, "is empty", hint="`digest run` fills it")

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")  # else a power cut may undo the last change
        self._connection.execute("PRAGMA foreign_keys=ON")
        prepare(self._connection, subject=self.subject)

    @property
    def subject(self) -> str:
        """What to call the store in messages."""
        return str(self.path) if self.path else "the store"

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Without this, it is closed when the program ends, and just as whole."""
        self._connection.close()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._errors():
            return self._connection.execute(query, values).fetchall()

    def change(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Run one statement; return how many rows it changed. Outside a transaction it is on the disk at once."""
        with self._errors():
            return self._connection.execute(statement, values).rowcount

    def insert(self, statement: str, values: Sequence[Any]) -> int:
        """Insert one row; return its number."""
        with self._errors():
            return int(self._connection.execute(statement, values).lastrowid or 0)

    def change_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row of values."""
        with self._errors():
            self._connection.executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside or, should anything fail or the program die, none of them."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with self._errors():
                self._rollback()
            raise
        with self._errors():
            self._connection.execute("COMMIT")

    def _rollback(self) -> None:
        if self._connection.in_transaction:  # SQLite has undone it by itself where the disk is full
            self._connection.execute("ROLLBACK")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = str(error)
            hint = next((hint for words, hint in _HINTS if words in reason.lower()), "check the file and its folder")
            raise StoreError(self.subject, f"cannot be used as the store ({reason})", hint=hint) from error


def _for_reading(path: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}"
    try:
        # Not "mode=ro": whoever cannot write leaves SQLite's helper files behind.
        connection = sqlite3.connect(f"{address}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA query_only=ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if not path.is_file() or not any(words in str(error) for words in ("unable to open", "readonly")):
            raise
        # SQLite wants to put files beside one in WAL mode, and cannot: on such a disk nobody writes meanwhile.
        connection = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return connection
