"""What a sentence says became of people in one event: how many were killed, hurt, are missing; also that none was.

Wider than the figures of `quantities`, which are read word for word: "the death toll rose to 12", "99 people were
unaccounted for" and "nobody is missing" count here. Parts of a whole ("including two children") and additions ("three
more bodies") do not: they are no state of the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.language.conflicts import FATES
from digest.language.counted import ANYONE, CATEGORY, OF_OTHERS, PEOPLE
from digest.language.quantities import Quantity, find_quantities, same_quantity, told_with_hedge
from digest.language.words import normalise

_WORDS = {
    **{word: fate for word, fate in CATEGORY.items() if fate in FATES},
    "casualties": "killed",
    "to death": "killed",
    "lost their lives": "killed",
    "unaccounted for": "missing",
    "sought": "missing",
    "searched for": "missing",
    "searching for": "missing",
}
# What those counted met with; of the forms that are also nouns of another sense none ("nine voted for death").
_NAMING = {"lives", "bodies", "death", "kill", "kills"}
_AFTER_COUNT = "|".join(sorted(_WORDS.keys() - OF_OTHERS - _NAMING, key=lambda word: (-len(word), word)))
# "Arrested three times", "shot dead two years ago", "four prior arrests" count nobody of this event; "ten night
# workers" do.
_TIMES = re.compile(
    r"[ -](?:times?|nights?|days?|weeks?|months?|years?|prior|previous|earlier)\b"
    r"(?! (?:\w+(?:ers|men)|guards|nurses)\b)"
)
_PEOPLE_WORDS = (
    r"people|persons?|passengers?|residents?|workers?|others|men|women|children|civilians?|soldiers?|victims|"
    r"crew(?: members)?|tourists?|students?|officers?"
)
_SPACER = r"(?: (?!(?:after|when|while|as|and|but|before|since|because|that|which|whose|where|until)\b)[\w'-]+)"
_FATE_AFTER = re.compile(rf"{_SPACER}{{0,6}}? ({_AFTER_COUNT})\b")
_COUNT_BEFORE = re.compile(
    r"\b(?:(?:(death|casualty) )?toll|(?:number|total) of (?:the )?(?:confirmed )?(?:people |those |persons )?"
    rf"({_AFTER_COUNT}))\b[^.;:\d]{{0,60}}$"
)
_NONE_OF = re.compile(
    rf"\b(?:no one|nobody|none|no (?:[a-z]+ ){{0,2}}?(?:{_PEOPLE_WORDS})){_SPACER}{{0,6}}? ({_AFTER_COUNT})\b",
    re.IGNORECASE,
)
_NO_CASES = re.compile(
    r"\b(?:no|zero|without(?: any)?) (?:[a-z]+ ){0,2}?(deaths|fatalities|injuries|casualties|arrests)\b(?! tolls?)",
    re.IGNORECASE,
)
# In 20,000 sentences of ECB+, the news and real pages nobody says so; a new user's articles do, of a derailment.
_ACCOUNTED = re.compile(
    r"(?<!not )\b(?:all|every(?:one|body)?)\b(?: [\w'-]+){0,14}? "
    r"(?:accounted for|(?:were|been) (?:traced|located|rescued)|(?:found|rescued|brought ashore) (?:alive|safe))\b",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\bof the $|\b(?:including|among (?:them|those|the [a-z]+)|of (?:them|whom|those)|aged)\b[^.;]{0,24}$", re.I
)
_PART_AFTER = re.compile(r",? (?:of|out of) (?:the|those|these|them|whom|which|his|her|its|their|\d)")
# "Two women and a man died": the sum stands nowhere.
_SOMEBODY = (
    r"(?:people|persons?|m[ae]n|wom[ae]n|child(?:ren)?|boys?|girls?|civilians?|soldiers?|officers?|students?|pupils?"
    r"|passengers?|workers?|teenagers?|driver|policem[ae]n)"
)
# Not "killed two women and wounded a man", in which a verb parts them.
_SO_MANY = r"(?:an?|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many)"
_AND_AFTER = re.compile(rf"(?: [a-z-]+)? {_SOMEBODY} and {_SO_MANY} (?:[a-z-]+ )?{_SOMEBODY}\b")
_AND_BEFORE = re.compile(rf"\b{_SO_MANY} (?:[a-z-]+ )?{_SOMEBODY} and $", re.IGNORECASE)
_MORE_BEFORE = re.compile(r"\b(?:another|additional|a further|a second|the first|first) (?:[a-z]+ )?$", re.IGNORECASE)
_MORE_AFTER = re.compile(r"(?: [a-z]+)? (?:more|further|additional)\b| other\b")
_RUNNING_TOTAL = re.compile(
    r"\b(?:toll|so far|in total|total of|total number|rose|risen|rises|rising|climbed|climbs|remain(?:s|ed)?|still|now|"
    r"unaccounted|confirmed|stands? at|stood at|bringing|brings|accounted for|nobody|no one)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """How many of an event's people met a fate (`what`: one of FATES): as told, and as a number; `noun` of some kind.

    Of nobody the number is 0, and what was told is a clause: "all 212 passengers have been accounted for".

    `total` marks a count that sums up the event so far ("the toll rose to 12", "still missing").
    """

    what: str
    value: float
    told: str
    noun: str | None
    total: bool
    start: int
    end: int
    quantity: Quantity | None = None


@lru_cache(maxsize=65536)
def fates(text: str) -> tuple[Fate, ...]:
    """The counts of people by fate in a sentence, in the order of FATES, one each.

    A fate that the sentence counts twice, by different figures, is left out: it tells of two events, or of parts.
    """
    plain = normalise(text)
    total = _RUNNING_TOTAL.search(plain) is not None
    found = [*_counted(text, plain, total), *_none(text, plain)]
    by_fate = {what: [one for one in found if one.what == what] for what in FATES}
    return tuple(one for told in by_fate.values() if (one := _only(told)) is not None)


def told_none(text: str) -> frozenset[str]:
    """The fates of which a sentence says that nobody met them, and of others nothing."""
    counts = fates(text)
    return frozenset(count.what for count in counts) if counts and not any(c.value for c in counts) else frozenset()


def agreeing(first: Fate, second: Fate) -> bool:
    """Whether two counts of one fate can be one: equal, or within a hedge of one of them."""
    if first.quantity is None or second.quantity is None:
        return first.value == second.value
    return same_quantity(first.quantity, second.quantity)


def _only(found: list[Fate]) -> Fate | None:
    return found[0] if found and len({one.value for one in found}) == 1 else None


def _counted(text: str, plain: str, total: bool) -> list[Fate]:
    found = []
    for quantity in find_quantities(text):
        what = _what(plain, quantity)
        if what is not None and not _is_part(plain, quantity):
            found.append(
                Fate(
                    what=what,
                    value=quantity.value,
                    told=told_with_hedge(text, quantity, unit=False),
                    noun=quantity.noun if quantity.noun in PEOPLE and quantity.noun not in ANYONE else None,
                    total=total,
                    start=quantity.start,
                    end=quantity.end,
                    quantity=quantity,
                )
            )
    return found


def _what(plain: str, quantity: Quantity) -> str | None:
    """The fate that a figure counts, or None when it counts something else."""
    if quantity.unit is not None or quantity.ordinal or quantity.approx == "vague":
        return None
    if quantity.value < 1 or quantity.value % 1 or _TIMES.match(plain, quantity.end):
        return None
    before = _COUNT_BEFORE.search(plain, max(0, quantity.start - 90), quantity.start)
    if before is not None and quantity.noun not in PEOPLE - ANYONE:
        return _WORDS[before[2]] if before[2] else ("injured" if before[1] == "casualty" else "killed")
    if quantity.noun is not None and quantity.noun not in PEOPLE and quantity.noun not in FATES and not quantity.role:
        return None
    if quantity.role in FATES:
        return quantity.role
    after = _FATE_AFTER.match(plain, quantity.end)
    return _WORDS[after[1]] if after else None


def _is_part(plain: str, quantity: Quantity) -> bool:
    """Whether a figure counts a part of those meant, or some beside them."""
    return bool(
        _PART_AFTER.match(plain, quantity.end)
        or _AND_AFTER.match(plain, quantity.end)
        or _AND_BEFORE.search(plain, max(0, quantity.start - 44), quantity.start)
        or _MORE_AFTER.match(plain, quantity.end)
        or _PART_BEFORE.search(plain, max(0, quantity.start - 44), quantity.start)
        or _MORE_BEFORE.search(plain, max(0, quantity.start - 24), quantity.start)
    )


def _none(text: str, plain: str) -> list[Fate]:
    spans = [(_WORDS[match[1].lower()], match) for match in _NONE_OF.finditer(plain)]
    spans += [(_WORDS[match[1].lower()], match) for match in _NO_CASES.finditer(plain)]
    spans += [("missing", match) for match in _ACCOUNTED.finditer(plain)]
    return [
        Fate(
            what=what,
            value=0.0,
            told=_inside(text[match.start() : match.end()]),
            noun=None,
            total=True,
            start=match.start(),
            end=match.end(),
        )
        for what, match in spans
    ]


def _inside(clause: str) -> str:
    """A clause that begins with "no", "all" and the like, as it stands inside a sentence."""
    told = " ".join(clause.split())
    return told[:1].lower() + told[1:]
