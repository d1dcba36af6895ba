"""How important a topic is: independent origins first, then outlets, prominence and recency."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from digest.models import Article, Topic

# What each is worth against one doubling of the independent origins. Set by reading the briefs they order.
OUTLETS = 0.25
PROMINENCE = 0.6
RECENCY = 0.4
STUB = 0.3
HALF_LIFE_HOURS = 24.0


def topic_scores(topics: Sequence[Topic], outlets: Sequence[int], *, now: datetime) -> tuple[float, ...]:
    """Return a score per topic, higher is more important; `outlets[i]` counts who carries topic i, copies included."""
    return tuple(_score(topic, carried, now) for topic, carried in zip(topics, outlets, strict=True))


def _score(topic: Topic, outlets: int, now: datetime) -> float:
    stubs = all(topic.articles[statement.article_id].stub for statement in topic.statements)
    return (
        math.log2(1 + len(set(topic.origins)))
        + OUTLETS * math.log2(1 + outlets)
        + PROMINENCE * _prominence(topic)
        + RECENCY * _recency(topic.articles, now)
        - STUB * stubs
    )


def _prominence(topic: Topic) -> float:
    """From 0 to 1: how early the statements stand in their articles; the best of each origin, averaged."""
    best: dict[str, float] = {}
    for statement, origin in zip(topic.statements, topic.origins, strict=True):
        best[origin] = max(best.get(origin, 0.0), 1.0 / (1.0 + 0.5 * statement.position))
    return sum(best.values()) / len(best)


def _recency(articles: Mapping[str, Article], now: datetime) -> float:
    """From 0 to 1: halves each day; an undated topic counts as a day old."""
    dates = [article.published for article in articles.values() if article.published]
    hours = max(0.0, (now - max(dates)).total_seconds() / 3600) if dates else HALF_LIFE_HOURS
    return float(0.5 ** (hours / HALF_LIFE_HOURS))
