"""What a brief prints, in reading order: its stories, its topics, and what runs on unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from digest.models.brief import Background, Entry, Section, Story


class Sectioned(Protocol):
    """A brief, or what is to become one."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in their order."""


def stories(brief: Sectioned) -> Iterator[tuple[Section, Story]]:
    """Each story with the section it stands in."""
    return ((section, story) for section in brief.sections for story in section.stories)


def entries(brief: Sectioned) -> tuple[Entry, ...]:
    """The printed topics."""
    return tuple(entry for _, story in stories(brief) for entry in story.topics)


def background(brief: Sectioned) -> tuple[Background, ...]:
    """What runs on unchanged: under each section what belongs to none of its stories, then story by story."""
    return tuple(
        told
        for section in brief.sections
        for told in (*section.background, *(told for story in section.stories for told in story.background))
    )
