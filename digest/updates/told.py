"""Today's statements held against what earlier issues told: which of them a reader has read already, and what moved.

A statement is *told* when earlier issues said all that it says: it tells the fact of a sentence that was printed or
quoted, and adds to what they told of that story neither a name, a figure nor an outcome, nor many words. It is *moved*
when it is about what an earlier sentence was about and tells a count, an outcome or an author differently. All else is
*fresh*. Precision comes first: a fact that is swallowed, or marked as changed when it is another one, costs more than
a repetition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from digest.language.fates import fates
from digest.language.quantities import find_quantities, same_quantity
from digest.models import BRIEFLY_TITLE, History, Statement, Told
from digest.updates.changes import ONLY_RISING, Moved
from digest.updates.known import Known, adds, covered, known_from, tells_otherwise, words_of_its_own
from digest.updates.occasions import is_later, other_period
from digest.updates.subject import BESIDE, ONE_FACT, Side, moves
from digest.updates.terms import other_term

Vectors = NDArray[np.float32]
Part = tuple[date, str]  # a topic or a story of an issue

NEAR = 0.45  # cosine below which two sentences are not looked at
LOOKED_AT = 8  # nearest told texts that a statement is compared with, and of those that it came late beside
# A statement is told when the judge of facts gives it and a passage this probability or more, as it does for one topic,
# and the rest of it was told, too: the less sure the judge is, the more of its words must stand in what the story told
# (.79 of them at .35, .58 at .7, .4 at 1). Fitted as docs/updates.md says.
LIKELY = 0.35
WEIGHT = 0.6
FEWEST = 5  # words of its own below which a sentence tells too little to be known again
# Where the judge is this sure, few words are enough.
SURE = 0.9
# From so sure a judge on, so many names that nothing told has are a detail: "the Labour Department said".
DETAILS = {0.9: 2, 0.7: 1, 0.0: 0}
# What came late, from the time of the telling and before the last issue ended, cannot have gone on since: the judge's
# word is enough, a lower one where so many of its words are known. Fitted as docs/updates.md says.
LATE = 0.25
LATE_KNOWN = 0.4
OF_ONE_TIME = timedelta(hours=12).total_seconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence that an earlier issue printed or cited: its telling, and when its article came out."""

    text: str
    told: Told
    published: datetime | None
    citation: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What earlier issues told, ready for comparing: passages, their vectors (n, dim), for each the mean vector of its
    story's passages (n, dim), and when its article came out (n,), in seconds, NaN where that is not known; the rows of
    each topic and story; and where the last issue's window ended.
    """

    passages: tuple[Passage, ...]
    vectors: Vectors
    stories: Vectors
    times: NDArray[np.float64]
    rows: Mapping[Part, Sequence[int]]
    until: datetime | None


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
    rows: dict[Part, list[int]] = defaultdict(list)
    for row, passage in enumerate(passages):
        for part in {_topic_of(passage.told), _story_of(passage.told)}:
            rows[part].append(row)
    stories = [rows[part] for part in {_story_of(passage.told) for passage in passages}]
    means = _story_vectors(stories, vectors)
    times = np.array([one.published.timestamp() if one.published else np.nan for one in passages], dtype=np.float64)
    return Memory(passages=passages, vectors=vectors, stories=means, times=times, rows=rows, until=history.until)


def _story_vectors(stories: Iterable[Sequence[int]], vectors: Vectors) -> Vectors:
    means = np.zeros_like(vectors)
    for mine in stories:
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


def _topic_of(told: Told) -> Part:
    return told.issue, f"topic {told.entry.id}"


def _story_of(told: Told) -> Part:
    titled = told.story if told.story != BRIEFLY_TITLE else None
    return (told.issue, f"story {titled}") if titled else _topic_of(told)


def nearest_told(memory: Memory, vector: Vectors, published: datetime | None) -> list[int]:
    """The places of the passages to compare with a statement of this vector (dim,), whose article came out then.

    They are the nearest, as far as they are near, and the nearest of those that it came late beside.
    """
    near = memory.vectors @ vector
    order = np.argsort(-near, kind="stable")
    nearest = [int(row) for row in order[:LOOKED_AT] if near[row] >= NEAR]
    late = order[_came_late(published, memory)[order]][:LOOKED_AT]
    return list(dict.fromkeys([*nearest, *map(int, late)]))


def _came_late(published: datetime | None, memory: Memory) -> NDArray[np.bool_]:
    """Which passages, (n,), a text came late beside: it is of their half day, and from before the last issue ended."""
    if published is None or memory.until is None or published > memory.until:
        return np.zeros(len(memory.passages), dtype=np.bool_)
    return np.asarray(np.abs(memory.times - published.timestamp()) <= OF_ONE_TIME)


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
    rows = list(dict.fromkeys([*same, *map(int, around)]))
    new = Side(text=statement.text, published=published)
    moved = [
        _moved(new, memory.passages[row], float(near[row]), float(beside[row]), same.get(row, 0.0)) for row in rows
    ]
    told = _told(new, [row for row in rows if same.get(row, 0.0) >= LATE], same, memory)
    sure = [memory.passages[row] for row in rows if same.get(row, 0.0) >= ONE_FACT]
    return _settle(
        [Verdict(passage=memory.passages[row], closeness=float(near[row])) for row in told],
        [one for one in moved if one and not _was_told_since(one, new.text, sure)],
    )


def _known_of(parts: Iterable[Part], memory: Memory) -> Known:
    """What the passages hold that are of these topics or stories, of whichever issues."""
    return known_from(memory.passages[row].text for part in dict.fromkeys(parts) for row in memory.rows[part])


def _was_told_since(change: Verdict, text: str, passages: Sequence[Passage]) -> bool:
    """Whether a later issue told of the fact with another figure, which is what it was then, or the text's outcome."""
    known, decided = find_quantities(change.passage.text), known_from([text]).states
    later = [one.text for one in passages if one.told.issue > change.issue]
    counted = any(
        not figure.ordinal and not any(same_quantity(figure, old) for old in known)
        for passage in later
        for figure in find_quantities(passage)
    )
    held = {"number": counted, "outcome": not decided.isdisjoint(known_from(later).states)}
    return any(held.get(move.kind) for move in change.moves)


