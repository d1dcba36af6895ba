"""What the brief holds and how it looks: brief, sections, series, render."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from digest.config.values import Phrase, Table, TimeZone

Format = Literal["md", "html", "txt", "prose"]


class BriefConfig(Table):
    """What the brief holds, and where it goes."""

    title: Phrase = Field("Daily brief", description="the brief's title")
    timezone: TimeZone = Field("UTC", description="the reader's time zone")
    outputs: str = Field("outputs", description="folder for the briefs; each issue gets outputs/<date>/")
    max_lines: int = Field(40, ge=1, description="lines in the whole brief, at most; the footer counts the rest")
    max_lines_per_story: int = Field(20, ge=1, description="lines in one story, at most")
    max_lines_per_article: int = Field(
        8, ge=1, description="lines that rest on one and the same article alone, at most"
    )
    min_origins: int = Field(1, ge=1, description="leave out topics that fewer independent origins report")


class SectionConfig(Table):
    """A section of the brief. Repeat the table; the order here is the order in the brief."""

    title: Phrase = Field(examples=["Economy"], description="the section's heading")
    about: tuple[Phrase, ...] = Field(
        (),
        examples=[("inflation and interest rates", "jobs", "trade")],
        description="phrases that say what belongs here, matched by meaning and words; unset: the title alone says it; "
        "a story stands in one section, but for what clearly belongs in another",
    )
    max_lines: int | None = Field(None, ge=1, examples=[10], description="lines in this section, at most")


class SeriesConfig(Table):
    """Briefs that continue: number them by the day."""

    name: Phrase = Field(examples=["Strait watch"], description="the series' name, shown instead of the title")
    first_day: date = Field(
        examples=[date(2026, 1, 1)], description="the day of the first issue, as a TOML date: 2026-01-31"
    )
    first_number: int = Field(1, ge=-1_000_000_000, le=1_000_000_000, description="the first issue's number")


class RenderConfig(Table):
    """How the brief looks."""

    formats: tuple[Format, ...] = Field(("md", "html", "txt"), description="files to write beside brief.json")
    templates: str | None = Field(
        None,
        examples=["templates"],
        description="your folder of templates; one named like ours (brief.md.j2) replaces it",
    )
