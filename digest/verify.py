"""Is a finished brief still true to its sources? Every citation, number, name and quotation is checked again.

This looks at brief.json and the articles beside it; `pages.py` holds the pages against brief.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from digest.contract import BRIEF_FILE
from digest.models import (
    BRIEFLY_TITLE,
    Article,
    Brief,
    Citation,
    Difference,
    Entry,
    Line,
    SourceEntry,
    background,
    entries,
    stories,
)
from digest.summarize.evidence import Missing, numbers_missing, parse
from digest.summarize.support import check_support
from digest.updates import background_faults, change_faults, edit_faults, tells_none

_WORD = re.compile(r"[^\W_]+")
_STOP_IN_INITIALS = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b|\W|$)")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A fault, and where it is: the file, the row of a page (from 1) or the topic's id, and the line it is about."""

    file: str = BRIEF_FILE
    fault: str
    topic: str | None = None
    row: int | None = None
    line: str | None = None

    @property
    def place(self) -> str:
        """ "brief.md, line 9" or "brief.json, t12"."""
        return ", ".join(filter(None, (self.file, f"line {self.row}" if self.row else None, self.topic)))


def verify_brief(
    brief: Brief, articles: Sequence[Article], *, earlier: Mapping[date, Brief] = MappingProxyType({})
) -> tuple[Problem, ...]:
    """Check every line, and the list of sources, against the articles; empty when all is well.

    What is said of earlier issues is held against those in `earlier`, by day.
    """
    by_id = {article.id: article for article in articles}
    numbers = {source.n: source.article_id for source in brief.sources if source.n is not None}
    in_lines = (
        Problem(topic=entry.id, line=entry.line.text, fault=fault)
        for entry in entries(brief)
        for fault in (*_faults(entry, by_id, numbers), *change_faults(entry, earlier))
    )
    in_background = (
        Problem(topic=told.id, line=told.text, fault=fault)
        for told in background(brief)
        for fault in background_faults(told, earlier)
    )
    in_edits = (
        Problem(line=edit.before, fault=fault) for edit in brief.edits for fault in edit_faults(edit, by_id, earlier)
    )
    in_sources = (
        Problem(line=source.title or source.label, fault=fault)
        for source in brief.sources
        for fault in _source_faults(source, by_id)
    )
    titles = [_title_words(article.title) for article in articles]
    in_titles = (
        Problem(line=story.title, fault="the story's title is no article's, nor one with words left out")
        for _, story in stories(brief)
        if story.title
        and story.title != BRIEFLY_TITLE
        and not any(_in_order(_title_words(story.title), one) for one in titles)
    )
    return (*in_lines, *in_titles, *in_sources, *in_background, *in_edits)


def issues_named(brief: Brief) -> frozenset[date]:
    """The days of the earlier issues that a brief says something of: what has changed, runs on or was edited."""
    changed = {change.issue for entry in entries(brief) for change in entry.changes}
    return frozenset(changed | {told.issue for told in background(brief)} | {edit.issue for edit in brief.edits})


def _faults(entry: Entry, articles: Mapping[str, Article], numbers: Mapping[int, str]) -> Iterator[str]:
    line = entry.line
    if not line.citations:
        yield "has no citation"
        return
    for citation in (*line.citations, *entry.past):
        yield from _citation_faults(citation, articles, numbers)
    for difference in entry.differences:
        yield from _difference_faults(difference, articles, numbers)
    context = "\n".join(articles[one.article_id].text for one in line.citations if one.article_id in articles)
    published = "\n".join(one.outlet or "" for one in line.citations)  # an opinion piece's claim is its outlet's
    if line.claimed_by and not _stands_in(line.claimed_by, f"{line.text}\n{context}\n{published}"):
        yield f"whose claim it is, “{line.claimed_by}”, stands in none of the articles it cites"
    if line.kind != "abstractive" and not _is_trim(line):
        yield "is not a sentence of its citations with words left out"
    support = check_support(line.text, [citation.quote for citation in line.citations], context=context)
    yield from (_unsupported(missing, line) for missing in support.missing)


def _unsupported(missing: Missing, line: Line) -> str:
    """A finding of the support check in words: what the line says too much, or what it leaves out."""
    if missing.kind == "wording":
        return f"does not tell “{missing.text}” as what it cites tells it"
    if missing.kind not in ("negation", "hedge", "claimant") or _stands_in(missing.text, line.text):
        return f"the {missing.kind} “{missing.text}” does not stand in what it cites"
    what = "who says so," if missing.kind == "claimant" else f"the {missing.kind}"
    return f"leaves out {what} “{missing.text}”, which what it cites has"


def _stands_in(part: str, text: str) -> bool:
    wanted, words = _words(part), _words(text)
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


def _is_trim(line: Line) -> bool:
    """True when the line's words stand in one of its quotes, in that order. Words in [brackets] are an editor's."""
    told = _words(_BRACKETED.sub(" ", line.text))
    return any(_in_order(told, _words(citation.quote)) for citation in line.citations)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _title_words(title: str | None) -> list[str]:
    """The words of a title, in which "U.S." and "US" are one."""
    return _words(_STOP_IN_INITIALS.sub("", title or ""))


def _in_order(told: Sequence[str], quote: Sequence[str]) -> bool:
    rest = iter(quote)
    return all(word in rest for word in told)


def _citation_faults(citation: Citation, articles: Mapping[str, Article], numbers: Mapping[int, str]) -> Iterator[str]:
    article = articles.get(citation.article_id)
    if numbers.get(citation.n) != citation.article_id:
        yield f"citation [{citation.n}] does not match the list of sources"
    if article is None:
        yield f"citation [{citation.n}] is to an article that sources.jsonl lacks"
    elif article.text[citation.start : citation.end] != citation.quote:
        yield f"the quote of citation [{citation.n}] is not in its article at {citation.start}–{citation.end}"
    elif (citation.outlet, citation.link, citation.published) != (article.outlet, article.link, article.published):
        yield f"citation [{citation.n}] names another outlet, link or time than its article"


def _difference_faults(
    difference: Difference, articles: Mapping[str, Article], numbers: Mapping[int, str]
) -> Iterator[str]:
    """Each figure that sources give differently must stand in the article of each source it is ascribed to."""
    for value in difference.values:
        told = " ".join(filter(None, (value.value, value.unit)))
        for n in value.n:
            article = articles.get(numbers.get(n, ""))
            if article is None:
                yield f"its differences cite source [{n}], which is not in the list of sources"
            elif not _is_told(told, difference.what, article.text):
                yield f"its differences give “{told}” as source [{n}]'s figure, which its article does not say"


def _is_told(value: str, what: str, text: str) -> bool:
    """Whether a text gives a value: its figures, or in words of its own that there was nobody."""
    if tells_none(value, what):
        return tells_none(text, what)
    forms = (value, f"magnitude {value}")  # a magnitude is shown without its unit
    return any(not any(numbers_missing(parse(form), [parse(text)])) for form in forms)


def _source_faults(source: SourceEntry, articles: Mapping[str, Article]) -> Iterator[str]:
    article = articles.get(source.article_id)
    if article is None:
        yield "stands in the list of sources, and sources.jsonl lacks the article"
        return
    for key in ("title", "outlet", "carrier", "link", "published"):
        if getattr(source, key) != getattr(article, key):
            yield f"has another {key} in the list of sources than in sources.jsonl"
