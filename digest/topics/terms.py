"""Words as sparse rows: what a text is about, its rare words weighing most."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# How many texts of its own a run must hold before its own counts weigh as much as the background's: five articles
# alone cannot tell a rare word from a common one.
BACKGROUND_WEIGHT = 300.0


@cache
def background() -> Mapping[str, float]:
    """Return the share of news texts that hold each common stem (rarity.json, counted by benchmarks/fit_judge.py)."""
    table = json.loads((Path(__file__).parent / "rarity.json").read_text(encoding="utf-8"))
    return {word: count / table["texts"] for word, count in table["counts"].items()}


def rarity(texts: Sequence[Sequence[str]], *, counted: bool = True) -> dict[str, float]:
    """Return each word's inverse document frequency (Spärck Jones 1972) over the texts and the background together.

    Texts that are not `counted` only say which words are wanted.
    """
    counts: Counter[str] = Counter(word for words in texts for word in set(words))
    total = len(texts) + BACKGROUND_WEIGHT
    if not counted:
        counts, total = Counter(dict.fromkeys(counts, 0)), BACKGROUND_WEIGHT
    common = background()
    return {
        word: math.log((total + 1) / (count + BACKGROUND_WEIGHT * common.get(word, 0.0) + 0.5))
        for word, count in counts.items()
    }


def weigh(texts: Sequence[Sequence[str]], weights: Mapping[str, float]) -> Any:
    """Return a scipy CSR matrix (texts, words), rows of unit length: rarity times 1 + log(count)."""
    from scipy.sparse import csr_matrix

    columns = {word: column for column, word in enumerate(sorted(weights))}
    indices: list[int] = []
    values: list[float] = []
    pointers = [0]
    for words in texts:
        counts = sorted((columns[word], word, count) for word, count in Counter(words).items() if word in columns)
        row = [weights[word] * (1.0 + math.log(count)) for _, word, count in counts]
        length = math.sqrt(sum(value * value for value in row)) or 1.0
        indices.extend(column for column, _, _ in counts)
        values.extend(value / length for value in row)
        pointers.append(len(indices))
    shape = (len(texts), max(1, len(columns)))
    return csr_matrix((np.array(values, dtype=np.float32), np.array(indices), np.array(pointers)), shape=shape)


def row_products(matrix: Any, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the dot products of rows `left` with rows `right` of a sparse matrix, (pairs,)."""
    return np.asarray(matrix[left].multiply(matrix[right]).sum(axis=1), dtype=np.float32).ravel()
