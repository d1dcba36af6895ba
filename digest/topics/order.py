"""Whether two statements have their common words in the same order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Pairs
from digest.topics.ragged import Numbers, Ragged, ragged, spread

_PAIRS_AT_ONCE = 50_000  # some 40 MB


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """The distinct words of n statements by number, in the order in which they first occur, and where to find them.

    `codes` (sorted) are statement * words + word, `places` where the word first occurs in the statement.
    """

    words: Ragged
    count: int
    codes: Numbers
    places: Numbers


def word_places(places: Sequence[Mapping[str, int]]) -> WordPlaces:
    """Return the places of n statements' words, each given as word to first place."""
    numbers: dict[str, int] = {}
    told = [sorted(mine, key=mine.__getitem__) for mine in places]
    words = ragged([[numbers.setdefault(word, len(numbers)) for word in mine] for mine in told])
    count = max(1, len(numbers))
    codes = np.repeat(np.arange(len(told)), words.lengths) * count + words.values
    rank = spread(np.zeros(len(told), dtype=np.int64), words.lengths)[0]
    order = np.argsort(codes)
    return WordPlaces(words, count, codes[order], rank[order])


def same_order(told: WordPlaces, pairs: Pairs) -> NDArray[np.float32]:
    """Of the words that the pairs (p, 2) share, in the left one's order, how many next ones also come later in the
    right one, as a share; NaN where they share fewer than two."""
    parts = [_same_order(told, pairs[start : start + _PAIRS_AT_ONCE]) for start in range(0, len(pairs), _PAIRS_AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)


def _same_order(told: WordPlaces, pairs: Pairs) -> NDArray[np.float32]:
    left, right = pairs[:, 0], pairs[:, 1]
    at, owner = spread(told.words.starts[left], told.words.lengths[left])
    wanted = right[owner] * told.count + told.words.values[at]
    found = np.minimum(np.searchsorted(told.codes, wanted), len(told.codes) - 1)
    shared = np.flatnonzero(told.codes[found] == wanted)
    there, owner = told.places[found[shared]], owner[shared]
    next_to = owner[1:] == owner[:-1]
    rising = np.bincount(owner[1:][next_to & (there[1:] > there[:-1])], minlength=len(pairs))
    steps = np.bincount(owner[1:][next_to], minlength=len(pairs))
    share = np.full(len(pairs), np.nan)
    np.divide(rising, steps, out=share, where=steps > 0)
    return share.astype(np.float32)
