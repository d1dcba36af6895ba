"""What a line lost of its source: a negation, a hedge, the party who claims it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from digest.language.claims import Attribution, attribution, hedges
from digest.language.words import STOPWORDS, content_words, words
from digest.summarize.evidence import NEGATING, Missing, Parsed, folded, shared_words, token_at

# A quote is compared for lost words only when the line takes at least this share of its content words from it; below,
# the line says something else. Set by hand: a trimmed line shares nearly all of its words with its source.
MIN_SHARED = 0.5
# How far a negation or hedge reaches, in words: to the second content word after it, at most this far.
_REACH = 6
_SCOPE_WORDS = 2

_CLAUSE_EDGE = re.compile(r"[,;:.!?()\"–—]|--")
_WHOLE_CLAUSE = frozenset(
    {"if confirmed", "if true", "if verified", "not independently verified", "yet to be verified"}
)


def losses(told: Parsed, sources: Sequence[Parsed], *, restored: bool) -> list[Missing]:
    """What the best supporting quote has and the line lacks; a quote that loses nothing settles it."""
    shares = [shared_words(told, source) for source in sources]
    best = max(shares, default=0.0)
    lost: list[list[Missing]] = [
        [*_qualifiers_lost(told, source), *_claimant_lost(told, source, restored=restored)]
        for source, share in zip(sources, shares, strict=True)
        if share >= MIN_SHARED and share >= best - 0.1
    ]
    return min(lost, key=len, default=[])


def _alignment(told: Parsed, source: Parsed) -> dict[int, int]:
    """Token places of the quote -> token places of the line, where the line kept the word."""
    matcher = SequenceMatcher(
        None, [token.word for token in source.tokens], [token.word for token in told.tokens], autojunk=False
    )
    return {
        block.a + offset: block.b + offset for block in matcher.get_matching_blocks() for offset in range(block.size)
    }


def _qualifiers_lost(told: Parsed, source: Parsed) -> Iterator[Missing]:
    kept = _alignment(told, source)
    for place, token in enumerate(source.tokens):
        if token.word in NEGATING and _lost(told, source, kept, place, place + 1, NEGATING):
            yield Missing(kind="negation", text=source.text[token.start : token.end])
    for hedge in hedges(source.text):
        if any(hedge.end <= quantity.start <= hedge.end + 8 for quantity in source.quantities):
            continue  # a hedge on a figure: _hedge_changed has it
        place = token_at(source.tokens, hedge.start)
        words_of = words(hedge.text)
        whole = hedge.text in _WHOLE_CLAUSE and folded(words_of) not in told.folded
        if whole or _lost(told, source, kept, place, place + len(words_of), frozenset(words_of[:1])):
            yield Missing(kind="hedge", text=source.text[hedge.start : hedge.end])


def _lost(told: Parsed, source: Parsed, kept: dict[int, int], start: int, end: int, stand_ins: frozenset[str]) -> bool:
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


def _scope(source: Parsed, start: int, end: int) -> list[int]:
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


def _claimant_lost(told: Parsed, source: Parsed, *, restored: bool) -> Iterator[Missing]:
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


def _speaks(source: Parsed, kept: Sequence[int], found: Attribution) -> bool:
    """Whether a word of the quote's speaker was kept in its place."""
    start = source.text.find(found.speaker, found.start)
    return any(start <= source.tokens[place].start < start + len(found.speaker) for place in kept)


def _covers(source: Parsed, content: Sequence[int], found: Attribution) -> bool:
    """Whether the line keeps words that the attribution covers: what stands before a tail, or after a head."""
    head = source.plain[: found.start].strip(" \"'-*•")
    if not head or len(head) < 20:
        return any(source.tokens[place].start >= found.end for place in content)
    return any(source.tokens[place].end <= found.start for place in content)
