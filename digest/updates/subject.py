"""Whether two sentences are about one thing, so that what they tell differently has changed from one to the other.

`near` is the cosine of the sentences' vectors, `beside` that of what stands around them: their articles, or the story
that an earlier issue told. `same` is how likely the judge of facts takes both for one fact, 0 where it was not asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from digest.language.counted import PEOPLE
from digest.language.dates import find_dates
from digest.language.fates import fates
from digest.language.names import find_names
from digest.language.outcomes import outcomes
from digest.language.plans import deeds, plans
from digest.language.quantities import Quantity, find_quantities, same_quantity
from digest.language.words import STOPWORDS, normalise, stem, tokens
from digest.updates.changes import Moved, find_changes, steps
from digest.updates.occasions import PERIOD, happened_before, is_of_old, same_occasion
from digest.updates.terms import has_moved, is_put_off, put_from, terms

# How alike two sentences must be before what they tell differently counts as a change, by kind: cosine, and the share
# of the shorter one's words that the other has. Fitted as docs/updates.md says.
COUNTS = (0.55, 0.3)
OF_ONE_STORY = (0.55, 0.2)  # counts of people where what stands around them is as near as BESIDE
ELSEWHERE = (0.65, 0.3)  # counts of people in places of different names: "near Osmark", "in Norra Bay"
OUTCOMES = (0.6, 0.4)
SPEAKERS = (0.75, 0.5)
# Where the judge of facts is this sure, the figures are of one thing; and only then another speaker is a change.
ONE_FACT = 0.75
# An outcome on another day, or by another actor ("the Senate passed", "the President signed"), is of one thing where
# the judge gives the sentences this much and the words after both states, so many of them, have such a share in common.
ONE_COURSE = 0.5
SAME_OBJECT = 0.4
OBJECT_WORDS = 12
# Only of what goes from one body to the next; two people who were charged and convicted "of murder" are two.
_PASSED_ON = frozenset({"vote", "ruling"})
CARRIED_OUT = 0.4  # a plan and a deed of one verb, of which the judge gives so much, are of one thing
RECALLED = 0.3  # share of the shorter sentence's words from which both may tell of one thing
RECALLED_WORDS = 3  # and so many of them in two stories, or "The match is over" is of every match
ROOT = 4  # letters from which a word that begins another is taken for its root
# A sum so far ("nobody is missing") needs no likeness of its own where what stands around it is so near: of NeuS'
# articles of one story .83 are, of two stories .01.
BESIDE = 0.55

_PEOPLE_NAMED = re.compile(r" (?!\w+day\b)([A-Z][a-z]{3,})\b")  # behind a count, and no day: "killed 12 Monday"
# Two figures of one thing have changed where the later sentence says so: of the other pairs in ECB+ and the news 18 of
# 23 were two players', two sources' or two things'.
_CHANGES = re.compile(
    r"\b(?:now|so far|already|total|r[io]ses?n?|rising|climb\w*|gr[eo]ws?n?|increas\w*|jump\w*|swell\w*|swollen"
    r"|f[ae]lls?|fallen|drop\w*|declin\w*|shr[aiu]nk\w*|rais\w*|lower\w*|cuts?|revis\w*|correct\w*|doubl\w*|reach\w*|extend\w*"
    r"|widen\w*|only|remain\w*|still|instead)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:ended|is over|lifted|called off|withdr[ae]wn?|scrapped|cancel+ed|revoked|retracted|rescinded|expired|verdict"
    r"|found guilty|convicted|acquitted|found (?:alive|dead|safe))\b"
)
# A figure that had been reached, and is not the one that stands.
_GONE_BY = re.compile(
    r"\b(?:at (?:the|its|their) (?:height|worst)|at one (?:point|time|stage)|peak(?:s|ed)?"
    r"|had (?:been|had|lost|stood|risen))\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|off|outside|around|across) (?:the )?((?:[A-Z][\w'-]+ ?)+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two sentences: its text, and when its article came out."""

    text: str
    published: datetime | None
    story: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a sentence says, for comparing: stems without numbers, words of names, places, figures.

    `sure_names` are those that do not open the sentence, where any word has a capital.
    """

    stems: frozenset[str]
    names: frozenset[str]
    sure_names: frozenset[str]
    places: frozenset[str]
    figures: tuple[Quantity, ...]


@lru_cache(maxsize=65536)
def read(text: str) -> Read:
    """Read a sentence."""
    plain = normalise(text)
    found = [token.word for token in tokens(text) if token.word not in STOPWORDS and not token.word[0].isdigit()]
    names = find_names(text)
    return Read(
        stems=frozenset(map(stem, found)),
        names=frozenset(part for name in names for part in name.key.split()),
        sure_names=frozenset(part for name in names if name.start for part in name.key.split()),
        places=_places(plain),
        figures=find_quantities(text),
    )


def _places(plain: str) -> frozenset[str]:
    """The words of the places that the text names: "in June" names none."""
    dated = {place for mention in find_dates(plain) for place in range(mention.start, mention.end)}
    told = (match for match in _PLACE.finditer(plain) if match.start(1) not in dated)
    return frozenset(word.lower() for match in told for word in match[1].split())


def shared_words(first: Read, second: Read) -> float:
    """The share of the shorter one's words that the other has."""
    least = min(len(first.stems), len(second.stems))
    return len(first.stems & second.stems) / least if least else 0.0


