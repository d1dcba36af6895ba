"""What is done with the memory of a configuration between runs: list its issues, write one again, drop what is old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from digest.config import Config, load_config
from digest.contract import BRIEF_FILE, brief_from_json
from digest.deliver.outputs import write_texts
from digest.errors import BriefFileError, ConfigError, RenderError, StoreError
from digest.places import outputs_path, store_path, templates_path
from digest.render import FORMATS, render
from digest.store import Database
from digest.store.issues import KeptIssue, issue_texts, kept_issues
from digest.store.lock import one_run
from digest.store.outbox import mailing_states
from digest.store.prune import Pruned, prune
from digest.window import series_name

LATEST = "latest"
NO_MEMORY = (
    "runs on a folder or a file without a configuration keep none: `digest init` writes one, `digest stats OUTPUTS` "
    "lists the issues of a folder"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedIssue:
    """A kept issue, and how many of its mails are in which state (pending, sending, sent, failed)."""

    issue: KeptIssue
    mails: Mapping[str, int]


def _configuration(config_file: Path) -> Config:
    if not config_file.is_file():
        what = "is a folder" if config_file.is_dir() else "does not exist"
        raise ConfigError(str(config_file), f"{what}, and a memory belongs to a configuration", hint=NO_MEMORY)
    return load_config(config_file)


@contextmanager
def _memory(config_file: Path, *, read_only: bool = True) -> Iterator[tuple[Config, Database]]:
    """The configuration and its open store. Raises ConfigError, or StoreError when there is none."""
    config = _configuration(config_file)
    path = store_path(config_file.parent, config)
    if path is None:
        raise ConfigError(str(config_file), "keeps no memory (store.path is empty)", hint="set store.path")
    if not path.exists():
        raise StoreError(str(path), "is not there yet: nothing was made so far", hint=f"digest run {config_file}")
    with Database(path, read_only=read_only) as database:
        yield config, database


def list_issues(config_file: Path) -> tuple[ListedIssue, ...]:
    """The issues in the store of a configuration, by series and day. Raises DigestError."""
    with _memory(config_file) as (_, database):
        states = mailing_states(database)
        issues = sorted(kept_issues(database), key=lambda issue: (issue.series, issue.day))
        return tuple(ListedIssue(issue=one, mails=states.get(f"{one.series}/{one.day}", Counter())) for one in issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """An issue that was written again: its files, and in a sentence each, which pages would look otherwise today."""

    files: tuple[Path, ...]
    changed: tuple[str, ...]


def replay(name: str, *, config_file: Path, folder: Path | None = None) -> Replayed:
    """Write an issue's files once more, byte for byte, into `folder` or its own one in the outputs.

    Its pages are also rendered anew from the brief that was kept, and each that comes out otherwise is named. `name` is
    the issue's day, its number, or "latest". Raises StoreError when there is no such issue.
    """
    with _memory(config_file) as (config, database):
        issues = kept_issues(database, series=series_name(config))
        issue = _named(name, issues, subject=database.subject)
        target = folder or outputs_path(config_file.parent, config) / issue.folder
        texts = issue_texts(database, issue)
    templates = templates_path(config_file.parent, config)
    return Replayed(files=write_texts(target, texts), changed=tuple(_changed_pages(texts, templates=templates)))


def _changed_pages(texts: Mapping[str, str], *, templates: Path | None) -> Iterator[str]:
    """The pages among an issue's files that today's program and templates do not make of its brief, and why."""
    try:
        brief = brief_from_json(texts[BRIEF_FILE], subject=BRIEF_FILE)
    except BriefFileError as error:
        yield f"no page was made anew: {error}"
        return
    for template, page in FORMATS.values():
        if page not in texts:
            continue
        try:
            anew = render(brief, template, templates=templates)
        except RenderError as error:
            yield f"{page} could not be made anew: {error}"
            continue
        if anew != texts[page]:
            yield f"{page} is as it was; made anew it would differ"


def _named(name: str, issues: tuple[KeptIssue, ...], *, subject: str) -> KeptIssue:
    if name == LATEST and issues:
        return issues[-1]
    found = [issue for issue in issues if name in (issue.day.isoformat(), str(issue.number))]
    if not found:
        has = f"it has those of {issues[0].day} to {issues[-1].day}" if issues else "it has none"
        raise StoreError(subject, f"has no issue {name!r} ({has})", hint="`digest history` lists days and numbers")
    return found[-1]


def prune_store(config_file: Path, *, keep: timedelta, now: datetime) -> Pruned:
    """Drop what is older from the store of a configuration. Raises StoreError, also while a run is at work."""
    config = _configuration(config_file)
    with one_run(store_path(config_file.parent, config)), _memory(config_file, read_only=False) as (_, database):
        return prune(database, before=now - keep)
