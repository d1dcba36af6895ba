"""What speaks for and against two statements being one: the features the judge weighs.

Each statement is looked at once; `pair_features` compares many pairs at a time, by the features that are asked for. One
that has nothing to go by (no number in either statement, no article beside them) is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.language.claims import negations
from digest.language.names import find_names
from digest.language.quantities import Quantity, find_quantities
from digest.language.words import content_stems
from digest.topics.arrays import Features, Pairs, Vectors
from digest.topics.figures import Figures, collect_figures, compare_figures
from digest.topics.shared import Words, collect_words, same_order
from digest.topics.sparse import Shared, overlap, shared_entries
from digest.topics.terms import rarity, unit_weights
from digest.topics.texts import COMPARISONS, Texts, compare_texts, describe_texts, products

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
_BESIDE = tuple(f"article_{name}" for name in COMPARISONS)
FEATURES = (*COMPARISONS, *OWN, *_BESIDE, "same_article")
ALONE_FEATURES = ("cosine", "words", "names", *OWN)  # what two sentences say by themselves
_FIGURES = ("figures_shared", "figures_differ")

Rows = NDArray[np.int64]
Column = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one statement's text says, found once: its stems, and of each whether it is neither a name nor a number; its
    name words, its figures, its first name, and whether it is negated."""

    words: tuple[str, ...]
    deeds: tuple[bool, ...]
    names: tuple[str, ...]
    figures: tuple[Quantity, ...]
    actor: str | None
    negated: bool


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is known about each of n statements as read, ready for comparing pairs.

    `article` (n,) is the number of the article that each stands in; `articles` are these, where they are looked at.

    Without `surroundings` each pair is seen alone: only the ALONE_FEATURES mean something. What no judge asks for is
    never made (so there are no slots).
    """

    readings: Sequence[Reading]
    vectors: Vectors
    article: NDArray[np.int64]
    articles: Texts | None = None
    surroundings: bool = True

    @cached_property
    def texts(self) -> Texts:
        """The statements as texts: words, names, neighbours."""
        names = [one.names for one in self.readings]
        return describe_texts(self._words, names, self.vectors, surroundings=self.surroundings)

    @cached_property
    def words(self) -> Words:
        """The words of the statements, for finding those that two share."""
        return collect_words(self._words, sorted(self._weights))

    @cached_property
    def deeds(self) -> NDArray[np.float32]:
        """The weight of each entry of `words`, (w,), zero for names and numbers; a statement's are of unit length."""
        told = np.fromiter(chain.from_iterable(one.deeds for one in self.readings), dtype=bool)[self.words.tokens]
        weights = np.where(told, self._rarities, 0.0)
        return unit_weights(self.words.entries.rows, self.words.counts, weights, texts=len(self.readings))

    @cached_property
    def present(self) -> NDArray[np.float32]:
        """The root of the rarity of each entry of `words`, (w,), so that products add up rarities."""
        return np.sqrt(np.maximum(self._rarities, 0.0)).astype(np.float32)

    @cached_property
    def mass(self) -> NDArray[np.float32]:
        """The sum of the rarities of each statement's words, (n,)."""
        rows = np.arange(len(self.readings))
        return overlap(shared_entries(self.words.entries, rows, rows), self.present)

    @cached_property
    def figures(self) -> Figures:
        """The figures of each statement."""
        return collect_figures([one.figures for one in self.readings])

    @cached_property
    def actors(self) -> NDArray[np.int64]:
        """The first name of each statement as a number, (n,); -1 where there is none."""
        actors = [one.actor for one in self.readings]
        numbers = {actor: number for number, actor in enumerate(sorted({actor for actor in actors if actor}))}
        return np.array([numbers[actor] if actor else -1 for actor in actors], dtype=np.int64)

    @cached_property
    def negated(self) -> NDArray[np.bool_]:
        """Whether each statement is negated, (n,)."""
        return np.array([one.negated for one in self.readings], dtype=bool)

    @cached_property
    def lengths(self) -> NDArray[np.float32]:
        """The number of words of each statement, (n,)."""
        return np.array([len(one.words) for one in self.readings], dtype=np.float32)

    @cached_property
    def _words(self) -> list[tuple[str, ...]]:
        return [one.words for one in self.readings]

    @cached_property
    def _weights(self) -> dict[str, float]:
        return rarity(self._words, counted=self.surroundings)

    @cached_property
    def _rarities(self) -> NDArray[np.float64]:
        """The rarity of each entry of `words`."""
        of_word = np.array([self._weights[word] for word in sorted(self._weights)], dtype=np.float64)
        return of_word[self.words.entries.columns]


