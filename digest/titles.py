"""The title of a story, chosen from its articles' own titles as a neutral desk editor would, and only trimmed.

Every word of the result stands, in the same order, in one of the titles. Candidates are the cleaned titles and their
shorter forms (a label, a background clause or a teaser cut off); a linear ranker picks one. Its weights are fitted by
benchmarks/fit_titles.py and ship in titles.json, with their origin.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from digest.language.headlines import title_candidates, without_shouting
from digest.language.sentences import split_sentences
from digest.language.shared_order import ReadLine, f_measure, in_order, read_line
from digest.language.words import content_stems, normalise, words

USUAL_WORDS = 9  # the mean of the editors' headlines in the development stories
LEAD_CHARACTERS = 400  # of an article's text: what its first two or three sentences say is what its title is about
FIRST_CHARACTERS = 600  # its first sentence ends before
MOST_COMPARED = 50  # titles of one story; the time to choose one is not to grow with the square of its articles

_QUOTE_MARK = re.compile(r"(?<!\w)['\"]|\"")


def story_title(titles: Sequence[str], *, texts: Sequence[str] = (), outlets: Sequence[str] = ()) -> str | None:
    """Return the story's title, at most `headline_forms.MAX_WORDS` words, or None when no article has a usable one.

    `texts[i]` is the text of the article of `titles[i]` (its first sentences are read), `outlets` the names that may
    hang on a title. The result does not depend on the order of the articles.
    """
    candidates = title_candidates(titles, outlets=outlets)
    if not candidates:
        return None
    story = read_story(titles, texts)
    weights = _weights()
    scored = [(rank_score(title_features(form, story), weights), form) for form in candidates]
    best = min(scored, key=lambda pair: (-pair[0], pair[1]))[1]
    return without_shouting(best, texts)


# --- ranking ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWords:
    """How many titles and leads have each word (by its stem), the words of two titles or more, and lines to compare."""

    titles: Mapping[str, int]
    leads: Mapping[str, int]
    shared: frozenset[str]
    title_lines: tuple[ReadLine, ...]
    first_lines: tuple[ReadLine, ...]


def read_story(titles: Sequence[str], texts: Sequence[str]) -> StoryWords:
    """Read the titles and what opens the texts; words are counted once per article."""
    leads = [text[:LEAD_CHARACTERS] for text in texts]
    told = Counter(word for title in titles for word in set(content_stems(title)))
    return StoryWords(
        titles=told,
        leads=Counter(word for lead in leads for word in set(content_stems(lead))),
        shared=frozenset(word for word, count in told.items() if count > 1),
        title_lines=tuple(read_line(title) for title in _compared(titles)),
        first_lines=tuple(read_line(_first_sentence(text)) for text in _compared(texts)),
    )


def _compared(texts: Sequence[str]) -> list[str]:
    """The texts, or some from all through a large story's, in an order of their own: sums of fractions depend on it."""
    return sorted(texts)[:: len(texts) // MOST_COMPARED + 1]


def _first_sentence(text: str) -> str:
    opening = text[:FIRST_CHARACTERS]
    spans = split_sentences(opening)
    return opening[slice(*spans[0])] if spans else ""


FEATURES = (
    "titles_words",
    "titles_pairs",
    "titles_order",
    "firsts_words",
    "firsts_order",
    "firsts_pairs",
    "covered",
    "unshared",
    "length",
    "short",
    "function_words",
    "quotation",
)


def title_features(form: str, story: StoryWords) -> tuple[float, ...]:
    """Return the features of a candidate, in the order of FEATURES."""
    return (*_beside_others(read_line(form), story), *_words_shared(form, story), *_manner(form))


def _beside_others(line: ReadLine, story: StoryWords) -> tuple[float, ...]:
    """How much of the candidate the story's other titles and first sentences have."""
    size, pairs = max(len(line.stems), 1), max(len(line.pairs), 1)
    titles, firsts = story.title_lines, story.first_lines
    kinds = line.places.keys()
    return (
        _mean_but_best([f_measure(len(kinds & one.places.keys()), len(kinds), len(one.places)) for one in titles]),
        _mean_but_best([f_measure(len(line.pairs & one.pairs), len(line.pairs), len(one.pairs)) for one in titles]),
        _mean_but_best([f_measure(in_order(line.stems, one), len(line.stems), len(one.stems)) for one in titles]),
        _mean([sum(word in one.places for word in line.stems) / size for one in firsts]),
        _mean([in_order(line.stems, one) / size for one in firsts]),
        _mean_but_best([len(line.pairs & one.pairs) / pairs for one in firsts]),
    )


def _words_shared(form: str, story: StoryWords) -> tuple[float, ...]:
    content = content_stems(form)
    alone = [story.titles.get(word, 1) <= 1 and story.leads.get(word, 0) <= 1 for word in content]
    return (len(story.shared & set(content)) / max(len(story.shared), 1), _mean([float(one) for one in alone]))


def _manner(form: str) -> tuple[float, ...]:
    spoken, count = words(form), len(form.split())
    return (
        abs(count - USUAL_WORDS) / USUAL_WORDS,
        max(USUAL_WORDS - 2 - count, 0) / USUAL_WORDS,
        1 - len(content_stems(form)) / max(len(spoken), 1),
        float(_QUOTE_MARK.search(normalise(form)) is not None),
    )


def rank_score(features: Sequence[float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of the features; higher is the better title."""
    return sum(weights[name] * value for name, value in zip(FEATURES, features, strict=True))


@cache
def _weights() -> dict[str, float]:
    table = json.loads(resources.files("digest").joinpath("titles.json").read_text(encoding="utf-8"))
    return {name: float(table["weights"][name]) for name in FEATURES}


def _mean_but_best(values: Sequence[float]) -> float:
    """The mean without the highest value, which is mostly that of the candidate's own article; 0 for one article."""
    return (sum(values) - max(values)) / (len(values) - 1) if len(values) > 1 else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
