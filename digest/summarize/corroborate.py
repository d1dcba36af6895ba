"""Which of a topic's statements bear a line out, beside the one it was cut from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from digest.language.codes import name_apart
from digest.language.counted import is_bare
from digest.language.dates import days_named, find_dates
from digest.language.denials import denies_alone, denies_it, is_denial, says_not
from digest.language.fates import fates
from digest.language.quantities import Quantity, find_quantities, same_quantity, same_value
from digest.language.quotes import quotations
from digest.language.said import said_stems
from digest.language.words import STOPWORDS, normalise, stem, tokens, words
from digest.models import Statement, Topic

# Share of what the line says (content words and figures) that a corroborating statement must say
# too. Of .2 to .4, .35 is the least at which no line of the bundled example cites a statement of another fact.
MIN_IN_COMMON = 0.35
# That share, or the statement's own that the line says, and the nearness of the two must come to this much together.
# Chosen on 277 citations of news, seeds and example graded by hand (docs/line-quality.md): 95 % of those that support
# their line pass, and 51 % of the others.
NEARNESS = 0.7
OTHER_DAY = 0.5  # taken off where the line and the statement name weekdays and have none in common
MIN_TOGETHER = 0.94
PODIUM = 3  # "the first", "the third" are said of many things, "the fourth inspection" of one
_SPANS = frozenset("second minute hour day week month year decade".split())
ZONES = timedelta(hours=6)  # so late in the evening it may be the next day where something happened
LEAST_QUOTED = 4  # words: fewer are a turn of speech
_AHEAD = re.compile(r"\b(?:will|would|(?:is|are|was|were) (?:expected|set|due) to)\b")
# An outlet's reading of what happened, in the main clause, does not report it.
_READS = re.compile(
    r"(?<!that )(?<!which )\b(?:underscores|highlights|illustrates|reflects|showcases|underlines|epitomi[sz]es"
    r"|underscored|highlighted|illustrated)\b"
)
_TO = re.compile(r"[a-z] to (?:(?:about|around|at least|more than|nearly|almost|over|some) )?$")
_BRACKETED = re.compile(r"\[[^\]]*\] ?")


def corroborates(line: str, statement: str, *, nearness: float | None = None) -> bool:
    """True when the statement may be cited for the line: alike in what it says, and no other figure for the same.

    `nearness` is how near the statement is to the one the line was cut from, from 0 to 1; None where there is none.
    """
    line = _BRACKETED.sub("", line)  # an editor's words: no other statement need have them
    mine, theirs = find_quantities(line), find_quantities(statement)
    if name_apart(line, statement) or _counts_otherwise(mine, theirs) or _reaches_otherwise(line, statement):
        return False
    if denies_alone(line, statement) or denies_it(statement, line) or _only_one_denies(line, statement):
        return False  # the other way round it is as often as not a remark beside the same thing
    shared = [any(same_quantity(one, other) for other in theirs) for one in mine]
    if not any(shared) and (fates(line) or not said_stems(line) & said_stems(statement)):
        return False  # it tells the blow and not its toll, or has nothing in common but who speaks
    if _READS.search(statement) and not _READS.search(line):
        return False
    if _quotes_the_same(line, statement):
        return True
    if not any(shared) and _measures_otherwise(mine, theirs):
        return False
    kept, said = _words_in_common(line, statement)
    common = (sum(shared) + kept) / max(1, len(shared) + said)
    # All of the line's figures: of 65 such citations that were graded, all supported their line.
    if common < MIN_IN_COMMON or nearness is None or (shared and all(shared)):
        return common >= MIN_IN_COMMON or (nearness is not None and kept > 0 and _gives_all(line, statement))
    kept, said = _words_in_common(statement, line)
    common = max(common, kept / max(1, said))
    return common + NEARNESS * nearness - OTHER_DAY * _other_day(line, statement) >= MIN_TOGETHER


def _only_one_denies(line: str, statement: str) -> bool:
    """Whether one of both says that a report is not so, and the other has no word of that."""
    return (is_denial(line) and not says_not(statement)) or (is_denial(statement) and not says_not(line))


def foretells(line: str, own: Statement, other: Statement, topic: Topic) -> bool:
    """Whether the other statement came out before the day on which it happened, by the line, which was cut from `own`.

    What is still to come is not told apart by its day.
    """
    told, telling = topic.articles[other.article_id].published, topic.articles[own.article_id].published
    if telling is None or told is None or _AHEAD.search(line):
        return False
    # Where an evening's "today" is yesterday's by UTC, too.
    out = [days_named(line, when) for when in (telling, telling - ZONES)]
    return all(any((told + ZONES).date() < day <= telling.date() for day in days) for days in out)


def _gives_all(line: str, statement: str) -> bool:
    """Whether the statement gives all of the line's figures, as exactly, and not of what is still to come.

    In one topic that says enough, however the rest is worded. Round figures, small ones and spans of time do not.
    """
    mine, theirs = find_quantities(line), find_quantities(statement)
    exact = all(any(same_value(one, other) for other in theirs) for one in mine)
    return exact and any(map(_is_telling, mine)) and bool(_AHEAD.search(line)) == bool(_AHEAD.search(statement))


def _is_telling(figure: Quantity) -> bool:
    if figure.ordinal:
        return figure.value > PODIUM
    return figure.unit not in _SPANS and len(f"{figure.value:f}".replace(".", "").strip("0")) > 1


def _measures_otherwise(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether both give a figure of one unit, "37.3%" and "39%", where none of their figures agree."""
    units = {one.unit for one in mine} - {None, "age", "clock"}
    return not units.isdisjoint(one.unit for one in theirs)


