"""What is wrong with what a finished brief says has changed: each side is read again from its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from digest.language.conflicts import FATES
from digest.language.fates import fates
from digest.language.sentences import split_sentences
from digest.models import Article, Background, Brief, Change, Edit, Entry, entries
from digest.updates.changes import find_changes
from digest.updates.edits import same_words


def change_faults(entry: Entry, earlier: Mapping[date, Brief]) -> Iterator[str]:
    """Each change must come out of its two quotes again; `earlier` are the issues at hand, by day."""
    if (entry.status == "updated") != bool(entry.changes):
        yield f"is marked {entry.status}, and tells {len(entry.changes) or 'no'} changes"
    for change in entry.changes:
        told = f"“{change.what} {change.before} → {change.after}”".replace("“ ", "“")
        for n in change.n:
            quotes = [citation.quote for citation in entry.line.citations if citation.n == n]
            if not any(_comes_out(change, quote) for quote in quotes):
                yield f"its change {told} does not come out of what it cites of source [{n}] and of the earlier quote"
        if not change.n:
            yield f"its change {told} rests on no source"
        if change.issue in earlier and not _quoted(change, earlier[change.issue]):
            yield f"its change {told} quotes what the issue of {change.issue} does not say"


def _comes_out(change: Change, quote: str) -> bool:
    wanted = (change.kind, change.what, change.before, change.after)
    return any(wanted == (one.kind, one.what, one.before, one.after) for one in find_changes(change.quote, quote))


def _quoted(change: Change, brief: Brief) -> bool:
    return any(
        change.quote in (entry.line.text, citation.quote) and citation.article_id == change.article_id
        for entry in entries(brief)
        for citation in entry.line.citations
    )


def background_faults(told: Background, earlier: Mapping[date, Brief]) -> Iterator[str]:
    """What runs on must have been printed by the issue it names."""
    brief = earlier.get(told.issue)
    if brief and not any((one.id, one.line.text) == (told.entry, told.text) for one in entries(brief)):
        yield f"is background of {told.issue}, and that issue did not print it"


def edit_faults(edit: Edit, articles: Mapping[str, Article], earlier: Mapping[date, Brief]) -> Iterator[str]:
    """The parts of an edit must be its two sentences; that issue cited the old one, the article has the new."""
    if edit.issue in earlier and edit.before not in _cited(earlier[edit.issue], edit.article_id):
        yield f"its old sentence was not cited by the issue of {edit.issue}"
    sides = {"deleted": edit.before, "inserted": edit.after or ""}
    for kind, sentence in sides.items():
        told = " ".join(part.text for part in edit.parts if part.kind in ("same", kind))
        if not same_words(told, sentence):
            yield "its marked words are not the sentences they are taken from"
    texts = [one.text for one in articles.values() if one.link and one.link == edit.link]
    if edit.after and texts and not any(edit.after in text for text in texts):
        yield "its new sentence does not stand in the article"


def _cited(brief: Brief, article_id: str) -> frozenset[str]:
    citations = (citation for entry in entries(brief) for citation in entry.line.citations)
    return frozenset(one.quote for one in citations if one.article_id == article_id)


def tells_none(text: str, what: str) -> bool:
    """Whether a sentence of the text says that nobody met a fate; each source says it in words of its own."""
    sentences = (text[start:end] for start, end in split_sentences(text)) if what in FATES else ()
    return any(count.what == what and not count.value for sentence in sentences for count in fates(sentence))
