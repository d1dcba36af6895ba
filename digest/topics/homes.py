"""Which articles a topic is about: its home. Round-ups, which tell many events in turn, are home to none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from digest.language.headlines import names_a_list
from digest.models import Topic
from digest.topics.arrays import Vectors, unit_rows

# A round-up is an article of many topics most of which are not near their mean: at this share, of topics farther than
# this, stand one in ten of those articles, and the lists of key events seen.
_ROUND_UP_SHARE, _CENTRAL, _ROUND_UP_TOPICS = 0.55, 0.55, 4
# Details and voices lie as far from a long report's vector as a round-up's other events do; what tells the two apart is
# that a round-up stands under headings of its own, or shares its topics with articles about events this far apart. One
# under headings whose title names a list of events need not be as wide: half of its items may be about the day's event.
_ROUND_UP_HEADINGS, _OTHER_EVENT = 2, 0.3


def find_homes(
    topics: Sequence[Topic], vectors: Vectors, whole: Mapping[str, NDArray[np.float32]]
) -> list[tuple[str, ...]]:
    """For each topic the articles that are about it, sorted: none for a side remark or a round-up's topic."""
    near = [
        {key: float(vector @ whole[key]) for key in topic.articles}
        for topic, vector in zip(topics, vectors, strict=True)
    ]
    told_in: dict[str, list[float]] = defaultdict(list)
    for similarities in near:
        for key, similarity in similarities.items():
            told_in[key].append(similarity)
    wide = {key for key, similarities in told_in.items() if _is_wide(similarities)}
    titles = {key: article.title for topic in topics for key, article in topic.articles.items()}
    round_ups = {
        key
        for key, headings in _headings(topics).items()
        if len(headings) >= _ROUND_UP_HEADINGS and (key in wide or names_a_list(titles[key]))
    }
    beside: dict[str, list[set[str]]] = defaultdict(list)
    for topic in topics:
        for key in topic.articles:
            beside[key].append(topic.articles.keys() - {key})
    round_ups |= {key for key in wide - round_ups if _touches_events(beside[key], whole, apart_from=round_ups)}
    return [_home(similarities, round_ups) for similarities in near]


def _home(similarities: Mapping[str, float], round_ups: Collection[str]) -> tuple[str, ...]:
    """The articles whose story a topic belongs to. Details go with their article, however far they lie from it.

    What a round-up tells as an event of its own is likelier a side remark in an article about something else.
    """
    own = {key: value for key, value in similarities.items() if key not in round_ups}
    listed = max((value for key, value in similarities.items() if key in round_ups), default=-1.0)
    needed = _CENTRAL if own and listed >= max(own.values()) else -1.0
    return tuple(sorted(key for key, value in own.items() if value >= needed))


def _headings(topics: Sequence[Topic]) -> dict[str, set[str]]:
    """The headings under which each article's statements stand."""
    found: dict[str, set[str]] = defaultdict(set)
    for topic in topics:
        for statement in topic.statements:
            if statement.heading:
                found[statement.article_id].add(statement.heading)
    return found


def _is_wide(similarities: Sequence[float]) -> bool:
    far = sum(similarity < _CENTRAL for similarity in similarities)
    return len(similarities) >= _ROUND_UP_TOPICS and far >= _ROUND_UP_SHARE * len(similarities)


def _touches_events(
    beside: Sequence[Collection[str]], whole: Mapping[str, NDArray[np.float32]], *, apart_from: Collection[str]
) -> bool:
    """True when an article shares topics with others that are about events far from each other.

    One topic is not enough, whichever it is: two facts that were taken for one would make a round-up of its article.
    `beside` has for each of its topics the ids of the other articles.
    """
    told = [sorted(mine) for others in beside if (mine := set(others) - set(apart_from))]
    if len(told) < 2:
        return False
    starts = np.cumsum([0, *map(len, told[:-1])])
    events = unit_rows(np.add.reduceat([whole[other] for mine in told for other in mine], starts))
    far = events @ events.T < _OTHER_EVENT
    return bool(far.any() and (far.sum() > 2 * far.sum(axis=0)).all())


def mean_vectors(topics: Sequence[Topic], vectors: Vectors) -> dict[str, NDArray[np.float32]]:
    """By the id of each article the mean of the vectors of its topics, of unit length."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row in sorted(range(len(topics)), key=lambda row: min(one.id for one in topics[row].statements)):
        for key in topics[row].articles:
            rows[key].append(row)
    return {key: unit_rows(vectors[mine].mean(axis=0, keepdims=True))[0] for key, mine in sorted(rows.items())}
