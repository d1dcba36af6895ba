"""Whether two sentences give different figures for the same thing.

Two figures are compared only when the texts count the same thing: the same unit, the same noun or the same fate
("killed", "injured"), on the same day, in the same place. Rounding, conversion, hedges and the parts of a whole are
no difference. Precision comes first: a false difference costs more trust than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from digest.language.antonyms import ANTONYMS
from digest.language.counted import ANYONE, STATES, plural
from digest.language.dates import DateMention, find_dates
from digest.language.quantities import Quantity, find_quantities, same_quantity
from digest.language.units import MONEY, in_base
from digest.language.words import STOPWORDS, normalise, stem, tokens

# Shares of the shorter sentence's content words that two sentences must have in common before their figures are
# compared. Set on 174 pairs of sentences of two outlets (21 of them conflicts), by looking at each candidate.
MIN_SHARED_NAMED = 0.25  # the figures count the same noun or fate
MIN_SHARED_BARE = 0.45  # only the unit is the same: percent, dollars, kilometres
# Further apart than this, two figures do not measure one thing; deaths do rise from one to dozens in a day.
MAX_RATIO = 3.5
MAX_RATIO_FATES = 40.0
# Of several figures of one kind, a pair is taken when the words around them overlap so much; in characters each side.
MIN_NEAR = 0.2
NEAR_REACH = 40

FATES = ("killed", "injured", "missing", "arrested", "displaced")
_INCOMPARABLE = frozenset({"clock", "score"})
# Who is counted under several nouns: an outbreak's cases are its patients.
_SYNONYMS = dict.fromkeys(("resident", "inhabitant", "patient", "case", "infection"), "person")
# What became of people that no fate names: "19 people were scalded", "31 people ill".
_BECAME = re.compile(
    r"(?: [\w'-]+){0,2}?(?: (?:(?:have|has|had) been|were|was|are) "
    r"(?=[a-z]{3,}ed\b)(?!(?:expect|need|suppos|believ|report|ask|order|inde)ed\b)| (?=(?:"
    + "|".join(sorted(STATES))
    + r")\b))([a-z]+)"
)
_UNIT_NAMES = {"percent": "share", "magnitude": "magnitude", "point": "points", "degree": "temperature"}
# What a measure is of, by the word behind it: "14 metres long". "Grown to 17 metres" can be the same one.
_MEASURED = {
    "long": "length",
    "wide": "width",
    "high": "height",
    "tall": "height",
    "deep": "depth",
    "thick": "thickness",
}
_PAST = {"ros": "ris", "fell": "fall", "grew": "grow", "shrank": "shrink", "won": "win", "lost": "los"}  # of stems
_ANYBODY = plural("person")
_PART_OF = re.compile(r",? (?:of|out of) (?:the|those|these|them|whom|which|his|her|its|their|\d|[a-z]+ty\b)")
_PLACE_AFTER = re.compile(r" (?:in|at|near|across|around) (?:the |a |an )?((?:[\w'-]+ ?){1,3})")
_JOINED = 5  # characters between "five hours" and "40 minutes"
_REST = re.compile(r" (?:others?|more|further) [a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sentences' different figures for one thing: `what` names it, `a` and `b` are the figures."""

    what: str
    a: Quantity
    b: Quantity


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence with what is compared in it."""

    plain: str
    stems: frozenset[str]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]


def conflict(a: str, b: str) -> Conflict | None:
    """The first figure that the sentences `a` and `b` give differently for the same thing, or None."""
    return next(conflicts(read_sentence(a), read_sentence(b)), None)


def read_sentence(text: str) -> ReadSentence:
    """Find in a sentence all that is compared."""
    plain = normalise(text)
    found = tokens(plain)
    return ReadSentence(
        plain=plain,
        stems=frozenset(stem(t.word) for t in found if t.word not in STOPWORDS and not t.word[0].isdigit()),
        quantities=find_quantities(plain),
        dates=find_dates(plain),
    )


def conflicts(a: ReadSentence, b: ReadSentence, *, any_day: bool = False) -> Iterator[Conflict]:
    """Every figure that two sentences give differently for the same thing, in the order of `a`.

    With `any_day` the sentences may name different days, and one tell of a rise where the other tells of a fall:
    whether they tell of one occasion is then for others to say.
    """
    if not any_day and not _same_day(a, b):
        return
    shared = _shared(a, b)
    for first, second in _pairs(a, b):
        what = _aligned(first, second, a, b, shared)
        if what is not None and (any_day or not _turned_round(first, second, a, b)):
            yield Conflict(what=what, a=first, b=second)


def _pairs(a: ReadSentence, b: ReadSentence) -> Iterator[tuple[Quantity, Quantity]]:
    """Figures that count the same thing, one to one, in the order of `a`.

    Where a sentence has several figures of one kind, the pair with the most words around them in common is taken, if
    no other comes near; else it is not clear which to compare.
    """
    left = [quantity for quantity in a.quantities if _open(quantity, a, b)]
    right = [quantity for quantity in b.quantities if _open(quantity, b, a)]
    for key in dict.fromkeys(map(kind_of, left)):
        firsts = [quantity for quantity in left if kind_of(quantity) == key]
        seconds = [quantity for quantity in right if kind_of(quantity) == key]
        ranked = sorted(
            ((_near(first, a, second, b), -place, first, second)
             for place, (first, second) in enumerate(product(firsts, seconds))),
            key=lambda pair: pair[:2],
            reverse=True,
        )  # fmt: skip
        clear = len(ranked) == 1 or (ranked and ranked[0][0] >= MIN_NEAR and ranked[0][0] >= 2 * ranked[1][0])
        if clear:
            yield ranked[0][2], ranked[0][3]


def _near(first: Quantity, a: ReadSentence, second: Quantity, b: ReadSentence) -> float:
    """The overlap (Jaccard) of the content words around two figures."""
    around = [_around(first, a), _around(second, b)]
    either = around[0] | around[1]
    return len(around[0] & around[1]) / len(either) if either else 0.0


def _around(quantity: Quantity, sentence: ReadSentence) -> frozenset[str]:
    window = sentence.plain[max(0, quantity.start - NEAR_REACH) : quantity.end + NEAR_REACH]
    return frozenset(stem(t.word) for t in tokens(window) if t.word not in STOPWORDS and not t.word[0].isdigit())


def _shared(a: ReadSentence, b: ReadSentence) -> float:
    least = min(len(a.stems), len(b.stems))
    return len(a.stems & b.stems) / least if least else 0.0


def _same_day(a: ReadSentence, b: ReadSentence) -> bool:
    """False when both name weekdays, or years, and none in common: they tell of two days."""
    for part in ("weekday", "year", "day"):
        first = {getattr(mention, part) for mention in a.dates} - {None}
        second = {getattr(mention, part) for mention in b.dates} - {None}
        if first and second and not first & second:
            return False
    return True


def _open(quantity: Quantity, own: ReadSentence, other: ReadSentence) -> bool:
    """Whether a figure can conflict at all: comparable, and told by no figure of the other sentence."""
    if quantity.ordinal or quantity.approx == "vague" or quantity.unit in _INCOMPARABLE or quantity.unit == "age":
        return False
    if quantity.value < 1 and quantity.unit is None:
        return False
    if quantity.noun is None and quantity.unit is None:
        return False
    if any(agree(quantity, each) for each in other.quantities):
        return False
    return not _PART_OF.match(own.plain, quantity.end) and not _is_half(quantity, own)


def _is_half(quantity: Quantity, own: ReadSentence) -> bool:
    """Whether a measure is told in two figures, of which this is one: "five hours and 40 minutes"."""
    of = in_base(1.0, quantity.unit)
    for each in own.quantities if of else ():
        other, gap = in_base(1.0, each.unit), max(each.start - quantity.end, quantity.start - each.end)
        if of and other and of[0] == other[0] and of[1] != other[1] and gap <= _JOINED and not agree(quantity, each):
            return True
    return False


def agree(a: Quantity, b: Quantity) -> bool:
    """The same figure, and nothing that says it counts something else."""
    if a.role and b.role and a.role != b.role:
        return False
    return same_quantity(a, b)


def kind_of(quantity: Quantity) -> tuple[str | None, str | None]:
    """The unit and the thing counted: figures of another kind are never compared."""
    # "a $2bn bill" and "a bill of $3bn": what money is for stands on either side of it, so its noun is not asked for
    return quantity.unit, None if quantity.unit in MONEY else _thing(quantity)


def _thing(quantity: Quantity) -> str | None:
    """What is counted: the fate of people, else the noun, synonyms folded."""
    noun = _SYNONYMS.get(quantity.noun, quantity.noun) if quantity.noun else None
    if quantity.unit is None and quantity.role in FATES and (noun in ANYONE or noun in FATES or noun is None):
        return quantity.role
    if quantity.unit is not None and noun in _MEASURED:
        return None
    return noun


def _aligned(first: Quantity, second: Quantity, a: ReadSentence, b: ReadSentence, shared: float) -> str | None:
    """The name of what both figures measure, or None when they may measure two things."""
    things = {_thing(first), _thing(second)}
    nouns = {one.noun for one in (first, second)} & _MEASURED.keys()
    if len(things - {None}) > 1 or len(nouns) > 1:
        return None
    thing = _thing(first) if len(things) == 1 else None
    ratio = max(first.value, second.value) / max(min(first.value, second.value), 1e-9)
    if ratio > (MAX_RATIO_FATES if thing in FATES else MAX_RATIO):
        return None
    if shared < (MIN_SHARED_BARE if thing is None else MIN_SHARED_NAMED):
        return None
    if _two_places(first, second, a, b) or _is_rest(first, a) != _is_rest(second, b):
        return None
    names = (name_of(first, a.plain), name_of(second, b.plain))
    return names[1] if names[0] == _ANYBODY or not (_thing(first) or first.noun in _MEASURED) else names[0]


def name_of(quantity: Quantity, plain: str) -> str:
    """What a difference is called in the brief: "killed", "boats", "amount", "distance"; `plain` is its sentence."""
    thing = quantity.noun if _thing(quantity) == "person" else _thing(quantity)
    if thing == "person" and (became := _BECAME.match(plain, quantity.end)) is not None:
        return became[1]
    if thing is not None:
        return thing if thing in FATES or quantity.unit is not None else plural(thing)
    if quantity.noun in _MEASURED:
        return _MEASURED[quantity.noun]
    if quantity.unit in MONEY:
        return "amount"
    dimension = in_base(1.0, quantity.unit)
    return (
        {"length": "distance"}.get(dimension[0], dimension[0])
        if dimension
        else _UNIT_NAMES.get(quantity.unit or "", "number")
    )


def _turned_round(first: Quantity, second: Quantity, a: ReadSentence, b: ReadSentence) -> bool:
    """Whether words around the figures are opposites: "rose 6 percent from last year" and "fell 2 from the spring"."""
    one, other = (frozenset(_PAST.get(word, word) for word in _around(*told)) for told in ((first, a), (second, b)))
    return any(not ANTONYMS.get(word, frozenset()).isdisjoint(other - one) for word in one - other)


def _two_places(first: Quantity, second: Quantity, a: ReadSentence, b: ReadSentence) -> bool:
    """Whether both figures are followed by a place, and not the same one."""
    places = [_place(first, a), _place(second, b)]
    return all(places) and not places[0] & places[1]


def _is_rest(quantity: Quantity, sentence: ReadSentence) -> bool:
    """Whether a figure counts those beside some named before: "11 other men"."""
    return _REST.match(sentence.plain, quantity.end) is not None


def _place(quantity: Quantity, sentence: ReadSentence) -> frozenset[str]:
    end = quantity.end
    noun = re.compile(r"(?: [\w'-]+){0,2}?(?= (?:in|at|near|across|around) )").match(sentence.plain, end)
    match = _PLACE_AFTER.match(sentence.plain, noun.end() if noun else end)
    return frozenset(stem(t.word) for t in tokens(match[1]) if t.word not in STOPWORDS) if match else frozenset()
