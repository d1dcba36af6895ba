"""The extractive writer: picks a topic's best statement, trims it, and never adds a word of its own.

Its one addition is a name in brackets, taken from the same article, where a sentence would otherwise open with "he"
or "the plant".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from digest.language.claims import attribution
from digest.language.names import find_names
from digest.language.quantities import find_quantities
from digest.models import Article, Draft, Statement, Topic
from digest.summarize.corroborate import corroborates
from digest.summarize.offered import best_first
from digest.summarize.standalone import FATAL, flaws, restore
from digest.summarize.support import check_support
from digest.summarize.trim import count_words, shorten

FORMS_TRIED = 12  # per statement, best first; the first that is supported and stands alone is taken

# Weights of a candidate's score, beside its centrality (0 to 1). Set by reading the lines they choose
# (docs/line-quality.md); each says what it is worth against a difference in centrality.
SPECIFIC = 0.04  # each name or number, up to five: a reader wants to know who, where and how many
BRACKETED = 0.3  # a restored subject is a second choice
COST = 0.06  # each unit of what the trimming cost
EARLY = 0.1  # the first statement of an article is written to stand alone
TOO_FLAWED = 0.3  # a topic of one origin whose best sentence leans this much on its article yields its place
SHORT_WORDS, LONG_WORDS = 9, 26  # outside this a line is thin or heavy
AWKWARD = 0.1
NAMED_OUTLET = 0.06  # an article whose outlet is known is the better first citation
ATTRIBUTED = 0.06  # a sentence that says who says so
BOLD = 0.3  # a flat sentence where another origin hedges ("reportedly") or retracts: it may say too much


_DOUBT = re.compile(
    r"\b(?:reportedly|alleged(?:ly)?|if confirmed|unconfirmed|unverified|apparently|purported(?:ly)?|retract\w*"
    r"|corrections?|incorrect(?:ly)?|debunked|false(?:ly)?|baseless)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could be the line: its text, the statement it was cut from, its score, its flaws and why."""

    text: str
    statement: Statement
    score: float
    flaw: float
    reasons: tuple[str, ...]


class ExtractiveSummarizer:
    """Writes a line from the topic's most central, self-contained statement, in at most `max_words` words."""

    def __init__(self, *, max_words: int = 30) -> None:
        self.max_words = max_words

    def write_all(self, topics: Sequence[Topic], /) -> list[Draft | None]:
        """Return the draft of each topic, or None where no statement can stand alone."""
        return [self.write(topic) for topic in topics]

    def write(self, topic: Topic, /) -> Draft | None:
        """Return the best candidate as a draft, or None when no statement of the topic can stand alone."""
        candidates = sorted(self._candidates(topic), key=lambda found: (-found.score, found.statement.id, found.text))
        if not candidates or (len(set(topic.origins)) == 1 and candidates[0].flaw >= TOO_FLAWED):
            return None
        best = candidates[0]
        return Draft(
            text=best.text,
            kind="extractive",
            statements=_bearing_out(best.text, best_first(topic, best.statement)),
            steps=(*best.reasons, *_runners_up(candidates)),
        )

    def _candidates(self, topic: Topic) -> Iterator[Candidate]:
        for statement, centrality in zip(topic.statements, topic.centrality, strict=True):
            yield from islice(self._forms(topic, statement, centrality), 1)

    def _forms(self, topic: Topic, statement: Statement, centrality: float) -> Iterator[Candidate]:
        """The statement's acceptable forms, best first."""
        article = topic.articles[statement.article_id]
        for form in islice(shorten(statement.text, max_words=self.max_words), FORMS_TRIED):
            text, restored = form.text, None
            found = flaws(text)
            if any(flaw.weight >= FATAL for flaw in found):
                restored = restore(text, before=article.text[: statement.start])
                if restored is None:
                    continue
                text, found = restored.text, flaws(restored.text)
            if any(flaw.weight >= FATAL for flaw in found) or count_words(text) > self.max_words:
                continue
            if not check_support(text, [statement.text], context=article.text).ok:
                continue
            cut = [f"cut: {cut.what}" for cut in form.cuts]
            flaw_weight = sum(flaw.weight for flaw in found)
            score = centrality + _merit(text, statement, article) - COST * form.cost - flaw_weight
            score -= (BRACKETED if restored else 0.0) + (BOLD if _is_bold(text, statement, topic) else 0.0)
            reasons = (
                f"score {score:.2f} (centrality {centrality:.2f}, {count_words(text)} words)",
                *cut,
                *(f"flaw: {flaw.what}" for flaw in found),
                *((f"subject restored: {restored.name}",) if restored else ()),
            )
            yield Candidate(text, statement, score, flaw_weight, reasons)


def _bearing_out(line: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    first, *others = statements
    return (first, *(one for one in others if corroborates(line, one.text)))


def _merit(text: str, statement: Statement, article: Article) -> float:
    facts = len({name.key for name in find_names(text)}) + len(find_quantities(text))
    length = count_words(text)
    awkward = AWKWARD if not SHORT_WORDS <= length <= LONG_WORDS else 0.0
    told = (NAMED_OUTLET if article.outlet else 0.0) + (ATTRIBUTED if attribution(text) else 0.0)
    return SPECIFIC * min(5, facts) + EARLY / (1 + statement.position) + told - awkward


def _is_bold(text: str, statement: Statement, topic: Topic) -> bool:
    """True when `text` states flatly what another statement of the topic only reports."""
    if _doubts(text):
        return False
    return any(_doubts(other.text) for other in topic.statements if other.id != statement.id)


def _doubts(text: str) -> bool:
    return bool(_DOUBT.search(text))


def _runners_up(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(f"also considered ({found.score:.2f}): {found.text}" for found in candidates[1:4])
