"""What a sentence tells, apart from who says it and when.

Two sentences of one minister have her name, her office and the day in common, and need not have anything else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.language.claims import Attribution, attribution
from digest.language.dates import find_dates
from digest.language.verbs import may_have_verb
from digest.language.words import STOPWORDS, content_words, count_words, stem, tokens

# Words after "…, police said": the day, the place, the medium. With more, what is said comes after the verb.
_TAIL_WORDS = 5
_LEAST = 2  # content words that are something said: "the fatalities and injuries", not "so"
_HOURS = frozenset("late early night morning evening afternoon overnight midnight".split())
_SAYS_NOTHING = STOPWORDS | _HOURS
# Where somebody said it is as little said as who did.
_MEDIUM = re.compile(
    r",? (?:in|at|on|through|via) (?:an?|the|his|her|its|their) (?:[a-z]+ ){0,2}"
    r"(?:post|statement|tweet|message|letter|interview|briefing|press conference|news conference|speech)"
    r"(?: (?:on|to|with|in|at) (?:the )?(?:[A-Z][\w-]*|social media)(?: [A-Z][\w-]*){0,2})?(?![\w-])"
)


def what_is_said(text: str) -> str:
    """The text without its speaker, at its head ("X said that …"), its tail ("…, X said") or between.

    The whole text where nobody says it, or nothing else would be left.
    """
    found = attribution(text)
    if found is None or not found.speaker:
        return text
    rest = _MEDIUM.sub("", _without(text, found))
    return rest if len(content_words(rest)) >= _LEAST else text


def _without(text: str, found: Attribution) -> str:
    before, after = text[: found.start], text[found.end :]
    aside, whole = after.lstrip().startswith(","), may_have_verb(before)
    if whole and (aside or count_words(after) <= _TAIL_WORDS):
        return before
    if aside:
        return f"{before}{after}"
    return text if whole else after  # "… condemned her after she wrote a tweet": what is told stands before it


@lru_cache(maxsize=20_000)  # a topic's statements are compared with each of its possible lines
def said_stems(text: str) -> frozenset[str]:
    """The content words, by stem, of what a text says, without its days, dates and hours."""
    told = what_is_said(text)
    dated = [(one.start, one.end) for one in find_dates(told)]
    return frozenset(
        stem(token.word)
        for token in tokens(told)
        if token.word not in _SAYS_NOTHING and not any(start <= token.start < end for start, end in dated)
    )
