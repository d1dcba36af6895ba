"""Why an article, or a sentence of one, is where it is: was it read, what became of it, and which rule decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from digest.asking.fates import Reasons, StatementFate, copy_words, statement_fates
from digest.asking.issues import Kept
from digest.asking.match import has_words, is_address, is_id, matching_places, names_file, site, words
from digest.asking.unissued import outside_words, remembered, unissued_words
from digest.collect.outcome import label_of
from digest.config import Config
from digest.counting import counted
from digest.deliver.outputs import IssueFolder
from digest.models import Article, Brief, SourceEntry, entries
from digest.trace import TracedArticle

ArticleState = Literal["cited", "unused", "copy", "outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFate:
    """What became of an article in one issue. `folder` is the issue's; None where no issue had the article.

    `source` is where it was read, `again` are the further files that it stands in.
    `statements` are all of its sentences, or those that were asked for; a copy and what lies outside have none.
    """

    state: ArticleState
    article_id: str
    label: str
    title: str
    link: str | None
    published: datetime | None
    source: str
    why: str
    again: tuple[str, ...] = ()
    issue: date | None = None
    number: int | None = None
    folder: str | None = None
    statements: tuple[StatementFate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedSource:
    """A source that may have had what was asked for, or is what was asked for, and failed; the last time it did."""

    issue: date
    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that is known: the fates, newest issue first, and what may have had it and failed.

    `issues` are the folders that were looked through, `read` counts their articles.
    """

    question: str
    asked_by: Literal["address", "id", "words"]
    issues: tuple[str, ...]
    read: int
    fates: tuple[ArticleFate, ...]
    failed: tuple[FailedSource, ...] = ()


def why(question: str, kept: Kept) -> Answer:
    """What became of the articles that a question means: an address, id or file, words of a title, outlet or sentence.

    Words are looked for in titles first, then in outlets' names, then in sentences; and in the names of what failed to
    be read. Raises BriefFileError when an issue cannot be read, and StoreError.
    """
    newest_first = kept.issues[::-1]
    fates = [fate for issue in newest_first for fate in _by_source(question, issue, kept.config)]
    fates = fates or [fate for issue in newest_first for fate in _by_file(question, issue, kept.config)]
    fates = fates or [fate for issue in newest_first for fate in _outside(question, issue)]
    fates = fates or list(_unissued(question, kept))
    asked_by: Literal["address", "id", "words"] = "words"
    if is_address(question) or is_id(question):
        asked_by = "id" if is_id(question) else "address"
    for whole in (True, False):
        if asked_by == "words" and not fates:
            fates = [
                fate for issue in newest_first for fate in _by_statement(question, issue, kept.config, whole=whole)
            ]
    failed = tuple(_failed(question, kept))
    return Answer(
        question=question,
        asked_by=asked_by,
        issues=tuple(issue.folder for issue in kept.issues),
        read=len({source.article_id for issue in kept.issues for source in issue.brief.sources}),
        fates=tuple(fates),
        failed=failed if asked_by == "words" or not fates else (),
    )


# --- which articles are meant -----------------------------------------------------------------------------------------


def _meant(question: str, known: Sequence[tuple[str, str, str | None]]) -> set[str]:
    """The ids of the articles, each given as (id, title, link), that a question means by address, id or title."""
    if is_id(question):
        return {key for key, _, _ in known if key == question.strip()}
    if is_address(question):
        found = matching_places(question, {link for _, _, link in known if link})
        return {key for key, _, link in known if link in found}
    wanted = words(question)
    return {key for key, title, _ in known if wanted and has_words(title, wanted)}


def _by_source(question: str, issue: IssueFolder, config: Config | None) -> Iterator[ArticleFate]:
    sources = issue.brief.sources
    meant = _meant(question, [(one.article_id, one.title, one.link) for one in sources])
    if not meant and not is_address(question):
        named = [(one.article_id, f"{one.label} {one.outlet or ''} {one.carrier or ''}", None) for one in sources]
        meant = _meant(question, named)
    yield from _fates(issue, [one for one in sources if one.article_id in meant], config)


def _by_file(question: str, issue: IssueFolder, config: Config | None) -> Iterator[ArticleFate]:
    again = issue.trace().again
    files = {article.id: (article.source, *again.get(article.id, ())) for article in issue.articles()}
    read = {key for key, names in files.items() if any(names_file(question, name) for name in names)}
    yield from _fates(issue, [one for one in issue.brief.sources if one.article_id in read], config)


