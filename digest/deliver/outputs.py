"""The outputs folder: one folder an issue, every file whole or absent.

A file is written to a temporary name in the same folder, flushed to the disk and renamed; a reader never sees half of
it, and a run that dies leaves the earlier issue as it was.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from digest.contract import BRIEF_FILE, brief_from_json, brief_to_json
from digest.errors import BriefFileError, DeliverError
from digest.jsonl import SOURCES_FILE, sources_from_jsonl, sources_to_jsonl
from digest.models import Article, Brief, Neighbour
from digest.trace import TRACE_FILE, Trace, trace_from_json, trace_to_json, with_pages

AGAIN = "run the brief again"
ROOM = "check that you may write to its folder, and that there is room on the disk"
STALE_SECONDS = 60  # a temporary file lives for a fraction of a second


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFolder:
    """A finished issue in its folder. Its articles and its trace are read when they are asked for."""

    path: Path
    brief: Brief

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return self.path.name

    def articles(self) -> tuple[Article, ...]:
        """The articles of its window, which it can be checked against. Raises BriefFileError."""
        path = self.path / SOURCES_FILE
        return sources_from_jsonl(read_text(path), subject=str(path))

    def trace(self) -> Trace:
        """The reasons behind the brief. Raises BriefFileError."""
        path = self.path / TRACE_FILE
        return trace_from_json(read_text(path), subject=str(path))


def issue_texts(
    brief: Brief, *, articles: Sequence[Article], trace: Trace, rendered: Mapping[str, str]
) -> dict[str, str]:
    """All files of an issue, by name; `rendered` are its pages. Last is brief.json: a folder with it is complete."""
    return {
        **rendered,
        SOURCES_FILE: sources_to_jsonl(articles),
        TRACE_FILE: trace_to_json(with_pages(trace, rendered)),
        BRIEF_FILE: brief_to_json(brief),
    }


def changed_texts(issue: IssueFolder, *, rendered: Mapping[str, str]) -> dict[str, str]:
    """The files of a finished issue that change with its pages, by name: these, its trace if it has one, brief.json."""
    texts = dict(rendered)
    with suppress(BriefFileError):
        texts[TRACE_FILE] = trace_to_json(with_pages(issue.trace(), rendered))
    return {**texts, BRIEF_FILE: brief_to_json(issue.brief)}


def write_texts(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write an issue's files in their order; return them, the ones a person reads first. Raises DeliverError."""
    for name, text in texts.items():
        write_whole(folder / name, text)
    last = [name for name in (BRIEF_FILE, SOURCES_FILE, TRACE_FILE) if name in texts]
    return tuple(folder / name for name in (*(name for name in texts if name not in last), *last))


def check_place(folder: Path, *, title: str, articles: Collection[str], windowed: bool) -> None:
    """Raise DeliverError when the folder holds another brief, which an issue written there would replace.

    It is the same brief when it has the same title (or series) and, unless a window decides which articles are taken,
    shares one with `articles` (their ids). What cannot be read is nobody's.
    """
    try:
        there = read_issue(folder)
        had = {article.id for article in there.articles()}
    except (BriefFileError, OSError):  # or a name too long to be looked for: writing will say so
        return
    if there.brief.title != title:
        reason = f"holds another brief, “{there.brief.title}”"
    elif not windowed and not had & set(articles):
        reason = f"holds a brief “{title}” made from other articles"
    else:
        return
    raise DeliverError(str(folder), reason, hint="--outputs puts this one elsewhere; --replace puts it in its place")


def brief_file(target: Path) -> Path:
    """The brief.json of an issue that is named by its folder, or by that file itself."""
    return target if target.name == BRIEF_FILE else target.resolve() / BRIEF_FILE


def read_issue(path: Path) -> IssueFolder:
    """Read a finished issue from its folder, or from a path to its brief.json. Raises BriefFileError."""
    folder = path.parent if path.name == BRIEF_FILE else path
    if not folder.is_dir():
        raise BriefFileError(
            str(path), "is not a folder with a brief", hint="give the folder that `digest run` printed"
        )
    return IssueFolder(path=folder, brief=read_brief(folder / BRIEF_FILE))


