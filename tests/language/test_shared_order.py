"""Words in the same order in two lines, beside the textbook's table."""

import random

import pytest

from digest.language.shared_order import f_measure, in_order, read_line


def longest_common(first, second):
    """The dynamic programme, one cell at a time."""
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for row, one in enumerate(first):
        for column, other in enumerate(second):
            above = max(table[row][column + 1], table[row + 1][column])
            table[row + 1][column + 1] = table[row][column] + 1 if one == other else above
    return table[-1][-1]


@pytest.mark.parametrize("seed", range(30))
def test_it_is_the_longest_common_subsequence(seed):
    drawn = random.Random(seed)
    first, second = (
        " ".join(drawn.choices(["ferry", "tanker", "sinks", "off", "Vesk"], k=drawn.randint(0, 90))) for _ in "ab"
    )
    one, other = read_line(first), read_line(second)
    assert in_order(one.stems, other) == longest_common(one.stems, other.stems)


def test_words_meet_by_their_stems():
    assert in_order(read_line("Ferry sinks").stems, read_line("Ferries had sunk, one sinking off Vesk")) == 2


def test_pairs_are_neighbours_in_their_order():
    assert read_line("ferry hits tanker").pairs & read_line("tanker hits ferry").pairs == frozenset()
    assert len(read_line("ferry hits tanker").pairs & read_line("a ferry hits a tanker").pairs) == 1


def test_the_f_measure_is_the_harmonic_mean():
    assert f_measure(2, 4, 2) == pytest.approx(2 / 3)
    assert f_measure(0, 0, 0) == 0.0
