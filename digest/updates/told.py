"""Today's statements held against what earlier issues told: which of them a reader has read already, and what moved.

A statement is *told* when an earlier issue said all that it says: its sentence is near one that was printed or quoted,
each of its figures and names stood in that topic, and hardly a word of it is new to the story. It is *moved* when it is
about what an earlier sentence was about and tells a count, an outcome or an author differently. All else is *fresh*.
Precision comes first: a fact that is swallowed, or marked as changed when it is another one, costs more than a
repetition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from digest.language.fates import fates
from digest.language.outcomes import outcomes
from digest.language.quantities import Quantity, same_quantity
from digest.models import BRIEFLY_TITLE, History, Statement, Told
from digest.updates.changes import ONLY_RISING, Moved
from digest.updates.subject import BESIDE, Side, moves, read

Vectors = NDArray[np.float32]

NEAR = 0.45  # cosine below which two sentences are not looked at
# A statement is told when the cosine to one passage is this, so much of its words stand in that passage, and so much in
# all that the story told. Fitted as docs/updates.md says.
NEAR_TOLD = 0.75
SHARED_TOLD = 0.6
COVERED = 0.8
# In other words it is told when the judge of facts is this sure, and so much of its words stand in all that the story
# told, which also has all of its names and figures. Fitted as docs/updates.md says.
SAME_FACT = 0.7
COVERED_ANEW = 0.6
LOOKED_AT = 8  # nearest told texts that a statement is compared with


_AHEAD = re.compile(
    r"\b(?:will|would|plan(?:s|ned|ning)?|intend(?:s|ed)?|expect(?:s|ed)?|may|might|could|propos(?:es|ed|ing)|seeks?|"
    r"(?:close|about|due|set|likely|ready|wants?|hopes?|aims?|vow(?:s|ed)) to|consider(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_FAILED = re.compile(r"\b(?:fail(?:s|ed|ing|ure)?|fell short|falls? short)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence that an earlier issue printed or cited: its telling, and when its article came out."""

    text: str
    told: Told
    published: datetime | None
    citation: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What earlier issues told, ready for comparing: passages, their vectors (n, dim), for each the
    mean vector of its story's passages (n, dim), and what a topic's and a story's passages hold.
    """

    passages: tuple[Passage, ...]
    vectors: Vectors
    stories: Vectors
    known: Mapping[tuple[date, str], Known]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The words, names and figures that the passages of one topic, or of one story, of an issue hold."""

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
        for key in {_story_of(passage.told), _topic_of(passage.told)}:
            groups.setdefault(key, []).append(passage.text)
    known = {key: _known(texts) for key, texts in groups.items()}
    return Memory(passages=passages, vectors=vectors, stories=_story_vectors(passages, vectors), known=known)


def _story_vectors(passages: Sequence[Passage], vectors: Vectors) -> Vectors:
    rows: dict[tuple[date, str], list[int]] = {}
    for row, passage in enumerate(passages):
        rows.setdefault(_story_of(passage.told), []).append(row)
    means = np.zeros_like(vectors)
    for mine in rows.values():
        mean = vectors[mine].mean(axis=0)
        means[mine] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return means


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


def _topic_of(told: Told) -> tuple[date, str]:
    return told.issue, f"topic {told.entry.id}"


def _story_of(told: Told) -> tuple[date, str]:
    titled = told.story if told.story != BRIEFLY_TITLE else None
    return (told.issue, f"story {titled}") if titled else _topic_of(told)


def nearest_told(memory: Memory, vector: Vectors) -> list[int]:
    """The places of the passages that are nearest to a statement's vector (dim,), as far as they are near."""
    near = memory.vectors @ vector
    return [int(row) for row in np.argsort(-near, kind="stable")[:LOOKED_AT] if near[row] >= NEAR]


def judge(
    statement: Statement,
    published: datetime | None,
    memory: Memory,
    *,
    vector: Vectors,
    lead: Vectors,
    same: Mapping[int, float] = MappingProxyType({}),
) -> Verdict | None:
    """Hold a statement against what was told; None when it is fresh.

    `vector` (dim,) is the statement's, `lead` (dim,) that of its article. `same` says of the passages of
    `nearest_told` how likely each tells the statement's fact.
    """
    if not memory.passages:
        return None
    near, beside = memory.vectors @ vector, memory.stories @ lead
    around = np.flatnonzero(beside >= BESIDE) if fates(statement.text) else ()
    rows = list(dict.fromkeys([*nearest_told(memory, vector), *map(int, around)]))
    new = Side(text=statement.text, published=published)
    moved = [_moved(new, memory.passages[row], float(near[row]), float(beside[row])) for row in rows]
    told = [
        _told(statement.text, memory.passages[row], float(near[row]), memory, same=same.get(row, 0.0)) for row in rows
    ]
    return _settle([one for one in told if one], [one for one in moved if one])


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


def _known(texts: Sequence[str]) -> Known:
    said = [read(text) for text in texts]
    return Known(
        stems=frozenset().union(*(one.stems for one in said)),
        names=frozenset().union(*(one.names for one in said)),
        figures=tuple(figure for one in said for figure in one.figures),
    )


def _told(text: str, passage: Passage, near: float, memory: Memory, *, same: float) -> Verdict | None:
    """The verdict that the passage, with the rest of its story, told all of this; None when it did not."""
    new, old = read(text), read(passage.text)
    topic, story = memory.known[_topic_of(passage.told)], memory.known[_story_of(passage.told)]
    covered = len(new.stems & story.stems) / max(1, len(new.stems))
    nearly = near >= NEAR_TOLD and len(new.stems & old.stems) >= SHARED_TOLD * len(new.stems) and covered >= COVERED
    anew = same >= SAME_FACT and covered >= COVERED_ANEW
    known = topic if nearly else story
    if not (nearly or anew) or new.negated != old.negated or _goes_on(passage.text, text):
        return None
    if not new.names <= known.names | known.stems:
        return None
    if not all(any(_same_figure(figure, other) for other in known.figures) for figure in new.figures):
        return None
    states = {(one.group, one.state) for one in outcomes(passage.text)}
    if not {(one.group, one.state) for one in outcomes(text)} <= states:
        return None
    return Verdict(passage=passage, closeness=near)


def _goes_on(old: str, new: str) -> bool:
    """Whether what the old text expects is done in the new one, or what one of them tells has failed in the other."""
    ahead, failed = _AHEAD.search(old), _FAILED.search(old)
    return bool(ahead and not _AHEAD.search(new)) or bool(failed) != bool(_FAILED.search(new))


def _same_figure(figure: Quantity, other: Quantity) -> bool:
    """Whether two figures can be one: "five boats" is not "five vessels"."""
    if figure.noun and other.noun and figure.noun != other.noun and figure.role != other.role:
        return False
    return figure.ordinal == other.ordinal and same_quantity(figure, other)


def _moved(new: Side, passage: Passage, near: float, beside: float) -> Verdict | None:
    """The verdict that this tells differently what the passage told; None when it does not, or is about another."""
    found = moves(Side(text=passage.text, published=passage.published), new, near=near, beside=beside)
    return Verdict(passage=passage, closeness=near, moves=found) if found else None
