"""Configured sources to articles: which files to read, by which reader, and what becomes of those that fail."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from digest.collect.elsewhere import Memory, read_elsewhere
from digest.collect.one_file import READERS, read_file
from digest.collect.outcome import without_one_article_keys
from digest.config import CollectConfig, SourceConfig
from digest.engines import Map, local_map
from digest.errors import CollectError
from digest.models import SILENT, Article, Failure, Window

# Types that hold no article, whatever their bytes look like.
DOCUMENTS = frozenset(
    ".pdf .docx .doc .odt .rtf .epub .pages .pptx .ppt .odp .xlsx .csv .tsv .mobi .djvu .msg .mht .mhtml".split()
)
# What lies beside articles and nobody meant for one: what a saved page needs, and what programs and runs leave. A file
# of any other type that is not read is named.
PASSED_OVER = frozenset(
    """.jpg .jpeg .png .gif .webp .avif .svg .ico .bmp .tif .tiff .heic .mp3 .m4a .wav .ogg .mp4 .webm .mov .vtt .srt
    .css .js .mjs .map .woff .woff2 .ttf .otf .download .toml .yaml .yml .ini .cfg .env .py .pyc .sh .j2 .sqlite
    .sqlite-wal .sqlite-shm .db .lock .log .bak .tmp .part .swp .sha256 .sig""".split()
)
# What lies together in a folder that digest itself wrote, which holds no article of anybody's.
ISSUE, ARCHIVE = frozenset({"brief.json", "sources.jsonl"}), frozenset({"archive.js", "issues.atom"})
NAMED_DOCUMENTS = 3  # of one folder; the others are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What was read: articles in the order of their ids, and what could not be read, in the order of its name.

    `notes` tell of sources that were read, but not as one would wish (pages that stayed closed, entries left out).
    `asked` are the keys of the feeds, pages and mailboxes (`outcome.key_of`), `given` the ids of the articles that each
    gave, `unchanged` those that answered "as before": they gave no article now, those of the last time still stand.
    `again` are the articles that were found in more than one file, by id: what they call the further ones.
    `newest` is the date of the newest article of each that dates them, by its name; `undated` are the names and keys of
    those that date none.
    """

    articles: tuple[Article, ...]
    failures: tuple[Failure, ...]
    notes: tuple[Failure, ...] = ()
    asked: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    again: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    newest: tuple[tuple[str, datetime], ...] = ()
    undated: tuple[tuple[str, str], ...] = ()

    def silent(self, *, now: datetime, days: int) -> tuple[Failure, ...]:
        """The sources whose newest article is older than so many days at the time `now`."""
        return tuple(
            Failure(source=name, reason=f"{SILENT} {(now - newest).days} days")
            for name, newest in self.newest
            if now - newest > timedelta(days=days)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file to read: where it lies, what to call it, and the source whose settings apply to it."""

    path: Path
    label: str
    source: SourceConfig
    rank: tuple[int, int]


def collect(
    sources: Sequence[SourceConfig],
    *,
    base: Path,
    settings: CollectConfig | None = None,
    window: Window | None = None,
    memory: Memory | None = None,
    each: Map = local_map,
) -> Collection:
    """Read every article of the sources. Paths are relative to `base`.

    A file that cannot be read, a path that does not exist and a source without any article become failures with a
    reason; nothing is raised for them. A file that several sources name is read once, with the settings of the one
    that names it most closely (a file, then a pattern, then the nearest folder).

    `window` spares fetching the pages of a feed's older entries; `memory` is what earlier runs kept of feeds and pages.
    `each` is the map that reads the files.
    """
    files, failures = _find_files([source for source in sources if source.kind == "path"], base=base)
    outcomes = read_elsewhere(
        [source for source in sources if source.kind != "path"],
        base=base,
        settings=settings or CollectConfig(),
        memory=memory or Memory(),
        since=window.since if window else None,
    )
    failures += [Failure(source=one.label, reason=one.failure) for one in outcomes if one.failure]
    told = (article for outcome in outcomes for article in outcome.articles)
    fetched = {article.id: article for article in sorted(told, key=lambda article: article.source)}
    read: dict[str, Article] = {}
    # Among files alone: a page that has not changed gives its article to one run, and not to the next.
    again: dict[str, tuple[str, ...]] = {}
    for found, failure in each(_read, files):
        failures += [failure] if failure else []
        for article in found:
            if read.setdefault(article.id, article) is not article:
                again[article.id] = (*again.get(article.id, ()), article.source)
    articles = read | fetched
    return Collection(
        articles=tuple(articles[key] for key in sorted(articles)),
        failures=_sorted(failures),
        notes=_sorted([Failure(source=one.label, reason=note) for one in outcomes for note in one.notes]),
        asked=tuple(sorted({outcome.address for outcome in outcomes})),
        unchanged=tuple(sorted(outcome.address for outcome in outcomes if outcome.unchanged)),
        again=again,
        given={
            one.address: tuple(sorted({article.id for article in one.articles})) for one in outcomes if one.articles
        },
        newest=tuple(sorted({(one.label, one.newest) for one in outcomes if one.newest})),
        undated=tuple(sorted({(one.label, one.address) for one in outcomes if not one.newest and not one.failure})),
    )


def _sorted(failures: Sequence[Failure]) -> tuple[Failure, ...]:
    return tuple(sorted(set(failures), key=lambda failure: (failure.source, failure.reason)))


# --- which files ---------------------------------------------------------------------------------------------------


def _find_files(sources: Sequence[SourceConfig], *, base: Path) -> tuple[list[_File], list[Failure]]:
    chosen: dict[str, _File] = {}
    failures: list[Failure] = []
    for source in sources:
        try:
            found, failed = _files_of(source, base=base)
        except OSError as error:  # a name that is too long, a disk that does not answer
            found, failed = (
                [],
                [Failure(source=printable(source.address[-80:]), reason=f"cannot be read ({error.strerror})")],
            )
        failures += failed
        for file in found:
            key = os.path.normpath(file.path)
            if key not in chosen or file.rank > chosen[key].rank:
                chosen[key] = file
    # Whole paths: whoever reads a file may stand in another folder.
    files = [replace(file, path=file.path.absolute()) for file in chosen.values()]
    return sorted(files, key=lambda file: file.label), failures


def _files_of(source: SourceConfig, *, base: Path) -> tuple[list[_File], list[Failure]]:
    written = source.address
    root = base / Path(written).expanduser()
    name = _label(root, root=root, written=written, base=base)
    if root.is_dir():
        return _folder_files(root, source=source, base=base, name=name)
    if root.is_file() and root.suffix.casefold() in DOCUMENTS:
        return [], _not_read([name])
    if root.is_file():
        return [_File(path=root, label=name, source=source, rank=(2, 0))], []
    if glob.has_magic(written):
        matches = glob.glob(str(root), recursive=True)  # noqa: PTH207  Path.glob takes no absolute pattern
        paths = sorted(path for path in map(Path, matches) if path.is_file())
        files = [_named(path, root=root, source=source, base=base, rank=(1, 0)) for path in paths]
        return files, [] if files else [Failure(source=name, reason="no file matches this pattern")]
    if root.exists() or root.is_symlink():
        return [], [Failure(source=name, reason="is neither a file nor a folder")]
    return [], [Failure(source=name, reason="there is no such file or folder")]


def _folder_files(root: Path, *, source: SourceConfig, base: Path, name: str) -> tuple[list[_File], list[Failure]]:
    files: list[_File] = []
    failures: list[Failure] = []
    skipped: Counter[str] = Counter()
    documents: list[str] = []
    own = 0

    def note(error: OSError) -> None:
        folder = Path(error.filename) if error.filename else root
        label = _label(folder, root=root, written=source.address, base=base)
        failures.append(Failure(source=label, reason=f"the folder cannot be read ({error.strerror})"))

    for folder, folders, names in os.walk(root, onerror=note):
        if ISSUE.issubset(names) or (ARCHIVE.issubset(names) and Path(folder) != root):
            folders[:], own = [], own + 1
            continue
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted(names):
            path = Path(folder, each)
            suffix = path.suffix.casefold()
            if each.startswith("."):
                continue
            if suffix and suffix not in READERS:
                skipped[suffix] += path.is_file()
                if suffix not in PASSED_OVER and path.is_file():
                    documents.append(_label(path, root=root, written=source.address, base=base))
                continue
            if not path.is_file():
                label = _label(path, root=root, written=source.address, base=base)
                failures.append(Failure(source=label, reason="is a link that leads nowhere, or no file"))
                continue
            files.append(_named(path, root=root, source=source, base=base, rank=(0, len(root.parts))))
    if not files and not failures:
        failures.append(Failure(source=name, reason=_nothing(skipped, own)))
    elif documents:
        failures += _not_read(documents)
    return files, failures


def _not_read(documents: Sequence[str]) -> list[Failure]:
    """The first few documents with what to do, the last of them with how many more there are."""
    reason = "digest reads no such files; save it as text, Markdown or HTML"
    more = len(documents) - NAMED_DOCUMENTS
    named = [Failure(source=name, reason=reason) for name in documents[:NAMED_DOCUMENTS]]
    return [*named[:-1], replace(named[-1], reason=f"{reason}; so with {more} more")] if more > 0 else named


def _nothing(skipped: Counter[str], own: int) -> str:
    if not skipped.total():
        return "holds only what digest wrote, which is no article" if own else "the folder is empty"
    kinds = ", ".join(sorted(skipped))
    return (
        f"no readable article: {skipped.total()} {'file' if skipped.total() == 1 else 'files'} of types that are not "
        f"read ({kinds}); "
        f"digest reads {', '.join(sorted(READERS))}"
    )


def _named(path: Path, *, root: Path, source: SourceConfig, base: Path, rank: tuple[int, int]) -> _File:
    """A file of a folder or pattern: the settings that describe one article are not for all of them."""
    label = _label(path, root=root, written=source.address, base=base)
    return _File(path=path, label=label, source=without_one_article_keys(source), rank=rank)


def _label(path: Path, *, root: Path, written: str, base: Path) -> str:
    """What to call a file: its path relative to `base`, or from the source's own last name on. Never absolute."""
    path = Path(os.path.normpath(path))
    if not Path(written).expanduser().is_absolute() or path.is_relative_to(base):
        return printable(Path(os.path.relpath(path, os.path.normpath(base))).as_posix())
    top = Path(os.path.normpath(root)).parent
    while glob.has_magic(str(top)):
        top = top.parent
    return printable(path.relative_to(top).as_posix())


def printable(name: str) -> str:
    """A file's name fit for any output: what is no character of UTF-8, or cannot be printed, becomes "?"."""
    return "".join(each if each.isprintable() else "?" for each in name)


def _read(file: _File) -> tuple[tuple[Article, ...], Failure | None]:
    """The articles of a file, and what could not be read of it."""
    try:
        found, fault = read_file(file.path, label=file.label, source=file.source)
    except CollectError as error:
        return (), Failure(source=file.label, reason=error.reason)
    return found, Failure(source=file.label, reason=fault) if fault else None
