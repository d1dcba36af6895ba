"""What a sentence adds to what is known already: a name, a figure, an outcome, a negation, a thing that has gone on.

Words alone add nothing here; how many of them are new is for `told` to weigh. A messenger adds nothing either: who is
only named as saying it ("police said") brings no news where nobody was named before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from digest.language.claims import attribution, negations
from digest.language.dates import find_dates
from digest.language.denials import denies_alone
from digest.language.fates import fates
from digest.language.names import Name, find_names, name_words
from digest.language.outcomes import outcomes
from digest.language.plans import deeds
from digest.language.quantities import Quantity, same_quantity
from digest.language.words import STOPWORDS, normalise, stem, tokens
from digest.updates.changes import find_changes, steps
from digest.updates.subject import read

# A longer name is known when its last part and so many of the others are: "Harbour Council of Vesk", "Vesk Harbour City
# Council". Of two parts both must be, or "Rob Jones" would be "Nick Jones".
KNOWN_PARTS = 2 / 3
LONG_NAME = 3
# Two sentences that share so much of the longer one's other words say one thing of two names.
SAME_BUT_FOR_NAMES = 0.7
NEGATED_WORDS = 3  # content words after a negation, up to the next stop, that it is taken to negate

_AHEAD = re.compile(
    r"\b(?<!than )(?<!as )(?<!had )(?:will|would(?!-be)|plan(?:s|ned|ning)?|intend(?:s|ed)?|expect(?:s|ed)?|may|might|"
    r"could|propos(?:es|ed|ing)|seeks?|(?:close|about|(?:is|are|was|were) due|set|likely|ready|scheduled|wants?|hopes?|"
    r"aims?|vow(?:s|ed)|agree[sd]?|pledge[sd]?|promise[sd]?) to|consider(?:s|ed|ing)?|tentative(?:ly)?)\b"
)  # in lower case, or May is a wish; "more than expected" and "had expected" expect nothing, nor "cut due to damage"
_FAILED = re.compile(
    r"\b(?:failed(?= (?:to|on|in|after|for|by|when|because)\b|[.,;]|$)|fell short|(?:pulled|backed) out|called off)\b",
    re.IGNORECASE,
)  # no "failed experiment", nor what one fails at in passing ("failing to get 60 votes")
_AFTER = re.compile(r"\b(?:after|following)\b", re.IGNORECASE)  # before what a sentence recalls
_WHO = re.compile(r"\b(?:who|whom|whose|which)\b")  # before what it may recall
_STOP = re.compile(r"[.;:,]")
_ASIDE = frozenset({"age", "clock"})  # units of what is told in passing
# A vote, a score, a range: "252 to 175", "252-to-175" and "252-175" are one.
_TALLY = re.compile(r"(?<![\w.,$-])(\d{1,3})(?:-to-| to |[-–—])(\d{1,3})(?![\w,]|-\w|\.\d)")
_WORDY = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What sentences hold together: stems, names and their parts, figures, tallies, states, deeds, negated stems."""

    stems: frozenset[str]
    parts: frozenset[str]
    figures: tuple[Quantity, ...]
    tallies: frozenset[tuple[str, str]]
    states: frozenset[tuple[str, str]]
    deeds: frozenset[str]
    negated: frozenset[str]


def known_from(texts: Iterable[str]) -> Known:
    """What the sentences hold together."""
    known = [_known(text) for text in texts]
    nothing: frozenset[str] = frozenset()
    return Known(
        stems=nothing.union(*(one.stems for one in known)),
        parts=nothing.union(*(one.parts for one in known)),
        figures=tuple(dict.fromkeys(figure for one in known for figure in one.figures)),
        tallies=frozenset[tuple[str, str]]().union(*(one.tallies for one in known)),
        states=frozenset[tuple[str, str]]().union(*(one.states for one in known)),
        deeds=nothing.union(*(one.deeds for one in known)),
        negated=nothing.union(*(one.negated for one in known)),
    )


def covered(text: str, known: Known) -> float:
    """The share of a sentence's words that are known, 0 to 1; 1 for a sentence without words."""
    words = read(text).stems
    return len(words & known.stems) / len(words) if words else 1.0


def words_of_its_own(text: str) -> int:
    """How many different content words and figures a sentence has, but for what says when, where it names nobody."""
    if read(text).names:
        return len(read(text).stems) + len(read(text).figures)
    timed = {stem(token.word) for mention in find_dates(text) for token in tokens(mention.text)}
    return len(read(text).stems - timed) + sum(figure.unit != "clock" for figure in read(text).figures)


def adds(text: str, old: str, *, fact: Known, story: Known, spare: int = 0) -> bool:
    """Whether a sentence says more, or the opposite, of what `old` says, or of a later time.

    `fact` holds what was told of the same fact, `story` of its story; both hold `old`. So many unknown names as `spare`
    are taken for a detail; with one to spare, ages and hours are details too.
    """
    return (
        _goes_on(old, text)
        or _has_new_deed(text, fact)
        or not _states(text) <= story.states
        or _negates(text, old, story)
        or not all(_is_given(figure, text, fact) for figure in _figures(text) if not (spare and figure.unit in _ASIDE))
        or sum(not _is_known(name, story) for name in _names(text, old)) > spare
        or _swaps(text, old, fact)
    )


def tells_otherwise(text: str, old: str, *, story: Known) -> bool:
    """Whether a sentence of the time of `old` denies it, gives another figure, counts people anew, or alone fails."""
    return (
        denies_alone(text, old)
        or denies_alone(old, text)
        or bool(_FAILED.search(old)) != bool(_FAILED.search(text))
        or any(move.kind != "actor" for move in find_changes(old, text))
        or any(move.kind == "number" for move in find_changes(text, old))
        or any(count.quantity and not _is_given(count.quantity, text, story) for count in fates(text))
    )


