"""How much of one line stands in another, in the same order: pairs of neighbours, and the longest common subsequence.

Words are compared by their stems. A line is read once and compared with many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.language.words import stem, words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A line's stems, each with the places it stands at as bits of a number, and its pairs of neighbours."""

    stems: tuple[str, ...]
    places: Mapping[str, int]
    pairs: frozenset[tuple[str, str]]


def read_line(text: str) -> ReadLine:
    """Read a line's words, those without content too."""
    stems = tuple(stem(word) for word in words(text))
    places: dict[str, int] = {}
    for place, one in enumerate(stems):
        places[one] = places.get(one, 0) | 1 << place
    return ReadLine(stems=stems, places=places, pairs=frozenset(pairwise(stems)))


def in_order(stems: Sequence[str], line: ReadLine) -> int:
    """Return the length of the longest common subsequence, one step per stem.

    Hyyrö (2004), "Bit-parallel LCS-length computation revisited": the zeros of `missing` are the places reached.
    """
    missing = full = (1 << len(line.stems)) - 1
    for one in stems:
        met = missing & line.places.get(one, 0)
        missing = ((missing + met) | (missing - met)) & full
    return (full ^ missing).bit_count()


def f_measure(shared: int, *lengths: int) -> float:
    """Return the harmonic mean of the shares that `shared` has of two lengths; 0 where nothing is shared."""
    return 2 * shared / sum(lengths) if shared else 0.0
