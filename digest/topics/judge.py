"""The judge: the probability that a pair of statements (or of articles) belongs together, from its features.

Two models, both shipped as JSON that a person can read. A *tree judge* is an additive ensemble of small decision
trees (Friedman 2001, "Greedy function approximation: a gradient boosting machine"), fitted by
benchmarks/fit_judge.py; a missing value (NaN) takes the branch the tree learned for it. A *linear judge* is a
logistic regression, fitted by benchmarks/fit_facts.py; a missing value adds a number of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Features, Probabilities

STATEMENTS = "judge.json"  # whether two statements tell one event, beside their articles
FACTS = "judge_facts.json"  # whether two statements tell one fact
PAIRS = "judge_pairs.json"  # how close two sentences are, as people score it
STORIES = "judge_stories.json"  # two articles


class Judge(Protocol):
    """A fitted judge. `features` names the columns of the matrices it is given."""

    @property
    def features(self) -> tuple[str, ...]:
        """The names of its features, in order."""

    def probability(self, features: Features) -> Probabilities:
        """Return the probability (pairs,) for a matrix (pairs, features)."""

    def contributions(self, features: Sequence[float]) -> tuple[float, NDArray[np.float64]]:
        """Return the score before any feature is seen, and what each feature adds to it (they sum to the score)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearJudge:
    """A logistic regression: the score is `start`, plus each feature's weight times its distance from its center.

    `center` is the feature's mean over the pairs it was fitted on, so that `start` is the score of a pair like any
    other. `missing` is what a feature adds that says nothing.
    """

    features: tuple[str, ...]
    start: float
    center: NDArray[np.float64]
    weight: NDArray[np.float64]
    missing: NDArray[np.float64]

    def probability(self, features: Features) -> Probabilities:
        """Return the probability (pairs,) for a matrix (pairs, features)."""
        return np.asarray(1.0 / (1.0 + np.exp(-self.start - self._added(features).sum(axis=1))), dtype=np.float64)

    def contributions(self, features: Sequence[float]) -> tuple[float, NDArray[np.float64]]:
        """Return the score before any feature is seen, and what each feature adds to it (they sum to the score)."""
        return self.start, self._added(np.asarray([features], dtype=np.float32))[0]

    def _added(self, features: Features) -> NDArray[np.float64]:
        values = np.asarray(features, dtype=np.float64)
        return np.where(np.isnan(values), self.missing, (values - self.center) * self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One decision tree as parallel arrays over its nodes; node 0 is the root.

    A node with `feature` -1 is a leaf. A row goes left when its value is at most `threshold`, or is missing and
    `missing_left` is set. `value` is the node's mean score, so that a path can be told as a sum of steps.
    """

    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    missing_left: NDArray[np.bool_]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeJudge:
    """The names of its features, the score it starts from, and its trees."""

    features: tuple[str, ...]
    start: float
    trees: tuple[Tree, ...]

    def probability(self, features: Features) -> Probabilities:
        """Return the probability (pairs,) for a matrix (pairs, features)."""
        score = np.full(len(features), self.start)
        for tree in self.trees:
            score += tree.value[_leaves(tree, features)]
        return np.asarray(1.0 / (1.0 + np.exp(-score)), dtype=np.float64)

    def contributions(self, features: Sequence[float]) -> tuple[float, NDArray[np.float64]]:
        """Return the score before any feature is seen, and what each feature adds to it (they sum to the score).

        Each split on the way through a tree gives its change of the mean score to its feature (Saabas 2014).
        """
        row = np.asarray([features], dtype=np.float32)
        added = np.zeros(len(self.features))
        for tree in self.trees:
            node = np.zeros(1, dtype=np.int64)
            while tree.feature[node[0]] >= 0:
                child = _children(tree, node, row)
                added[tree.feature[node]] += tree.value[child] - tree.value[node]
                node = child
        return sum((float(tree.value[0]) for tree in self.trees), self.start), added


def load_judge(name: str = STATEMENTS) -> Judge:
    """Return a judge that ships with the program."""
    return _load(name)


@cache
def _load(name: str) -> Judge:
    return judge_from(json.loads((Path(__file__).parent / name).read_text(encoding="utf-8")))


def judge_from(table: Mapping[str, Any]) -> Judge:
    """Build a judge from its JSON form."""
    if "trees" not in table:
        # What the fit found to say nothing need not be looked at.
        counting = {name: one for name, one in table["weights"].items() if one["weight"] or one["missing"]}
        return LinearJudge(
            features=tuple(counting),
            start=float(table["start"]),
            **{
                part: np.array([one[part] for one in counting.values()], dtype=np.float64)
                for part in ("center", "weight", "missing")
            },
        )
    return TreeJudge(
        features=tuple(table["features"]),
        start=float(table["start"]),
        trees=tuple(_tree(tree) for tree in table["trees"]),
    )


def _tree(table: Mapping[str, Any]) -> Tree:
    return Tree(
        feature=np.array(table["feature"], dtype=np.int64),
        threshold=np.array(table["threshold"], dtype=np.float64),
        missing_left=np.array(table["missing_left"], dtype=bool),
        left=np.array(table["left"], dtype=np.int64),
        right=np.array(table["right"], dtype=np.int64),
        value=np.array(table["value"], dtype=np.float64),
    )


def _leaves(tree: Tree, features: Features) -> NDArray[np.int64]:
    node = np.zeros(len(features), dtype=np.int64)
    while (inner := tree.feature[node] >= 0).any():
        node = np.where(inner, _children(tree, node, features), node)
    return node


def _children(tree: Tree, node: NDArray[np.int64], features: Features) -> NDArray[np.int64]:
    """The node (n,) to which each row of features (n, features) goes on from its own; of a leaf it means nothing."""
    value = features[np.arange(len(features)), np.maximum(tree.feature[node], 0)]
    goes_left = np.where(np.isnan(value), tree.missing_left[node], value <= tree.threshold[node])
    return np.where(goes_left, tree.left[node], tree.right[node])
