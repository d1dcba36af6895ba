"""Does a document say what a claim says? For a claim of any make: a cut sentence, a paraphrase, a summary.

Two kinds of evidence. *Strikes* are hard (`evidence.py`, `opposition.py` and `displaced.py` find them): a number, date
or name that the document does not have, a negation, an opposite, a name in the place of another. One is enough. What
is left is a matter of degree: how much of each sentence the two nearest sentences of the document have, how long a run
of words is the claim's own, whether it quotes what nobody said there. It is weighed by the few parameters of
support.json; benchmarks/fit_support.py says how they came.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from digest.language.capitals import has_capitals, with_capitals
from digest.language.names import country_of, is_headline
from digest.language.quantities import Quantity, same_quantity
from digest.language.sentences import split_sentences
from digest.language.words import STOPWORDS, Token, stem, tokens, words
from digest.summarize.displaced import displaced, in_place_of_names
from digest.summarize.evidence import (
    Missing,
    Parsed,
    capitalised_inside,
    dates_missing,
    names_missing,
    negations_added,
    numbers_missing,
    parse,
    quotations_missing,
)
from digest.summarize.losses import losses
from digest.summarize.opposition import opposites

# One strike is enough to fall below one half, each further one weighs the same again.
STRIKE = 0.45
# A negation, an opposite and a name's place are looked for in this many sentences of the document, those nearest to a
# sentence of the claim; its words in TOGETHER of them: a summary seldom joins more.
NEAREST = 3
TOGETHER = 2
# Words after a negation that may be what it denies. More than in a trimmed line: a paraphrase puts other words between.
NEGATED = 6
# Words of its own, in a row, that cost a claim nothing; what there is above costs its square. Two are a synonym with
# its adjective, as often in true claims as in false ones; four are a clause, and in four claims of five a false one.
FREE_RUN = 1
FEWEST = 3  # content words: a sentence of fewer says too little to be judged apart from its claim
# A text that was cut into tokens may have no capitals, but its full stops stand apart: "… on tuesday . mara lind …".
_APART = re.compile(r"(?<=\s[.!?])\s+")
# Hedges whose change makes another claim. "About" comes and goes with honest rounding.
_BOUNDS = ("at least", "at most", "more than", "less than", "fewer than", "no fewer than", "no less than")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for and against a claim.

    `pairs` is the share (0 to 1) of its word pairs that the document has, `near` the share of a sentence's content
    words that the two nearest sentences have, of its worst sentence; `own` is the longest run of content words that the
    document does not have, `quoted` the quotations it does not have. `lost` names what else the document lacks,
    `turned` the words whose opposite it has, `moved` the names in the place of another.
    """

    pairs: float
    near: float
    own: tuple[str, ...]
    quoted: tuple[str, ...]
    lost: tuple[str, ...]
    turned: tuple[str, ...]
    moved: tuple[str, ...]

    @property
    def strikes(self) -> tuple[str, ...]:
        """What speaks against the claim, each once."""
        return tuple(dict.fromkeys((*self.lost, *self.turned, *self.moved)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The weights of a logistic score: what nearness is worth and what each lack costs, from `start`."""

    start: float
    near: float
    own: float
    quoted: float
    pairs: float
    enough_pairs: float


def supports(claim: str, source_text: str) -> bool:
    """Whether the document says what the claim says."""
    return support_score(claim, source_text) >= 0.5


def support_score(claim: str, source_text: str) -> float:
    """How well the document supports the claim, from 0 to 1; one half and more is support."""
    evidence = weigh(claim, source_text)
    if not evidence.near:
        return 0.0  # nothing in common, or no words at all
    return wording_score(evidence) * STRIKE ** len(evidence.strikes)


def wording_score(evidence: Evidence) -> float:
    """From 0 to 1: how sure the claim's wording makes that it was taken from the document, strikes aside."""
    return 0.5 + 0.5 * math.tanh(wording_sum(evidence, parameters()) / 2)  # exp would overflow at some 60 own words


def wording_sum(evidence: Evidence, fitted: Parameters) -> float:
    """The log-odds that the wording alone gives."""
    return (
        fitted.start
        + fitted.near * evidence.near
        - fitted.own * max(0, len(evidence.own) - FREE_RUN) ** 2
        - fitted.quoted * bool(evidence.quoted)
        - fitted.pairs * max(0.0, fitted.enough_pairs - evidence.pairs)
    )


@cache
def parameters() -> Parameters:
    """The parameters as fitted."""
    table = json.loads((Path(__file__).parent / "support.json").read_text(encoding="utf-8"))
    return Parameters(**table["parameters"])


def weigh(claim: str, source_text: str) -> Evidence:
    """The evidence for a claim in a document; pure language, so that a reader can see why."""
    bare = not has_capitals(claim)
    if bare:
        claim = with_capitals(claim, source_text)
    told, document = parse(claim), _read(source_text)
    source = document.parsed
    parts = [(part, _nearest(part, document)) for part in _sentences_of(claim, told)]
    beside = [(part, [_sentence(document.sentences[row]) for row in rows]) for part, rows in parts]
    lost = [*_numbers_missing(told, source), *dates_missing(told, [source]), *_names_missing(told, source)]
    for part, nearest in beside:
        lost += negations_added(part, nearest, reach=NEGATED)
        lost += [each for each in losses(part, nearest[:1], restored=False) if each.kind == "negation"]
    known = [(token.word, held) for token, held in _known(told, source, lost) if token.word not in STOPWORDS]
    return Evidence(
        pairs=_share(list(pairwise(stem(token.word) for token in told.tokens)), document.pairs),
        near=min((_nearness(part, document) for part, _ in parts), default=0.0),
        own=_longest_own(known),
        quoted=tuple(each.text for each in quotations_missing(claim, [source])),
        lost=tuple(dict.fromkeys(each.text for each in lost)),
        turned=_each_once(opposites(part, nearest) for part, nearest in beside),
        moved=_each_once(
            _misplaced(part, nearest, document, bare=bare) for part, nearest in beside if not _titled(told)
        ),
    )


def _misplaced(part: Parsed, nearest: Sequence[Parsed], document: _Document, *, bare: bool) -> tuple[str, ...]:
    """Names in the place of others; of a claim that came without capitals, also what only its place shows to be one."""
    found = displaced(part, nearest, document.order)
    if not bare:
        return found
    known = frozenset().union(*document.stems)
    return (*found, *in_place_of_names(part, nearest[:TOGETHER], known))


def _each_once(found: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for texts in found for text in texts))


def _titled(told: Parsed) -> bool:
    """Whether the claim is a headline in capitals, in which a capital marks no name."""
    return is_headline(told.text)


def _sentences_of(claim: str, told: Parsed) -> list[Parsed]:
    """The claim's sentences that say enough to be judged; the claim itself when it is one, or none does."""
    sentences = _sentences(claim)
    parts = [parse(sentence) for sentence in sentences] if len(sentences) > 1 else []
    return [part for part in parts if len(_content(part)) >= FEWEST] or [told]


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part for start, end in split_sentences(text) for part in _APART.split(text[start:end]))


