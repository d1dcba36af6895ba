"""Whether an article argues rather than reports, from how it is written.

A logistic regression over the rates of a few kinds of words; weights in opinion.json, fitted by
benchmarks/fit_titles.py. It is used to mark a story, never to leave anything out.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from digest.language.words import normalise, words

READ_CHARACTERS = 1200  # the opening shows the kind of text
_PER_WORDS = 50  # rates are per so many words

_WE = frozenset("i we our us me my".split())
_YOU = frozenset("you your".split())
_OUGHT = frozenset("should must need ought".split())
_ARGUING = frozenset("not but if even so because too just never".split())
_IS = frozenset("is are has have".split())
_REPORTED = re.compile(r"\b(?:said|told|says|announced|according)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_ARGUING_TITLE = re.compile(r"(?:how|why|what|don't|no,|yes|the)\b", re.IGNORECASE)
_REPORTING_TITLE = re.compile(r"\b(?:says|said|to|announces|signs|reports?)\b", re.IGNORECASE)

FEATURES = (
    "we", "you", "ought", "arguing", "is", "reported", "weekday", "asks",
    "title_asks", "title_argues", "title_addresses", "title_reports",
)  # fmt: skip


def opinion_features(title: str, text: str) -> tuple[float, ...]:
    """Return the features of an article, in the order of FEATURES."""
    opening, head = normalise(text[:READ_CHARACTERS]), normalise(title)
    spoken, said = words(opening), frozenset(words(head))
    per = _PER_WORDS / max(len(spoken), 1)
    return (
        *(per * sum(word in kind for word in spoken) for kind in (_WE, _YOU, _OUGHT, _ARGUING, _IS)),
        per * len(_REPORTED.findall(opening)),
        per * len(_WEEKDAY.findall(opening)),
        float("?" in opening),
        float("?" in head),
        float(_ARGUING_TITLE.match(head) is not None),
        float(bool(said & (_WE | _YOU | _OUGHT))),
        float(_REPORTING_TITLE.search(head) is not None),
    )


def opinion_probability(title: str, text: str) -> float:
    """Return how likely the article is an opinion piece, between 0 and 1."""
    return _logistic(opinion_features(title, text))


def _logistic(features: Sequence[float]) -> float:
    weights = _weights()
    score = weights["start"] + sum(weights[name] * value for name, value in zip(FEATURES, features, strict=True))
    return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


@cache
def _weights() -> dict[str, float]:
    table = json.loads(resources.files("digest.language").joinpath("opinion.json").read_text(encoding="utf-8"))
    return {name: float(table["weights"][name]) for name in ("start", *FEATURES)}
