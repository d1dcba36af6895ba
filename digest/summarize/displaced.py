"""Names of a claim in the place where its source has something else: who acts on whom, turned round.

A claim and a sentence are laid side by side with every name as one blank, so that "Norland sold Sandmark a ferry" and
"Sandmark sold Norland a ferry" run alike, word for word; then the names in the blanks are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher

from digest.language.names import Name, country_of, same_name
from digest.language.words import STOPWORDS, stem, words
from digest.summarize.evidence import Parsed, is_cut_from

# A sentence is compared place by place when it has at least this share of the claim's words, names blanked, in the
# claim's order: a freer wording has names in other places and means the same. Of the 2,058 true claims that
# benchmarks/fit_support.py fits on it strikes 19, of which 6 have no other strike; of the 3,179 false ones 423, of
# which 251 have none.
ALIKE = 0.5
# A sentence that has a name where the claim has it settles the matter, with less in common.
SETTLES = 0.3
# Words before and after a name among which a neighbour is looked for.
BESIDE = 4
LONGEST_NAME = 4  # words
_BLANK = "\0"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A word, or a name with all of its words; `start` and `end` count tokens of its text."""

    word: str
    name: Name | None
    start: int
    end: int

    @property
    def is_content(self) -> bool:
        return self.name is None and self.word not in STOPWORDS


def displaced(told: Parsed, nearest: Sequence[Parsed], document: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Names that stand where one of the `nearest` sentences has another name, beside the same words.

    Not those that some sentence of the `document` (its words, as stems, in order) has beside one of the same words: a
    summary of several sentences says rightly what no single one says in that place. And none of a claim that is a
    sentence with words left out, among them part of its names.
    """
    if not told.names or any(is_cut_from(told, sentence) for sentence in nearest):
        return ()
    mine = _slots(told)
    stems = [stem(token.word) for token in told.tokens]
    pairs = [pair for sentence in nearest for pair in _in_one_place(mine, _slots(sentence))]
    settled = {one.text for one, other, _, _ in pairs if _may_be_one(one, other)}
    found = [
        name.text
        for name, other, slot, alike in pairs
        if alike >= ALIKE
        and name.text not in settled
        and not _may_be_one(name, other)
        and not _is_beside(told, stems, name, (slot.start, slot.end), document)
    ]
    return tuple(dict.fromkeys(found))


def in_place_of_names(told: Parsed, nearest: Sequence[Parsed], known: Set[str]) -> tuple[str, ...]:
    """Words that are not among the `known` stems and stand where a sentence has a name and nothing else.

    What a claim without capitals has there is a name that nothing marks: "tor vik opened the bridge".
    """
    mine = _slots(told)
    places = [place for sentence in nearest for place in _instead_of_names(mine, _slots(sentence))]
    own = [mine[start:end] for start, end in places if end - start <= LONGEST_NAME]
    strange = [run for run in own if all(slot.is_content and slot.word not in known for slot in run)]
    return tuple(dict.fromkeys(_text_of(told, run[0].start, run[-1].end) for run in strange))


def _instead_of_names(mine: Sequence[_Slot], theirs: Sequence[_Slot]) -> Iterator[tuple[int, int]]:
    """Places of the claim (start, end) that hold something else where the sentence has names and nothing else."""
    matcher = _beside_each_other(mine, theirs)
    if _alike(matcher, mine) < ALIKE:
        return
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "replace" and all(slot.name for slot in theirs[a:b]):
            yield c, d


def _text_of(told: Parsed, start: int, end: int) -> str:
    return told.plain[told.tokens[start].start : told.tokens[end - 1].end]


def _beside_each_other(mine: Sequence[_Slot], theirs: Sequence[_Slot]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [slot.word for slot in theirs], [slot.word for slot in mine], autojunk=False)


def _alike(matcher: SequenceMatcher[str], mine: Sequence[_Slot]) -> float:
    return sum(block.size for block in matcher.get_matching_blocks()) / max(1, len(mine))


def _slots(text: Parsed) -> list[_Slot]:
    found: list[_Slot] = []
    for place, token in enumerate(text.tokens):
        name = next((one for one in text.names if one.start <= token.start < one.end), None)
        if name is not None and found and found[-1].name is name:
            found[-1] = _Slot(_BLANK, name, found[-1].start, place + 1)
        else:
            found.append(_Slot(_BLANK if name else stem(token.word), name, place, place + 1))
    return found


def _in_one_place(mine: Sequence[_Slot], theirs: Sequence[_Slot]) -> Iterator[tuple[Name, Name, _Slot, float]]:
    """A claim's name, a sentence's name in its place beside a content word of both, and how alike the two run."""
    matcher = _beside_each_other(mine, theirs)
    alike = _alike(matcher, mine)
    if alike < SETTLES:
        return
    for block in matcher.get_matching_blocks():
        shared = mine[block.b : block.b + block.size]
        for place, (slot, other) in enumerate(zip(shared, theirs[block.a : block.a + block.size], strict=True)):
            around = shared[max(0, place - BESIDE) : place + BESIDE + 1]
            if slot.name and other.name and any(each.is_content for each in around):
                yield slot.name, other.name, slot, alike


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