def _content(text: Parsed) -> set[str]:
    return {stem(token.word) for token in text.tokens if token.word not in STOPWORDS}


def _known(told: Parsed, source: Parsed, lost: Sequence[Missing]) -> Iterator[tuple[Token, bool]]:
    """Each word of the claim, and whether the document has it: as such, or in a figure, date or name it does have."""
    stems = {stem(token.word) for token in source.tokens}
    missing = {each.text for each in lost}
    spans = [(one.start, one.end) for one in told.quantities if one.text not in missing]
    spans += [(one.start, one.end) for one in told.dates if one.text not in missing]
    spans += [(one.start, one.end) for one in told.names if one.text not in missing]
    for token in told.tokens:
        yield token, stem(token.word) in stems or any(start <= token.start < end for start, end in spans)


@dataclass(frozen=True, slots=True)
class _Document:
    """A document read once, whatever number of claims is held against it."""

    parsed: Parsed
    sentences: tuple[str, ...]
    order: tuple[tuple[str, ...], ...]
    stems: tuple[frozenset[str], ...]
    pairs: frozenset[tuple[str, str]]


@lru_cache(maxsize=16)
def _read(source_text: str) -> _Document:
    sentences = _sentences(source_text)
    stems = tuple(tuple(stem(word) for word in words(sentence)) for sentence in sentences)
    return _Document(
        parsed=parse(source_text),
        sentences=sentences,
        order=stems,
        stems=tuple(map(frozenset, stems)),
        pairs=frozenset(pair for each in stems for pair in pairwise(each)),
    )


