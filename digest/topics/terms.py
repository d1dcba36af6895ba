"""Words as sparse rows: what a text is about, its rare words weighing most."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.topics.sparse import Entries, Sparse, entries_at

# How many texts of its own a run must hold before its own counts weigh as much as the background's: five articles
# alone cannot tell a rare word from a common one.
BACKGROUND_WEIGHT = 300.0


@cache
def background() -> Mapping[str, float]:
    """Return the share of news texts that hold each common stem (rarity.json, counted by benchmarks/fit_judge.py)."""
    table = json.loads((Path(__file__).parent / "rarity.json").read_text(encoding="utf-8"))
    return {word: count / table["texts"] for word, count in table["counts"].items()}


def rarity(texts: Sequence[Sequence[str]], *, counted: bool = True) -> dict[str, float]:
    """Return each word's inverse document frequency (Spärck Jones 1972) over the texts and the background together.

    Texts that are not `counted` only say which words are wanted.
    """
    counts: Counter[str] = Counter(word for words in texts for word in set(words))
    total = len(texts) + BACKGROUND_WEIGHT
    if not counted:
        counts, total = Counter(dict.fromkeys(counts, 0)), BACKGROUND_WEIGHT
    common = background()
    return {
        word: math.log((total + 1) / (count + BACKGROUND_WEIGHT * common.get(word, 0.0) + 0.5))
        for word, count in counts.items()
    }


def weigh(texts: Sequence[Sequence[str]], weights: Mapping[str, float]) -> Sparse:
    """Return a row of words for each text, of unit length: rarity times 1 + log(count)."""
    entries, counts = _counted(texts, weights)
    values = unit_weights(entries.rows, counts, _ordered(weights)[entries.columns], texts=len(texts))
    return Sparse(entries=entries, values=values)


def unit_weights(
    rows: NDArray[np.int64], counts: NDArray[np.int64], weights: NDArray[np.float64], *, texts: int
) -> NDArray[np.float32]:
    """Return the weight (e,) of each word of a text times 1 + log(count), those of each text's row of unit length."""
    least = max(1, int(counts.max(initial=1)))
    told = np.array([0.0, *(1.0 + math.log(count) for count in range(1, least + 1))])
    values = weights * told[counts]
    lengths = np.sqrt(np.bincount(rows, weights=values * values, minlength=texts))
    return np.asarray(values / np.where(lengths > 0, lengths, 1.0)[rows], dtype=np.float32)


def _counted(texts: Sequence[Sequence[str]], weights: Mapping[str, float]) -> tuple[Entries, NDArray[np.int64]]:
    """The words of each text that have a weight, numbered by the alphabet, and how often each stands there."""
    places = {word: column for column, word in enumerate(sorted(weights))}
    columns = np.fromiter((places.get(word, -1) for words in texts for word in words), dtype=np.int64)
    rows = np.repeat(np.arange(len(texts)), [len(words) for words in texts])
    size = max(1, len(places))
    codes, counts = np.unique(rows[columns >= 0] * size + columns[columns >= 0], return_counts=True)
    return entries_at(codes, rows=len(texts), width=size), counts


def _ordered(weights: Mapping[str, float]) -> NDArray[np.float64]:
    return np.array([weights[word] for word in sorted(weights)], dtype=np.float64)
