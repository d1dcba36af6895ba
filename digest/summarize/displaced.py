"""Names of a claim in the place where its source has something else: who acts on whom, turned round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from digest.language.names import Name, country_of, same_name
from digest.language.words import STOPWORDS, stem, words
from digest.summarize.evidence import Parsed
from digest.summarize.opposition import LONGEST_SWAP

# A sentence is compared place by place when it has at least this share of the claim's words in the claim's order: a
# freer wording has names in other places and means the same. Of the 2,992 true claims of benchmarks/fit_support.py it
# strikes 30, of which 4 have no other strike; of the false ones 383, of which 213 have none.
ALIKE = 0.5
# Words before and after a name among which a neighbour is looked for.
BESIDE = 4


def displaced(told: Parsed, nearest: Sequence[Parsed], document: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Names that stand where one of the `nearest` sentences has another name, between the same words.

    Not those that some sentence of the `document` (its words, as stems, in order) has beside one of the same words: a
    summary of several sentences says rightly what no single one says in that place.
    """
    if not told.names:
        return ()
    stems = [stem(token.word) for token in told.tokens]
    found: dict[str, None] = {}
    for sentence in nearest:
        for start, end in _exchanged(told, stems, sentence):
            for name in _names_in(told, start, end):
                if not _is_beside(told, stems, name, (start, end), document):
                    found[name.text] = None
    return tuple(found)


def _exchanged(told: Parsed, stems: Sequence[str], sentence: Parsed) -> Iterator[tuple[int, int]]:
    """Places of the claim (start, end) that hold a name where the sentence has one that means somebody else."""
    matcher = SequenceMatcher(None, [stem(token.word) for token in sentence.tokens], stems, autojunk=False)
    steps = matcher.get_opcodes()
    if sum(b - a for operation, a, b, _, _ in steps if operation == "equal") < ALIKE * len(stems):
        return
    for number, (operation, a, b, c, d) in enumerate(steps):
        beside = (steps[max(0, number - 1)], steps[min(number + 1, len(steps) - 1)])
        if operation != "replace" or max(b - a, d - c) > LONGEST_SWAP:
            continue
        if any(step[0] != "equal" for step in beside if step[1] != a):
            continue
        theirs = _names_in(sentence, a, b)
        mine = _names_in(told, c, d)
        if theirs and mine and not any(_may_be_one(one, other) for one in mine for other in theirs):
            yield c, d


def _names_in(text: Parsed, start: int, end: int) -> list[Name]:
    """The names of which a token from start to end is part."""
    places = [token.start for token in text.tokens[start:end]]
    return [name for name in text.names if any(name.start <= place < name.end for place in places)]


def _may_be_one(one: Name, other: Name) -> bool:
    country = country_of(one.text)
    return (
        same_name(one.text, other.text)
        or (country is not None and country == country_of(other.text))
        or bool({stem(word) for word in words(one.text)} & {stem(word) for word in words(other.text)})
    )


def _is_beside(
    told: Parsed, stems: Sequence[str], name: Name, place: tuple[int, int], document: Sequence[Sequence[str]]
) -> bool:
    """Whether a sentence has the name's last word after the content word before it here, or before the one after it."""
    own = stem(words(name.text)[-1]) if words(name.text) else ""
    before = _content(told, stems, max(0, place[0] - BESIDE), place[0])[-1:]
    after = _content(told, stems, place[1], place[1] + BESIDE)[:1]
    return any(
        (before and before[0] in sentence[max(0, at - BESIDE) : at])
        or (after and after[0] in sentence[at + 1 : at + 1 + BESIDE])
        for sentence in document
        for at, word in enumerate(sentence)
        if word == own
    )


def _content(told: Parsed, stems: Sequence[str], start: int, end: int) -> list[str]:
    return [
        word
        for word, token in zip(stems[start:end], told.tokens[start:end], strict=True)
        if token.word not in STOPWORDS
    ]
