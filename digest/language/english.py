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
# A text without a telling word needs twice as many function words, and none of the other languages'. Of 13,630 runs of
# one to three sentences of the news, of 20 to 59 words, six fail that, and none of 1,927 articles.
_LEAST_UNTOLD = 0.2
_FOREIGN = frozenset(
    "der das und ist nicht wird sind le est une dans il che della sono los las una het een niet zijn och att som på og"
    " av til fra er ikke det não uma para nie się".split()
)
_JUDGED_TWICE_FROM, _LEAST_TELLING = 60, 0.02


def is_english(text: str) -> bool:
    """False where a text is surely in another language; too short a text in Latin letters counts as English."""
    beyond = sum(map(str.isalpha, _BEYOND_LATIN.findall(text)))
    if beyond and 2 * beyond > sum(map(str.isalpha, text)):
        return False
    told = [word for word in words(text) if word.isalpha()]  # a list of results is in no other language for its figures
    if len(told) < _JUDGED_FROM:
        return True
    telling = sum(word in _TELLING for word in told)
    if not telling and sum(word in _FOREIGN for word in told) > 1:
        return False
    if sum(word in STOPWORDS for word in told) < (_LEAST_FUNCTION_WORDS if telling else _LEAST_UNTOLD) * len(told):
        return False
    return len(told) < _JUDGED_TWICE_FROM or telling >= _LEAST_TELLING * len(told)
