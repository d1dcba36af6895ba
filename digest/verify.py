"""Is a finished brief still true to its sources? Every citation, number, name and quotation is checked again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.models import Article, Brief, Citation, Entry, Line
from digest.summarize.support import check_support

_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a line: the topic's id, the line, and the fault."""

    topic: str
    line: str
    fault: str


def verify_brief(brief: Brief, articles: Sequence[Article]) -> tuple[Problem, ...]:
    """Check every line against the articles; empty when all is well."""
    by_id = {article.id: article for article in articles}
    numbers = {source.n: source.article_id for source in brief.sources if source.n is not None}
    return tuple(
        Problem(topic=entry.id, line=entry.line.text, fault=fault)
        for entry in entries(brief)
        for fault in _faults(entry, by_id, numbers)
    )


def entries(brief: Brief) -> Iterator[Entry]:
    """All topics of the brief, in its order."""
    for section in brief.sections:
        for story in section.stories:
            yield from story.topics


def _faults(entry: Entry, articles: Mapping[str, Article], numbers: Mapping[int, str]) -> Iterator[str]:
    if not entry.line.citations:
        yield "has no citation"
        return
    for citation in entry.line.citations:
        yield from _citation_faults(citation, articles, numbers)
    for number in sorted({n for difference in entry.differences for value in difference.values for n in value.n}):
        if number not in numbers:
            yield f"its differences cite source [{number}], which is not in the list of sources"
    context = "\n".join(
        articles[citation.article_id].text for citation in entry.line.citations if citation.article_id in articles
    )
    support = check_support(entry.line.text, [citation.quote for citation in entry.line.citations], context=context)
    if entry.line.kind != "abstractive" and not _is_trim(entry.line):
        yield "is not a sentence of its citations with words left out"
    for missing in support.missing:
        yield f"{missing.kind} {missing.text!r} is not supported by its citations"


def _is_trim(line: Line) -> bool:
    """True when the line's words stand in one of its quotes, in that order. Words in [brackets] are an editor's."""
    told = _WORD.findall(_BRACKETED.sub(" ", line.text).lower())
    return any(_in_order(told, _WORD.findall(citation.quote.lower())) for citation in line.citations)


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
    elif (citation.outlet, citation.link) != (article.outlet, article.link):
        yield f"citation [{citation.n}] names another outlet or link than its article"
