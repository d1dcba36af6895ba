"""What composing works on: a topic on its way into the brief, then with its line. No number is given yet."""

from __future__ import annotations

from dataclasses import dataclass

from digest.models import Background, Change, Draft, Statement, Status, Topic, TopicDifference


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChange:
    """A change before its sources are numbered, and the statements that tell its newer side."""

    change: Change
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A topic on its way into the brief: its importance, its section (CATCH_ALL for none) and its story's label.

    `changes` are what has changed since an earlier issue told it; `past` are statements of today that it has overtaken,
    `differences` how its counts moved or differ from another topic's; the articles of both are among the topic's.
    `background` is the line of an earlier issue that said the same. `agreeing` are those of its statements that it has
    overtaken by one count and that tell another alike: they bear it out, and do not lead.
    """

    topic: Topic
    score: float
    section: int
    story: int
    status: Status = "new"
    changes: tuple[TopicChange, ...] = ()
    past: tuple[Statement, ...] = ()
    differences: tuple[TopicDifference, ...] = ()
    background: Background | None = None
    agreeing: Topic | None = None

    @property
    def origins(self) -> frozenset[str]:
        """The origins of all that tells the topic as it stands."""
        return frozenset(self.topic.origins) | frozenset(self.agreeing.origins if self.agreeing else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A candidate with its line, before numbering. `outlets` and `origins` count those who tell what the line tells."""

    candidate: Candidate
    draft: Draft
    outlets: int
    origins: int
    differences: tuple[TopicDifference, ...] = ()
    claimed_by: str | None = None
