import numpy as np
import pytest

from digest.language.words import content_stems
from digest.topics.features import FEATURES, Evidence, pair_features, read
from digest.topics.neighbours import all_pairs, nearest, pairs_of
from digest.topics.sparse import row_products
from digest.topics.statements import statement_similarity
from digest.topics.terms import rarity, weigh
from digest.topics.texts import COMPARISONS, compare_texts, describe_articles


def unit(rows):
    vectors = np.asarray(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def features_of(left, right):
    vectors = unit([[1, 0], [0.8, 0.6]])
    evidence = Evidence(readings=[read(left), read(right)], vectors=vectors, article=np.array([0, 1]))
    row = pair_features(evidence, np.array([[0, 1]]))[0]
    return dict(zip(FEATURES, row.tolist(), strict=True))


def test_the_same_figures_are_shared_and_others_differ():
    same = features_of("Osmark lost 35 boats in the storm.", "In the storm thirty-five boats were lost at Osmark.")
    assert (same["figures_shared"], same["figures_differ"]) == (1.0, 0.0)
    other = features_of("Osmark lost 35 boats in the storm.", "Osmark lost 52 boats in the storm.")
    assert (other["figures_shared"], other["figures_differ"]) == (0.0, 1.0)


def test_an_ordinal_is_not_shared_with_another():
    other = features_of("Velden adopted its 12th harbour plan.", "Velden adopted its 13th harbour plan.")
    assert other["figures_shared"] == 0.0


def test_figures_say_nothing_when_a_statement_has_none():
    assert np.isnan(features_of("Osmark lost 35 boats.", "The storm hit Osmark.")["figures_shared"])


def test_who_acts_on_whom_counts():
    turned = features_of("Norra Lines sued Osmark Port.", "Osmark Port sued Norra Lines.")
    straight = features_of("Norra Lines sued Osmark Port.", "Norra Lines has sued Osmark Port.")
    assert (turned["same_actor"], straight["same_actor"]) == (0.0, 1.0)
    assert turned["order"] < straight["order"] == 1.0


def test_one_negation_is_a_difference_in_polarity():
    assert features_of("Velden did not sign the treaty.", "Velden signed the treaty.")["polarity"] == 1.0
    assert features_of("Velden did not sign the treaty.", "Velden never signed the treaty.")["polarity"] == 0.0


def test_names_are_no_deeds():
    pair = features_of("Norra Lines sank a tanker.", "Norra Lines hired a captain.")
    assert pair["names"] > 0.9
    assert pair["deeds"] == 0.0


def test_a_shorter_statement_is_contained_in_a_longer_one():
    pair = features_of("A ferry collided with a tanker.", "A ferry collided with a tanker off the cape at midnight.")
    assert pair["contained"] == pytest.approx(1.0)
    assert pair["words"] < 1.0


def test_features_asked_for_by_name_are_those_of_all():
    texts = ("Osmark lost 35 boats.", "Osmark lost no boats.", "The storm hit 35 boats at Velden.")
    evidence = Evidence(
        readings=[read(text) for text in texts],
        vectors=unit([[1, 0], [0.8, 0.6], [0, 1]]),
        article=np.array([0, 1, 1]),
        articles=describe_articles(["Osmark boats", "a storm at Velden"], unit([[1, 0], [0.6, 0.8]])),
    )
    pairs = all_pairs(3)
    every = pair_features(evidence, pairs)
    for place, name in enumerate(FEATURES):
        np.testing.assert_array_equal(pair_features(evidence, pairs, (name,))[:, 0], every[:, place])


def test_without_articles_their_features_say_nothing():
    pair = features_of("A ferry sank.", "A tanker sank.")
    assert all(np.isnan(pair[f"article_{name}"]) for name in COMPARISONS)
    assert not any(np.isnan(pair[name]) for name in COMPARISONS)


def test_a_pair_is_nearer_when_others_are_far():
    texts = ["harbour fire", "harbour blaze", "harbour strike", "election result"]
    lonely = describe_articles(texts, unit([[1, 0, 0], [0.9, 0.44, 0], [0, 0, 1], [0, 0.1, 1]]))
    crowded = describe_articles(texts, unit([[1, 0, 0], [0.9, 0.44, 0], [0.9, 0.4, 0.1], [0.9, 0.42, 0.1]]))
    nearer = COMPARISONS.index("nearer")
    pair = np.array([[0, 1]])
    assert compare_texts(lonely, pair)[0, nearer] > compare_texts(crowded, pair)[0, nearer]


def test_a_rare_word_weighs_more_than_a_common_one():
    weights = rarity(
        [
            content_stems("the governor resigned"),
            content_stems("the governor spoke"),
            content_stems("a zeppelin landed"),
        ]
    )
    assert weights[content_stems("zeppelin")[0]] > weights[content_stems("governor")[0]]


def test_rows_of_words_have_unit_length_and_unknown_words_are_left_out():
    matrix = weigh([["ferry", "tanker", "tanker"], ["glacier"], []], {"ferry": 2.0, "tanker": 1.0})
    rows = np.arange(3)
    assert row_products(matrix, rows, rows).tolist() == pytest.approx([1.0, 0.0, 0.0])


def test_the_nearest_are_found_across_blocks(monkeypatch):
    vectors = unit(np.random.default_rng(3).normal(size=(50, 8)))
    whole = np.sort(nearest(vectors, neighbours=5), axis=1)
    monkeypatch.setattr("digest.topics.neighbours.BLOCK", 7)
    assert np.array_equal(np.sort(nearest(vectors, neighbours=5), axis=1), whole)
    similarity = vectors @ vectors.T - 2 * np.eye(50)
    assert np.array_equal(whole, np.sort(np.argsort(-similarity, axis=1)[:, :5], axis=1))


def test_pairs_come_once_and_never_with_themselves():
    pairs = pairs_of(np.array([[1, 2], [0, 2], [1, 0]]))
    assert pairs.tolist() == all_pairs(3).tolist() == [[0, 1], [0, 2], [1, 2]]


def test_similarity_of_a_pair_does_not_depend_on_the_others():
    left = ["A ferry sank off Osmark.", "Velden votes on Sunday."]
    right = ["Off Osmark a ferry went down.", "A glacier melts."]
    vectors = unit([[1, 0.1], [0.1, 1], [0.9, 0.2], [1, 0]])
    both = statement_similarity(left, right, vectors[:2], vectors[2:])
    alone = statement_similarity(left[:1], right[:1], vectors[:1], vectors[2:3])
    assert both[0] == pytest.approx(alone[0])
    assert both[0] > both[1]
    assert len(statement_similarity([], [], vectors[:0], vectors[:0])) == 0
