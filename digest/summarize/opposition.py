"""Words of a claim that turn its source round: an opposite in the place of a word, or near it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from digest.language.antonyms import ANTONYMS
from digest.language.words import stem
from digest.summarize.evidence import Parsed

_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis")
_SHORTEST = 4  # letters of what a prefix may stand before: "under" is no opposite of "der"
LONGEST_SWAP = 4  # words: a longer stretch in the place of another is another clause, not a word for a word
SWAPPED_IN = 2  # sentences, the nearest, in which a word in the place of another is looked for
# "Over 60" is "more than 60", and "held down" has nothing to do with who stood up: as particles they turn nothing.
_PARTICLES = frozenset("over under up down".split())


def opposites(told: Parsed, nearest: Sequence[Parsed]) -> tuple[str, ...]:
    """The claim's words whose opposite the nearest sentences have, where they do not have the word itself.

    Or where they have both, and the opposite stands in the very place of the word.
    """
    near = {stem(token.word) for sentence in nearest for token in sentence.tokens}
    found = {
        token.word
        for token in told.tokens
        if token.word not in _PARTICLES and (word := stem(token.word)) not in near and _opposed(word) & near
    }
    for sentence in nearest[:SWAPPED_IN]:
        found.update(_swapped(told, sentence))
    return tuple(sorted(found))


def _opposed(word: str) -> frozenset[str]:
    return ANTONYMS.get(word, frozenset())


def _swapped(told: Parsed, sentence: Parsed) -> Iterator[str]:
    """Words of the claim that stand where the sentence has their opposite, between the same words."""
    mine, theirs = [stem(token.word) for token in told.tokens], [stem(token.word) for token in sentence.tokens]
    for operation, a, b, c, d in SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if operation != "replace" or max(b - a, d - c) > LONGEST_SWAP:
            continue
        for place in range(c, d):
            word = told.tokens[place].word
            if word not in _PARTICLES and any(are_opposites(mine[place], other) for other in theirs[a:b]):
                yield word


def are_opposites(first: str, second: str) -> bool:
    """Whether two stems are opposites: by the list, by a prefix ("unlikely") or by "-less"."""
    return second in _opposed(first) or _negates(first, second) or _negates(second, first)


def _negates(longer: str, word: str) -> bool:
    if len(word) < _SHORTEST:
        return False
    return any(longer == prefix + word for prefix in _PREFIXES) or longer in (
        f"{word}less",
        f"{word.removesuffix('ful')}less",
    )
