"""One whole run: read the configuration and the sources, build the brief, render it, put it in the outputs folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from digest.collect import Collection, collect
from digest.config import BriefConfig, Config, SourceConfig, load_config
from digest.deliver.outputs import (
    IssueFolder,
    following_issue,
    link_next,
    previous_issue,
    read_issue,
    write_issue,
    write_whole,
)
from digest.embeddings import load_encoder
from digest.errors import ConfigError, NoArticlesError
from digest.models import Brief
from digest.pipeline import build_brief
from digest.render import render
from digest.summarize import load_summarizer
from digest.window import local_date, window_at

log = logging.getLogger(__name__)

# Format to (template, file).
FORMATS: dict[str, tuple[str, str]] = {
    "md": ("brief.md.j2", "brief.md"),
    "html": ("brief.html.j2", "brief.html"),
    "txt": ("brief.txt.j2", "brief.txt"),
    "prose": ("prose.md.j2", "prose.md"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to run: the configuration, the folder its paths are relative to, and the folder for issues."""

    config: Config
    base: Path
    outputs: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A run's result: the issue's folder, its files (the ones a person reads first), and the brief."""

    folder: Path
    files: tuple[Path, ...]
    brief: Brief


def job_for(target: Path, *, title: str | None = None, outputs: Path | None = None, offline: bool = False) -> Job:
    """The job of a configuration file, or of a bare folder of articles. Raises ConfigError.

    With `offline` no connection is opened, whatever the configuration says.
    """
    if target.is_dir():
        config = Config(sources=(SourceConfig(path="."),))
        base, default_outputs = target, Path("outputs")
    elif target.suffix.lower() == ".toml":
        config = load_config(target)
        # Without "..": the path is printed for a person to open.
        base, default_outputs = target.parent, Path(os.path.normpath(target.parent / config.brief.outputs))
    else:
        raise ConfigError(
            str(target), "is neither a .toml file nor a folder", hint="`digest init` writes a digest.toml"
        )
    if title:
        config = config.model_copy(update={"brief": BriefConfig(**{**config.brief.model_dump(), "title": title})})
    if offline:
        config = config.model_copy(update={"collect": config.collect.model_copy(update={"offline": True})})
    if not config.sources:
        raise ConfigError(str(target), "names no source", hint="add a [[sources]] table with a path")
    return Job(config=config, base=base, outputs=outputs or default_outputs)


def run(job: Job, *, now: datetime, on_stage: Callable[[str], None] = lambda stage: None) -> Finished:
    """Run a job at the time `now` (aware). Raises DigestError; what single sources raise goes to the ledger."""
    config = job.config
    on_stage("reading sources")
    collection = read_sources(job, now=now)
    on_stage("loading the embedding model")
    encoder = load_encoder(config.embeddings)
    today = local_date(now, config)
    name = config.series.name if config.series else None
    issue = build_brief(
        collection.articles,
        config=config,
        encoder=encoder,
        summarizer=load_summarizer(config.lines),
        now=now,
        failures=(*collection.failures, *collection.silent),
        previous=previous_issue(job.outputs, name=name, today=today) if name else None,
        on_stage=on_stage,
    )
    brief = issue.brief
    if brief.series:
        following = following_issue(job.outputs, name=brief.series.name, today=today)
        brief = replace(brief, series=replace(brief.series, next=following))
    on_stage("writing the brief")
    templates = _templates(job)
    rendered = {FORMATS[key][1]: render(brief, FORMATS[key][0], templates=templates) for key in config.render.formats}
    folder = job.outputs / today.isoformat()
    files = write_issue(folder, brief=brief, articles=issue.articles, trace=issue.trace, rendered=rendered)
    _link_previous(job, brief, folder.name, templates)
    return Finished(folder=folder, files=files, brief=brief)


def read_sources(job: Job, *, now: datetime) -> Collection:
    """The articles of the job's sources. Raises NoArticlesError when there are none."""
    config = job.config
    collection = collect(config.sources, base=job.base, settings=config.collect, window=window_at(now, config))
    for note in collection.notes:
        log.info("%s: %s", note.source, note.reason)
    if not collection.articles:
        reasons = "; ".join(f"{failure.source}: {failure.reason}" for failure in collection.failures[:5])
        raise NoArticlesError("sources", f"gave no readable article ({reasons})", hint="check the paths in [[sources]]")
    return collection


def render_again(issue: IssueFolder, *, templates: Path | None = None) -> None:
    """Render the pages that an issue has once more, from its brief.json."""
    for template, file in FORMATS.values():
        if (issue.path / file).exists():
            write_whole(issue.path / file, render(issue.brief, template, templates=templates))


def _link_previous(job: Job, brief: Brief, folder: str, templates: Path | None) -> None:
    changed = link_next(job.outputs, brief, folder=folder)
    if changed:
        render_again(read_issue(changed), templates=templates)


def _templates(job: Job) -> Path | None:
    return job.base / job.config.render.templates if job.config.render.templates else None
