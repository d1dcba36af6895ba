"""What a sentence says somebody will do, and what it says was done: "will announce", "announced".

Both are named by their verb, so that a plan and its deed can be matched: no likeness of the words tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest.language.quotes import quotations
from digest.language.words import normalise, stem

# Verbs whose past does not end in -ed, as "base past participle".
_IRREGULAR = (
    "begin began begun, bring brought, build built, buy bought, choose chose chosen, cut cut, draw drew drawn, drive "
    "drove driven, fall fell fallen, fight fought, fly flew flown, freeze froze frozen, give gave given, go went gone, "
    "hear heard, hold held, lay laid, lead led, leave left, lose lost, make made, meet met, pay paid, put put, quit "
    "quit, rise rose risen, run ran, seek sought, sell sold, send sent, set set, shut shut, speak spoke spoken, spend "
    "spent, split split, strike struck, swear swore sworn, take took taken, teach taught, throw threw thrown, undergo "
    "underwent undergone, uphold upheld, win won, withdraw withdrew withdrawn, write wrote written"
)
_BASE = {past: stem(base) for base, *forms in map(str.split, _IRREGULAR.split(",")) for past in forms}
_IRREGULAR_FORMS = "|".join(_BASE)
# Verbs that outlets take for one another: "will announce", "unveiled".
_LIKE = "announce unveil reveal present, name appoint nominate, pass approve adopt ratify"
_ONE_OF = {stem(verb): stem(verbs[0]) for verbs in map(str.split, _LIKE.split(",")) for verb in verbs}
# What is no deed: that it is, goes on or is needed can be told of before and after alike.
_NO_DEEDS = frozenset(
    map(stem, "have need continue remain get see know want like keep help stay become depend include".split())
)

_ADVERB = r"(?: (?:[a-z]+ly|also|soon|now|then|later|next))?"
_PLAN = re.compile(
    rf"(?:(?:\b(?:is|are|was|were|has been|have been){_ADVERB} "
    r"(?:set|expected|due|scheduled|slated|poised|about|preparing|planning|going|intending|ready)"
    r"|(?<!\btheir )(?<!\bits )(?<!\bhis )(?<!\bher )(?<!\bmade )(?<!\bno )(?<!\bthe )(?<!\bof )(?<!\bany )"
    r"\b(?:plan(?:s|ned)?|intend(?:s|ed)?|aim(?:s|ed)?|vow(?:s|ed)|pledge[sd]|promise[sd]|agree[sd])) to"
    rf"|\bwill){_ADVERB} "
    rf"(?:be (?P<passive>[a-z]+ed|{_IRREGULAR_FORMS})|(?!be |not |never |have )(?P<active>[a-z]{{3,}}))(?![\w'-])"
)
# One of which every plan has in it: a look at these costs a hundredth of the pattern.
_IN_PLANS = (
    "will", "set to", "expected to", "due to", "scheduled to", "slated to", "poised to", "about to", "preparing to",
    "planning to", "going to", "intending to", "ready to", "plan", "intend", "aim", "vow", "pledge", "promise", "agree",
)  # fmt: skip
_DEED = re.compile(
    rf"(?:(?<!\w)(?:has|have|was|were|has been|have been){_ADVERB} )?"
    rf"(?<![\w'-])(?P<past>[a-z]+ed|{_IRREGULAR_FORMS})(?![\w-])"
)
# Before a plan or a deed in its clause: it is denied, doubted, wished, or told of another time; the words before a deed
# may also make it a participle or part of a name's description ("the order signed", "who signed").
_UNREAL = re.compile(
    r"\b(?:not|[a-z]+n't|never|no|nobody|none|without|if|whether|unless|until|would|could|can|may|might|should|must|"
    r"previously|earlier|once)\b[^,;:.]{0,24}$"
)
_UNDONE = re.compile(
    r"\b(?:(?:will|shall|to|expected|planned|likely|urged?|calls?|demand(?:s|ed)?|before|ahead of|refused|failed|yet|"
    r"had|being)\b[^,;:.]{0,24}"
    r"|(?:is|are|be|who|which|that|whose|an?|the|his|her|its|their|any|this|these|newly|recently|long) (?:[a-z]+ly )?)$"
)
_PASSIVE = re.compile(r"(?:\bbe|\bbeen|^was|^were)(?: \w+)? \w+$")
_REACH = 48  # characters before a verb in which such words stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something planned or done: the stem of its verb, its words in the text, and where they stand.

    `verb` may be that of another verb of the same sense; `passive` where it is done to what is told of: "will be
    signed", "was signed".
    """

    verb: str
    passive: bool
    told: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def plans(text: str) -> tuple[Deed, ...]:
    """What a sentence says will be done, outside quotation marks."""
    return tuple(_found(_PLAN, (_UNREAL,), text)) if any(word in text for word in _IN_PLANS) else ()


@lru_cache(maxsize=65536)
def deeds(text: str) -> tuple[Deed, ...]:
    """What a sentence says was done, outside quotation marks."""
    return tuple(_found(_DEED, (_UNREAL, _UNDONE), text))


def _found(form: re.Pattern[str], barred: tuple[re.Pattern[str], ...], text: str) -> Iterator[Deed]:
    plain = normalise(text)
    matches = list(form.finditer(plain))
    quoted = [(one.start, one.end) for one in quotations(text)] if matches else []
    for match in matches:
        start, end = match.span()
        verb = _base(match[str(match.lastgroup)], past=match.lastgroup != "active")
        if verb in _NO_DEEDS or any(mark <= start < close for mark, close in quoted):
            continue
        if not any(bar.search(plain, max(0, start - _REACH), start) for bar in barred):
            passive = _PASSIVE.search(match.group()) is not None
            yield Deed(verb=verb, passive=passive, told=text[start:end], start=start, end=end)


def _base(word: str, *, past: bool) -> str:
    """The stem of a verb, or of the one that stands for its like; `past` says that it is a past form."""
    base = _BASE.get(word) if past else None
    base = base or stem(f"{word[:-3]}y" if past and word.endswith("ied") else word)
    return _ONE_OF.get(base, base)
