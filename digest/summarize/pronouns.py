"""Pronouns that nothing before them in their sentence explains: "On Tuesday it went up", "The party said that she …".

From the surface: "he" can be whoever is named, if it is no body and no place, or whoever an office or "a driver" tells
of; "it" whatever is named, or a noun; "they" whoever is named, or the plural that opens the sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise

from digest.language.dates import find_dates
from digest.language.names import Name, country_of, find_names
from digest.language.offices import is_title
from digest.language.verbs import is_verb_like
from digest.language.words import STOPWORDS

_PRONOUN = re.compile(
    r"\b(?:(?P<person>[Hh]e|[Ss]he|him|[Hh]is|[Hh]er)|(?P<many>[Tt]hey|[Tt]heir)|(?P<thing>[Ii]ts?))\b"
)
# "Residents were told to keep their windows shut": whose is told by the plural that the sentence opens with. Of the
# 101 sentences of the development news that this takes the flaw from, it is so in 98.
_OWN_PLURAL = re.compile(
    r"^(?!(?:In|At|On|As|By|Of|For|With|Under|If|When|While|After|Before|Since|Although|Though|Because|That|This)\b)"
    r"(?:\w[\w’'-]*(?:,\d{3})* ){0,3}?(?:people|police|men|women|children"
    r"|(?!(?:years|months|weeks|days|hours|was|has|does|says|always|perhaps|sometimes)\b)[\w-]{2,}[a-rt-z]s)(?= )",
    re.IGNORECASE,
)
# "A man was charged with killing his brother": that is whose.
_SOMEBODY = re.compile(
    r"\b(?:an?|one|another|the) (?:[\w’'-]+ ){0,4}?(?:\w*(?:man|woman|boy|girl|person|mother|father)|child"
    r"|baby|teen(?:ager)?|son|daughter|brother|sister|husband|wife|student|pupil|teacher|nurse|doctor|driver|motorist"
    r"|passenger|pedestrian|cyclist|climber|tourist|resident|worker|employee|soldier|deputy|guard|prisoner|offender"
    r"|inmate|suspect|attacker|victim|witness|bystander|reporter|journalist|lawyer|prosecutor|manager|customer|member"
    r"|player|actor|actress|singer|writer|author|candidate|senator|lawmaker|politician|aide|adviser|official|expert"
    r"|survivor|rescuer|owner|neighbou?r|boss|killer|clerk|colleague|infant|\w+mate|jogger|biker"
    r"|\d+-year-old)\b|\b(?:any|no) ?(?:one|body)\b|\b(?:leader|executive|president-elect)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"\b(?:an?|one|another|the|his|her) ((?:[a-z-]+ ){0,2}[a-z]+)\b")  # "a police officer"
_IS = re.compile(r"(?:\b(?:is|was|be|been|being|become|became|as|named)|,) $")
_NO_OFFICE = frozenset("former acting foreign general head crown state vice deputy chief prime attorney father".split())
_BODY = re.compile(
    r"(?:Party|Bank|Court|House|Senate|Congress|Parliament|Assembly|Times|Post|News|Street|City|States?|Committee"
    r"|Council|Commission|Board|Agency|Department|Office|University|School|Police|Army|Inc|Corp|Co|Ltd|Company|Airlines"
    r"|Hospital|Club|League|Team|Ministry|Union|Group|Institute|Service|Offices)"
)
# "In his last days in office, Governor Berg …", "In its report, the Bank …": whose stands behind the opening clause.
_OPENING = re.compile(
    r"(?:In|At|On|As|By|With|After|Before|During|Since|Despite|For|Under|While|When|Through|Unlike|Like|[A-Z][a-z]+ing)\b"
    r"(?! its (?:place|height|peak|core|heart)\b)[^,]*\b(?:(?P<person>his|her)|their|(?P<thing>its))\b[^,]*, "
    r"(?!(?:he|she|they|it)\b)(?P<subject>(?:then-|(?!the )[a-z]+ )?(?(person)|(?:the )?)(?=[A-Z]).{2,50}"
    r"|an? [a-z]+ [a-z]+)"
)
_PLACED = re.compile(r"\b(?:in|at|near|outside|throughout|across)(?: the)? $", re.IGNORECASE)
# "It is hard to …", "it was reported that …", "made it clear": no noun is meant; but one is in "it was closed in May".
_EMPTY_IT = re.compile(
    r"it(?!(?: (?:is|was|has|had|been|being)){1,2} (?:[$€£]?\d|\w+ed (?!that|whether|how)))"
    r"(?:['’]s|['’]ll|['’]d|(?: \w+)? (?:is|was|be|been|will|would|may|might|can|could|has|had|does|did|that)"
    r"| (?:seem|appear|take|took|turn|remain|bec[ao]me|com|came|rain|snow|look|ma[dk]e|matter|all)\w*)\b",
    re.IGNORECASE,
)
_TIMES = frozenset(
    "year month week weekend day night hour minute time morning evening afternoon summer winter ago".split()
)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


def unexplained(text: str) -> str:
    """The first pronoun that nothing before it explains, of a text without quotations; "" where each has something."""
    explained: set[str | None] = set()
    for pronoun in _PRONOUN.finditer(text):
        lead = text[: pronoun.start()]
        if pronoun.lastgroup in explained or _stands_for_nothing(text, pronoun):
            continue
        if not (_explains(lead, pronoun.lastgroup) or _comes_after(text, pronoun)):
            return pronoun.group()
        explained.add(pronoun.lastgroup)
    return ""


def _comes_after(text: str, pronoun: re.Match[str]) -> bool:
    """Whether a pronoun of the opening clause can mean the subject behind it."""
    opening = _OPENING.match(text)
    if opening is None or pronoun.start() > opening.start("subject"):
        return False
    return _explains(opening["subject"], pronoun.lastgroup)


def _explains(lead: str, kind: str | None) -> bool:
    """Whether what stands before a pronoun of this kind has something that it can mean."""
    named = find_names(lead)
    if kind == "person":
        return any(may_be_a_person(one, lead) for one in named) or _tells_of_somebody(lead)
    if kind == "many":
        return bool(named) or _OWN_PLURAL.match(f"{lead} ") is not None
    return bool(named) or _has_a_thing(lead)


def may_be_a_person(name: Name, lead: str) -> bool:
    """Whether a name behind the words `lead` may be somebody's: no body's, no country's, and in no place."""
    last = name.text.split(" of ")[0].split(" for ")[0].split()[-1]
    placed = _PLACED.search(lead[: name.start]) and not lead[name.end :].startswith(("’s", "'s"))
    return not (placed or country_of(name.text) or name.text.isupper() or _BODY.fullmatch(last))


