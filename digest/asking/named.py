"""Which configured source an article came from, by the name that it kept of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from digest.asking.issues import Kept
from digest.collect.elsewhere import expanded
from digest.collect.outcome import label_of
from digest.config import SourceConfig

NameOf = Callable[[str], str]

_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+/")  # "harbour.example/feed.xml" is a place on the web, "news/a.txt" is a file


def configured_names(kept: Kept) -> tuple[str, ...]:
    """What to call each source of the configuration, the feeds of its OPML lists by themselves; none without one."""
    return tuple(dict.fromkeys(map(_name, _sources(kept))))


def source_names(kept: Kept) -> NameOf:
    """A function from what an article (or a failure) calls its source to the name of the configured source.

    Without a configuration, and for sources that it no longer names, files are named by their folder.
    """
    sources = _sources(kept)
    live = {label_of(source) for source in sources if source.kind != "path"}
    # The source that names a file most closely counts: a file, then a pattern, then the nearest folder.
    paths = sorted((source for source in sources if source.kind == "path"), key=_closeness, reverse=True)

    def name_of(told: str) -> str:
        label, _ = _parted(told)
        if label in live:
            return label
        return next((_name(source) for source in paths if _covers(source, label)), None) or _alone(told)

    return name_of


def _sources(kept: Kept) -> list[SourceConfig]:
    return expanded(kept.config.sources, base=kept.base)[0] if kept.config else []


def _name(source: SourceConfig) -> str:
    return source.name or source.address if source.kind == "path" else label_of(source)


def _closeness(source: SourceConfig) -> tuple[bool, int]:
    return "*" not in source.address, len(PurePosixPath(source.address).parts)


def _covers(source: SourceConfig, label: str) -> bool:
    """True when a file's label, relative to the configuration or to an absolute path's last name, is of the source."""
    written = PurePosixPath(Path(source.address).expanduser().as_posix())
    root = written.name if written.is_absolute() else str(written)
    return label == root or root == "." or label.startswith(f"{root}/") or fnmatchcase(label, root)


def _alone(told: str) -> str:
    """A name for a source that is not configured: the file of many articles, the folder of single ones, the site."""
    label, entry = _parted(told)
    folder = PurePosixPath(label).parent
    return label if entry or folder == PurePosixPath() or _SITE.match(label) else str(folder)


def _parted(told: str) -> tuple[str, str]:
    """What an article calls its source, without the number of the entry; and that number."""
    label, _, entry = told.rpartition("#")
    return (label, entry) if label and entry.isdigit() else (told, "")
