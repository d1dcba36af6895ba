"""A vector for a whole article, from those of its title and its first statements.

Reading its beginning once more in one piece would cost half as many tokens again as all statements have, and finds no
better stories (docs/judge.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from digest.models import Article, Statement
from digest.topics.arrays import ArticleVectors, Vectors, unit_rows

# Of an article's text, what its vector is made of: further on stand background and side remarks. With 1,000 the stories
# of ECB+ come out worse by a hundredth and a half, those of NeuS by half a hundredth (cross-validated, docs/judge.md).
LEAD_CHARACTERS = 250


def article_vectors(
    articles: Mapping[str, Article], statements: Sequence[Statement], vectors: Vectors, titles: Vectors
) -> ArticleVectors:
    """Return for each article the mean of its title's vector and those of its first statements, each as heavy as long.

    `vectors` (n, dim) are the statements', `titles` (articles, dim) the titles', in the articles' order; rows of unit
    length. An article with neither title nor statement has zeros.
    """
    rows = {key: row for row, key in enumerate(articles)}
    weights = [len(article.title) for article in articles.values()]
    sums = titles * np.array(weights, dtype=np.float32)[:, None]
    told = [place for place, first in enumerate(_first(statements)) if first]
    lengths = np.array([len(statements[place].text) for place in told], dtype=np.float32)
    homes = np.array([rows[statements[place].article_id] for place in told], dtype=np.int64)
    np.add.at(sums, homes, vectors[told] * lengths[:, None])
    return dict(zip(articles, unit_rows(sums), strict=True))


def _first(statements: Sequence[Statement]) -> list[bool]:
    """Which statements stand in their article's first part; one that starts late has its first statement."""
    starts: dict[str, int] = {}
    for one in statements:
        starts[one.article_id] = min(one.start, starts.get(one.article_id, one.start))
    return [one.start <= max(LEAD_CHARACTERS, starts[one.article_id]) for one in statements]