def may_mean_another(sentence: str, name: str, before: str) -> bool:
    """Whether a sentence without its subject, `name`, tells of somebody else whom "he" behind it could mean.

    What the article has as "the Osmark", or "in Osmark", is nobody, and "a driver" behind "is" or a comma the subject.
    """
    own = set(name.split())
    for other in find_names(sentence):
        thing = re.search(rf"\b(?:[Tt]he|[Ii]n|[Aa]t|near|an?) {re.escape(other.text)}\b(?!['’])", before)
        if own.isdisjoint(other.text.split()) and may_be_a_person(other, sentence) and not thing:
            return True
    offices = [one for one in _OFFICE.finditer(sentence) if any(map(is_title, one[1].split()))]
    return any(not _IS.search(sentence[: one.start()]) for one in (*_SOMEBODY.finditer(sentence), *offices))


def _tells_of_somebody(lead: str) -> bool:
    office = any(is_title(word) and word.lower() not in _NO_OFFICE for word in _WORD.findall(lead))
    return office or _SOMEBODY.search(lead) is not None


def _stands_for_nothing(text: str, pronoun: re.Match[str]) -> bool:
    return pronoun.group().lower() == "it" and _EMPTY_IT.match(text, pronoun.start()) is not None


def _has_a_thing(lead: str) -> bool:
    """Whether a noun stands there; "on Tuesday" holds none."""
    dated = [(day.start, day.end) for day in find_dates(lead)]
    told = [word for word in _WORD.finditer(lead) if not any(a <= word.start() < b for a, b in dated)]
    after = [*(lead[one.end() : two.start()] == " " and _is_content(two.group()) for one, two in pairwise(told)), False]
    return any(
        _is_content(word.group()) and not followed
        for word, followed in zip(told, after, strict=False)
    )


def _is_content(word: str) -> bool:
    low = word.lower()
    return not (low in STOPWORDS or low in _TIMES or low[0].isdigit() or low.endswith("ly") or is_verb_like(word))
