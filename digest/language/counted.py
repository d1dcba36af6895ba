"""What a number in a text counts: the noun after it, and what happened to those counted ("killed", "injured")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.language.words import spelling

# What is said of people who are counted; `noun` is one of the left side when no other noun is given.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "killed": ("killed", "kill", "kills", "killing", "dead", "die", "died", "dies", "dying", "deaths", "death",
               "fatalities", "slain", "perished", "lives", "bodies"),
    "injured": ("injured", "injuring", "injures", "injure", "wounded", "wounding", "wounds", "hurt", "hurting",
                "injuries", "hospitalized", "hospitalised"),
    "missing": ("missing",),
    "arrested": ("arrested", "arresting", "arrests", "detained", "detaining"),
    "displaced": ("displaced", "displacing", "evacuated", "evacuating"),
    "shot down": ("downed", "downing", "intercepted", "intercepting"),
    "launched": ("launched", "launching", "fired", "firing"),
}  # fmt: skip
CATEGORY = {word: name for name, told in CATEGORIES.items() for word in told}

# Of "shot three people, killing one" the three have done nothing, and the word is of the one.
OF_OTHERS = frozenset(word for word in CATEGORY if word.endswith("ing")) - {"dying", "missing"}

# A noun phrase after a number ends before one of these.
BOUNDARY = frozenset(
    """of in on at by for from to with without into over under near about around after before during since until while
    when where which who whom whose that than as and or but nor if because so although though amid among across against
    along between through throughout towards toward up down out off is are was were be been being has have had do does
    did will would can could may might must shall should the a an this these those its his her their our my your he she
    it they we you i him them us not no also still only just later earlier ago early late overnight today yesterday
    tomorrow each every per away apart there here now then said says told reported including via within outside inside
    behind beyond""".split()
)
_VERB_ENDING = re.compile(
    r"(?:ed|ing|fought|took|made|came|went|struck|hit|fell|rose|lost|won|left|said|saw|ran|flew|sent|held|got|gave|"
    r"broke|became|began|fled|kept|paid|set|sold|spent|stood)$|"
    r"^(?:sank|drove|grew|drew|knew|threw|bought|brought|caught|sought|thought|told|felt|met|led|wrote|chose|spoke|stole|"
    r"swept|burst|beat|bore|tore|wore|swam|hung|shot|lay)$"
)
_NOT_VERBS = frozenset(
    "bed seed feed need shed speed deed breed weed building meeting killing shooting hearing bombing ceiling morning "
    "evening ring king wing spring string thing wedding painting warning".split()
)
NEXT_WORD = re.compile(r"[ -]([A-Za-z][\w]*(?:'s?)?)")
# What those counted are, behind their noun: "31 people ill"; of "three more" nothing is said.
STATES = frozenset("ill sick alive safe unhurt unharmed homeless".split())
_NO_NOUNS = STATES | {"more"}
_SHARE_OF = re.compile(r"(?:(?<=%)|(?<=cent)) of(?: (?:the|its|their|his|her|our|all|those))?(?= )")
# What a figure counts that stands behind it: "the number of cases in Osmark has risen to 31".
_NUMBER_OF = re.compile(
    r"\b(?:number|total|tally) of(?: the| those)?(?= [^.;:\d]{3,80} (?:to|at|is|was|were|reached|hit|passed|exceeded"
    r"|topped|surpassed)(?: (?:a record|about|around|nearly|almost|at least|more than|over|some))? $)"
)
_NUMBER_REACH = 100
_MAX_NOUN_WORDS = 6
_IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot",
              "lives": "life", "policemen": "policeman", "wives": "wife", "mice": "mouse", "troops": "troop",
              "persons": "person", "bodies": "body", "businesses": "business", "crises": "crisis", "buses": "bus",
              "gases": "gas"}  # fmt: skip
# They end their phrase: in "28,000 people depend on it" nobody counts depends.
_WHOLE = frozenset({"people", "men", "women", "children"})
_PLURALS = {one: many for many, one in _IRREGULAR.items()} | {"person": "people", "police": "police"}
PEOPLE = frozenset(
    """person civilian soldier man woman child troop passenger victim resident worker police policeman officer student
    other fatality death casualty member militant fighter protester protestor refugee migrant patient inmate prisoner
    boy girl suspect gunman hostage tourist pilgrim demonstrator employee teenager pupil serviceman villager life body
    """.split()
)
# Of no particular kind: "three dead" is not "two women" more or less.
ANYONE = PEOPLE & {"person", "other", "victim", "fatality", "death", "casualty", "life", "body"}
_ROLE_BEFORE = re.compile(
    r"([A-Za-z]+)(?: (?:of|at least|more than|nearly|almost|about|around|some|over|up to|as many as|all|another|the|"
    r"a further|an estimated)){0,2} $"
)
_ROLE_AFTER = re.compile(
    r",? (?:(?:who|that|others|people|have|had|has|were|was|are|is|been|being|also|believed|feared|reported|said|to|"
    r"be|in|more|still|confirmed|reportedly) ){0,5}([a-z]+)\b"
)


def counted(plain: str, start: int, end: int) -> tuple[str | None, str | None]:
    """The noun counted and the category of what is said of it; of a share ("64% of precincts"), the whole's noun."""
    phrase, stop = _noun_phrase(plain, end)
    if not phrase and (of := _SHARE_OF.match(plain, stop)) is not None:
        phrase, stop = _noun_phrase(plain, of.end())
    if not phrase and (of := _NUMBER_OF.search(plain, max(0, start - _NUMBER_REACH), start)) is not None:
        phrase = _up_to_plural(_noun_phrase(plain, of.end())[0])
    role = next((CATEGORY[word] for word in phrase if word in CATEGORY), None)
    nouns = [word for word in phrase if word not in CATEGORY and word not in _NO_NOUNS]
    if len(nouns) == 1 and _VERB_ENDING.search(nouns[0]) and nouns[0] not in _NOT_VERBS:
        nouns = []  # "$1 trillion passed the senate"
    role = role or _role_before(plain, start)
    if phrase or plain[stop : stop + 1] != ",":  # "his brothers, 17 and 22, were arrested"
        role = role or _role_after(plain, stop)
    noun = singular(nouns[-1]) if nouns else role
    return noun, role


