"""Numerals: where a text writes a number, in digits or in words, and what it is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.language.counted import PEOPLE

_UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "trn": 1e12}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
    "thousandth": 1000,
}  # fmt: skip
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2,
              "fifths": 0.2, "tenth": 0.1, "tenths": 0.1, "eighths": 0.125, "sixths": 1 / 6}  # fmt: skip
# A vague plural stands for its smallest whole count: "dozens" is at least 24, "hundreds" at least 200.
_VAGUE = {"tens": 20.0, "dozens": 24.0, "scores": 40.0, "hundreds": 200.0, "thousands": 2000.0,
          "millions": 2e6, "billions": 2e9,
          "trillions": 2e12}  # fmt: skip
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

_SPELLED = "|".join(sorted((*_UNITS, *_TENS, *_SCALES, *_ORDINALS, *_FRACTIONS, *_VAGUE, "dozen", "couple", "a", "an",
                            "and", "of"), key=len, reverse=True))  # fmt: skip
_WORD = re.compile(rf"(?<![\w'])({_SPELLED})(?![\w'])", re.IGNORECASE)
_CORE = re.compile(
    r"(?P<clock>(?<![\w.:])[0-2]?\d[:.][0-5]\d(?= ?(?:[ap]\.?m\b|GMT|UTC|local time))|"
    r"(?<![\w.:])[0-2]?\d:[0-5]\d(?![:\d]))"
    r"|(?P<figure>(?:(?<![\w.])|(?<=\$US)|(?<=\bRs)|(?<=\bUSD)|(?<=\bEUR))"
    r"(?:\d+(?:,\d{3})+|\d+)(?:\.\d+)?(?: ?[½¼¾⅓⅔⅛]| \d/\d(?![\d/]))?)"
    r"|(?P<glyph>[½¼¾⅓⅔⅛])"
    rf"|(?<![\w'])(?P<word>{_SPELLED})(?![\w'])",
    re.IGNORECASE,
)
# Where a number may begin, so that _CORE need not be tried at every character; "and" and "of" begin none.
_BEGINNING = re.compile(r"\d+|[½¼¾⅓⅔⅛]|[^\W\d_½¼¾⅓⅔⅛]+")
_FIRST_WORDS = frozenset(_SPELLED.split("|")) - {"and", "of"}
_SCALE_AFTER = re.compile(r"[ -]?(hundred|thousand|million|billion|trillion)\b|(bn|tn|trn|mn|mln|k)\b", re.IGNORECASE)
_LETTER_SCALE = re.compile(r" ?([mbk])\b", re.IGNORECASE)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b")
_SLASHED = re.compile(r"/(\d+)(?![\d/])")
_SCORE = re.compile(r"-(\d{1,3})(?![\d,.]*\d|-|[A-Za-z])")
_NAME_PART = re.compile(r"(?:[A-Z][A-Za-z]*|[A-Za-z]*[A-Z])-$")
_CURRENCY_BEFORE = re.compile(r"(?:[€$£¥₹]|\$US|Rs) ?$")
_COUNT_AFTER_M = re.compile(
    r" (?!(?:high|long|deep|wide|tall|away|from|of|in|to|and|or|race|below|above|at|on)\b)[a-z]+(?:s|le|en)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number in a text: `kind` is count, ordinal, vague, fraction, clock (value: hours) or score."""

    start: int
    end: int
    value: float
    kind: str = "count"
    step: float = 1.0  # what the last digit written is worth: the most that rounding can hide, doubled


def find_numerals(plain: str) -> tuple[Numeral, ...]:
    """The numerals of a normalised text, in order, without overlaps. "One" and "a" count only before a scale."""
    found: list[Numeral] = []
    reached = 0
    for beginning in _BEGINNING.finditer(plain):
        start, sign = beginning.start(), beginning[0]
        if start < reached or (sign[0].isalpha() and sign.lower() not in _FIRST_WORDS):
            continue
        match = _CORE.match(plain, start)
        if match is None:
            continue
        numeral = _numeral(plain, match)
        if numeral is not None:
            found.append(numeral)
        reached = numeral.end if numeral is not None else match.end()
    return tuple(found)


