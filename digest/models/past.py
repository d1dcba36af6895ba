"""What earlier runs leave behind for today's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from digest.models.brief import Day, Entry
from digest.models.working import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """How a source answered last: its entity tag and date for a conditional request, and its body's sha256.

    `newest` is the date of its newest article: one that answers "not changed" does not say it again.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A topic that an earlier issue printed, held against today's so that nothing is told twice.

    `issue` is the day of that issue, `entry` the topic as it was printed there, `story` the title it stood under.
    """

    issue: Day
    entry: Entry
    story: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An article that an earlier issue cited and whose text its publisher has changed since.

    `before` is the text as cited, `after` the newest one; both have one id or one link. `issue` is the day of the last
    issue that cited it, and `quotes` the passages it cited, each of them part of `before.text`.
    """

    issue: Day
    before: Article
    after: Article
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the issues before this one told, as far as they are remembered; empty for a first issue.

    `until` is where the last issue's window ended. `told` is newest first; of a topic told several times, each telling
    is there. `edited` is in the order of the articles' ids. `read` are the ids of the articles that the last issue had
    in its window, cited or not: a topic that comes from these alone is not new. `first_seen` says, by id, when the
    articles at hand were first read.
    """

    until: datetime | None = None
    read: frozenset[str] = frozenset()
    told: tuple[Told, ...] = ()
    edited: tuple[Edited, ...] = ()
    first_seen: Mapping[str, datetime] = field(default_factory=dict)
