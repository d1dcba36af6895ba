"""Which pairs are worth judging: the nearest neighbours of each row, by a blocked matrix product.

Memory stays near-linear: there is one block of similarities at a time. Up to EXACT rows the search is exact; beyond, it
would take nearly all of a run, and each row is compared with likely ones only (`lists`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Pairs, Vectors
from digest.topics.lists import Rows, parts
from digest.topics.ragged import spread

EXACT = 40_000  # rows: beyond, the exact search takes longer than all else that is done with them
BLOCK = 512  # rows per block, at most
CELLS = 10_000_000  # float32 similarities per block, so that a block stays at 40 MB however many rows there are
FEWEST = 16  # rows per block, however many there are: fewer, and the product loses its speed
SAMPLE = 256  # rows that all are compared with first, to know what lies near enough to be looked at
GROUP = 16  # columns of which only the highest is asked for: as many groups as are wanted reach what the nearest reach
_ITSELF, _LEAST = np.float32(-2.0), np.float32(-1.5)  # below all similarities
_ROUNDING = np.float32(1e-4)  # two products of the same rows differ by less: blocks of other sizes sum in other ways

Similarities = NDArray[np.float32]


def nearest(vectors: Vectors, *, neighbours: int) -> Rows:
    """Return each row's nearest other rows, (n, k) with k = min(neighbours, n - 1), the nearest first.

    Beyond EXACT rows a few of them are others that lie farther.
    """
    wanted = min(neighbours, len(vectors) - 1)
    if wanted < 1:
        return np.zeros((len(vectors), 0), dtype=np.int64)
    if np.isnan(vectors.sum()):
        vectors = np.nan_to_num(vectors)  # as far from all as from each other
    found = _Nearest(len(vectors), wanted)
    if len(vectors) > EXACT:
        for rows, among in parts(vectors, wanted):
            others = vectors[among]
            for some in _blocks(rows, len(among)):
                similarity = vectors[some] @ others.T
                similarity[np.arange(len(some)), np.searchsorted(among, some)] = _ITSELF
                found.look(similarity, some, among)
        return found.rows()
    found.expect(vectors)
    every = np.arange(len(vectors))
    for some in _blocks(every, len(vectors)):
        # With those that come after them, so that no two rows are multiplied twice.
        similarity = vectors[some] @ vectors[some[0] :].T
        similarity[np.tril_indices(len(some))] = _ITSELF
        found.look(similarity, some, every[some[0] :], both=True)
    return found.rows()


def _blocks(rows: Rows, columns: int) -> Iterator[Rows]:
    size = min(BLOCK, max(FEWEST, CELLS // columns))
    return (rows[start : start + size] for start in range(0, len(rows), size))


class _Nearest:
    """The nearest of each of n rows among all that were looked at."""

    def __init__(self, rows: int, wanted: int) -> None:
        self._wanted = wanted
        self._bound = np.full(rows, _LEAST)  # the nearest of each row lie above it
        self._new = 0  # how many were seen since they were last sorted
        self._seen: list[tuple[Rows, Rows, Similarities]] = []  # rows, others, similarities

    def expect(self, vectors: Vectors) -> None:
        """Find out from a sample what the nearest reach."""
        some = vectors[np.linspace(0, len(vectors) - 1, min(SAMPLE, len(vectors))).astype(np.int64)]
        for rows in _blocks(np.arange(len(vectors)), len(some)):
            reached = _reached(vectors[rows] @ some.T, self._wanted + 1)  # a row may be its own sample
            self._bound[rows] = reached - _ROUNDING

    def look(self, similarity: Similarities, rows: Rows, columns: Rows, *, both: bool = False) -> None:
        """See by similarities (r, c) whether columns (c,) are among the nearest of rows (r,); or each of the other."""
        bound = np.maximum(self._bound[rows], _reached(_highest_of_groups(similarity), self._wanted))
        row, column, value = _cells(similarity, similarity > bound[:, None])
        self._keep(rows[row], columns[column], value)
        if both:
            row, column, value = _cells(similarity, similarity > self._bound[columns])
            self._keep(columns[column], rows[row], value)
        if self._new > len(self._bound) * self._wanted:
            self._sort()

    def rows(self) -> Rows:
        """Return the nearest of each row, (n, wanted), the nearest first."""
        self._sort()
        return self._seen[0][1].reshape(len(self._bound), self._wanted)

    def _keep(self, rows: Rows, others: Rows, similarity: Similarities) -> None:
        self._seen.append((rows, others, similarity))
        self._new += len(rows)

    def _sort(self) -> None:
        """Forget all but the nearest of each row, and note what they reach."""
        rows, others, similarity = (np.concatenate(parts) for parts in zip(*self._seen, strict=True))
        order = np.argsort(4.0 * rows - similarity, kind="stable")
        rows = rows[order]
        kept = np.ones(len(rows), dtype=bool)
        kept[self._wanted :] = rows[self._wanted :] != rows[: -self._wanted]
        rows, others, similarity = rows[kept], others[order[kept]], similarity[order[kept]]
        full = np.flatnonzero(rows[self._wanted - 1 :] == rows[: len(rows) - self._wanted + 1])
        self._bound[rows[full]] = similarity[full + self._wanted - 1]
        self._seen, self._new = [(rows, others, similarity)], 0


def _cells(similarity: Similarities, near: NDArray[np.bool_]) -> tuple[Rows, Rows, Similarities]:
    """The row, the column and the value of each cell that is near."""
    cells = np.flatnonzero(near)
    return *np.divmod(cells, similarity.shape[1]), similarity.ravel()[cells]


def _highest_of_groups(similarity: Similarities) -> Similarities:
    """Of each row (r, c) the highest of each group of GROUP columns, which lie as far apart as there are groups.

    So they are the maxima of a few slices; what is left over is in no group.
    """
    groups = similarity.shape[1] // GROUP
    highest = similarity[:, :groups].copy()
    for number in range(1, GROUP):
        np.maximum(highest, similarity[:, number * groups : (number + 1) * groups], out=highest)
    return highest


def _reached(similarity: Similarities, wanted: int) -> Similarities:
    """Just less than what so many of each row (r, c) reach; below all where there are fewer."""
    if similarity.shape[1] < wanted:
        return np.full(len(similarity), _LEAST)
    return np.nextafter(np.partition(similarity, -wanted, axis=1)[:, -wanted], _LEAST)


def pairs_of(nearest_rows: NDArray[np.int64]) -> Pairs:
    """Return the pairs (left < right), sorted, (p, 2), in which one row is among the other's nearest."""
    rows, wanted = nearest_rows.shape
    left = np.repeat(np.arange(rows, dtype=np.int64), wanted)
    right = nearest_rows.ravel()
    low, high = np.minimum(left, right), np.maximum(left, right)
    codes = np.sort(low * max(rows, 1) + high)
    codes = codes[np.diff(codes, prepend=-1) > 0]  # np.unique would take twelve times as long
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