def _numeral(plain: str, match: re.Match[str]) -> Numeral | None:
    if match["clock"]:
        hours, minutes = re.split("[:.]", match["clock"])
        return Numeral(start=match.start(), end=match.end(), value=int(hours) + int(minutes) / 60, kind="clock")
    if match["figure"]:
        return _figure(plain, match)
    if match["glyph"]:
        return Numeral(start=match.start(), end=match.end(), value=_GLYPHS[match["glyph"]], kind="fraction", step=0.01)
    return _spelled(plain, match.start())


def _figure(plain: str, match: re.Match[str]) -> Numeral | None:
    start, end = match.span("figure")
    if _NAME_PART.search(plain, max(0, start - 12), start):
        return None  # F-16, Covid-19: a name
    value, step = _digits_value(match["figure"])
    if "." not in match["figure"]:
        slashed = _SLASHED.match(plain, end)
        if slashed and 1 < int(slashed[1][:3]) <= 16 and value < int(slashed[1][:3]):
            part = value / int(slashed[1][:3])
            return Numeral(start=start, end=slashed.end(), value=part, kind="fraction", step=0.01)
        score = _SCORE.match(plain, end)
        if score and value < 1000 and (int(score[1]) < value or (value <= 9 and int(score[1]) <= 9)):
            # A score keeps both sides: 3-2 is 3.002, which no other score shares.
            return Numeral(start=start, end=score.end(), value=value + int(score[1]) / 1000, kind="score")
        ordinal = _ORDINAL_AFTER.match(plain, end)
        if ordinal:
            return Numeral(start=start, end=ordinal.end(), value=value, kind="ordinal")
    scale, end = _scale_after(plain, start, end)
    return Numeral(start=start, end=end, value=_exact(value * scale), step=step * scale)


def _digits_value(figure: str) -> tuple[float, float]:
    """What digits are worth, and what the last of them is worth: "4 1/2", "1,300", "2.62"."""
    if figure[-1] in _GLYPHS:
        return float(figure[:-1].replace(",", "").strip() or 0) + _GLYPHS[figure[-1]], 0.01
    if "/" in figure:
        whole, _, fraction = figure.partition(" ")
        above, below = fraction.split("/")
        return float(whole.replace(",", "")) + (int(above) / int(below) if int(below) else 0.0), 0.01
    digits = figure.replace(",", "")[:300]  # a longer run of digits is no number, and float() has an end
    _, _, decimals = digits.partition(".")
    if decimals:
        return float(digits), float(10.0 ** -min(len(decimals), 300))
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(digits), float(10.0 ** (zeros if digits.strip("0") else 0))


def _scale_after(plain: str, start: int, end: int) -> tuple[float, int]:
    scale = 1.0
    while (word := _SCALE_AFTER.match(plain, end)) is not None:
        scale *= _SCALES.get(word[1].lower(), 1.0) if word[1] else _SHORT_SCALES[word[2].lower()]
        end = word.end()
    if scale == 1.0 and (letter := _LETTER_SCALE.match(plain, end)) is not None:
        money = _CURRENCY_BEFORE.search(plain, max(0, start - 4), start) is not None
        if money or (letter[1] in "mM" and _COUNT_AFTER_M.match(plain, letter.end())):
            return _SHORT_SCALES[letter[1].lower()], letter.end()
    return scale, end


def _exact(value: float) -> float:
    """2.6 * 1e6 is 2600000.0000000005 in floats; a number in a text is never that fine."""
    return float(f"{value:.12g}")


# What comes one after another: "a third round" is the third one, "a third of them" a share.
_IN_TURN = re.compile(
    rf"a third(?= (?:(?:co-|fellow )?(?:{'|'.join(sorted(PEOPLE))})|rounds?|time|term|party|day|week|month|year|night"
    r"|attempt|meeting|candidate|straight|consecutive|successive|season|vote|wave|dose|booster|country|official|case"
    r"|quarter|strike|attack|explosion)\b)",
    re.IGNORECASE,
)


def _run(plain: str, start: int) -> list[re.Match[str]]:
    """The number words that follow one another from `start`, joined by a space or a hyphen."""
    run: list[re.Match[str]] = []
    match = _WORD.match(plain, start)
    while match is not None and len(run) < 12:
        run.append(match)
        if plain[match.end() : match.end() + 1] not in (" ", "-"):
            break
        match = _WORD.match(plain, match.end() + 1)
    return run


