"""Articles and topics into stories: which belong to one event."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.config import StoriesConfig
from digest.models import Article, Topic
from digest.topics.arrays import Labels, Pairs, Probabilities, Vectors
from digest.topics.cluster import cluster_rows, number_by_occurrence
from digest.topics.neighbours import neighbour_pairs
from digest.topics.terms import rarity, row_products, stems, weigh

LEAD_CHARACTERS = 1000  # about what the default encoder reads (256 word pieces)
_NEIGHBOURS = 30
_LINK_SHARE = 0.8


def article_text_for_encoding(article: Article) -> str:
    """Return the text whose vector stands for the article: its title and its lead."""
    return f"{article.title}\n{article.text[:LEAD_CHARACTERS]}".strip()


def group_articles(articles: Sequence[Article], vectors: Vectors, *, config: StoriesConfig) -> Labels:
    """Return a story label per article, (n,), numbered by first occurrence.

    `vectors` (n, dim) are the vectors of `article_text_for_encoding`, rows of unit length.
    """
    texts = [f"{article.title}\n{article.text}" for article in articles]
    order = sorted(range(len(articles)), key=lambda row: (articles[row].id, articles[row].title))
    return _group([texts[row] for row in order], vectors[order], order, config)


def group_stories(topics: Sequence[Topic], vectors: Vectors, *, config: StoriesConfig) -> Labels:
    """Return a story label per topic, (n,), numbered by first occurrence.

    `vectors` (n, dim) are the topics' mean statement vectors, rows of unit length. A topic goes by its own
    statements, so a round-up that touches ten events does not weld them together.
    """
    texts = ["\n".join(statement.text for statement in topic.statements) for topic in topics]
    order = sorted(range(len(topics)), key=lambda row: topics[row].id)
    return _group([texts[row] for row in order], vectors[order], order, config)


def topic_vectors(labels: Labels, vectors: Vectors) -> Vectors:
    """Return the mean statement vector of each label, (labels, dim), rows of unit length."""
    sums = np.zeros((int(labels.max()) + 1 if len(labels) else 0, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, labels, vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


def _group(texts: Sequence[str], vectors: Vectors, order: Sequence[int], config: StoriesConfig) -> Labels:
    if not texts:
        return np.zeros(0, dtype=np.int64)
    words = [stems(text) for text in texts]
    weighed = weigh(words, rarity(words))

    def judge_pairs(pairs: Pairs) -> Probabilities:
        left, right = pairs[:, 0], pairs[:, 1]
        cosine = np.einsum("ij,ij->i", vectors[left], vectors[right])
        return _blend(cosine, row_products(weighed[left], weighed[right]))

    labels = np.empty(len(texts), dtype=np.int64)
    labels[np.asarray(order)] = cluster_rows(
        len(texts),
        neighbour_pairs(vectors, neighbours=_NEIGHBOURS),
        judge_pairs,
        link=config.threshold * _LINK_SHARE,
        threshold=config.threshold,
    )
    return number_by_occurrence(labels)


def _blend(cosine: NDArray[np.float32], words: NDArray[np.float64]) -> Probabilities:
    return np.asarray(np.clip(0.65 * cosine + 0.35 * np.sqrt(np.clip(words, 0, 1)), 0, 1), dtype=np.float64)
