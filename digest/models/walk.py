"""What a brief prints, in reading order: its topics, and what runs on unchanged."""

from __future__ import annotations

from digest.models.brief import Background, Brief, Entry


def entries(brief: Brief) -> tuple[Entry, ...]:
    """The printed topics."""
    return tuple(entry for section in brief.sections for story in section.stories for entry in story.topics)


def background(brief: Brief) -> tuple[Background, ...]:
    """What runs on unchanged: under each section what belongs to none of its stories, then story by story."""
    return tuple(
        told
        for section in brief.sections
        for told in (*section.background, *(told for story in section.stories for told in story.background))
    )
