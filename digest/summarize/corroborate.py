"""Which of a topic's statements bear a line out, beside the one it was cut from."""

from __future__ import annotations

from collections.abc import Sequence

from digest.language.dates import find_dates
from digest.language.quantities import Quantity, find_quantities, same_quantity
from digest.language.words import STOPWORDS, stem, tokens

# Share of what the line says (content words and figures) that a corroborating statement must say
# too. Of .2 to .4, .35 is the least at which no line of the bundled example cites a statement of another fact.
MIN_IN_COMMON = 0.35
# That share and the nearness of the two statements, weighed, must come to this much together. The weights are those of
# a logistic regression on 277 citations of real news graded by hand (docs/line-quality.md): of those that support their
# line 91 % pass, of the others 46 %.
NEARNESS = 1.3
OTHER_DAY = 0.5  # taken off where the line and the statement name weekdays and have none in common
MIN_TOGETHER = 1.4
MANY = 3  # figures


def corroborates(line: str, statement: str, *, nearness: float | None = None) -> bool:
    """True when the statement may be cited for the line: alike in what it says, and no other figure for the same.

    `nearness` is how near the statement is to the one the line was cut from, from 0 to 1; None where there is none.
    """
    mine, theirs = find_quantities(line), find_quantities(statement)
    if _counts_otherwise(mine, theirs):
        return False
    shared = [any(same_quantity(one, other) for other in theirs) for one in mine]
    if len(shared) >= MANY and sum(shared) == 1:
        return False  # it has one of the line's many figures: a part of another count, or a coincidence
    said = _said(line, mine)
    known = {stem(token.word) for token in tokens(statement)}
    total = len(said) + len(shared)
    common = (sum(shared) + len(said & known)) / total if total else 1.0
    # All of the line's figures: of 65 such citations that were graded, all supported their line.
    if common < MIN_IN_COMMON or nearness is None or (shared and all(shared)):
        return common >= MIN_IN_COMMON
    return common + NEARNESS * nearness - OTHER_DAY * _other_day(line, statement) >= MIN_TOGETHER


def _other_day(line: str, statement: str) -> bool:
    mine, theirs = _weekdays(line), _weekdays(statement)
    return bool(mine and theirs and not mine & theirs)


def _weekdays(text: str) -> set[int]:
    return {mention.weekday for mention in find_dates(text) if mention.weekday is not None}


def _said(line: str, quantities: Sequence[Quantity]) -> set[str]:
    """The line's content words, by stem, without its figures."""
    spans = [(one.start, one.end) for one in quantities]
    return {
        stem(token.word)
        for token in tokens(line)
        if token.word not in STOPWORDS and not any(start <= token.start < end for start, end in spans)
    }


def _counts_otherwise(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    for one in mine:
        same_noun = [other for other in theirs if one.noun and (other.noun, other.unit) == (one.noun, one.unit)]
        if same_noun and not one.ordinal and not any(same_quantity(one, other) for other in same_noun):
            return True
    return False
