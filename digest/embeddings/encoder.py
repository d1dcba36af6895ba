"""The Encoder protocol, and a loaded model as an Encoder.

What runs the model (`bert`, `library`) is loaded by `loading`; nothing here imports torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

# On a CPU, few texts are cut into so many batches of even length, if that leaves so many tokens to each: 100 sentences
# are three batches of 1,024 tokens, of which one is a half as long as the others.
FEWEST_BATCHES, LEAST_TOKENS = 16, 256


class Encoder(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return an array of shape (len(texts), dim), float32, rows of unit length; same texts, same rows."""
        ...


class Model(Protocol):
    """What runs a model: `prepare` reads texts into its tokens, `vectors` encodes batches of what was prepared."""

    device: str  # "cpu", "cuda", "mps"
    dimension: int

    def prepare(self, texts: Sequence[str], /) -> tuple[Sequence[Any], Sequence[int]]:
        """Return each text as `vectors` takes it, and how many tokens it has."""
        ...

    def vectors(self, batches: Sequence[Sequence[Any]], /) -> Iterable[Vectors]:
        """Return the unit rows (n, dim), float32, of each batch, in order."""
        ...

    def spread(self, texts: Sequence[str], /) -> Vectors | None:
        """Return the unit rows of many texts, encoded on several devices at once; None where there is but one."""
        ...


class ModelEncoder:
    """A model as an Encoder. Each distinct text is encoded once, in batches of even length.

    `identity` names what made the vectors (model, revision, numbers, backend): equal ones give equal vectors. `note`
    is a sentence about it for a reader who wonders, and "" mostly.
    """

    def __init__(
        self, model: Model, *, name: str, identity: str = "", note: str = "", batch_tokens: int = 1024
    ) -> None:
        self.name = name
        self.identity = identity
        self.note = note
        self._model = model
        self._batch_tokens = batch_tokens

    @property
    def device(self) -> str:
        """Where the model runs: "cpu", "cuda", "mps"."""
        return self._model.device

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return unit rows, float32, in the order of `texts`."""
        # Batches are made from the sorted distinct texts, so not even the last bits of a vector depend on the order
        # in which articles were read.
        distinct = sorted(set(texts))
        rows = {text: row for row, text in enumerate(distinct)}
        vectors = self._model.spread(distinct)
        return (self._one_by_one(distinct) if vectors is None else vectors)[[rows[text] for text in texts]]

    def _one_by_one(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._model.dimension), dtype=np.float32)
        prepared, lengths = self._model.prepare(texts) if texts else ((), ())
        budget = self._batch_tokens if self.device != "cpu" else even_budget(lengths, most=self._batch_tokens)
        batches = list(token_batches(lengths, budget=budget))
        made = self._model.vectors([[prepared[row] for row in batch] for batch in batches])
        for batch, rows in zip(batches, made, strict=True):
            vectors[batch] = rows
        return vectors


def even_budget(lengths: Sequence[int], *, most: int) -> int:
    """Tokens per batch, up to `most`: of few texts less, so that each processor of a CPU has its share."""
    return min(most, max(LEAST_TOKENS, sum(lengths) // FEWEST_BATCHES))


def token_batches(lengths: Sequence[int], *, budget: int) -> Iterator[list[int]]:
    """Cut rows into batches, longest first, so that rows times longest row stays within `budget` tokens.

    Even batches waste little on padding, where a model pads; rows of one length stand together.
    """
    order = sorted(range(len(lengths)), key=lambda row: (-lengths[row], row))
    start = 0
    while start < len(order):
        size = max(1, budget // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size
