"""Fit the same-statement judge and write digest/topics/judge.json.

    python benchmarks/fit_judge.py --data DIR [--vectors CACHE]

DIR holds ecbplus_sentences.jsonl and ecbplus_docs.jsonl. Only this script needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from digest.config import EmbeddingsConfig, TopicsConfig
from digest.embeddings.encoder import load_encoder
from digest.models import Article, Statement
from digest.topics.features import FEATURES, pair_features
from digest.topics.neighbours import neighbour_pairs
from digest.topics.statements import evidence_for
from digest.topics.stories import article_text_for_encoding

TREES, DEPTH, RATE, LEAF = 60, 3, 0.1, 100


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def article_of(row: dict) -> Article:
    return Article(id=row["doc_id"], title=row.get("title") or "", text=row["text"])


def statement_of(row: dict, number: int) -> Statement:
    text = row["text"]
    return Statement(
        id=f"s{number:06d}", article_id=row["doc_id"], start=0, end=len(text), text=text, position=row["sent"]
    )


def export(model, start: float) -> dict:
    """A fitted HistGradientBoostingClassifier as plain lists, values rounded to what matters."""
    trees = []
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            {
                "feature": [
                    -1 if is_leaf else int(f) for is_leaf, f in zip(leaf, nodes["feature_idx"], strict=True)
                ],
                "threshold": [
                    0.0 if is_leaf else round(float(t), 5)
                    for is_leaf, t in zip(leaf, nodes["num_threshold"], strict=True)
                ],
                "missing_left": [int(value) for value in nodes["missing_go_to_left"]],
                "left": [int(value) for value in nodes["left"]],
                "right": [int(value) for value in nodes["right"]],
                "value": [round(float(value), 5) for value in nodes["value"]],
            }
        )
    return {"features": list(FEATURES), "start": start, "trees": trees}


def fit(features: np.ndarray, same: np.ndarray) -> dict:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_depth=DEPTH,
        learning_rate=RATE,
        min_samples_leaf=LEAF,
        random_state=0,
        early_stopping=False,
    ).fit(features, same)
    return export(model, round(float(np.ravel(model._baseline_prediction)[0]), 5))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("digest/topics/judge.json"))
    options = parser.parse_args()
    rows = [row for row in rows_of(options.data / "ecbplus_sentences.jsonl") if row["statement_id"]]
    articles = {row["doc_id"]: article_of(row) for row in rows_of(options.data / "ecbplus_docs.jsonl")}
    encoder = load_encoder(EmbeddingsConfig())
    statements = [statement_of(row, number) for number, row in enumerate(rows)]
    vectors = encoder.encode([row["text"] for row in rows])
    keys = sorted(articles)
    encoded = encoder.encode([article_text_for_encoding(articles[key]) for key in keys])
    evidence = evidence_for(statements, articles, vectors, dict(zip(keys, encoded, strict=True)))
    pairs = neighbour_pairs(vectors, neighbours=TopicsConfig().neighbours * 2)
    label = np.array([row["statement_id"] for row in rows])
    table = fit(pair_features(evidence, pairs), label[pairs[:, 0]] == label[pairs[:, 1]])
    options.out.write_text(json.dumps(table) + "\n", encoding="utf-8")
    print(f"{len(pairs)} pairs; wrote {options.out}")


if __name__ == "__main__":
    main()
