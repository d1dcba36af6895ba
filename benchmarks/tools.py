"""What predictions share: the encoder `digest run` uses, with a memory, so that peers and we read the same vectors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Tools:
    """Loads the packaged model when it is first asked for, and encodes each distinct text once."""

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}

    @cached_property
    def _encoder(self):
        from digest.config import EmbeddingsConfig
        from digest.embeddings import load_encoder

        return load_encoder(EmbeddingsConfig())

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Rows of unit length, float32, in the order of `texts` (the Encoder protocol of digest.embeddings)."""
        fresh = sorted(set(texts) - self._known.keys())
        if fresh or not texts:
            vectors = self._encoder.encode(fresh)
            self._known.update(zip(fresh, vectors, strict=True))
            if not texts:
                return vectors
        return np.stack([self._known[text] for text in texts])
