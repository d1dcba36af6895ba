"""The kept issues a question is about: those of a configuration, or of a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from digest.config import Config, load_config
from digest.deliver.archive import issues_in
from digest.deliver.outputs import BRIEF_FILE, IssueFolder, read_issue
from digest.errors import BriefFileError
from digest.memory import store_path
from digest.models import Article, Brief
from digest.trace import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptIssue:
    """An issue in its folder. Its articles and its trace are read when they are asked for."""

    path: Path
    brief: Brief

    def articles(self) -> tuple[Article, ...]:
        """The articles of the issue's window. Raises BriefFileError."""
        return read_issue(self.path).articles

    def trace(self) -> Trace:
        """The reasons behind the brief. Raises BriefFileError."""
        return IssueFolder(path=self.path, brief=self.brief, articles=()).trace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Issues, oldest first, and the configuration they were asked for by, if it was one.

    `base` is its folder, `store` the file of what its runs remember.
    """

    issues: tuple[KeptIssue, ...]
    outputs: Path
    config: Config | None = None
    base: Path = Path()
    store: Path | None = None


def kept(target: Path, *, since: date | None = None) -> Kept:
    """The issues of a configuration (.toml), of an outputs folder, or the one in an issue's folder.

    A configuration's are those of its series or title. Raises ConfigError, and BriefFileError when there is none.
    """
    if target.suffix.lower() == ".toml":
        config = load_config(target)
        outputs = Path(os.path.normpath(target.parent / config.brief.outputs))
        found = _issues(outputs, since=since, wanted=lambda brief: _is_of(brief, config))
        store = store_path(target, config)
        return Kept(issues=found, outputs=outputs, config=config, base=target.parent, store=store)
    if (target / BRIEF_FILE).is_file():
        folder = target.resolve()
        found = _issues(folder.parent, since=since, wanted=lambda brief: True, only=folder.name)
        return Kept(issues=found, outputs=folder.parent)
    return Kept(issues=_issues(target, since=since, wanted=lambda brief: True), outputs=target)


def _is_of(brief: Brief, config: Config) -> bool:
    if config.series or brief.series:
        return bool(config.series and brief.series and config.series.name == brief.series.name)
    return brief.title == config.brief.title


def _issues(
    outputs: Path, *, since: date | None, wanted: Callable[[Brief], bool], only: str | None = None
) -> tuple[KeptIssue, ...]:
    found = tuple(
        KeptIssue(path=outputs / one.folder, brief=one.brief)
        for one in issues_in(outputs)
        if wanted(one.brief) and only in (None, one.folder) and (since is None or one.brief.date >= since)
    )
    if not found:
        reason = f"holds no issue of {since} or later" if since else "holds no issue that was asked for"
        raise BriefFileError(str(outputs), reason, hint="`digest run` makes one; give its configuration or its folder")
    return found