def _settle(told: Sequence[Verdict], moved: Sequence[Verdict]) -> Verdict | None:
    """The newest telling decides."""
    newest = max(told, key=_newness, default=None)
    change = max(moved, key=_newness, default=None)
    if newest is None or change is None:
        return newest or change
    return newest if newest.issue >= change.issue else change


def _newness(verdict: Verdict) -> tuple[date, float, float]:
    """The issue, of its counts that only rise the highest that has changed, and the likeness."""
    rising = {move.what for move in verdict.moves} & ONLY_RISING
    highest = max((count.value for count in fates(verdict.passage.text) if count.what in rising), default=0.0)
    return verdict.issue, highest, verdict.closeness


# --- told, or moved -------------------------------------------------------------------------------------------------


def _told(new: Side, rows: Sequence[int], same: Mapping[int, float], memory: Memory) -> list[int]:
    """Which of the likely passages told, with what else was told of the fact and the story, all that a text says."""
    if not rows:
        return []
    passages = {row: memory.passages[row] for row in rows}
    tellings = [passage.told for passage in passages.values()]
    fact, story = (_known_of(map(part, tellings), memory) for part in (_topic_of, _story_of))
    share, few = covered(new.text, story), words_of_its_own(new.text) < FEWEST
    came_late, found = _came_late(new.published, memory), []
    for row, passage in passages.items():
        spare = next(count for likely, count in DETAILS.items() if same[row] >= likely)
        if few and same[row] < SURE:
            continue
        likely = same[row] >= LIKELY
        late = came_late[row] and same[row] >= (LIKELY if share < LATE_KNOWN else LATE)
        late = late or (same[row] >= SURE and not (new.published and passage.published))
        if late and not tells_otherwise(new.text, passage.text, story=story):
            found.append(row)
            continue
        if not likely or share < 1 - WEIGHT * same[row]:
            continue
        sides = (new.text, new.published, passage.text, passage.published)
        if is_later(*sides) or other_term(*sides):
            continue
        if other_period(new.text, new.published, passage.published):
            continue
        if not adds(new.text, passage.text, fact=fact, story=story, spare=spare):
            found.append(row)
    return found


def _moved(new: Side, passage: Passage, near: float, beside: float, same: float) -> Verdict | None:
    """The verdict that this tells differently what the passage told; None when it does not, or is about another.

    What came out before the passage has changed nothing since.
    """
    if new.published and passage.published and new.published < passage.published:
        return None
    found = moves(Side(text=passage.text, published=passage.published), new, near=near, beside=beside, same=same)
    return Verdict(passage=passage, closeness=near, moves=found) if found else None