def moves(old: Side, new: Side, *, near: float, beside: float = 0.0, same: float = 0.0) -> tuple[Moved, ...]:
    """What `new` tells differently from `old`, as far as both are about one thing."""
    found = find_changes(old.text, new.text)
    if not found:
        return ()
    likeness = (near, shared_words(read(old.text), read(new.text)))
    of_old = is_of_old(old.text, old.published) or is_of_old(new.text, new.published)
    one_day = same_occasion(old.text, old.published, new.text, new.published)
    return tuple(
        move
        for move in found
        if (one_day and not (of_old and move.kind == "number") and _holds(move, old, new, likeness, beside, same))
        or (move.kind == "outcome" and _of_one_course(old, new, move, same))
        or (move.kind == "outcome" and _is_another_term(old, new, move, beside, same))
    )


def _is_another_term(old: Side, new: Side, move: Moved, beside: float, same: float) -> bool:
    sides = (new.text, new.published, old.text, old.published)
    if put_from(new.text) and (same >= CARRIED_OUT or beside >= BESIDE):
        return any(term.told == move.after for term in terms(new.text)) and is_put_off(*sides)
    return same >= ONE_FACT and any(term.told == move.before for term in terms(old.text)) and has_moved(*sides)


@lru_cache(maxsize=65536)
def counts_of(text: str) -> Mapping[str, frozenset[float]]:
    """How many people met each fate by a sentence; of the dead also by whom it calls the third of them."""
    found = [(count.what, count.value) for count in fates(text)] + [
        ("killed", one.value)
        for one in find_quantities(text)
        if one.ordinal and one.role == "killed" and one.noun in PEOPLE
    ]
    return {what: frozenset(value for other, value in found if other == what) for what, _ in found}


