"""How much of a sentence can be held on to: figures, days, and somebody who says it."""

from __future__ import annotations

from digest.language.claims import attribution
from digest.language.dates import find_dates
from digest.language.names import find_names
from digest.language.quantities import find_quantities
from digest.language.quotes import quotations
from digest.language.verbs import has_past
from digest.language.words import count_words

PARTIES = 2  # names of who did it and to whom, or where
ENOUGH = 2  # of the three, for a sentence that one origin alone tells
THIN_WORDS = 8  # of a hollow sentence: with so few, it tells next to nothing


def substance(text: str) -> int:
    """How many of three a sentence has, from 0 to 3: a figure, a day or a date, and a speaker or somebody's own words.

    What has none of them is an outlet's own account or its opinion more often than it is news.
    """
    figure = any(not one.ordinal for one in find_quantities(text))
    return figure + bool(find_dates(text)) + bool(attribution(text) or quotations(text))


def is_hollow(text: str) -> bool:
    """Whether a sentence has none of the three, nor tells what somebody did to or with another: "Oda sued the yard"."""
    return not substance(text) and not (len(find_names(text)) >= PARTIES and has_past(text.split()))


def is_thin(text: str) -> bool:
    """Whether a sentence tells next to nothing: it is hollow, and short."""
    return count_words(text) <= THIN_WORDS and is_hollow(text)
