"""Names of people, places and organisations, found by capitals; no model is needed.

A name is a run of capitalised words with connectors ("Institute for the Study of War"), without titles
("President"), possessives and the ordinary word that begins a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from digest.language.dates import find_dates
from digest.language.gazetteer import COUNTRY_ALIASES, DEMONYMS
from digest.language.offices import bare_word, is_portfolio, is_title
from digest.language.ordinary import ORDINARY
from digest.language.words import for_short_texts, normalise, spelling, unaccented

_WORD_FORMS = r"(?:%(letter)s\.){2,}|%(letter)s%(sign)s*(?:'%(letter)s+)*\.?(?:-%(sign)s+(?:'%(letter)s+)?)*'?"
_WORD = re.compile(_WORD_FORMS % {"letter": r"[^\W\d_]", "sign": r"[^\W_]"})
_ASCII_WORD = re.compile(_WORD_FORMS % {"letter": "[A-Za-z]", "sign": "[A-Za-z0-9]"})  # the same in half the time
_LOWER_WORD = re.compile(r"(?<![\w'-])[a-z]{3,}(?![\w-])")
_CONNECTORS = frozenset("of de del della la le da do dos das di du van von der den ten ter bin ibn al el y e".split())
_INSIDE = _CONNECTORS | {"the", "for"}  # the words in lower case that a name can hold
_ABBREVIATED = frozenset(
    """gov. sen. rep. dr. mr. mrs. ms. prof. gen. col. lt. capt. sgt. maj. adm. rev. st. mt. ft. jr. sr. inc. corp. co.
    ltd. bros. hon. supt. det. insp. cmdr. pres.""".split()
)
_ORGANISATION = re.compile(
    r"(?:Institute|Cent(?:er|re)|Organi[sz]ation|Agency|Fund|Committee|Council|Commission|Department|Ministry|Office|"
    r"Association|Society|Union|Service|Bureau|Foundation|Campaign|Movement|Coalition|Alliance|Conference|Court|"
    r"University|School|Board|Group|Network|Campaign|Citizens|Doctors|Reporters|Americans|Lawyers|Partnership)s?"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n*•|)\]\"]|--|- )[\s\"'(\[]*$|^[\s\"'(\[*•-]*$|[\"(\[]$|(?:^|[\s(])'$")
_WORDY_ENDINGS = ("ly", "ing", "tion", "tions", "ness", "ment", "ments", "ists", "ers", "ians", "ties")
_HEADLINE_SHARE = 0.85
_LOOK_BACK = 8
_MAX_PARTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as written, and `key`, under which its spellings are equal ("Ukraine’s", "Ukraines" -> "ukraine")."""

    start: int
    end: int
    text: str
    key: str


class _Part(NamedTuple):  # every word is one: as a dataclass they took twice the time
    start: int
    end: int
    text: str


@for_short_texts
def find_names(text: str) -> tuple[Name, ...]:
    """The names of a text in order."""
    plain = normalise(text)
    told = _words(plain)
    headline = _is_headline(plain, told)
    parts = [_part(word) for word in told if not word[0].islower() or word[0].rstrip(".'") in _INSIDE]
    dated = {place for mention in find_dates(plain) for place in range(mention.start, mention.end)}
    found: list[Name] = []
    for run in _runs(plain, parts, dated):
        for piece in _pieces(plain, run, headline=headline):
            found.append(_name(text, piece))
    return tuple(found)


def name_words(text: str) -> frozenset[str]:
    """The words of the names in a text, folded as their keys are."""
    return frozenset(part for name in find_names(text) for part in name.key.split())


def _words(plain: str) -> list[re.Match[str]]:
    return list((_ASCII_WORD if plain.isascii() else _WORD).finditer(plain))


def _part(match: re.Match[str]) -> _Part:
    """A word without the full stop or the apostrophe that follows it, unless it is an abbreviation."""
    start, end = match.span()
    word = match[0]
    if word[-1] == "." and word.count(".") == 1 and word.lower() not in _ABBREVIATED and len(word) > 2:
        word = word[:-1]
        end -= 1
    if word[-1] == "'":
        word = word[:-1]
        end -= 1
    return _Part(start, end, word)


def _capital(word: str) -> bool:
    """ "Osmark", "al-Assad", "McKay", "iPhone", "eBay": a capital near the front."""
    if word.islower():
        return False
    head = word[:1]
    if head.isupper():
        return True
    prefixed = word[:3].lower() in ("al-", "el-", "as-", "ad-", "an-", "ar-", "ul-")
    return (prefixed and word[3:4].isupper()) or (len(word) > 2 and word[1].isupper() and head in "ie")


def is_headline(text: str) -> bool:
    """Whether nearly every longer word of the text is capitalised, so that a capital marks no name."""
    plain = normalise(text)
    return _is_headline(plain, _words(plain))


def _is_headline(plain: str, words: list[re.Match[str]]) -> bool:
    """Whether nearly every longer word is capitalised, as in an American headline."""
    if plain.rstrip().endswith("."):
        return False
    told = [part.text for part in map(_part, words) if len(part.text) > 3]
    return len(told) >= 4 and sum(map(_capital, told)) >= _HEADLINE_SHARE * len(told)


def _runs(plain: str, parts: list[_Part], dated: set[int]) -> list[list[_Part]]:
    """Capitalised words that follow one another, with the connectors inside; `parts` are those and no other words."""
    runs: list[list[_Part]] = []
    place = 0
    while place < len(parts):
        if not _capital(parts[place].text) or parts[place].start in dated:
            place += 1
            continue
        run = [parts[place]]
        place += 1
        while place < len(parts) and len(run) < _MAX_PARTS:
            step = _step(plain, run, parts, place, dated)
            if not step:
                break
            run.extend(parts[place : place + step])
            place += step
        runs.append(run)
    return runs


