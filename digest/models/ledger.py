"""The ledger of a brief: what was read and what became of it. A part of `brief.json`, like all of `models/brief.py`."""

from __future__ import annotations

from dataclasses import dataclass

SILENT = "nothing new for"  # how the reason begins of a source that was read, but has long had nothing new
READ_REST = "the others are read"  # how the reason ends where only some of a file's articles could not be read


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
    """What was read and what became of it. `outlets` and `origins` are of the articles that could tell something.

    Of the `lines`, `written` are a model's and `fell_back` are a source's sentence where the model's failed the check;
    `retried` counts those of both that a model was asked for twice. `updated` of the lines tell what has changed since
    an earlier issue, the others are new; `running` topics were told before and have not changed; of `mute` topics no
    sentence can stand alone; `foreign` articles are not in English, and told nothing; of those that could, `older`
    ones were published before the window. `notes` are sentences about how the brief was made, for whoever wonders.
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
    mute: int = 0
    notes: tuple[str, ...] = ()
    foreign: int = 0
    older: int = 0
