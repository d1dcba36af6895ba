"""Which of a topic's statements bear a line out, beside the one it was cut from."""

from __future__ import annotations

from digest.language.quantities import find_quantities, same_quantity
from digest.summarize.evidence import parse, shared_words

# Share of content words that a corroborating statement must have in common with the line. On the development rows 90 %
# of the statements of one fact share .22 and more with another one; half of those about something else share .02.
MIN_IN_COMMON = 0.2


def corroborates(line: str, statement: str) -> bool:
    """True when the statement may be cited for the line: alike in words, and no other figure for what both count."""
    return not _counts_otherwise(line, statement) and shared_words(parse(line), parse(statement)) >= MIN_IN_COMMON


def _counts_otherwise(line: str, statement: str) -> bool:
    theirs = [quantity for quantity in find_quantities(statement) if quantity.noun and not quantity.ordinal]
    for mine in find_quantities(line):
        same_noun = [other for other in theirs if other.noun == mine.noun and other.unit == mine.unit]
        if mine.noun and same_noun and not any(same_quantity(mine, other) for other in same_noun):
            return True
    return False
