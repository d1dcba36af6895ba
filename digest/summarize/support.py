"""The check that every line passes: it says no more than the quotes it cites.

Each number, date, name and quoted string of a line must occur in a cited quote (`evidence.py`), and what qualifies the
same words there, a negation, a hedge or the party who claims it, must not be lost (`losses.py`). A line that is not
merely a quote with words left out must besides be worded as its quotes are, with no opposite among its words and no
name in the place of another: the judgement that `supports` makes of a claim and a whole document (`faithfulness.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.language.capitals import has_capitals, with_capitals
from digest.language.words import STOPWORDS, normalise, stem, words
from digest.summarize.evidence import (
    Missing,
    Parsed,
    claimant_added,
    dates_missing,
    is_cut_from,
    names_missing,
    negations_added,
    numbers_missing,
    parse,
    quotations_missing,
)
from digest.summarize.faithfulness import doubts, support_score, supports, weigh
from digest.summarize.losses import losses

__all__ = ["Missing", "Support", "check_support", "support_score", "supports"]

_BRACKETED = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The verdict on a line: `ok` when nothing is missing."""

    ok: bool
    missing: tuple[Missing, ...]


def check_support(line: str, quotes: Sequence[str], *, context: str = "") -> Support:
    """Whether `quotes` support `line`. Words in [brackets] may also come from `context`, the article's text."""
    sources = [parse(quote) for quote in quotes]
    missing = list(_bracketed_missing(line, sources, context))
    bare = _without_brackets(line, sources)
    told = parse(bare if has_capitals(bare) else with_capitals(bare, "\n".join(quotes)))
    missing.extend(numbers_missing(told, sources))
    missing.extend(dates_missing(told, sources))
    missing.extend(names_missing(told, sources))
    missing.extend(quotations_missing(bare, sources))
    missing.extend(negations_added(told, sources))
    missing.extend(claimant_added(bare, sources, context=line if bare != line else ""))
    missing.extend(losses(told, sources, restored=bare != line))
    if sources and not any(is_cut_from(told, source) for source in sources):
        missing.extend(_worded_otherwise(bare, quotes, missing))
    return Support(ok=not missing, missing=tuple(dict.fromkeys(missing)))


def _worded_otherwise(line: str, quotes: Sequence[str], found: Sequence[Missing]) -> Iterator[Missing]:
    """What the quotes turn round or do not say in words like these, beside what was already found."""
    evidence = weigh(line, "\n".join(quotes))
    named = " ".join(each.text for each in found)
    for text in (*evidence.turned, *evidence.moved, *doubts(evidence)):
        if text not in named:
            yield Missing(kind="wording", text=text)


def _restored(line: str, sources: Sequence[Parsed]) -> list[re.Match[str]]:
    """The brackets of a line that no quote has: words an editor put in."""
    return [
        match
        for match in _BRACKETED.finditer(line)
        if not any(normalise(match.group()) in source.plain for source in sources)
    ]


def _without_brackets(line: str, sources: Sequence[Parsed]) -> str:
    for match in reversed(_restored(line, sources)):
        line = line[: match.start()] + line[match.end() :]
    return line


def _bracketed_missing(line: str, sources: Sequence[Parsed], context: str) -> Iterator[Missing]:
    known = {stem(word) for word in words(context)} | {
        stem(token.word) for source in sources for token in source.tokens
    }
    for match in _restored(line, sources):
        if any(word not in STOPWORDS and stem(word) not in known for word in words(match[1])):
            yield Missing(kind="name", text=match.group())
