import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.topics import sparse
from digest.topics.neighbours import all_pairs
from digest.topics.sparse import Sparse, entries_at, row_products, shared_entries

WIDTH = 7
TABLES = st.lists(st.lists(st.integers(0, 3), min_size=WIDTH, max_size=WIDTH), min_size=2, max_size=6)


def rows_of(table):
    table = np.array(table, dtype=np.float32)
    codes = np.flatnonzero(table)
    return table, Sparse(entries=entries_at(codes, rows=len(table), width=WIDTH), values=table.ravel()[codes])


@given(TABLES, st.sampled_from([1, 5, 1000]))
def test_the_products_of_many_pairs_are_those_of_whole_rows(table, at_once):
    table, matrix = rows_of(table)
    left, right = np.concatenate([all_pairs(len(table)), all_pairs(len(table))[:, ::-1]]).T
    before, sparse._AT_ONCE = sparse._AT_ONCE, at_once
    try:
        found = row_products(matrix, left, right)
    finally:
        sparse._AT_ONCE = before
    np.testing.assert_allclose(found, (table[left] * table[right]).sum(axis=1), rtol=1e-6)


@given(TABLES)
def test_what_rows_share_stands_in_both_by_pair_then_by_column(table):
    table, matrix = rows_of(table)
    left, right = all_pairs(len(table)).T
    found = shared_entries(matrix.entries, left, right)
    expected = [
        (pair, column)
        for pair, (one, other) in enumerate(zip(left, right, strict=True))
        for column in range(WIDTH)
        if table[one, column] and table[other, column]
    ]
    columns, rows = matrix.entries.columns, matrix.entries.rows
    assert list(zip(found.owner.tolist(), columns[found.left].tolist(), strict=True)) == expected
    np.testing.assert_array_equal(columns[found.left], columns[found.right])
    np.testing.assert_array_equal(rows[found.left], left[found.owner])
    np.testing.assert_array_equal(rows[found.right], right[found.owner])


def test_no_pairs_share_nothing():
    _, matrix = rows_of([[1] * WIDTH])
    none = np.zeros(0, dtype=np.int64)
    assert row_products(matrix, none, none).tolist() == []
    assert shared_entries(matrix.entries, none, none).owner.tolist() == []
