"""The figures of statements compared pair by pair, each two figures only once however many pairs hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digest.language.quantities import Quantity, same_quantity
from digest.topics.arrays import Pairs
from digest.topics.ragged import Numbers, Ragged, ragged, spread

_SAME, _SAME_KIND = 1, 2  # what two figures can be: bits


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of n statements: which of the distinct `quantities` each statement gives, in order."""

    quantities: tuple[Quantity, ...]
    given: Ragged


def collect_figures(told: Sequence[Sequence[Quantity]]) -> Figures:
    """Return the figures of n statements, ready for comparing."""
    numbers: dict[Quantity, int] = {}
    given = [[numbers.setdefault(_bare(one), len(numbers)) for one in mine] for mine in told]
    return Figures(tuple(numbers), ragged(given))


def compare_figures(figures: Figures, pairs: Pairs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return for each pair (p, 2) what share of the fewer figures the other gives too, and how many figures differ.

    A figure differs that the other does not give, while it gives another of the same kind. NaN where one has none.
    """
    shared = np.full(len(pairs), np.nan, dtype=np.float32)
    differ = np.full(len(pairs), np.nan, dtype=np.float32)
    lengths = figures.given.lengths
    left, right = pairs[:, 0], pairs[:, 1]
    rows = np.flatnonzero((lengths[left] > 0) & (lengths[right] > 0))
    swapped = lengths[right[rows]] < lengths[left[rows]]
    fewer, more = np.where(swapped, right[rows], left[rows]), np.where(swapped, left[rows], right[rows])
    if not len(rows):
        return shared, differ
    found, of_row = _found(figures, fewer, more)
    same = np.bincount(of_row, weights=(found & _SAME) > 0, minlength=len(rows))
    shared[rows] = same / lengths[fewer]
    differ[rows] = np.bincount(of_row, weights=found == _SAME_KIND, minlength=len(rows))
    return shared, differ


def _found(figures: Figures, fewer: Numbers, more: Numbers) -> tuple[NDArray[np.uint8], Numbers]:
    """For each figure of each row of `fewer`: what it finds among those of `more`, and the row it belongs to."""
    starts, lengths = figures.given.starts, figures.given.lengths
    mine, of_row = spread(starts[fewer], lengths[fewer])
    others, of_mine = spread(starts[more][of_row], lengths[more][of_row])
    values = figures.given.values
    verdicts = _verdicts(figures.quantities, values[mine][of_mine], values[others])
    ends = np.cumsum(lengths[more][of_row])
    return np.bitwise_or.reduceat(verdicts, ends - lengths[more][of_row]), of_row


def _verdicts(quantities: Sequence[Quantity], first: Numbers, second: Numbers) -> NDArray[np.uint8]:
    count = len(quantities)
    codes, inverse = np.unique(np.minimum(first, second) * count + np.maximum(first, second), return_inverse=True)
    judged = [_verdict(quantities[code // count], quantities[code % count]) for code in codes.tolist()]
    return np.array(judged, dtype=np.uint8)[inverse]


def _verdict(a: Quantity, b: Quantity) -> int:
    return _SAME * same_quantity(a, b) | _SAME_KIND * _same_kind(a, b)


def _same_kind(a: Quantity, b: Quantity) -> bool:
    if a.ordinal != b.ordinal:
        return False
    return bool(
        (a.unit is not None and a.unit == b.unit)
        or (a.noun is not None and a.noun == b.noun)
        or (a.role is not None and a.role == b.role)
    )


def _bare(quantity: Quantity) -> Quantity:
    """The quantity without its place in the text, so that one told in two texts is one."""
    return replace(quantity, start=0, end=0, text="")
