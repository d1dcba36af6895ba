import numpy as np
import pytest

from digest.models import Statement
from digest.topics.apart import tell_apart, tell_codes_apart, tell_stories_apart
from digest.topics.arrays import unit_rows


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
    assert tell_stories_apart(nothing, [], [], np.zeros((0, 2), dtype=np.float32), {}).tolist() == []


CRASH, FEVER = 0, 1
TWO_STORIES = {"crash": CRASH, "crash 2": CRASH, "fever": FEVER}


def told_by(*articles):
    return [
        Statement(id=f"s{n}", article_id=key, start=0, end=1, text="x", position=n) for n, key in enumerate(articles)
    ]


def unit(rows):
    return unit_rows(np.array(rows, dtype=np.float32))


UNLIKE_ARTICLES = dict(
    zip(("crash", "crash 2", "fever", "round-up"), unit([[1, 0], [1, 0], [0, 1], [1, 1]]), strict=True)
)


def test_a_topic_of_two_stories_is_two_topics():
    statements = told_by("crash", "fever", "crash 2", "fever")
    vectors = unit([[1, 0.1], [1, 0.2], [1, 0.1], [0, 1]])
    labels = np.array([0, 0, 0, 1])
    found = tell_stories_apart(labels, [TWO_STORIES, {"fever": FEVER}], statements, vectors, UNLIKE_ARTICLES)
    assert found.tolist() == [0, 2, 0, 1]


def test_two_stories_of_one_matter_may_share_a_fact():
    statements = told_by("crash", "fever")
    alike = {**UNLIKE_ARTICLES, "fever": unit([[1, 1]])[0]}
    labels = np.zeros(2, dtype=np.int64)
    assert tell_stories_apart(labels, [TWO_STORIES], statements, unit([[1, 0], [1, 0]]), alike).tolist() == [0, 0]


@pytest.mark.parametrize(("vector", "with_row"), [([1, 0.1], 0), ([0.1, 1], 1)])
def test_what_a_round_up_says_goes_where_it_is_nearest(vector, with_row):
    statements = told_by("crash", "fever", "round-up")
    vectors = unit([[1, 0], [0, 1], vector])
    found = tell_stories_apart(np.zeros(3, dtype=np.int64), [TWO_STORIES], statements, vectors, UNLIKE_ARTICLES)
    assert found[0] != found[1]
    assert found[2] == found[with_row]


def test_a_topic_of_one_story_stays_whole():
    statements = told_by("crash", "crash 2", "round-up")
    story = {"crash": CRASH, "crash 2": CRASH}
    vectors = unit([[1, 0], [0, 1], [1, 1]])
    found = tell_stories_apart(np.zeros(3, dtype=np.int64), [story], statements, vectors, UNLIKE_ARTICLES)
    assert found.tolist() == [0, 0, 0]


def test_two_codes_are_two_topics():
    texts = [
        "Skerry 4.6.4 closes CVE-2031-41877, a hole that runs code.",
        "Skerry closed a hole that lets attackers run code.",
        "CVE-2031-41902, a hole in Skerry, lets attackers read files.",
        "The hole CVE-2031-41877 in Skerry runs code.",
    ]
    statements = [
        Statement(id=f"s{n}", article_id="a", text=text, start=0, end=len(text), position=n)
        for n, text in enumerate(texts)
    ]
    assert tell_codes_apart(np.zeros(4, dtype=np.int64), statements).tolist() == [0, 0, 1, 0]
