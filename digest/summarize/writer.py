"""The Summarizer protocol, and the table of writers that the configuration can name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from digest.config import LinesConfig
from digest.models import Draft, Topic
from digest.summarize.extractive import ExtractiveSummarizer


class Summarizer(Protocol):
    """Anything that writes the lines of topics."""

    def write_all(self, topics: Sequence[Topic], /) -> Sequence[Draft | None]:
        """Return a line per topic, in their order, or None where no sentence about a topic can stand alone."""
        ...


_WRITERS: dict[str, Callable[[LinesConfig], Summarizer]] = {
    "extractive": lambda config: ExtractiveSummarizer(max_words=config.max_words),
}


def load_summarizer(config: LinesConfig) -> Summarizer:
    """The writer that `lines.writer` names."""
    return _WRITERS[config.writer](config)
