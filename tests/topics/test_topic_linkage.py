from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.topics.linkage import average_linkage, cut, joined

ROWS = 9


def plain_groups(rows, likely, least):
    """Average linkage, step by step: always the two groups that are closest by the mean of their pairs."""
    groups = [{row} for row in range(rows)]
    while len(groups) > 1:
        means = {
            (one, other): np.mean([likely[min(a, b), max(a, b)] for a in groups[one] for b in groups[other]])
            for one, other in combinations(range(len(groups)), 2)
        }
        one, other = max(means, key=means.get)
        if means[one, other] < least:
            break
        groups[one] |= groups.pop(other)
    return {frozenset(group) for group in groups}


def groups_of(labels):
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in labels}


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 12, 30])
def test_clusters_are_those_of_always_joining_the_closest(rows):
    numbers = np.random.default_rng(rows)
    for _ in range(5):
        probability = numbers.random(rows * (rows - 1) // 2)
        likely = dict(zip(combinations(range(rows), 2), probability, strict=True))
        merges = average_linkage(rows, probability)
        assert len(merges) == rows - 1
        for least in (0.0, 0.4, 0.5, 0.6, 1.1):
            assert groups_of(cut(rows, merges, least)) == plain_groups(rows, likely, least)


def test_rows_that_are_all_alike_are_one_cluster():
    merges = average_linkage(4, np.full(6, 0.7))
    assert [merge.probability for merge in merges] == pytest.approx([0.7] * 3)
    assert groups_of(cut(4, merges, 0.69)) == {frozenset(range(4))}


@given(st.lists(st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)), max_size=12))
def test_each_row_has_the_lowest_that_it_hangs_together_with(pairs):
    groups = [{row} for row in range(ROWS)]
    for pair in pairs:
        met = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in met] + [set().union(*met)]
    expected = {row: min(group) for group in groups for row in group}
    found = joined(ROWS, np.array(pairs, dtype=np.int64).reshape(-1, 2))
    assert found.tolist() == [expected[row] for row in range(ROWS)]


def test_a_long_chain_hangs_together():
    order = np.random.default_rng(3).permutation(3000)
    assert not joined(3000, np.stack([order[:-1], order[1:]], axis=1)).any()
