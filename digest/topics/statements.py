"""Statements into topics: neighbours, judge, clusters.

Two grains, each with a judge of its own (docs/judge.md). A *fact* topic, the default, holds statements that one line
of a brief could cite. An *event* topic holds every statement that tells one event: "a ferry sank" and "the ferry had
212 passengers" are one event and two facts. Only the event judge looks at the articles beside the statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from digest.config import TopicsConfig
from digest.engines import Map, local_map
from digest.models import Article, Statement
from digest.topics.apart import tell_apart, tell_codes_apart, tell_denials_apart
from digest.topics.arrays import ArticleVectors, Features, Labels, Pairs, Probabilities, Vectors, unit_rows
from digest.topics.cluster import cluster_rows, in_batches, number_by_occurrence
from digest.topics.features import Evidence, Reading, pair_features, read
from digest.topics.judge import FACTS, PAIRS, STATEMENTS, Judge, load_judge
from digest.topics.neighbours import all_pairs, nearest, pairs_of
from digest.topics.stories import title_and_text
from digest.topics.texts import describe_articles

# Pairs at or above this share of the threshold make the components in which linkage then decides.
LINK_SHARE = 0.6
# Log-odds taken off two statements of one article: it tells a fact once, and what stands beside it there is likelier
# the next fact. Of 0 to 3 it changes little on the labelled pairs of fit_facts.py (clusters' F1 .824 to .828). At 2 the
# second sentence that an article gives its main event (its lead again, with a place or a distance) was a topic of its
# own, and so a line that said the event twice; at 0.5 nothing changes further in the news that was read.
_SAME_ARTICLE = 1.0
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

    def probabilities(self, groups: Sequence[Sequence[int]]) -> list[Probabilities]:
        """Return for each group of n rows the probability (n, n) of each pair, 1 for a row with itself."""
        inner = [all_pairs(len(rows)) for rows in groups]
        told = [np.array(rows, dtype=np.int64)[pairs] for rows, pairs in zip(groups, inner, strict=True)]
        judged = self._judged(np.concatenate([np.zeros((0, 2), dtype=np.int64), *told]))
        tables = [np.ones((len(rows), len(rows))) for rows in groups]
        ends = np.cumsum([len(pairs) for pairs in inner])
        for table, pairs, mine in zip(tables, inner, np.split(judged, ends)[: len(ends)], strict=True):
            left, right = pairs.T
            table[left, right] = table[right, left] = mine
        return tables

    def explain(self, pairs: Sequence[tuple[int, int]]) -> tuple[PairVerdict, ...]:
        """Return the judges' reasons for each pair of rows, seen among all the run's statements."""
        if not pairs:
            return ()
        case, places = self._seen(np.array(pairs, dtype=np.int64))
        features = _features(case.judge, case.evidence, places)
        probabilities = _probability(case, places, features)
        return tuple(
            _verdict(case, pair, row, probability)
            for pair, row, probability in zip(places, features, probabilities.tolist(), strict=True)
        )

    def _judged(self, pairs: Pairs) -> Probabilities:
        if not len(pairs):
            return np.zeros(0)
        case, places = self._seen(pairs)
        return in_batches(lambda some: judge_pairs(case, some), places)

    def _seen(self, pairs: Pairs) -> tuple[Case, Pairs]:
        """The case, and pairs of rows as pairs of its places."""
        assert self._case is not None, "there is no pair among no statements"
        return self._case, np.sort(self._place[pairs], axis=1)


def cluster_statements(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    vectors: Vectors,
    article_vectors: ArticleVectors,
    *,
    config: TopicsConfig,
    each: Map = local_map,
) -> Clustering:
    """Cluster statements into topics.

    `vectors` is (n, dim) with rows of unit length. An article without a vector goes by its statements' mean. `each` is
    the map that reads the statements. The partition does not depend on their order.

    Where a fact is told in the same words in many places, these are judged once, and are one topic: the judge of facts
    looks at nothing but them.
    """
    if not statements:
        return Clustering(labels=np.zeros(0, dtype=np.int64), _case=None, _place=np.zeros(0, dtype=np.int64))
    order = sorted(range(len(statements)), key=lambda row: (statements[row].id, statements[row].text))
    told = [statements[row] for row in order]
    grain: Literal["fact", "event"] = "event" if config.grain == "event" and _have_context(told, articles) else "fact"
    first, place = _distinct(told) if grain == "fact" else (np.arange(len(told)), np.arange(len(told)))
    case = case_for(
        [told[row] for row in first], articles, vectors[order][first], article_vectors, grain=grain, each=each
    )
    found = cluster_rows(
        len(first),
        pairs_of(nearest(case.evidence.vectors, neighbours=config.neighbours)),
        lambda pairs: judge_pairs(case, pairs),
        link=config.threshold * LINK_SHARE,
        threshold=config.threshold,
    )[place]
    if case.one_fact:
        found = tell_apart(found, _article_rows(told), lambda pairs: _judge_once(case, place[pairs]))
    found = tell_codes_apart(tell_denials_apart(found, told), told)
    home = np.argsort(order)
    return Clustering(labels=number_by_occurrence(found[home]), _case=case, _place=place[home])


def _distinct(statements: Sequence[Statement]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows that are the first to say what they say, and for each row the place of its words among these."""
    places: dict[str, int] = {}
    place = np.array([places.setdefault(statement.text, len(places)) for statement in statements])
    return np.unique(place, return_index=True)[1], place


