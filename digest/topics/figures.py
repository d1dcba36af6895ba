"""The figures of statements compared pair by pair, each two figures only once however many pairs hold them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from digest.language.quantities import Quantity, same_quantity
from digest.topics.arrays import Pairs
from digest.topics.ragged import Numbers, Ragged, ragged, spread

_SAME, _SAME_KIND = 1, 2  # what two figures can be: bits
# How many times a figure another one of its unit can be that it agrees with, and a little more: by its hedge, or where
# one of the two is rounded (`same_quantity`).
_REACH_OF_HEDGE, _REACH_OF_VAGUE, _REACH_OF_ROUNDING = 2.1, 10.1, 1.11
# What a figure is, but for its place in a text: one told in two texts is one.
_IDENTITY = attrgetter("value", "unit", "noun", "approx", "ordinal", "role", "step")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of n statements: which of the q distinct `quantities` each statement gives, in order.

    `values` (q,) are what they are worth, `reach` (q,) how many times that another one can be that agrees; `kinds`
    (q, 3) number units, nouns and roles, and `bare` (q,) what a plain figure has beside its value (unit, step, ordinal
    or not); -1 where there is none, or where it is not plain.
    """

    quantities: tuple[Quantity, ...]
    given: Ragged
    values: NDArray[np.float64]
    reach: NDArray[np.float64]
    kinds: Numbers
    bare: Numbers


def collect_figures(told: Sequence[Sequence[Quantity]]) -> Figures:
    """Return the figures of n statements, ready for comparing."""
    numbers: dict[tuple[Hashable, ...], int] = {}
    given = [[numbers.setdefault(_IDENTITY(one), len(numbers)) for one in mine] for mine in told]
    of_identity = {_IDENTITY(one): one for mine in told for one in mine}
    found = tuple(of_identity[identity] for identity in numbers)
    return Figures(
        quantities=found,
        given=ragged(given),
        values=np.array([one.value for one in found], dtype=np.float64),
        reach=np.array([_reach(one) for one in found], dtype=np.float64),
        kinds=np.stack([_numbered([getattr(one, part) for one in found]) for part in ("unit", "noun", "role")], axis=1),
        bare=_numbered([None if one.approx else (one.unit or "", one.step, one.ordinal) for one in found]),
    )


def _reach(quantity: Quantity) -> float:
    if quantity.approx is None:
        return _REACH_OF_ROUNDING
    return _REACH_OF_VAGUE if quantity.approx == "vague" else _REACH_OF_HEDGE


def _numbered(parts: Sequence[Hashable | None]) -> Numbers:
    """A number for each distinct part, -1 for None."""
    numbers: dict[Hashable | None, int] = {None: -1}
    return np.array([numbers.setdefault(part, len(numbers) - 1) for part in parts], dtype=np.int64)


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
    verdicts = _verdicts(figures, values[mine][of_mine], values[others])
    ends = np.cumsum(lengths[more][of_row])
    return np.bitwise_or.reduceat(verdicts, ends - lengths[more][of_row]), of_row


def _verdicts(figures: Figures, first: Numbers, second: Numbers) -> NDArray[np.uint8]:
    """What each figure of `first` (q,) and the one of `second` are to each other."""
    count = len(figures.quantities)
    codes, inverse = np.unique(np.minimum(first, second) * count + np.maximum(first, second), return_inverse=True)
    left, right = codes // count, codes % count
    judged = _SAME * _same(figures, left, right) | _SAME_KIND * _same_kind(figures, left, right)
    return np.asarray(judged[inverse], dtype=np.uint8)


def _same(figures: Figures, left: Numbers, right: Numbers) -> NDArray[np.uint8]:
    """Whether two figures can be one. Of plain ones, most by far, only equal values can, and none can that are too far
    from each other; the others are looked at."""
    values, bare = figures.values, figures.bare
    plain = (bare[left] >= 0) & (bare[left] == bare[right])
    equal = _equal(values[left], values[right])
    same = plain & equal
    quantities = figures.quantities
    for place in np.flatnonzero(~plain & (equal | ~_too_far(figures, left, right))).tolist():
        same[place] = same_quantity(quantities[left[place]], quantities[right[place]])
    return np.asarray(same, dtype=np.uint8)


def _too_far(figures: Figures, left: Numbers, right: Numbers) -> NDArray[np.bool_]:
    """Whether two figures of one unit, or one of them of none, are beyond the reach of both."""
    units, values = figures.kinds[:, 0], figures.values
    one_unit = (units[left] == units[right]) | (units[left] < 0) | (units[right] < 0)
    reach = np.maximum(figures.reach[left], figures.reach[right])
    low, high = np.minimum(values[left], values[right]), np.maximum(values[left], values[right])
    return np.asarray(one_unit & (high > reach * low))


def _equal(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.bool_]:
    """What `same_value` says of plain figures."""
    largest = np.maximum(np.maximum(np.abs(left), np.abs(right)), 1.0)
    with np.errstate(invalid="ignore"):  # of numbers beyond all floats
        return np.asarray(np.abs(left - right) <= 1e-9 * largest)


def _same_kind(figures: Figures, left: Numbers, right: Numbers) -> NDArray[np.uint8]:
    kinds = figures.kinds
    agree = ((kinds[left] == kinds[right]) & (kinds[left] >= 0)).any(axis=1)
    ordinal = np.array([one.ordinal for one in figures.quantities], dtype=bool)
    return np.asarray(agree & (ordinal[left] == ordinal[right]), dtype=np.uint8)
