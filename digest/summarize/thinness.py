"""Sentences that tell next to nothing: no figure, no day and hardly a name, in few words."""

from __future__ import annotations

import re

from digest.language.claims import attribution
from digest.language.dates import find_dates
from digest.language.names import find_names
from digest.language.quantities import find_quantities
from digest.language.quotes import quotations
from digest.language.said import what_is_said
from digest.language.words import count_words
from digest.summarize.standalone import Flaw

THIN = 0.3  # a sentence without a number, a day or a second name, in few words: nothing to hold on to
THIN_WORDS = 10  # without any name, number or day; two fewer for each name
THIN_ALONE = 14  # the same where only one origin tells it, and it names nobody and no place
THIN_SAID = 8  # and of what somebody is said to have said
_OWNING = frozenset({"admitted", "admits", "acknowledged", "acknowledges"})


def thinness(text: str, *, words: int = THIN_WORDS) -> tuple[Flaw, ...]:
    """The flaw of a sentence that tells next to nothing, if it does: of so many words, fewer for each fact it holds."""
    figures = [one for one in find_quantities(text) if not one.ordinal]
    facts = len({name.key for name in find_names(text)}) + 2 * len(figures) + 2 * len(find_dates(text))
    return (Flaw("tells next to nothing", THIN),) if count_words(text) <= words - 2 * facts else ()


def says_little(text: str) -> bool:
    """Whether a sentence that one origin alone tells has nothing to hold on to, or only who says it.

    A figure or a day is enough, and so are somebody's own words, a claim, a denial and an admission.
    """
    if quotations(text) or find_dates(text) or any(not one.ordinal for one in find_quantities(text)):
        return False
    text = re.sub(r"[\[\]]", "", text)
    found = attribution(text)
    if found and (found.kind != "reported" or found.verb in _OWNING):
        return False
    return bool(
        (not find_names(text) and thinness(text, words=THIN_ALONE))
        or (found and thinness(what_is_said(text), words=THIN_SAID))
    )
