"""Lists of unlike lengths as one array, and what is asked of many of them at a time.

A `Ragged` holds n lists of numbers: `values` one behind another, list i from `starts[i]` to `starts[i + 1]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """n lists of numbers; see above."""

    values: Numbers
    starts: Numbers

    @property
    def lengths(self) -> Numbers:
        """The length of each list, (n,)."""
        return np.diff(self.starts)


def ragged(lists: Sequence[Sequence[int]]) -> Ragged:
    """Return lists of numbers as one."""
    lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    values: Iterable[int] = chain.from_iterable(lists)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Ragged(np.fromiter(values, dtype=np.int64, count=int(lengths.sum())), starts)


def spread(starts: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """Count up from each start, `lengths` numbers each: return the numbers, and which start each belongs to."""
    owner = np.repeat(np.arange(len(lengths)), lengths)
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(len(owner)), owner
