"""The check that every line passes: it says no more than the quotes it cites.

Each number, date, name and quoted string of a line must occur in a cited quote, and what qualifies the same words
there (a negation, a hedge, the party who claims it) must not be lost. `supports` judges a claim against a whole
document instead; it lives in `faithfulness.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from digest.language.claims import Attribution, attribution, hedges, negations, quotations
from digest.language.dates import DateMention, date_within, find_dates
from digest.language.names import Name, country_of, find_names, name_key, same_name
from digest.language.quantities import Quantity, find_quantities, same_value
from digest.language.words import STOPWORDS, Token, content_words, normalise, stem, tokens, words

MissingKind = Literal["number", "date", "name", "quotation", "negation", "hedge", "claimant"]

# A quote is compared for lost words only when the line takes at least this share of its content words from it; below,
# the line says something else. Set by hand: a trimmed line shares nearly all of its words with its source.
MIN_SHARED = 0.5
# How far a negation or hedge reaches, in words: to the second content word after it, at most this far.
_REACH = 6
_SCOPE_WORDS = 2

_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_CLAUSE_EDGE = re.compile(r"[,;:.!?()\"–—]|--")
_WHOLE_CLAUSE = frozenset(
    {"if confirmed", "if true", "if verified", "not independently verified", "yet to be verified"}
)
_DENIALS = frozenset(
    "deny denies denied denying denial reject rejects rejected rejecting refute refutes refuted dismiss dismisses "
    "dismissed dispute disputes disputed".split()
)
_NEGATING = frozenset("not no never none nobody nothing nowhere neither nor without".split()) | _DENIALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that a line says and no quote does, or that a quote says and the line must not leave out."""

    kind: MissingKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The verdict on a line: `ok` when nothing is missing."""

    ok: bool
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with all that is compared found in it, once."""

    text: str
    plain: str
    tokens: list[Token]
    folded: str
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    names: tuple[Name, ...]


def check_support(line: str, quotes: Sequence[str], *, context: str = "") -> Support:
    """Whether `quotes` support `line`. Words in [brackets] may also come from `context`, the article's text."""
    sources = [_read(quote) for quote in quotes]
    missing = list(_bracketed_missing(line, sources, context))
    bare = _without_brackets(line, sources)
    told = _read(bare)
    missing.extend(_numbers_missing(told, sources))
    missing.extend(_dates_missing(told, sources))
    missing.extend(_names_missing(told, sources))
    missing.extend(_quotations_missing(bare, sources))
    missing.extend(_negations_added(told, sources))
    missing.extend(_claimant_added(bare, sources, context=line if bare != line else ""))
    missing.extend(_losses(told, sources, restored=bare != line))
    return Support(ok=not missing, missing=tuple(dict.fromkeys(missing)))


def _read(text: str) -> _Read:
    plain = normalise(text)
    found = tokens(text)
    return _Read(
        text=text,
        plain=plain,
        tokens=found,
        folded=_folded(token.word for token in found),
        quantities=find_quantities(text),
        dates=find_dates(text),
        names=find_names(text),
    )


def _folded(told: Iterator[str] | Sequence[str]) -> str:
    """Words as one searchable string, plural "s" off: " ukraine air force "."""
    return " " + " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in told) + " "


# --- restored subjects --------------------------------------------------------------------------------------------------


def _restored(line: str, sources: Sequence[_Read]) -> list[re.Match[str]]:
    """The brackets of a line that no quote has: words an editor put in."""
    return [
        match
        for match in _BRACKETED.finditer(line)
        if not any(normalise(match.group()) in source.plain for source in sources)
    ]


def _without_brackets(line: str, sources: Sequence[_Read]) -> str:
    for match in reversed(_restored(line, sources)):
        line = line[: match.start()] + line[match.end() :]
    return line


def _bracketed_missing(line: str, sources: Sequence[_Read], context: str) -> Iterator[Missing]:
    known = {stem(word) for word in words(context)} | {
        stem(token.word) for source in sources for token in source.tokens
    }
    for match in _restored(line, sources):
        if any(word not in STOPWORDS and stem(word) not in known for word in words(match[1])):
            yield Missing(kind="name", text=match.group())


# --- what the line says ---------------------------------------------------------------------------------------------------


def _numbers_missing(told: _Read, sources: Sequence[_Read]) -> Iterator[Missing]:
    every = [quantity for source in sources for quantity in source.quantities]
    covered: list[tuple[int, int]] = [(mention.start, mention.end) for mention in told.dates]
    for quantity in told.quantities:
        covered.append((quantity.start, quantity.end))
        same = [other for other in every if _same_figure(quantity, other)]
        swapped = not same and any(same_value(quantity, other) for other in every)
        if swapped or (not same and not _word_in(quantity.text, sources)):
            yield Missing(kind="number", text=quantity.text)
        elif same and (lost := _hedge_changed(quantity, same)) is not None:
            yield Missing(kind="hedge", text=f"{lost} {quantity.text}")
    for match in _DIGITS.finditer(told.plain):
        inside = any(start <= match.start() < end for start, end in covered)
        if not inside and not _word_in(match.group(), sources):
            yield Missing(kind="number", text=match.group())


