"""What became of each sentence of an article: the line that cites it, or the rule that kept it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from digest.compose import IN_THE_BRIEF
from digest.config import Config
from digest.copies import shingle_overlap
from digest.models import Article, Brief, Entry, Omission, entries
from digest.trace import BELOW_CUT, CANNOT_STAND_ALONE, Trace, TracedTopic

StatementState = Literal["cited", "differs", "not cited", "not printed", "left out"]

_SAYS_WHAT = "says what "


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFate:
    """One sentence: what became of it, in which topic, the line that is printed for that, and why."""

    state: StatementState
    text: str
    start: int
    why: str
    topic: str | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What an issue's fates follow from: its brief, its trace, and the configuration where it is known."""

    brief: Brief
    trace: Trace
    config: Config | None

    @property
    def printed(self) -> Mapping[str, Entry]:
        """The topics that have a line, by id."""
        return {entry.id: entry for entry in entries(self.brief)}


def statement_fates(article: Article, reasons: Reasons) -> tuple[StatementFate, ...]:
    """The fate of each sentence of an article that stands for its origin, in the order of the text."""
    printed = reasons.printed
    told = (
        _printed(article, quote, topic, printed[topic.id], reasons)
        if topic.id in printed
        else _unprinted(article, quote, topic, rank, reasons)
        for rank, topic in enumerate(reasons.trace.topics, start=1)
        for quote in dict.fromkeys(one.quote for one in topic.statements if one.article_id == article.id)
    )
    omitted = (_omitted(one) for one in reasons.trace.omitted if one.article_id == article.id)
    return tuple(sorted((*told, *omitted), key=lambda one: (one.start, one.text)))


def _printed(article: Article, quote: str, topic: TracedTopic, entry: Entry, reasons: Reasons) -> StatementFate:
    state, why = _beside_the_line(article, quote, topic, entry, reasons)
    start = article.text.find(quote)
    return StatementFate(state=state, text=quote, start=start, why=why, topic=topic.id, line=entry.line.text)


def _beside_the_line(
    article: Article, quote: str, topic: TracedTopic, entry: Entry, reasons: Reasons
) -> tuple[StatementState, str]:
    """The state of a sentence whose topic is printed, and why."""
    for citation in entry.line.citations:
        if citation.article_id == article.id and citation.quote == quote:
            return "cited", f"the line cites it as [{citation.n}]"
    for citation in entry.past:
        if citation.article_id == article.id and citation.quote == quote:
            return "not cited", f"it tells what has been overtaken since, and stands below the line as [{citation.n}]"
    alone = sum(one.article_id == article.id for one in topic.statements) == 1
    numbers = {source.n for source in reasons.brief.sources if source.article_id == article.id}
    for difference in entry.differences:
        for reading in difference.values:
            # A figure may be told in words ("fourteen"); the article's only sentence of the topic tells it anyhow.
            if numbers & set(reading.n) and (alone or reading.value.casefold() in quote.casefold()):
                return "differs", f"it differs on “{difference.what}”: {reading.value}, named below the line"
    return "not cited", _uncited(article, quote, topic, entry, reasons.config)


def _uncited(article: Article, quote: str, topic: TracedTopic, entry: Entry, config: Config | None) -> str:
    origin_of = {(one.article_id, one.quote): (one.origin, one.label) for one in topic.statements}
    own, _ = origin_of[article.id, quote]
    for citation in entry.line.citations:
        origin, label = origin_of.get((citation.article_id, citation.quote), (None, ""))
        if origin == own:
            return f"its origin is cited already, by {label} [{citation.n}]"
    if config and len(entry.line.citations) >= config.lines.max_citations:
        return f"lines.max_citations = {config.lines.max_citations}: as many other sources are cited already"
    enough = "" if config else ", or enough others are cited already"
    return f"it was not found to bear out all that the line says{enough}"


def _unprinted(article: Article, quote: str, topic: TracedTopic, rank: int, reasons: Reasons) -> StatementFate:
    start = article.text.find(quote)
    why = _why_no_line(topic, quote, rank, reasons)
    return StatementFate(state="not printed", text=quote, start=start, why=why, topic=topic.id)


def _why_no_line(topic: TracedTopic, quote: str, rank: int, reasons: Reasons) -> str:
    place = f"{topic.id}, the {_nth(rank)} of {len(reasons.trace.topics)} topics by importance"
    if topic.fate == BELOW_CUT:
        return f"{place}, fell below the cut" + (f" ({topic.rule})" if topic.rule else "")
    if topic.fate == CANNOT_STAND_ALONE:
        own = [step for one, step in zip(topic.statements, topic.steps, strict=False) if one.quote == quote]
        lacks = f". Of this one: {own[0]}" if own else ""
        return f"{place}, has no line: no sentence of it tells enough and can be understood without its article{lacks}"
    if topic.fate.startswith(_SAYS_WHAT):
        other = topic.fate.removeprefix(_SAYS_WHAT).partition(" ")[0]
        printed = reasons.printed
        return f"{topic.id} says what {other} says" + (f": {printed[other].line.text}" if other in printed else "")
    if topic.fate == IN_THE_BRIEF:
        return f"{place}, had a line, but brief.json holds it no more: was it changed?"
    return f"{place}, {topic.fate}"


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def _omitted(omission: Omission) -> StatementFate:
    return StatementFate(
        state="left out", text=omission.text, start=omission.start, why=f"it is no statement: {omission.reason}"
    )


ANY_SHARE = 0.01  # the original named may be another than the one it was folded by, and share less with the copy


def copy_words(copy: Article | None, original: Article | None, config: Config | None) -> str:
    """Of what an article is a copy, and by how much."""
    if copy is None or original is None:
        return "it is a copy of another article, which is not among the kept ones"
    name = f"{original.outlet or original.source}: “{original.title}”"
    # The shorter text is held against the longer one, whichever of the two stands for both.
    share = shingle_overlap([copy.text, original.text], threshold=ANY_SHARE).near[0].get(1, 0.0)
    rule = f"; copies.threshold = {config.copies.threshold:g}" if config else ""
    return f"it is a copy of {name} ({share:.0%} of the shorter text's word runs are in both{rule}): they count as one"