def _by_statement(question: str, issue: IssueFolder, config: Config | None, *, whole: bool) -> Iterator[ArticleFate]:
    """The articles with all the words, and their sentences with all of them; unless `whole`, those with the most."""
    wanted = words(question)
    if not wanted:
        return
    telling = {article.id for article in issue.articles() if has_words(article.text, wanted)}
    for fate in _fates(issue, [one for one in issue.brief.sources if one.article_id in telling], config):
        held = [sum(has_words(one.text, [word]) for word in wanted) for one in fate.statements]
        most = len(wanted) if whole else max(held, default=0)
        told = tuple(one for one, count in zip(fate.statements, held, strict=True) if count == most)
        if told:
            yield replace(fate, statements=told)


def _outside(question: str, issue: IssueFolder) -> Iterator[ArticleFate]:
    outside = issue.trace().outside
    meant = _meant(question, [(one.id, one.title, one.link) for one in outside])
    for article in outside:
        if article.id in meant or names_file(question, article.source):
            fate = _untold(article, outside_words(article.published, issue.brief.window))
            yield replace(fate, issue=issue.brief.date, number=_number(issue), folder=issue.folder)


def _unissued(question: str, kept: Kept) -> Iterator[ArticleFate]:
    """What the store knows of the articles that no issue has, nor names as outside of its window."""
    known = remembered(kept.store)
    meant = _meant(question, [(one.article.id, one.article.title, one.article.link) for one in known])
    for one in known:
        if one.article.id in meant or names_file(question, one.article.source):
            yield _untold(one.article, unissued_words(one, known, kept.issues))


def _untold(article: Article | TracedArticle, words: str) -> ArticleFate:
    return ArticleFate(
        state="outside",
        article_id=article.id,
        label=article.label,
        title=article.title,
        link=article.link,
        published=article.published,
        source=article.source,
        why=words,
    )


def _failed(question: str, kept: Kept) -> Iterator[FailedSource]:
    """The sources that failed and are of the same site, or have the words in their names; newest issue first."""
    host = site(question) if is_address(question) else ""
    sources = kept.config.sources if kept.config else ()
    names = {label_of(source) for source in sources if host and host in source.address}
    wanted = words(question)
    told = set()
    for issue in reversed(kept.issues):
        for failure in issue.brief.ledger.failures:
            of_site = failure.source in names or ("." in host and host in failure.source)
            of_site = of_site or names_file(question, failure.source)
            if failure not in told and (of_site or (wanted and has_words(failure.source, wanted))):
                told.add(failure)
                yield FailedSource(issue=issue.brief.date, source=failure.source, reason=failure.reason)


# --- what became of them ----------------------------------------------------------------------------------------------


def _fates(issue: IssueFolder, sources: Sequence[SourceEntry], config: Config | None) -> Iterator[ArticleFate]:
    if not sources:
        return
    articles = {article.id: article for article in issue.articles()}
    reasons = Reasons(brief=issue.brief, trace=issue.trace(), config=config)
    for source in sorted(sources, key=lambda one: (one.fate == "copy", one.n is None, one.n or 0, one.article_id)):
        article = articles.get(source.article_id)
        statements = () if source.fate == "copy" or not article else statement_fates(article, reasons)
        yield ArticleFate(
            state=source.fate,
            article_id=source.article_id,
            label=source.label,
            title=source.title,
            link=source.link,
            published=source.published,
            source=article.source if article else "",
            why=_article_words(source, articles, issue.brief, statements, config),
            again=reasons.trace.again.get(source.article_id, ()),
            issue=issue.brief.date,
            number=_number(issue),
            folder=issue.folder,
            statements=statements,
        )


def _article_words(
    source: SourceEntry,
    articles: dict[str, Article],
    brief: Brief,
    statements: Sequence[StatementFate],
    config: Config | None,
) -> str:
    if source.fate == "copy":
        return copy_words(articles.get(source.article_id), articles.get(source.copy_of or ""), config)
    if source.fate == "cited":
        lines = sum(any(one.n == source.n for one in entry.line.citations) for entry in entries(brief))
        # What it tells differently, or told before, may stand below a line that does not cite it.
        cited = f"cited by {counted(lines, 'line')}" if lines else "named below a line, and cited by none"
        return f"it is source {source.n}, {cited}"
    if not statements:
        return "it holds no statement"
    return "no line cites it"


def _number(issue: IssueFolder) -> int | None:
    return issue.brief.series.number if issue.brief.series else None
