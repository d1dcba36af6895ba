import numpy as np
import pytest

from digest.topics.apart import tell_apart


def judged(table):
    return lambda pairs: table[pairs[:, 0], pairs[:, 1]]


def two_groups(*, across=0.3, inside=0.9):
    table = np.full((5, 5), across)
    table[:2, :2] = table[2:, 2:] = inside
    return table


ONE_TOPIC = np.zeros(5, dtype=np.int64)
TWO_TELL_BOTH = np.array([0, 1, 0, 1, 2])


def test_two_facts_that_two_articles_tell_both_of():
    found = tell_apart(ONE_TOPIC, TWO_TELL_BOTH, judged(two_groups()))
    assert found.tolist() == [1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("article", "table"),
    [
        ([0, 1, 2, 3, 4], two_groups()),  # no article tells both
        ([0, 1, 0, 2, 3], two_groups()),  # one article may repeat itself
        ([0, 1, 0, 1, 2], two_groups(across=0.6)),  # one fact, told in other words
        ([0, 1, 0, 1, 2], two_groups(inside=0.55)),  # no groups
    ],
)
def test_one_fact_stays_whole(article, table):
    assert tell_apart(ONE_TOPIC, np.array(article), judged(table)).tolist() == [0] * 5


def test_other_topics_keep_their_labels():
    labels = np.array([1, 0, 0, 0, 0, 0, 2])
    article = np.array([0, 0, 1, 0, 1, 2, 1])
    table = np.full((7, 7), 0.3)
    table[1:3, 1:3] = table[3:6, 3:6] = 0.9
    assert tell_apart(labels, article, judged(table)).tolist() == [1, 3, 3, 0, 0, 0, 2]


def test_nothing_to_tell_apart():
    nothing = np.zeros(0, dtype=np.int64)
    assert tell_apart(nothing, nothing, judged(np.zeros((0, 0)))).tolist() == []
