"""The values that travel through the pipeline, as frozen dataclasses. No I/O here.

Two groups. *Working values* go from stage to stage: `Article`, `Origin`, `Statement`, `Topic`, `Draft`. The *brief* is
what templates and other programs read: `Brief` and everything below it; `brief.json` is its plain JSON form, and its
JSON Schema (docs/brief.schema.json) is generated from these classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

SCHEMA = "digest.brief/1"
BRIEFLY_TITLE = "In brief"  # of the lines whose stories have one line each: a heading, and no story's title
SILENT = "nothing new for"  # how the reason begins of a source that was read, but has long had nothing new
Day = date  # a field called "date" hides the class of that name from whoever resolves the annotations

Status = Literal["new", "updated", "running"]
LineKind = Literal["extractive", "abstractive", "fallback"]
ChangeKind = Literal["number", "outcome", "actor"]
EditKind = Literal["same", "deleted", "inserted"]
Fate = Literal["cited", "copy", "unused"]


# --- working values -----------------------------------------------------------------------------------------------


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
    statements' articles by id, for the writer that must restore a subject or read a date.
    """

    id: str
    statements: tuple[Statement, ...]
    origins: tuple[str, ...]
    centrality: tuple[float, ...]
    articles: Mapping[str, Article]


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


# --- the brief (the contract of brief.json) ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A line's link to a statement that supports it: `quote == article.text[start:end]` of the article `article_id`.

    `n` is the number of the article in the brief's sources; two citations of one article share it.
    """

    n: int
    article_id: str
    outlet: str | None
    link: str | None
    published: datetime | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The one sentence written for a topic. `claimed_by` names the party whose claim it is, when it is one."""

    text: str
    kind: LineKind
    citations: tuple[Citation, ...]
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value that some sources give, and the numbers of those sources.

    `published` is when the first of them came out; None when that is unknown, or in a brief made before it was kept.
    """

    value: str
    unit: str | None
    n: tuple[int, ...]
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What sources of one topic tell differently: `what` is counted or named, `values` who says what.

    `over_time` marks a count that moved while the sources wrote: no contradiction, newest value last.
    """

    what: str
    values: tuple[Reading, ...]
    over_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What has changed since an earlier issue told the topic: `what` went from `before` to `after`.

    Both are read from texts: `after` from a quote that the line cites from each of the sources `n`, `before` from
    `quote`, which the issue of the day `issue` cited from `outlet` (its article `article_id`, its address `link`). They
    are the words of these quotes, but for "0": nobody, none.
    """

    kind: ChangeKind
    what: str
    before: str
    after: str
    n: tuple[int, ...]
    issue: Day
    quote: str
    article_id: str
    outlet: str | None
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A topic as the brief prints it. `outlets` counts who carries it, `origins` how many independent texts say it.

    `statements` counts all statements of the topic, of which the line cites some. `changes` say what makes it
    `updated`; `past` are statements of this window that the line has overtaken, oldest first.
    """

    id: str
    status: Status
    line: Line
    outlets: int
    origins: int
    statements: int
    differences: tuple[Difference, ...] = ()
    changes: tuple[Change, ...] = ()
    past: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """A topic that runs on unchanged: `text` is the line that the issue of the day `issue` printed for it.

    `id` is the topic's in this issue, `entry` the one it had in that issue, `story` the title it stood under there;
    `outlet` and `link` are of the line's first citation there.
    """

    id: str
    story: str | None
    text: str
    issue: Day
    entry: str
    outlet: str | None
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The topics that belong to one event, most important first. `title` is None where a section prints bare lines.

    `background` are those of its topics that were told before and have not changed.
    """

    id: str
    title: str | None
    topics: tuple[Entry, ...]
    background: tuple[Background, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the brief. `empty_because` says why a section of the user's has no story.

    `background` has one topic of each story that runs on with nothing new to tell.
    """

    title: str | None
    stories: tuple[Story, ...]
    empty_because: str | None = None
    background: tuple[Background, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """An article in the brief's list of sources. `n` is its number if a line cites it.

    `label` is what to call it: the outlet, else the title, else the file. `copy_of` is the article id that a copy
    was folded into; `carried_by` names the outlets or carriers of its own copies.
    """

    n: int | None
    article_id: str
    label: str
    outlet: str | None
    carrier: str | None
    title: str
    link: str | None
    published: datetime | None
    fate: Fate
    copy_of: str | None = None
    carried_by: tuple[str, ...] = ()
    stub: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source or file that could not be read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How many topics or statements one rule left out of the brief."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What was read and what became of it.

    Of the `lines`, `written` are a model's and `fell_back` are a source's sentence where the model's failed the check;
    `retried` counts those of both that a model was asked for twice. `updated` of the lines tell what has changed since
    an earlier issue, the others are new; `running` topics were told before and have not changed.
    """

    articles: int
    outlets: int
    origins: int
    copies: int
    off_window: int
    undated: int
    stubs: int
    statements: int
    topics: int
    lines: int
    below_cut: int
    omitted: tuple[LeftOut, ...] = ()
    failures: tuple[Failure, ...] = ()
    written: int = 0
    retried: int = 0
    fell_back: int = 0
    new: int = 0
    updated: int = 0
    running: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time the brief covers. `since` is None when every article was taken, however old."""

    since: datetime | None
    until: datetime
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The previous or next issue of a series; `folder` is relative to this issue's own folder."""

    number: int
    date: Day
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Briefs that continue: this issue's number, and its neighbours where they exist."""

    name: str
    number: int
    unit: str = "day"
    previous: Neighbour | None = None
    next: Neighbour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPart:
    """A run of words that an edit kept, took out or put in."""

    kind: EditKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A sentence that the issue of the day `issue` cited and that its publisher has changed since.

    `before` is the sentence as cited; `after` as it stands now, or None when it is gone. `parts` are the difference,
    word by word. `label` is what to call the article, `edited` when its publisher says it was changed.
    """

    issue: Day
    article_id: str
    label: str
    title: str
    link: str | None
    edited: datetime | None
    before: str
    after: str | None
    parts: tuple[EditPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One issue: sections, stories, lines, sources, ledger, and the edits of what earlier issues cited."""

    title: str
    date: Day
    window: Window
    series: Series | None
    sections: tuple[Section, ...]
    sources: tuple[SourceEntry, ...]
    ledger: Ledger
    edits: tuple[Edit, ...] = ()
    schema: str = field(default=SCHEMA)


# --- what earlier issues leave behind ---------------------------------------------------------------------------------


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
