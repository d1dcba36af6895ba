"""Statements into topics: neighbours, judge, clusters.

Two grains. An *event* topic holds every statement that tells one event: that is what the judge was fitted on. A
*fact* topic, the default, holds statements that say the same of it, so the event judge's score is joined by that of
the pairs judge, which knows only how alike two sentences are. "A ferry sank" and "the ferry had 212 passengers" are
one event and two facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from digest.config import TopicsConfig
from digest.models import Article, Statement
from digest.topics.arrays import ArticleVectors, Features, Labels, Pairs, Probabilities, Vectors
from digest.topics.cluster import cluster_rows, number_by_occurrence
from digest.topics.features import FEATURES, Evidence, Reading, describe, pair_features, read
from digest.topics.judge import ALONE, PAIRS, STATEMENTS, Judge, load_judge
from digest.topics.neighbours import nearest, pairs_of
from digest.topics.stories import told_text, unit_rows
from digest.topics.texts import describe_articles

# Pairs at or above this share of the threshold make the components in which linkage then decides.
LINK_SHARE = 0.6
# For one fact the pairs judge's log-odds are added to the event judge's, and this to both. Set by eye: of weights 0.5
# to 1 and shifts -0.5 to 0.7 these joined the most true pairs and no false one among some 110 statements of nine
# articles about one day of one war, which the event judge alone takes nearly all for one.
_LIKENESS_WEIGHT, _FACT_SHIFT = 1.0, 0.5
# An article this much longer than the statement is read as its context.
_CONTEXT_FACTOR = 1.5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """The topics of a run: `labels` (n,), numbered by first occurrence, and the judge's reasons for a pair."""

    labels: Labels
    _case: Case | None
    _place: NDArray[np.int64]

    def explain(self, left: int, right: int) -> PairVerdict:
        """Return the judges' reasons for rows `left` and `right`, seen among all the run's statements."""
        assert self._case is not None, "there is no pair among no statements"
        return _verdict(self._case, int(self._place[left]), int(self._place[right]))


def cluster_statements(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    vectors: Vectors,
    article_vectors: ArticleVectors,
    *,
    config: TopicsConfig,
) -> Clustering:
    """Cluster statements into topics.

    `vectors` is (n, dim) with rows of unit length. An article without a vector goes by its statements' mean.
    The partition does not depend on the order of the statements.
    """
    if not statements:
        return Clustering(labels=np.zeros(0, dtype=np.int64), _case=None, _place=np.zeros(0, dtype=np.int64))
    order = sorted(range(len(statements)), key=lambda row: (statements[row].id, statements[row].text))
    sorted_statements = [statements[row] for row in order]
    case = case_for(sorted_statements, articles, vectors[order], article_vectors, grain=config.grain)
    labels = np.empty(len(statements), dtype=np.int64)
    labels[order] = cluster_rows(
        len(statements),
        pairs_of(nearest(case.evidence.texts.vectors, neighbours=config.neighbours)),
        lambda pairs: judge_pairs(case, pairs),
        link=config.threshold * LINK_SHARE,
        threshold=config.threshold,
    )
    place = np.empty(len(statements), dtype=np.int64)
    place[order] = np.arange(len(statements))
    return Clustering(labels=number_by_occurrence(labels), _case=case, _place=place)


def _verdict(case: Case, left: int, right: int) -> PairVerdict:
    pair = np.array([sorted((left, right))], dtype=np.int64)
    start, reasons = _reasons(case.judge, case.evidence, pair, prefix="", weight=1.0)
    if case.alone is not None:
        more, others = _reasons(load_judge(PAIRS), case.alone, pair, prefix="likeness_", weight=_LIKENESS_WEIGHT)
        start, reasons = start + more + _FACT_SHIFT, reasons + others
    return PairVerdict(probability=float(judge_pairs(case, pair)[0]), start=start, reasons=reasons)


