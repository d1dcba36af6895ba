"""Today's statements held against what earlier issues told: which of them a reader has read already, and what moved.

A statement is *told* when an earlier issue said all that it says: its sentence is near one that was printed or quoted,
each of its figures and names stood there, and hardly a word of it is new. It is *moved* when it is about what an
earlier sentence was about and tells a count, an outcome or an author differently. All else is *fresh*. Precision comes
first: a fact that is swallowed, or marked as changed when it is another one, costs more than a repetition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from digest.language.claims import negations
from digest.language.names import find_names
from digest.language.outcomes import outcomes
from digest.language.quantities import Quantity, find_quantities, same_quantity
from digest.language.words import STOPWORDS, stem, tokens
from digest.models import History, Statement, Told
from digest.updates.changes import ONLY_RISING, Moved, find_changes
from digest.updates.occasions import same_occasion

Vectors = NDArray[np.float32]

NEAR = 0.45  # cosine below which two sentences are not looked at
NEAR_TOLD = 0.6
COVERED = 0.75
NEAR_MOVED = 0.55
OVERLAP_MOVED = 0.3
LOOKED_AT = 8  # nearest told texts that a statement is compared with


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence that an earlier issue printed or cited: its telling, and when its article came out."""

    text: str
    told: Told
    published: datetime | None
    citation: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What earlier issues told, ready for comparing: passages, their vectors, and what each story's passages hold."""

    passages: tuple[Passage, ...]
    vectors: Vectors
    known: Mapping[tuple[date, str], Known]
    read: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The words, names and figures that the passages of one story of one issue hold."""

    stems: frozenset[str]
    names: frozenset[str]
    figures: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """That the passage told a statement already, or, with `moves`, told it differently; `closeness` is their cosine."""

    passage: Passage
    closeness: float
    moves: tuple[Moved, ...] = ()

    @property
    def issue(self) -> date:
        """The day of the issue that told the passage."""
        return self.passage.told.issue


def told_texts(history: History) -> tuple[str, ...]:
    """The texts whose vectors `remember` needs, in its order."""
    return tuple(passage.text for passage in _passages(history))


def remember(history: History, vectors: Vectors) -> Memory:
    """Make the history ready; `vectors` (n, dim) belong to `told_texts(history)`."""
    passages = _passages(history)
    groups: dict[tuple[date, str], list[str]] = {}
    for passage in passages:
        groups.setdefault(_story_of(passage.told), []).append(passage.text)
    known = {key: _known(texts) for key, texts in groups.items()}
    return Memory(passages=passages, vectors=vectors, known=known, read=history.read)


def _passages(history: History) -> tuple[Passage, ...]:
    found = []
    for told in history.told:
        citations = told.entry.line.citations
        quotes = {citation.quote: place for place, citation in reversed(list(enumerate(citations)))}
        first = citations[0] if citations else None
        if first is not None and told.entry.line.text not in quotes:
            found.append(Passage(text=told.entry.line.text, told=told, published=first.published, citation=None))
        for place, citation in enumerate(citations):
            if quotes[citation.quote] == place:
                found.append(Passage(text=citation.quote, told=told, published=citation.published, citation=place))
    return tuple(found)


def _story_of(told: Told) -> tuple[date, str]:
    return told.issue, told.story or told.entry.id


def judge(
    statement: Statement, vector: NDArray[np.float32], published: datetime | None, memory: Memory
) -> Verdict | None:
    """Hold a statement against what was told; None when it is fresh."""
    if not memory.passages:
        return None
    near = memory.vectors @ vector
    best = [int(row) for row in np.argsort(-near, kind="stable")[:LOOKED_AT] if near[row] >= NEAR]
    passages = [(memory.passages[row], float(near[row])) for row in best]
    moved = [one for one in (_moved(statement.text, published, *pair) for pair in passages) if one is not None]
    told = [one for one in (_told(statement.text, *pair, memory) for pair in passages) if one is not None]
    return _settle(told, moved)


def _settle(told: Sequence[Verdict], moved: Sequence[Verdict]) -> Verdict | None:
    """The newest telling decides; of a count that only rises, an old figure is old whatever was told since."""
    newest = max(told, key=_newness, default=None)
    change = max(moved, key=_newness, default=None)
    if newest is None or change is None:
        return newest or change
    stale = all(move.what in ONLY_RISING for move in change.moves)
    return newest if stale or newest.issue >= change.issue else change


def _newness(verdict: Verdict) -> tuple[date, float]:
    return verdict.issue, verdict.closeness


# --- told, or moved -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a sentence says, for comparing: stems without numbers, keys of names, figures, and whether it is negated."""

    stems: frozenset[str]
    names: frozenset[str]
    figures: tuple[Quantity, ...]
    negated: bool


@lru_cache(maxsize=65536)
def _read(text: str) -> Read:
    names = find_names(text)
    return Read(
        stems=frozenset(
            stem(token.word) for token in tokens(text) if token.word not in STOPWORDS and not token.word[0].isdigit()
        ),
        names=frozenset(part for name in names for part in name.key.split()),
        figures=find_quantities(text),
        negated=len(negations(text)) % 2 == 1,
    )


def _known(texts: Sequence[str]) -> Known:
    read = [_read(text) for text in texts]
    return Known(
        stems=frozenset().union(*(one.stems for one in read)),
        names=frozenset().union(*(one.names for one in read)),
        figures=tuple(figure for one in read for figure in one.figures),
    )


def _told(text: str, passage: Passage, near: float, memory: Memory) -> Verdict | None:
    """The verdict that the passage, with the rest of its story, told all of this; None when it did not."""
    new, old = _read(text), _read(passage.text)
    known = memory.known[_story_of(passage.told)]
    if near < NEAR_TOLD or new.negated != old.negated or not new.names <= known.names | known.stems:
        return None
    if not all(any(_same_figure(figure, other) for other in known.figures) for figure in new.figures):
        return None
    if new.stems and len(new.stems & known.stems) < COVERED * len(new.stems):
        return None
    states = {(one.group, one.state) for one in outcomes(passage.text)}
    if not {(one.group, one.state) for one in outcomes(text)} <= states:
        return None
    return Verdict(passage=passage, closeness=near)


def _same_figure(figure: Quantity, other: Quantity) -> bool:
    return figure.ordinal == other.ordinal and same_quantity(figure, other)


def _moved(text: str, published: datetime | None, passage: Passage, near: float) -> Verdict | None:
    """The verdict that this tells differently what the passage told; None when it does not, or is about another."""
    if near < NEAR_MOVED:
        return None
    new, old = _read(text), _read(passage.text)
    least = min(len(new.stems), len(old.stems))
    if not least or len(new.stems & old.stems) < OVERLAP_MOVED * least:
        return None
    if new.names and old.names and not new.names & old.names:
        return None
    if not same_occasion(passage.text, passage.published, text, published):
        return None
    moves = find_changes(passage.text, text)
    return Verdict(passage=passage, closeness=near, moves=moves) if moves else None
