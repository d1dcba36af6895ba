"""The metrics of the quality tasks, and bootstrap intervals for them.

Every function is deterministic and takes plain sequences; fractions are between 0 and 1. ROUGE follows Lin
(2004): lower-cased runs of letters and digits, no stemming, F over the counts of n-grams.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the limits between which 95 % of its bootstrap resamples fall."""

    value: float
    low: float
    high: float


def f_score(precision: float, recall: float) -> float:
    """The harmonic mean, 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


# --- clusters -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BCubedRows:
    """Precision and recall of each row, in the order of the rows; their means are the B-cubed figures."""

    precision: tuple[float, ...]
    recall: tuple[float, ...]


def bcubed_rows(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> BCubedRows:
    """B-cubed (Bagga and Baldwin 1998) per row. Raises ValueError when the lengths differ."""
    both = Counter(zip(predicted, gold, strict=True))
    predicted_sizes, gold_sizes = Counter(predicted), Counter(gold)
    shared = [both[pair] for pair in zip(predicted, gold, strict=True)]
    return BCubedRows(
        tuple(count / predicted_sizes[label] for count, label in zip(shared, predicted, strict=True)),
        tuple(count / gold_sizes[label] for count, label in zip(shared, gold, strict=True)),
    )


def bcubed(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> Score:
    """B-cubed precision, recall and F1 over all rows. Empty input scores 0."""
    rows = bcubed_rows(predicted, gold)
    precision, recall = _mean(rows.precision), _mean(rows.recall)
    return Score(precision, recall, f_score(precision, recall))


# --- ROUGE --------------------------------------------------------------------------------------------------


def tokens(text: str) -> list[str]:
    """Lower-cased runs of letters and digits."""
    return _TOKEN.findall(text.lower())


def rouge_n(candidate: str, reference: str, n: int = 1) -> Score:
    """ROUGE-N: overlap of n-gram counts."""
    found, wanted = _ngrams(tokens(candidate), n), _ngrams(tokens(reference), n)
    shared = sum((found & wanted).values())
    return _overlap(shared, sum(found.values()), sum(wanted.values()))


def rouge_l(candidate: str, reference: str) -> Score:
    """ROUGE-L: the longest common subsequence of the two token lists."""
    found, wanted = tokens(candidate), tokens(reference)
    return _overlap(_common_subsequence(found, wanted), len(found), len(wanted))


def _ngrams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[start : start + n]) for start in range(len(words) - n + 1))


def _overlap(shared: int, found: int, wanted: int) -> Score:
    precision = shared / found if found else 0.0
    recall = shared / wanted if wanted else 0.0
    return Score(precision, recall, f_score(precision, recall))


def _common_subsequence(first: Sequence[str], second: Sequence[str]) -> int:
    lengths = [0] * (len(second) + 1)
    for word in first:
        before = 0
        for column, other in enumerate(second, start=1):
            above = lengths[column]
            lengths[column] = before + 1 if word == other else max(above, lengths[column - 1])
            before = above
    return lengths[-1]


# --- yes or no ----------------------------------------------------------------------------------------------


def precision_recall(predicted: Sequence[bool], gold: Sequence[bool]) -> Score:
    """Of the rows called true, how many are; of those that are, how many were called. No call scores 0."""
    pairs = list(zip(predicted, gold, strict=True))
    right = sum(1 for guess, truth in pairs if guess and truth)
    return _overlap(right, sum(map(bool, predicted)), sum(map(bool, gold)))


def balanced_accuracy(predicted: Sequence[bool], gold: Sequence[bool]) -> float:
    """The mean of the accuracy on true and on false rows (on the one kind alone, when only one occurs)."""
    pairs = list(zip(predicted, gold, strict=True))
    shares = []
    for kind in (True, False):
        hits = [bool(guess) == kind for guess, truth in pairs if bool(truth) == kind]
        if hits:
            shares.append(_mean(hits))
    return _mean(shares)


def auc(values: Sequence[float], gold: Sequence[bool]) -> float:
    """Area under the ROC curve by ranks, ties counted half. 0.5 when only one kind of row occurs."""
    scores, truth = np.asarray(values, dtype=float), np.asarray(gold, dtype=bool)
    if scores.shape != truth.shape:
        raise ValueError(f"{len(scores)} values for {len(truth)} rows")
    positive, negative = int(truth.sum()), int((~truth).sum())
    if not positive or not negative:
        return 0.5
    _, where, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[where]
    return float((ranks[truth].sum() - positive * (positive + 1) / 2) / (positive * negative))


# --- sentence boundaries ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Boundaries found, wanted and shared."""

    shared: int
    found: int
    wanted: int


def boundaries(predicted: Sequence[str], gold: Sequence[str]) -> Boundaries:
    """Compare the ends of sentences inside one paragraph, counted in characters that are not white space.

    The paragraph's own end is not counted: every splitter finds it. Characters that a prediction changes or drops
    shift its later boundaries, and cost it.
    """
    wanted = _ends(gold)
    end = max(wanted, default=0)
    found = _ends(predicted) - {end}
    wanted -= {end}
    return Boundaries(len(found & wanted), len(found), len(wanted))


def boundary_score(counts: Sequence[Boundaries]) -> Score:
    """Precision, recall and F1 of boundaries, over all paragraphs together."""
    return _overlap(
        sum(count.shared for count in counts),
        sum(count.found for count in counts),
        sum(count.wanted for count in counts),
    )


def _ends(sentences: Sequence[str]) -> set[int]:
    ends, position = set(), 0
    for sentence in sentences:
        position += sum(1 for character in sentence if not character.isspace())
        ends.add(position)
    return ends - {0}


# --- intervals ----------------------------------------------------------------------------------------------


def bootstrap(
    measure: Callable[[Sequence[int]], float], groups: Sequence[Hashable], *, resamples: int = 1000, seed: int = 0
) -> Interval:
    """The 95 % percentile interval (Efron 1979) of `measure`, which takes row numbers, repeats allowed.

    `groups[i]` is the group of row i: whole groups are drawn, because rows of one event or question rise and
    fall together and drawing them one by one would make the interval too narrow.
    """
    members: dict[Hashable, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    blocks = [np.asarray(rows) for rows in members.values()]
    value = measure(range(len(groups)))
    if not resamples or not blocks:
        return Interval(value, value, value)
    generator = np.random.default_rng(seed)
    alone = all(len(block) == 1 for block in blocks)
    drawn = []
    for _ in range(resamples):
        chosen = generator.integers(len(blocks), size=len(blocks))
        rows = chosen if alone else np.concatenate([blocks[block] for block in chosen])
        drawn.append(measure(rows.tolist()))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(value, float(low), float(high))


def _mean(values: Sequence[float]) -> float:
    return float(sum(values) / len(values)) if values else 0.0
