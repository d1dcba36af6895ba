"""Quantities: a number with its unit, the noun it counts and the word that makes it approximate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.language.counted import BOUNDARY, CATEGORY, NEXT_WORD, counted
from digest.language.dates import find_dates
from digest.language.numerals import Numeral, find_numerals
from digest.language.units import MONEY, currency_before, in_base, unit_after
from digest.language.words import for_short_texts, normalise

_APPROXIMATORS = {
    "nearly": "nearly", "almost": "nearly", "close to": "nearly", "just under": "nearly", "approaching": "nearly",
    "about": "about", "around": "about", "some": "about", "roughly": "about", "approximately": "about",
    "an estimated": "about", "estimated": "about", "circa": "about", "or so": "about", "in the region of": "about",
    "at least": "at least", "no fewer than": "at least", "no less than": "at least", "a minimum of": "at least",
    "more than": "more than", "over": "more than", "above": "more than", "upwards of": "more than",
    "in excess of": "more than", "exceeding": "more than", "greater than": "more than", "just over": "more than",
    "up to": "up to", "as many as": "up to", "as much as": "up to", "at most": "up to", "no more than": "up to",
    "a maximum of": "up to", "fewer than": "less than", "less than": "less than", "under": "less than",
    "below": "less than",
}  # fmt: skip
_APPROX_BEFORE = re.compile(
    r"(?<![\w])(" + "|".join(sorted(_APPROXIMATORS, key=len, reverse=True)) + r")(?: (?:a|an|the|another|only))? ?$",
    re.IGNORECASE,
)
_APPROX_REACH = 28
_AGE_AFTER = re.compile(r"[ -]years?[ -]old(?!\w)", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(?:aged?|aged between|age of) $", re.IGNORECASE)
_AGE_COMMA = re.compile(r"[A-Z][\w'.-]*(?:\)|\"|'s)?, $")
_CLOCK_AFTER = re.compile(r" ?(?:[ap]\.m\.|[ap]m\b|GMT\b|UTC\b|o'clock\b|local time\b)", re.IGNORECASE)
_MAGNITUDE = re.compile(r"magnitude[ -](?:of )?$", re.IGNORECASE)
_MAGNITUDE_AFTER = re.compile(r"[ -]magnitude\b", re.IGNORECASE)

_ONE_BEFORE = frozenset("no this that the every any each which another only some".split())
_ONE_AFTER = frozenset(
    """of another day can could who that which is was has had would will to side hand more or may might should must
    thing way where for in with from by but at on as and reason point time step final last""".split()
)
_WORD_BEFORE = re.compile(r"([A-Za-z']+)(?:,? |-)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as told.

    `unit` is a canonical unit ("km", "percent", "USD", "age", "clock", "score", "magnitude") or None for a count.
    `noun` is what is counted, singular, American and lower-case ("drone", "person"), or a category ("killed") where
    the text names none; `role` is the category that the sentence puts it in. `approx` is one of nearly, about,
    at least, more than, up to, less than, vague, or None. `step` is what the last digit written is worth.
    """

    value: float
    unit: str | None
    noun: str | None
    approx: str | None
    ordinal: bool
    start: int
    end: int
    text: str
    role: str | None = None
    step: float = 1.0


