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

from digest.language.headlines import judges, title_candidates, without_shouting
from digest.language.names import find_names
from digest.language.words import content_stems, normalise, stem, words

USUAL_WORDS = 9  # the mean of the editors' headlines in the development stories
LEAD_CHARACTERS = 400  # of an article's text: what its first two or three sentences say is what its title is about
FIRST_CHARACTERS = 180  # its first sentence, about
JUDGES = 0.08  # what a loaded word costs a title: it wins only where the others tell clearly less

_FIRST_PERSON = frozenset("i we my our us me you your".split())
_QUOTE_MARK = re.compile(r"(?<!\w)['\"]|\"")


def story_title(titles: Sequence[str], *, texts: Sequence[str] = (), outlets: Sequence[str] = ()) -> str | None:
    """Return the story's title, at most `headlines.MAX_WORDS` words, or None when no article has a usable one.

    `texts[i]` is the text of the article of `titles[i]` (its first sentences are read), `outlets` the names that may
    hang on a title. The result does not depend on the order of the articles.
    """
    candidates = title_candidates(titles, outlets=outlets)
    if not candidates:
        return None
    story = read_story(titles, texts)
    weights = _weights()
    scored = [(rank_score(title_features(form, story), weights) - JUDGES * judges(form), form) for form in candidates]
    best = min(scored, key=lambda pair: (-pair[0], pair[1]))[1]
    return without_shouting(best, texts)


# --- ranking ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoryWords:
    """How many of the story's titles, leads and first sentences hold each word (by its stem)."""

    titles: Mapping[str, int]
    leads: Mapping[str, int]
    firsts: Mapping[str, int]
    names: Mapping[str, int]
    articles: int


def read_story(titles: Sequence[str], texts: Sequence[str]) -> StoryWords:
    """Count the content words of the titles and of the first sentences of the texts, once per article."""
    return StoryWords(
        Counter(word for title in titles for word in set(content_stems(title))),
        Counter(word for text in texts for word in set(content_stems(text[:LEAD_CHARACTERS]))),
        Counter(word for text in texts for word in set(content_stems(text[:FIRST_CHARACTERS]))),
        Counter(word for text in texts for word in _name_words(text[:LEAD_CHARACTERS])),
        max(len(titles), 1),
    )


def _name_words(text: str) -> set[str]:
    return {stem(word) for name in find_names(text) for word in words(name.text)}


FEATURES = (
    "shared_titles",
    "shared_leads",
    "shared_firsts",
    "names",
    "covered",
    "length",
    "short",
    "quotation",
    "first_person",
    "function_words",
    "unshared",
)


def title_features(form: str, story: StoryWords) -> tuple[float, ...]:
    """Return the features of a candidate, in the order of FEATURES."""
    spoken, content = words(form), content_stems(form)
    others = max(story.articles - 1, 1)
    in_titles = [max(story.titles.get(word, 1) - 1, 0) / others for word in content]
    in_leads = [story.leads.get(word, 0) / story.articles for word in content]
    count = len(form.split())
    shared = {word for word, titles in story.titles.items() if titles > 1}
    alone = [not title and lead * story.articles <= 1 for title, lead in zip(in_titles, in_leads, strict=True)]
    return (
        _mean(in_titles),
        _mean(in_leads),
        _mean([story.firsts.get(word, 0) / story.articles for word in content]),
        sum(story.names.get(word, 0) for word in set(content)) / (story.articles * max(len(spoken), 1)),
        len(shared & set(content)) / max(len(shared), 1),
        abs(count - USUAL_WORDS) / USUAL_WORDS,
        max(USUAL_WORDS - 2 - count, 0) / USUAL_WORDS,
        float(_QUOTE_MARK.search(normalise(form)) is not None),
        float(any(word in _FIRST_PERSON for word in spoken)),
        1 - len(content) / max(len(spoken), 1),
        _mean([float(one) for one in alone]),
    )


def rank_score(features: Sequence[float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of the features; higher is the better title."""
    return sum(weights[name] * value for name, value in zip(FEATURES, features, strict=True))


@cache
def _weights() -> dict[str, float]:
    table = json.loads(resources.files("digest").joinpath("titles.json").read_text(encoding="utf-8"))
    return {name: float(table["weights"][name]) for name in FEATURES}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
