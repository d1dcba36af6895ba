"""Articles and topics into stories: which belong to one event.

An article is judged beside others as a statement is: by its vector, words and names, and by how near it stands for
its surroundings. A *round-up* (day 12: list of key events) belongs to many events at once and would weld them into
one; so a topic goes by the articles that are about its event, and where there is none, by its own statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from digest.config import StoriesConfig
from digest.engines import Map, local_map
from digest.language.words import content_stems
from digest.models import Article, Topic
from digest.topics.arrays import ArticleVectors, Features, Labels, Pairs, Probabilities, Vectors, unit_rows
from digest.topics.cluster import cluster_rows, number_by_occurrence
from digest.topics.homes import find_homes, mean_vectors
from digest.topics.judge import STORIES, Judge, load_judge
from digest.topics.neighbours import pairs_of
from digest.topics.sparse import row_products
from digest.topics.terms import rarity, weigh
from digest.topics.texts import COMPARISONS, compare_texts, describe_texts, name_terms

_OPENING_CHARACTERS = 400
STORY_FEATURES = (
    *COMPARISONS,
    "titles",  # overlap of the words of the titles
    "openings",  # overlap of the words of the titles and first sentences
    "figures",  # overlap of the numbers
    "days",  # days between them, 3 at most
    "shorter",  # how long the shorter text is, log of its characters: two teasers have few words to share
    "longer",  # how long the other is
)
_FARTHEST_DAYS = 3.0
_LINK_SHARE = 0.6
# Texts less alike than this (cosine) are never of one story: in a small set the trees lean on features that then say
# little, and gave .85 to a strike and a takeover at -.07, .64 to one outlet's rain and coalition talks at .11. Weeks
# and ECB+ are the same with it; at .2 the weeks' recall falls from .954 to .953, at .25 to .949.
_LEAST_ALIKE = 0.15


def group_articles(articles: Sequence[Article], vectors: Vectors, *, config: StoriesConfig) -> Labels:
    """Return a story label per article, (n,), numbered by first occurrence.

    `vectors` (n, dim) are those of `article_vectors`, rows of unit length. The partition does not depend on the order
    of the articles.
    """
    order = sorted(range(len(articles)), key=lambda row: (articles[row].id, articles[row].title))
    labels = np.empty(len(articles), dtype=np.int64)
    labels[order] = _group_texts([articles[row] for row in order], vectors[order], config=config)
    return number_by_occurrence(labels)


def title_and_text(article: Article) -> str:
    """Return both as one."""
    return f"{article.title}\n{article.text}".strip()


def _group_texts(texts: Sequence[Article], vectors: Vectors, *, config: StoriesConfig, each: Map = local_map) -> Labels:
    """Return a story label per text, (n,), numbered by first occurrence: an article, or a topic's statements as one."""
    if not texts:
        return np.zeros(0, dtype=np.int64)
    compare = StoryComparison(texts, vectors, each)
    judge = load_judge(STORIES)
    return cluster_rows(
        len(texts),
        pairs_of(compare.nearest),
        lambda pairs: _judged(compare(pairs), judge),
        link=config.threshold * _LINK_SHARE,
        threshold=config.threshold,
    )


def _judged(features: Features, judge: Judge) -> Probabilities:
    """The probability (p,) that a pair is of one story: none for two texts that have nothing to do with each other."""
    alike = features[:, STORY_FEATURES.index("cosine")] >= _LEAST_ALIKE
    return np.where(alike, judge.probability(features), 0.0)


