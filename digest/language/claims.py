"""What qualifies a claim: negations, hedges, and who says it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from digest.language.quotes import quotations
from digest.language.verbs import has_sure_verb
from digest.language.words import normalise

ClaimKind = Literal["reported", "claimed", "denied"]

_NEGATION = re.compile(
    r"(?<![\w'])(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|no-one)(?![\w'])|(?<!\w)[a-z]+n't(?!\w)",
    re.IGNORECASE,
)
_NEGATING_LETTERS = ("no", "n't", "never", "neither", "without")  # one of which every negation holds
# "not only … but", "no longer" and the like negate as well; "nothing but" and "no doubt" are too rare to tell apart.
_APPROXIMATE = (
    "nearly", "almost", "about", "around", "roughly", "approximately", "at least", "no fewer than", "no less than",
    "more than", "less than", "fewer than", "up to", "as many as", "as much as", "an estimated", "estimated", "at most",
    "close to", "just under", "just over", "upwards of", "in excess of", "some", "over", "under",
)  # fmt: skip
_UNSURE = (
    "alleged", "allegedly", "reportedly", "apparently", "apparent", "purported", "purportedly", "supposedly",
    "so-called", "suspected", "unconfirmed", "unverified", "possible", "possibly", "perhaps", "maybe",
    "probable", "probably", "likely",
    "unlikely", "potential", "potentially", "presumed", "believed", "thought to", "understood to", "feared", "may",
    "might", "could", "seemingly", "seem to", "seems to", "seemed to", "appear to", "appears to", "appeared to",
    "if confirmed", "if true", "if verified", "not independently verified", "yet to be verified", "tentatively",
    "expected to", "is expected", "are expected", "was expected", "were expected", "rumoured", "rumored",
    "claims to have",
    "said to be", "said to have", "set to", "due to be", "preliminary", "tentative",
)  # fmt: skip
# "some" and "over" hedge only a number; "may" is also a month.
_BEFORE_NUMBER = frozenset(_APPROXIMATE)
_NUMBER_AHEAD = re.compile(
    r" (?:a |an |the |another )?(?:[€$£¥]|US\$|\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|hundred|thousand|million|billion|dozen|"
    r"hundreds|thousands|dozens|tens|millions)\b)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"(?<![\w'])(" + "|".join(sorted(map(re.escape, (*_APPROXIMATE, *_UNSURE)), key=len, reverse=True)) + r")(?![\w'])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A negation or a hedge: where it stands and its plain form ("not", "at least")."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says it: `start` and `end` hold speaker, verb and what belongs to them."""

    speaker: str
    verb: str
    start: int
    end: int
    kind: ClaimKind


def negations(text: str) -> tuple[Marker, ...]:
    """The negating words of a text, in order; a contraction is given as "not"."""
    plain = normalise(text)
    low = plain.lower()
    if not any(letters in low for letters in _NEGATING_LETTERS):
        return ()
    return tuple(
        Marker(
            start=match.start(),
            end=match.end(),
            text="not" if match.group().lower().endswith("n't") else match.group().lower(),
        )
        for match in _NEGATION.finditer(plain)
    )


def hedges(text: str) -> tuple[Marker, ...]:
    """The words that make a figure approximate or a claim unsure, in order, lower-case."""
    plain = normalise(text)
    return tuple(
        Marker(start=match.start(), end=match.end(), text=match[1].lower())
        for match in _HEDGE.finditer(plain)
        if _hedges_here(plain, match)
    )


def _hedges_here(plain: str, match: re.Match[str]) -> bool:
    word = match[1]
    if word.lower() in _BEFORE_NUMBER:
        return _NUMBER_AHEAD.match(plain, match.end()) is not None
    return not (word == "May" or (word == "Potential" and match.start() > 0))


# --- who says it ------------------------------------------------------------------------------------------------------