def near_articles(one: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    """Whether articles of these vectors (dim,) are near enough to be about one event."""
    return float(one @ other) >= BESIDE


def may_be_one_event(near: float, beside: float) -> bool:
    """Whether sentences so near, of articles so near, can be about one event, as far as no judge has looked at them."""
    return near >= min(COUNTS[0], OUTCOMES[0]) or beside >= BESIDE


def may_be_over(old: str, new: str, *, one_story: bool) -> bool:
    """Whether a newer sentence may leave nothing of an older one: asked loosely, of what would only be recalled.

    It counts people of one fate otherwise, in one story or in a third of its words; or it tells in these another
    outcome, another figure, or that something has ended. Of another story it has three words in common at least.
    """
    first, second = counts_of(old), counts_of(new)
    enough = one_story or len(read(old).stems & read(new).stems) >= RECALLED_WORDS
    alike = enough and shared_words(read(old), read(new)) >= RECALLED
    if (one_story or alike) and any(values.isdisjoint(second.get(what, values)) for what, values in first.items()):
        return True
    if not alike:
        return False
    ended = _ENDED.search(new) is not None and _ENDED.search(old) is None
    return ended or any(move.kind != "actor" for move in find_changes(old, new))


def name_one_thing(old: Side, new: Side) -> bool:
    """Whether both sentences have a name in common, without which counts of two stories are never of one event."""
    return bool(_related(read(old.text).sure_names, read(new.text).sure_names))


def same_count(old: Side, new: Side, what: str, *, near: float, beside: float = 0.0) -> bool:
    """Whether both sentences, which count people of the fate `what`, count those of one event."""
    if not same_occasion(old.text, old.published, new.text, new.published):
        return False
    likeness = (near, shared_words(read(old.text), read(new.text)))
    return _one_event(old, new, what, likeness, beside)


def _holds(move: Moved, old: Side, new: Side, likeness: tuple[float, float], beside: float, same: float) -> bool:
    if move.kind == "outcome":
        planned = _is_planned(old.text, move)
        return _reaches(likeness, OUTCOMES) and not planned and _same_actor(old.text, new.text, move)
    if move.kind == "actor":
        return same >= ONE_FACT and _reaches(likeness, SPEAKERS)
    if any(count.what == move.what for count in fates(new.text)):
        return _one_event(old, new, move.what, likeness, beside)
    if PERIOD.search(old.text) and PERIOD.search(new.text):
        return False  # what is counted anew each week or month: its next figure is no change of the last one
    first, second = read(old.text).names, read(new.text).names
    if _GONE_BY.search(new.text) or _name_others(old.text, new.text):
        return False
    itself = any(same_quantity(step.first, one) for step in steps(new.text) for one in read(old.text).figures)
    if not itself and not _CHANGES.search(new.text):
        return False
    return same >= (ONE_COURSE if itself else ONE_FACT) and (not first or bool(_related(first, second)))


def _name_others(old: str, new: str) -> bool:
    """Whether each of both sentences names, not first of all, what the other does not: two storms, two banks."""
    first, second = read(old), read(new)
    return bool(
        first.sure_names - _related(first.sure_names, second.names | second.stems)
        and second.sure_names - _related(second.sure_names, first.names | first.stems)
    )


def _reaches(likeness: tuple[float, float], needed: tuple[float, float]) -> bool:
    return likeness[0] >= needed[0] and likeness[1] >= needed[1]


def _one_event(old: Side, new: Side, what: str, likeness: tuple[float, float], beside: float) -> bool:
    first, second = read(old.text), read(new.text)
    named = name_one_thing(old, new)
    if (old.story != new.story and not named) or _of_another_people(old.text, new.text):
        return False
    elsewhere = bool(first.places and second.places and not _related(first.places, second.places))
    shared = max(likeness[1], _shared_of_fate(first, second))
    needed = OF_ONE_STORY if named or beside >= BESIDE else COUNTS
    if _reaches((likeness[0], shared), ELSEWHERE if elsewhere else needed):
        return named or (not elsewhere and _names_agree(old.text, new.text))
    if elsewhere:
        return False
    sums = any(count.what == what and count.total for count in fates(new.text))
    return sums and beside >= BESIDE


def _of_another_people(old: str, new: str) -> bool:
    """Whether a sentence counts a people by its name, "230 Norlanders", and neither has a word of the other's."""
    first, second = _counted_people(old), _counted_people(new)
    met = _related(second, read(old).names | first) or _related(first, read(new).names | second)
    return bool(first | second) and not met


def _counted_people(text: str) -> frozenset[str]:
    named = (_PEOPLE_NAMED.match(normalise(text), count.end) for count in fates(text))
    return frozenset(found[1].lower() for found in named if found)


def _shared_of_fate(first: Read, second: Read) -> float:
    """The share of the shorter one's words that the other has or derives, where both count people of one fate.

    How they call that fate ("killed", "deaths") is one word to both.
    """
    least = min(len(first.stems), len(second.stems))
    return (len(_related(first.stems, second.stems)) + 1) / (least + 1)


def _related(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Those of the words that the others have, or that another derives from: Israel and Israeli, port and ports."""
    return frozenset(
        one
        for one in some
        if one in others or any(min(len(one), len(two)) >= ROOT and _begins(one, two) for two in others)
    )


def _begins(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)


def _names_agree(old: str, new: str) -> bool:
    first, second = read(old).names, read(new).names
    return not first or not second or bool(_related(first, second))


def _same_actor(old: str, new: str, move: Moved) -> bool:
    """Whether the name nearest before both states is the same one, or what they are said of."""
    ends = [_actor(text, told) for text, told in ((old, move.before), (new, move.after))]
    return bool(ends[0] and ends[0] & ends[1])


def _of_one_course(old: Side, new: Side, move: Moved, same: float) -> bool:
    """Whether both states, or a plan and a deed, are of one thing: the words after both say so, or who does it."""
    if not _is_planned(old.text, move):
        passed_on = any(one.group in _PASSED_ON and one.told == move.before for one in outcomes(old.text))
        one_course = passed_on or _same_actor(old.text, new.text, move)
        return one_course and same >= ONE_COURSE and _same_object(old.text, new.text, move)
    if same < CARRIED_OUT or happened_before(new.text, new.published, old.text, old.published):
        return False
    if _same_actor(old.text, new.text, move):
        return True
    return _same_object(old.text, new.text, move) and not _name_others(old.text, new.text)


def _is_planned(old: str, move: Moved) -> bool:
    return any(plan.told == move.before for plan in plans(old))


def _same_object(old: str, new: str, move: Moved) -> bool:
    """Whether the words after both states are about one thing."""
    states = [_span(text, told) for text, told in ((old, move.before), (new, move.after))]
    first, second = (
        frozenset(_words_after(text, state[1])[:OBJECT_WORDS]) if state else frozenset[str]()
        for text, state in zip((old, new), states, strict=True)
    )
    return len(first & second) >= max(2.0, SAME_OBJECT * min(len(first), len(second)))


def _span(text: str, told: str) -> tuple[int, int] | None:
    """Where the words of a state, a plan or a deed stand."""
    states = ((one.told, one.start, one.end) for one in outcomes(text))
    done = ((one.told, one.start, one.end) for one in (*plans(text), *deeds(text)))
    return next(((start, end) for words, start, end in (*states, *done) if words == told), None)


def _actor(text: str, told: str) -> frozenset[str]:
    span = _span(text, told)
    if span is None:
        return frozenset()
    return _words_before(text, span[0]) or frozenset(_words_after(text, span[1]))


def _words_before(text: str, start: int) -> frozenset[str]:
    """The words of the last name before a place; without a name, the last two content words."""
    names = [name for name in find_names(text) if name.end <= start]
    if names:
        return frozenset(names[-1].key.split())
    found = [stem(token.word) for token in tokens(text[:start]) if token.word not in STOPWORDS]
    return frozenset(found[-2:])


def _words_after(text: str, end: int) -> list[str]:
    return [stem(token.word) for token in tokens(text[end:]) if token.word not in STOPWORDS]
