"""Every kind of HTML page that the program makes, on a disk: for the tests that look at all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import digest.letters
from digest.compare import Column, Comparison, write_page
from digest.config import MailConfig
from digest.contract import brief_to_json
from digest.models import Draft
from digest.publish import publish
from digest.render import render
from tests.fakes import article, topic
from tests.samples import EMPTY_BRIEF, MOVED_BRIEF, PLAIN_BRIEF, SERIES_BRIEF

MAIL = MailConfig.model_validate(
    {
        "from": "brief@watch.example", "to": ["you@example.org"], "host": "127.0.0.1",
        "archive": "https://watch.example/briefs", "unsubscribe": ["https://watch.example/leave?list=strait"],
    }
)  # fmt: skip
BRIEFS = {"series": SERIES_BRIEF, "plain": PLAIN_BRIEF, "empty": EMPTY_BRIEF, "moved": MOVED_BRIEF}


def write_pages(folder: Path) -> dict[str, Path]:
    """Write them; return their paths by name. Hostile words and all, from the sample briefs."""
    pages = {}
    for name, brief in BRIEFS.items():
        pages[f"brief-{name}"] = _written(folder / f"{name}.html", render(brief, "brief.html.j2"))
        pages[f"mail-{name}"] = _written(folder / f"{name}-mail.html", digest.letters.mail_html(brief).html)
    letter = digest.letters.letter_for(SERIES_BRIEF, mail=MAIL)
    pages["mail-links"] = _written(folder / "links-mail.html", letter.fitted.html)
    pages["mail-cut"] = _written(folder / "cut-mail.html", _cut_mail())
    pages["archive-index"] = folder / "site" / "index.html"
    for name, day in _archive(folder).items():
        pages[f"archive-{name}"] = folder / "site" / day / "brief.html"
    pages["compare"] = folder / "compare.html"
    write_page(pages["compare"], SERIES_BRIEF, _comparison())
    return pages


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _cut_mail() -> str:
    """The mail of a brief that is too large: with a limit that a third of it fits."""
    whole = digest.letters.fit
    limit = len(digest.letters.mail_html(SERIES_BRIEF).html.encode()) * 2 // 3
    digest.letters.fit = partial(whole, limit=limit)
    try:
        fitted = digest.letters.mail_html(SERIES_BRIEF)
    finally:
        digest.letters.fit = whole
    assert fitted.cut.stories
    return fitted.html


def _archive(folder: Path) -> dict[str, str]:
    """Write an archive of the briefs, one a day; return the day of each."""
    days = {name: (SERIES_BRIEF.date + timedelta(days=place)) for place, name in enumerate(BRIEFS)}
    for name, brief in BRIEFS.items():
        issue = folder / "outputs" / days[name].isoformat()
        issue.mkdir(parents=True)
        _written(issue / "brief.json", brief_to_json(replace(brief, date=days[name])))
    publish(folder / "outputs", folder / "site")
    return {name: day.isoformat() for name, day in days.items()}


def _comparison():
    """Three writers on one topic: one wrote, one fell back to the source, one has no line."""
    text = "Three people were killed and 35 injured when a ferry and a tanker collided <off> Osmark, the governor said."
    told = topic((article("a1", text, outlet="Coast Radio", link="https://coast.example/1"), text))
    drafts = {
        "teller": Draft(text="A ferry and a tanker collided.", kind="abstractive", statements=told.statements),
        "other": Draft(text=text, kind="fallback", statements=told.statements, steps=("the model wrote 36",)),
        "mute": None,
    }
    columns = [Column(name=name, model="tiny", drafts=(one,), seconds=1.5) for name, one in drafts.items()]
    return Comparison(columns=tuple(columns), topics=(told,))
