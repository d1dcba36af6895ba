"""Clusters from judged pairs: connected components of the likely pairs, average linkage inside each.

Average linkage (Sokal and Michener 1958) on probabilities keeps one mistaken pair from chaining two clusters; the
components keep the work near-linear, since only a component is looked at whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from digest.topics.arrays import Labels, Pairs, Probabilities
from digest.topics.linkage import average_linkage, cut, joined
from digest.topics.neighbours import pairs_within

# Components of more rows than this are split at a higher probability first: linkage needs every pair of a component.
LARGEST_COMPONENT = 600
_STEPS = 12
BATCH = 30_000  # pairs judged at a time: some 8 MB of features
MOST_THREADS = 4
_AT_ONCE = 200_000  # pairs of components that are put together before they are judged

JudgePairs = Callable[[Pairs], Probabilities]


def cluster_rows(rows: int, pairs: Pairs, judge_pairs: JudgePairs, *, link: float, threshold: float) -> Labels:
    """Return a label per row, numbered by first occurrence.

    `pairs` are sorted, and `judge_pairs` gives the probability of each of (p, 2). Pairs of probability `link` or more
    make the components; in each, average linkage joins clusters whose mean probability is at least `threshold`.
    """
    probability = in_batches(judge_pairs, pairs)
    judge_again = _remembering(judge_pairs, rows, pairs, probability)
    found = np.arange(rows)  # for each row, one that speaks for its cluster
    groups = _components(rows, pairs, probability, link)
    counts = [len(members) * (len(members) - 1) // 2 for members in groups]
    # Many small components are judged in one call: a call's fixed cost is that of some hundred pairs.
    for batch in _batches(counts):
        some = groups[batch.start : batch.stop]
        judged = np.split(in_batches(judge_again, pairs_within(some)), np.cumsum(counts[batch.start : batch.stop])[:-1])
        for members, mine in zip(some, judged, strict=True):
            found[members] = members[_linkage(len(members), mine, threshold)]
    return number_by_occurrence(found)


def _remembering(judge_pairs: JudgePairs, rows: int, pairs: Pairs, probability: Probabilities) -> JudgePairs:
    """The judge, who is not asked again about these pairs, in order."""
    codes = pairs @ (rows, 1)

    def judged(wanted: Pairs) -> Probabilities:
        mine = wanted @ (rows, 1)
        places = np.searchsorted(codes, mine)
        found = probability.take(places, mode="clip")
        new = codes.take(places, mode="clip") != mine
        found[new] = judge_pairs(wanted[new])
        return found

    return judged


def number_by_occurrence(labels: NDArray[np.int64]) -> Labels:
    """Return the same partition, (n,), with labels 0, 1, … in the order in which they first occur."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[inverse].astype(np.int64)


def _components(rows: int, pairs: Pairs, probability: Probabilities, link: float) -> list[NDArray[np.int64]]:
    """The rows of each component of several."""
    found: list[NDArray[np.int64]] = []
    for step in range(_STEPS + 1):
        likely = probability >= link
        pairs, probability = pairs[likely], probability[likely]
        lowest = joined(rows, pairs)
        sizes = np.bincount(lowest, minlength=rows)[lowest]
        large = (sizes > LARGEST_COMPONENT) & (step < _STEPS)
        members = np.flatnonzero((sizes > 1) & ~large)
        members = members[np.argsort(lowest[members], kind="stable")]
        found += np.split(members, np.flatnonzero(np.diff(lowest[members])) + 1)
        again = large[pairs[:, 0]]
        pairs, probability = pairs[again], probability[again]
        link += (1.0 - link) / 4
    return [members for members in found if len(members)]


def in_batches(judge_pairs: JudgePairs, pairs: Pairs) -> Probabilities:
    """Return the probabilities (p,) of pairs (p, 2), judged BATCH at a time, by a thread for each of some processors.

    numpy lets other threads work while it does. What the judge makes only once is made before they start.
    """
    parts = [pairs[start : start + BATCH] for start in range(0, len(pairs), BATCH)]
    if len(parts) < 2:
        return judge_pairs(pairs)
    first = judge_pairs(parts[0])
    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as threads:
        return np.concatenate([first, *threads.map(judge_pairs, parts[1:])])


def _batches(sizes: Sequence[int]) -> Iterator[range]:
    """Runs of components that hold about so many pairs together."""
    start, held = 0, 0
    for number, size in enumerate(sizes):
        if held and held + size > _AT_ONCE:
            yield range(start, number)
            start, held = number, 0
        held += size
    if start < len(sizes):
        yield range(start, len(sizes))


def _linkage(rows: int, probability: Probabilities, threshold: float) -> NDArray[np.int64]:
    if rows == 2:  # as most are
        return np.array([0, int(probability[0] < threshold)])
    return cut(rows, average_linkage(rows, probability), threshold)
