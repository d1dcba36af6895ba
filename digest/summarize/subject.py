"""Of whom a sentence tells: the name that its subject ends in, where it opens with that.

From the surface, without a parser: what stands before the sentence's verb or its first comma.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.language.claims import attribution
from digest.language.names import find_names
from digest.language.offices import is_title
from digest.language.verbs import is_verb_like
from digest.language.words import STOPWORDS
from digest.summarize.pronouns import may_be_a_person

# "On Tuesday, ", "In the late 1970s, ", "Then, ": a subject may come after it.
LEAD = re.compile(
    r"(?:(?:But|And|Yet|So|Still|Then|Now|Meanwhile|However|Later|Also|Currently|Eventually|Previously|Recently|Earlier"
    r"|Afterwards|Instead|Last (?:week|month|year|night|[A-Z][a-z]+day))\b,? "
    r"|(?:In|On|At|By|During|After|Before|Since|From|Under|With|Following|Despite|When|While|If|Asked|Speaking|Born)\b"
    r"[^,“”]{1,90}, ){0,2}"
)
_MOST_WORDS = 9  # of a subject with the office before its name
_WORD = re.compile(r"[\w’'&.-]+")
_CLOSES = re.compile(r"(?: (?:on|late on|early on|in|at) [A-Z]?\w+)?\.?$")  # behind "…, Mayor Jon Berg said"
_OF_ANOTHER = re.compile(r"\b(?:his|her|their) (?:[\w’'-]+ ){0,3}[\w’'-]+,? $")  # "her agent, Jon Berg": another's
_INSIDE = ("the", "a", "an", "of", "for")  # small words of a name and its office


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The name as the sentence has it, what of its office stands before it, and the sentence without both.

    `speaks` where it is whoever said the sentence, at its end; `person` where the name may be a person's.
    """

    name: str
    lead: str
    rest: str
    speaks: bool
    person: bool


def find_subject(sentence: str) -> Subject | None:
    """The subject of a sentence without its quotations (“” in their place), if it is a name; first of all who says it.

    None for any other subject, and for more than one.
    """
    said = attribution(sentence)
    speaks = said is not None and _CLOSES.match(sentence, said.end) is not None
    quoted = sentence.startswith("“”")
    if said is not None and (speaks or quoted):
        found = _named(sentence, sentence.find(said.speaker, said.start), speaks=speaks)
        if found or quoted:
            return found
    return None if quoted else _named(sentence, LEAD.match(sentence).end(), speaks=False)  # type: ignore[union-attr]


def _named(sentence: str, start: int, *, speaks: bool) -> Subject | None:
    """The name, behind its office, in which what begins at `start` ends before its verb."""
    end = _end(sentence, start)
    named = [one for one in find_names(sentence) if start <= one.start and one.end <= end]
    if not named or sentence[named[-1].end : end].strip("."):
        return None
    name, lead = named[-1], sentence[start : named[-1].start]
    if not all(map(_may_stand_before, _WORD.findall(lead))):
        return None
    rest = f"{sentence[:start]}{sentence[name.end :]}"
    person = may_be_a_person(name, sentence[: name.start]) and not _OF_ANOTHER.search(sentence[: name.start])
    return Subject(name=name.text, lead=lead.strip(), rest=rest, speaks=speaks, person=person)


def _end(sentence: str, start: int) -> int:
    """Where the words before the verb or the first comma end."""
    end = start
    for word in list(_WORD.finditer(sentence, start))[:_MOST_WORDS]:
        between = sentence[end : word.start()].strip()
        if end > start and (between or _stops(word.group().rstrip("."))):
            break
        end = word.end()
    return end


def _stops(word: str) -> bool:
    """Whether a word is no part of a name with its office: a verb, an adverb, "who"."""
    small = word in STOPWORDS and word not in _INSIDE
    return word.islower() and (small or word.endswith("ly") or is_verb_like(word))


def _may_stand_before(word: str) -> bool:
    """Whether a word before a name can be part of an office: "County director" and no preposition."""
    return is_title(word) or word.lower() in _INSIDE or word.lower() not in STOPWORDS