_VERBS: dict[ClaimKind, str] = {
    "reported": "said|says|say|told|tells|reported|reports|announced|announces|added|adds|stated|states|wrote|writes|"
    "confirmed|confirms|noted|notes|explained|tweeted|declared|warned|warns|testified|disclosed|revealed|"
    "acknowledged|acknowledges|admitted|admits|recalled|remarked|commented|indicated|estimates|estimated|posted|suggested|"
    "suggests|pointed out|informed|predicted|predicts|ruled|concluded|found|believes|believe|replied|responded",
    "claimed": "claimed|claims|claim|alleged|alleges|allege|accused|accuses|insisted|insists|insist|maintained|"
    "maintains|maintain|argued|argues|argue|asserted|asserts|contended|contends|boasted|vowed|vows",
    "denied": "denied|denies|deny|rejected|rejects|reject|refuted|refutes|dismissed|dismisses|disputed|disputes",
}
_KIND: dict[str, ClaimKind] = {verb: kind for kind, verbs in _VERBS.items() for verb in verbs.split("|")}
SAYING = "|".join(sorted(_KIND, key=len, reverse=True))
"""The verbs of who says, claims or denies something, as the alternatives of a pattern."""
NOUN_TOO = frozenset("claim claims reports states estimates notes".split())
"""Those of them that are nouns, too: "Jobless claims fell"."""
_ROLES = (
    "official|officials|police|spokesman|spokeswoman|spokesperson|spokespeople|authorities|authority|source|sources|"
    "witness|witnesses|ministry|minister|governor|mayor|president|report|reports|statement|company|government|"
    "prosecutors?|lawyers?|attorneys?|experts?|analysts?|researchers|scientists|doctors|residents|activists|army|"
    "military|agency|agencies|department|officers?|investigators|critics|organi[sz]ation|group|force|forces|service|"
    "watchdog|office|commander|leaders?|chief|family|survey|study|poll|media|newspaper|court|judge|union|rescuers|"
    "firefighters|council|commission|committee|embassy|regulators?|firm|bank|director|secretary|head|senators?|"
    "lawmakers|diplomats?|ambassador|envoy|adviser|advisers|aide|aides|owner|they|he|she|it|we|who|body|party|team|"
    "manager|operator|airline|hospital|university|network|editor|author|chairman|soldier|soldiers|captain"
)
_VERB = re.compile(rf"(?<![\w'-])({SAYING})(?![\w'-])")
# "Claims fell", "claims of damage": what a verb of saying has after it is what is said, or who hears it.
_NEXT_WORD = re.compile(r" ([a-z]+)(?![\w-])")
# "Initial claims in ten states fell", after a lone word; "The army claims on its page that …" says something.
_LONE_WORD = re.compile(r"\W*[A-Z]\w+ $")
_BEHIND_NOUN = re.compile(r" (?:for|in|by|from|against|on|with) (?!.{0,120}\bthat\b)")
_ACCORDING = re.compile(r"(?<!\w)(according to|as reported by|in the words of) ", re.IGNORECASE)
_BY_ADVERB = re.compile(r"(?<!\w)(reportedly|allegedly)(?!\w)", re.IGNORECASE)
_SUBJECT = re.compile(
    rf"(?:[A-Z][\w.'-]*|\[[^\[\]]+\]|(?<![\w'])(?:{_ROLES}))(?: (?:has|have|had|also|later|earlier|then|further|"
    r"previously|repeatedly|reportedly|on [A-Z][a-z]+|[a-z]+ly|in a statement|,)){0,2},? $"
)
_INVERTED = re.compile(
    rf" (?P<speaker>(?:(?:the|a|an|one|its|his|her|their|another|two|local|senior|US|British) )?[^,.;:\"“”()]{{0,80}}?"
    rf"(?:[A-Z][\w.'-]+|(?<!\w)(?:{_ROLES}))[^,.;:\"“”()]{{0,60}})"
)
_CLAUSE_EDGE = re.compile(
    r"[,;:.()\"“”\n]|- |"
    r"(?<!\w)(?:that|which|but|while|after|as|because|and|when|where|who|if|unless|whether|since|although|before)(?= )"
)
# "It may refuse them if they claimed an exemption": nobody says so.
_CONDITIONS = ("if", "unless", "whether")
_LEADING = re.compile(r"^(?:and|but|as|while|that|who|which|when|the post|meanwhile|however)\s+", re.IGNORECASE)
_AUXILIARY = re.compile(r"(?: (?:has|have|had|also|later|earlier|then|further|previously|repeatedly|reportedly))+$")
_SPEAKER_EDGE = re.compile(r"[,;:()\"\n]|(?<!\b[A-Z])\.(?= |$)")
_SUBJECT_REACH = 160
# "Ebba Lund, head of the harbour office, said": the speaker stands before what is put in after the name.
_APPOSED = re.compile(
    r"(?:^|[.;:)\"] |(?<=[a-z]), )"
    r"(?P<speaker>(?:[A-Z][a-z]+ )?[A-Z][\w.'-]*(?: (?:(?:of|for|the|and) )*[A-Z][\w.'-]*){0,5}), "
    r"(?:[a-z]|[A-Z][\w'-]*'s )[^,\"“”;:()]{2,130}, (?:(?:has|have|had|also|later|then|earlier) ){0,2}$"
)