def read(text: str) -> Reading:
    """Return what a statement's text says."""
    words = tuple(content_stems(text))
    names = find_names(text)
    named = frozenset(content_stems(" ".join(name.key for name in names)))
    return Reading(
        words=words,
        deeds=tuple(word not in named and not word[0].isdigit() for word in words),
        names=tuple(part for name in names for part in name.key.split()),
        figures=find_quantities(text),
        actor=names[0].key if names else None,
        negated=bool(negations(text)),
    )


def pair_features(evidence: Evidence, pairs: Pairs, names: Sequence[str] = FEATURES) -> Features:
    """Return the features of these names (p, len(names)) of the pairs (p, 2)."""
    left, right = np.ascontiguousarray(pairs.T)
    columns: dict[str, Any] = {}
    if "cosine" in names:
        columns["cosine"] = products(evidence.vectors, left, right)
    if not columns.keys() >= set(names) & set(COMPARISONS):
        columns |= zip(COMPARISONS, compare_texts(evidence.texts, pairs).T, strict=True)
    if not set(names).isdisjoint(_FIGURES):
        columns |= zip(_FIGURES, compare_figures(evidence.figures, pairs), strict=True)
    if not set(names).isdisjoint(_BESIDE):
        columns |= zip(_BESIDE, _beside(evidence, pairs).T, strict=True)
    if not set(names).isdisjoint(_SHARED):
        shared = shared_entries(evidence.words.entries, left, right)
        columns |= {name: compare(evidence, shared) for name, compare in _SHARED.items() if name in names}
        if "contained" in names:
            poorer = np.minimum(evidence.mass[left], evidence.mass[right])
            columns["contained"] /= np.where(poorer > 0, poorer, 1.0)
    columns |= {name: compare(evidence, left, right) for name, compare in _COLUMNS.items() if name in names}
    found = np.empty((len(pairs), len(names)), dtype=np.float32)
    for place, name in enumerate(names):
        found[:, place] = columns[name]
    return found


def _beside(evidence: Evidence, pairs: Pairs) -> Features:
    """How the articles compare that two statements stand in; NaN where nothing is known of them."""
    if evidence.articles is None:
        return np.full((len(pairs), len(_BESIDE)), np.nan, dtype=np.float32)
    return compare_texts(evidence.articles, evidence.article[pairs])


def _same_actor(evidence: Evidence, left: Rows, right: Rows) -> Column:
    first, second = evidence.actors[left], evidence.actors[right]
    return np.where((first < 0) | (second < 0), np.nan, first == second)


_SHARED: dict[str, Callable[[Evidence, Shared], NDArray[np.float32]]] = {
    "deeds": lambda evidence, shared: overlap(shared, evidence.deeds),
    "contained": lambda evidence, shared: overlap(shared, evidence.present),
    "order": lambda evidence, shared: same_order(shared, evidence.words),
}
_COLUMNS: dict[str, Callable[[Evidence, Rows, Rows], Column]] = {
    "same_actor": _same_actor,
    "polarity": lambda evidence, left, right: evidence.negated[left] != evidence.negated[right],
    "shorter": lambda evidence, left, right: np.minimum(evidence.lengths[left], evidence.lengths[right]),
    "longer": lambda evidence, left, right: np.maximum(evidence.lengths[left], evidence.lengths[right]),
    "same_article": lambda evidence, left, right: evidence.article[left] == evidence.article[right],
}
