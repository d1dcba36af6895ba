"""The archive: every issue of an outputs folder as a static site that opens from a disk, with search and feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from digest.config import load_config
from digest.deliver.archive import search_script, story_titles, write_site
from digest.deliver.atom import feed_of, issue_entries, topic_entries
from digest.deliver.outputs import IssueFolder, issues_in
from digest.errors import BriefFileError, DeliverError
from digest.models import BRIEFLY_TITLE
from digest.places import outputs_path, templates_path
from digest.render import bundled_templates, moments, render, wording

MAX_TITLES = 4  # of an issue's stories on the index; the first ones matter most


def publish(target: Path, folder: Path, *, address: str = "") -> tuple[Path, ...]:
    """Write the archive of a configuration's outputs, or of an outputs folder, into `folder`; return its files.

    `address` is where the folder will be reached, for the feeds' links; without it they are relative. Every file
    appears whole; the index comes last, so what it leads to is there. Raises DigestError.
    """
    outputs, templates = target, None
    if target.suffix.lower() == ".toml":
        config = load_config(target)
        outputs, templates = outputs_path(target.parent, config), templates_path(target.parent, config)
    issues = issues_in(outputs)
    if not issues:
        raise BriefFileError(str(outputs), "holds no issue", hint="`digest run` makes one, or says why not")
    if folder.resolve() == outputs.resolve():
        raise DeliverError(str(folder), "is the folder of the issues themselves", hint="give --to another folder")
    address = f"{address.rstrip('/')}/" if address else ""
    return write_site(folder, dict(_site(issues, templates=templates, address=address)))


def _site(issues: Sequence[IssueFolder], *, templates: Path | None, address: str) -> Iterator[tuple[str, str]]:
    """File names and texts, the issues' pages first."""
    latest = issues[-1].brief
    for place, issue in enumerate(issues):
        yield f"{issue.folder}/brief.html", _page(issues, place, templates)
    names = [f"{wording.headline(one.brief)} · {moments.long_date(one.brief.date)}" for one in issues]
    yield "search-index.js", search_script(issues, titles=names)
    yield "archive.js", _script(templates)
    made = {"issues": issue_entries(issues, address=address), "topics": topic_entries(issues, address=address)}
    for kind, found in made.items():
        feed = feed_of(kind, latest.title, issues)
        values = {"title": latest.title, "address": address, "feed": feed, "entries": found}
        yield f"{kind}.atom", render(latest, f"archive_{kind}.atom.j2", templates=templates, values=values)
    titles = {one.folder: story_titles(one.brief, but=BRIEFLY_TITLE, most=MAX_TITLES) for one in issues}
    values = {"title": latest.title, "issues": issues[::-1], "titles": titles}
    yield "index.html", render(latest, "archive_index.html.j2", templates=templates, values=values)


def _page(issues: Sequence[IssueFolder], place: int, templates: Path | None) -> str:
    """An issue's page. Its neighbours are those of the archive: the series' own may not be in it."""
    brief = issues[place].brief
    if brief.series:
        brief = replace(brief, series=replace(brief.series, previous=None, next=None))
    around = {
        "earlier": issues[place - 1] if place else None,
        "later": issues[place + 1] if place + 1 < len(issues) else None,
    }
    return render(brief, "archive_issue.html.j2", templates=templates, values=around)


def _script(templates: Path | None) -> str:
    own = templates / "archive.js" if templates else None
    path = own if own and own.is_file() else bundled_templates() / "archive.js"
    return path.read_text(encoding="utf-8")
