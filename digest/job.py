"""One whole run: read the configuration and the sources, build the brief, render it, put it in the outputs folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from digest.config import BriefConfig, Config, SourceConfig, load_config
from digest.counting import counted
from digest.deliver.outputs import (
    IssueFolder,
    changed_texts,
    check_place,
    following_issue,
    issue_texts,
    previous_issue,
    previous_with_link,
    write_texts,
)
from digest.embeddings import CachedEncoder, cached_encoder
from digest.engines import Map, encoding_map, local_map
from digest.engines.recalling import RecallingMap
from digest.errors import ConfigError
from digest.memory import Intake, check_tells, finish_writing, read_sources
from digest.models import Brief
from digest.pipeline import Issue, build_brief
from digest.places import outputs_path, store_path, templates_path
from digest.render import FORMATS, render
from digest.store import Database
from digest.store.issues import keep_issue, keep_texts, mark_written
from digest.store.kept import Kept, KeptVectors
from digest.store.lock import one_run
from digest.summarize import load_summarizer
from digest.window import local_date, series_name, window_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to run: the configuration, the folder its paths are relative to, the folder for issues, and the store.

    Without a store nothing is remembered.
    """

    config: Config
    base: Path
    outputs: Path
    store: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A run's result: the issue's folder, its files (the ones a person reads first), and the brief."""

    folder: Path
    files: tuple[Path, ...]
    brief: Brief


def job_for(target: Path, *, title: str | None = None, outputs: Path | None = None, offline: bool = False) -> Job:
    """The job of a configuration file, or of a bare folder or file of articles. Raises ConfigError.

    With `offline` no connection is opened, whatever the configuration says. Without a configuration nothing is
    remembered.
    """
    if not target.exists():
        raise ConfigError(str(target), "does not exist", hint="give a .toml file, or a folder or file of articles")
    if target.suffix.lower() == ".toml" and not target.is_dir():
        config = load_config(target)
        base, default_outputs = target.parent, outputs_path(target.parent, config)
        store = store_path(target.parent, config)
    else:
        base, path = (target, ".") if target.is_dir() else (target.parent, target.name)
        config = Config(sources=(SourceConfig(path=path),))
        default_outputs, store = Path("outputs"), None
    if title and title.strip():
        config = config.model_copy(update={"brief": BriefConfig(**{**config.brief.model_dump(), "title": title})})
    if offline:
        config = config.model_copy(update={"collect": config.collect.model_copy(update={"offline": True})})
    if not config.sources:
        raise ConfigError(str(target), "names no source", hint="add a [[sources]] table with a path")
    return Job(config=config, base=base, outputs=outputs or default_outputs, store=store)


def run(
    job: Job,
    *,
    now: datetime,
    replacing: bool = False,
    each: Map = local_map,
    on_stage: Callable[[str], None] = lambda stage: None,
) -> Finished:
    """Run a job at the time `now` (aware). Raises DigestError; what single sources raise goes to the ledger.

    An issue of another brief in the same place is an error, unless `replacing`. `each` is the map that reads, splits
    and encodes (`digest.engines`): in this process, over its processors or over other machines.

    Raises NothingNewError, and makes no issue, when there is nothing to tell that was not told already. Killed at any
    time and run again, it makes the issue that an undisturbed run makes: what was read is kept in one transaction, the
    whole issue in a second, and only then are its files written, from what is kept.
    """
    with one_run(job.store), Database(job.store) as database:
        finish_writing(database, job.outputs)
        on_stage("reading sources")
        intake = read_sources(job.config, database, base=job.base, now=now, each=each)
        if not replacing:
            _check_place(job, intake)  # only now: an issue is of this brief, too, where they share an article
        kept = Kept(database, now=intake.now)
        encoder = cached_encoder(job.config.embeddings, KeptVectors(kept), each=encoding_map(each))
        recalling = RecallingMap(each, kept) if job.store else each
        issue = _build(job, intake, encoder, recalling, on_stage)
        on_stage("writing the brief")
        return _keep_and_write(job, database, issue)


def _check_place(job: Job, intake: Intake) -> None:
    """Raise DeliverError where the day's folder holds another brief."""
    window = window_at(intake.now, job.config, last=intake.history.until)
    check_place(
        job.outputs / local_date(intake.now, job.config).isoformat(),
        title=series_name(job.config),
        articles={article.id for article in intake.articles},
        windowed=window.since is not None,
    )


def _build(job: Job, intake: Intake, encoder: CachedEncoder, each: Map, on_stage: Callable[[str], None]) -> Issue:
    config = job.config
    today = local_date(intake.now, config)
    name = config.series.name if config.series else None
    issue = build_brief(
        intake.articles,
        config=config,
        encoder=encoder,
        summarizer=load_summarizer(config.lines),
        now=intake.now,
        failures=intake.failures,
        previous=previous_issue(job.outputs, name=name, today=today) if name else None,
        history=intake.history,
        each=each,
        on_stage=on_stage,
    )
    check_tells(issue.brief, intake.history)  # only now: what was told before is known by its words
    accounts = issue.brief.ledger
    again = {one.id: intake.again[one.id] for one in issue.articles if one.id in intake.again}
    issue = replace(issue, trace=replace(issue.trace, again=again))
    found = (f"{counted(len(again), 'article', one='One')} stood in more than one place.",) if again else ()
    brief = replace(issue.brief, ledger=replace(accounts, notes=(*accounts.notes, *found, *encoder.notes)))
    if brief.series is None:
        return replace(issue, brief=brief)
    following = following_issue(job.outputs, name=brief.series.name, today=today)
    return replace(issue, brief=replace(brief, series=replace(brief.series, next=following)))


def _keep_and_write(job: Job, database: Database, issue: Issue) -> Finished:
    """Keep the issue, and the previous one with its link to it, in one transaction; then write what is kept."""
    brief, folder = issue.brief, job.outputs / issue.brief.date.isoformat()
    rendered = _pages(job, brief, [FORMATS[key][1] for key in job.config.render.formats])
    texts = issue_texts(brief, articles=issue.articles, trace=issue.trace, rendered=rendered)
    before = previous_with_link(job.outputs, brief, folder=folder.name)
    texts_before = _changed_texts(job, before) if before else {}
    with database.transaction():
        keep_issue(database, brief, articles=issue.articles, texts=texts, folder=folder)
        if before:
            keep_texts(database, before.brief.title, before.brief.date, texts_before)
    files = write_texts(folder, texts)
    for _, page in FORMATS.values():
        if page not in texts:  # of this issue as it was made before, in a format that is not asked for any more
            (folder / page).unlink(missing_ok=True)
    if before:
        write_texts(before.path, texts_before)
    mark_written(database, brief.title, brief.date)
    return Finished(folder=folder, files=files, brief=brief)


def _changed_texts(job: Job, issue: IssueFolder) -> dict[str, str]:
    """The files of a finished issue, with the pages that it has rendered again."""
    pages = [page for _, page in FORMATS.values() if (issue.path / page).exists()]
    return changed_texts(issue, rendered=_pages(job, issue.brief, pages))


def _pages(job: Job, brief: Brief, names: Sequence[str]) -> dict[str, str]:
    """The pages of these names, rendered from a brief."""
    templates = templates_path(job.base, job.config)
    template_of = {page: template for template, page in FORMATS.values()}
    return {name: render(brief, template_of[name], templates=templates) for name in names}
