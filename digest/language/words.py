"""Words: normalising, splitting, folding spelling, a light stem.

Everything here compares; nothing here is shown to a reader. `normalise` keeps the length of its text, so an offset
found in the normalised text is an offset in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar

Found = TypeVar("Found")

_PLAIN = {
    **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
    ),
}
_FANCY = re.compile(f"[{''.join(_PLAIN)}]")
_TOKEN_FORMS = (
    r"(?:[A-Za-z]\.){2,}"  # U.S., a.m.
    r"|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"  # 1,300  4.5  2024
    r"|%(letter)s+(?:'%(letter)s+)*"  # words, with inner apostrophes
)
_TOKEN = re.compile(_TOKEN_FORMS % {"letter": r"[^\W\d_]"})
_ASCII_TOKEN = re.compile(_TOKEN_FORMS % {"letter": "[A-Za-z]"})  # the same in half the time
_CONTRACTIONS = {"can't": "can", "won't": "will", "shan't": "shall", "cannot": "can"}
_TAILS = ("'re", "'ve", "'ll", "'d", "'m", "'s")

STOPWORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each either else ever every few for from further had has have
    having he her here hers herself him himself his how however i if in into is it its itself just let may me might
    more most much must my myself no nor not now of off on once only or other others our ours ourselves out over own per
    quite rather same shall she should since so some still such than that the their theirs them themselves then there
    these they this those though through thus to too toward towards under until up upon us very via was we were what
    when where whether which while who whom whose why will with within without would yet you your yours yourself
    yourselves said say says saying told tell tells according added""".split()
)

# British spelling -> American, as stems: a word that begins with the left side gets the right side. Only stems that no
# other English word begins with.
_SPELLING_STEMS = {
    "defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense", "centre": "center",
    "centring": "centering", "metre": "meter", "kilometre": "kilometer", "centimetre": "centimeter",
    "millimetre": "millimeter", "litre": "liter", "theatre": "theater", "fibre": "fiber", "calibre": "caliber",
    "manoeuvre": "maneuver", "manoeuvring": "maneuvering", "programme": "program", "grey": "gray", "tyre": "tire",
    "cheque": "check", "catalogue": "catalog", "dialogue": "dialog", "aluminium": "aluminum", "aeroplane": "airplane",
    "sceptic": "skeptic", "plough": "plow", "jewellery": "jewelry", "jeweller": "jeweler", "storey": "story",
    "mould": "mold", "sulphur": "sulfur", "ageing": "aging", "enrol": "enroll", "enrolled": "enrolled",
    "fulfil": "fulfill", "fulfilled": "fulfilled", "skilful": "skillful", "paediatric": "pediatric",
    "orthopaedic": "orthopedic", "anaemi": "anemi", "foetus": "fetus", "haemorr": "hemorr", "analyse": "analyze",
    "analysing": "analyzing", "paralyse": "paralyze", "colour": "color", "favour": "favor", "honour": "honor",
    "labour": "labor", "neighbour": "neighbor", "harbour": "harbor", "humour": "humor", "rumour": "rumor",
    "behaviour": "behavior", "endeavour": "endeavor", "armour": "armor", "odour": "odor", "vapour": "vapor",
    "valour": "valor", "vigour": "vigor", "rigour": "rigor", "parlour": "parlor", "savour": "savor",
    "saviour": "savior", "tumour": "tumor", "clamour": "clamor", "splendour": "splendor", "travelle": "travele",
    "travelling": "traveling", "cancelle": "cancele", "cancelling": "canceling", "labelle": "labele",
    "labelling": "labeling", "modelle": "modele", "modelling": "modeling", "signalle": "signale",
    "signalling": "signaling", "fuelle": "fuele", "fuelling": "fueling", "marvellous": "marvelous",
    "councillor": "councilor", "counsellor": "counselor", "quarrelling": "quarreling", "levelled": "leveled",
    "levelling": "leveling", "totalled": "totaled", "rivalled": "rivaled", "dialled": "dialed",
    "practise": "practice", "judgement": "judgment", "acknowledgement": "acknowledgment", "whilst": "while",
    "amongst": "among", "learnt": "learned", "burnt": "burned", "spelt": "spelled", "focussed": "focused",
}  # fmt: skip
_BY_HEAD: dict[str, list[tuple[str, str]]] = {}
for _british in sorted(_SPELLING_STEMS, key=len, reverse=True):
    _BY_HEAD.setdefault(_british[:3], []).append((_british, _SPELLING_STEMS[_british]))
