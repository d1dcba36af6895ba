import time
from dataclasses import replace

import numpy as np
import pytest

from digest.config import StoriesConfig, TopicsConfig
from digest.models import Article, Statement
from digest.topics import cluster_statements, group_articles
from digest.topics.cluster import cluster_rows, in_batches, number_by_occurrence
from digest.topics.judge import FACTS, PAIRS, STATEMENTS, STORIES, load_judge
from digest.topics.neighbours import all_pairs, nearest, pairs_of
from tests.fakes import article, statement

FERRY = (
    "A ferry and a tanker collided off Osmark late on Tuesday, killing three people.",
    "Three people died when a ferry and a tanker collided off Osmark on Tuesday.",
)
BUDGET = (
    "Parliament in Velden passed a budget of 40 billion crowns on Monday.",
    "The Velden parliament adopted the 40 billion crown budget on Monday.",
)


def unit(rows):
    vectors = np.asarray(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def small_run():
    texts = [FERRY[0], BUDGET[0], FERRY[1], BUDGET[1]]
    articles = {f"a{n}": Article(id=f"a{n}", title="", text=text) for n, text in enumerate(texts)}
    statements = [
        Statement(id=f"a{n}:0", article_id=f"a{n}", start=0, end=len(text), text=text, position=0)
        for n, text in enumerate(texts)
    ]
    vectors = unit([[1, 0.05, 0], [0.05, 1, 0], [1, 0, 0.05], [0, 1, 0.05]])
    by_article = {f"a{n}": vectors[n] for n in range(4)}
    return statements, articles, vectors, by_article


def test_statements_of_one_fact_share_a_label_and_others_do_not(small_run):
    labels = cluster_statements(*small_run, config=TopicsConfig()).labels
    assert labels.tolist() == [0, 1, 0, 1]


def test_the_partition_does_not_depend_on_the_order_of_statements(small_run):
    statements, articles, vectors, by_article = small_run
    order = [3, 0, 2, 1]
    turned = cluster_statements(
        [statements[row] for row in order], articles, vectors[order], by_article, config=TopicsConfig()
    )
    straight = cluster_statements(*small_run, config=TopicsConfig()).labels
    assert turned.labels.tolist() == number_by_occurrence(straight[order]).tolist()


def test_what_is_told_in_the_same_words_is_one_topic_and_takes_no_neighbours_place():
    texts = [*[FERRY[0]] * 3, FERRY[1], BUDGET[0]]
    articles = [article(f"a{n}", text) for n, text in enumerate(texts)]
    turns = np.radians([0, 0, 0, 18, 30])  # the nearest of FERRY[1] is BUDGET[0], but of FERRY[0] it is FERRY[1]
    found = cluster_statements(
        [statement(one, one.text, 0) for one in articles],
        {one.id: one for one in articles},
        np.stack([np.cos(turns), np.sin(turns)], axis=1).astype(np.float32),
        {},
        config=TopicsConfig(neighbours=1),
    )
    assert found.labels.tolist() == [0, 0, 0, 0, 1]
    [verdict] = found.explain([(0, 1)])
    assert verdict.probability > 0.9
    assert "same_article" not in {reason.name for reason in verdict.reasons}


def test_an_article_without_a_vector_goes_by_its_statements(small_run):
    statements, articles, vectors, _ = small_run
    assert len(cluster_statements(statements, articles, vectors, {}, config=TopicsConfig()).labels) == 4


def test_no_statements_give_no_labels():
    empty = np.zeros((0, 3), dtype=np.float32)
    assert cluster_statements([], {}, empty, {}, config=TopicsConfig()).labels.tolist() == []
    assert group_articles([], empty, config=StoriesConfig()).tolist() == []


def test_one_statement_is_a_topic(small_run):
    statements, articles, vectors, by_article = small_run
    labels = cluster_statements(statements[:1], articles, vectors[:1], by_article, config=TopicsConfig()).labels
    assert labels.tolist() == [0]


@pytest.mark.parametrize("grain", ["fact", "event"])
def test_an_explanation_adds_up_to_its_probability(small_run, grain):
    config = TopicsConfig(grain=grain)
    clustering = cluster_statements(*small_run, config=config)
    verdict, other = clustering.explain([(0, 2), (0, 1)])
    score = verdict.start + sum(reason.contribution for reason in verdict.reasons)
    assert verdict.probability == pytest.approx(1 / (1 + np.exp(-score)))
    assert verdict.probability > other.probability


def test_every_row_proposes_its_nearest_neighbour():
    vectors = unit([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]])
    assert pairs_of(nearest(vectors, neighbours=1)).tolist() == [[0, 1], [2, 3]]
    assert len(pairs_of(nearest(vectors, neighbours=24))) == 6