def _same_figure(a: Quantity, b: Quantity) -> bool:
    """The same value of the same thing, as far as both say what they count."""
    if not same_value(a, b) or (a.role and b.role and a.role != b.role):
        return False
    return a.unit == b.unit or None not in (a.unit, b.unit)


def _hedge_changed(quantity: Quantity, same: Sequence[Quantity]) -> str | None:
    """The hedge that all sources put on a figure and the line does not, or the line's own, or None."""
    hedges_told = [other.approx for other in same]
    if quantity.approx in hedges_told:
        return None
    return quantity.approx or next(hedge for hedge in hedges_told if hedge)


def _word_in(text: str, sources: Sequence[_Read]) -> bool:
    # Letters may touch a figure ("e85 million"), other digits may not.
    edges = (r"(?<!\d)(?<!\d[.,])", r"(?![.,]?\d)") if text[:1].isdigit() else (r"(?<!\w)", r"(?!\w)")
    pattern = re.compile(edges[0] + re.escape(normalise(text)) + edges[1], re.IGNORECASE)
    return any(pattern.search(source.plain) for source in sources)


def _dates_missing(told: _Read, sources: Sequence[_Read]) -> Iterator[Missing]:
    every = [mention for source in sources for mention in source.dates]
    for mention in told.dates:
        if not any(date_within(mention, other) for other in every) and not _word_in(mention.text, sources):
            yield Missing(kind="date", text=mention.text)


def _names_missing(told: _Read, sources: Sequence[_Read]) -> Iterator[Missing]:
    for name in told.names:
        if not any(_has_name(name, source) for source in sources):
            yield Missing(kind="name", text=name.text)


def _has_name(name: Name, source: _Read) -> bool:
    if _folded(words(name.text)) in source.folded or f" {name.key} " in source.folded:
        return True
    if normalise(name.text).lower() in source.plain.lower():
        return True
    country = country_of(name.text)
    return any(
        other.key == name.key
        # "Umerov" may stand for "Rustem Umerov", not the other way round: a first name is a claim
        or (len(name.key) <= len(other.key) and same_name(name.text, other.text))
        or (name.text.isupper() and same_name(name.text, other.text))
        or (other.text.isupper() and same_name(name.text, other.text) and " " in name.text)
        or (country is not None and country == country_of(other.text))
        for other in source.names
    ) or (len(name.key.split()) > 1 and f" {name_key(name.text)} " in source.folded)


def _quotations_missing(line: str, sources: Sequence[_Read]) -> Iterator[Missing]:
    for quotation in quotations(line):
        sought = _spaced(quotation.text).strip(" ,.;:!?")
        if not any(sought in _spaced(source.text) for source in sources):
            yield Missing(kind="quotation", text=quotation.text)


def _spaced(text: str) -> str:
    return " ".join(normalise(text).split())


def _negations_added(told: _Read, sources: Sequence[_Read]) -> Iterator[Missing]:
    """Negations of the line that no quote puts on the same words."""
    for marker in negations(told.text):
        place = _token_at(told.tokens, marker.start)
        near = _near(told, place, before=2, after=3)
        if not any(_negates(source, near) for source in sources):
            yield Missing(kind="negation", text=told.text[marker.start : marker.end])


def _token_at(found: Sequence[Token], start: int) -> int:
    return next((place for place, token in enumerate(found) if token.end > start), len(found))


def _near(read: _Read, place: int, *, before: int, after: int) -> frozenset[str]:
    """The stems of the content words around a token."""
    return frozenset(
        stem(token.word)
        for token in read.tokens[max(0, place - before) : place + after + 1]
        if token.word not in STOPWORDS and token.word not in _NEGATING
    )


def _negates(source: _Read, near: frozenset[str]) -> bool:
    places = [place for place, token in enumerate(source.tokens) if token.word in _NEGATING]
    return any(not near or near & _near(source, place, before=6, after=8) for place in places)


def _claimant_added(line: str, sources: Sequence[_Read], *, context: str) -> Iterator[Missing]:
    """A speaker of the line whom no quote knows."""
    found = attribution(line)
    if found is None or context:
        return
    sought = [word for word in words(found.speaker) if word not in STOPWORDS]
    known = {stem(token.word) for source in sources for token in source.tokens}
    if any(normalise(found.speaker) in source.plain for source in sources):
        return
    acronyms = any(same_name(found.speaker, name.text) for source in sources for name in source.names)
    if sought and not acronyms and not any(stem(word) in known for word in sought):
        yield Missing(kind="claimant", text=found.speaker)


# --- what the line lost ---------------------------------------------------------------------------------------------------


