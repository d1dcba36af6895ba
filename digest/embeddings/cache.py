"""Vectors kept from run to run: each text is encoded once, and a run that knows them all starts no model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from digest.config import EmbeddingsConfig
from digest.embeddings.distributed import DistributedEncoder
from digest.embeddings.encoder import ModelEncoder, Vectors
from digest.embeddings.loading import load_encoder, planned_identity
from digest.engines import Map, local_map

# Texts encoded before they are kept, so that a long run that dies has not worked for nothing.
KEPT_AT_ONCE = 20_000


class VectorMemory(Protocol):
    """Where vectors are kept, by what made them (see `ModelEncoder.identity`) and the text."""

    def get(self, identity: str, texts: Sequence[str], /) -> Mapping[str, Vectors]:
        """Return the vectors, (dim,), of those of the texts that are kept whole."""
        ...

    def put(self, identity: str, texts: Sequence[str], vectors: Vectors, /) -> None:
        """Keep the vectors (n, dim) of n texts."""
        ...


Loaded = ModelEncoder | DistributedEncoder


class CachedEncoder:
    """An Encoder that recalls what it can and loads its model for the rest.

    `identity` names the vectors that the model is expected to make; None when only the loaded model knows.
    """

    def __init__(
        self, load: Callable[[], Loaded], memory: VectorMemory, *, identity: str | None, name: str = ""
    ) -> None:
        self.name = name
        self._load = load
        self._memory = memory
        self._identity = identity
        self._loaded: Loaded | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about how the vectors were made, for a reader who wonders; none mostly."""
        return (self._loaded.note,) if self._loaded and self._loaded.note else ()

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return unit rows, float32, in the order of `texts`."""
        if not texts:
            return self._encoder().encode(texts)
        distinct = sorted(set(texts))
        known = self._recall(distinct)
        if len(known) < len(distinct):
            expected, encoder = self._identity, self._encoder()
            if self._identity != expected:  # it bore not the numbers that it was expected to
                known = self._recall(distinct)
            missing = [text for text in distinct if text not in known]
            for start in range(0, len(missing), KEPT_AT_ONCE):
                part = missing[start : start + KEPT_AT_ONCE]
                vectors = encoder.encode(part)
                self._keep(part, vectors)
                known.update(zip(part, vectors, strict=True))
        return np.stack([known[text] for text in texts])

    def _encoder(self) -> Loaded:
        if self._loaded is None:
            self._loaded = self._load()
            self._identity = self._loaded.identity or None
        return self._loaded

    def _recall(self, texts: Sequence[str]) -> dict[str, Vectors]:
        return dict(self._memory.get(self._identity, texts)) if self._identity else {}

    def _keep(self, texts: Sequence[str], vectors: Vectors) -> None:
        if self._identity:
            self._memory.put(self._identity, texts, vectors)


def cached_encoder(config: EmbeddingsConfig, memory: VectorMemory, *, each: Map = local_map) -> CachedEncoder:
    """The configured model behind a memory, its texts encoded over `each`. Raises ModelError for a missing device."""

    def load() -> Loaded:
        return load_encoder(config) if each is local_map else DistributedEncoder(config, each)

    return CachedEncoder(load, memory, identity=planned_identity(config), name=config.model)
