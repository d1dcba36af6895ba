"""Which statements say the same thing, and which topics belong to one event. numpy in, numpy out; no models here."""

from digest.topics.apart import tell_stories_apart
from digest.topics.articles import article_vectors
from digest.topics.statements import (
    Clustering,
    PairVerdict,
    Reason,
    cluster_statements,
    fact_probability,
    statement_similarity,
)
from digest.topics.stories import group_articles, main_stories, told_stories, topic_vectors

__all__ = [
    "Clustering", "PairVerdict", "Reason", "article_vectors", "cluster_statements", "fact_probability",
    "group_articles", "main_stories", "statement_similarity", "tell_stories_apart", "told_stories", "topic_vectors",
]  # fmt: skip
