"""The kept issues a question is about: those of a configuration, or of a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from digest.config import Config, load_config
from digest.contract import BRIEF_FILE
from digest.deliver.outputs import IssueFolder, issues_in, read_issue
from digest.errors import BriefFileError
from digest.places import outputs_path, store_path
from digest.window import series_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Issues, oldest first, and the configuration they were asked for by, if it was one.

    `base` is its folder, `store` the file of what its runs remember.
    """

    issues: tuple[IssueFolder, ...]
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
        outputs, name = outputs_path(target.parent, config), series_name(config)
        found = _issues(outputs, since=since, wanted=lambda one: one.brief.title == name, of=f" of “{name}”")
        store = store_path(target.parent, config)
        return Kept(issues=found, outputs=outputs, config=config, base=target.parent, store=store)
    if (target / BRIEF_FILE).is_file():
        folder = target.resolve()
        found = _issues(folder.parent, since=since, wanted=lambda one: one.folder == folder.name)
        return Kept(issues=found, outputs=folder.parent)
    return Kept(issues=_issues(target, since=since, wanted=lambda one: True), outputs=target)


def newest(target: Path) -> IssueFolder:
    """The issue in a folder (or of a brief.json), else the newest of a configuration or an outputs folder.

    Raises ConfigError, and BriefFileError when there is none or a later day's cannot be read.
    """
    if target.name == BRIEF_FILE or (target / BRIEF_FILE).is_file():
        return read_issue(target)
    found = kept(target).issues[-1]
    for path in found.path.parent.glob(f"????-??-??/{BRIEF_FILE}"):
        if path.parent.name > found.folder:
            read_issue(path.parent)  # one that is damaged is not passed over for an older one
    return found


def _issues(
    outputs: Path, *, since: date | None, wanted: Callable[[IssueFolder], bool], of: str = ""
) -> tuple[IssueFolder, ...]:
    found = tuple(one for one in issues_in(outputs) if wanted(one) and (since is None or one.brief.date >= since))
    if not found:
        reason = f"holds no issue{of}{f' from {since} on' if since else ''}" if outputs.is_dir() else "does not exist"
        raise BriefFileError(str(outputs), reason, hint="`digest run` makes one; give its configuration or its folder")
    return found
