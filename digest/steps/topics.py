"""Statements and vectors to topics, the most important first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from digest.config import Config
from digest.engines import Map, local_map
from digest.models import Origin, Topic
from digest.origins import article_labels, statement_origins
from digest.rank import topic_score
from digest.steps.vectors import Encoded, Split
from digest.topics import (
    Clustering,
    PairVerdict,
    cluster_statements,
    main_stories,
    tell_stories_apart,
    told_stories,
    topic_vectors,
)
from digest.topics.arrays import Labels, Probabilities, Vectors
from digest.trace import TracedLink

REASONS_KEPT = 5  # per pair, the strongest, for `digest explain`


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Topics by importance, t1 first: scores, mean vectors (topics, dim), stories, and the clustering they are of."""

    topics: tuple[Topic, ...]
    scores: tuple[float, ...]
    vectors: Vectors
    stories: Labels
    clustering: Clustering
    rows: Mapping[str, int]

    def likely(self, groups: Sequence[Sequence[Topic]]) -> list[Probabilities]:
        """For each group of topics, how likely each two of its n statements tell one fact, (n, n)."""
        rows = [[self.rows[one.id] for topic in topics for one in topic.statements] for topics in groups]
        return self.clustering.probabilities(rows)

    def links(self, ids: Collection[str]) -> dict[str, tuple[TracedLink, ...]]:
        """By the ids of these topics: why its statements hang together, each by the one it is likest to."""
        topics = [topic for topic in self.topics if topic.id in ids]
        told = [[self.rows[statement.id] for statement in topic.statements] for topic in topics]
        # All at once: a call of the judge costs as much for one pair as for some hundred.
        joined = [_joined(likely) for likely in self.clustering.probabilities(told)]
        pairs = [(rows[left], rows[right]) for rows, mine in zip(told, joined, strict=True) for left, right in mine]
        verdicts = iter(self.clustering.explain(pairs))
        return {
            topic.id: tuple(_link(left, right, next(verdicts)) for left, right in mine)
            for topic, mine in zip(topics, joined, strict=True)
        }


def _joined(likely: Probabilities) -> list[tuple[int, int]]:
    """The likeliest pairs that hang all places together, in the order in which they take the others in."""
    likely = likely.round(6)  # of equal ones the first, whatever their last bits
    inside, outside = [0], list(range(1, len(likely)))
    pairs = []
    while outside:
        near, far = divmod(int(likely[np.ix_(inside, outside)].argmax()), len(outside))
        pairs.append((inside[near], outside[far]))
        inside.append(outside.pop(far))
    return [(min(pair), max(pair)) for pair in pairs]


def _link(left: int, right: int, verdict: PairVerdict) -> TracedLink:
    strongest = sorted(verdict.reasons, key=lambda reason: (-abs(reason.contribution), reason.name))
    return TracedLink(
        left=left,
        right=right,
        probability=verdict.probability,
        reasons=tuple((one.name, one.value, one.contribution) for one in strongest[:REASONS_KEPT]),
    )


def cluster(
    split: Split, origins: Sequence[Origin], vectors: Encoded, config: Config, now: datetime, each: Map = local_map
) -> Ranked:
    """Cluster the statements, which the map `each` reads, into topics and rank these, t1 first."""
    clustering = cluster_statements(
        split.statements, split.articles, vectors.statements, vectors.articles, config=config.topics, each=each
    )
    homes = {origin.articles[0].id: article_labels(origin.articles[0], origin.id) for origin in origins}
    carriers = carriers_of(origins)
    topics, means = _topics(clustering.labels, split, homes, vectors)
    told = told_stories(topics, means, vectors.articles, config=config.stories, each=each)
    labels = tell_stories_apart(clustering.labels, told, split.statements, vectors.statements, vectors.articles)
    if len(topics) <= labels.max(initial=-1):
        topics, means = _topics(labels, split, homes, vectors)
        told = told_stories(topics, means, vectors.articles, config=config.stories, each=each)
    scores = [topic_score(topic, outlets_among(topic.articles, carriers), now=now) for topic in topics]
    order = sorted(range(len(topics)), key=lambda row: (-scores[row], topics[row].statements[0].id))
    return Ranked(
        topics=tuple(replace(topics[row], id=f"t{rank}") for rank, row in enumerate(order, start=1)),
        scores=tuple(scores[row] for row in order),
        vectors=means[order],
        stories=main_stories([told[row] for row in order]),
        clustering=clustering,
        rows={statement.id: row for row, statement in enumerate(split.statements)},
    )


def carriers_of(origins: Sequence[Origin]) -> dict[str, frozenset[str]]:
    """By the id of the article that stands for an origin: who carries it, its own outlet and those of its copies.

    A copy that does not say its outlet may be of one of these; an origin of which no article does is one of its own.
    """
    return {origin.articles[0].id: _outlets(origin) or frozenset({origin.articles[0].label}) for origin in origins}


def _outlets(origin: Origin) -> frozenset[str]:
    return frozenset(one.outlet for one in origin.articles if one.outlet)


def outlets_among(article_ids: Collection[str], carriers: Mapping[str, frozenset[str]]) -> int:
    """How many outlets carry these articles."""
    return len(frozenset().union(*(carriers[article_id] for article_id in article_ids)))


def _topics(
    labels: Labels, split: Split, homes: Mapping[str, frozenset[str]], vectors: Encoded
) -> tuple[list[Topic], Vectors]:
    """The topic of each label, without its id, and the mean vector of each, (topics, dim)."""
    means = topic_vectors(labels, vectors.statements)
    told = zip(_rows(labels), means, strict=True)
    return [_topic(rows, split, homes, vectors.statements, mean) for rows, mean in told], means


def _rows(labels: Labels) -> list[list[int]]:
    rows: list[list[int]] = [[] for _ in range(int(labels.max()) + 1 if len(labels) else 0)]
    for row, label in enumerate(labels.tolist()):
        rows[label].append(row)
    return rows


def _topic(
    rows: Sequence[int], split: Split, homes: Mapping[str, frozenset[str]], vectors: Vectors, mean: Vectors
) -> Topic:
    statements = tuple(split.statements[row] for row in rows)
    articles = {statement.article_id: split.articles[statement.article_id] for statement in statements}
    return Topic(
        id="",
        statements=statements,
        origins=statement_origins(statements, homes),
        centrality=tuple(float(vectors[row] @ mean) for row in rows),
        articles=articles,
    )
