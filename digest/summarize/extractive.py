"""The extractive writer: picks a topic's best statement, trims it, and never adds a word of its own.

Its one addition stands in brackets and is taken from the same article: a name, where a sentence would otherwise open
with "he" or "the plant", or call its speaker by the last name alone; what "the programme" was called before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.language.claims import attribution
from digest.language.denials import denies_it, is_denial, says_not
from digest.language.names import find_names, name_words
from digest.language.quantities import Quantity, find_quantities, same_quantity
from digest.language.said import said_stems
from digest.language.words import count_words
from digest.models import Article, Draft, Statement, Topic
from digest.summarize.corroborate import corroborates, foretells
from digest.summarize.forms import TOO_FLAWED, Formed, forms, may_be_long, most_words
from digest.summarize.offered import best_first

# Weights of a candidate's score, beside its centrality (0 to 1). Set by reading the lines they choose
# (docs/line-quality.md); each says what it is worth against a difference in centrality.
SPECIFIC = 0.04  # each name or number, up to five: a reader wants to know who, where and how many
SHARED = 0.15  # the share it keeps of the numbers and names that other origins of the topic tell as well: the news
BACKED = 0.2  # the share of the topic's other origins that bear it out: a topic may hold a stray statement
BACKING_WEIGHED = 6  # candidates, the best by all else
EARLY = 0.1  # the first statement of an article is written to stand alone
UNBACKED = 0.5  # so does one of several origins, of which no other bears the sentence out
SHORT_WORDS, LONG_WORDS = 9, 26  # outside this a line is thin or heavy
AWKWARD = 0.1
NAMED_OUTLET = 0.06  # an article whose outlet is known is the better first citation
ATTRIBUTED = 0.06  # a sentence that says who says so
ELSEWHERE = 0.5  # how surely a better topic of the story tells it, too: this line is there for something else
BOLD = 0.3  # a flat sentence where another hedges ("reportedly"), retracts or corrects


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
    centrality: float
    flaw: float
    reasons: tuple[str, ...]


class ExtractiveSummarizer:
    """Writes a line from the topic's most central, self-contained statement, in some `max_words` words.

    A fifth more where a shorter form would lose a number, a name or a day; a third more before what several tell, or an
    article opens with, goes untold. Unless lines must `stand_alone`, a sentence that leans on its article is better
    than none.
    """

    def __init__(self, *, max_words: int = 30, stand_alone: bool = True) -> None:
        self.max_words = max_words
        self.stand_alone = stand_alone

    def write_all(self, topics: Sequence[Topic], /) -> list[Draft | None]:
        """Return the draft of each topic, or None where no statement can stand alone."""
        return [self.write(topic) for topic in topics]

    def write(self, topic: Topic, /) -> Draft | None:
        """Return the best candidate as a draft, or None when no statement of the topic can stand alone."""
        candidates = self._worth_a_line(topic, self.max_words) or self._long(topic)
        if not candidates:
            return None
        best = candidates[0]
        return Draft(
            text=best.text,
            kind="extractive",
            statements=_bearing_out(best.text, best_first(topic, best.statement), topic),
            steps=(_score_words(best), *best.reasons, *_runners_up(candidates)),
        )

    def _worth_a_line(self, topic: Topic, max_words: int) -> list[Candidate]:
        candidates = _best_backed(_by_score(self._candidates(topic, max_words)), topic)
        return [one for one in candidates if not (self.stand_alone and _yields(one, topic))]

    def _long(self, topic: Topic) -> list[Candidate]:
        """The candidates of which no form is short enough, for what ought not to go untold, and no flawed ones."""
        longer = self._worth_a_line(topic, most_words(self.max_words))
        return [one for one in longer if one.flaw < UNBACKED and may_be_long(topic, one.statement)]

    def _candidates(self, topic: Topic, max_words: int) -> Iterator[Candidate]:
        shared = _shared_facts(topic)
        elsewhere = topic.elsewhere or (0.0,) * len(topic.statements)
        for statement, centrality, told in zip(topic.statements, topic.centrality, elsewhere, strict=True):
            if topic.leads and statement.id not in topic.leads:
                continue
            if is_taken_back(topic, statement):
                continue  # no line is better than one that is known to be false
            found = forms(topic, statement, max_words=max_words, stand_alone=self.stand_alone)
            if form := next(found, None):
                yield _scored(form, topic, statement, centrality, told, shared)


def _scored(
    form: Formed, topic: Topic, statement: Statement, centrality: float, told: float, shared: Sequence[_Fact]
) -> Candidate:
    text = form.text
    flaw_weight = sum(flaw.weight for flaw in form.flaws)
    score = centrality + _merit(text, statement, topic.articles[statement.article_id]) - form.cost - flaw_weight
    score -= ELSEWHERE * told
    score += SHARED * _share_kept(text, shared) - (BOLD if _is_bold(text, statement, topic) else 0.0)
    against = (*(flaw.what for flaw in form.flaws), *(["a better topic tells it, too"] if told else []))
    reasons = (*form.steps, *(f"flaw: {what}" for what in against))
    return Candidate(text, statement, score, centrality, flaw_weight, reasons)


# --- what a topic's origins tell together -----------------------------------------------------------------------------

_Fact = str | Quantity  # a name's key, or a number


def _shared_facts(topic: Topic) -> tuple[_Fact, ...]:
    """The names and numbers that statements of two origins or more tell; none in a topic of one origin."""
    told: dict[str, set[str]] = {}
    quantities: list[tuple[str, Quantity]] = []
    for statement, origin in zip(topic.statements, topic.origins, strict=True):
        told.setdefault(origin, set()).update(name.key for name in find_names(statement.text))
        quantities += [(origin, quantity) for quantity in find_quantities(statement.text)]
    names = Counter(key for keys in told.values() for key in keys)
    numbers: list[Quantity] = []
    for origin, quantity in quantities:
        again = any(other != origin and same_quantity(quantity, one) for other, one in quantities)
        if again and not any(same_quantity(quantity, one) for one in numbers):
            numbers.append(quantity)
    return (*(key for key in sorted(names) if names[key] > 1), *numbers)


def _share_kept(text: str, shared: Sequence[_Fact]) -> float:
    if not shared:
        return 0.0
    names, numbers = {name.key for name in find_names(text)}, find_quantities(text)
    kept = [
        fact in names if isinstance(fact, str) else any(same_quantity(fact, one) for one in numbers) for fact in shared
    ]
    return sum(kept) / len(kept)


def _yields(found: Candidate, topic: Topic) -> bool:
    """Whether a sentence is not worth a line: it tells too little, or leans on the one article that has it."""
    origins = dict(zip((one.id for one in topic.statements), topic.origins, strict=True))
    least = TOO_FLAWED if len(set(topic.origins)) == 1 else UNBACKED
    return found.flaw >= least and not _backing(found, topic, origins)


def _by_score(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda found: (-found.score, found.statement.id, found.text))


def _best_backed(candidates: Sequence[Candidate], topic: Topic) -> list[Candidate]:
    """The candidates anew, by what they score with the share of the other origins that bear each of the best out."""
    origins = dict(zip((one.id for one in topic.statements), topic.origins, strict=True))
    others = len(set(topic.origins)) - 1
    if not others:
        return list(candidates)
    held = [
        replace(found, score=found.score + BACKED * _backing(found, topic, origins) / others)
        for found in candidates[:BACKING_WEIGHED]
    ]
    return _by_score(held) + list(candidates[BACKING_WEIGHED:])


def _backing(found: Candidate, topic: Topic, origins: Mapping[str, str]) -> int:
    """How many origins beside its own bear the candidate out."""
    bearing = _bearing_out(found.text, best_first(topic, found.statement), topic)
    return len({origins[one.id] for one in bearing}) - 1


def _bearing_out(line: str, statements: Sequence[Statement], topic: Topic) -> tuple[Statement, ...]:
    """The line's own statement, then those that bear it out; two near the topic's middle are near each other."""
    first, *others = statements
    near = {one.id: centrality for one, centrality in zip(topic.statements, topic.centrality, strict=True)}
    alike = (one for one in others if corroborates(line, one.text, nearness=near[first.id] * near[one.id]))
    return (first, *(one for one in alike if not foretells(line, first, one, topic)))


def _merit(text: str, statement: Statement, article: Article) -> float:
    facts = len({name.key for name in find_names(text)}) + len(find_quantities(text))
    length = count_words(text)
    awkward = AWKWARD if not SHORT_WORDS <= length <= LONG_WORDS else 0.0
    told = (NAMED_OUTLET if article.outlet else 0.0) + (ATTRIBUTED if attribution(text) else 0.0)
    return SPECIFIC * min(5, facts) + EARLY / (1 + statement.position) + told - awkward


def _is_bold(text: str, statement: Statement, topic: Topic) -> bool:
    """True when `text` states flatly what another of the topic's denies or only reports, or its outlet corrects."""
    others = [other for other in topic.statements if other.id != statement.id]
    if not says_not(text) and any(is_denial(other.text) for other in others):
        return True
    if any(_corrects(topic.articles, later, statement) for later in _later(statement, topic)):
        return True
    return not _doubts(text) and any(_doubts(other.text) for other in others)


