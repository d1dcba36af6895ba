"""What has changed from one text to a later one about the same thing: a count, a figure, an outcome, who says it.

Both sides are read from the texts, so that a reader and `digest verify` can look them up. Whether two texts are about
the same thing is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest.language.claims import attribution
from digest.language.conflicts import FATES, MAX_RATIO_FATES, ReadSentence, conflicts, read_sentence
from digest.language.fates import Fate, agreeing, fate_words, fates
from digest.language.outcomes import outcomes
from digest.language.quantities import Quantity, told_with_hedge
from digest.models import ChangeKind

# The dead do not rise again, nor do wounds and arrests become undone: a lower count is another event's, or a part.
ONLY_RISING = frozenset({"killed", "injured", "arrested"})
_REVISED = re.compile(
    r"\b(?:revised|lowered|corrected|reduced|downgraded|cut) (?:down |downward |its |the )*\b", re.IGNORECASE
)
# Of what moves each day anew, the second figure is another day's and not the first one's successor.
_FLEETING = frozenset(
    {"percent", "degree", "point", "day", "hour", "minute", "week", "month", "year", "second", "decade"}
)


# A speaker that was cut out of a clause: "citing two officials who", "whom she".
_NO_SPEAKER = re.compile(r"^[a-z]+ing\b|\b(?:who|whom|whose|which|that|he|she|it|they|we|i)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One thing that two texts tell differently: what it is called, and its words in the earlier and later text."""

    kind: ChangeKind
    what: str
    before: str
    after: str


def find_changes(before: str, after: str) -> tuple[Moved, ...]:
    """What the text `after` tells differently from the text `before`: counts of people first, then other things."""
    return (*_fates(before, after), *_figures(before, after), *_outcomes(before, after), *_speakers(before, after))


def _fates(before: str, after: str) -> Iterator[Moved]:
    earlier = {one.what: one for one in fates(before)}
    for new in fates(after):
        old = earlier.get(new.what)
        if old is not None and fate_moved(old, new, revised=_REVISED.search(after) is not None):
            yield Moved(kind="number", what=new.what, before=fate_words(old), after=fate_words(new))


def fate_moved(old: Fate, new: Fate, *, revised: bool = False) -> bool:
    """Whether a count of people that was `old` can have become `new`."""
    if agreeing(old, new) or (old.noun and new.noun and old.noun != new.noun):
        return False
    if new.what in ONLY_RISING and new.value < old.value and not revised:
        return False
    low, high = sorted((old.value, new.value))
    return high <= MAX_RATIO_FATES * max(low, 1.0)


@lru_cache(maxsize=16384)
def _read_sentence(text: str) -> ReadSentence:
    return read_sentence(text)


def _figures(before: str, after: str) -> Iterator[Moved]:
    """Other things counted or priced, each in the words of its text."""
    for found in conflicts(_read_sentence(before), _read_sentence(after)):
        if found.what not in FATES and found.a.unit not in _FLEETING and found.b.role not in FATES:
            yield Moved(kind="number", what=found.what, before=_told(before, found.a), after=_told(after, found.b))


def _told(text: str, quantity: Quantity) -> str:
    return told_with_hedge(text, quantity, unit=quantity.unit is not None)


def _outcomes(before: str, after: str) -> Iterator[Moved]:
    earlier = {one.group: one for one in outcomes(before)}
    for new in outcomes(after):
        old = earlier.get(new.group)
        if old is not None and old.state != new.state:
            yield Moved(kind="outcome", what="", before=old.told, after=new.told)


def _speakers(before: str, after: str) -> Iterator[Moved]:
    """What one party claimed is told by another as a fact."""
    first, second = attribution(before), attribution(after)
    if first is None or second is None or first.kind != "claimed" or second.kind != "reported":
        return
    if _NO_SPEAKER.search(first.speaker) or _NO_SPEAKER.search(second.speaker):
        return
    if first.speaker and second.speaker and not _same_speaker(first.speaker, second.speaker):
        yield Moved(kind="actor", what="said by", before=first.speaker, after=second.speaker)


def _same_speaker(first: str, second: str) -> bool:
    words = [set(re.findall(r"\w+", name.lower())) - {"the", "a", "an"} for name in (first, second)]
    return bool(words[0] & words[1])
