"""Does a line tell again what a better one of its story has told? From words, names, numbers and who says it.

Precision first: a second line that adds a number, a name or another claimant is no repeat, however alike the two are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.language.claims import attribution, negations
from digest.language.names import find_names, same_name
from digest.language.quantities import find_quantities, same_quantity
from digest.language.quotes import without_quotations
from digest.language.said import said_stems, what_is_said
from digest.language.words import STOPWORDS, content_stems, stem, tokens

# Share of a line's content words that the better line has. In the lines of eight weeks of news, the seeds and the
# example (215, read by hand) .52 is the least at which nothing but repeats is called one.
REPEATED = 0.52
# The same of what the line says, without who says it and when; the lines of the same weeks, seeds and example: .56 to
# .66 holds two neighbouring facts, .67 and above three lines, all repeats.
SAID_AGAIN = 0.66
LEAST_SAID = 2  # words: one in common is no repeat
# The same of each clause of a line that several better ones tell between them. Of .66 to .8 nothing changes in fourteen
# weeks of news, where no such line is found, nor in the seeds and the example, where there is one.
CLAUSE_TOLD = 0.8
_PUT_IN = re.compile(r", (?:which|who|whose|where)\b[^,]*(?:,|(?=[.!?]?$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A line, the quotes it cites, the stems of its content words, and of those that are said, whoever says them."""

    text: str
    quotes: tuple[str, ...]
    words: frozenset[str]
    said: frozenset[str]


def read_line(text: str, quotes: Sequence[str]) -> ReadLine:
    """A line with what is compared of it."""
    text = re.sub(r"[\[\]]", "", text)  # an editor's words count like the others
    words = frozenset(stem(token.word) for token in tokens(text) if token.word not in STOPWORDS)
    return ReadLine(text=text, quotes=tuple(quotes), words=words, said=said_stems(text))


def tells_again(better: ReadLine, line: ReadLine) -> bool:
    """Whether the line adds nothing to a better one of the same story."""
    alike = len(line.words & better.words) >= REPEATED * max(1, len(line.words))
    again = len(line.said & better.words) >= max(LEAST_SAID, SAID_AGAIN * len(line.said))
    if not alike and not again:
        return False
    return _stance(better.text) == _stance(line.text) and not _adds(better, line)


def tell_between(betters: Sequence[ReadLine], line: ReadLine) -> ReadLine | None:
    """The better line that tells what the line tells, where others or their quotes have what is put into it.

    "The drone struck the Osmark plant, which makes radios" adds nothing beside the toll of the strike on that plant and
    a line that cites that it makes radios. None where some clause adds anything.
    """
    said = what_is_said(line.text)
    main, put_in = _PUT_IN.sub(" ", said), [match.group() for match in _PUT_IN.finditer(said)]
    if not all(any(_stands_in(part, (one.text, *one.quotes)) for one in betters) for part in put_in):
        return None
    alike = (one for one in betters if _stance(one.text) == _stance(line.text))
    return next((one for one in alike if _stands_in(main, (one.text,))), None)


def _stands_in(part: str, texts: Sequence[str]) -> bool:
    """Whether texts have nearly all words of a clause, and all of its numbers and names."""
    told = frozenset(content_stems(part))
    common = told & frozenset().union(*map(content_stems, texts))
    return len(common) >= max(LEAST_SAID, CLAUSE_TOLD * len(told)) and not _lacks(texts, part)


def _stance(text: str) -> tuple[str, bool]:
    """Whether a text reports, claims or denies, and whether it negates: what differs in that is not the same."""
    found, plain = attribution(text), without_quotations(text, put=" ")
    negated = any(not plain[one.end :].startswith("-") for one in negations(plain))  # "no-fly zone" negates nothing
    return found.kind if found else "reported", negated


def _adds(better: ReadLine, line: ReadLine) -> bool:
    """Whether the line has a number or a name that neither the better line nor what it cites has."""
    return _lacks((better.text, *better.quotes), line.text)


def _lacks(held: Sequence[str], text: str) -> bool:
    """Whether the texts held lack a number or a name of the text."""
    numbers = [one for each in held for one in find_quantities(each)]
    if not all(any(same_quantity(mine, one) for one in numbers) for mine in find_quantities(text)):
        return True
    names = [name.text for each in held for name in find_names(each)]
    return not all(any(same_name(mine.text, one) for one in names) for mine in find_names(text))
