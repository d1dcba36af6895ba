"""The nearest neighbours of very many rows, most of them: each is looked for only where rows like it are.

Inverted lists (Sivic and Zisserman 2003; Jégou, Douze and Schmid 2011): the rows are parted into lists around centres
(spherical k-means on a part of them), and the rows of a list are compared with those of the lists that lie nearest. As
many rows are compared with each one however many there are; only finding each row's centre grows faster than the rows,
with a hundredth of the exact search's square.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Vectors

# With these, .95 of 200,000 invented statements' 20 nearest were found (600 of them looked up exactly), in a fifteenth
# of the exact search's time; with 32 lists, .989 of 20,000's, where 64 found what moves the topics no more than looking
# for 19 neighbours instead of 20 does (docs/speed.md).
LIST_ROWS = 128  # rows of a list, on average
LISTS = 64  # lists that a row is looked for in
_TRAINED_ON = 16  # rows of each list, of which the centres are made
_ROUNDS = 4
_ROWS_AT_ONCE = 4096  # rows compared with all centres at once

Rows = NDArray[np.int64]


def parts(vectors: Vectors, wanted: int) -> Iterator[tuple[Rows, Rows]]:
    """Give rows, and the sorted rows that their `wanted` nearest are to be found among, until each row was given once.

    `vectors` is (n, dim), rows of unit length. Rows are among their own candidates, of which there are more than
    `wanted`; the same rows in the same order are always parted in the same way.
    """
    centres = _centres(vectors)
    home = _nearest_centre(vectors, centres)
    order = np.argsort(home, kind="stable")
    starts = np.searchsorted(home[order], np.arange(len(centres) + 1))
    sizes = np.diff(starts)
    for number, near in enumerate(_by_nearness(centres)):
        if not sizes[number]:
            continue
        enough = int(np.searchsorted(np.cumsum(sizes[near]), wanted, side="right")) + 1
        chosen = near[: max(LISTS, enough)]
        among = np.concatenate([order[starts[one] : starts[one + 1]] for one in chosen])
        yield order[starts[number] : starts[number + 1]], np.sort(among)


def _centres(vectors: Vectors) -> Vectors:
    """The centres of the lists, (lists, dim): means of the rows nearest to them, of unit length."""
    count = max(1, len(vectors) // LIST_ROWS)
    some = vectors[np.linspace(0, len(vectors) - 1, min(len(vectors), count * _TRAINED_ON)).astype(np.int64)]
    centres = some[np.linspace(0, len(some) - 1, count).astype(np.int64)]
    for _ in range(_ROUNDS):
        home = _nearest_centre(some, centres)
        sums = np.zeros_like(centres)
        np.add.at(sums, home, some)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.where(lengths > 0, lengths, 1.0), centres).astype(np.float32)
    return centres


def _nearest_centre(vectors: Vectors, centres: Vectors) -> Rows:
    blocks = range(0, len(vectors), _ROWS_AT_ONCE)
    found = [(vectors[start : start + _ROWS_AT_ONCE] @ centres.T).argmax(axis=1) for start in blocks]
    return np.concatenate(found).astype(np.int64)


def _by_nearness(centres: Vectors) -> Iterator[Rows]:
    """For each centre all of them, its own first, the nearest before the others."""
    for number, row in enumerate(centres):
        similarity = centres @ row
        similarity[number] = np.inf
        yield np.argsort(-similarity, kind="stable")