@lru_cache(maxsize=256)
def _sentence(text: str) -> Parsed:
    return parse(text)


def _share(wanted: Sequence[tuple[str, str]], known: Set[tuple[str, str]]) -> float:
    return sum(one in known for one in wanted) / len(wanted) if wanted else 0.0


def _longest_own(known: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
    """The longest run of content words that the document does not have."""
    runs = (tuple(word for word, _ in run) for held, run in groupby(known, key=lambda pair: pair[1]) if not held)
    return max(runs, key=len, default=())


def _numbers_missing(told: Parsed, source: Parsed) -> list[Missing]:
    """Figures that the document does not have. To round one ("about 870", "over $500 million") is no strike."""
    given = {quantity.text: quantity for quantity in told.quantities}
    return [each for each in numbers_missing(told, [source]) if not _rounded(each, given.get(each.text), source)]


def _rounded(missing: Missing, figure: Quantity | None, source: Parsed) -> bool:
    if missing.kind == "hedge":
        return not missing.text.startswith(_BOUNDS)
    if figure is None or figure.approx is None:
        return False
    return any(same_quantity(figure, other) for other in source.quantities)


def _names_missing(told: Parsed, source: Parsed) -> list[Missing]:
    """Names, and other capitalised words inside a sentence, with a word that the document does not have."""
    if _titled(told):
        return []
    known = {stem(token.word) for token in source.tokens}
    countries = {country_of(name.text) for name in source.names} - {None}
    spoken = [name.text for name in told.names] + [mention.text for mention in told.dates]
    found = [missing.text for missing in names_missing(told, [source])]
    found += [word for word in capitalised_inside(told.plain) if not any(word in text for text in spoken)]
    return [
        Missing(kind="name", text=name)
        for name in dict.fromkeys(found)
        if any(stem(word) not in known for word in _capitalised(name)) and country_of(name) not in countries
    ]


def _capitalised(name: str) -> list[str]:
    """The words of a name that make it one: not "led" of "Norland-led"."""
    return [token.word for token in tokens(name) if not name[token.start].islower()]


def _nearest(told: Parsed, document: _Document) -> list[int]:
    """The rows of the sentences that have most of the claim's content words."""
    content = _content(told)
    ranked = sorted(range(len(document.stems)), key=lambda row: (-len(content & document.stems[row]), row))
    return ranked[:NEAREST]


def _nearness(told: Parsed, document: _Document) -> float:
    """The share of the content words that TOGETHER sentences of the document have, each taken for what it adds."""
    content = _content(told)
    left = set(content)
    for _ in range(TOGETHER):
        left -= max(document.stems, key=lambda known: len(left & known), default=frozenset())
    return 1 - len(left) / len(content) if content else 0.0


def doubts(evidence: Evidence) -> tuple[str, ...]:
    """What makes a claim's wording fail, in its own words; empty when the wording holds."""
    if wording_score(evidence) >= 0.5:
        return ()
    named = (*evidence.quoted, " ".join(evidence.own))
    return tuple(name for name in named if name) or ("its wording",)