def read_brief(path: Path) -> Brief:
    """One brief.json. Raises BriefFileError."""
    return brief_from_json(read_text(path), subject=str(path))


def issues_in(outputs: Path) -> tuple[IssueFolder, ...]:
    """The issues of an outputs folder, oldest first; folders with something else in them are passed over."""
    found = []
    for path in outputs.glob(f"*/{BRIEF_FILE}"):
        with suppress(BriefFileError):  # somebody else's folder, or an issue of another version
            found.append(IssueFolder(path=path.parent, brief=read_brief(path)))
    return tuple(sorted(found, key=lambda issue: (issue.brief.date, issue.folder)))


def issues_beside(issue: IssueFolder, days: Collection[date]) -> dict[date, Brief]:
    """The issues of these days of the same series, or title, that lie beside an issue and can be read, by day."""
    briefs: dict[date, Brief] = {}
    for day in sorted(days):
        path = issue.path.resolve().parent / day.isoformat() / BRIEF_FILE
        with suppress(BriefFileError):
            brief = read_brief(path)
            if (brief.title, brief.date) == (issue.brief.title, day):
                briefs[day] = brief
    return briefs


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that it appears whole or not at all. Raises DeliverError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)  # mkstemp's files are for the owner alone
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DeliverError(str(path), f"cannot be written ({error.strerror})", hint=ROOM) from error


def _sweep(path: Path) -> None:
    """Remove what a killed run left of this file; a temporary file that is still being written is younger than that."""
    for left in path.parent.glob(f".{path.name}.*"):
        with suppress(FileNotFoundError):  # another process has just renamed it
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                left.unlink()


# --- the issues of a series -------------------------------------------------------------------------------------------


def previous_issue(outputs: Path, *, name: str, today: date) -> Neighbour | None:
    """The series' latest issue before `today` in the outputs folder, if there is one that can be read."""
    earlier = [day for day in _days(outputs) if day < today.isoformat()]
    return next(_neighbours(outputs, name, reversed(earlier)), None)


def following_issue(outputs: Path, *, name: str, today: date) -> Neighbour | None:
    """The series' first issue after `today`, for an old issue that is made again."""
    return next(_neighbours(outputs, name, (day for day in _days(outputs) if day > today.isoformat())), None)


def _days(outputs: Path) -> list[str]:
    """The names of the folders with an issue: its day."""
    return sorted(path.parent.name for path in outputs.glob(f"*/{BRIEF_FILE}"))


def _neighbours(outputs: Path, name: str, days: Iterable[str]) -> Iterator[Neighbour]:
    """The issues of a series as their neighbours link to them. No more are read than are asked for."""
    for day in days:
        with suppress(BriefFileError):  # somebody else's folder, or an issue of another version
            brief = read_brief(outputs / day / BRIEF_FILE)
            if brief.series and brief.series.name == name and brief.date.isoformat() == day:
                yield Neighbour(number=brief.series.number, date=brief.date, folder=f"../{day}")


def previous_with_link(outputs: Path, brief: Brief, *, folder: str) -> IssueFolder | None:
    """The previous issue of the series with a link to this one, which is in the folder of this name.

    None when it has that already. Nothing is written here. Raises BriefFileError.
    """
    if brief.series is None or brief.series.previous is None:
        return None
    path = outputs / Path(brief.series.previous.folder).name
    earlier = read_brief(path / BRIEF_FILE)
    following = Neighbour(number=brief.series.number, date=brief.date, folder=f"../{folder}")
    if earlier.series is None or earlier.series.next == following:
        return None
    return IssueFolder(path=path, brief=replace(earlier, series=replace(earlier.series, next=following)))


def read_text(path: Path) -> str:
    """A UTF-8 file of an issue. Raises BriefFileError."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        hint = "give the folder that `digest run` printed" if isinstance(error, FileNotFoundError) else AGAIN
        raise BriefFileError(str(path), f"cannot be read ({reason})", hint=hint) from error