def test_average_linkage_does_not_chain_two_clusters_over_one_likely_pair():
    likely = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.7}

    def judge_pairs(pairs):
        return np.array([likely.get((int(left), int(right)), 0.05) for left, right in pairs])

    labels = cluster_rows(4, all_pairs(4), judge_pairs, link=0.4, threshold=0.5)
    assert labels.tolist() == [0, 0, 1, 1]


def test_no_pair_is_judged_twice():
    seen = []

    def judge_pairs(pairs):
        seen.extend(map(tuple, pairs.tolist()))
        return np.full(len(pairs), 0.9)

    pairs = pairs_of(np.array([[1], [2], [3], [4], [0]]))
    assert cluster_rows(5, pairs, judge_pairs, link=0.4, threshold=0.5).max() == 0
    assert sorted(seen) == [tuple(pair) for pair in all_pairs(5).tolist()]


def test_many_pairs_are_judged_in_order_whoever_is_ready_first(monkeypatch):
    monkeypatch.setattr("digest.topics.cluster.BATCH", 2)

    def judge_pairs(pairs):
        time.sleep(0.02 if pairs[0, 0] else 0.05)
        return pairs[:, 0] + pairs[:, 1] / 10

    assert in_batches(judge_pairs, all_pairs(5)).tolist() == judge_pairs(all_pairs(5)).tolist()


def test_a_component_too_large_for_linkage_falls_into_what_hangs_together_more_closely(monkeypatch):
    monkeypatch.setattr("digest.topics.cluster.LARGEST_COMPONENT", 3)
    likely = np.where(np.arange(7) // 3 == np.arange(7)[:, None] // 3, 0.9, 0.5)
    labels = cluster_rows(7, all_pairs(7), lambda pairs: likely[tuple(pairs.T)], link=0.4, threshold=0.4)
    assert labels.tolist() == [0, 0, 0, 1, 1, 1, 2]


def test_labels_are_numbered_by_first_occurrence():
    assert number_by_occurrence(np.array([7, 2, 7, 0])).tolist() == [0, 1, 0, 2]


@pytest.mark.parametrize("name", [STATEMENTS, FACTS, PAIRS, STORIES])
def test_a_shipped_judge_can_say_nothing_of_a_pair_without_features(name):
    judge = load_judge(name)
    blank = np.full((1, len(judge.features)), np.nan, dtype=np.float32)
    start, added = judge.contributions(blank[0].tolist())
    assert 0.0 < judge.probability(blank)[0] < 1.0
    assert judge.probability(blank)[0] == pytest.approx(1 / (1 + np.exp(-start - added.sum())))


def test_the_fact_judge_never_takes_what_two_statements_share_against_them():
    weights = dict(zip(load_judge(FACTS).features, load_judge(FACTS).weight.tolist(), strict=True))
    assert all(weights[name] >= 0 for name in ("cosine", "deeds", "contained", "figures_shared"))
    assert not weights.keys() & {"words", "names"}  # found to say nothing: not even looked at
    assert all(weights[name] <= 0 for name in ("figures_differ", "polarity"))


def test_what_one_article_tells_apart_is_likelier_two_facts(small_run):
    statements, articles, vectors, by_article = small_run
    apart = cluster_statements(statements, articles, vectors, by_article, config=TopicsConfig()).explain([(0, 2)])[0]
    one = [replace(statements[2], article_id="a0"), statements[0]]
    together = cluster_statements(one, articles, vectors[[2, 0]], by_article, config=TopicsConfig()).explain([(0, 1)])[
        0
    ]
    assert together.probability < apart.probability
    assert "same_article" in {reason.name for reason in together.reasons}
    score = together.start + sum(reason.contribution for reason in together.reasons)
    assert together.probability == pytest.approx(1 / (1 + np.exp(-score)))
