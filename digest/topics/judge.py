"""The judge: the probability that a pair of statements (or of articles) belongs together, from its features.

The model is an additive ensemble of small decision trees (Friedman 2001, "Greedy function approximation: a gradient
boosting machine"), fitted by benchmarks/fit_judge.py and shipped as JSON that a person can read. A missing value
(NaN) takes the branch the tree learned for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Features, Probabilities

STATEMENTS = "judge.json"  # two statements beside their articles
ALONE = "judge_alone.json"  # two statements without articles
PAIRS = "judge_pairs.json"  # how close two sentences are, as people score it
STORIES = "judge_stories.json"  # two articles


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
class Judge:
    """A fitted judge: the names of its features, the score it starts from, and its trees."""

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
        row = np.asarray(features, dtype=np.float32)
        added = np.zeros(len(self.features))
        start = self.start
        for tree in self.trees:
            node = 0
            start += float(tree.value[0])
            while tree.feature[node] >= 0:
                child = _next(tree, node, row)
                added[tree.feature[node]] += tree.value[child] - tree.value[node]
                node = child
        return start, added


def load_judge(name: str = STATEMENTS) -> Judge:
    """Return a judge that ships with the program."""
    return _load(name)


@cache
def _load(name: str) -> Judge:
    return judge_from(json.loads((Path(__file__).parent / name).read_text(encoding="utf-8")))


def judge_from(table: Mapping[str, Any]) -> Judge:
    """Build a judge from its JSON form."""
    return Judge(
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
    rows = np.arange(len(features))
    while True:
        feature = tree.feature[node]
        inner = feature >= 0
        if not inner.any():
            return node
        value = features[rows, np.maximum(feature, 0)]
        goes_left = np.where(np.isnan(value), tree.missing_left[node], value <= tree.threshold[node])
        node = np.where(inner, np.where(goes_left, tree.left[node], tree.right[node]), node)


def _next(tree: Tree, node: int, row: NDArray[np.float32]) -> int:
    value = row[tree.feature[node]]
    goes_left = tree.missing_left[node] if np.isnan(value) else value <= tree.threshold[node]
    return int(tree.left[node] if goes_left else tree.right[node])