def _later(statement: Statement, topic: Topic) -> list[Statement]:
    """The topic's statements of articles that came out after the statement's."""
    dates = {key: article.published for key, article in topic.articles.items()}
    mine = dates[statement.article_id]
    return [other for other in topic.statements if mine and (date := dates[other.article_id]) and date > mine]


def is_taken_back(topic: Topic, statement: Statement) -> bool:
    """Whether a later article of the topic says that it is not so, in half of the statement's own words."""
    told = said_stems(statement.text)
    return any(
        denies_it(later.text, statement.text) and 2 * len(told & said_stems(later.text)) >= len(told)
        for later in _later(statement, topic)
    )


def _corrects(articles: Mapping[str, Article], later: Statement, one: Statement) -> bool:
    """Whether an outlet itself gives all figures of one kind otherwise than before, for somebody it names again."""
    mine, theirs = articles[one.article_id].outlet, articles[later.article_id].outlet
    if mine is None or mine != theirs or name_words(one.text).isdisjoint(name_words(later.text)):
        return False
    old, new = find_quantities(one.text), find_quantities(later.text)
    told = [(a, b) for a in old for b in new if a.unit and a.unit == b.unit and a.noun == b.noun]
    return bool(told) and not any(same_quantity(a, b) for a, b in told)


def _doubts(text: str) -> bool:
    return bool(_DOUBT.search(text))


def _score_words(found: Candidate) -> str:
    return f"score {found.score:.2f} (centrality {found.centrality:.2f}, {count_words(found.text)} words)"


def _runners_up(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(f"also considered ({found.score:.2f}): {found.text}" for found in candidates[1:4])
