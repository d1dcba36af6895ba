"""What moved, in the brief's own words: changes since earlier issues, courses of counts, background, edits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from digest.models import Background, Brief, Change, Difference, Edit, Entry
from digest.render import moments, wording

MAX_WORDS = 4  # "more than 17 metres" is a figure, "nobody is missing any more" a clause
DAYS_BY_NAME = 6  # a day so many days ago or fewer is told by its weekday


def day_words(day: date, brief: Brief) -> str:
    """The day of an earlier issue: "Tuesday", or "24 February" when a weekday could be misread."""
    if 0 < (brief.date - day).days <= DAYS_BY_NAME:
        return moments.WEEKDAYS[day.weekday()]
    year = f" {day.year}" if day.year != brief.date.year else ""
    return f"{day.day} {moments.MONTHS[day.month - 1]}{year}"


def remarks(entry: Entry, brief: Brief) -> tuple[str, ...]:
    """What stands under a line, a sentence each: what changed, how a count moved, who differs, what came before."""
    parts = (changes(entry, brief), courses(entry, brief), wording.differences(entry, brief), past(entry, brief))
    return tuple(filter(None, parts))


def changes(entry: Entry, brief: Brief) -> str:
    """ "Since Tuesday: killed 12 → 17; missing 14 → “all have been accounted for”." or ""."""
    groups = groupby(sorted(entry.changes, key=lambda one: one.issue, reverse=True), key=lambda one: one.issue)
    told = [f"Since {day_words(day, brief)}: {'; '.join(map(change, group))}." for day, group in groups]
    return " ".join(told)


def change(one: Change) -> str:
    """ "killed 12 → 17", "denied → confirmed"."""
    return f"{one.what} {side(one.before)} → {side(one.after)}".strip()


def side(told: str) -> str:
    """What a change went from or to: a figure or a word as it is, a whole clause as the quotation that it is."""
    return wording.quoted(told) if len(told.split()) > MAX_WORDS else told


def courses(entry: Entry, brief: Brief) -> str:
    """ "Over time: killed 12 (Coast Radio, 2 Mar 14:10), 17 (Daily Ledger, 3 Mar 06:00)." or ""."""
    moved = [one for one in entry.differences if one.over_time]
    return f"Over time: {'; '.join(_course(one, brief) for one in moved)}." if moved else ""


def _course(difference: Difference, brief: Brief) -> str:
    told = []
    for value in difference.values:
        names = ", ".join(wording.labels(value.n, brief))
        told.append(f"{wording.reading(value)} ({names}, {moments.moment(value.published, brief)})")
    return f"{difference.what} {', '.join(told)}"


def past(entry: Entry, brief: Brief) -> str:
    """ "Earlier: “14 passengers are still missing.” (Coast Radio, 3 Mar 14:10)." or ""."""
    told = [
        f"{wording.quoted(one.quote)} ({wording.labels((one.n,), brief)[0]}, {moments.moment(one.published, brief)})"
        for one in entry.past
    ]
    return f"Earlier: {', '.join(told)}." if told else ""


def background(told: Sequence[Background], brief: Brief) -> str:
    """One line for what runs on unchanged: each line as it was printed, with the day of its issue; or ""."""
    return " · ".join(f"{one.text} ({day_words(one.issue, brief)})" for one in told)


def edit_place(edit: Edit, brief: Brief) -> str:
    """Where a sentence was changed: "Coast Radio, “Ferry sinks”, cited on Tuesday, changed 4 Mar 05:00"."""
    title = wording.quoted(edit.title) if edit.title != edit.label else ""
    when = f"changed {moments.moment(edit.edited, brief)}" if edit.edited else ""
    cited = f"cited on {day_words(edit.issue, brief)}"
    return ", ".join(filter(None, (edit.label, title, cited, when)))


def text_edit(edit: Edit) -> str:
    """The edit in plain text: "Twelve [-people-] {+passengers+} died."; of a sentence that is gone, all of it."""
    marks = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return " ".join(marks[part.kind].format(part.text) for part in edit.parts)


def movement_words(brief: Brief) -> str:
    """How many lines are new and updated, and how many topics run on: "7 new, 2 updated, 5 running." or ""."""
    ledger = brief.ledger
    if not ledger.updated and not ledger.running:
        return ""
    counts = ((ledger.new, "new"), (ledger.updated, "updated"), (ledger.running, "running"))
    return ", ".join(f"{count:,} {name}" for count, name in counts if count) + "."
