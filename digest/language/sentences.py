"""Sentence boundaries, as offsets into the text.

Own rules instead of a library: inside the paragraphs of the GUM news texts (development half) they find the boundaries
with F1 .979, sentencex with .916 (`benchmarks/quality.py --tasks sentences --peers`). They need no model and run in
time linear in the text: each end mark is judged from a window of fixed width on both sides.

A newline always ends a sentence and a bullet always starts one. Inside a line, an end mark (`.`, `!`, `?`, `…`) with
the quotes and brackets that close behind it ends a sentence unless what stands before it is an abbreviation or an
initial, what follows goes on in lower case, or a bracket is still open. A quotation of several sentences is split at
its sentences; whoever must not tear it joins them again (`digest.statements`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# How far a rule looks to the left and to the right of an end mark. No word it asks for is longer.
_WINDOW = 48
# A bracket that stays open longer than this is a slip of the pen, and no longer holds a sentence together.
_BRACKET_REACH = 300

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«„(\\["

_QUOTES = "\"'“”‘’«»„"

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?<=\s)[•‣▪●◦⁃∙](?=\s?\S)")
_END_MARK = re.compile(rf"(?:[.!?…。！？]|(?<=[.]) (?=[.]))+[{_CLOSERS}]{{0,4}}(?: [\"”](?=\s|$))?")
_CREDIT_LABEL = re.compile(
    r"(?<=\S)\s(?=(?:Image|Photo|Photograph|Picture|Video|Audio|Illustration|Graphic)(?:\s[Cc]redit)?:\s)"
)
_LIST_NUMBER = re.compile(r"\W{0,3}\d{1,2}[.)]{1,2}")
_PAUSES = ("...", "…", ". . .")
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE_STAMP = re.compile(rf"\s*{_WEEKDAY},? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}),? \d{{4}}\s(?=[A-Z“\"])")
_NEXT_WORD = re.compile(rf"\s*[{_OPENERS}]*([^\W_](?:[\w.’'&-]*\w)?)?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]", re.ASCII)
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_GLUED = re.compile(r"[A-Z][a-z]+(?:[\s,’'-]|$)|(?:A|I)\s|[A-Z]{2,}\s|(?:[A-Z]\.){2,}\s")
_SPEAKS = re.compile(
    r"\s*(?:[A-Z][\w’'.-]*\s){1,4}(?:said|says|asked|asks|added|wrote|writes|tweeted|replied|shouted|exclaimed)\b"
    r"(?!,?\s?[\"'“‘«„])"
)
# After a full stop a speaker starts a sentence of his own ("Holm said the port …") unless it ends with the verb.
_ONLY_SPEAKS = re.compile(_SPEAKS.pattern + r"[.,;]")

# Followed by a name or a number, never the end of a sentence.
_TITLES = frozenset(
    "mr mrs ms mx dr prof st mt ft gen lt col maj capt cpt cmdr sgt cpl pvt adm vadm brig gov sen rep reps sens pres "
    "supt insp det const dist hon rev fr msgr mgr amb atty pfc ald dir messrs mme mlle vs viz cf e.g i.e eg ie "
    "lt.gen maj.gen brig.gen lt.col gens govs sgts".split()
)
_BEFORE_NUMBER = frozenset("no nos n° nr p pp vol art fig figs sec ch par ca c approx op sect cap est".split())
# May end a sentence, but only before a word that starts one.
_EITHER_WAY = frozenset(
    "inc corp co cos ltd plc llc bros jr sr esq etc al dept univ assn ave blvd rd hwy sq "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "ph.d m.d b.a m.a min max mph km kg ft lb lbs oz hr hrs int'l gov't nat'l".split()
)
# After a place and a comma ("in Biloxi, Miss. The …") these end a sentence when no comma follows.
_STATES = frozenset(
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa penn "
    "tenn tex va vt wash wis wyo n.y n.j n.c s.c n.d s.d n.h n.m w.va r.i".split()
)
# Closed-class words: in upper case after a full stop they start a sentence, and are no part of a name.
_STARTERS = frozenset(
    "the a an this that these those he she it they we you i his her its their our my your there here in on at by for "
    "from with without of to as after before since until during while when where why how what who which whose if "
    "because although though however but and or so yet then now also still both each many most some several all no "
    "not one two three four five six seven eight nine ten another other others according meanwhile moreover "
    "nevertheless earlier later last next once only even under over about between among more less such do does did "
    "is are was were have has had can could will would should may might let please despite instead nor amid despite "
    "today yesterday tomorrow until asked".split()
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences as (start, end) offsets, in order, without the white space around them.

    Every character that is not white space lies in exactly one of them. Bullet marks stay with their sentence.
    """
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for cut in _cuts(line.group()):
            _append_stripped(spans, text, start, line.start() + cut)
            start = line.start() + cut
        _append_stripped(spans, text, start, line.end())
    return spans


