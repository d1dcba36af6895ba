"""Does a document say what a claim says? For a claim of any make: a cut sentence, a paraphrase, a summary.

Two kinds of evidence. *Strikes* are hard (`evidence.py` and `opposition.py` find them): a number, date or name that the
document does not have, a negation, an opposite. One is enough. What is left is a matter of degree: how much of the
claim's wording the document has, how long a run of words is the claim's own, whether a name stands among words of
another sentence. It is weighed by the few parameters of support.json; benchmarks/fit_support.py says how they came.
"""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from digest.language.names import country_of
from digest.language.sentences import split_sentences
from digest.language.words import STOPWORDS, Token, stem, words
from digest.summarize.evidence import (
    Missing,
    Parsed,
    capitalised_inside,
    dates_missing,
    names_missing,
    negations_added,
    numbers_missing,
    parse,
    token_at,
)
from digest.summarize.opposition import opposites

# One strike is enough to fall below one half, each further one weighs the same again.
STRIKE = 0.45
# A negation and an opposite are looked for in this many sentences of the document, those nearest to the claim.
NEAREST = 3
# Words after a negation that may be what it denies. More than in a trimmed line: a paraphrase puts other words between.
NEGATED = 6
# A name's company: the words this close to it in the claim; below this share of them in any sentence that has the
# name, the claim took it from somewhere else. Both by hand; four in a hundred titles and paraphrases have such a name.
COMPANY = 7
STRANGER = 0.2
FREE_RUN = 1  # words of its own, in a row, that cost a claim nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for and against a claim.

    `pairs` and `known` are the shares (0 to 1) of its word pairs and content words that the document has; `own` is the
    longest run of content words that it does not have; `strangers` are names told of among other words there; `lost`
    names what the document lacks, `turned` the words whose opposite it has.
    """

    pairs: float
    known: float
    own: tuple[str, ...]
    strangers: tuple[str, ...]
    lost: tuple[str, ...]
    turned: tuple[str, ...]

    @property
    def strikes(self) -> tuple[str, ...]:
        """What speaks against the claim, each once."""
        return tuple(dict.fromkeys((*self.lost, *self.turned)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What each lack costs, and how much of each a claim may lack for free. `credit` is what it may spend."""

    credit: float
    pairs: float
    enough_pairs: float
    known: float
    enough_known: float
    own: float
    stranger: float


def supports(claim: str, source_text: str) -> bool:
    """Whether the document says what the claim says."""
    return support_score(claim, source_text) >= 0.5


def support_score(claim: str, source_text: str) -> float:
    """How well the document supports the claim, from 0 to 1; one half and more is support."""
    evidence = weigh(claim, source_text)
    if not evidence.known:
        return 0.0  # nothing in common, or no words at all
    return wording_score(evidence) * STRIKE ** len(evidence.strikes)


def wording_score(evidence: Evidence) -> float:
    """From 0 to 1: how sure the claim's wording makes that it was taken from the document, strikes aside."""
    return 1.0 / (1.0 + math.exp(-(parameters().credit - wording_cost(evidence, parameters()))))


def wording_cost(evidence: Evidence, fitted: Parameters) -> float:
    """What the claim's lacks cost together."""
    return (
        fitted.pairs * max(0.0, fitted.enough_pairs - evidence.pairs)
        + fitted.known * max(0.0, fitted.enough_known - evidence.known)
        + fitted.own * max(0, len(evidence.own) - FREE_RUN)
        + fitted.stranger * bool(evidence.strangers)
    )


@cache
def parameters() -> Parameters:
    """The parameters as fitted."""
    table = json.loads((Path(__file__).parent / "support.json").read_text(encoding="utf-8"))
    return Parameters(**table["parameters"])


