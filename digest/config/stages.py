"""The tables of the stages between reading and writing: window, copies, statements, embeddings, topics, stories."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from digest.config.values import Similarity, Table

PACKAGED_MODEL = "minilm"
MAX_HOURS = 876_600  # a hundred years: a time further back is before what a calendar can hold, or a slip


class WindowConfig(Table):
    """Which articles count as today's. An undated article counts from when it was first read."""

    since: Literal["last issue", "hours"] = Field(
        "last issue", description="'last issue': what came since it; 'hours': always the last so many hours"
    )
    hours: float | None = Field(
        None,
        gt=0,
        le=MAX_HOURS,
        examples=[30.0],
        description="how far back the first issue goes, and with since = 'hours' each; unset: take all",
    )
    # Six hours: a story's evening reports are read again beside the morning's, so that copies and confirmations of
    # them are known as such. What was told from them is not told again.
    overlap_hours: float = Field(
        6.0,
        ge=0,
        le=MAX_HOURS,
        description="hours before the last issue's end that are read again, so that stories run on",
    )
    # Three days: a weekend's feed that was out of reach. Without a bound, a new feed would pour in its whole past.
    late_hours: float = Field(
        72.0,
        ge=0,
        le=MAX_HOURS,
        description="an article first read after the last issue counts if at most this much older than it",
    )


class StoreConfig(Table):
    """What runs remember: articles, issues, mails, in one SQLite file. See docs/memory.md."""

    path: str = Field("digest.sqlite", description='the file; "": remember nothing')
    remember_days: int = Field(
        30, ge=1, description="what was told in so many days is not told again, unless it changed"
    )


class CopiesConfig(Table):
    """When two articles are one text."""

    threshold: Similarity = Field(
        0.5, description="share of the shorter text's word runs that must occur in the longer one"
    )


class StatementsConfig(Table):
    """What counts as a statement."""

    min_words: int = Field(5, ge=1, description="shorter sentences are left out as fragments")
    max_words: int = Field(90, ge=10, description="longer ones are left out as run-on text")
    other_languages: bool = Field(
        False, description="take articles that are not in English too, though the checks know English words only"
    )


class EmbeddingsConfig(Table):
    """The model that turns statements into vectors."""

    model: str = Field(
        PACKAGED_MODEL,
        description="'minilm' is the packaged all-MiniLM-L6-v2; else a sentence-transformers name or folder",
    )
    device: Literal["auto", "cpu", "cuda", "mps"] = Field("auto", description="where to run it")
    dtype: Literal["auto", "fp32", "bf16", "fp16"] = Field(
        "auto", description="numbers to calculate with; 'auto': short ones where the hardware is faster by them"
    )
    batch_tokens: int | None = Field(
        None,
        ge=64,
        examples=[4096],
        description="tokens per batch; less needs less memory; unset: 512 on a CPU, 32,768 on a GPU",
    )


class TopicsConfig(Table):
    """When two statements say the same thing."""

    # Of .2 to .5: the best on labelled pairs, cross-validated and on stories left out (docs/judge.md; .3 to .45 are
    # within a hundredth), and on the bundled example.
    threshold: Similarity = Field(
        0.35, description="probability, by the same-statement judge, above which statements join one topic"
    )
    grain: Literal["fact", "event"] = Field(
        "fact", description="'fact': a topic is one thing told; 'event': all that is told of one event"
    )
    neighbours: int = Field(24, ge=1, description="nearest statements that are judged for each statement")


class StoriesConfig(Table):
    """When two topics belong to one event."""

    # The judge's probabilities are shifted so that .5 is where cross-validated clusters are best (fit_judge.py).
    threshold: Similarity = Field(0.5, description="probability above which articles, and their topics, join one story")
