"""Texts compared pair by pair, each pair seen against its surroundings.

How alike two texts are says little by itself: in a run about one war everything is alike. So beside the plain
similarities stand *relative* ones (how much closer than each one's nearest others, as in the local scaling of
Zelnik-Manor and Perona 2004) and the share of near neighbours they have in common (Jarvis and Patrick 1973).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.language.names import find_names
from digest.language.words import content_stems
from digest.topics.arrays import Features, Pairs, Vectors
from digest.topics.neighbours import nearest
from digest.topics.sparse import Sparse, entries_at, row_products
from digest.topics.terms import rarity, weigh

COMPARISONS = (
    "cosine",  # similarity of the vectors
    "words",  # overlap of the words, rare ones weighing most
    "names",  # overlap of the names, rare ones weighing most
    "nearer",  # cosine, less the mean cosine of each one's 5 nearest
    "nearer_words",  # the same for words
    "nearer_names",  # the same for names
    "nearer_2",  # the same for cosine and words together, with the 2, 5 and 12 nearest
    "nearer_5",
    "nearer_12",
    "shared",  # near neighbours in common, by cosine and words
    "shared_words",  # by words
)
SURROUNDINGS = 24  # neighbours looked at, of which the nearest count
_WORDS_WEIGHT = 1.5  # of word overlap beside cosine, which it is on average smaller than
# What counts as near at the least (cosine, words, names): among texts that have nothing to do with each other even the
# nearest is far, and being no farther than it means nothing. About what unrelated news texts of one week reach.
_FLOOR = (0.3, 0.08, 0.05)
_NEAR = 8  # neighbours that count for sharing
_ROWS_AT_ONCE = 2048  # rows that are multiplied at once: 3 MB of vectors, which the processor's cache can hold
_NAMED_CHARACTERS = 4000  # names are looked for in an article's first part: it is told there who it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """n texts ready for comparing: vectors, sparse words and names, and for each text how near its neighbours are.

    `near` is (n, 6): the means that the six "nearer" comparisons take off, in their order. `circle` and
    `word_circle` are sparse (n, n), rows of unit length: who the near neighbours are, and how near.
    """

    vectors: Vectors
    words: Sparse
    names: Sparse
    near: NDArray[np.float32]
    circle: Sparse
    word_circle: Sparse
    nearest: NDArray[np.int64]


def describe_texts(
    word_lists: Sequence[Sequence[str]],
    name_lists: Sequence[Sequence[str]],
    vectors: Vectors,
    *,
    surroundings: bool = True,
) -> Texts:
    """Return what the comparisons need of n texts: their stems, the words of their names, vectors (n, dim).

    Without `surroundings` each text is seen alone: a word is then as rare as in the background, and the comparisons
    with the neighbours mean nothing.
    """
    words = weigh(word_lists, rarity(word_lists, counted=surroundings))
    names = weigh(name_lists, rarity(name_lists, counted=surroundings))
    rows = nearest(vectors, neighbours=SURROUNDINGS if surroundings else 0)
    count, wanted = rows.shape
    left, right = np.repeat(np.arange(count), wanted), rows.ravel()
    cosine = products(vectors, left, right).reshape(rows.shape)
    overlap = row_products(words, left, right).reshape(rows.shape)
    named = row_products(names, left, right).reshape(rows.shape)
    both = cosine + _WORDS_WEIGHT * overlap
    floors = (*_FLOOR, *[_FLOOR[0] + _WORDS_WEIGHT * _FLOOR[1]] * 3)
    told = (cosine, 5), (overlap, 5), (named, 5), (both, 2), (both, 5), (both, 12)
    means = [np.maximum(_top_mean(values, top), floor) for (values, top), floor in zip(told, floors, strict=True)]
    return Texts(
        vectors=vectors,
        words=words,
        names=names,
        near=np.stack(means, axis=1),
        circle=_circle(rows, both, own=1.0 + _WORDS_WEIGHT),
        word_circle=_circle(rows, overlap, own=1.0),
        nearest=rows,
    )


def compare_texts(texts: Texts, pairs: Pairs) -> Features:
    """Return the comparisons (p, len(COMPARISONS)) of pairs (p, 2)."""
    left, right = pairs[:, 0], pairs[:, 1]
    cosine = products(texts.vectors, left, right)
    overlap = row_products(texts.words, left, right)
    named = row_products(texts.names, left, right)
    both = cosine + _WORDS_WEIGHT * overlap
    plain = np.stack([cosine, overlap, named, both, both, both], axis=1)
    columns = (
        np.stack([cosine, overlap, named], axis=1),
        plain - (texts.near[left] + texts.near[right]) / 2,
        row_products(texts.circle, left, right)[:, None],
        row_products(texts.word_circle, left, right)[:, None],
    )
    return np.concatenate(columns, axis=1).astype(np.float32)


def describe_articles(texts: Sequence[str], vectors: Vectors) -> Texts:
    """Return what the comparisons need of whole articles; `vectors` (n, dim) are theirs."""
    return describe_texts([content_stems(text) for text in texts], [name_terms(text) for text in texts], vectors)


def name_terms(text: str) -> list[str]:
    """Return the words of the names in a text's first part."""
    return [part for name in find_names(text[:_NAMED_CHARACTERS]) for part in name.key.split()]


def products(vectors: Vectors, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the dot products of rows `left` with rows `right`, (pairs,)."""
    found = np.empty(len(left), dtype=np.float32)
    for start in range(0, len(left), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        found[part] = np.einsum("ij,ij->i", vectors[left[part]], vectors[right[part]])
    return found


def _top_mean(values: NDArray[np.float32], top: int) -> NDArray[np.float32]:
    if values.shape[1] == 0:
        return np.zeros(len(values), dtype=np.float32)
    return np.asarray(np.sort(values, axis=1)[:, -top:].mean(axis=1), dtype=np.float32)


def _circle(rows: NDArray[np.int64], values: NDArray[np.float32], *, own: float) -> Sparse:
    """A sparse matrix of each row's nearest, itself among them (as near as `own`), rows of unit length."""
    count = len(rows)
    chosen = np.argsort(-values, axis=1, kind="stable")[:, :_NEAR]
    columns = np.concatenate([np.arange(count)[:, None], np.take_along_axis(rows, chosen, axis=1)], axis=1)
    near = np.clip(np.take_along_axis(values, chosen, axis=1), 0.0, None)
    weights = np.concatenate([np.full((count, 1), own, dtype=np.float32), near], axis=1)
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    order = np.argsort(columns, axis=1)
    codes = np.take_along_axis(columns, order, axis=1) + count * np.arange(count)[:, None]
    values = np.take_along_axis(weights, order, axis=1)
    return Sparse(entries=entries_at(codes.ravel(), rows=count, width=count), values=values.ravel())
