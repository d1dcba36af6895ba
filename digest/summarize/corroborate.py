"""Which of a topic's statements bear a line out, beside the one it was cut from."""

from __future__ import annotations

from collections.abc import Sequence

from digest.language.quantities import Quantity, find_quantities, same_quantity
from digest.language.words import STOPWORDS, stem, tokens

# Share of what the line says (content words and figures) that a corroborating statement must say
# too. Of .2 to .4, .35 is the least at which no line of the bundled example cites a statement of another fact.
MIN_IN_COMMON = 0.35


def corroborates(line: str, statement: str) -> bool:
    """True when the statement may be cited for the line: alike in what it says, and no other figure for the same."""
    mine, theirs = find_quantities(line), find_quantities(statement)
    if _counts_otherwise(mine, theirs):
        return False
    said = _said(line, mine)
    known = {stem(token.word) for token in tokens(statement)}
    figures = [any(same_quantity(one, other) for other in theirs) for one in mine]
    total = len(said) + len(figures)
    return total == 0 or sum(figures) + len(said & known) >= MIN_IN_COMMON * total


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
