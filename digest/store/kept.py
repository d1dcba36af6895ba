"""What was made of texts, so that no run makes it again: vectors, and all else that takes long to find in them.

A row's key is the hash of what made it and of what it was made of. A row whose checksum is wrong is as good as none.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.store.articles import moment_text
from digest.store.database import Database

# 9,000 statements a day are 14 MB of vectors and 3 MB of the rest. Most are needed for the two days that their article
# is in the window; a week allows for an issue that is made again.
UNUSED_DAYS = 7
_USED_AGAIN = timedelta(hours=12)  # rows are marked as used at most so often
_AT_ONCE = 500  # keys in one query; SQLite takes 999 at the least


class Kept:
    """The table of it in an open store. What nobody used for UNUSED_DAYS is dropped.

    All methods raise StoreError when the file cannot be read or written.
    """

    def __init__(self, database: Database, *, now: datetime) -> None:
        self._database = database
        self._now = moment_text(now)
        self._stale = moment_text(now - _USED_AGAIN)
        database.change("DELETE FROM kept WHERE used < ?", (moment_text(now - timedelta(days=UNUSED_DAYS)),))

    def get(self, keys: Sequence[bytes], /) -> dict[bytes, bytes]:
        """Return the values of those of the keys that are kept whole."""
        found: dict[bytes, bytes] = {}
        again: list[bytes] = []
        for key, used, checksum, value in self._rows(keys):
            if zlib.crc32(value) == checksum:
                found[key] = value
                if used < self._stale:
                    again.append(key)
        if again:
            with self._database.transaction():
                self._database.change_many(
                    "UPDATE kept SET used = ? WHERE key = ?", ((self._now, key) for key in again)
                )
        return found

    def put(self, values: Mapping[bytes, bytes], /) -> None:
        """Keep values by their keys, in the place of what was kept under these."""
        rows = [(key, self._now, zlib.crc32(value), value) for key, value in values.items()]
        with self._database.transaction():
            self._database.change_many(
                "INSERT OR REPLACE INTO kept (key, used, checksum, value) VALUES (?, ?, ?, ?)", rows
            )

    def _rows(self, keys: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            yield from self._database.rows(f"SELECT key, used, checksum, value FROM kept WHERE key IN ({marks})", part)


class KeptVectors:
    """The vectors in an open store (a VectorMemory), by what made them (model, numbers, backend) and the text.

    They are kept in single precision, exactly: a brief must not tell whether they were kept or made.

    All methods raise StoreError when the file cannot be read or written.
    """

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def get(self, identity: str, texts: Sequence[str], /) -> Mapping[str, NDArray[np.float32]]:
        """Return the vectors, (dim,), of those of the texts that are kept whole."""
        texts_of = {_key(identity, text): text for text in texts}
        return {texts_of[key]: np.frombuffer(blob, dtype="<f4") for key, blob in self._kept.get(list(texts_of)).items()}

    def put(self, identity: str, texts: Sequence[str], vectors: NDArray[np.float32], /) -> None:
        """Keep the vectors (n, dim) of n texts, in the place of what was kept for them."""
        rows = np.ascontiguousarray(vectors, dtype="<f4")
        self._kept.put({_key(identity, text): row.tobytes() for text, row in zip(texts, rows, strict=True)})


def _key(identity: str, text: str) -> bytes:
    return hashlib.sha256(f"{identity}\0{text}".encode(errors="surrogatepass")).digest()
