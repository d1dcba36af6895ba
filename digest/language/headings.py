"""Section headings: on a line of their own, or run into the first sentence of their section.

Extraction glues a heading to the text below it: "Trade A ferry line will reopen" is the heading "Trade" and a
sentence. What gives it away is a capital letter where none can stand inside a sentence. Precision comes first: a real
subject ("Energy Minister Ada Holm said") must never be cut, so every rule asks for a heading that can stand alone *and* a rest
that can.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from digest.language.verbs import is_verb_like, may_have_verb, present_tense_at

# Headings in news are short; longer runs are sentences whose full stop got lost.
MAX_HEADING_WORDS = 12
_MAX_RUN_IN_WORDS = 9
_MIN_REST_WORDS = 5

_TOKEN = re.compile(r"\S+")
_BARE = re.compile(r"^[^\w]+|[^\w.]+$")

# In upper case these start a clause; inside a sentence they are written small, but for titles of works and The Hague.
_CLAUSE_STARTERS = frozenset(
    "A An The This These Those That In On At By For From With Without After Before Since During While When As If But "
    "And Meanwhile However He She It They We His Her Its Their There Both Many Most Some Several All No Not More Fewer "
    "About Over Under Around Between Among Amid Despite Although Though According Earlier Later Last Next Now Then Also "
    "Yet So To Two Three Four Five Six Seven Eight Nine Ten At".split()
)
_BEFORE_NAMES = frozenset("The In On At Meanwhile But After Before While When As If According".split())
# After these a capital "A" is a letter, not an article.
_LETTERED = frozenset(
    "group serie series plan vitamin hepatitis type class grade section category league tier level part phase model "
    "schedule block pool division team influenza terminal gate exhibit channel unit zone annex appendix option list "
    "building hall room bank route road line ward camp site influenza big triple double".split()
)
# A heading does not end with a word that needs another after it.
_HANGING = frozenset(
    "a an the this that these those of in on at by for from with without to into onto over under about between among "
    "against during after before since until as than and or but nor not no if when while where who whom whose which "
    "what how why is are was were be been being am has have had do does did will would can could may might must shall "
    "should his her its their our my your he she it they we you i said says told tell tells called named via per "
    "near off up out amid because so such very more most less its called dubbed titled entitled vs versus v".split()
)
_DEMONYM = re.compile(
    r"(?:[A-Z][a-z]+(?:ian|ean|ese|ish|can|uan|iot|eli|aqi|emi|ani|ati|wegian|nian)|French|Dutch|Greek|Swiss|Thai|Czech|Welsh|"
    r"German|Arab|Iraqi|Iranian|Afghan|Uzbek|Kazakh|Tajik|Turkmen|Kyrgyz|Filipino|Icelandic|Slovak|Serb|Croat|US|U\.S\.|UK|"
    r"U\.K\.|EU|E\.U\.|UN|U\.N\.)(?:[’']s)?$"
)
_ROLE = re.compile(
    r"(?:President|Prime|Foreign|Defen[cs]e|Interior|Finance|Health|Energy|Vice|Minister|Chancellor|King|Queen|Prince|"
    r"Princess|Governor|Gov\.|Mayor|Senator|Sen\.|Secretary|Ambassador|General|Gen\.|Admiral|Pope|Chief|Speaker|Attorney|"
    r"Deputy|Justice|Judge|Army|Navy|Air|Police|Parliament|Supreme|president|prime|foreign|minister|officials?|police|"
    r"forces|troops|authorities|lawmakers|prosecutors|envoys?|soldiers|researchers|scientists)$"
)


def is_heading_line(line: str, *, following: str | None) -> bool:
    """Whether a line is a heading: short, no closing mark, and something stands below it."""
    text = line.strip().strip("#*_ ").strip()
    words = text.split()
    if not words or following is None or len(words) > MAX_HEADING_WORDS or not any(map(str.isalpha, text)):
        return False
    if text[-1] == ":":
        return not may_have_verb(text) or len(words) <= 3
    if text[-1] in ".!?…;,\"”’'" and not text.isupper():
        return False
    return text[0].isupper() or text[0].isdigit() or not text[0].isalpha()


def run_in_heading(sentence: str, *, context: str = "", known: Collection[str] = ()) -> int:
    """Length in characters of a heading that runs into `sentence`, white space after it included; 0 if there is none.

    `context` is the article's text: a word it writes with a capital inside a sentence is a name. `known` are headings
    seen on lines of their own.
    """
    tokens = list(_TOKEN.finditer(sentence))
    words = [token.group() for token in tokens]
    for cut in range(1, min(_MAX_RUN_IN_WORDS, len(words) - _MIN_REST_WORDS) + 1):
        if _ends_heading(words[cut - 1]):
            break
        if _is_run_in(words, cut, context=context, known=known):
            return tokens[cut].start()
    return 0


def _ends_heading(word: str) -> bool:
    """A comma, a colon, a full stop (but U.S.), a quote or a bracket: no run-in heading reaches across it."""
    if word[-1] == ".":
        return not re.fullmatch(r"(?:\w\.)+", word)
    return word[-1] in ",:;!?)]”\"’'—–-" or word[0] in "(["


def _is_run_in(words: Sequence[str], cut: int, *, context: str, known: Collection[str]) -> bool:
    first, last = words[cut], words[cut - 1]
    if not (first[0].isupper() or first[0] in "“\"‘'") or not words[0][0].isupper():
        return False
    if last.lower() in _HANGING or not may_have_verb(" ".join(words[cut + 1 :])):
        return False
    if " ".join(words[:cut]) in known and not _is_name(words[0], context) and _starts_clause(words, cut):
        return True
    if first.strip(",") in _CLAUSE_STARTERS:
        return _starter_cuts(words, cut, context)
    return _subject_cuts(words, cut, context)


def _starts_clause(words: Sequence[str], cut: int) -> bool:
    first = words[cut].strip(",")
    return first in _CLAUSE_STARTERS or _names_an_actor(words, cut)


def _starter_cuts(words: Sequence[str], cut: int, context: str) -> bool:
    """"… drone production Meanwhile, a …", "Fighting A drone …": a clause starter in upper case."""
    first, second = words[cut], words[cut + 1]
    if first == "A" and words[cut - 1].lower() in _LETTERED:
        return False
    if second[0].isupper():
        # "The Pentagon has …", "A Danish court …", but no middle initial and no name of a work.
        fits = first in _BEFORE_NAMES or (first in ("A", "An") and _DEMONYM.match(second.split("-")[0]))
        return bool(fits) and cut <= 4 and not _has_verb(words[:cut]) and not _is_name(words[cut - 1], context)
    if cut > 1 and all(word[0].isupper() for word in words[: cut + 2]):
        return False  # a title of a work, in title case
    return not (cut == 1 and _is_name(words[0], context))


def _subject_cuts(words: Sequence[str], cut: int, context: str) -> bool:
    """"Politics and trade French President …": a heading in small letters, then an actor with nationality and role."""
    if not _names_an_actor(words, cut) or not words[cut - 1].islower() and cut > 1:
        return False
    if cut == 1:
        return words[0].lower().endswith("s") and not _is_name(words[0], context) and not _is_role_word(words[0])
    heading = words[:cut]
    if _is_role_word(words[cut - 1]):
        return False
    verb = present_tense_at(heading)
    if verb is not None:
        return verb < cut - 1
    return not _has_verb(heading) and "and" in heading


def _names_an_actor(words: Sequence[str], cut: int) -> bool:
    """Nationality and role: "French President …", "U.S. officials …"."""
    return bool(_DEMONYM.match(words[cut])) and cut + 1 < len(words) and bool(_ROLE.match(words[cut + 1].rstrip(",")))


def _is_role_word(word: str) -> bool:
    """A noun that a name may follow directly: "former champion French …", "oil giant Saudi …"."""
    low = word.lower()
    return low.endswith(("er", "or", "ist", "ian", "ant", "ee", "man", "men", "woman", "women", "ers", "ors")) or low in (
        "giant", "company", "champion", "agency", "group", "firm", "club", "team", "side", "chief", "head", "ally",
        "king", "star", "coach", "bank", "brand", "rival", "rivals", "nation", "country", "city", "party",
    )  # fmt: skip


def _has_verb(words: Sequence[str]) -> bool:
    return any(is_verb_like(word) for word in words)


def _is_name(word: str, context: str) -> bool:
    """Whether the article writes the word with a capital inside a sentence, and never small."""
    bare = _BARE.sub("", word)
    if not bare or not bare[0].isupper():
        return False
    inside = re.search(rf"[a-z,] {re.escape(bare)}\b", context)
    return inside is not None