class StoryComparison:
    """The features of pairs of texts: call it with pairs (p, 2) for (p, len(STORY_FEATURES))."""

    def __init__(self, texts: Sequence[Article], vectors: Vectors, each: Map = local_map) -> None:
        titles, openings, words, names = zip(*each(_read, texts), strict=True)
        self._texts = describe_texts(words, names, vectors)
        figures = [[word for word in mine if word[0].isdigit()] for mine in words]
        self._titles, self._openings, self._figures = (
            weigh(bags, rarity(bags)) for bags in (titles, openings, figures)
        )
        self._titled = np.array([bool(one.title) for one in texts], dtype=bool)
        self._days = np.array([_day(one.published) for one in texts])
        self._length = np.log([1.0 + len(one.title) + len(one.text) for one in texts])

    @property
    def nearest(self) -> NDArray[np.int64]:
        """Each text's nearest others, (n, k)."""
        return self._texts.nearest

    def __call__(self, pairs: Pairs) -> Features:
        """Return the features (p, len(STORY_FEATURES)); NaN where there is no title or no date."""
        left, right = pairs[:, 0], pairs[:, 1]
        titles = row_products(self._titles, left, right)
        columns = (
            np.where(self._titled[left] & self._titled[right], titles, np.nan),
            row_products(self._openings, left, right),
            row_products(self._figures, left, right),
            np.minimum(np.abs(self._days[left] - self._days[right]), _FARTHEST_DAYS),
            np.minimum(self._length[left], self._length[right]),
            np.maximum(self._length[left], self._length[right]),
        )
        beside = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
        return np.concatenate([compare_texts(self._texts, pairs), beside], axis=1)


def _read(text: Article) -> tuple[list[str], list[str], list[str], list[str]]:
    """The stems of a text's title, of its opening and of the whole, and the words of its names."""
    whole = f"{text.title}\n{text.text}"
    return (
        content_stems(text.title),
        content_stems(whole[:_OPENING_CHARACTERS]),
        content_stems(whole),
        name_terms(whole),
    )


def _day(published: datetime | None) -> float:
    """The day as a number; whole days, since hours tell a feed's habits more than an event's."""
    return float(published.date().toordinal()) if published else float("nan")


# --- topics ---------------------------------------------------------------------------------------------------------


def main_stories(told: Sequence[Mapping[str, int]]) -> Labels:
    """Return a story label per topic, (n,), numbered by first occurrence: that of most articles, of `told_stories`."""
    found = [_most_common(list(stories.values())) for stories in told]
    return number_by_occurrence(np.array(found, dtype=np.int64))


def told_stories(
    topics: Sequence[Topic],
    vectors: Vectors,
    article_vectors: ArticleVectors,
    *,
    config: StoriesConfig,
    each: Map = local_map,
) -> list[dict[str, int]]:
    """Return for each topic the story's label of each article that is about it, by its id.

    `vectors` (n, dim) are the topics' mean statement vectors, `article_vectors` those of their articles (one without
    goes by the mean of its topics). `each` is the map that reads the articles. A topic that is only told in round-ups
    or as a side remark is grouped by its own statements: it has one label, by no id ("").
    """
    if not topics:
        return []
    articles = {key: article for topic in topics for key, article in sorted(topic.articles.items())}
    means = mean_vectors(topics, vectors)
    whole = {key: article_vectors.get(key, mean) for key, mean in means.items()}
    homes = find_homes(topics, vectors, means)
    homeless = sorted((row for row, home in enumerate(homes) if not home), key=lambda row: _topic_key(topics[row]))
    keys = sorted({key for home in homes for key in home})
    texts = [articles[key] for key in keys] + [_topic_text(topics[row]) for row in homeless]
    units = np.stack([whole[key] for key in keys] + [vectors[row] for row in homeless])
    labels = _group_texts(texts, units, config=config, each=each).tolist()
    of_article = dict(zip(keys, labels, strict=False))
    of_topic = dict(zip(homeless, labels[len(keys) :], strict=True))
    return [
        {"": of_topic[row]} if row in of_topic else {key: of_article[key] for key in home}
        for row, home in enumerate(homes)
    ]


def topic_vectors(labels: Labels, vectors: Vectors) -> Vectors:
    """Return the mean statement vector of each label, (labels, dim), rows of unit length."""
    sums = np.zeros((int(labels.max()) + 1 if len(labels) else 0, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, labels, vectors)
    return unit_rows(sums)


def _topic_text(topic: Topic) -> Article:
    """A topic's statements as an untitled article."""
    days = sorted(article.published for article in topic.articles.values() if article.published)
    text = "\n".join(sorted({statement.text for statement in topic.statements}))
    return Article(id="", title="", text=text, published=days[0] if days else None)


def _topic_key(topic: Topic) -> tuple[str, ...]:
    return tuple(sorted(statement.id for statement in topic.statements))


def _most_common(labels: Sequence[int]) -> int:
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], label))
