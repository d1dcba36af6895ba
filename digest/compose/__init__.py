"""Topics and their lines to the brief: choose the lines, lay them out, number their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.compose.candidates import Candidate, TopicChange, Written
from digest.compose.choosing import IN_THE_BRIEF, TELLS_LITTLE, choose, places, shortlist
from digest.compose.layout import NONE_MADE_IT, NOTHING_FOUND, NOTHING_NEW, OTHER_TITLE, RUNNING_TITLE, lay_out
from digest.compose.numbering import number_articles, numbered_section
from digest.compose.sources import list_sources
from digest.config import Config
from digest.models import Origin, Section, SourceEntry

__all__ = [
    "IN_THE_BRIEF", "NONE_MADE_IT", "NOTHING_FOUND", "NOTHING_NEW", "OTHER_TITLE", "RUNNING_TITLE", "TELLS_LITTLE",
    "Candidate", "Composition", "TopicChange", "Written", "compose", "places", "shortlist",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The body of a brief, its sources, and the fates of the topics that were printed or repeat another.

    What is in neither group fell below the cut.
    """

    sections: tuple[Section, ...]
    sources: tuple[SourceEntry, ...]
    fates: Mapping[str, str]


def compose(
    written: Sequence[Written],
    *,
    config: Config,
    origins: Sequence[Origin],
    titles: Mapping[int, str | None],
    with_topics: frozenset[int] = frozenset(),
    running: Sequence[Candidate] = (),
) -> Composition:
    """Choose, order and number the lines.

    `titles` gives a title per story label; `with_topics` are the sections (by index) that had any, so that an empty one
    can say why it is empty; `running` are the topics that earlier issues told, best first.
    """
    chosen, fates = choose(written, config)
    behind = [candidate for candidate in running if candidate.background]
    plans = lay_out(chosen, behind, config, titles, with_topics)
    numbers = number_articles(plans, config)
    sections = tuple(numbered_section(plan, numbers, config) for plan in plans)
    return Composition(sections=sections, sources=list_sources(origins, numbers), fates=fates)
