"""A statement as it is compared with the others of its issue: when its article came out, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from digest.language.fates import Fate
from digest.models import Article, Statement
from digest.updates.subject import Side

# Reports that came out closer together than this are of one time: their counts differ, neither has overtaken the other.
APART = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A statement with its origin, its topic and story, when its article came out, and both their vectors (dim,).

    `counts` are the counts of people that its article stands for, `recalls` says that it tells others (`with_counts`).
    """

    statement: Statement
    published: datetime | None
    article: Article
    origin: str
    topic: str
    vector: NDArray[np.float32]
    lead: NDArray[np.float32]
    story: int = 0
    counts: tuple[Fate, ...] = ()
    recalls: bool = False


def time_of(one: Dated) -> datetime:
    """When its article came out; only of those that are dated."""
    assert one.published is not None
    return one.published


def near(one: Dated, other: Dated) -> float:
    """How alike two statements are: wholly, when the judge put them into one topic."""
    return 1.0 if one.topic == other.topic else float(one.vector @ other.vector)


def side(one: Dated) -> Side:
    """The statement as one of the two that are held against each other."""
    return Side(text=one.statement.text, published=one.published, story=one.story)
