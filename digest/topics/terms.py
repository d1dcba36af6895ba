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
    rows, columns, counts = _counted(texts, weights)
    values = unit_weights(rows, counts, _ordered(weights)[columns], texts=len(texts))
    return sparse_rows(rows, columns, values, (len(texts), len(weights)))


def unit_weights(
    rows: NDArray[np.int64], counts: NDArray[np.int64], weights: NDArray[np.float64], *, texts: int
) -> NDArray[np.float32]:
    """Return the weight (e,) of each word of a text times 1 + log(count), those of each text's row of unit length."""
    least = max(1, int(counts.max(initial=1)))
    told = np.array([0.0, *(1.0 + math.log(count) for count in range(1, least + 1))])
    values = weights * told[counts]
    lengths = np.sqrt(np.bincount(rows, weights=values * values, minlength=texts))
    return np.asarray(values / np.where(lengths > 0, lengths, 1.0)[rows], dtype=np.float32)


def _counted(
    texts: Sequence[Sequence[str]], weights: Mapping[str, float]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Each word of each text that has a weight: the text's row, the word's column, how often; by row, then column."""
    places = {word: column for column, word in enumerate(sorted(weights))}
    columns = np.fromiter((places.get(word, -1) for words in texts for word in words), dtype=np.int64)
    rows = np.repeat(np.arange(len(texts)), [len(words) for words in texts])
    size = max(1, len(places))
    codes, counts = np.unique(rows[columns >= 0] * size + columns[columns >= 0], return_counts=True)
    return codes // size, codes % size, counts


def _ordered(weights: Mapping[str, float]) -> NDArray[np.float64]:
    return np.array([weights[word] for word in sorted(weights)], dtype=np.float64)


def sparse_rows(
    rows: NDArray[np.int64], columns: NDArray[np.int64], values: NDArray[Any], shape: tuple[int, int]
) -> Any:
    """Return a scipy CSR matrix of values (e,) by row, then by column; it has one column at least."""
    from scipy.sparse import csr_matrix

    starts = np.searchsorted(rows, np.arange(shape[0] + 1))
    return csr_matrix((values, columns, starts), shape=(shape[0], max(1, shape[1])))


def row_products(matrix: Any, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the dot products of rows `left` with rows `right` of a sparse matrix, (pairs,)."""
    return np.asarray(matrix[left].multiply(matrix[right]).sum(axis=1), dtype=np.float32).ravel()
