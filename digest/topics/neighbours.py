"""Which pairs are worth judging: the nearest neighbours of each row, by a blocked matrix product.

Memory stays near-linear (one block of similarities at a time) and the search is exact.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Pairs, Vectors

BLOCK = 1024  # rows per block: 1024 x 20,000 float32 similarities are 80 MB


def neighbour_pairs(vectors: Vectors, *, neighbours: int) -> Pairs:
    """Return the pairs (left < right), sorted, shape (p, 2), in which one row is among the other's nearest.

    `vectors` is (n, dim) with rows of unit length, `neighbours` how many each row proposes.
    """
    rows = len(vectors)
    wanted = min(neighbours, rows - 1)
    if wanted < 1:
        return np.zeros((0, 2), dtype=np.int64)
    left = np.repeat(np.arange(rows, dtype=np.int64), wanted)
    right = np.concatenate([_nearest(vectors, start, wanted) for start in range(0, rows, BLOCK)]).ravel()
    return unique_pairs(left, right, rows=rows)


def unique_pairs(left: NDArray[np.int64], right: NDArray[np.int64], *, rows: int) -> Pairs:
    """Return each unordered pair of different rows once, as (smaller, larger), sorted."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    codes = np.unique(low[low != high] * rows + high[low != high])
    return np.stack([codes // rows, codes % rows], axis=1)


def all_pairs(rows: int) -> Pairs:
    """Return every pair (left < right) of `rows` rows, in the order of scipy's condensed matrices."""
    left, right = np.triu_indices(rows, k=1)
    return np.stack([left, right], axis=1).astype(np.int64)


def _nearest(vectors: Vectors, start: int, wanted: int) -> NDArray[np.int64]:
    similarity = vectors[start : start + BLOCK] @ vectors.T
    rows = np.arange(len(similarity))
    similarity[rows, start + rows] = -np.inf
    return np.argpartition(-similarity, wanted - 1, axis=1)[:, :wanted].astype(np.int64)
