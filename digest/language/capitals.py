"""A text without capitals, given those that its source has: in "mara lind said" nothing shows a name."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.language.names import find_names
from digest.language.words import normalise

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_DAYS_AND_MONTHS = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September October
November December
""".split()  # not March and May, which are words


def has_capitals(text: str) -> bool:
    """Whether any letter of the text is a capital."""
    return any(letter.isupper() for letter in text)


def with_capitals(text: str, source: str) -> str:
    """The text with days and months capitalised, and the words of the source's names that it never writes small."""
    known = _capitalised(source)

    def restored(match: re.Match[str]) -> str:
        word = _POSSESSIVE.sub("", match.group())
        return known.get(word, word) + match.group()[len(word) :]

    return _WORD.sub(restored, text)


@lru_cache(maxsize=16)
def _capitalised(source: str) -> dict[str, str]:
    """Lower-case word -> as the names of the source have it."""
    every = [match.group() for match in _WORD.finditer(normalise(source))]
    lower = {_POSSESSIVE.sub("", word) for word in every if not has_capitals(word)}
    named = [match.group() for name in find_names(source) for match in _WORD.finditer(normalise(name.text))]
    found = {word.lower(): word for word in (*_DAYS_AND_MONTHS, *named) if has_capitals(word)}
    return {word: form for word, form in found.items() if word not in lower}