@for_short_texts
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order. Dates and years belong to `find_dates` and are left out."""
    plain = normalise(text)
    dated = [(mention.start, mention.end) for mention in find_dates(plain)]
    found: list[Quantity] = []
    place = 0
    for numeral in find_numerals(plain):
        while place < len(dated) and dated[place][1] <= numeral.start:
            place += 1
        if place < len(dated) and dated[place][0] < numeral.end:
            continue
        quantity = _quantity(text, plain, numeral)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _quantity(text: str, plain: str, numeral: Numeral) -> Quantity | None:
    if plain[numeral.start : numeral.end].lower() == "one" and not _one_counts(plain, numeral):
        return None
    unit, start, end = _unit(plain, numeral)
    # "more than" stands before the currency sign
    approx = "vague" if numeral.kind == "vague" else _approximator(plain, start)
    noun, role = (None, None) if unit in ("age", "clock", "score") else counted(plain, start, end)
    return Quantity(
        value=numeral.value,
        unit=unit,
        noun=noun,
        approx=approx,
        ordinal=numeral.kind == "ordinal",
        start=start,
        end=end,
        text=text[start:end],
        role=role,
        step=numeral.step,
    )


def _unit(plain: str, numeral: Numeral) -> tuple[str | None, int, int]:
    """The unit with the offsets of number and unit together."""
    start, end = numeral.start, numeral.end
    if numeral.kind == "score":
        return "score", start, end
    if clock := _CLOCK_AFTER.match(plain, end):
        return "clock", start, clock.end()
    if numeral.kind == "clock":
        return "clock", start, end
    if numeral.kind == "ordinal":
        return None, start, end
    if currency := currency_before(plain, start):
        return currency[0], currency[1], end
    if age := _age(plain, start, end, numeral.value):
        return "age", start, age
    if _MAGNITUDE.search(plain, max(0, start - 14), start):
        return "magnitude", start, end
    if magnitude := _MAGNITUDE_AFTER.match(plain, end):
        return "magnitude", start, magnitude.end()
    if after := unit_after(plain, end):
        money = after[0] == "pound" and numeral.value >= 1e6
        return ("GBP" if money else after[0]), start, after[1]
    return None, start, end


def _age(plain: str, start: int, end: int, value: float) -> int | None:
    """Where the age that starts at `start` ends, or None when it is no age."""
    if not 0 <= value < 120:
        return None
    if old := _AGE_AFTER.match(plain, end):
        return old.end()
    if _AGE_BEFORE.search(plain, max(0, start - 14), start):
        return end
    closed = plain[end : end + 1] in (",", ".", ";", ")", "") and value >= 1
    return end if closed and _AGE_COMMA.search(plain, max(0, start - 40), start) and plain[start].isdigit() else None


def _one_counts(plain: str, numeral: Numeral) -> bool:
    """Whether "one" is a number: not "no one", "one of the", "one another", "one day"."""
    before = _WORD_BEFORE.search(plain, max(0, numeral.start - 24), numeral.start)
    after = NEXT_WORD.match(plain, numeral.end)
    if before and before[1].lower() in _ONE_BEFORE:
        return False
    if before and before[1].lower() in CATEGORY and before[1].lower() not in ("dead", "missing"):
        return True
    return after is not None and after[1].lower() not in _ONE_AFTER and after[1].lower() not in BOUNDARY


def _approximator(plain: str, start: int) -> str | None:
    match = _APPROX_BEFORE.search(plain, max(0, start - _APPROX_REACH), start)
    return _APPROXIMATORS[match[1].lower()] if match else None


def told_with_hedge(text: str, quantity: Quantity, *, unit: bool = True) -> str:
    """A quantity as the text tells it, with the hedge before it: "at least 40". Without `unit`, the figure alone."""
    plain = normalise(text)
    hedge = _APPROX_BEFORE.search(plain, max(0, quantity.start - _APPROX_REACH), quantity.start)
    start = hedge.start(1) if hedge and quantity.approx != "vague" else quantity.start
    end = quantity.end if unit else max(n.end for n in find_numerals(plain[: quantity.end]) if n.end > quantity.start)
    told = " ".join(text[start:end].split())
    # "At least 40 people" opens a sentence there, not here.
    return told[:1].lower() + told[1:] if told[1:2].islower() else told


# --- comparing ------------------------------------------------------------------------------------------------------


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities give one figure: equal, or equal in another unit as far as their digits say."""
    if a.ordinal != b.ordinal:
        return False
    if a.unit == b.unit or None in (a.unit, b.unit):
        return abs(a.value - b.value) <= 1e-9 * max(abs(a.value), abs(b.value), 1.0)
    first, second = in_base(a.value, a.unit), in_base(b.value, b.unit)
    if first is None or second is None or first[0] != second[0]:
        return False
    # Each figure was rounded to its last digit: 6 miles is 5.5 to 6.5 miles, which 10 km lies in.
    slack = first[1] / a.value * a.step / 2 if a.value else 0.0
    slack += second[1] / b.value * b.step / 2 if b.value else 0.0
    return abs(first[1] - second[1]) <= slack


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities can be one fact: the same figure, a rounding of it, or within the hedge one of them has.

    What is counted is not compared; units are. "More than 200" agrees with 249, "at least 40" not with 35.
    """
    if a.ordinal != b.ordinal or not _comparable(a.unit, b.unit):
        return False
    if same_value(a, b):
        return True
    if a.ordinal or "score" in (a.unit, b.unit):
        return False
    first, second = in_base(a.value, a.unit), in_base(b.value, b.unit)
    x, y = (first[1], second[1]) if first and second and a.unit != b.unit else (a.value, b.value)
    return _within_hedge(a, x, y) or _within_hedge(b, y, x) or _rounds_to(a, b) or _rounds_to(b, a)


def _comparable(a: str | None, b: str | None) -> bool:
    if a == b or None in (a, b):
        return a == b or not ({a, b} - {None} <= (MONEY | {"percent", "age", "clock", "score"}))
    first, second = in_base(1.0, a), in_base(1.0, b)
    return first is not None and second is not None and first[0] == second[0]


def _within_hedge(hedged: Quantity, told: float, other: float) -> bool:
    """Whether `other` is what "about `told`" and the like can mean.

    A hedge reaches as far as the figure's last digit: "about 50" may be 43, "roughly 141" is not 139. A round figure
    of one digit ("more than 1,000") would reach too far, so the reach has an end in shares of the figure, too.
    """
    if hedged.approx is None or told <= 0:
        return False
    reach = told * hedged.step / hedged.value
    low, high = {
        "nearly": (max(told - reach, 0.8 * told), told),
        "about": (max(told - reach, 0.8 * told), min(told + reach, 1.2 * told)),
        "at least": (told, min(told + reach, 1.5 * told)),
        "more than": (told, min(told + reach, 1.5 * told)),
        "up to": (max(told - reach, 0.5 * told), told),
        "less than": (max(told - reach, 0.5 * told), told),
        "vague": (told, 10 * told),
    }[hedged.approx]
    return low <= other <= high


def _rounds_to(coarse: Quantity, fine: Quantity) -> bool:
    """Whether `fine` rounds to `coarse` at two significant digits or more: 12,345 to 12,000, not 58 to 60.

    A price may also lose its cents: $99.99 is told as $99.
    """
    if coarse.unit != fine.unit or coarse.step <= fine.step or coarse.value < 10 * coarse.step:
        return False
    cents = coarse.step == 1 and coarse.unit in MONEY and 0 <= fine.value - coarse.value < 1
    return cents or abs(coarse.value - fine.value) <= coarse.step / 2