def statement_similarity(
    left: Sequence[str], right: Sequence[str], left_vectors: Vectors, right_vectors: Vectors
) -> Probabilities:
    """Return how likely each pair of sentences says the same, (n,), without articles or surroundings.

    Vectors are (n, dim), rows of unit length. A pair's value does not depend on the other pairs.
    """
    count = len(left)
    if count == 0:
        return np.zeros(0, dtype=np.float64)
    pairs = np.stack([np.arange(count), np.arange(count) + count], axis=1)
    alone = _alone([read(text) for text in (*left, *right)], np.concatenate([left_vectors, right_vectors]))
    judge = load_judge(PAIRS)
    return judge.probability(_features(judge, alone, pairs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the verdict on pairs of statements rests on: `alone` is for likeness, and None where that does not count."""

    judge: Judge
    evidence: Evidence
    alone: Evidence | None


def case_for(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    vectors: Vectors,
    article_vectors: ArticleVectors,
    *,
    grain: Literal["fact", "event"],
) -> Case:
    """Return what the verdicts rest on. Statements without articles that tell more are judged by themselves."""
    beside = _have_context(statements, articles)
    evidence = evidence_for(statements, articles, vectors, article_vectors, beside=beside)
    likeness = grain == "fact" and beside
    return Case(
        judge=load_judge(STATEMENTS if beside else ALONE),
        evidence=evidence,
        alone=_alone(evidence.readings, vectors) if likeness else None,
    )


def evidence_for(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    vectors: Vectors,
    article_vectors: ArticleVectors,
    *,
    beside: bool,
) -> Evidence:
    """Return what the judge needs to know about each statement and, where wanted, the articles beside them."""
    ids = sorted({statement.article_id for statement in statements})
    rows = {article_id: row for row, article_id in enumerate(ids)}
    article = np.array([rows[statement.article_id] for statement in statements], dtype=np.int64)
    around = None
    if beside:
        units = [
            article_vectors[key] if key in article_vectors else _mean(vectors[article == row])
            for key, row in rows.items()
        ]
        around = describe_articles([told_text(articles[key]) for key in ids], np.stack(units))
    readings = [read(statement.text) for statement in statements]
    return describe(readings, vectors, article=article, articles=around)


def judge_pairs(case: Case, pairs: Pairs) -> Probabilities:
    """Return the probability of each pair (p, 2) that both statements belong to one topic."""
    probability = case.judge.probability(_features(case.judge, case.evidence, pairs))
    if case.alone is None:
        return probability
    likeness = load_judge(PAIRS)
    alike = likeness.probability(_features(likeness, case.alone, pairs))
    score = _log_odds(probability) + _LIKENESS_WEIGHT * _log_odds(alike) + _FACT_SHIFT
    return np.asarray(1.0 / (1.0 + np.exp(-score)), dtype=np.float64)


def _features(judge: Judge, evidence: Evidence, pairs: Pairs) -> Features:
    features = pair_features(evidence, pairs)
    return np.asarray(features[:, [FEATURES.index(name) for name in judge.features]], dtype=np.float32)


def _alone(readings: Sequence[Reading], vectors: Vectors) -> Evidence:
    return describe(readings, vectors, article=np.arange(len(readings)), articles=None, surroundings=False)


def _log_odds(probability: Probabilities) -> Probabilities:
    return np.asarray(np.log(probability) - np.log1p(-probability), dtype=np.float64)


def _reasons(
    judge: Judge, evidence: Evidence, pair: Pairs, *, prefix: str, weight: float
) -> tuple[float, tuple[Reason, ...]]:
    features = _features(judge, evidence, pair)[0]
    start, added = judge.contributions(features)
    reasons = tuple(
        Reason(name=prefix + name, value=None if np.isnan(value) else float(value), contribution=weight * float(part))
        for name, value, part in zip(judge.features, features, added, strict=True)
    )
    return weight * start, reasons


def _have_context(statements: Sequence[Statement], articles: Mapping[str, Article]) -> bool:
    """Whether most articles tell more than their statement: single sentences have no context to judge by."""
    longer = sum(len(told_text(articles[one.article_id])) > _CONTEXT_FACTOR * len(one.text) for one in statements)
    return 2 * longer > len(statements)


def _mean(vectors: Vectors) -> NDArray[np.float32]:
    return np.asarray(unit_rows(vectors.mean(axis=0, keepdims=True))[0], dtype=np.float32)