def _quotes_the_same(line: str, statement: str) -> bool:
    """Whether the statement has a quotation of the line, word for word."""
    told = [one for one in (words(quotation.text) for quotation in quotations(line)) if len(one) >= LEAST_QUOTED]
    theirs = f" {' '.join(words(statement))} " if told else ""
    return any(f" {' '.join(one)} " in theirs for one in told)


def _words_in_common(told: str, other: str) -> tuple[int, int]:
    """How many of a text's content words the other text has, and how many there are; figures are left out."""
    said = _said(told)
    return len(said & _stems(other)), len(said)


@lru_cache(maxsize=4096)  # each line of a topic is held against each of its statements
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))


def _other_day(line: str, statement: str) -> bool:
    mine, theirs = _weekdays(line), _weekdays(statement)
    return bool(mine and theirs and not mine & theirs)


def _weekdays(text: str) -> set[int]:
    return {mention.weekday for mention in find_dates(text) if mention.weekday is not None}


@lru_cache(maxsize=4096)
def _said(text: str) -> frozenset[str]:
    """The content words of a text, by stem, without its figures."""
    spans = [(one.start, one.end) for one in find_quantities(text)]
    return frozenset(
        stem(token.word)
        for token in tokens(text)
        if token.word not in STOPWORDS and not any(start <= token.start < end for start, end in spans)
    )


def _counts_otherwise(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    for one in mine:
        same_noun = [other for other in theirs if one.noun and (other.noun, other.unit) == (one.noun, one.unit)]
        if same_noun and not one.ordinal and not any(same_quantity(one, other) for other in same_noun):
            return True
    return False


def _reaches_otherwise(line: str, statement: str) -> bool:
    """Whether both tell where something has got to, "has jumped to 37", "has risen to 31", and not to the same."""
    mine, theirs = _reached(line), _reached(statement)
    return bool(mine and theirs) and not any(same_quantity(one, other) for one in mine for other in theirs)


def _reached(text: str) -> list[Quantity]:
    """The figures that the text says something has come to, and not beside them of what."""
    plain = normalise(text)
    return [
        one
        for one in find_quantities(text)
        if one.unit is None and not one.ordinal and is_bare(plain, one.end) and _TO.search(plain, 0, one.start)
    ]
