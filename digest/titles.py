"""The title of a story, chosen from its articles' own titles as a neutral desk editor would, and only trimmed.

Every word of the result stands, in the same order, in one of the titles. Candidates are the cleaned titles and their
shorter forms (a label, a background clause or a teaser cut off); a linear ranker picks one. Its weights are fitted by
benchmarks/fit_titles.py and ship in titles.json, with their origin.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from digest.language.words import content_words, normalise, words

MAX_WORDS = 12
MIN_WORDS = 3
LEAD_CHARACTERS = 400  # of an article's text: what its first two or three sentences say is what its title is about

MAX_CHARACTERS = 300  # no outlet writes longer titles; a longer text is cut before anything looks at it

_OUTLET_WORDS = frozenset(
    """news times post reuters bbc cnn ap afp npr guardian journal herald tribune telegraph chronicle gazette daily
    politico axios bloomberg magazine press today online radio tv observer independent examiner""".split()
)
_LAST_DASH = re.compile(r"\s-{1,2}\s(?=[^-]*$)")
_LAST_BAR = re.compile(r"\s*\|(?=[^|]*$)")
_SITE = re.compile(r"[\w-]{2,40}\.[a-z]{2,6}$")
_LABEL = re.compile(
    r"^\s*(?:\[[^\]]{1,30}\]\s*"
    r"|(?:update|refile|corrected|wrapup|rpt)\s*\d*\s*[-:]\s*"
    r"|(?:live(?: updates?| blog)?|watch(?: live)?|video|photos?|pictures|listen|podcast|breaking(?: news)?|exclusive|"
    r"just in|developing|opinion|op-ed|editorial|commentary|column|analysis|explainer|explained|factbox|fact check|"
    r"in depth|in brief|perspectives?|review|letters?|the memo|timeline|q&a|morning briefing|must[- ]read)"
    r"\s*(?::|\||\s-\s)\s*)",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"^(?:but |and |so )?(?:here ?'?s |here is |here are |this is |that'?s |you won'?t believe|what (?:we|you|to) |"
    r"why |how |could |can |will |would |should |is |are |do |does |did |has |have |read |see |find out|keep |don'?t |"
    r"let'?s |we |it'?s |i )|\?$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9'\"][.?!])\s+(?=['\"]?[A-Z])")
# A clause that gives the background. Never one that limits the claim ("if", "unless", "but", "except", "without").
_BACKGROUND = re.compile(
    r"(?:\s*[,;]|\s+-)?\s+(?:as|after|amid|while|following|ahead of|before|despite|even as|in wake of|"
    r"in the wake of|citing)\s",
    re.IGNORECASE,
)
_SEMICOLON = re.compile(r"\s*;\s+")
_SPEAKER_ROLES = frozenset(
    """report reports poll study sources source chief head official officials minister president spokesman spokeswoman
    governor senator mayor court judge police expert experts memo survey review review""".split()
)
_OPINION = frozenset(
    """shocking stunning outrageous disgraceful brilliant disastrous horrific bombshell insane incredible unbelievable
    amazing slams blasts rips destroys hysteria woke mess debacle shameful absurd ridiculous finally actually really
    totally literally just slam blast rip""".split()
)
_FIRST_PERSON = frozenset("i we my our us me you your".split())


def story_title(
    titles: Sequence[str], *, texts: Sequence[str] = (), outlets: Sequence[str] = (), max_words: int = MAX_WORDS
) -> str | None:
    """Return the story's title, at most `max_words` words, or None when no article has a usable one.

    `texts[i]` is the text of the article of `titles[i]` (its first sentences are read), `outlets` the names that may
    hang on a title. The result does not depend on the order of the articles.
    """
    candidates = title_candidates(titles, outlets=outlets, max_words=max_words)
    if not candidates:
        return None
    story = read_story(titles, texts)
    weights = _weights()
    scored = [(rank_score(title_features(form, story), weights), form) for form in candidates]
    return min(scored, key=lambda pair: (-pair[0], pair[1]))[1]


# --- candidates ---------------------------------------------------------------------------------------------------


def title_candidates(
    titles: Sequence[str], *, outlets: Sequence[str] = (), max_words: int = MAX_WORDS
) -> list[str]:
    """Return every form of every title that is short enough, sorted, each once."""
    forms = {form for title in titles for form in _forms(clean_title(title, outlets=outlets))}
    return sorted(form for form in forms if MIN_WORDS <= len(form.split()) <= max_words)


def clean_title(title: str, *, outlets: Sequence[str] = ()) -> str:
    """Return the title without outlet names, labels ("LIVE:", "UPDATE 1-") and teaser sentences."""
    text = " ".join(title[:MAX_CHARACTERS].split())
    for outlet in outlets:
        for mark in (" - ", " | ", " – ", " — "):
            text = text.removesuffix(f"{mark}{outlet}")
    while (label := _LABEL.match(normalise(text))) and label.end() < len(text):
        text = text[label.end() :]
    return _without_teasers(_without_outlet(text)).strip()


def _without_outlet(text: str) -> str:
    """Cut " | Meridian" whatever it says, " - The Daily Ledger" when it looks like an outlet."""
    plain = normalise(text)
    bar = _LAST_BAR.search(plain)
    if bar and bar.start() > len(plain) / 2:
        return _without_outlet(text[: bar.start()])
    dash = _LAST_DASH.search(plain)
    if dash and dash.start() and _is_outlet(plain[dash.end() :]):
        return text[: dash.start()]
    return text


def _is_outlet(tail: str) -> bool:
    parts = tail.split()
    named = any(part.lower() in _OUTLET_WORDS for part in parts) and all(part[0].isupper() for part in parts)
    return len(parts) <= 5 and (named or (len(parts) == 1 and _SITE.match(tail) is not None))


def _without_teasers(text: str) -> str:
    sentences = _sentences(text)
    plain = [sentence for sentence in sentences if not _TEASER.search(normalise(sentence))]
    return " ".join(plain or sentences[:1])


def _sentences(text: str) -> list[str]:
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(normalise(text))), len(text)]
    return [text[start:end].strip() for start, end in pairwise(cuts)]


def _forms(title: str) -> Iterator[str]:
    """Yield the title and its shorter forms, without a final full stop."""
    wholes = {title, *_sentences(title)}
    wholes |= {part for whole in wholes for part in _without_topic_label(whole)}
    for whole in sorted(wholes):
        yield _tidy(whole)
        plain = normalise(whole)
        for pattern in (_BACKGROUND, _SEMICOLON):
            for match in pattern.finditer(plain):
                head = whole[: match.start()]
                if _balanced(head):
                    yield _tidy(head)
        for match in _SEMICOLON.finditer(plain):
            yield _tidy(whole[match.end() :])


def _without_topic_label(title: str) -> Iterator[str]:
    """Yield "Wildfires rage in the west" for "US heatwave: Wildfires rage in the west"; a speaker is never cut."""
    label, colon, rest = title.partition(": ")
    last = label.split()[-1] if label.split() else ""
    if colon and last.islower() and last not in _SPEAKER_ROLES and not normalise(rest).startswith(("'", '"')):
        yield rest


def _tidy(form: str) -> str:
    text = form.strip().rstrip(" ,;:-–—")
    if text.endswith(".") and not re.search(r"(?:\b[A-Za-z]|\b(?:Fla|Jr|Sr|Inc|Co|Corp|Ltd|Md|Va|Pa|St|Dr))\.$", text):
        text = text[:-1]
    return text[:1].upper() + text[1:]


def _balanced(text: str) -> bool:
    opened = text.count("‘") + text.count("“")
    closed = text.count("’") + text.count("”")
    straight = len(re.findall(r"(?<!\w)'|'(?!\w)", text)) % 2 == 0 and text.count('"') % 2 == 0
    return straight and opened <= closed


# --- ranking ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoryWords:
    """How many of the story's titles, and of its leads, hold each content word; and how many there are."""

    titles: Mapping[str, int]
    leads: Mapping[str, int]
    articles: int


