"""Claims with known labels, made from articles: true ones taken from an article, false ones altered in a known way.

faithfulness_news.jsonl holds one kind of claim alone: careful edits of one summary per document. A check fitted to it
would not know a claim about something else, nor a plain paraphrase. The rows made here hold those.

True: a sentence of the article (copy), a trimmed one (trim), both as one claim (several), the article's title (title),
a sentence as people shortened it (shortened), and one sentence of a pair that people judged equal (paraphrase); the
last two stand among sentences of others. False: the same with one thing altered (ALTERATIONS), such a one beside a true
one (one of several), a sentence or title of the most similar other article (foreign), and one of a pair that people
judged related at most (related). A title that says more than its article's text is a true row with a wrong label; there
are some.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from digest.language.antonyms import ANTONYMS
from digest.language.names import find_names
from digest.language.sentences import split_sentences
from digest.language.words import content_words, stem
from digest.summarize.trim import shorten

SEED = 11
ARTICLES = 400
PAIRS = 300
FEWEST_WORDS = 3  # of a title; a shorter one is no claim
SIMILAR = 5  # other articles from which false details are taken
EQUAL, RELATED = 4.5, (1.5, 3.0)  # of 5, in the scores of the sentence pairs
COMPANIONS = 4  # sentences of other pairs around the one that a paraphrase is held against

_AUXILIARY = re.compile(r"\b(?:is|was|are|were|has|have|had|will|would|can|could|did|does|should)\b")
_NOT = re.compile(r"\s+not\b|n't\b")
_LOWER = re.compile(r"\b[a-z]{4,}\b")
_JOINT = re.compile(r",? (?:after|because|while|as|when|before|since|but|and|who|amid|despite|with|for|in|on|by|to)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A claim beside its document; rows of one `group` (an article, a pair) stay together in cross-validation."""

    claim: str
    source_text: str
    label: bool
    kind: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Home:
    """An article and the texts of the most similar others."""

    title: str
    text: str
    sentences: tuple[str, ...]
    others: tuple[_Home, ...] = ()


def altered_rows(folder: Path) -> list[Row]:
    """All rows that the data in `folder` allow; the same folder gives the same rows."""
    chance = random.Random(SEED)
    return [*_from_articles(folder, chance), *_from_pairs(folder, chance), *_shortened(folder, chance)]


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


# --- articles ---------------------------------------------------------------------------------------------------------


def _from_articles(folder: Path, chance: random.Random) -> Iterator[Row]:
    found = [*_lines(folder / "neus_docs.jsonl"), *_lines(folder / "ecbplus_docs.jsonl")]
    events = [str(row.get("cluster_id") or row.get("subtopic_id")) for row in found]
    picked = sorted(chance.sample(range(len(found)), min(ARTICLES, len(found))))
    homes = [_home(str(found[row]["title"] or ""), str(found[row]["text"])) for row in picked]
    for home, row in zip(_with_others(homes, [events[row] for row in picked]), picked, strict=True):
        if home.sentences and home.others:
            yield from _rows(home, f"event {events[row]}", chance)


def _home(title: str, text: str) -> _Home:
    title = title if len(title.split()) > FEWEST_WORDS else ""
    return _Home(title=title, text=text, sentences=tuple(_sentences(text)))


def _sentences(text: str) -> Iterator[str]:
    for start, end in split_sentences(text):
        sentence = text[start:end].strip()
        if 8 <= len(sentence.split()) <= 45 and sentence[-1] in '.!?”"' and "..." not in sentence:
            yield sentence


def _with_others(homes: Sequence[_Home], events: Sequence[str]) -> list[_Home]:
    bags = [set(content_words(home.text)) for home in homes]
    counts = Counter(word for bag in bags for word in bag)
    rarity = {word: log(len(homes) / count) for word, count in counts.items()}
    weight = [1 + sum(rarity[word] for word in bag) for bag in bags]

    def others(row: int) -> tuple[_Home, ...]:
        near = sorted(
            (other for other in range(len(homes)) if events[other] != events[row]),
            key=lambda other: (-sum(rarity[word] for word in bags[row] & bags[other]) / weight[other], other),
        )
        return tuple(homes[other] for other in near[:SIMILAR])

    return [
        _Home(title=home.title, text=home.text, sentences=home.sentences, others=others(row))
        for row, home in enumerate(homes)
    ]


def _rows(home: _Home, group: str, chance: random.Random) -> Iterator[Row]:
    def row(kind: str, claim: str, label: bool) -> Row:
        return Row(claim=claim, source_text=home.text, label=label, kind=kind, group=group)

    copied = chance.choice(home.sentences)
    trims = [form.text for form in shorten(chance.choice(home.sentences), max_words=28) if form.cuts]
    false = []
    for kind, claim in (("title", home.title), ("copy", copied), ("trim", trims[0] if trims else "")):
        if claim:
            yield row(kind, claim, True)
            for name in chance.sample(sorted(ALTERATIONS), 2):
                made = ALTERATIONS[name](claim, home, chance)
                if made and made not in home.text:
                    false.append(made)
                    yield row(name, made, False)
    if trims:
        yield row("several", f"{copied} {trims[0]}", True)
    if false:
        yield row("one of several", f"{copied} {false[-1]}", False)
    other = chance.choice(home.others)
    if other.sentences:
        yield row("foreign sentence", other.sentences[0], False)
    if other.title:
        yield row("foreign title", other.title, False)


# --- alterations ------------------------------------------------------------------------------------------------------


