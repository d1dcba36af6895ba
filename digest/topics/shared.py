"""The words that two statements share, found once for all that is asked of them: how rare they are, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from digest.topics.ragged import Numbers
from digest.topics.sparse import Entries, Shared, entries_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The distinct words of n statements, e entries: rows are statements, columns words, numbered by the alphabet.

    `counts` (e,) is how often each stands there, `tokens` (e,) where it stands first among the words of all statements,
    one behind another.
    """

    entries: Entries
    counts: Numbers
    tokens: Numbers


def collect_words(told: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> Words:
    """Return the words of n statements, all of which are in the sorted `vocabulary`."""
    places = {word: column for column, word in enumerate(vocabulary)}
    size = max(1, len(places))
    lengths = np.fromiter(map(len, told), dtype=np.int64, count=len(told))
    column = np.fromiter(map(places.__getitem__, chain.from_iterable(told)), dtype=np.int64, count=int(lengths.sum()))
    codes = np.repeat(np.arange(len(told)), lengths) * size + column
    found, tokens, counts = np.unique(codes, return_index=True, return_counts=True)
    return Words(entries=entries_at(found, rows=len(told), width=size), counts=counts, tokens=tokens)


def same_order(shared: Shared, words: Words) -> NDArray[np.float32]:
    """Of the words that each pair shares, in the left one's order, how many next ones also come later in the right
    one, as a share; NaN where they share fewer than two."""
    order = np.argsort(shared.owner * (int(words.tokens.max(initial=0)) + 1) + words.tokens[shared.left])
    owner, there = shared.owner[order], words.tokens[shared.right[order]]
    next_to = owner[1:] == owner[:-1]
    rising = np.bincount(owner[1:][next_to & (there[1:] > there[:-1])], minlength=shared.pairs)
    steps = np.bincount(owner[1:][next_to], minlength=shared.pairs)
    share = np.full(shared.pairs, np.nan)
    np.divide(rising, steps, out=share, where=steps > 0)
    return share.astype(np.float32)
