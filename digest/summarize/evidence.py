"""What a line says that its quotes must say too: numbers, dates, names, quoted words, negations, speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.language.claims import attribution, negations
from digest.language.dates import DateMention, date_within, find_dates
from digest.language.names import Name, country_of, find_names, name_key, same_name
from digest.language.quantities import Quantity, find_quantities, same_value
from digest.language.quotes import quotations
from digest.language.words import STOPWORDS, Token, normalise, stem, tokens, words

MissingKind = Literal["number", "date", "name", "quotation", "negation", "hedge", "claimant", "wording"]

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_CAPITALISED = re.compile(r"(?<=[a-z,;'’] )[A-Z]\w+")
_DENIALS = frozenset(
    "deny denies denied denying denial reject rejects rejected rejecting refute refutes refuted dismiss dismisses "
    "dismissed dispute disputes disputed".split()
)
NEGATING = frozenset("not no never none nobody nothing nowhere neither nor without".split()) | _DENIALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that a line says and no quote does, or that a quote says and the line must not leave out."""

    kind: MissingKind
    text: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with all that is compared found in it, once."""

    text: str
    plain: str
    tokens: list[Token]
    folded: str
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    names: tuple[Name, ...]


def parse(text: str) -> Parsed:
    """Find in a text all that is compared."""
    plain = normalise(text)
    found = tokens(text)
    return Parsed(
        text=text,
        plain=plain,
        tokens=found,
        folded=folded(token.word for token in found),
        quantities=find_quantities(text),
        dates=find_dates(text),
        names=find_names(text),
    )


def folded(told: Iterator[str] | Sequence[str]) -> str:
    """Words as one searchable string, plural "s" off: " ukraine air force "."""
    return " " + " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in told) + " "


def shared_words(told: Parsed, source: Parsed) -> float:
    """The share of the line's content words that the quote has."""
    content = [stem(token.word) for token in told.tokens if token.word not in STOPWORDS]
    known = {stem(token.word) for token in source.tokens}
    return sum(word in known for word in content) / len(content) if content else 0.0


def is_cut_from(told: Parsed, source: Parsed) -> bool:
    """Whether a text is the source with words left out."""
    rest = iter([token.word for token in source.tokens])
    return all(token.word in rest for token in told.tokens)


def numbers_missing(told: Parsed, sources: Sequence[Parsed]) -> Iterator[Missing]:
    """Figures of a line that no source gives, and hedges on figures that were lost or put in."""
    every = [quantity for source in sources for quantity in source.quantities]
    covered = [(mention.start, mention.end) for mention in told.dates]
    covered += [(name.start, name.end) for name in told.names]
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
    """The same value of the same thing, as far as both say what they count; who is 94, or 3 km off, counts nobody."""
    counted = a.unit is None and b.unit is None
    if not same_value(a, b) or (counted and a.role and b.role and a.role != b.role):
        return False
    return a.unit == b.unit or None not in (a.unit, b.unit)


def _hedge_changed(quantity: Quantity, same: Sequence[Quantity]) -> str | None:
    """The hedge that all sources put on a figure and the line does not, or the line's own, or None."""
    hedges_told = [other.approx for other in same]
    if quantity.approx in hedges_told:
        return None
    return quantity.approx or next(hedge for hedge in hedges_told if hedge)


def _word_in(text: str, sources: Sequence[Parsed]) -> bool:
    # Letters may touch a figure ("e85 million"), other digits may not.
    edges = (r"(?<!\d)(?<!\d[.,])", r"(?![.,]?\d)") if text[:1].isdigit() else (r"(?<!\w)", r"(?!\w)")
    pattern = re.compile(edges[0] + re.escape(normalise(text)) + edges[1], re.IGNORECASE)
    return any(pattern.search(source.plain) for source in sources)


def dates_missing(told: Parsed, sources: Sequence[Parsed]) -> Iterator[Missing]:
    """Dates of a line of which no source says every part."""
    every = [mention for source in sources for mention in source.dates]
    for mention in told.dates:
        if not any(date_within(mention, other) for other in every) and not _word_in(mention.text, sources):
            yield Missing(kind="date", text=mention.text)


def names_missing(told: Parsed, sources: Sequence[Parsed]) -> Iterator[Missing]:
    """Names of a line that no source has, in full, as an acronym or as the last part of a longer name."""
    for name in told.names:
        if not any(_has_name(name, source) for source in sources):
            yield Missing(kind="name", text=name.text)


def _has_name(name: Name, source: Parsed) -> bool:
    if folded(words(name.text)) in source.folded or f" {name.key} " in source.folded:
        return True
    if normalise(name.text).lower() in source.plain.lower():
        return True
    country = country_of(name.text)
    return any(
        other.key == name.key
        # "Halvard" may stand for "Signe Halvard", not the other way round: a first name is a claim
        or (len(name.key) <= len(other.key) and same_name(name.text, other.text))
        or (name.text.isupper() and same_name(name.text, other.text))
        or (other.text.isupper() and same_name(name.text, other.text) and " " in name.text)
        or (country is not None and country == country_of(other.text))
        for other in source.names
    ) or (len(name.key.split()) > 1 and f" {name_key(name.text)} " in source.folded)


def capitalised_inside(plain: str) -> list[str]:
    """Capitalised words inside a sentence: a name, or something like one."""
    return [match.group() for match in _CAPITALISED.finditer(plain)]


def quotations_missing(line: str, sources: Sequence[Parsed]) -> Iterator[Missing]:
    """Quoted words of a line that no source has."""
    for quotation in quotations(line):
        sought = _spaced(quotation.text).strip(" ,.;:!?")
        if not any(sought in _spaced(source.text) for source in sources):
            yield Missing(kind="quotation", text=quotation.text)


def _spaced(text: str) -> str:
    return " ".join(normalise(text).split())


def negations_added(told: Parsed, sources: Sequence[Parsed], *, reach: int = 3) -> Iterator[Missing]:
    """Negations of the line that no quote puts on the same words, which are those up to `reach` words further."""
    for marker in negations(told.text):
        if told.plain[marker.end : marker.end + 1] == "-":
            continue  # "never-before-seen" denies nothing
        place = token_at(told.tokens, marker.start)
        near = _near(told, place, before=2, after=reach)
        if not any(_negates(source, near) for source in sources):
            yield Missing(kind="negation", text=told.text[marker.start : marker.end])


def token_at(found: Sequence[Token], start: int) -> int:
    """The place of the token that holds the character at `start`."""
    return next((place for place, token in enumerate(found) if token.end > start), len(found))


def _near(text: Parsed, place: int, *, before: int, after: int) -> frozenset[str]:
    """The stems of the content words around a token."""
    return frozenset(
        stem(token.word)
        for token in text.tokens[max(0, place - before) : place + after + 1]
        if token.word not in STOPWORDS and token.word not in NEGATING
    )


def _negates(source: Parsed, near: frozenset[str]) -> bool:
    places = [place for place, token in enumerate(source.tokens) if token.word in NEGATING]
    return any(not near or near & _near(source, place, before=6, after=8) for place in places)


def claimant_added(line: str, sources: Sequence[Parsed], *, context: str) -> Iterator[Missing]:
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