@lru_cache(maxsize=20_000)  # several stages ask it of the same sentences
def attribution(text: str) -> Attribution | None:
    """Who the text says it has it from, or None. Words inside quotation marks say nothing about it.

    A speaker at the sentence's head or tail ("…, police said", "X said that …", "according to X") is found; the first
    wins, and "according to" wins over a verb.
    """
    plain = normalise(text)
    quoted = [(quotation.start, quotation.end) for quotation in quotations(text)]
    according = next((match for match in _ACCORDING.finditer(plain) if not _inside(match.start(), quoted)), None)
    if according is not None and (found := _according(text, plain, according)) is not None:
        return found
    for match in _VERB.finditer(plain):
        if _inside(match.start(), quoted) or _is_noun(plain, match):
            continue
        if (found := _spoken(text, plain, match)) is not None:
            return found
    adverb = next((match for match in _BY_ADVERB.finditer(plain) if not _inside(match.start(), quoted)), None)
    if adverb is None:
        return None
    return Attribution(speaker="", verb=adverb[1].lower(), start=adverb.start(), end=adverb.end(), kind="claimed")


def _is_noun(plain: str, verb: re.Match[str]) -> bool:
    if verb[1] not in NOUN_TOO:
        return False
    after = _NEXT_WORD.match(plain, verb.end())
    if plain.endswith(("'s ", "s' "), 0, verb.start()) or (after and (after[1] == "of" or has_sure_verb([after[1]]))):
        return True
    return bool(_BEHIND_NOUN.match(plain, verb.end()) and _LONE_WORD.fullmatch(plain, 0, verb.start()))


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans, which are in order and apart, holds the place."""
    before = bisect_left(spans, (place, 0)) - 1
    return before >= 0 and place < spans[before][1]


def _according(text: str, plain: str, match: re.Match[str]) -> Attribution | None:
    edge = _SPEAKER_EDGE.search(plain, match.end())
    end = edge.start() if edge else len(plain)
    speaker = text[match.end() : end].strip()
    if not speaker:
        return None
    return Attribution(speaker=speaker, verb=match[1].lower(), start=match.start(), end=end, kind="reported")


def _spoken(text: str, plain: str, verb: re.Match[str]) -> Attribution | None:
    """Speaker before the verb ("police said"), before what is put in after the name, or after it ("said Mara Lind")."""
    start = max(0, verb.start() - _SUBJECT_REACH)
    before = plain[start : verb.start()]
    if (apposed := _APPOSED.search(before)) is not None:
        return Attribution(
            speaker=text[start + apposed.start("speaker") : start + apposed.end("speaker")],
            verb=verb[1],
            start=start + apposed.start("speaker"),
            end=verb.end(),
            kind=_KIND[verb[1]],
        )
    if _SUBJECT.search(before):
        edges = list(_CLAUSE_EDGE.finditer(before.rstrip(" ,")))
        if edges and edges[-1].group().lower() in _CONDITIONS:
            return None
        begin = edges[-1].end() if edges else 0
        speaker = before[begin:].strip(" ,")
        speaker = _AUXILIARY.sub("", _LEADING.sub("", speaker))
        if not speaker:
            return None
        at = start + before.rindex(speaker)
        return Attribution(
            speaker=text[at : at + len(speaker)], verb=verb[1], start=at, end=verb.end(), kind=_KIND[verb[1]]
        )
    inverted = _INVERTED.match(plain, verb.end()) if before.rstrip().endswith((",", '"')) else None
    if inverted is None:
        return None
    return Attribution(
        speaker=text[inverted.start("speaker") : inverted.end("speaker")].strip(),
        verb=verb[1],
        start=verb.start(),
        end=inverted.end(),
        kind=_KIND[verb[1]],
    )
