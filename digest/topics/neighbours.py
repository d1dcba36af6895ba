"""Which pairs are worth judging: the nearest neighbours of each row, by a blocked matrix product.

Memory stays near-linear: there is one block of similarities at a time. Up to EXACT rows the search is exact; beyond, it
would take nearly all of a run, and each row is compared with likely ones only (`lists`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Pairs, Vectors
from digest.topics.lists import parts
from digest.topics.ragged import spread

EXACT = 40_000  # rows: beyond, the exact search takes longer than all else that is done with them
BLOCK = 1024  # rows per block, at most
CELLS = 20_000_000  # float32 similarities per block, so that a block stays at 80 MB however many rows there are
FEWEST = 16  # rows per block, however many there are: fewer, and the product loses its speed
# Columns are looked at in groups of so many: only the groups with the highest similarities are then looked at one by
# one, so that the slow choice of the highest has a sixteenth to do. Other sizes were not tried.
GROUP = 16


def nearest(vectors: Vectors, *, neighbours: int) -> NDArray[np.int64]:
    """Return each row's nearest other rows, (n, k) with k = min(neighbours, n - 1), in no particular order.

    Beyond EXACT rows a few of them are others that lie farther.
    """
    wanted = min(neighbours, len(vectors) - 1)
    if wanted < 1:
        return np.zeros((len(vectors), 0), dtype=np.int64)
    found = np.empty((len(vectors), wanted), dtype=np.int64)
    every = np.arange(len(vectors))
    for rows, among in parts(vectors, wanted) if len(vectors) > EXACT else [(every, every)]:
        others = vectors if among is every else vectors[among]
        size = min(BLOCK, max(FEWEST, CELLS // len(among)))
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            found[some] = among[_block(vectors[some], others, np.searchsorted(among, some), wanted)]
    return found


def pairs_of(nearest_rows: NDArray[np.int64]) -> Pairs:
    """Return the pairs (left < right), sorted, (p, 2), in which one row is among the other's nearest."""
    rows, wanted = nearest_rows.shape
    left = np.repeat(np.arange(rows, dtype=np.int64), wanted)
    right = nearest_rows.ravel()
    low, high = np.minimum(left, right), np.maximum(left, right)
    codes = np.unique(low * max(rows, 1) + high)
    return np.stack([codes // max(rows, 1), codes % max(rows, 1)], axis=1)


def all_pairs(rows: int) -> Pairs:
    """Return every pair (left < right) of `rows` rows, row by row."""
    return pairs_within([np.arange(rows)])


def pairs_within(groups: Sequence[NDArray[np.int64]]) -> Pairs:
    """Return every pair of members of each group, earlier member first, group by group and row by row, (p, 2)."""
    if not groups:
        return np.zeros((0, 2), dtype=np.int64)
    members = np.concatenate(groups)
    after = np.concatenate([np.arange(len(group) - 1, -1, -1) for group in groups])
    right, left = spread(np.arange(1, len(members) + 1), after)
    return np.stack([members[left], members[right]], axis=1)


def _block(some: Vectors, others: Vectors, own: NDArray[np.int64], wanted: int) -> NDArray[np.int64]:
    """Of some rows the columns of the nearest others, (rows, wanted); `own` (rows,) are their own columns."""
    similarity = some @ others.T
    similarity[np.arange(len(similarity)), own] = -np.inf
    columns = _likely_columns(similarity, wanted)
    likely = similarity if columns is None else np.take_along_axis(similarity, columns, axis=1)
    chosen = np.argpartition(likely, -wanted, axis=1)[:, -wanted:]
    return np.asarray(chosen if columns is None else np.take_along_axis(columns, chosen, axis=1), dtype=np.int64)


def _likely_columns(similarity: NDArray[np.float32], wanted: int) -> NDArray[np.int64] | None:
    """Columns (rows, some) that hold each row's highest; None where there are too few to make a choice of groups.

    A group is of columns that lie `stride` apart, so that the highest of all groups are a few maxima of whole slices.
    """
    stride, left_over = divmod(similarity.shape[1], GROUP)
    if stride <= 2 * wanted:
        return None
    highest = similarity[:, :stride].copy()
    for start in range(stride, GROUP * stride, stride):
        np.maximum(highest, similarity[:, start : start + stride], out=highest)
    groups = np.argpartition(highest, -wanted, axis=1)[:, -wanted:]
    columns = (groups[:, :, None] + stride * np.arange(GROUP)).reshape(len(similarity), -1)
    rest = np.arange(GROUP * stride, GROUP * stride + left_over)
    return np.concatenate([columns, np.tile(rest, (len(similarity), 1))], axis=1)
