"""The Summarizer protocol, and the table of writers that the configuration can name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from digest.config import LinesConfig
from digest.models import Draft, Topic
from digest.summarize.checked import CheckedSummarizer, Limits
from digest.summarize.extractive import ExtractiveSummarizer
from digest.summarize.prompts import LineWriter


class Summarizer(Protocol):
    """Anything that writes the lines of topics."""

    def write_all(self, topics: Sequence[Topic], /) -> Sequence[Draft | None]:
        """Return a line per topic, in their order, or None where no sentence about a topic can stand alone."""
        ...


def load_summarizer(config: LinesConfig) -> Summarizer:
    """The writer that `lines.writer` names, with what checks it. Raises ModelError when a model cannot be loaded."""
    return _WRITERS[config.writer](config)


def _extractive(config: LinesConfig) -> Summarizer:
    return ExtractiveSummarizer(max_words=config.max_words, stand_alone=config.stand_alone)


def _transformers(config: LinesConfig) -> Summarizer:
    from digest.summarize.generate import load_generator

    return _checked(load_generator(config), config)


def _endpoint(config: LinesConfig) -> Summarizer:
    from digest.summarize.endpoint import load_endpoint

    return _checked(load_endpoint(config), config)


def _checked(writer: LineWriter, config: LinesConfig) -> Summarizer:
    from digest.summarize.entailment import load_entailment

    model = config.entailment_model
    limits = Limits(
        max_words=config.max_words, max_citations=config.max_citations, entailment=config.entailment_threshold
    )
    entailment = load_entailment(model, device=config.device) if model else None
    return CheckedSummarizer(writer, name=f"{config.writer} {config.model}", limits=limits, entailment=entailment)


_WRITERS: dict[str, Callable[[LinesConfig], Summarizer]] = {
    "extractive": _extractive,
    "transformers": _transformers,
    "endpoint": _endpoint,
}
