"""What speaks for and against two statements being one: the features the judge weighs.

`describe` looks at each statement once; `pair_features` compares many pairs at a time. A feature that has nothing
to go by (no number in either statement, no article beside them) is NaN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.language.claims import negations
from digest.language.names import find_names
from digest.language.quantities import Quantity, find_quantities
from digest.language.words import content_stems
from digest.topics.arrays import Features, Pairs, Vectors
from digest.topics.figures import Figures, collect_figures, compare_figures
from digest.topics.order import WordPlaces, same_order, word_places
from digest.topics.terms import rarity, row_products, weigh
from digest.topics.texts import COMPARISONS, Texts, compare_texts, describe_texts

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one statement's text says, found once: its stems, its name words, the stems that are neither names nor
    numbers, each stem's first place, its figures, its first name, and whether it is negated."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    deeds: tuple[str, ...]
    places: Mapping[str, int]
    figures: tuple[Quantity, ...]
    actor: str | None
    negated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known about each of n statements, ready for comparing pairs; `article` (n,) counts into `articles`.

    `lengths` (n,) counts words, `actors` (n,) numbers the first names, -1 where there is none.
    """

    readings: tuple[Reading, ...]
    lengths: NDArray[np.float32]
    negated: NDArray[np.bool_]
    actors: NDArray[np.int64]
    places: WordPlaces
    figures: Figures
    texts: Texts
    articles: Texts | None
    article: NDArray[np.int64]
    deeds: Any
    present: Any
    mass: NDArray[np.float32]


def read(text: str) -> Reading:
    """Return what a statement's text says."""
    words = tuple(content_stems(text))
    names = find_names(text)
    named = {word for name in names for part in name.key.split() for word in content_stems(part)}
    return Reading(
        words=words,
        names=tuple(part for name in names for part in name.key.split()),
        deeds=tuple(word for word in words if word not in named and not word[0].isdigit()),
        places={word: place for place, word in reversed(list(enumerate(words)))},
        figures=find_quantities(text),
        actor=names[0].key if names else None,
        negated=bool(negations(text)),
    )


def describe(
    readings: Sequence[Reading],
    vectors: Vectors,
    *,
    article: NDArray[np.int64],
    articles: Texts | None,
    surroundings: bool = True,
) -> Evidence:
    """Return the evidence for n statements as read, which stand in articles number `article` (n,).

    Without `surroundings` each pair is seen alone: only cosine, words, names and the OWN features mean something.
    """
    words = [reading.words for reading in readings]
    weights = rarity(words, counted=surroundings)
    present, mass = _present(words, weights)
    return Evidence(
        readings=tuple(readings),
        lengths=np.array([len(one.words) for one in readings], dtype=np.float32),
        negated=np.array([one.negated for one in readings], dtype=bool),
        actors=_numbered([one.actor for one in readings]),
        places=word_places([one.places for one in readings]),
        figures=collect_figures([one.figures for one in readings]),
        texts=describe_texts(words, [one.names for one in readings], vectors, surroundings=surroundings),
        articles=articles,
        article=article,
        deeds=weigh([one.deeds for one in readings], weights),
        present=present,
        mass=mass,
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
    lengths, negated, actors = evidence.lengths, evidence.negated, evidence.actors
    poorer = np.minimum(evidence.mass[left], evidence.mass[right])
    shared, differ = compare_figures(evidence.figures, pairs)
    columns = (
        row_products(evidence.deeds, left, right),
        row_products(evidence.present, left, right) / np.where(poorer > 0, poorer, 1.0),
        shared,
        differ,
        np.where((actors[left] < 0) | (actors[right] < 0), np.nan, actors[left] == actors[right]),
        same_order(evidence.places, pairs),
        negated[left] != negated[right],
        np.minimum(lengths[left], lengths[right]),
        np.maximum(lengths[left], lengths[right]),
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


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


def _numbered(actors: Sequence[str | None]) -> NDArray[np.int64]:
    numbers = {actor: number for number, actor in enumerate(sorted({actor for actor in actors if actor}))}
    return np.array([numbers[actor] if actor else -1 for actor in actors], dtype=np.int64)
