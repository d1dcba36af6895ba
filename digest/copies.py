"""Near-copies to origins: five outlets that ran one wire story are one origin.

Two texts are compared by *containment*: the share of the shorter one's distinct word runs (shingles) that also occur
in the longer one (Broder, "On the resemblance and containment of documents", 1997). Exact sets, no sketches. Only pairs
that may reach the threshold are looked at: one of them must share a shingle from among the other's rarest (Chaudhuri,
Ganti and Kaushik, "A primitive operator for similarity joins in data cleaning", 2006), and rare shingles are rarely
shared.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.config import CopiesConfig
from digest.language.fates import fates
from digest.language.sentences import split_sentences
from digest.models import Article, Origin

SHINGLE_WORDS = 4
AT_ONCE = 1000  # texts compared with all others at once, so that memory does not grow with the square of their number
ROUNDING = 1e-9  # a product such as .55 * 20 may lie a little above its whole number
# Every threshold from .40 to .65 told the 283 development pairs apart without an error (F1 1.0); the default is .5.
# A copy that has almost all of the longest text may stand for it; below this the longest one must, lest its other
# statements be lost.
WHOLE = 0.85

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much texts share. `near[i][j]` is the containment of texts i and j, where it reaches the threshold.

    `sizes` counts the distinct shingles of each text, shape (n,).
    """

    near: tuple[Mapping[int, float], ...]
    sizes: NDArray[np.int64]


def fold_copies(articles: Sequence[Article], config: CopiesConfig) -> tuple[Origin, ...]:
    """Group the articles into origins, ordered by the id of the article that stands for each.

    Each article joins the longest one that contains it (a star, never a chain: two articles that a round-up both
    quotes do not become each other's copies by way of a third that is merely similar to one of them).
    """
    ordered = sorted(articles, key=lambda article: article.id)
    if not ordered:
        return ()
    overlap = shingle_overlap([article.text for article in ordered], threshold=config.threshold)
    leaders = _leaders(overlap)
    groups: dict[int, list[int]] = {}
    for row, leader in enumerate(leaders):
        groups.setdefault(leader, []).append(row)
    origins = [_origin(ordered, rows, overlap, leader) for leader, rows in groups.items()]
    return tuple(sorted(origins, key=lambda origin: origin.id))


def shingle_overlap(texts: Sequence[str], *, threshold: float) -> Overlap:
    """Containment, of the shorter text in the longer, of all pairs that reach the threshold (above 0)."""
    from scipy.sparse import csr_matrix

    sets = [_shingles(text) for text in texts]
    columns = _by_rarity(sets)
    rows = [sorted(columns[shingle] for shingle in shingles) for shingles in sets]
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    # Of a pair that reaches the threshold, the shorter text's rarest shingles cannot all be missing in the longer one.
    heads = [row[: len(row) - math.ceil(threshold * len(row) - ROUNDING) + 1] for row in rows]

    def matrix(of: Sequence[Sequence[int]]) -> Any:
        starts = np.concatenate([[0], np.cumsum([len(row) for row in of])])
        ones = np.ones(starts[-1], dtype=np.int32)
        return csr_matrix((ones, np.fromiter(chain.from_iterable(of), np.int64), starts), (len(of), len(columns)))

    whole, rarest = matrix(rows), matrix(heads)
    near: tuple[dict[int, float], ...] = tuple({} for _ in texts)
    for start in range(0, len(texts), AT_ONCE):
        pairs = (rarest[start : start + AT_ONCE] @ whole.T).tocoo()
        left, right = pairs.row + start, pairs.col
        kept = (sizes[left] < sizes[right]) | ((sizes[left] == sizes[right]) & (left != right))
        left, right = left[kept], right[kept]
        shared = np.asarray(whole[left].multiply(whole[right]).sum(axis=1)).ravel()
        contained = shared / np.maximum(1, sizes[left])
        reached = contained >= threshold
        for i, j, share in zip(left[reached], right[reached], contained[reached].tolist(), strict=True):
            near[int(i)][int(j)] = near[int(j)][int(i)] = share
    return Overlap(near, sizes)


def _by_rarity(sets: Sequence[frozenset[str]]) -> dict[str, int]:
    """A column for each shingle, those of the fewest texts first."""
    counts = Counter(chain.from_iterable(sets))
    return {shingle: column for column, shingle in enumerate(sorted(counts, key=lambda one: (counts[one], one)))}


def _shingles(text: str) -> frozenset[str]:
    # Apostrophes fall away, so a copy whose apostrophes were stripped still matches.
    words = _WORD.findall(text.lower().replace("’", "").replace("'", ""))
    if len(words) < SHINGLE_WORDS:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(" ".join(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1))


def _leaders(overlap: Overlap) -> list[int]:
    """For each text the row of the text it is folded into (its own row if it leads)."""
    leaders = list(range(len(overlap.sizes)))
    leading: set[int] = set()
    for row in sorted(leaders, key=lambda row: (-int(overlap.sizes[row]), row)):
        near = {leader: share for leader, share in overlap.near[row].items() if leader in leading}
        best = max(near, key=lambda leader: (near[leader], -leader), default=row)
        if near:
            leaders[row] = best
        else:
            leading.add(row)
    return leaders


def _origin(articles: Sequence[Article], rows: Sequence[int], overlap: Overlap, leader: int) -> Origin:
    longest = int(overlap.sizes[leader])
    whole = [row for row in rows if overlap.sizes[row] >= WHOLE * longest] or [leader]
    first = min(whole, key=lambda row: _standing(articles[row]))
    later = [row for row in whole if _renews(articles[row], articles[first])]
    chosen = max(later, key=lambda row: (_published(articles[row]), articles[row].id), default=first)
    copies = [articles[row] for row in rows if row != chosen]
    return Origin(id=articles[chosen].id, articles=(articles[chosen], *copies))


def _renews(new: Article, old: Article) -> bool:
    """Whether an article is a later version of the one that is first: of the same outlet, or with a count of its own.

    It then stands for the origin, whose count of one it leaves as it is: what is new in it would else be lost.
    """
    if _standing(new)[:3] > _standing(old)[:3] or not new.published or not old.published:
        return False
    if new.published <= old.published or new.text == old.text:
        return False
    return (new.outlet is not None and new.outlet == old.outlet) or not _counts(new.text) <= _counts(old.text)


def _counts(text: str) -> frozenset[tuple[str, float]]:
    """The counts of people that a text gives: what met them, and how many."""
    sentences = (text[start:end] for start, end in split_sentences(text))
    return frozenset((fate.what, fate.value) for sentence in sentences for fate in fates(sentence))


def _published(article: Article) -> float:
    return article.published.timestamp() if article.published else float("inf")


def _standing(article: Article) -> tuple[bool, bool, bool, float, str]:
    """Sort key: who stands for an origin. Known outlet, own page, link, first to publish, and the id to break ties."""
    unknown, carried, unlinked = article.outlet is None, article.carrier is not None, article.link is None
    return (unknown, carried, unlinked, _published(article), article.id)