def _name(claim: str, pool: Sequence[str], chance: random.Random) -> str | None:
    names = find_names(claim)
    fresh = sorted({name for name in pool if name not in claim})
    if not names or not fresh:
        return None
    old = chance.choice(names)
    return claim[: old.start] + chance.choice(fresh) + claim[old.end :]


def _name_inside(claim: str, home: _Home, chance: random.Random) -> str | None:
    return _name(claim, [name.text for name in find_names(home.text)], chance)


def _name_outside(claim: str, home: _Home, chance: random.Random) -> str | None:
    other = find_names(chance.choice(home.others).text)
    return _name(claim, [name.text for name in other if name.text.lower() not in home.text.lower()], chance)


def _roles(claim: str, home: _Home, chance: random.Random) -> str | None:
    names = find_names(claim)
    if len(names) < 2:
        return None
    first, second = sorted(chance.sample(names, 2), key=lambda name: name.start)
    return f"{claim[: first.start]}{second.text}{claim[first.end : second.start]}{first.text}{claim[second.end :]}"


def _number(claim: str, home: _Home, chance: random.Random) -> str | None:
    digits = list(re.finditer(r"\d", claim))
    if not digits:
        return None
    old = chance.choice(digits)
    return claim[: old.start()] + chance.choice([one for one in "123456789" if one != old.group()]) + claim[old.end() :]


def _negation(claim: str, home: _Home, chance: random.Random) -> str | None:
    if _NOT.search(claim):
        return _NOT.sub("", claim, count=1)
    found = list(_AUXILIARY.finditer(claim))
    place = chance.choice(found).end() if found else None
    return f"{claim[:place]} not{claim[place:]}" if place else None


def _opposite(claim: str, home: _Home, chance: random.Random) -> str | None:
    found = [match for match in _LOWER.finditer(claim) if ANTONYMS.get(stem(match.group()))]
    if not found:
        return None
    old = chance.choice(found)
    return claim[: old.start()] + chance.choice(sorted(ANTONYMS[stem(old.group())])) + claim[old.end() :]


def _word(claim: str, home: _Home, chance: random.Random) -> str | None:
    """A content word gives way to one of another article with the same ending."""
    found = [match for match in _LOWER.finditer(claim) if content_words(match.group())]
    if not found:
        return None
    old = chance.choice(found)
    pool = {word for other in home.others for word in _LOWER.findall(other.text) if word[-2:] == old.group()[-2:]}
    fresh = sorted(word for word in pool if word not in home.text)
    return claim[: old.start()] + chance.choice(fresh) + claim[old.end() :] if fresh else None


def _splice(claim: str, tail: str, chance: random.Random) -> str | None:
    """The claim to one of its joints, and the other sentence from one of its own."""
    ends = [match.start() for match in _JOINT.finditer(claim) if len(claim[: match.start()].split()) >= 4]
    starts = [match.start() for match in _JOINT.finditer(tail) if 4 <= len(tail[match.start() :].split()) <= 16]
    return claim[: chance.choice(ends)] + tail[chance.choice(starts) :] if ends and starts else None


def _splice_inside(claim: str, home: _Home, chance: random.Random) -> str | None:
    return _splice(claim, chance.choice(home.sentences), chance)


def _splice_outside(claim: str, home: _Home, chance: random.Random) -> str | None:
    pool = [sentence for other in home.others for sentence in other.sentences]
    return _splice(claim, chance.choice(pool), chance) if pool else None


ALTERATIONS: dict[str, Callable[[str, _Home, random.Random], str | None]] = {
    "name of the article": _name_inside,
    "name of another": _name_outside,
    "names exchanged": _roles,
    "number": _number,
    "negation": _negation,
    "opposite": _opposite,
    "word": _word,
    "clause of the article": _splice_inside,
    "clause of another": _splice_outside,
}


# --- pairs of sentences -----------------------------------------------------------------------------------------------


def _from_pairs(folder: Path, chance: random.Random) -> Iterator[Row]:
    pairs = [row for row in _lines(folder / "sentence_pairs.jsonl") if not str(row["set"]).startswith("sick")]
    pool = [_closed(str(row["a"])) for row in pairs]
    scored = [(float(str(row["score"])), row) for row in pairs if row.get("score") is not None]
    equal = [row for score, row in scored if score >= EQUAL and row["a"] != row["b"]]
    related = [row for score, row in scored if RELATED[0] <= score <= RELATED[1]]
    for kind, chosen in (("paraphrase", equal), ("related", related)):
        for row in chance.sample(chosen, min(PAIRS, len(chosen))):
            around = chance.sample(pool, COMPANIONS)
            text = "\n".join([*around[:2], _closed(str(row["a"])), *around[2:]])
            yield Row(
                claim=str(row["b"]), source_text=text, label=kind == "paraphrase", kind=kind, group=f"pair {row['id']}"
            )


def _shortened(folder: Path, chance: random.Random) -> Iterator[Row]:
    rows = _lines(folder / "compression.jsonl")
    pool = [str(row["text"]) for row in rows]
    for row in chance.sample(rows, min(PAIRS, len(rows))):
        around = chance.sample(pool, COMPANIONS)
        text = "\n".join([*around[:2], str(row["text"]), *around[2:]])
        forms = row["refs"]
        assert isinstance(forms, list)
        if len(forms[0].split()) > FEWEST_WORDS:
            yield Row(claim=forms[0], source_text=text, label=True, kind="shortened", group=f"short {row['id']}")


def _closed(sentence: str) -> str:
    return sentence if sentence.rstrip()[-1:] in ".!?" else f"{sentence.rstrip()}."
