"""What speaks for and against two statements being one: the features the judge weighs.

`describe` looks at each statement once; `pair_features` compares many pairs at a time. A feature that has nothing
to go by (no number in either statement, no article beside them) is NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.language.claims import negations
from digest.language.names import find_names
from digest.language.quantities import Quantity, find_quantities, same_quantity
from digest.topics.arrays import Features, Pairs, Vectors
from digest.topics.terms import rarity, row_products, terms, weigh
from digest.topics.texts import COMPARISONS, Texts, compare_texts, describe_texts, name_terms

OWN = (
    "deeds",  # overlap of the words that are neither names nor numbers
    "contained",  # share of the poorer statement's words that the richer one has, rare ones weighing most
    "figures_shared",  # share of the numbers, of the statement that has fewer, that the other gives too
    "figures_differ",  # numbers of the same kind that differ
    "same_actor",  # 1 when the first name in both is the same, 0 when it is not
    "order",  # share of the words they have in common that come in the same order, by pairs of neighbours
    "polarity",  # 1 when exactly one of them is negated
    "shorter",  # words of the shorter one
    "longer",  # words of the longer one
)
FEATURES = (
    *COMPARISONS,
    *OWN,
    *(f"article_{name}" for name in COMPARISONS),
    "same_article",
)
ALONE_FEATURES = ("cosine", "words", "names", *OWN)  # what is left for two statements without articles or surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known about each of n statements, ready for comparing pairs; `article` (n,) counts into `articles`."""

    texts: Texts
    articles: Texts | None
    article: NDArray[np.int64]
    deeds: Any
    present: Any
    mass: NDArray[np.float32]
    figures: tuple[tuple[Quantity, ...], ...]
    actors: tuple[str | None, ...]
    words: tuple[tuple[str, ...], ...]
    negated: NDArray[np.bool_]


def describe(
    texts: Sequence[str],
    vectors: Vectors,
    *,
    article: NDArray[np.int64],
    articles: Texts | None,
    surroundings: bool = True,
) -> Evidence:
    """Return the evidence for statements `texts` (n), which stand in articles number `article` (n,).

    Without `surroundings` each pair is seen alone, and only the features in ALONE_FEATURES mean something.
    """
    words = [tuple(terms(text)) for text in texts]
    weights = rarity(words, counted=surroundings)
    present, mass = _present(words, weights)
    return Evidence(
        texts=describe_texts(texts, vectors, surroundings=surroundings),
        articles=articles,
        article=article,
        deeds=weigh([_deeds(mine, text) for mine, text in zip(words, texts, strict=True)], weights),
        present=present,
        mass=mass,
        figures=tuple(find_quantities(text) for text in texts),
        actors=tuple(_actor(text) for text in texts),
        words=tuple(words),
        negated=np.array([bool(negations(text)) for text in texts], dtype=bool),
    )


def pair_features(evidence: Evidence, pairs: Pairs) -> Features:
    """Return the features (p, len(FEATURES)) of the pairs (p, 2)."""
    left, right = evidence.article[pairs[:, 0]], evidence.article[pairs[:, 1]]
    if evidence.articles is None:
        beside = np.full((len(pairs), len(COMPARISONS)), np.nan, dtype=np.float32)
    else:
        beside = compare_texts(evidence.articles, np.stack([left, right], axis=1))
    same = (left == right).astype(np.float32)[:, None]
    return np.concatenate([compare_texts(evidence.texts, pairs), own_features(evidence, pairs), beside, same], axis=1)


def own_features(evidence: Evidence, pairs: Pairs) -> Features:
    """Return the features named in OWN (p, len(OWN)): those of the two statements themselves."""
    left, right = pairs[:, 0], pairs[:, 1]
    lengths = np.array([len(words) for words in evidence.words], dtype=np.float32)
    poorer = np.minimum(evidence.mass[left], evidence.mass[right])
    shared, differ = _figures(evidence.figures, pairs)
    columns = (
        row_products(evidence.deeds, left, right),
        row_products(evidence.present, left, right) / np.where(poorer > 0, poorer, 1.0),
        shared,
        differ,
        _same_actor(evidence.actors, pairs),
        _order(evidence.words, pairs),
        evidence.negated[left] != evidence.negated[right],
        np.minimum(lengths[left], lengths[right]),
        np.maximum(lengths[left], lengths[right]),
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _deeds(words: Sequence[str], text: str) -> list[str]:
    named = {word for name in name_terms(text) for word in terms(name)}
    return [word for word in words if word not in named and not word[0].isdigit()]


def _present(words: Sequence[Sequence[str]], weights: dict[str, float]) -> tuple[Any, NDArray[np.float32]]:
    """Words once each by the root of their rarity, so that products add up rarities; and each text's sum."""
    from scipy.sparse import csr_matrix

    columns = {word: column for column, word in enumerate(sorted(weights))}
    rows = [sorted(set(mine)) for mine in words]
    values = [max(weights[word], 0.0) ** 0.5 for row in rows for word in row]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.array([columns[word] for row in rows for word in row], dtype=np.int64)
    shape = (len(rows), max(1, len(columns)))
    matrix = csr_matrix((np.array(values, dtype=np.float32), indices, starts), shape=shape)
    return matrix, np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float32).ravel()


def _actor(text: str) -> str | None:
    names = find_names(text)
    return names[0].key if names else None


def _figures(figures: Sequence[Sequence[Quantity]], pairs: Pairs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    shared = np.full(len(pairs), np.nan, dtype=np.float32)
    differ = np.full(len(pairs), np.nan, dtype=np.float32)
    told = np.array([bool(mine) for mine in figures], dtype=bool)
    for row in np.flatnonzero(told[pairs[:, 0]] & told[pairs[:, 1]]):
        fewer, more = sorted((figures[pairs[row, 0]], figures[pairs[row, 1]]), key=len)
        matched = [any(same_quantity(a, b) for b in more) for a in fewer]
        shared[row] = sum(matched) / len(fewer)
        differ[row] = sum(
            not same and any(_same_kind(a, b) for b in more) for a, same in zip(fewer, matched, strict=True)
        )
    return shared, differ


def _same_kind(a: Quantity, b: Quantity) -> bool:
    if a.ordinal != b.ordinal:
        return False
    return bool(
        (a.unit is not None and a.unit == b.unit)
        or (a.noun is not None and a.noun == b.noun)
        or (a.role is not None and a.role == b.role)
    )


def _same_actor(actors: Sequence[str | None], pairs: Pairs) -> NDArray[np.float32]:
    numbers = {actor: number for number, actor in enumerate(sorted({actor for actor in actors if actor}))}
    coded = np.array([numbers[actor] if actor else -1 for actor in actors], dtype=np.int64)
    left, right = coded[pairs[:, 0]], coded[pairs[:, 1]]
    return np.where((left < 0) | (right < 0), np.nan, left == right).astype(np.float32)


def _order(words: Sequence[Sequence[str]], pairs: Pairs) -> NDArray[np.float32]:
    """Of the shared words, in the left one's order, how many next ones also come later in the right one."""
    places = [{word: place for place, word in reversed(list(enumerate(mine)))} for mine in words]
    found = np.full(len(pairs), np.nan, dtype=np.float32)
    for row, (left, right) in enumerate(pairs.tolist()):
        common = places[left].keys() & places[right].keys()
        if len(common) < 2:
            continue
        there = [places[right][word] for word in sorted(common, key=places[left].__getitem__)]
        found[row] = sum(a < b for a, b in pairwise(there)) / (len(there) - 1)
    return found