def weigh(claim: str, source_text: str) -> Evidence:
    """The evidence for a claim in a document; pure language, so that a reader can see why."""
    told, document = parse(claim), _read(source_text)
    source = document.parsed
    nearest = [parse(document.sentences[row]) for row in _nearest(told, document)]
    lost = [
        *_numbers_missing(told, source),
        *dates_missing(told, [source]),
        *_names_missing(told, source),
        *negations_added(told, nearest, reach=NEGATED),
    ]
    known = [(token.word, held) for token, held in _known(told, source, lost) if token.word not in STOPWORDS]
    return Evidence(
        pairs=_share(list(pairwise(stem(token.word) for token in told.tokens)), document.pairs),
        known=sum(held for _, held in known) / len(known) if known else 0.0,
        own=_longest_own(known),
        strangers=tuple(_strangers(told, document)),
        lost=tuple(dict.fromkeys(each.text for each in lost)),
        turned=opposites(told, nearest),
    )


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
    stems: tuple[frozenset[str], ...]
    pairs: frozenset[tuple[str, str]]


@lru_cache(maxsize=16)
def _read(source_text: str) -> _Document:
    sentences = tuple(source_text[start:end] for start, end in split_sentences(source_text))
    stems = [[stem(word) for word in words(sentence)] for sentence in sentences]
    return _Document(
        parsed=parse(source_text),
        sentences=sentences,
        stems=tuple(map(frozenset, stems)),
        pairs=frozenset(pair for each in stems for pair in pairwise(each)),
    )


def _share(wanted: Sequence[Hashable], known: Set[Hashable]) -> float:
    return sum(one in known for one in wanted) / len(wanted) if wanted else 0.0


def _longest_own(known: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
    """The longest run of content words that the document does not have."""
    runs = (tuple(word for word, _ in run) for held, run in groupby(known, key=lambda pair: pair[1]) if not held)
    return max(runs, key=len, default=())


def _numbers_missing(told: Parsed, source: Parsed) -> list[Missing]:
    """Figures that the document does not have. To round one ("about 870") is no strike."""
    missing = numbers_missing(told, [source])
    return [each for each in missing if each.kind == "number" or not each.text.startswith(("about ", "nearly "))]


def _names_missing(told: Parsed, source: Parsed) -> list[Missing]:
    """Names, and other capitalised words inside a sentence, with a word that the document does not have."""
    known = {stem(token.word) for token in source.tokens}
    countries = {country_of(name.text) for name in source.names} - {None}
    found = [missing.text for missing in names_missing(told, [source])]
    found += [word for word in capitalised_inside(told.plain) if not any(word in name.text for name in told.names)]
    return [
        Missing(kind="name", text=name)
        for name in dict.fromkeys(found)
        if any(stem(word) not in known for word in words(name)) and country_of(name) not in countries
    ]


def _nearest(told: Parsed, document: _Document) -> list[int]:
    """The rows of the sentences that have most of the claim's content words."""
    content = {stem(token.word) for token in told.tokens if token.word not in STOPWORDS}
    ranked = sorted(range(len(document.stems)), key=lambda row: (-len(content & document.stems[row]), row))
    return ranked[:NEAREST]


def _strangers(told: Parsed, document: _Document) -> Iterator[str]:
    """Names that the document has, but in no sentence beside the words that stand beside them here."""
    anywhere = frozenset().union(*document.stems)
    for name in told.names:
        own = [stem(word) for word in words(name.text) if word not in STOPWORDS]
        if not own or own[-1] not in anywhere:
            continue
        place = token_at(told.tokens, name.start)
        near = told.tokens[max(0, place - COMPANY) : place + COMPANY + 1]
        company = [stem(token.word) for token in near if token.word not in STOPWORDS]
        company = [word for word in company if word not in own and word in anywhere]
        homes = [known for known in document.stems if own[-1] in known]
        if company and max(_share(company, known) for known in homes) < STRANGER:
            yield name.text


def doubts(evidence: Evidence) -> tuple[str, ...]:
    """What makes a claim's wording fail, in its own words; empty when the wording holds."""
    if wording_score(evidence) >= 0.5:
        return ()
    named: Mapping[str, None] = dict.fromkeys([*evidence.strangers, " ".join(evidence.own)])
    return tuple(name for name in named if name) or ("its wording",)
