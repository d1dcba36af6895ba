"""Whether a text is English: the rules of this folder know English words only, and keep no promise elsewhere."""

from __future__ import annotations

import re

from digest.language.words import STOPWORDS, words

# Function words that the languages of Europe hardly share with English.
_TELLING = frozenset("the and that with from have has been which who their they this would were after its said".split())
_BEYOND_LATIN = re.compile("[^\u0000-\u024f]")
# Of 3,000 English texts (news, teasers, summaries) the least share of function words is .13 in those of 20 words or
# more, and of the telling ones .05 in those of 60 or more; sentences of eight other languages have .04 to .28 and none.
_JUDGED_FROM, _LEAST_FUNCTION_WORDS = 20, 0.1
_JUDGED_TWICE_FROM, _LEAST_TELLING = 60, 0.02


def is_english(text: str) -> bool:
    """False where a text is surely in another language; too short a text in Latin letters counts as English."""
    beyond = sum(map(str.isalpha, _BEYOND_LATIN.findall(text)))
    if beyond and 2 * beyond > sum(map(str.isalpha, text)):
        return False
    told = [word for word in words(text) if word.isalpha()]  # a list of results is in no other language for its figures
    if len(told) < _JUDGED_FROM:
        return True
    if sum(word in STOPWORDS for word in told) < _LEAST_FUNCTION_WORDS * len(told):
        return False
    return len(told) < _JUDGED_TWICE_FROM or sum(word in _TELLING for word in told) >= _LEAST_TELLING * len(told)