def _losses(told: _Read, sources: Sequence[_Read], *, restored: bool) -> list[Missing]:
    """What the best supporting quote has and the line lacks; a quote that loses nothing settles it."""
    shares = [_shared(told, source) for source in sources]
    best = max(shares, default=0.0)
    lost: list[list[Missing]] = [
        [*_qualifiers_lost(told, source), *_claimant_lost(told, source, restored=restored)]
        for source, share in zip(sources, shares, strict=True)
        if share >= MIN_SHARED and share >= best - 0.1
    ]
    return min(lost, key=len, default=[])


def _shared(told: _Read, source: _Read) -> float:
    """The share of the line's content words that the quote has."""
    content = [stem(token.word) for token in told.tokens if token.word not in STOPWORDS]
    known = {stem(token.word) for token in source.tokens}
    return sum(word in known for word in content) / len(content) if content else 0.0


def _alignment(told: _Read, source: _Read) -> dict[int, int]:
    """Token places of the quote -> token places of the line, where the line kept the word."""
    matcher = SequenceMatcher(
        None, [token.word for token in source.tokens], [token.word for token in told.tokens], autojunk=False
    )
    return {
        block.a + offset: block.b + offset for block in matcher.get_matching_blocks() for offset in range(block.size)
    }


def _qualifiers_lost(told: _Read, source: _Read) -> Iterator[Missing]:
    kept = _alignment(told, source)
    for place, token in enumerate(source.tokens):
        if token.word in _NEGATING and _lost(told, source, kept, place, place + 1, _NEGATING):
            yield Missing(kind="negation", text=source.text[token.start : token.end])
    for hedge in hedges(source.text):
        if any(hedge.end <= quantity.start <= hedge.end + 8 for quantity in source.quantities):
            continue  # a hedge on a figure: _hedge_changed has it
        place = _token_at(source.tokens, hedge.start)
        words_of = words(hedge.text)
        whole = hedge.text in _WHOLE_CLAUSE and _folded(words_of) not in told.folded
        if whole or _lost(told, source, kept, place, place + len(words_of), frozenset(words_of[:1])):
            yield Missing(kind="hedge", text=source.text[hedge.start : hedge.end])


def _lost(told: _Read, source: _Read, kept: dict[int, int], start: int, end: int, stand_ins: frozenset[str]) -> bool:
    """Whether the words that tokens start..end qualify were kept, and those tokens (or stand-ins) were not."""
    if all(place in kept for place in range(start, end)):
        return False
    for place in _scope(source, start, end):
        if place not in kept:
            continue
        at = kept[place]
        window = told.tokens[max(0, at - _REACH - 2) : at + 4]
        return not any(token.word in stand_ins for token in window)
    return False


def _scope(source: _Read, start: int, end: int) -> list[int]:
    """The places of the content words that tokens start..end qualify: the next two of the clause, else the last one."""
    found: list[int] = []
    for place in range(end, min(len(source.tokens), end + _REACH)):
        between = source.plain[source.tokens[place - 1].end : source.tokens[place].start]
        if _CLAUSE_EDGE.search(between):
            break
        if source.tokens[place].word not in STOPWORDS:
            found.append(place)
        if len(found) == _SCOPE_WORDS:
            return found
    if found or start == 0:
        return found
    return [start - 1] if source.tokens[start - 1].word not in STOPWORDS else []


def _claimant_lost(told: _Read, source: _Read, *, restored: bool) -> Iterator[Missing]:
    """The party a quote gives for these words, when the line names nobody for them."""
    found = attribution(source.text)
    if found is None or not found.speaker:
        return
    kept = [place for place in _alignment(told, source) if source.tokens[place].word not in STOPWORDS]
    if not _covers(source, kept, found) or _speaks(source, kept, found):
        return
    own = attribution(told.text)
    if own is not None and (restored or _is_pronoun(found.speaker) or _share_words(own.speaker, found.speaker)):
        return
    if restored and any(token.word in words(found.verb) for token in told.tokens):
        return
    yield Missing(kind="claimant", text=found.speaker)


def _is_pronoun(speaker: str) -> bool:
    return all(word in STOPWORDS for word in words(speaker))


def _share_words(a: str, b: str) -> bool:
    return bool(set(content_words(a)) & set(content_words(b)))


def _speaks(source: _Read, kept: Sequence[int], found: Attribution) -> bool:
    """Whether a word of the quote's speaker was kept in its place."""
    start = source.text.find(found.speaker, found.start)
    return any(start <= source.tokens[place].start < start + len(found.speaker) for place in kept)


def _covers(source: _Read, content: Sequence[int], found: Attribution) -> bool:
    """Whether the line keeps words that the attribution covers: what stands before a tail, or after a head."""
    head = source.plain[: found.start].strip(" \"'-*•")
    if not head or len(head) < 20:
        return any(source.tokens[place].start >= found.end for place in content)
    return any(source.tokens[place].end <= found.start for place in content)
