"""The brief, the contract of `brief.json`: what templates and other programs read.

`brief.json` is its plain JSON form, and its JSON Schema (docs/brief.schema.json) is generated from these classes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from digest.models.ledger import Ledger

SCHEMA = "digest.brief/1"
BRIEFLY_TITLE = "In brief"  # of the lines whose stories have one line each: a heading, and no story's title
Day = date  # a field called "date" hides the class of that name from whoever resolves the annotations

Status = Literal["new", "updated", "running"]
LineKind = Literal["extractive", "abstractive", "fallback"]
ChangeKind = Literal["number", "outcome", "actor"]
EditKind = Literal["same", "deleted", "inserted"]
Fate = Literal["cited", "copy", "unused"]


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
    are the words of these quotes.
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
    was folded into; `carried_by` names the outlets or carriers of its own copies; a copy
    that says neither goes by its title.
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
    """One issue: sections, stories, lines, sources, ledger, and the edits of what earlier issues cited.

    `title` is the series' name where it is one of a series: issues that continue each other share it.
    """

    title: str
    date: Day
    window: Window
    series: Series | None
    sections: tuple[Section, ...]
    sources: tuple[SourceEntry, ...]
    ledger: Ledger
    edits: tuple[Edit, ...] = ()
    schema: str = field(default=SCHEMA)
