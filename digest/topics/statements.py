"""Statements into topics: neighbours, judge, clusters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.config import TopicsConfig
from digest.models import Article, Statement
from digest.topics.arrays import Labels, Pairs, Probabilities, Vectors
from digest.topics.cluster import cluster_rows, number_by_occurrence
from digest.topics.features import Evidence, describe, pair_features
from digest.topics.judge import load_judge
from digest.topics.neighbours import neighbour_pairs

ArticleVectors = Mapping[str, NDArray[np.float32]]  # article id -> (dim,), of unit length

# Pairs at or above this share of the threshold make the components in which linkage then decides.
_LINK_SHARE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One feature of a pair: its value (None when it says nothing) and what it adds to the score (log-odds)."""

    name: str
    value: float | None
    contribution: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PairVerdict:
    """Why two statements are, or are not, one topic. `start` is the score (log-odds) before any reason."""

    probability: float
    start: float
    reasons: tuple[Reason, ...]


def cluster_statements(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    vectors: Vectors,
    article_vectors: ArticleVectors,
    *,
    config: TopicsConfig,
) -> Labels:
    """Return a topic label per statement, (n,), numbered by first occurrence.

    `vectors` is (n, dim) with rows of unit length. An article without a vector goes by its statements' mean.
    The partition does not depend on the order of the statements.
    """
    if not statements:
        return np.zeros(0, dtype=np.int64)
    order = sorted(range(len(statements)), key=lambda row: (statements[row].id, statements[row].text))
    evidence = evidence_for([statements[row] for row in order], articles, vectors[order], article_vectors)
    labels = np.empty(len(statements), dtype=np.int64)
    labels[order] = cluster_rows(
        len(statements),
        neighbour_pairs(evidence.vectors, neighbours=config.neighbours),
        lambda pairs: _judge_pairs(evidence, pairs),
        link=config.threshold * _LINK_SHARE,
        threshold=config.threshold,
    )
    return number_by_occurrence(labels)


def explain_pair(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    vectors: Vectors,
    article_vectors: ArticleVectors,
    *,
    left: int,
    right: int,
) -> PairVerdict:
    """Return the judge's reasons for rows `left` and `right`, seen among all the run's statements."""
    evidence = evidence_for(statements, articles, vectors, article_vectors)
    judge = load_judge()
    features = pair_features(evidence, np.array([sorted((left, right))], dtype=np.int64))
    start, added = judge.contributions(features[0])
    reasons = tuple(
        Reason(name=name, value=None if np.isnan(value) else float(value), contribution=float(part))
        for name, value, part in zip(judge.features, features[0], added, strict=True)
    )
    return PairVerdict(probability=float(judge.probability(features)[0]), start=start, reasons=reasons)


def evidence_for(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    vectors: Vectors,
    article_vectors: ArticleVectors,
) -> Evidence:
    """Return what the judge needs to know about each statement and its article."""
    ids = sorted({statement.article_id for statement in statements})
    rows = {article_id: row for row, article_id in enumerate(ids)}
    article = np.array([rows[statement.article_id] for statement in statements], dtype=np.int64)
    return describe(
        [statement.text for statement in statements],
        vectors,
        article=article,
        article_texts=[f"{articles[key].title}\n{articles[key].text}" for key in ids],
        article_vectors=np.stack(
            [article_vectors.get(key, _mean(vectors[article == row])) for row, key in enumerate(ids)]
        ),
    )


def _judge_pairs(evidence: Evidence, pairs: Pairs) -> Probabilities:
    return load_judge().probability(pair_features(evidence, pairs))


def _mean(vectors: Vectors) -> NDArray[np.float32]:
    mean = vectors.mean(axis=0)
    return np.asarray(mean / (np.linalg.norm(mean) or 1.0), dtype=np.float32)