def _verdict(case: Case, pair: NDArray[np.int64], features: NDArray[np.float32], probability: float) -> PairVerdict:
    start, added = case.judge.contributions(features.tolist())
    reasons = [
        Reason(name=name, value=None if np.isnan(value) else float(value), contribution=float(part))
        for name, value, part in zip(case.judge.features, features, added, strict=True)
    ]
    if case.one_fact and _beside(case, pair[None])[0]:
        reasons.append(Reason(name="same_article", value=1.0, contribution=-_SAME_ARTICLE))
    return PairVerdict(probability=probability, start=start, reasons=tuple(reasons))


def statement_similarity(
    left: Sequence[str], right: Sequence[str], left_vectors: Vectors, right_vectors: Vectors
) -> Probabilities:
    """Return how likely each pair of sentences says the same, (n,), without articles or surroundings.

    Vectors are (n, dim), rows of unit length. A pair's value does not depend on the other pairs.
    """
    rows = np.arange(len(left))
    evidence = _alone((*left, *right), np.concatenate([left_vectors, right_vectors]))
    case = Case(judge=load_judge(PAIRS), evidence=evidence, one_fact=False)
    return judge_pairs(case, np.stack([rows, rows + len(left)], axis=1)) if len(left) else np.zeros(0)


def fact_probability(texts: Sequence[str], vectors: Vectors, pairs: Pairs) -> Probabilities:
    """Return how likely each pair (p, 2) of the n texts tells one fact, (p,), from the texts alone.

    `vectors` is (n, dim), rows of unit length. A pair's value does not depend on the other texts.
    """
    case = Case(judge=load_judge(FACTS), evidence=_alone(texts, vectors), one_fact=True)
    return judge_pairs(case, pairs) if len(pairs) else np.zeros(0)


