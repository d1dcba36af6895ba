"""Several writers side by side on the same topics: what `digest compare` measures, and the page it writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.config import Config, LinesConfig
from digest.deliver.outputs import write_whole
from digest.embeddings import load_encoder
from digest.errors import ConfigError
from digest.job import Job
from digest.memory import read_sources
from digest.models import Brief, Draft, Topic
from digest.pipeline import build_brief
from digest.render import render
from digest.store import Database
from digest.summarize import Summarizer, load_summarizer

TEMPLATE = "compare.html.j2"
EXTRACTIVE = "extractive"

Load = Callable[[LinesConfig], Summarizer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One writer: its name and model, its drafts in the order of the topics, and the seconds it took, loading apart."""

    name: str
    model: str | None
    drafts: tuple[Draft | None, ...]
    seconds: float

    @property
    def written(self) -> int:
        """Lines that passed the check as the model wrote them."""
        return sum(draft is not None and draft.kind == "abstractive" for draft in self.drafts)

    @property
    def retried(self) -> int:
        """Topics for which a model was asked twice."""
        return sum(draft is not None and draft.attempts > 1 for draft in self.drafts)

    @property
    def fell_back(self) -> int:
        """Lines that are a source's sentence in the place of a written one."""
        return sum(draft is not None and draft.kind == "fallback" for draft in self.drafts)

    @property
    def lines(self) -> int:
        """Topics that got a line of any kind."""
        return sum(draft is not None for draft in self.drafts)

    @property
    def words(self) -> float:
        """Mean words per line."""
        return sum(len(draft.text.split()) for draft in self.drafts if draft) / max(1, self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The writers, and the topics that all of them wrote, most important first."""

    columns: tuple[Column, ...]
    topics: tuple[Topic, ...]


class Overheard:
    """A Summarizer that writes as `writer` does, and keeps the topics it was last asked for: those of the brief."""

    def __init__(self, writer: Summarizer) -> None:
        self._writer = writer
        self.topics: tuple[Topic, ...] = ()

    def write_all(self, topics: Sequence[Topic], /) -> Sequence[Draft | None]:
        """Return the writer's drafts."""
        self.topics = tuple(topics)
        return self._writer.write_all(topics)


def side_by_side(writers: Sequence[tuple[str, LinesConfig]], topics: Sequence[Topic], *, load: Load) -> Comparison:
    """Let each writer write the topics, one after the other, so that only one model is in memory."""
    columns = tuple(_column(name, config, topics, load) for name, config in writers)
    return Comparison(columns=columns, topics=tuple(topics))


def _column(name: str, config: LinesConfig, topics: Sequence[Topic], load: Load) -> Column:
    writer = load(config)
    start = time.perf_counter()
    drafts = tuple(writer.write_all(topics))
    return Column(name=name, model=config.model, drafts=drafts, seconds=time.perf_counter() - start)


def writers_named(names: Sequence[str], config: Config) -> tuple[tuple[str, LinesConfig], ...]:
    """The writers of these names, each once. Raises ConfigError that lists the known ones."""
    if not names:
        raise ConfigError("--writers", "names none", hint="for example --writers extractive,facebook/bart-large-cnn")
    return tuple((name, _named(name, config)) for name in dict.fromkeys(names))


def _named(name: str, config: Config) -> LinesConfig:
    """A name is "extractive", a [[writers]] table's, the [lines] table's writer, or a model's folder or hub name."""
    known: dict[str, LinesConfig] = {EXTRACTIVE: config.lines.model_copy(update={"writer": EXTRACTIVE, "model": None})}
    known |= {config.lines.writer: config.lines} if config.lines.writer != EXTRACTIVE else {}
    known |= {writer.name: writer for writer in config.writers}
    if name in known:
        return known[name]
    if "/" in name or Path(name).is_dir():
        return config.lines.model_copy(update={"writer": "transformers", "model": name})
    raise ConfigError(
        f"--writers {name}",
        f"no writer is called so; known are {', '.join(known)}",
        hint="add a [[writers]] table with that name, or give a model's folder or hub name",
    )


def compare(
    job: Job, *, names: Sequence[str], now: datetime, on_stage: Callable[[str], None] = lambda stage: None
) -> tuple[Brief, Comparison]:
    """Let each writer write the topics of the job's brief. Raises DigestError."""
    writers = writers_named(names, job.config)
    overheard = Overheard(load_summarizer(_named(EXTRACTIVE, job.config)))
    on_stage("reading sources")
    with Database(None) as forgetful:  # a comparison is no issue: it leaves nothing behind
        intake = read_sources(job.config, forgetful, base=job.base, now=now)
    on_stage("loading the embedding model")
    encoder = load_encoder(job.config.embeddings)
    issue = build_brief(
        intake.articles, config=job.config, encoder=encoder, summarizer=overheard, now=now, on_stage=on_stage
    )
    on_stage("writing side by side")
    return issue.brief, side_by_side(writers, overheard.topics, load=load_summarizer)


def write_page(path: Path, brief: Brief, comparison: Comparison) -> None:
    """Write the comparison as one HTML page."""
    write_whole(path, render(brief, TEMPLATE, values={"comparison": comparison}))