def is_bare(plain: str, end: int) -> bool:
    """Whether no noun follows the number that ends there: "has risen to 31"."""
    return not _noun_phrase(plain, end)[0]


def _up_to_plural(phrase: Sequence[str]) -> list[str]:
    """Of "boats adrift" the boats: what is numbered is a plural."""
    plurals = [place for place, word in enumerate(phrase) if singular(word) != spelling(word)]
    return list(phrase[: plurals[-1] + 1] if plurals else phrase)


def _noun_phrase(plain: str, end: int) -> tuple[list[str], int]:
    phrase: list[str] = []
    for _ in range(_MAX_NOUN_WORDS):
        match = NEXT_WORD.match(plain, end)
        if match is None:
            break
        word = match[1].lower()
        if word in BOUNDARY or (phrase and (word in _NO_NOUNS or _is_verb(word, phrase))):
            break
        phrase.append(word.removesuffix("'s").rstrip("'"))
        end = match.end()
        if plain[end : end + 1] not in (" ", "-") or word in _WHOLE:
            break
    return phrase, end


def _is_verb(word: str, phrase: list[str]) -> bool:
    if word in CATEGORY:
        # "35 people injured": the noun is complete; "35 dead" is one
        return word not in ("lives", "bodies", "deaths", "death", "fatalities", "injuries")
    return bool(_VERB_ENDING.search(word)) and word not in _NOT_VERBS and phrase[-1].endswith(("s", "n", "e"))


def _role_before(plain: str, start: int) -> str | None:
    match = _ROLE_BEFORE.search(plain, max(0, start - 48), start)
    return CATEGORY.get(match[1].lower()) if match and match[1].lower() not in ("dead", "missing") else None


def _role_after(plain: str, stop: int) -> str | None:
    match = _ROLE_AFTER.match(plain, stop)
    return CATEGORY.get(match[1]) if match and match[1] not in OF_OTHERS else None


def plural(noun: str) -> str:
    """What `singular` undoes: "ferry" -> "ferries"."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


def singular(noun: str) -> str:
    """A lower-case noun in the singular and in American spelling."""
    noun = spelling(noun)
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3:
        return noun[:-1]
    return noun