def _alone(texts: Sequence[str], vectors: Vectors) -> Evidence:
    """Texts, each for itself and in an article of its own."""
    return Evidence(readings=_read_texts(texts), vectors=vectors, article=np.arange(len(texts)), surroundings=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the verdict on pairs of statements rests on; `one_fact` tells which of the two judges gives it."""

    judge: Judge
    evidence: Evidence
    one_fact: bool


def case_for(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    vectors: Vectors,
    article_vectors: ArticleVectors,
    *,
    grain: Literal["fact", "event"],
    each: Map = local_map,
) -> Case:
    """Return what the verdicts rest on. Statements whose articles tell no more than they do are judged as facts.

    `vectors` (n, dim) are the statements', `article_vectors` (dim,) each by the id of its article.
    """
    if grain == "fact" or not _have_context(statements, articles):
        return Case(judge=load_judge(FACTS), evidence=evidence_alone(statements, vectors, each), one_fact=True)
    evidence = evidence_for(statements, articles, vectors, article_vectors, each)
    return Case(judge=load_judge(STATEMENTS), evidence=evidence, one_fact=False)


def evidence_alone(statements: Sequence[Statement], vectors: Vectors, each: Map = local_map) -> Evidence:
    """Return what the fact judge needs to know about each statement: its own text and its vector, of (n, dim)."""
    readings = _read_all(statements, each)
    return Evidence(readings=readings, vectors=vectors, article=_article_rows(statements), surroundings=False)


def _read_all(statements: Sequence[Statement], each: Map) -> list[Reading]:
    """Each statement as read, one article's at a time; one told in the same words in many places is read once."""
    first: dict[str, str] = {}
    for statement in statements:
        first.setdefault(statement.text, statement.article_id)
    told: dict[str, list[str]] = defaultdict(list)
    for text, article in first.items():
        told[article].append(text)
    readings = dict(zip(chain(*told.values()), chain(*each(_read_texts, told.values())), strict=True))
    return [readings[statement.text] for statement in statements]


def _read_texts(texts: Sequence[str]) -> list[Reading]:
    return [read(text) for text in texts]


def evidence_for(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    vectors: Vectors,
    article_vectors: ArticleVectors,
    each: Map = local_map,
) -> Evidence:
    """Return what the event judge needs to know about each statement and the articles beside them.

    `vectors` (n, dim) are the statements'; an article without one among `article_vectors` has the mean of its own.
    """
    article = _article_rows(statements)
    keys = sorted({statement.article_id for statement in statements})
    units = [
        article_vectors[key] if key in article_vectors else _mean(vectors[article == row])
        for row, key in enumerate(keys)
    ]
    around = describe_articles([title_and_text(articles[key]) for key in keys], np.stack(units))
    return Evidence(readings=_read_all(statements, each), vectors=vectors, article=article, articles=around)


def judge_pairs(case: Case, pairs: Pairs) -> Probabilities:
    """Return the probability of each pair (p, 2) that both statements belong to one topic."""
    return _probability(case, pairs, _features(case.judge, case.evidence, pairs))


def _judge_once(case: Case, pairs: Pairs) -> Probabilities:
    """What `judge_pairs` returns, where many of the pairs (p, 2) are the same."""
    count = len(case.evidence.readings)
    codes, each = np.unique(np.sort(pairs, axis=1) @ (count, 1), return_inverse=True)
    return judge_pairs(case, np.stack(np.divmod(codes, count), axis=1))[each]


def _probability(case: Case, pairs: Pairs, features: Features) -> Probabilities:
    probability = case.judge.probability(features)
    if not case.one_fact:
        return probability
    odds_off = np.where(_beside(case, pairs), np.exp(_SAME_ARTICLE), 1.0)
    return np.asarray(probability / (probability + (1.0 - probability) * odds_off), dtype=np.float64)


def _beside(case: Case, pairs: Pairs) -> NDArray[np.bool_]:
    """Which of the pairs (p, 2) stand in one article, and are not one text told in two places."""
    left, right = pairs.T
    return np.asarray((case.evidence.article[left] == case.evidence.article[right]) & (left != right))


def _features(judge: Judge, evidence: Evidence, pairs: Pairs) -> Features:
    return pair_features(evidence, pairs, judge.features)


def _article_rows(statements: Sequence[Statement]) -> NDArray[np.int64]:
    """The number of each statement's article, in the order of their ids."""
    rows = {key: row for row, key in enumerate(sorted({statement.article_id for statement in statements}))}
    return np.array([rows[statement.article_id] for statement in statements], dtype=np.int64)


def _have_context(statements: Sequence[Statement], articles: Mapping[str, Article]) -> bool:
    """Whether most articles tell more than their statement: single sentences have no context to judge by."""
    longer = sum(len(title_and_text(articles[one.article_id])) > _CONTEXT_FACTOR * len(one.text) for one in statements)
    return 2 * longer > len(statements)


def _mean(vectors: Vectors) -> NDArray[np.float32]:
    return np.asarray(unit_rows(vectors.mean(axis=0, keepdims=True))[0], dtype=np.float32)