def _swaps(text: str, old: str, fact: Known) -> bool:
    """Whether a sentence says of another name what the old one says: "the assembly in Vesk", "the one in Skelmar"."""
    new, before = read(text), read(old)
    named = {part for name in _names(text, old) for part in name.key.split()}
    if named <= fact.parts | fact.stems or before.names <= new.names | new.stems:
        return False
    words, others = new.stems - new.names, before.stems - before.names
    return len(words & others) >= SAME_BUT_FOR_NAMES * max(len(words), len(others), 1)


@lru_cache(maxsize=16384)
def _known(text: str) -> Known:
    names = find_names(text)
    return Known(
        stems=read(text).stems,
        parts=read(text).names | {part for name in names for part in _parts(name)},
        figures=read(text).figures,
        tallies=frozenset((match[1], match[2]) for match in _TALLY.finditer(text)),
        states=_states(text),
        deeds=frozenset(deed.verb for deed in deeds(text)),
        negated=_negated(text),
    )


def _states(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((one.group, one.state) for one in outcomes(text))


# --- names and figures ------------------------------------------------------------------------------------------------


def _names(text: str, old: str) -> list[Name]:
    """The names of a sentence, but for the messenger's, where the old one named none."""
    return [name for name in find_names(text) if _speakers(old) or not _of_messenger(name.start, text)]


def _speakers(text: str) -> frozenset[str]:
    """The words of the names of whose word a sentence is."""
    said = attribution(text)
    return name_words(said.speaker) if said else frozenset()


def _of_messenger(place: int, text: str) -> bool:
    """Whether a place of the text is within the words that say who reports it."""
    said = attribution(text)
    return said is not None and said.kind == "reported" and said.start <= place < said.end


def _figures(text: str) -> list[Quantity]:
    """The figures of a sentence, but for the messengers' number ("two officials said") and what is only the first.

    Nor what a figure was before ("rose to 6.1 percent, up from 6 percent"), nor one in a name ("CVE-2031-41877").
    """
    before = {step.first.start for step in steps(text)}
    named = {place for name in find_names(text) for place in range(name.start, name.end)}
    return [
        figure
        for figure in read(text).figures
        if not (figure.ordinal and figure.value == 1)
        and not _of_messenger(figure.start, text)
        and figure.start not in before | named
    ]


def _is_given(figure: Quantity, text: str, fact: Known) -> bool:
    """Whether a figure of the text is among those told of the fact, as such or in a tally."""
    if any(figure.ordinal == other.ordinal and same_quantity(figure, other) for other in fact.figures):
        return True
    own = [match.groups() for match in _TALLY.finditer(text) if match.start() <= figure.start < match.end()]
    if own:
        return own[0] in fact.tallies
    return figure.unit is None and any(figure.text in tally for tally in fact.tallies)


def _is_known(name: Name, known: Known) -> bool:
    parts = [part in known.parts or stem(part) in known.stems for part in _parts(name)]
    return all(parts) or (len(parts) >= LONG_NAME and parts[-1] and sum(parts) >= KNOWN_PARTS * len(parts))


def _parts(name: Name) -> tuple[str, ...]:
    """The capitalised parts of a name, in lower case: of "Covid-19" the word, of "crown-backed" nothing."""
    found = []
    for word in normalise(name.text).split():
        pieces = word.split("-")
        worded = any(_WORDY.search(piece) for piece in pieces)
        found += [one for one in pieces if one and not one[0].islower() and not (worded and one.isdigit())]
    return tuple(one.removesuffix("'s").strip(".'").replace(".", "").lower() for one in found)


# --- negations, and what has gone on ----------------------------------------------------------------------------------


def _negates(text: str, old: str, known: Known) -> bool:
    """Whether a sentence negates what nothing known negates, or tells as so what the old one negates."""
    new, before = _negated(text), _negated(old)
    if new & before:
        return False
    return bool(new and not new & known.negated) or bool(before & read(text).stems)


@lru_cache(maxsize=16384)
def _negated(text: str) -> frozenset[str]:
    """The stems of the words that the sentence's negations are taken to negate."""
    if not negations(text):
        return frozenset()
    plain, words = normalise(text), [token for token in tokens(text) if token.word not in STOPWORDS]
    found: set[str] = set()
    for marker in negations(text):
        after = [token for token in words if token.start >= marker.end and not token.word[0].isdigit()]
        reach = [token for token in after[:NEGATED_WORDS] if not _STOP.search(plain, marker.end, token.start)]
        found |= {stem(token.word) for token in reach}
    return frozenset(found)


def _has_new_deed(text: str, fact: Known) -> bool:
    """Whether nothing told what a sentence tells first, before a deed that it recalls.

    "Has appealed, a day after a court sent …"; "ordered a recount of the vote, which she won" where that was told.
    """
    done = deeds(text)
    if len(done) < 2 or done[0].verb in fact.deeds:
        return False
    after, who = (mark.search(text, done[0].end, done[-1].start) for mark in (_AFTER, _WHO))
    return bool(after or (who and any(deed.verb in fact.deeds for deed in done if deed.start > who.start())))


def _goes_on(old: str, new: str) -> bool:
    """Whether only the old text expects something, or only one of both tells of a failure."""
    ahead, failed = _AHEAD.search(old), _FAILED.search(old)
    return bool(ahead and not _AHEAD.search(new)) or bool(failed) != bool(_FAILED.search(new))
