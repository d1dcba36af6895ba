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
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from digest.config import CopiesConfig
from digest.language.fates import fates
from digest.language.sentences import split_sentences
from digest.models import Article, Origin

SHINGLE_WORDS = 4
ROUNDING = 1e-9  # a product such as .55 * 20 may lie a little above its whole number
# Every threshold from .40 to .65 told the 283 development pairs apart without an error (F1 1.0); the default is .5.
# A copy that has almost all of the longest text may stand for it; below this the longest one must, lest its other
# statements be lost.
WHOLE = 0.85

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much texts share. `near[i][j]` is the containment of texts i and j, where it reaches the threshold.

    `sizes` counts the distinct shingles of each text.
    """

    near: tuple[Mapping[int, float], ...]
    sizes: tuple[int, ...]


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
    origins = (origin for leader, rows in groups.items() for origin in _origins(ordered, rows, overlap, leader))
    return tuple(sorted(origins, key=lambda origin: origin.id))


def shingle_overlap(texts: Sequence[str], *, threshold: float) -> Overlap:
    """Containment, of the shorter text in the longer, of all pairs that reach the threshold (above 0)."""
    sets = [_shingles(text) for text in texts]
    sizes = tuple(map(len, sets))
    near: tuple[dict[int, float], ...] = tuple({} for _ in texts)
    for row, others in enumerate(_likely(sets, threshold)):
        for other in others:
            if (sizes[row], row) < (sizes[other], other):
                share = len(sets[row] & sets[other]) / sizes[row]
                if share >= threshold:
                    near[row][other] = near[other][row] = share
    return Overlap(near, sizes)


def _likely(sets: Sequence[frozenset[str]], threshold: float) -> Iterator[set[int]]:
    """For each text those that it may reach the threshold with, itself perhaps among them."""
    counts = Counter(chain.from_iterable(sets))
    holders: dict[str, list[int]] = defaultdict(list)
    for row, shingles in enumerate(sets):
        for shingle in shingles:
            if counts[shingle] > 1:
                holders[shingle].append(row)
    for shingles in sets:
        yield set().union(*(holders[shingle] for shingle in _rarest_shared(shingles, counts, threshold)))


def _rarest_shared(shingles: frozenset[str], counts: Mapping[str, int], threshold: float) -> list[str]:
    """Those of a text's rarest shingles that other texts have too.

    Of a pair that reaches the threshold, so many of the shorter text's rarest cannot all be missing in the longer one.
    """
    rarest = len(shingles) - math.ceil(threshold * len(shingles) - ROUNDING) + 1
    shared = sorted((counts[one], one) for one in shingles if counts[one] > 1)
    alone = len(shingles) - len(shared)
    return [one for _, one in shared[: max(0, rarest - alone)]]


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
    for row in sorted(leaders, key=lambda row: (-overlap.sizes[row], row)):
        near = {leader: share for leader, share in overlap.near[row].items() if leader in leading}
        best = max(near, key=lambda leader: (near[leader], -leader), default=row)
        if near:
            leaders[row] = best
        else:
            leading.add(row)
    return leaders


def _origins(articles: Sequence[Article], rows: Sequence[int], overlap: Overlap, leader: int) -> Iterator[Origin]:
    """The origin of these rows; and those of its later ones that count people anew and are too short to stand for it.

    These are reports of their own that repeat a part of it, sentence by sentence (`origins.py`); folded, their newer
    toll would be lost.
    """
    longest = overlap.sizes[leader]
    whole = [row for row in rows if overlap.sizes[row] >= WHOLE * longest] or [leader]
    first = min(whole, key=lambda row: _standing(articles[row]))
    later = [row for row in whole if _renews(articles[row], articles[first])]
    chosen = max(later, key=lambda row: (_published(articles[row]), articles[row].id), default=first)
    own = [
        row
        for row in rows
        if row not in whole
        and _is_later(articles[row], articles[chosen])
        and _counts_anew(articles[row], articles[chosen])
    ]
    copies = [articles[row] for row in rows if row != chosen and row not in own]
    yield Origin(id=articles[chosen].id, articles=(articles[chosen], *copies))
    if own:
        nearest = max(own, key=lambda row: (overlap.sizes[row], -row))
        alike = [row for row in own if row == nearest or row in overlap.near[nearest]]
        yield from _origins(articles, alike, overlap, nearest)
        yield from chain.from_iterable(_origins(articles, [row], overlap, row) for row in own if row not in alike)


def _renews(new: Article, old: Article) -> bool:
    """Whether an article is a later version of the one that is first: of the same outlet, or with a count of its own.

    It then stands for the origin, whose count of one it leaves as it is: what is new in it would else be lost.
    """
    if not _is_later(new, old):
        return False
    return (new.outlet is not None and new.outlet == old.outlet) or _counts_anew(new, old)


def _is_later(new: Article, old: Article) -> bool:
    if _standing(new)[:3] > _standing(old)[:3] or not new.published or not old.published:
        return False
    return new.published > old.published and new.text != old.text


def _counts_anew(new: Article, old: Article) -> bool:
    return not _counts(new.text) <= _counts(old.text)


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