def _append_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _cuts(line: str) -> list[int]:
    """Offsets inside a line at which a new sentence starts, in order."""
    cuts = {mark.start() for mark in _BULLET.finditer(line)}
    cuts.update(label.end() for label in _CREDIT_LABEL.finditer(line))
    if stamp := _DATE_STAMP.match(line):
        cuts.add(stamp.end())
    cuts.update(cut for cut in _end_mark_cuts(line) if not _LIST_NUMBER.fullmatch(line, 0, cut))
    return sorted(cuts)


def _end_mark_cuts(line: str) -> Iterator[int]:
    brackets = _bracketed(line)
    inside = next(brackets, None)
    for mark in _END_MARK.finditer(line):
        end = _without_opening_quote(line, mark.start(), mark.end())
        while inside is not None and inside[1] < end:
            inside = next(brackets, None)
        if inside is not None and inside[0] < mark.start() and (end < inside[1] or inside[0] == mark.start() - 1):
            continue
        if end < len(line) and _ends_sentence(line, mark.start(), end):
            yield end


def _bracketed(line: str) -> Iterator[tuple[int, int]]:
    """Spans of round and square brackets that close within reach, outermost, in order."""
    depth, start = 0, -1
    for bracket in re.finditer(r"[()\[\]]", line):
        if depth and bracket.start() - start > _BRACKET_REACH:
            depth = 0
        if bracket.group() in "([":
            start = start if depth else bracket.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, bracket.end()


def _without_opening_quote(line: str, start: int, end: int) -> int:
    """Give back a straight quote that, glued to the next word, opens a quotation: `he said."We go` ends at the dot."""
    if line[end - 1] in "\"'" and end < len(line) and line[end].isalnum() and not line[end].islower():
        return end - 1
    return end


def _ends_sentence(line: str, start: int, end: int) -> bool:
    """Whether the end mark `line[start:end]`, closing quotes included, ends a sentence. It is not the line's last."""
    after = line[end : end + _WINDOW]
    mark = line[start:end]
    if mark[0] in "。！？":
        return True
    if not after[0].isspace():
        return _ends_glued(line, start, after, mark)
    found = _NEXT_WORD.match(after)
    word = found.group(1) or "" if found else ""
    if word[:1].islower() or not after.strip():
        return False
    if mark in _PAUSES and line[start - 1 : start].isspace():
        return False
    if mark[0] == "." and mark[-1] in "\"'”’»" and _ONLY_SPEAKS.match(after):
        return False
    if mark[0] in "!?":
        return mark[-1] not in "\"'”’»" or not _SPEAKS.match(after)
    if mark.strip(_CLOSERS.replace("\\", "")) == ".":
        before = _last_word(line, start)
        if before.lower() in _STATES and line[max(0, start - len(before) - 2) : start - len(before)] == ", ":
            return True
        return _full_stop_ends(before, word, after)
    return True


def _last_word(line: str, end: int) -> str:
    """What stands before `end` up to the nearest space or opening bracket, without quotes."""
    words = line[max(0, end - _WINDOW) : end].rsplit(None, 1)
    return re.split(r"[(\[—–-]", words[-1])[-1].strip(_QUOTES) if words else ""


def _full_stop_ends(before: str, word: str, after: str) -> bool:
    """Whether a single full stop between `before` and `word` ends a sentence."""
    low, starts = before.lower(), word.lower().replace("’", "'").split("'")[0] in _STARTERS
    if low in _TITLES and before not in ("IE", "EG"):
        return low in ("st", "ft", "mt") and starts
    if low in _BEFORE_NUMBER and word[:1].isdigit():
        return False
    if len(before) == 1 and before.isalpha():
        return starts
    if low in _EITHER_WAY or low in _STATES or _DOTTED.fullmatch(before):
        return starts or after.lstrip()[0] in '“"‘('
    return True


def _ends_glued(line: str, start: int, after: str, mark: str) -> bool:
    """Whether a sentence ends where the space after its mark is missing: `forces.This`, not `Reuters.com`, `U.S.A`."""
    bare = after.lstrip(_QUOTES)
    if not _GLUED.match(bare):
        return False
    before = _DECIMAL.sub("", _last_word(line, start))
    return "." not in before and (len(before) > 1 or len(mark) > 1 or bare != after)
