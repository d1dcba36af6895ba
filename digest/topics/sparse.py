"""Sparse rows, and what two of them share: the columns in which both have an entry.

(scipy has them, but importing it takes longer than all that a short run does with them.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digest.topics.ragged import Numbers, spread

_AT_ONCE = 100_000  # entries looked for at a time: some 5 MB

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """e entries of n rows of some width: `codes` (e,), row times width plus column, ascending; those of row i stand
    from `starts[i]` to `starts[i + 1]`."""

    codes: Numbers
    starts: Numbers
    width: int

    @property
    def rows(self) -> Numbers:
        """The row of each entry, (e,)."""
        return self.codes // self.width

    @property
    def columns(self) -> Numbers:
        """The column of each entry, (e,)."""
        return self.codes % self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparse:
    """Rows of numbers, most of them zero: where the others stand, and their `values` (e,)."""

    entries: Entries
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The columns that p pairs of rows share, by pair, then by column: of each the pair, and its entries in the left
    and in the right row."""

    pairs: int
    owner: Numbers
    left: Numbers
    right: Numbers


def entries_at(codes: Numbers, *, rows: int, width: int) -> Entries:
    """Return the entries of these codes, ascending, of n rows."""
    return Entries(codes=codes, starts=np.searchsorted(codes, np.arange(rows + 1) * width), width=width)


def shared_entries(entries: Entries, left: Numbers, right: Numbers) -> Shared:
    """Return what rows `left` (p,) share with rows `right` (p,)."""
    found = [(first + some.owner, some.left, some.right) for first, some in _in_parts(entries, left, right)]
    owner, mine, others = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Shared(pairs=len(left), owner=owner, left=mine, right=others)


def row_products(matrix: Sparse, left: Numbers, right: Numbers) -> Values:
    """Return the dot products of rows `left` (p,) with rows `right` (p,), (p,)."""
    return np.concatenate([overlap(some, matrix.values) for _, some in _in_parts(matrix.entries, left, right)])


def overlap(shared: Shared, values: Values) -> Values:
    """Return the sum, over the columns that each pair shares, of the product of its entries' values (e,): (p,)."""
    products = values[shared.left] * values[shared.right]
    counting = np.flatnonzero(products)
    found = np.zeros(shared.pairs, dtype=np.float32)
    if len(counting):
        owner = shared.owner[counting]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        found[owner[starts]] = np.add.reduceat(products[counting], starts)
    return found


def _in_parts(entries: Entries, left: Numbers, right: Numbers) -> Iterator[tuple[int, Shared]]:
    """What some pairs at a time share, with the number of the first of them; at least once."""
    lengths = np.diff(entries.starts)
    looked_for = np.cumsum(np.minimum(lengths[left], lengths[right]))
    cuts = np.flatnonzero(np.diff(looked_for // _AT_ONCE)) + 1
    for first, end in pairwise([0, *cuts.tolist(), len(left)]):
        yield first, _shared(entries, left[first:end], right[first:end])


def _shared(entries: Entries, left: Numbers, right: Numbers) -> Shared:
    """Each entry of the shorter row is looked for in the longer one."""
    lengths = np.diff(entries.starts)
    turned = lengths[right] < lengths[left]
    shorter, longer = np.where(turned, right, left), np.where(turned, left, right)
    mine, owner = spread(entries.starts[shorter], lengths[shorter])
    wanted = entries.codes[mine] + np.repeat((longer - shorter) * entries.width, lengths[shorter])
    places = np.searchsorted(entries.codes, wanted)
    met = np.flatnonzero(entries.codes.take(places, mode="clip") == wanted)
    owner, mine, others = owner[met], mine[met], places[met]
    crossed = turned[owner]
    return Shared(
        pairs=len(left), owner=owner, left=np.where(crossed, others, mine), right=np.where(crossed, mine, others)
    )
