"""Shorter forms of a sentence, by deletion only.

A sentence is marked with *cuts*: spans that may go, each with a cost. `shorten` tries the cheapest sets of cuts first
and yields what is left, so the caller can take the first form that fits and passes the support check. Nothing is
reworded; the only change besides deletion is the capital at the start.

Deletion of clauses from the surface, without a parser, follows the practice of Dorr, Zajic and Schwartz, "Hedge
Trimmer" (2003), with one difference: what carries an attribution, a negation or a hedge is never offered as a cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from digest.language.words import count_words
from digest.summarize.cuts import find_cuts
from digest.summarize.furniture import Cut

# What a form above the limit costs, and each word of it above: as much as a clause that tells nothing, so that a line
# grows only to keep a fact.
TOO_LONG = 1.5
OVER = 0.3


@dataclass(frozen=True, slots=True)
class Form:
    """What is left of a sentence, the cuts that were made, and by how many words it is too long."""

    text: str
    cuts: tuple[Cut, ...]
    over: int = 0

    @property
    def cost(self) -> float:
        """The sum of the cuts' costs, and of the words above the limit; lower is closer to what a reader wants."""
        return sum(cut.cost for cut in self.cuts) + (TOO_LONG + OVER * self.over if self.over else 0.0)


def shorten(sentence: str, *, max_words: int, stretch: int = 0) -> Iterator[Form]:
    """Yield the forms of at most `max_words` + `stretch` words, best first: the lowest cost, then the longest.

    A form above `max_words` has its price: it comes first only when a cut would take a fact with it.
    """
    cuts = find_cuts(sentence)
    forms = {form.text: form for form in sorted(_forms(sentence, cuts, max_words), key=lambda form: -form.cost)}
    fitting = [form for form in forms.values() if 0 < count_words(form.text) <= max_words + stretch]
    yield from sorted(fitting, key=lambda form: (form.cost, -len(form.text), form.text))


def _forms(sentence: str, cuts: Sequence[Cut], max_words: int) -> Iterator[Form]:
    for size in range(len(cuts) + 1):
        for chosen in combinations(cuts, size):
            if all(left.end <= right.start for left, right in pairwise(chosen)):
                text = _delete(sentence, chosen)
                yield Form(text, chosen, max(0, count_words(text) - max_words))


def _delete(sentence: str, cuts: Sequence[Cut]) -> str:
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(sentence[at : cut.start])
        at = cut.end
    pieces.append(sentence[at:])
    # A blank keeps "5(6)7" from becoming the number 57.
    return tidy(" ".join(pieces))


def tidy(text: str) -> str:
    """Repair what a deletion leaves behind: blanks, doubled or dangling commas, the full stop, the first capital."""
    text = re.sub(r"\s+", " ", text).strip(" ,;—–")
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r"\s*(?:[,;—–]+|(?<=\s)--?)\s*(?=[.!?]?$)", "", text)
    text = re.sub(r"^\(([^()]*)\)$", r"\1", text)  # a whole sentence in brackets
    if text and not re.search(r"[.!?:…][\s”’\"')\]]*$", text):  # a colon shows that it is no finished statement
        text += "."
    return text[:1].upper() + text[1:]
