"""What predictions share: the encoder `digest run` uses, with a memory, so that peers and we read the same vectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.models import Article

Vectors = NDArray[np.float32]


class Tools:
    """Loads the packaged model when it is first asked for, and encodes each distinct text once.

    With a `cache` file, vectors of earlier runs are read from it and new ones are kept by `save`.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}
        self._cache = cache
        self._grown = False
        if cache is not None and cache.exists():
            with np.load(cache) as kept:
                letters, ends = kept["letters"].tobytes(), kept["ends"].tolist()
                texts = [letters[start:end].decode() for start, end in pairwise([0, *ends])]
                self._known.update(zip(texts, kept["vectors"], strict=True))

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
            self._grown = True
            if not texts:
                return vectors
        return np.stack([self._known[text] for text in texts])

    def save(self) -> None:
        """Write the cache file, if there is one and there is something new."""
        if self._cache is not None and self._grown:
            encoded = [text.encode() for text in self._known]
            np.savez(
                self._cache,
                letters=np.frombuffer(b"".join(encoded), dtype=np.uint8),
                ends=np.cumsum([len(text) for text in encoded]),
                vectors=np.stack(list(self._known.values())),
            )
            self._grown = False


def vectors_of_articles(
    articles: Sequence[Article], encode: Callable[[Sequence[str]], Vectors]
) -> Mapping[str, NDArray[np.float32]]:
    """A vector per article, by its id, made as `digest run` makes it."""
    from digest.config import Config
    from digest.engines import local_map
    from digest.models import Origin
    from digest.steps.vectors import split_articles
    from digest.topics import article_vectors

    split = split_articles([Origin(id=one.id, articles=(one,)) for one in articles], Config(), local_map)
    titles = encode([one.title for one in split.articles.values()])
    return article_vectors(split.articles, split.statements, encode([s.text for s in split.statements]), titles)
