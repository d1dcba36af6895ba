"""What a user could pick instead, scored in the same run on the same inputs.

Each peer takes a task's inputs and the shared tools and returns one value per row, as our own predictions do. A peer
whose library is not installed raises ImportError and is listed as skipped. The thresholds are the best of a grid on
the development half; the figure beside each is what it reached there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import metrics
from benchmarks.tasks.rows import Fields
from benchmarks.tools import Tools

Inputs = Sequence[Fields]
Predict = Callable[[Inputs, Tools], Sequence[Any]]
Matrix = NDArray[Any]

# Similarity thresholds, best of a grid of .025 (average linkage, TF-IDF) or .05 (community detection) from .05 to .95
# by B-cubed F1 on the development half. "stories" serves sets without a development half: the middle of the others.
AVERAGE = {"statements": 0.4, "agreement": 0.6, "stories_week": 0.65, "stories_ecb": 0.6, "stories": 0.625}
TFIDF = {"statements": 0.1, "agreement": 0.1, "stories_week": 0.15, "stories_ecb": 0.15, "stories": 0.15}
COMMUNITY = {"statements": 0.6, "agreement": 0.65, "stories_week": 0.65, "stories_ecb": 0.7, "stories": 0.65}
BERTOPIC_MIN_SIZE = 2  # the smallest it accepts; its outliers stay alone

JACCARD_COPY = 0.5  # word sets; F1 .99 on the development half, flat from .45 to .6
BIGRAM_SHARE = 0.4  # of the claim's bigrams found in the source
MMR_BALANCE = 0.7  # weight of relevance against redundancy
SUMMARY_WORDS = 120

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


# --- clusters ---------------------------------------------------------------------------------------------------------


def clustering(kind: str) -> dict[str, Predict]:
    """The four ways of clustering, with the thresholds of `kind`."""
    return {
        "MiniLM + average linkage": partial(_grouped, partial(_average, threshold=AVERAGE[kind])),
        "MiniLM + community_detection": partial(_grouped, partial(_community, threshold=COMMUNITY[kind])),
        "TF-IDF + average linkage": partial(_grouped, partial(_tfidf, threshold=TFIDF[kind])),
        "BERTopic": partial(_grouped, _bertopic),
    }


def _grouped(cluster: Callable[[list[str], Tools], Sequence[int]], inputs: Inputs, tools: Tools) -> list[str]:
    groups: dict[str, list[int]] = {}
    for row, fields in enumerate(inputs):
        groups.setdefault(fields.get("group", "all"), []).append(row)
    labels = [""] * len(inputs)
    for group, rows in sorted(groups.items()):
        found = cluster([_text_of(inputs[row]) for row in rows], tools) if len(rows) > 1 else [0]
        for row, label in zip(rows, found, strict=True):
            labels[row] = f"{group}:{label}"
    return labels


def _text_of(fields: Fields) -> str:
    if "article_text" in fields:
        return str(fields["text"])
    if "sentence" in fields:
        return str(fields["sentence"])
    return f"{fields['title']}. {fields['text']}" if fields.get("title") else str(fields["text"])


def _average(texts: list[str], tools: Tools, *, threshold: float) -> list[int]:
    vectors = tools.encode(texts)
    return _linkage(vectors @ vectors.T, threshold)


def _tfidf(texts: list[str], tools: Tools, *, threshold: float) -> list[int]:
    vectors = _tfidf_vectors(texts)
    return _linkage((vectors @ vectors.T).toarray(), threshold)


def _linkage(similarity: Matrix, threshold: float) -> list[int]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distance = np.clip(1 - (similarity + similarity.T) / 2, 0, 2)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    return [int(label) for label in fcluster(tree, 1 - threshold, "distance")]


def _tfidf_vectors(texts: list[str]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        return TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    except ValueError:  # nothing but stop words
        return TfidfVectorizer(sublinear_tf=True, token_pattern=r"\S+").fit_transform(texts)


def _community(texts: list[str], tools: Tools, *, threshold: float) -> list[int]:
    from sentence_transformers.util import community_detection

    found = community_detection(tools.encode(texts), threshold=threshold, min_community_size=1)
    labels = [0] * len(texts)
    for label, members in enumerate(found):
        for row in members:
            labels[row] = label
    return labels


def _bertopic(texts: list[str], tools: Tools) -> list[int]:
    from bertopic import BERTopic

    if len(texts) < 12:  # UMAP's neighbours and components need more rows than that
        return list(range(len(texts)))
    model = BERTopic(min_topic_size=BERTOPIC_MIN_SIZE, calculate_probabilities=False)
    topics, _ = model.fit_transform(texts, tools.encode(texts))
    return [topic if topic >= 0 else -1 - row for row, topic in enumerate(topics)]


# --- titles and summaries ---------------------------------------------------------------------------------------------


def central_title(inputs: Inputs, tools: Tools) -> list[str]:
    """The title with the highest mean cosine to the story's other titles."""
    tools.encode([article["title"] or "" for row in inputs for article in row["articles"]])  # in full batches
    return [_most_central([article["title"] or "" for article in row["articles"]], tools) for row in inputs]