def _step(plain: str, run: list[_Part], parts: list[_Part], place: int, dated: set[int]) -> int:
    """How many of the next words belong to the run: 0, 1 (a capital) or 2, 3 (connectors and a capital)."""
    if not _touching(plain, run[-1], parts[place]) or run[-1].text.endswith(("'s", "s'")):
        return 0
    ahead = 0
    while not _capital(parts[place + ahead].text):
        word = parts[place + ahead].text
        the = word == "the" and ahead == 1
        forward = word == "for" and ahead == 0 and _ORGANISATION.fullmatch(run[-1].text)
        if not (word in _CONNECTORS or the or forward):
            return 0
        ahead += 1
        if place + ahead >= len(parts) or not _touching(plain, parts[place + ahead - 1], parts[place + ahead]):
            return 0
    return 0 if parts[place + ahead].start in dated else ahead + 1


def _touching(plain: str, left: _Part, right: _Part) -> bool:
    return plain[left.end : right.start] in (" ", " & ", "&")


def _pieces(plain: str, run: list[_Part], *, headline: bool) -> list[list[_Part]]:
    """A run without titles and ordinary words, cut where they stood."""
    pieces: list[list[_Part]] = [[]]
    for number, part in enumerate(run):
        bare = bare_word(part.text)
        initial = number == 0 and _starts_sentence(plain, part.start)
        ordinary = (initial or headline) and _is_ordinary(part.text, bare, plain, alone=len(run) == 1)
        if ordinary or (is_title(bare) and len(run) > 1):
            pieces.append([])
        else:
            pieces[-1].append(part)
    return [piece for piece in map(_trimmed, pieces) if piece and _worthy(piece)]


def _starts_sentence(plain: str, start: int) -> bool:
    return _SENTENCE_START.search(plain[max(0, start - _LOOK_BACK) : start]) is not None


def _is_ordinary(word: str, bare: str, plain: str, *, alone: bool) -> bool:
    if word.isupper() and len(word) > 1 and bare not in ("i",):
        return False
    if any(form in ORDINARY or _written_small(form, plain) for form in {bare, bare.split("-")[0]}):
        return True
    return alone and bare.endswith(_WORDY_ENDINGS)


def _written_small(word: str, plain: str) -> bool:
    """Whether the text has the word in lower case, too."""
    return word in plain and word in _small_words(plain)


@lru_cache(maxsize=1)  # each capital of a text asks for them
def _small_words(plain: str) -> frozenset[str]:
    return frozenset(_LOWER_WORD.findall(plain))


def _trimmed(piece: list[_Part]) -> list[_Part]:
    """Without connectors at either end and without a lone portfolio ("Minister of Defence")."""
    while piece and (piece[0].text.islower() or (len(piece) > 1 and piece[0].text in ("The", "A", "An"))):
        piece = piece[1:]
    while piece and piece[-1].text.islower():
        piece = piece[:-1]
    while len(piece) > 1 and is_portfolio(piece[0].text) and not _ORGANISATION.fullmatch(piece[-1].text):
        piece = piece[1:]
    return piece


def _worthy(piece: list[_Part]) -> bool:
    if len(piece) > 1:
        return True
    bare = bare_word(piece[0].text)
    return len(bare) > 1 and bare not in ("the", "i", "i'm", "it", "a", "i've", "i'll", "i'd", "gmt", "utc")


def _name(text: str, piece: list[_Part]) -> Name:
    start, end = piece[0].start, piece[-1].end
    last = piece[-1].text
    if last.endswith("'s"):
        end -= 2
    if last.endswith(".") and last.lower() not in _ABBREVIATED and last.count(".") == 1:
        end -= 1
    return Name(start=start, end=end, text=text[start:end], key=name_key(text[start:end]))


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What a name is compared by: lower-case, no accents, dots, titles or possessive; plural "s" of each word off."""
    folded = unaccented(normalise(name)).lower().replace(".", "")
    told = [_singular(word) for word in re.split(r"[\s&-]+", folded) if word]
    kept = [word for word in told if word not in ("the", "of", "for", "and") and not is_title(word)] or told
    key = " ".join(kept)
    return COUNTRY_ALIASES.get(key, key)


def _singular(word: str) -> str:
    """Also takes off a possessive that lost its apostrophe ("Ukraines")."""
    word = spelling(word.removesuffix("'s").replace("'", ""))
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word


def country_of(name: str) -> str | None:
    """The key of the country that a demonym or a country's name belongs to ("Russian" -> "russia"), or None."""
    key = name_key(name)
    return DEMONYMS.get(key, key if key in _COUNTRIES else None)


_COUNTRIES = frozenset(DEMONYMS.values())


def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether `acronym` is the initials of `name`, with or without its small words: "UN", "United Nations"."""
    letters = acronym.replace(".", "").removesuffix("'s")
    if not 2 <= len(letters) <= 8 or not letters.isupper():
        return False
    told = [word for word in re.split(r"[\s-]+", unaccented(normalise(name))) if word]
    big = [word for word in told if word[0].isupper()]
    if len(big) < 2:
        return False
    initials = {"".join(word[0] for word in big), "".join(word[0] for word in told).upper()}
    return letters in initials or letters in {each.removeprefix("T") for each in initials}


def same_name(a: str, b: str) -> bool:
    """Whether two names can mean one: equal keys, an acronym, or the last part of a longer name ("Halvard")."""
    first, second = name_key(a), name_key(b)
    if first == second or is_acronym_of(a, b) or is_acronym_of(b, a):
        return True
    short, long = sorted((first.split(), second.split()), key=len)
    return len(short) < len(long) and long[-len(short) :] == short
