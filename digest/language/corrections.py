"""An outlet's notice that it got something wrong: that it is one, and what it takes back."""

from __future__ import annotations

import re

from digest.language.quantities import Quantity, find_quantities
from digest.language.words import normalise

# "Correction: …", and not "Correction in shares deepens", whose article says what a report said.
_NOTICE = re.compile(
    r"(?:corrections?(?: (?:and|&) clarifications?)?|clarifications?|errat(?:um|a)|for the record)\s*(?:[:|,–—]|- |$)",
    re.IGNORECASE,
)
# "The article also said that …", "gave a wrong figure": what stands there is not so.
_TAKEN_BACK = re.compile(
    r"\b(?:articles?|story|stories|reports?|headlines?|captions?|versions?|we)\b[^.]{0,160}?"
    r"\b(?:said|stated|gave|reported|misstated|misspelled|named|called|described|wrote)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|rather than|instead of)(?: (?:about|some|the))? $")
_REACH = 24  # characters before a figure in which such words stand


def is_notice(title: str) -> bool:
    """Whether an article under this title corrects others."""
    return _NOTICE.match(title.strip()) is not None


def takes_back(sentence: str) -> bool:
    """Whether a sentence of such a notice tells what an article had said."""
    return _TAKEN_BACK.search(normalise(sentence)) is not None


def taken_back(sentence: str) -> tuple[Quantity, ...]:
    """The figures that a sentence says are wrong: 37 of "it was 31, not 37"."""
    plain = normalise(sentence)
    figures = find_quantities(sentence)
    return tuple(one for one in figures if _NOT.search(plain[max(0, one.start - _REACH) : one.start]))
