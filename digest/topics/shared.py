"""The words that two statements share, found once for all that is asked of them: how rare they are, in which order.

The sparse product of two rows holds the words that both have. Its numbers say which entries met: the left row holds l,
the right one 1 + ri, so that the product's real part is l and its imaginary part lr, both of them exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Pairs
from digest.topics.ragged import Numbers
from digest.topics.terms import sparse_rows

_PAIRS_AT_ONCE = 50_000  # some 40 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The distinct words of n statements, e entries by statement, then by word.

    `rows` (e,) and `columns` (e,) are the statement and the word (numbered by the alphabet), `counts` (e,) how often it
    stands there, `tokens` (e,) where it stands first among the words of all statements, one behind another. `numbered`
    is a sparse matrix (n, words) of the entries' numbers, counted from 1.
    """

    rows: Numbers
    columns: Numbers
    counts: Numbers
    tokens: Numbers
    numbered: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The words that p pairs share: of each the pair, and its entries in the left and in the right statement."""

    pairs: int
    owner: Numbers
    left: Numbers
    right: Numbers


def collect_words(told: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> Words:
    """Return the words of n statements, all of which are in the sorted `vocabulary`."""
    places = {word: column for column, word in enumerate(vocabulary)}
    size = max(1, len(places))
    lengths = np.fromiter(map(len, told), dtype=np.int64, count=len(told))
    column = np.fromiter(map(places.__getitem__, chain.from_iterable(told)), dtype=np.int64, count=int(lengths.sum()))
    codes = np.repeat(np.arange(len(told)), lengths) * size + column
    found, tokens, counts = np.unique(codes, return_index=True, return_counts=True)
    rows, columns = found // size, found % size
    numbered = sparse_rows(rows, columns, np.arange(1, len(found) + 1, dtype=np.complex128), (len(told), size))
    return Words(rows=rows, columns=columns, counts=counts, tokens=tokens, numbered=numbered)


def shared_words(words: Words, pairs: Pairs) -> Shared:
    """Return the words that the pairs (p, 2) share, by pair, then by word."""
    left, right = words.numbered, words.numbered.copy()
    right.data = 1.0 + 1j * right.data.real
    starts = range(0, max(1, len(pairs)), _PAIRS_AT_ONCE)
    met = [_met(left, right, pairs[start : start + _PAIRS_AT_ONCE]) for start in starts]
    counts, entries, others = (np.concatenate(parts) for parts in zip(*met, strict=True))
    owner = np.repeat(np.arange(len(pairs)), counts)
    return Shared(pairs=len(pairs), owner=owner, left=entries, right=others)


def _met(left: Any, right: Any, pairs: Pairs) -> tuple[Numbers, Numbers, Numbers]:
    """How many words each pair shares, and the entries that met; in the matrices they are counted from 1."""
    met = left[pairs[:, 0]].multiply(right[pairs[:, 1]])
    mine = met.data.real
    return np.diff(met.indptr), mine.astype(np.int64) - 1, (met.data.imag / mine).astype(np.int64) - 1


def overlap(shared: Shared, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sum, over the words that each pair shares, of the product of their entries' values (e,): (p,)."""
    products = values[shared.left] * values[shared.right]
    counting = np.flatnonzero(products)
    found = np.zeros(shared.pairs, dtype=np.float32)
    if len(counting):
        owner = shared.owner[counting]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        found[owner[starts]] = np.add.reduceat(products[counting], starts)
    return found


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
