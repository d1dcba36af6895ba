"""How important a topic is: independent origins first, then its articles' titles, outlets, prominence and recency.

And how many outlets tell its story: an event that four outlets report, each another part of it, is worth a line.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from digest.language.comments import is_comment
from digest.language.words import content_words
from digest.models import Article, Topic

# What each is worth against one doubling of the independent origins. Set by reading the briefs they order; that of the
# titles by the summaries of the development stories: ROUGE-1 and -2 .411 and .154 without it, .413 and .156 with it,
# and not above .414 and .156 with any more.
OUTLETS = 0.25
TITLED = 0.7
PROMINENCE = 0.6
RECENCY = 0.4
POOR = 0.3  # where all of it is a teaser's or a comment's
HALF_LIFE_HOURS = 24.0
# Against one doubling of a story's outlets; its first topic gets all of it, its second half, its third a third. Without
# it a brief of four feeds' teasers left out the air strikes that two outlets told in five articles.
STORY = 0.6


def topic_score(topic: Topic, outlets: int, *, now: datetime) -> float:
    """Return the topic's score, higher is more important; `outlets` counts who carries it, copies included."""
    articles = [topic.articles[statement.article_id] for statement in topic.statements]
    poor = all(article.stub or is_comment(article) for article in articles)
    return (
        math.log2(1 + len(set(topic.origins)))
        + OUTLETS * math.log2(1 + outlets)
        + TITLED * _titled(topic)
        + PROMINENCE * _prominence(topic)
        + RECENCY * _recency(topic.articles, now)
        - POOR * poor
    )


def story_gains(topics: Sequence[Topic], stories: Sequence[int]) -> list[float]:
    """Return what each topic gains by its story, of which `stories` has the labels; the topics come best first.

    The more outlets tell the story, and the more origins they have, the more its first topic gains; an article that
    names no outlet counts as one.
    """
    outlets: dict[int, set[str]] = {}
    origins: dict[int, set[str]] = {}
    for topic, story in zip(topics, stories, strict=True):
        outlets.setdefault(story, set()).update(one.outlet or one.id for one in topic.articles.values())
        origins.setdefault(story, set()).update(topic.origins)
    place = Counter[int]()
    gains = []
    for story in stories:
        place[story] += 1
        gains.append(STORY * math.log2(min(len(outlets[story]), len(origins[story]))) / place[story])
    return gains


def _prominence(topic: Topic) -> float:
    """From 0 to 1: how early the statements stand in their articles; the best of each origin, averaged."""
    best: dict[str, float] = {}
    for statement, origin in zip(topic.statements, topic.origins, strict=True):
        best[origin] = max(best.get(origin, 0.0), 1.0 / (1.0 + 0.5 * statement.position))
    return sum(best.values()) / len(best)


def _titled(topic: Topic) -> float:
    """From 0 to 1: the share of a statement's content words that its topic's titles have, averaged over both."""
    titles = [_title_words(article.title) for _, article in sorted(topic.articles.items()) if article.title]
    told = [frozenset(content_words(statement.text)) for statement in topic.statements] if titles else []
    shares = [len(words & title) / max(1, len(words)) for words in told for title in titles]
    return math.fsum(shares) / len(shares) if shares else 0.0


@lru_cache(maxsize=4096)  # an article is in many topics
def _title_words(title: str) -> frozenset[str]:
    return frozenset(content_words(title))


def _recency(articles: Mapping[str, Article], now: datetime) -> float:
    """From 0 to 1: halves each day; an undated topic counts as a day old."""
    dates = [article.published for article in articles.values() if article.published]
    hours = max(0.0, (now - max(dates)).total_seconds() / 3600) if dates else HALF_LIFE_HOURS
    return float(0.5 ** (hours / HALF_LIFE_HOURS))
