"""What is done for many pairs at once gives what the plain way gives, one pair at a time."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import TopicsConfig
from digest.language.quantities import find_quantities, same_quantity
from digest.topics import cluster_statements, lists
from digest.topics import neighbours as neighbours_module
from digest.topics.figures import collect_figures, compare_figures
from digest.topics.lists import parts
from digest.topics.neighbours import GROUP, all_pairs, nearest
from digest.topics.shared import collect_words, same_order
from digest.topics.sparse import overlap, shared_entries
from tests.fakes import WordEncoder, article, statement

PHRASES = [
    "12 people were killed", "at least 40 boats", "35 percent", "$2.5 million", "$2.50", "6 miles", "10 km", "a third",
    "the second day", "12 drones", "nearly 12,400 votes", "12,000 votes", "3-1", "aged 40", "more than 40 dead",
]  # fmt: skip

TOLD = {
    "a": ["The ferry Norra hit a tanker off Osmark and 12 people died.", "Osmark port is shut until Friday, 3 May."],
    "b": ["Twelve people died when the ferry Norra hit a tanker.", "Dockers in Vesk began a strike over their wages."],
    "c": ["The Osmark harbour stays closed until Friday.", "No strike is planned in Osmark, the dockers said."],
}


def plain_order(left, right):
    common = left.keys() & right.keys()
    if len(common) < 2:
        return np.nan
    there = [right[word] for word in sorted(common, key=left.__getitem__)]
    return sum(a < b for a, b in pairwise(there)) / (len(there) - 1)


def plain_figures(left, right):
    if not left or not right:
        return np.nan, np.nan
    fewer, more = sorted((left, right), key=len)
    same = [any(same_quantity(a, b) for b in more) for a in fewer]
    differ = [not found and any(same_kind(a, b) for b in more) for a, found in zip(fewer, same, strict=True)]
    return sum(same) / len(fewer), sum(differ)


def same_kind(a, b):
    if a.ordinal != b.ordinal:
        return False
    return any(x is not None and x == y for x, y in ((a.unit, b.unit), (a.noun, b.noun), (a.role, b.role)))


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=9), min_size=2, max_size=8))
def test_the_order_of_many_pairs_is_that_of_each(told):
    places = [{word: place for place, word in reversed(list(enumerate(words)))} for words in told]
    pairs = all_pairs(len(told))
    expected = np.array([plain_order(places[a], places[b]) for a, b in pairs], dtype=np.float32)
    words = collect_words(told, "abcdefgh")
    np.testing.assert_array_equal(same_order(shared_entries(words.entries, *pairs.T), words), expected)


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=9), min_size=2, max_size=8))
def test_the_overlap_of_many_pairs_is_that_of_each(told):
    worth = {word: float(place) for place, word in enumerate("abcdefgh")}
    pairs = all_pairs(len(told))
    words = collect_words(told, "abcdefgh")
    values = np.array([worth["abcdefgh"[column]] for column in words.entries.columns], dtype=np.float32)
    expected = [sum(worth[word] ** 2 for word in {*told[a]} & {*told[b]}) for a, b in pairs]
    np.testing.assert_array_equal(overlap(shared_entries(words.entries, *pairs.T), values), expected)


@given(st.lists(st.lists(st.sampled_from(PHRASES), max_size=4), min_size=2, max_size=7))
def test_the_figures_of_many_pairs_are_those_of_each(told):
    figures = [find_quantities(" and ".join(phrases) + ".") for phrases in told]
    pairs = all_pairs(len(told))
    expected = np.array([plain_figures(figures[a], figures[b]) for a, b in pairs], dtype=np.float32).T
    np.testing.assert_array_equal(np.stack(compare_figures(collect_figures(figures), pairs)), expected)


@pytest.mark.parametrize("rows", [2, 30, GROUP * 9 + 5, 700])
@pytest.mark.parametrize("neighbours", [1, 4, 24])
def test_the_nearest_are_the_nearest(rows, neighbours):
    vectors = np.random.default_rng(rows).standard_normal((rows, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -2)
    expected = np.sort(np.argsort(-similarity, axis=1)[:, : min(neighbours, rows - 1)], axis=1)
    np.testing.assert_array_equal(np.sort(nearest(vectors, neighbours=neighbours), axis=1), expected)


@pytest.mark.parametrize("seed", range(5))
def test_rows_that_are_one_have_as_many_neighbours_as_others(seed):
    """514 rows leave a block of two, whose product rounds in another way than the sample's."""
    vectors = np.random.default_rng(seed).standard_normal((5, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = nearest(vectors[np.arange(514) % 5], neighbours=20)
    np.testing.assert_array_equal(found % 5, np.tile(np.arange(514)[:, None] % 5, 20))


def test_a_row_that_is_no_number_moves_no_other():
    vectors = np.random.default_rng(5).standard_normal((60, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    whole = nearest(vectors[1:], neighbours=4) + 1
    vectors[0] = np.nan
    np.testing.assert_array_equal(nearest(vectors, neighbours=4)[1:], whole)


def around_points(rows, points, *, seed=0):
    """Rows of unit length, each near one of some points, in mixed order."""
    numbers = np.random.default_rng(seed)
    center = numbers.standard_normal((points, 24))[numbers.integers(points, size=rows)]
    vectors = (center + 0.5 * numbers.standard_normal((rows, 24))).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_every_row_is_looked_for_once_among_candidates_that_hold_it():
    vectors = around_points(3000, 40)
    seen = []
    for rows, among in parts(vectors, 2000):
        assert (np.diff(among) > 0).all()
        assert np.isin(rows, among).all()
        assert len(among) > 2000
        seen += rows.tolist()
    assert sorted(seen) == list(range(3000))


def test_of_very_many_rows_nearly_all_the_nearest_are_found(monkeypatch):
    vectors = around_points(6000, 60)
    exact = nearest(vectors, neighbours=10)
    monkeypatch.setattr(neighbours_module, "EXACT", 1000)
    monkeypatch.setattr(lists, "LISTS", 12)
    found = nearest(vectors, neighbours=10)
    assert all(row not in mine and len(set(mine)) == 10 for row, mine in enumerate(found.tolist()))
    assert np.mean([len(np.intersect1d(*both)) / 10 for both in zip(found, exact, strict=True)]) > 0.97
    np.testing.assert_array_equal(nearest(vectors, neighbours=10), found)


def test_very_many_rows_that_are_one_are_found_too(monkeypatch):
    monkeypatch.setattr(neighbours_module, "EXACT", 100)
    found = nearest(np.tile(np.eye(4, dtype=np.float32), (300, 1)), neighbours=20)
    assert (found % 4 == np.arange(1200)[:, None] % 4).all()


def test_rows_that_are_one_are_each_others_nearest():
    vectors = np.tile(np.eye(40, dtype=np.float32), (30, 1))
    found = nearest(vectors, neighbours=24)
    assert (found % 40 == np.arange(1200)[:, None] % 40).all()
    assert all(row not in mine and len(set(mine)) == 24 for row, mine in enumerate(found.tolist()))


def test_the_probabilities_of_many_pairs_are_those_of_each():
    articles = [article(name, "\n".join(told)) for name, told in TOLD.items()]
    statements = [statement(one, text, place) for one in articles for place, text in enumerate(one.text.split("\n"))]
    vectors = WordEncoder().encode([one.text for one in statements])
    found = cluster_statements(statements, {one.id: one for one in articles}, vectors, {}, config=TopicsConfig())
    groups = [[4, 0, 2, 3], [5], [1, 5]]
    tables = found.probabilities(groups)
    for rows, table in zip(groups, tables, strict=True):
        assert table.shape == (len(rows), len(rows))
        assert (np.diagonal(table) == 1.0).all()
        for left, right in all_pairs(len(rows)):
            [verdict] = found.explain([(rows[left], rows[right])])
            assert table[left, right] == table[right, left] == pytest.approx(verdict.probability, rel=1e-5)