def read_story(titles: Sequence[str], texts: Sequence[str]) -> StoryWords:
    """Count the content words of the titles and of the first sentences of the texts, once per article."""
    return StoryWords(
        Counter(word for title in titles for word in set(content_words(title))),
        Counter(word for text in texts for word in set(content_words(text[:LEAD_CHARACTERS]))),
        max(len(titles), 1),
    )


FEATURES = (
    "shared_titles",
    "shared_leads",
    "covered",
    "length",
    "short",
    "question",
    "how_or_why",
    "quotation",
    "opinion",
    "first_person",
    "colon",
    "comma",
    "function_words",
    "unshared",
)


def title_features(form: str, story: StoryWords) -> tuple[float, ...]:
    """Return the features of a candidate, in the order of FEATURES."""
    plain, spoken, content = normalise(form), words(form), content_words(form)
    others = max(story.articles - 1, 1)
    in_titles = [max(story.titles.get(word, 1) - 1, 0) / others for word in content]
    in_leads = [story.leads.get(word, 0) / story.articles for word in content]
    count = len(form.split())
    shared = {word for word, titles in story.titles.items() if titles > 1}
    return (
        _mean(in_titles),
        _mean(in_leads),
        len(shared & set(content)) / max(len(shared), 1),
        abs(count - 9) / 9,
        max(7 - count, 0) / 7,
        float("?" in plain),
        float(bool(re.match(r"(?:how|why|what|when|who|here|this|these|is|are|will|can|could|to)\b", plain, re.I))),
        float(bool(re.search(r"(?<!\w)['\"]|[\"]", plain))),
        float(any(word in _OPINION for word in spoken)),
        float(any(word in _FIRST_PERSON for word in spoken)),
        float(":" in plain),
        float("," in plain),
        1 - len(content) / max(len(spoken), 1),
        _mean([float(not title and not lead) for title, lead in zip(in_titles, in_leads, strict=True)]),
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
