"""Where sources differ: the same quantity, told with different figures by different origins.

Two figures are compared only when the texts count the same thing: the same unit, the same noun or the same fate
("killed", "injured"), on the same day, in the same place. Rounding, conversion, hedges and the parts of a whole are
no difference. Precision comes first: a false difference costs more trust than a missed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from digest.language.claims import negations
from digest.language.dates import DateMention, find_dates
from digest.language.names import find_names
from digest.language.quantities import PEOPLE, Quantity, find_quantities, plural, same_quantity, told_with_hedge
from digest.language.units import MONEY, in_base
from digest.language.words import STOPWORDS, normalise, stem, tokens
from digest.models import Article, Statement

# Shares of the shorter sentence's content words that two sentences must have in common before their figures are
# compared. Set on 174 pairs of sentences of two outlets (21 of them conflicts), by looking at each candidate.
MIN_SHARED_NAMED = 0.25  # the figures count the same noun or fate
MIN_SHARED_BARE = 0.45  # only the unit is the same: percent, dollars, kilometres
# Further apart than this, two figures do not measure one thing; deaths do rise from one to dozens in a day.
MAX_RATIO = 3.5
MAX_RATIO_FATES = 40.0
# Of several figures of one kind, a pair is taken when the words around them overlap so much; in characters each side.
MIN_NEAR = 0.2
MIN_NEAR_BARE = 0.1
NEAR_REACH = 40

_FATES = ("killed", "injured", "missing", "arrested", "displaced")
_INCOMPARABLE = frozenset({"clock", "score"})
_SYNONYMS = {"nation": "country", "automobile": "car"}
# People of no particular kind: "three dead" is not "two women" more or less.
_ANYONE = PEOPLE & {"person", "other", "victim", "fatality", "death", "casualty", "life", "body"}
_UNIT_NAMES = {"percent": "share", "magnitude": "magnitude", "point": "points", "degree": "temperature"}
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
_PART_OF = re.compile(r",? (?:of|out of) (?:the|those|these|them|whom|which|his|her|its|their|\d|[a-z]+ty\b)")
_PLACE_AFTER = re.compile(r" (?:in|at|near|across|around) (?:the |a |an )?((?:[\w'-]+ ?){1,3})")
_REST = re.compile(r" (?:others?|more|further) [a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sentences' different figures for one thing: `what` names it, `a` and `b` are the figures."""

    what: str
    a: Quantity
    b: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class RawReading:
    """One value as told, its unit, and the places in `statements` of those who tell it."""

    value: str
    unit: str | None
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDifference:
    """What is told differently, and the readings, in the order of their articles' dates, then of their values."""

    what: str
    values: tuple[RawReading, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence with what is compared in it."""

    plain: str
    stems: frozenset[str]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    names: frozenset[str]
    negated: bool


def conflict(a: str, b: str) -> Conflict | None:
    """The first figure that the sentences `a` and `b` give differently for the same thing, or None."""
    return next(_conflicts(_told(a), _told(b)), None)


def _told(text: str) -> _Told:
    plain = normalise(text)
    found = tokens(plain)
    return _Told(
        plain=plain,
        stems=frozenset(stem(t.word) for t in found if t.word not in STOPWORDS and not t.word[0].isdigit()),
        quantities=find_quantities(plain),
        dates=find_dates(plain),
        names=frozenset(name.key for name in find_names(plain)),
        negated=bool(negations(plain)),
    )


def _conflicts(a: _Told, b: _Told) -> Iterator[Conflict]:
    if not _same_day(a, b):
        return
    shared = _shared(a, b)
    for first, second in _pairs(a, b):
        what = _aligned(first, second, a, b, shared)
        if what is not None:
            yield Conflict(what=what, a=first, b=second)


def _pairs(a: _Told, b: _Told) -> Iterator[tuple[Quantity, Quantity]]:
    """Figures that count the same thing, one to one, in the order of `a`.

    Where a sentence has several figures of one kind, the pair with the most words around them in common is taken, if
    no other comes near; else it is not clear which to compare.
    """
    left = [quantity for quantity in a.quantities if _open(quantity, a, b)]
    right = [quantity for quantity in b.quantities if _open(quantity, b, a)]
    for key in dict.fromkeys(map(_key, left)):
        firsts = [quantity for quantity in left if _key(quantity) == key]
        seconds = [quantity for quantity in right if _key(quantity) == key]
        ranked = sorted(
            ((_near(first, a, second, b), -place, first, second)
             for place, (first, second) in enumerate(product(firsts, seconds))),
            key=lambda pair: pair[:2],
            reverse=True,
        )  # fmt: skip
        clear = len(ranked) == 1 or (ranked and ranked[0][0] >= MIN_NEAR and ranked[0][0] >= 2 * ranked[1][0])
        if clear:
            yield ranked[0][2], ranked[0][3]


def _near(first: Quantity, a: _Told, second: Quantity, b: _Told) -> float:
    """The overlap (Jaccard) of the content words around two figures."""
    around = [_around(first, a), _around(second, b)]
    either = around[0] | around[1]
    return len(around[0] & around[1]) / len(either) if either else 0.0


def _around(quantity: Quantity, told: _Told) -> frozenset[str]:
    window = told.plain[max(0, quantity.start - NEAR_REACH) : quantity.end + NEAR_REACH]
    return frozenset(stem(t.word) for t in tokens(window) if t.word not in STOPWORDS and not t.word[0].isdigit())


def _shared(a: _Told, b: _Told) -> float:
    least = min(len(a.stems), len(b.stems))
    return len(a.stems & b.stems) / least if least else 0.0


def _same_day(a: _Told, b: _Told) -> bool:
    """False when both name weekdays, or years, and none in common: they tell of two days."""
    for part in ("weekday", "year", "day"):
        first = {getattr(mention, part) for mention in a.dates} - {None}
        second = {getattr(mention, part) for mention in b.dates} - {None}
        if first and second and not first & second:
            return False
    return True


def _open(quantity: Quantity, own: _Told, other: _Told) -> bool:
    """Whether a figure can conflict at all: comparable, and told by no figure of the other sentence."""
    if quantity.ordinal or quantity.approx == "vague" or quantity.unit in _INCOMPARABLE or quantity.unit == "age":
        return False
    if quantity.value < 1 and quantity.unit is None:
        return False
    if quantity.noun is None and quantity.unit is None:
        return False
    if any(_agree(quantity, each) for each in other.quantities):
        return False
    return not _is_sum(quantity, other) and not _PART_OF.match(own.plain, quantity.end)


def _agree(a: Quantity, b: Quantity) -> bool:
    """The same figure, and nothing that says it counts something else."""
    if a.role and b.role and a.role != b.role:
        return False
    return same_quantity(a, b)


def _is_sum(quantity: Quantity, other: _Told) -> bool:
    """Whether the other sentence gives the parts of this figure: "nine rifles" is "seven rifles, two other rifles"."""
    parts = [each.value for each in other.quantities if each.unit == quantity.unit and not each.ordinal]
    return any(first + second == quantity.value for first, second in combinations(parts, 2))


def _key(quantity: Quantity) -> tuple[str | None, str | None]:
    # "a $2bn bill" and "a bill of $3bn": what money is for stands on either side of it, so its noun is not asked for
    return quantity.unit, None if quantity.unit in MONEY else _thing(quantity)


def _thing(quantity: Quantity) -> str | None:
    """What is counted: the fate of people, else the noun, synonyms folded."""
    noun = quantity.noun
    if quantity.unit is None and quantity.role in _FATES and (noun in _ANYONE or noun in _FATES or noun is None):
        return quantity.role
    return _SYNONYMS.get(noun, noun) if noun else None


def _aligned(first: Quantity, second: Quantity, a: _Told, b: _Told, shared: float) -> str | None:
    """The name of what both figures measure, or None when they may measure two things."""
    things = {_thing(first), _thing(second)}
    if _key(first) != _key(second) or len(things - {None}) > 1:
        return None
    thing = _thing(first) if len(things) == 1 else None
    ratio = max(first.value, second.value) / max(min(first.value, second.value), 1e-9)
    if ratio > (MAX_RATIO_FATES if thing in _FATES else MAX_RATIO):
        return None
    if shared < (MIN_SHARED_BARE if thing is None else MIN_SHARED_NAMED):
        return None
    if thing is None and _near(first, a, second, b) < MIN_NEAR_BARE:
        return None
    if first.unit in _TIMES and _next_word(first, a) != _next_word(second, b):
        return None  # "eight days ago" and "five days of rain"
    if _two_places(first, second, a, b) or _is_rest(first, a) != _is_rest(second, b):
        return None
    return _name(first if _thing(first) else second)


def _name(quantity: Quantity) -> str:
    """What a difference is called in the brief: "killed", "boats", "amount", "distance"."""
    thing = _thing(quantity)
    if thing is not None:
        return thing if thing in _FATES or quantity.unit is not None else plural(thing)
    if quantity.unit in MONEY:
        return "amount"
    dimension = in_base(1.0, quantity.unit)
    return (
        {"length": "distance"}.get(dimension[0], dimension[0])
        if dimension
        else _UNIT_NAMES.get(quantity.unit or "", "number")
    )


def _two_places(first: Quantity, second: Quantity, a: _Told, b: _Told) -> bool:
    """Whether both figures are followed by a place, and not the same one."""
    places = [_place(first, a), _place(second, b)]
    return all(places) and not places[0] & places[1]


def _next_word(quantity: Quantity, told: _Told) -> str:
    match = re.compile(r" ([a-z]+)").match(told.plain, quantity.end)
    return match[1] if match else ""


def _is_rest(quantity: Quantity, told: _Told) -> bool:
    """Whether a figure counts those beside some named before: "11 other men"."""
    return _REST.match(told.plain, quantity.end) is not None


def _place(quantity: Quantity, told: _Told) -> frozenset[str]:
    end = quantity.end
    noun = re.compile(r"(?: [\w'-]+){0,2}?(?= (?:in|at|near|across|around) )").match(told.plain, end)
    match = _PLACE_AFTER.match(told.plain, noun.end() if noun else end)
    return frozenset(stem(t.word) for t in tokens(match[1]) if t.word not in STOPWORDS) if match else frozenset()


# --- a whole topic ---------------------------------------------------------------------------------------------------


def find_differences(
    statements: Sequence[Statement], origins: Sequence[str], articles: Mapping[str, Article]
) -> tuple[RawDifference, ...]:
    """What the statements of one topic tell differently; `origins[i]` is the origin of `statements[i]`.

    Only statements of different origins differ. Readings come in the order of their articles' dates, oldest first, so
    that a count that rose ends with its newest value; undated ones and ties go by value.
    """
    told = [_told(statement.text) for statement in statements]
    figures: dict[tuple[str | None, str], dict[int, Quantity]] = {}
    for first, second in combinations(range(len(told)), 2):
        if origins[first] == origins[second]:
            continue
        for found in _conflicts(told[first], told[second]):
            group = figures.setdefault((found.a.unit, found.what), {})
            group.setdefault(first, found.a)
            group.setdefault(second, found.b)
    differences = [
        RawDifference(what=what, values=_readings(_with_agreeing(group, told), statements, articles))
        for (_, what), group in sorted(figures.items(), key=lambda entry: _rank(entry[0][1]))
    ]
    return tuple(difference for difference in differences if len(difference.values) > 1)


def _rank(what: str) -> tuple[int, str]:
    """The fates of people first, gravest first; then by name."""
    return (_FATES.index(what) if what in _FATES else len(_FATES), what)


def _with_agreeing(group: Mapping[int, Quantity], told: Sequence[_Told]) -> dict[int, Quantity]:
    """The figures of a difference, with those of the statements that agree with one of them."""
    full = dict(group)
    for row, sentence in enumerate(told):
        if row in full:
            continue
        for quantity in sentence.quantities:
            if any(_key(quantity) == _key(each) and _agree(quantity, each) for each in group.values()):
                full[row] = quantity
                break
    return full


def _readings(
    figures: Mapping[int, Quantity], statements: Sequence[Statement], articles: Mapping[str, Article]
) -> tuple[RawReading, ...]:
    """Equal figures in one reading, in the words of the first that tells it; hedged ones apart from flat ones."""
    rows: dict[tuple[float, str | None, str | None], list[int]] = {}
    for row in sorted(figures, key=lambda row: (_published(statements[row], articles), statements[row].id)):
        quantity = figures[row]
        rows.setdefault((quantity.value, quantity.approx, quantity.unit), []).append(row)
    keyed = sorted(rows.items(), key=lambda entry: (_published(statements[entry[1][0]], articles), entry[0][0]))
    return tuple(_reading(told, figures, statements) for _, told in keyed)


def _reading(rows: Sequence[int], figures: Mapping[int, Quantity], statements: Sequence[Statement]) -> RawReading:
    quantity = figures[rows[0]]
    # Money and magnitudes are read as told; a measure is figure and unit.
    measured = quantity.unit == "percent" or in_base(1.0, quantity.unit) is not None
    value = told_with_hedge(statements[rows[0]].text, quantity, unit=not measured and quantity.unit != "magnitude")
    return RawReading(value=value, unit=quantity.unit if measured else None, statements=tuple(sorted(rows)))


def _published(statement: Statement, articles: Mapping[str, Article]) -> float:
    """When the statement's article came out, in seconds; an unknown date counts as the earliest."""
    article = articles.get(statement.article_id)
    return article.published.timestamp() if article is not None and article.published is not None else 0.0