def _spelled(plain: str, start: int) -> Numeral | None:
    """The longest spelled-out number at `start`, or None."""
    if _IN_TURN.match(plain, start):
        return None  # the number word is "third", an ordinal
    run = _run(plain, start)
    for length in range(len(run), 0, -1):
        read = _read([word[1].lower() for word in run[:length]])
        if read is not None:
            value, kind = read
            return Numeral(
                start=start, end=run[length - 1].end(), value=_exact(value), kind=kind, step=_spelled_step(value)
            )
    return None


def _spelled_step(value: float) -> float:
    if value != int(value):
        return 0.01 if value < 1 else 1.0
    return 1.0 if value < 1000 else _digits_value(str(int(value)))[1]


def _read(spoken: list[str]) -> tuple[float, str] | None:
    """The value and kind of number words, when they are one number from first to last."""
    last = spoken[-1]
    if last in ("and", "of", "a", "an") or spoken[0] in ("and", "of"):
        return None
    if last in _VAGUE:
        return _read_vague(spoken)
    if spoken[:3] in (["half", "a", "dozen"], ["half", "a", last]) and len(spoken) == 3:
        scale = 12.0 if last == "dozen" else _SCALES.get(last, 0.0)
        return (scale / 2, "count") if scale else None
    if last in _SCALES and spoken[:-1] in (["half"], ["a", "half"], ["quarter"], ["a", "quarter"]):
        return _SCALES[last] * _FRACTIONS[spoken[-2]], "count"  # "a quarter-million"
    if spoken == ["half"] or spoken in (
        ["a", "half"],
        ["a", "quarter"],
        ["a", "third"],
        ["one", "half"],
        ["one", "third"],
    ):
        return _FRACTIONS[last], "fraction"
    if (
        len(spoken) == 2
        and last in ("thirds", "quarters", "fifths", "tenths", "eighths", "sixths")
        and spoken[0] in _UNITS
    ):
        return _UNITS[spoken[0]] * _FRACTIONS[last], "fraction"
    if last == "couple":
        return (2.0, "vague") if spoken in (["couple"], ["a", "couple"]) else None
    if "half" in spoken:
        return _read_and_a_half(spoken)
    return _read_whole(spoken)


def _read_vague(spoken: list[str]) -> tuple[float, str] | None:
    """ "hundreds", "tens" of thousands: the smallest whole count it can mean."""
    if len(spoken) == 1:
        return (_VAGUE[spoken[0]], "vague") if spoken[0] != "tens" else None
    if len(spoken) == 3 and spoken[1] == "of" and spoken[0] in _VAGUE:
        return _VAGUE[spoken[0]] * _VAGUE[spoken[2]] / 2, "vague"
    return None


def _read_and_a_half(spoken: list[str]) -> tuple[float, str] | None:
    """ "two and a half", "one and a half million"."""
    place = spoken.index("half")
    if place < 3 or spoken[place - 2 : place] != ["and", "a"]:
        return None
    head = _read_whole(spoken[: place - 2])
    scale = _SCALES.get(spoken[place + 1], 0.0) if place + 2 == len(spoken) else float(place + 1 == len(spoken))
    return ((head[0] + 0.5) * scale, "count") if head is not None and head[1] == "count" and scale else None


def _read_whole(spoken: list[str]) -> tuple[float, str] | None:
    total, current, kind, before = 0.0, 0.0, "count", ""
    for place, word in enumerate(spoken):
        if kind == "ordinal":
            return None
        if word in ("a", "an"):
            if place or len(spoken) == 1 or spoken[1] not in (*_SCALES, "dozen"):
                return None
            current = 1.0
        elif word == "and":
            if before not in _SCALES:
                return None
        elif word in _SCALES:
            if word == "hundred":
                current = (current or 1.0) * 100
            else:
                total, current = total + (current or 1.0) * _SCALES[word], 0.0
        elif word == "dozen":
            current = (current or 1.0) * 12
        else:
            number = _UNITS.get(word, _TENS.get(word, _ORDINALS.get(word)))
            if number is None or not _may_follow(before, word):
                return None
            kind = "ordinal" if word in _ORDINALS else kind
            current += number
        before = word
    return total + current, kind


def _may_follow(before: str, word: str) -> bool:
    """Whether a unit, teen, ten or ordinal may stand after `before`: "twenty five", not "one two"."""
    if before in ("", "and") or before in _SCALES:
        return True
    small = 0 < (_UNITS.get(word) or _ORDINALS.get(word, 0)) < 10
    return before in _TENS and small
