"""Texts encoded over a map: each process of it loads the model once and encodes the blocks that fall to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

import numpy as np

from digest.config import EmbeddingsConfig
from digest.embeddings.encoder import ModelEncoder, Vectors
from digest.embeddings.loading import load_encoder
from digest.engines import Map

# A second or two of work on one processor: enough to make little of the way there, and little to do again when a
# worker dies.
BLOCK = 512


class DistributedEncoder:
    """The configured model as an Encoder, on whatever the map runs on. Raises ModelError where it cannot be loaded.

    A vector of a plain BERT (see `bert`) does not depend on its batch, so these are the rows that one process would
    make; of other models, the last bits may differ.
    """

    def __init__(self, config: EmbeddingsConfig, each: Map) -> None:
        here = _own_encoder(config)
        self.name, self.identity, self.note = here.name, here.identity, here.note
        self._config = config
        self._each = each

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return unit rows, float32, in the order of `texts`."""
        # By length, since texts of a length are encoded together.
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        if not distinct:
            return _own_encoder(self._config).encode(distinct)
        blocks = [distinct[start : start + BLOCK] for start in range(0, len(distinct), BLOCK)]
        vectors = np.concatenate(list(self._each(partial(_encoded, self._config), blocks)))
        rows = {text: row for row, text in enumerate(distinct)}
        return vectors[[rows[text] for text in texts]]


def _encoded(config: EmbeddingsConfig, texts: Sequence[str]) -> Vectors:
    return _own_encoder(config).encode(texts)


@cache
def _own_encoder(config: EmbeddingsConfig) -> ModelEncoder:
    """This process's model."""
    return load_encoder(config)
