"""The vectors that texts were encoded to, so that no run encodes a text that an earlier one did.

They are kept in single precision, exactly: a brief must not tell whether they were kept or made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from digest.store.kept import Kept


class KeptVectors:
    """The vectors in an open store (a VectorMemory), by what made them (model, numbers, backend) and the text.

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
