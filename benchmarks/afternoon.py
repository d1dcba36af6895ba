"""The script that somebody would put together in an afternoon, as a peer for the speed of the whole program.

Sentences by a regular expression, vectors by sentence-transformers' `encode` as it comes, clusters by its
`community_detection` (or by BERTopic), and of each cluster the sentence nearest its centroid. No sources, no copies, no
check, no page: what it leaves out costs it nothing.

    python benchmarks/afternoon.py ARTICLES.jsonl [community|bertopic]
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np


def main(articles: str, method: str = "community") -> None:
    from sentence_transformers import SentenceTransformer

    from digest.embeddings.packaged import packaged_model_folder

    texts = [json.loads(line)["text"] for line in Path(articles).read_text(encoding="utf-8").splitlines()]
    sentences = [part.strip() for text in texts for part in re.split(r"(?<=[.!?])\s+", text) if part.strip()]
    model = SentenceTransformer(str(packaged_model_folder()))
    vectors = model.encode(sentences)
    for members in clusters(method, sentences, vectors):
        centroid = vectors[members].mean(axis=0)
        print(sentences[members[int(np.argmax(vectors[members] @ centroid))]])


def clusters(method: str, sentences: list[str], vectors: np.ndarray) -> list[list[int]]:
    """The clusters of a method, each as rows."""
    if method == "community":
        from sentence_transformers.util import community_detection

        return community_detection(vectors, threshold=0.6, min_community_size=2)
    from bertopic import BERTopic

    topics, _ = BERTopic(min_topic_size=2, calculate_probabilities=False).fit_transform(sentences, vectors)
    return [[row for row, mine in enumerate(topics) if mine == topic] for topic in sorted(set(topics) - {-1})]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    main(*sys.argv[1:])
