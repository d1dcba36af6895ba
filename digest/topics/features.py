"""What speaks for and against two statements being one: the features the judge weighs.

`describe` looks at each statement once; `pair_features` compares many pairs at a time. A feature that has nothing
to go by (no number in either statement, no article beside them) is NaN.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Features, Pairs, Vectors
from digest.topics.terms import rarity, row_products, stems, weigh

FEATURES = (
    "cosine",  # similarity of the two statements' vectors
    "words",  # overlap of their words, rare words weighing most
    "article_cosine",  # similarity of the two articles' vectors
    "article_words",  # overlap of the two articles' words
    "numbers",  # share of their numbers that both have
    "names",  # share of their names that both have
    "same_article",  # 1 when they stand in one article
)

_NUMBER = re.compile(r"\d[\d,.]*")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known about each of n statements, ready for comparing pairs."""

    vectors: Vectors
    article_vectors: Vectors
    article: NDArray[np.int64]
    words: Any
    article_words: Any
    numbers: tuple[frozenset[str], ...]
    names: tuple[frozenset[str], ...]


def describe(
    texts: Sequence[str],
    vectors: Vectors,
    *,
    article: NDArray[np.int64],
    article_texts: Sequence[str],
    article_vectors: Vectors,
) -> Evidence:
    """Return the evidence for statements `texts` (n) that stand in articles number `article` (n,) of m articles."""
    words = [stems(text) for text in texts]
    article_words = [stems(text) for text in article_texts]
    return Evidence(
        vectors=vectors,
        article_vectors=article_vectors,
        article=article,
        words=weigh(words, rarity(words)),
        article_words=weigh(article_words, rarity(article_words)),
        numbers=tuple(frozenset(number.rstrip(".,") for number in _NUMBER.findall(text)) for text in texts),
        names=tuple(frozenset(_NAME.findall(text)) for text in texts),
    )


def pair_features(evidence: Evidence, pairs: Pairs) -> Features:
    """Return the features (p, len(FEATURES)) of the pairs (p, 2)."""
    left, right = pairs[:, 0], pairs[:, 1]
    left_article, right_article = evidence.article[left], evidence.article[right]
    columns = (
        _products(evidence.vectors, left, right),
        row_products(evidence.words[left], evidence.words[right]),
        _products(evidence.article_vectors, left_article, right_article),
        row_products(evidence.article_words[left_article], evidence.article_words[right_article]),
        _overlaps(evidence.numbers, pairs),
        _overlaps(evidence.names, pairs),
        left_article == right_article,
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _products(vectors: Vectors, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.asarray(np.einsum("ij,ij->i", vectors[left], vectors[right]), dtype=np.float32)


def _overlaps(sets: Sequence[frozenset[str]], pairs: Pairs) -> NDArray[np.float32]:
    """Return the Jaccard overlap of each pair's sets, NaN where both are empty."""
    found = np.full(len(pairs), np.nan, dtype=np.float32)
    for row, (left, right) in enumerate(pairs):
        either = sets[left] | sets[right]
        if either:
            found[row] = len(sets[left] & sets[right]) / len(either)
    return found