# "-ise" is British for "-ize" except in these and in whatever is this short.
_TRUE_ISE = frozenset(
    """advertise advise arise chastise circumcise comprise compromise concise demise despise devise disguise
    enterprise excise exercise expertise franchise improvise merchandise otherwise paradise praise precise premise
    promise raise revise supervise surmise surprise televise treatise likewise noise poise cruise bruise""".split()
)
_ISE = re.compile(r"(is)(e|ed|es|er|ers|ing|ation|ations)$")
_LONGEST_REMEMBERED = 1_000  # characters of a text whose words, names or figures are kept at hand: no whole article
_REMEMBERED = 50_000  # words whose forms are kept at hand: every stage asks for them anew
_ACRONYM_ALIASES = {"us": "usa", "usa": "usa"}


def normalise(text: str) -> str:
    """The text with plain quotes, dashes and spaces; the same length, so offsets stay true."""
    if text.isascii() and "`" not in text and "\t" not in text:
        return text
    return _FANCY.sub(lambda sign: _PLAIN[sign[0]], text)


@dataclass(frozen=True, slots=True)
class Token:
    """A word for comparing, with the offsets of what it was made from ("didn’t" makes two tokens in one place)."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text with their places; `words` gives them alone."""
    plain = normalise(text)
    return [
        Token(word, match.start(), match.end())
        for match in _token_pattern(plain).finditer(plain)
        for word in _fold_token(match.group())
    ]


def words(text: str) -> list[str]:
    """Lower-case tokens for comparing: "Russia’s" -> "russia", "didn’t" -> "did", "not", "1,300km" -> "1300", "km".

    British and American spelling come out alike, hyphenated words in parts, "U.S." and "US" as "usa".
    """
    return list(_folded(text))


def for_short_texts(find: Callable[[str], Found]) -> Callable[[str], Found]:
    """What `find` finds in a text, kept at hand where that is short: every stage asks it of the same statements."""
    kept = lru_cache(maxsize=20_000)(find)

    @wraps(find)
    def found(text: str) -> Found:
        return kept(text) if len(text) <= _LONGEST_REMEMBERED else find(text)

    return found


@for_short_texts
def _folded(text: str) -> tuple[str, ...]:
    plain = normalise(text)
    return tuple(word for token in _token_pattern(plain).findall(plain) for word in _fold_token(token))


def _token_pattern(text: str) -> re.Pattern[str]:
    return _ASCII_TOKEN if text.isascii() else _TOKEN


def count_words(text: str) -> int:
    """Words as an editor counts them: runs between blanks."""
    return len(text.split())


def content_words(text: str) -> list[str]:
    """The words without STOPWORDS, in order, repeats kept."""
    return [word for word in words(text) if word not in STOPWORDS]


def content_stems(text: str) -> list[str]:
    """The stems of the content words, in order, repeats kept."""
    plain = normalise(text)
    return [word for token in _token_pattern(plain).findall(plain) for word in _stems(token)]


@lru_cache(maxsize=_REMEMBERED)
def _stems(token: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in _fold_token(token) if word not in STOPWORDS)


@lru_cache(maxsize=_REMEMBERED)
def _fold_token(token: str) -> tuple[str, ...]:
    if token[0].isdigit():
        return (token.replace(",", ""),)
    plain = token.replace(".", "") if "." in token else token
    if plain.isupper() and plain.lower() in _ACRONYM_ALIASES:
        return (_ACRONYM_ALIASES[plain.lower()],)
    lower = plain.lower()
    if lower.endswith("n't") or lower == "cannot":
        denied = _CONTRACTIONS.get(lower, lower[:-3])
        return (denied, "not") if denied else ("not",)  # "did n't", as some feeds part it
    for tail in _TAILS:
        if lower.endswith(tail):
            lower = lower[: -len(tail)]
            break
    return (spelling(unaccented(lower.replace("'", ""))),)


def unaccented(text: str) -> str:
    """The text without accents ("Erdoğan" -> "Erdogan"); its length may change."""
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def spelling(word: str) -> str:
    """A lower-case word in American spelling, where that is cheap to know."""
    for british, american in _BY_HEAD.get(word[:3], ()):
        if word.startswith(british):
            return american + word[len(british) :]
    match = _ISE.search(word)
    if match and match.start() > 3 and word[: match.start()] + "ise" not in _TRUE_ISE:
        return word[: match.start()] + "iz" + match.group(2)
    return word


_DOUBLED = re.compile(r"([bdgmnprt])\1$")


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """A light stem of a lower-case word: plural, possessive "s", "-ed" and "-ing" taken off.

    "strikes", "striking" and "strike" meet in "strik"; irregular forms do not meet.
    """
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for suffix in ("ingly", "edly", "ing", "ed", "es", "s"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
            word = word[: -len(suffix)]
            if suffix in ("ing", "ed") and _DOUBLED.search(word):
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
