"""Rows joined: what hangs together over pairs, and average linkage.

scipy has both, but importing it takes longer than all that a short run does with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Pairs, Probabilities
from digest.topics.neighbours import all_pairs


class Merge(NamedTuple):
    """Two clusters become one: their mean probability, a row of the one, and a row of the other, which speaks for
    both from then on."""

    probability: float
    gone: int
    kept: int


def joined(rows: int, pairs: Pairs) -> NDArray[np.int64]:
    """Return for each of the rows, (rows,), the lowest row that it hangs together with over pairs (p, 2)."""
    lowest = np.arange(rows)
    left, right = np.ascontiguousarray(pairs.T)
    while len(left):
        left, right = lowest[left], lowest[right]
        apart = left != right
        left, right = left[apart], right[apart]
        np.minimum.at(lowest, np.maximum(left, right), np.minimum(left, right))
        while (lowest[lowest] != lowest).any():
            lowest = lowest[lowest]
    return lowest


def average_linkage(rows: int, probability: Probabilities) -> list[Merge]:
    """Return the merges that make one cluster of n rows; `probability` has that of each pair, as in `all_pairs`.

    Clusters are as close as their members are on average (Sokal and Michener 1958). Two that are each other's nearest
    are merged wherever they are found, by going from nearest to nearest (Murtagh 1983): a cluster's merges come after
    those inside it, and are no likelier.
    """
    table = np.full((rows, rows), -np.inf)
    left, right = all_pairs(rows).T
    table[left, right] = table[right, left] = probability
    sizes = [1] * rows
    merges: list[Merge] = []
    path: list[int] = []
    while len(merges) < rows - 1:
        if not path:
            path.append(next(row for row in range(rows) if sizes[row]))
        last = table[path[-1]]
        nearest = int(last.argmax())
        if len(path) > 1 and last[path[-2]] == last[nearest]:
            gone, kept = sorted((path.pop(), path.pop()))
            merges.append(Merge(float(table[gone, kept]), gone, kept))
            both = sizes[gone] + sizes[kept]
            table[kept] = table[:, kept] = (sizes[gone] * table[gone] + sizes[kept] * table[kept]) / both
            table[gone] = table[:, gone] = -np.inf
            sizes[gone], sizes[kept] = 0, both
        else:
            path.append(nearest)
    return merges


def cut(rows: int, merges: Sequence[Merge], least: float) -> NDArray[np.int64]:
    """Return a label (rows,) for each row of the clusters that the merges of at least this probability make."""
    labels = list(range(rows))
    for merge in reversed(merges):
        if merge.probability >= least:
            labels[merge.gone] = labels[merge.kept]
    return np.array(labels, dtype=np.int64)
