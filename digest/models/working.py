"""The values that go from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from digest.models.brief import LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published text.

    `text` is the cleaned body, never changed after collecting: every offset in the program points into it.
    `outlet` is who published it, `carrier` a site that re-published it (an aggregator, a blog copy); what is not
    known is None. `source` says which configured source, and which file or entry of it, it came from. Datetimes are
    aware and in UTC. `stub` marks a text that is only a teaser or stops at a paywall.
    """

    id: str
    title: str
    text: str
    outlet: str | None = None
    carrier: str | None = None
    link: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    lang: str | None = None
    tags: tuple[str, ...] = ()
    source: str = ""
    stub: bool = False

    @property
    def label(self) -> str:
        """What to call it: its outlet, else its title, else its file."""
        return self.outlet or self.title or self.source.rpartition("../")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An independent text: `articles[0]` stands for it, the others are its copies, in the order of their ids."""

    id: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence-sized claim: `text == article.text[start:end]`, offsets in characters.

    `position` counts the article's statements from 0; `heading` is the heading it stood under, if any.
    """

    id: str
    article_id: str
    start: int
    end: int
    text: str
    position: int
    heading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """A piece of an article that is not a statement, with the reason it was left out."""

    article_id: str
    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A cluster of statements, across articles, that say the same thing.

    `origins[i]` is the origin of `statements[i]` (copies and credited agencies resolve to the same one), and
    `centrality[i]` its mean cosine similarity to the topic's statements (1 for a single one). `articles` holds the
    statements' articles by id, for the writer that must restore a subject or read a date. `elsewhere[i]`,
    where that is known, says how surely a better topic of its story tells `statements[i]` as well: 0 where that is no
    likelier than not, 1 where it is certain.
    The line is one of `leads`, the ids of statements, where there are any; the others may bear it out.
    """

    id: str
    statements: tuple[Statement, ...]
    origins: tuple[str, ...]
    centrality: tuple[float, ...]
    articles: Mapping[str, Article]
    elsewhere: tuple[float, ...] = ()
    leads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReading:
    """One value as told, its unit where it has one, and the statements that tell it."""

    value: str
    unit: str | None = None
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDifference:
    """A difference before its sources are numbered: what is told differently, and its values, oldest first.

    With `over_time` the count moved while the sources wrote; without it, they differ.
    """

    what: str
    values: tuple[TopicReading, ...]
    over_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A line before its citations are numbered: the text, how it came about, and the statements that support it.

    `steps` are the writer's reasons, one short sentence each, for `digest explain`. `attempts` counts the lines a
    model wrote for it; 0 when none was asked.
    """

    text: str
    kind: LineKind
    statements: tuple[Statement, ...]
    steps: tuple[str, ...] = ()
    attempts: int = 0