def _most_central(titles: list[str], tools: Tools) -> str:
    vectors = tools.encode(titles)
    return titles[int(np.argmax((vectors @ vectors.T).sum(axis=1)))]


def two_leads(inputs: Inputs, tools: Tools) -> list[str]:
    """The first two sentences of each article, cut at 120 words."""
    return [_cut(" ".join(" ".join(_sentences(article["text"])[:2]) for article in row["articles"])) for row in inputs]


def centroid_mmr(inputs: Inputs, tools: Tools) -> list[str]:
    """Sentences by maximal marginal relevance (Carbonell and Goldstein 1998) to the story's mean vector."""
    stories = [[s for article in row["articles"] for s in _sentences(article["text"])] for row in inputs]
    tools.encode([sentence for story in stories for sentence in story])  # in full batches
    return [_mmr(story, tools) for story in stories]


def _mmr(sentences: list[str], tools: Tools) -> str:
    vectors = tools.encode(sentences)
    centroid = vectors.mean(axis=0)
    relevance = vectors @ (centroid / np.linalg.norm(centroid))
    chosen: list[int] = []
    left = list(range(len(sentences)))
    while left and sum(len(sentences[row].split()) for row in chosen) < SUMMARY_WORDS:
        best = max(left, key=lambda row: _marginal(vectors, relevance, chosen, row))
        chosen.append(best)
        left.remove(best)
    return _cut(" ".join(sentences[row] for row in chosen))


def _marginal(vectors: Matrix, relevance: Matrix, chosen: list[int], row: int) -> float:
    repeated = float((vectors[chosen] @ vectors[row]).max()) if chosen else 0.0
    return MMR_BALANCE * float(relevance[row]) - (1 - MMR_BALANCE) * repeated


def _cut(text: str) -> str:
    return " ".join(text.split()[:SUMMARY_WORDS])


def _sentences(text: str) -> list[str]:
    import sentencex as library

    return [part.strip() for line in text.split("\n") for part in library.segment("en", line) if part.strip()]


# --- pairs ------------------------------------------------------------------------------------------------------------


def jaccard_copies(inputs: Inputs, tools: Tools) -> list[bool]:
    """Jaccard similarity of the word sets, at a fixed threshold."""

    def jaccard(row: Fields) -> float:
        first, second = set(metrics.tokens(row["text_a"])), set(metrics.tokens(row["text_b"]))
        return len(first & second) / max(len(first | second), 1)

    return [jaccard(row) >= JACCARD_COPY for row in inputs]


def any_differing_number(inputs: Inputs, tools: Tools) -> list[bool]:
    """True when the two sentences do not hold the same numbers."""
    return [set(_NUMBER.findall(row["a"])) != set(_NUMBER.findall(row["b"])) for row in inputs]


def bigram_overlap(inputs: Inputs, tools: Tools) -> list[bool]:
    """True when enough of the claim's bigrams occur in the source."""
    return [bigram_share(row["source_text"], row["claim"]) >= BIGRAM_SHARE for row in inputs]


def bigram_share(source: str, claim: str) -> float:
    found, wanted = metrics.tokens(source), metrics.tokens(claim)
    known = set(pairwise(found))
    bigrams = list(pairwise(wanted))
    return sum(bigram in known for bigram in bigrams) / max(len(bigrams), 1)


def numbers_alone(inputs: Inputs, tools: Tools) -> list[bool]:
    """True when every number of the claim occurs in the source."""
    return [set(_NUMBER.findall(row["claim"])) <= set(_NUMBER.findall(row["source_text"])) for row in inputs]


def minilm_cosine(inputs: Inputs, tools: Tools) -> list[float]:
    """Cosine similarity of the two sentences' vectors."""
    first, second = tools.encode([row["a"] for row in inputs]), tools.encode([row["b"] for row in inputs])
    return [float(value) for value in (first * second).sum(axis=1)]


# --- sentences --------------------------------------------------------------------------------------------------------


def _split_with(split: Callable[[str], list[str]], inputs: Inputs) -> list[list[list[str]]]:
    return [[split(paragraph) for paragraph in row["paragraphs"]] for row in inputs]


def sentencex(inputs: Inputs, tools: Tools) -> list[list[list[str]]]:
    """The library sentencex."""
    import sentencex as library

    return _split_with(lambda text: list(library.segment("en", text)), inputs)


def blingfire(inputs: Inputs, tools: Tools) -> list[list[list[str]]]:
    """The library blingfire."""
    import blingfire as library

    return _split_with(lambda text: library.text_to_sentences(text).split("\n"), inputs)


def syntok(inputs: Inputs, tools: Tools) -> list[list[list[str]]]:
    """The library syntok."""
    from syntok.segmenter import analyze

    def split(text: str) -> list[str]:
        return [
            "".join(token.spacing + token.value for token in sentence)
            for paragraph in analyze(text)
            for sentence in paragraph
        ]

    return _split_with(split, inputs)


def pysbd(inputs: Inputs, tools: Tools) -> list[list[list[str]]]:
    """The library pysbd."""
    import pysbd as library

    return _split_with(library.Segmenter(language="en", clean=False).segment, inputs)
