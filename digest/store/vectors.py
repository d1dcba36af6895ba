"""The vectors that texts were encoded to, so that no run encodes a text that an earlier one did.

A row's key is the hash of what made the vector (model, revision, numbers, backend) and of the text. Vectors are kept
in single precision, exactly: a brief must not tell whether they were kept or made. A row whose checksum is wrong is
as good as none.
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

# 9,000 statements a day are 14 MB. Most are needed for the two days that their article is in the window; a week allows
# for an issue that is made again.
UNUSED_DAYS = 7
_USED_AGAIN = timedelta(hours=12)  # rows are marked as used at most so often
_AT_ONCE = 500  # keys in one query; SQLite takes 999 at the least


class KeptVectors:
    """The table of vectors in an open store (a VectorMemory). What nobody used for UNUSED_DAYS is dropped.

    All methods raise StoreError when the file cannot be read or written.
    """

    def __init__(self, database: Database, *, now: datetime) -> None:
        self._database = database
        self._now = moment_text(now)
        self._stale = moment_text(now - _USED_AGAIN)
        database.change("DELETE FROM vectors WHERE used < ?", (moment_text(now - timedelta(days=UNUSED_DAYS)),))

    def get(self, identity: str, texts: Sequence[str], /) -> Mapping[str, NDArray[np.float32]]:
        """Return the vectors, (dim,), of those of the texts that are kept whole."""
        texts_of = {_key(identity, text): text for text in texts}
        found: dict[str, NDArray[np.float32]] = {}
        again: list[bytes] = []
        for key, used, checksum, blob in self._rows(list(texts_of)):
            if zlib.crc32(blob) == checksum:
                found[texts_of[key]] = np.frombuffer(blob, dtype="<f4")
                if used < self._stale:
                    again.append(key)
        if again:
            with self._database.transaction():
                self._database.change_many(
                    "UPDATE vectors SET used = ? WHERE key = ?", ((self._now, key) for key in again)
                )
        return found

    def put(self, identity: str, texts: Sequence[str], vectors: NDArray[np.float32], /) -> None:
        """Keep the vectors (n, dim) of n texts, in the place of what was kept for them."""
        blobs = [row.tobytes() for row in np.ascontiguousarray(vectors, dtype="<f4")]
        rows = [
            (_key(identity, text), self._now, zlib.crc32(blob), blob) for text, blob in zip(texts, blobs, strict=True)
        ]
        with self._database.transaction():
            self._database.change_many(
                "INSERT OR REPLACE INTO vectors (key, used, checksum, vector) VALUES (?, ?, ?, ?)", rows
            )

    def _rows(self, keys: Sequence[bytes]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            yield from self._database.rows(
                f"SELECT key, used, checksum, vector FROM vectors WHERE key IN ({marks})", part
            )


def _key(identity: str, text: str) -> bytes:
    return hashlib.sha256(f"{identity}\0{text}".encode(errors="surrogatepass")).digest()
