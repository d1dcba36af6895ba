"""Section headings: on a line of their own, or run into the first sentence of their section.

Extraction glues a heading to the text below it: "Trade A ferry line will reopen" is the heading "Trade" and a
sentence. What gives it away is a capital letter where none can stand inside a sentence. Precision comes first: a real
subject ("Energy Minister Ada Holm said") must never be cut, so every rule asks for a heading that can stand alone
*and* for a rest that can. In 1,820 news texts and pages of the development data it cuts 26 headings, all rightly (read
one by one); what it misses is mostly a headline glued to a sentence that begins with a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from digest.language.names import country_of
from digest.language.offices import is_portfolio, is_title
from digest.language.verbs import has_sure_verb, is_verb_like, may_have_verb

# Headings in news are short; longer lines are sentences whose full stop got lost.
MAX_HEADING_WORDS = 12
_MIN_REST_WORDS = 5
_LOOK_AHEAD = 40  # words among which the rest must show its verb
# No sentence that a heading runs into is longer; what is longer is no prose, and not worth the time.
_MAX_SENTENCE_CHARACTERS = 2_000

_BULLET = re.compile(r"\s*(?:[•‣▪●◦⁃∙·*–—-]\s|\(?\d{1,2}[.)])")
_LOST_STOP = re.compile(r"(?<=[a-z0-9]) (?=(?:The|A|An|He|She|It|They|But|In|When|After|Meanwhile) [a-z])")
_CLOSING_MARKS = ".!?…;,\"”’'。！？、，：；"

# In upper case these start a clause; inside a sentence they are written small, but for titles of works and The Hague.
_CLAUSE_STARTERS = frozenset(
    "A An The This These Those That In On At By For From With Without After Before Since During While When As If But "
    "And Meanwhile However He She It They We His Her Its Their There Both Many Most Some Several All No Not More Fewer "
    "About Over Under Around Between Among Amid Despite Although Though According Earlier Later Last Next Now Then "
    "Also Yet So To Two Three Four Five Six Seven Eight Nine Ten".split()
)
# Of these, the ones that may stand before a name: "Trade The Harbour Authority has …".
_BEFORE_NAMES = frozenset("The In On At Meanwhile But After Before While When As If According".split())
_ARTICLES = frozenset("A An The".split())
# Small words of names and titles ("The Fix It tool"), so a capital before them proves nothing.
_IN_TITLES = frozenset("He She It They We His Her Its Their There On By For From With To And All No Not Now So".split())
_NUMBERS = frozenset("Two Three Four Five Six Seven Eight Nine Ten".split())
# After these a capital "A" is a letter, not an article.
_LETTERED = frozenset(
    "group serie series plan vitamin hepatitis type class grade section category league tier level part phase model "
    "schedule block pool division team influenza terminal gate exhibit channel unit zone annex appendix option list "
    "building hall room bank route road line ward camp site big triple double".split()
)
# A heading does not end with a word that needs another after it.
_HANGING = frozenset(
    "a an the this that these those of in on at by for from with without to into onto over under about between among "
    "against during after before since until as than and or but nor not no if when while where who whom whose which "
    "what how why is are was were be been being am has have had do does did will would can could may might must shall "
    "should his her its their our my your he it she they we you i said says told tell tells called named via per near "
    "off up out amid because so such very more most less dubbed titled entitled vs versus v first second third last "
    "next new former".split()
)


def is_heading_line(line: str, *, following: str | None) -> bool:
    """Whether a line is a heading: short, no closing mark, no bullet, and prose or a list below it."""
    text = line.strip().strip("#*_ ").strip()
    if following is None or not text or len(text) > 200 or (_BULLET.match(line) and not line.lstrip().startswith("**")):
        return False
    words = text.split()
    if len(words) > MAX_HEADING_WORDS or not any(map(str.isalpha, text)):
        return False
    if text[-1] == ":":
        return not has_sure_verb(words)
    if (text[-1] in _CLOSING_MARKS and not text.isupper()) or text[0].islower():
        return False
    return not has_sure_verb(words) or _is_prose(following)


def _is_prose(line: str) -> bool:
    return line.rstrip()[-1:] in _CLOSING_MARKS or _BULLET.match(line) is not None


def run_in_heading(sentence: str) -> int:
    """Characters of a heading that runs into `sentence`, the white space after it included; 0 if there is none."""
    if len(sentence) > _MAX_SENTENCE_CHARACTERS or not sentence[:1].isupper():
        return 0
    tokens = list(islice(re.finditer(r"\S+", sentence), MAX_HEADING_WORDS + _LOOK_AHEAD))
    words = [token.group() for token in tokens]
    whole = True  # no comma so far
    for cut in range(1, min(MAX_HEADING_WORDS, len(words) - _MIN_REST_WORDS) + 1):
        last = words[cut - 1]
        if last.endswith(","):
            whole = False
        elif _ends_heading(last):
            break
        elif _is_run_in(words, cut, whole=whole):
            return tokens[cut].start()
    return 0


def lost_stops(sentence: str) -> list[int]:
    """Offsets at which a new sentence starts although nothing ends the one before: "… by the storm The mayor said …".

    Captions, headlines and paragraphs that extraction ran together; too long before the break to be a heading.
    """
    if len(sentence) > _MAX_SENTENCE_CHARACTERS:
        return []
    breaks = [0]
    for found in _LOST_STOP.finditer(sentence):
        before, after = sentence[breaks[-1] : found.start()], sentence[found.end() :]
        word = before.split()[-1] if before.strip() else "a"
        if word[0].isupper() or word.lower() in _HANGING or word.lower() in _LETTERED:
            continue
        if len(before.split()) > MAX_HEADING_WORDS and may_have_verb(after) and len(after.split()) >= _MIN_REST_WORDS:
            breaks.append(found.end())
    return breaks[1:]


def _ends_heading(word: str) -> bool:
    """A colon, a full stop (but U.S.), a quote or a bracket: no heading that runs in reaches across it."""
    if word[-1] == ".":
        return not re.fullmatch(r"(?:\w\.)+", word)
    return word[-1] in ":;!?)]”\"’'—–-" or word[0] in '([“"‘'


def _is_run_in(words: Sequence[str], cut: int, *, whole: bool) -> bool:
    first, last = words[cut], words[cut - 1]
    if not first[0].isupper() or last.lower() in _HANGING:
        return False
    starts = first.rstrip(",") in _CLAUSE_STARTERS and _starter_cuts(words, cut, whole=whole)
    cuts = starts or (whole and _official_cuts(words, cut))
    return cuts and may_have_verb(" ".join(words[cut + 1 :]))


def _starter_cuts(words: Sequence[str], cut: int, *, whole: bool) -> bool:
    """ "… more ferries Meanwhile, a …", "Trade A ferry …": a clause starter in upper case."""
    first, second, last = words[cut].rstrip(","), words[cut + 1], words[cut - 1]
    if (first == "A" or first in _NUMBERS) and (last.lower() in _LETTERED or (last[0].isupper() and cut > 1)):
        return False
    if not whole:  # a title with a comma: only the surest of starts will do
        return first in _ARTICLES and second[0].islower() and cut > 3
    if first in _IN_TITLES and last[0].isupper() and (cut == 1 or not last.isupper()):
        return False
    if second[0].isupper():
        # "The Pentagon has …", "A Danish court …", but no middle initial and no name of a work.
        # More words before "The" are mostly a noun and a name: "British newspaper The Guardian", "rock band The Cure".
        fits = first in _BEFORE_NAMES or (first in _ARTICLES and country_of(second.split("-")[0]) is not None)
        set_off = cut == 1 or "and" in words[:cut] or " ".join(words[:cut]).isupper()
        short = set_off or (first != "The" and cut <= 4)
        return bool(fits) and short and not has_sure_verb(words[:cut])
    return not (cut == 1 and words[0].isupper())


def _official_cuts(words: Sequence[str], cut: int) -> bool:
    """ "Politics and trade French President Jean …": a heading, then an official of a country with a name."""
    country, office, named = words[cut : cut + 3]
    if is_portfolio(office):  # "Norwegian Defence Minister Arne …"
        office, named = words[cut + 2 : cut + 4]
    if country_of(country) is None or not (office[0].isupper() and is_title(office)):
        return False
    if not (named[0].isupper() or named in ("of", "for")):
        return False
    before = words[:cut]
    if cut == 1:  # "Texas U.S. Senator …" is a place and its politician
        return before[0].endswith("s") and not country.isupper()
    if not before[-1].islower() or before[0] in _CLAUSE_STARTERS or has_sure_verb(before):
        return False
    return "and" in before or any(map(is_verb_like, before[1:-1]))
