"""The single tasks that speed.py times in processes of their own; each prints one JSON object.

python benchmarks/speed_jobs.py encode digest|library ARTICLES.jsonl
python benchmarks/speed_jobs.py cluster digest|community_detection|BERTopic STATEMENTS
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

ENCODED = 1_500  # sentences; the longer leads of articles are left out for both
PARAMETERS = 10_621_440  # of MiniLM's layers that every token goes through: two operations each
DIMENSION = 384


def _timed(work: Callable[[], object]) -> tuple[object, float, float]:
    wall, cpu = time.perf_counter(), _processor_time()
    result = work()
    return result, time.perf_counter() - wall, _processor_time() - cpu


def _processor_time() -> float:
    """User and system seconds of this process and of the processes that it has waited for."""
    return sum(os.times()[:4])


# --- encoding ---------------------------------------------------------------------------------------------------------


def encode(name: str, path: str) -> dict[str, float]:
    """Encode some sentences of the articles; also how fast this machine multiplies matrices."""
    from digest.config import EmbeddingsConfig
    from digest.embeddings import load_encoder

    texts = _sentences(path)
    ours = load_encoder(EmbeddingsConfig(device="cpu"))
    tokens = sum(ours._model.prepare(texts)[1])
    run = ours.encode if name == "digest" else _library()
    run(texts[:64])
    _, wall, cpu = _timed(lambda: run(texts))
    flops = 2 * PARAMETERS * tokens
    return {"texts": len(texts), "wall": wall, "cpu": cpu, "gflops": flops / wall / 1e9, "matrix_gflops": _products()}


def _library() -> Callable[[list[str]], object]:
    from sentence_transformers import SentenceTransformer

    from digest.embeddings.packaged import packaged_model_folder

    return SentenceTransformer(str(packaged_model_folder()), device="cpu").encode


def _products() -> float:
    """GFLOP/s of the product that takes most of an encoding's time, best of five, in the same numbers."""
    import torch

    from digest.devices import choose_dtype, cpu_flags

    kind = getattr(torch, choose_dtype("cpu", cpu_flags()))
    rows, weights = torch.ones(4096, DIMENSION, dtype=kind), torch.ones(4 * DIMENSION, DIMENSION, dtype=kind)
    best = min(_timed(lambda: torch.nn.functional.linear(rows, weights))[1] for _ in range(5))
    return 2 * 4096 * 4 * DIMENSION * DIMENSION / best / 1e9


def _sentences(path: str) -> list[str]:
    """Sentences from all over the articles, each once."""
    from digest.config import StatementsConfig
    from digest.models import Article
    from digest.statements import extract_statements

    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    articles = [Article(id=str(number), title="", text=row["text"]) for number, row in enumerate(rows)]
    found = [one.text for article in articles for one in extract_statements(article, StatementsConfig()).statements]
    texts = sorted(set(found), key=lambda text: zlib.crc32(text.encode()))
    return texts[:ENCODED]


# --- clustering -------------------------------------------------------------------------------------------------------


def cluster(name: str, size: str) -> dict[str, float]:
    """Cluster invented statements whose vectors are sums of a random vector per word."""
    from benchmarks.invented import invented_articles
    from digest.config import StatementsConfig, TopicsConfig
    from digest.engines import open_engine
    from digest.statements import extract_statements
    from digest.topics import cluster_statements

    articles = {one.id: one for one in invented_articles(int(size) // 20)}
    cut = [s for one in articles.values() for s in extract_statements(one, StatementsConfig()).statements][: int(size)]
    told = {statement.article_id for statement in cut}
    articles = {key: one for key, one in articles.items() if key in told}
    vectors = _vectors([statement.text for statement in cut])
    if name == "digest":

        def run() -> np.ndarray:
            with open_engine("local") as each:  # as `digest run` does
                return cluster_statements(cut, articles, vectors, {}, config=TopicsConfig(), each=each).labels

        labels, wall, cpu = _timed(run)
        return {"wall": wall, "cpu": cpu, "topics": int(labels.max()) + 1}
    found, wall, cpu = _timed(_peer(name, [statement.text for statement in cut], vectors))
    return {"wall": wall, "cpu": cpu, "topics": len(found)}


def _peer(name: str, texts: list[str], vectors: np.ndarray) -> Callable[[], object]:
    if name == "community_detection":
        from sentence_transformers.util import community_detection

        return lambda: community_detection(vectors, threshold=0.6, min_community_size=1)
    from bertopic import BERTopic

    model = BERTopic(min_topic_size=2, calculate_probabilities=False)
    return lambda: set(model.fit_transform(texts, vectors)[0])


def _vectors(texts: list[str]) -> np.ndarray:
    known: dict[str, np.ndarray] = {}
    rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().split():
            if word not in known:
                numbers = np.random.default_rng(zlib.crc32(word.encode()))
                known[word] = numbers.standard_normal(DIMENSION).astype(np.float32)
            rows[row] += known[word]
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


if __name__ == "__main__":
    print(json.dumps({"encode": encode, "cluster": cluster}[sys.argv[1]](*sys.argv[2:])))
