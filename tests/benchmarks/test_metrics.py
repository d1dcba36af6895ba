"""The metrics against values worked out by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks import metrics


def test_bcubed_of_the_gold_itself_is_perfect_whatever_the_labels_are_called():
    score = metrics.bcubed(["x", "x", "y"], [7, 7, 9])
    assert (score.precision, score.recall, score.f1) == (1.0, 1.0, 1.0)


def test_bcubed_by_hand():
    # clusters {a, b, c} {d}, gold {a, b} {c, d}:
    # precision (2/3 + 2/3 + 1/3 + 1) / 4, recall (1 + 1 + 1/2 + 1/2) / 4
    score = metrics.bcubed([0, 0, 0, 1], ["p", "p", "q", "q"])
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(3 / 4)
    assert score.f1 == pytest.approx(2 * (2 / 3) * (3 / 4) / (2 / 3 + 3 / 4))


def test_bcubed_of_one_lump_and_of_singletons():
    assert metrics.bcubed([0, 0], [1, 2]).precision == 0.5
    assert metrics.bcubed([0, 1], [5, 5]).recall == 0.5


def test_bcubed_refuses_rows_that_do_not_match():
    with pytest.raises(ValueError, match=r"longer|shorter"):
        metrics.bcubed([0], [0, 1])


def test_rouge_counts_repeats_once_each():
    score = metrics.rouge_n("ferry ferry ferry", "The ferry sank")
    assert score.precision == pytest.approx(1 / 3)
    assert score.recall == pytest.approx(1 / 3)


def test_rouge_ignores_case_and_punctuation_but_does_not_stem():
    assert metrics.rouge_n("FERRY-fire!", "ferry fire").f1 == 1.0
    assert metrics.rouge_n("ferries", "ferry").f1 == 0.0


def test_rouge_2_needs_neighbours():
    assert metrics.rouge_n("a b c d", "a b x d", 2).f1 == pytest.approx(1 / 3)
    assert metrics.rouge_n("a", "a", 2).f1 == 0.0


def test_rouge_l_keeps_the_order():
    assert metrics.rouge_l("a b c d", "a c b d").f1 == pytest.approx(3 / 4)
    assert metrics.rouge_l("d c b a", "a b c d").f1 == pytest.approx(1 / 4)
    assert metrics.rouge_l("", "a").f1 == 0.0


def test_auc_counts_ties_half():
    assert metrics.auc([3, 2, 1], [True, True, False]) == 1.0
    assert metrics.auc([1, 1], [True, False]) == 0.5
    assert metrics.auc([0.9, 0.1, 0.5, 0.5], [True, True, False, False]) == pytest.approx(0.5)
    assert metrics.auc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx(3.5 / 4)


def test_precision_and_recall():
    score = metrics.precision_recall([True, True, False, False], [True, False, True, False])
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    assert metrics.precision_recall([False], [True]).precision == 0.0


def test_balanced_accuracy_weighs_both_kinds_the_same():
    assert metrics.balanced_accuracy([True] * 10, [True] * 9 + [False]) == 0.5


def test_boundaries_ignore_spaces_and_the_end_that_everyone_finds():
    counts = metrics.boundaries(["It sank.", " All  lived."], ["It sank.", "All lived."])
    assert counts == metrics.Boundaries(1, 1, 1)
    assert metrics.boundaries(["It sank."], ["It sank."]) == metrics.Boundaries(0, 0, 0)


def test_boundary_score_pools_paragraphs():
    right = metrics.boundaries(["It sank.", "All lived."], ["It sank.", "All lived."])
    missed = metrics.boundaries(["It sank. All lived."], ["It sank.", "All lived."])
    torn = metrics.boundaries(["Mr.", "Oss left."], ["Mr. Oss left."])
    score = metrics.boundary_score([right, missed, torn])
    assert (score.precision, score.recall) == (0.5, 0.5)


def test_bootstrap_is_repeatable_and_holds_the_value():
    hits = [1, 0, 1, 1, 0, 1, 1, 0, 1, 1]

    def share(rows):
        return sum(hits[row] for row in rows) / len(rows)

    first = metrics.bootstrap(share, range(10), resamples=300)
    assert first == metrics.bootstrap(share, range(10), resamples=300)
    assert first.value == 0.7
    assert first.low < 0.7 < first.high


def test_bootstrap_draws_whole_groups():
    # two groups, each of one kind only: a resample is all of one, or half and half, never anything between
    hits, groups = [1] * 5 + [0] * 5, ["a"] * 5 + ["b"] * 5
    seen = set()

    def share(rows):
        value = sum(hits[row] for row in rows) / len(rows)
        seen.add(value)
        return value

    metrics.bootstrap(share, groups, resamples=60)
    assert seen == {0.0, 0.5, 1.0}
