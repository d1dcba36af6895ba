"""Words as sparse rows: what a text is about, its rare words weighing most."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SUFFIXES = ("ingly", "edly", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s")
_MIN_STEM = 3


def stems(text: str) -> list[str]:
    """Return the lower-case words of a text, cut to a rough stem so that "killed" meets "killing"."""
    return [stem(word) for word in _WORD.findall(text.lower())]


def stem(word: str) -> str:
    """Return a word without a possessive and without one common English ending."""
    word = re.sub(r"['’]s?$", "", word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _MIN_STEM:
            word = word[: -len(suffix)] + ("y" if suffix in ("ies", "ied") else "")
            break
    return word[:-1] if word.endswith("e") and len(word) > _MIN_STEM else word


def rarity(texts: Iterable[Sequence[str]]) -> dict[str, float]:
    """Return each word's inverse document frequency, log((n + 1) / (df + 0.5)), over the given texts."""
    counts: Counter[str] = Counter()
    total = 0
    for words in texts:
        counts.update(set(words))
        total += 1
    return {word: math.log((total + 1) / (count + 0.5)) for word, count in counts.items()}


def weigh(texts: Sequence[Sequence[str]], weights: dict[str, float]) -> Any:
    """Return a scipy CSR matrix (texts, words): each word's weight once per text, rows of unit length."""
    from scipy.sparse import csr_matrix

    columns = {word: column for column, word in enumerate(sorted(weights))}
    indices: list[int] = []
    values: list[float] = []
    pointers = [0]
    for words in texts:
        known = sorted({columns[word] for word in words if word in columns})
        row = np.array([0.0]) if not known else None
        ordered = [weights[word] for word in sorted({word for word in words if word in columns})]
        length = math.sqrt(sum(value * value for value in ordered)) or 1.0
        if row is None:
            indices.extend(known)
            values.extend(value / length for value in ordered)
        pointers.append(len(indices))
    shape = (len(texts), max(1, len(columns)))
    return csr_matrix((np.array(values), np.array(indices, dtype=np.int32), np.array(pointers)), shape=shape)


def row_products(left: Any, right: Any) -> Any:
    """Return the dot product of each row of one sparse matrix with the same row of the other, shape (rows,)."""
    return np.asarray(left.multiply(right).sum(axis=1)).ravel()
