"""Which name would make a sentence stand alone: it goes in brackets for "he" or "the plant", as editors do.

Only where the article leaves no doubt which name it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.language.claims import SAYING
from digest.language.offices import is_title

_SPEAKER_PRONOUN = re.compile(rf"(?<![\w“])(he|she)(?= (?:{SAYING})\b)")
_LEADING_PRONOUN = re.compile(r"^(He|She)(?= [a-z])")
_SAID_NAME = re.compile(
    rf"((?:[A-Z][\w’'-]+ ){{1,3}}[A-Z][\w’'-]+)(?:, [^,.“”\"]{{3,80}},)? (?:{SAYING})\b"
    r"|(?:said|according to|added) ((?:[A-Z][\w’'-]+ ){1,3}[A-Z][\w’'-]+)"
)
_BARE_HEAD = re.compile(r"^(?:The|This|That) ([a-z]{4,})(?=['’ ])")
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
    pronoun = _LEADING_PRONOUN.search(text) or _SPEAKER_PRONOUN.search(text)
    if pronoun is None:
        return None
    named = (first or second for first, second in _SAID_NAME.findall(before[-_LOOK_BACK:]))
    speakers = [name for name in named if not _is_body(name)]
    if len({speaker.split()[-1] for speaker in speakers}) != 1:
        return None
    name = speakers[-1]
    return Restored(f"{text[: pronoun.start()]}[{name}]{text[pronoun.end() :]}", name)


def _is_body(name: str) -> bool:
    """Whether nobody is called so: "The Supreme Court", not "The Mayor Jon Berg"."""
    return name.startswith("The ") and not any(map(is_title, name.split()))


def _restore_thing(text: str, before: str) -> Restored | None:
    """ "The plant was shut" after "… at the Tarvik Fish Plant …": the one name that ends in the same noun."""
    match = _BARE_HEAD.match(text)
    if match is None:
        return None
    head = match.group(1)
    named = re.findall(rf"\b((?:[A-Z][\w-]+ ){{1,4}}(?:{head}|{head.capitalize()}))\b", before)
    distinct = {name.removeprefix("The ") for name in named if len(name.removeprefix("The ").split()) > 1}
    if len(distinct) != 1:
        return None
    name = distinct.pop()
    return Restored(f"[The {name}]{text[match.end(1) :]}", name)
