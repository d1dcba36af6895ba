"""Which name would make a sentence stand alone: it goes in brackets for "he" or "the plant", as editors do.

Only where the article leaves no doubt which name it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.language.claims import SAYING
from digest.language.dates import find_dates
from digest.language.offices import is_title
from digest.language.ordinary import ORDINARY
from digest.language.quantities import find_quantities

_SPEAKER_PRONOUN = re.compile(rf"(?<![\w“])([Hh]e|[Ss]he)(?= (?:{SAYING})\b)")
_TURN = re.compile(r"^(?:But|And|Yet|So|Still) ")
_CAPITAL = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]+")
_SAID_NAME = re.compile(
    rf"((?:[A-Z][\w’'-]+ ){{1,3}}[A-Z][\w’'-]+)(?:, [^,.“”\"]{{3,80}},)? (?:{SAYING})\b"
    r"|(?:said|according to|added) ((?:[A-Z][\w’'-]+ ){1,3}[A-Z][\w’'-]+)"
)
_BARE_HEAD = re.compile(r"^(?:The|This|That) ([a-z]{4,})(?=['’ ,])")
_WITHIN = re.compile(r"(?:[\w,;] |\bThe )$")  # before a word that does not open its sentence
_LOOK_BACK = 700  # characters before the sentence in which its speaker must have been named


@dataclass(frozen=True, slots=True)
class Restored:
    """A sentence with its subject put back in brackets, and the name that was put there."""

    text: str
    name: str


def restore(text: str, *, before: str) -> Restored | None:
    """Replace a pronoun speaker, or a bare "the plant", by the one name that `before` (the article so far) offers.

    Returns None when there is nothing to restore or more than one name would fit.
    """
    return _restore_speaker(text, before) or _restore_thing(text, before)


def _restore_speaker(text: str, before: str) -> Restored | None:
    """ "[Ada Holm] said" for "she said", where the last to speak is named in full and nobody has been named since.

    Only of who speaks: of 13 sentences of news, picked at random, that open with another deed of "he" or "she", not one
    was the last speaker's. Of 30 that pass, all were (one reader).
    """
    pronoun = _SPEAKER_PRONOUN.search(text)
    if pronoun is None:
        return None
    held = before[-_LOOK_BACK:]
    speakers = [one for one in _SAID_NAME.finditer(held) if not _is_body(_named(one))]
    if len({_named(speaker).split()[-1] for speaker in speakers}) != 1:
        return None
    name, last = _named(speakers[-1]), speakers[-1]
    since = f"{last.group().replace(name, '')} {held[last.end() :]} {text[: pronoun.start()]}"
    in_sight = any(part in text[: pronoun.start()] for part in name.split())
    if " " not in name or in_sight or not _names_nobody_but(name, since):
        return None
    return Restored(f"{text[: pronoun.start()]}[{name}]{text[pronoun.end() :]}", name)


def _named(speaker: re.Match[str]) -> str:
    return _TURN.sub("", speaker[1] or speaker[2])


def _names_nobody_but(name: str, text: str) -> bool:
    """Whether no word of the text, but a number or a date, begins with a capital as the name of another would."""
    told = [(day.start, day.end) for day in find_dates(text)]
    told += [(figure.start, figure.end) for figure in find_quantities(text)]
    capitals = (word for word in _CAPITAL.finditer(text) if not any(a <= word.start() < b for a, b in told))
    return all(word.group() in name.split() or word.group().lower() in ORDINARY for word in capitals)


def _is_body(name: str) -> bool:
    """Whether nobody is called so: "The Supreme Court", not "The Mayor Jon Berg"."""
    return name.startswith("The ") and not any(map(is_title, name.split()))


def _restore_thing(text: str, before: str) -> Restored | None:
    """ "The plant was shut" after "… at the Tarvik Fish Plant …": the one name that ends in the same noun.

    A word that opens its sentence ("Ferry crews", "Two officers") is a name only where it is one elsewhere, too.
    """
    match = _BARE_HEAD.match(text)
    if match is None:
        return None
    head = match.group(1)
    named = list(re.finditer(rf"\b(?:The )?((?!The )(?:[A-Z][\w-]+ ){{1,4}}(?:{head}|{head.capitalize()}))\b", before))
    if len({one[1] for one in named}) != 1 or not any(_WITHIN.search(before[: one.start(1)]) for one in named):
        return None
    name = named[0][1]
    return Restored(f"[The {name}]{text[match.end(1) :]}", name)
