"""Fit the judge of facts (digest/topics/judge_facts.json) on pairs labelled by hand.

    python benchmarks/fit_facts.py --data DIR [--cache FILE.npz] [--measure]

DIR holds neus_docs.jsonl and ecbplus_docs.jsonl. The labels are in benchmarks/labels/fact_pairs.jsonl, one story a
line: its statements as [document, start, end], `same` (groups of statements, by place, of which one line could cite
any two), `update` (pairs that give the same quantity otherwise) and `unrelated` (statements off the story's subject).
Two statements of different documents that share no group tell the same subject and another fact. The rubric is in
docs/judge.md.

With --measure it prints, and writes nothing: the pairs' average precision and the clusters' scores by threshold, on
stories left out in turn (fivefold over the stories of `split` "fit") and on those of `split` "test" by a judge fitted
without them, beside plain cosine. The judge that ships is fitted on all.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run from a checkout

from benchmarks.fit_judge import Encode, rows_of
from benchmarks.regression import regress
from benchmarks.tools import Tools
from digest.models import Statement
from digest.topics.cluster import cluster_rows
from digest.topics.features import ALONE_FEATURES, FEATURES, pair_features
from digest.topics.judge import FACTS, LinearJudge, judge_from
from digest.topics.neighbours import all_pairs
from digest.topics.statements import LINK_SHARE, Case, evidence_alone, judge_pairs

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "benchmarks" / "labels" / "fact_pairs.jsonl"
FOLDS = 5
# What can only speak for a pair (1) or only against it (-1); the rest may do either.
SIGNS = dict.fromkeys(("cosine", "words", "names", "deeds", "contained", "figures_shared", "same_actor", "order"), 1)
SIGNS |= {"figures_differ": -1, "polarity": -1}
ONE_DOCUMENT = 0.3  # weight of a pair of one document, whose label is a by-product: mostly two facts of one subject
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
ABOUT = "two statements, one fact; logistic regression on benchmarks/labels (NeuS, ECB+), see docs/judge.md"


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A story's statements as the judge sees them, all their pairs, and which of those are one fact.

    `apart` marks the pairs of two documents: only they were all looked at, and only they are scored.
    """

    name: str
    split: str
    case: Case
    pairs: np.ndarray
    features: np.ndarray
    same: np.ndarray
    apart: np.ndarray


def load(data: Path, encode: Encode) -> list[Labelled]:
    """The labelled stories, with the texts their offsets point to."""
    files = {name: {row["doc_id"]: row["text"] for row in rows_of(data / name)} for name in FILES}
    return [_labelled(row, files[row["file"]], encode) for row in rows_of(LABELS)]


FILES = ("neus_docs.jsonl", "ecbplus_docs.jsonl")


def _labelled(row: dict[str, Any], documents: dict[str, str], encode: Encode) -> Labelled:
    statements = [
        Statement(id=f"{place}", article_id=key, start=start, end=end, text=documents[key][start:end], position=place)
        for place, (key, start, end) in enumerate(row["statements"])
    ]
    evidence = evidence_alone(statements, encode([statement.text for statement in statements]))
    pairs = all_pairs(len(statements))
    one = {pair for group in row["same"] for pair in combinations(group, 2)} | {tuple(pair) for pair in row["update"]}
    features = pair_features(evidence, pairs)[:, [FEATURES.index(name) for name in ALONE_FEATURES]]
    article = evidence.article[pairs]
    return Labelled(
        name=row["story"],
        split=row["split"],
        case=Case(judge=judge_from({"start": 0.0, "weights": {}}), evidence=evidence, one_fact=True),
        pairs=pairs,
        features=np.asarray(features, dtype=np.float64),
        same=np.array([(left, right) in one for left, right in pairs.tolist()]),
        apart=article[:, 0] != article[:, 1],
    )


def fit(stories: Sequence[Labelled]) -> dict[str, Any]:
    """The judge's JSON form. A missing value stands at the mean, and adds what its absence is worth."""
    features = np.concatenate([story.features for story in stories])
    same = np.concatenate([story.same for story in stories])
    trust = np.concatenate([np.where(story.apart, 1.0, ONE_DOCUMENT) for story in stories])
    center, spread = np.nanmean(features, axis=0), np.nanstd(features, axis=0)
    absent = np.isnan(features)
    gaps = absent.any(axis=0)
    known = (np.where(absent, center, features) - center) / spread
    signs = [SIGNS.get(name, 0) for name in ALONE_FEATURES]
    start, weight = regress(np.hstack([known, absent[:, gaps]]), same, trust, signs)
    missing = np.zeros(len(center))
    missing[gaps] = weight[len(center) :]
    weights = {
        name: {"weight": round(float(w), 4), "center": round(float(c), 4), "missing": round(float(m), 4)}
        for name, w, c, m in zip(ALONE_FEATURES, weight[: len(center)] / spread, center, missing, strict=True)
    }
    return {"about": ABOUT, "start": round(start, 4), "weights": weights}


def write(table: dict[str, Any], path: Path) -> None:
    """As JSON with one feature a line."""
    head = json.dumps({key: value for key, value in table.items() if key != "weights"})
    weights = ",\n  ".join(f"{json.dumps(name)}: {json.dumps(one)}" for name, one in table["weights"].items())
    path.write_text(f'{head[:-1]}, "weights": {{\n  {weights}\n}}}}\n', encoding="utf-8")


# --- measuring ------------------------------------------------------------------------------------------------------


def measure(stories: Sequence[Labelled]) -> None:
    seen = [story for story in stories if story.split == "fit"]
    fold = {story.name: zlib.crc32(story.name.encode()) % FOLDS for story in seen}
    left_out = []
    for number in range(FOLDS):
        judge = judge_from(fit([story for story in seen if fold[story.name] != number]))
        left_out += [(story, _judged(story, judge)) for story in seen if fold[story.name] == number]
    judge = judge_from(fit(seen))
    test = [(story, _judged(story, judge)) for story in stories if story.split == "test"]
    for name, judged in (("left out in turn", left_out), ("test", test)):
        _print(f"{name}: the judge", judged)
        _print(
            f"{name}: cosine",
            [(story, story.features[:, 0].clip(0.0, 1.0)) for story, _ in judged],
            (0.5, 0.55, 0.6, 0.65, 0.7),
        )


def _judged(story: Labelled, judge: Any) -> np.ndarray:
    assert isinstance(judge, LinearJudge)
    return judge_pairs(Case(judge=judge, evidence=story.case.evidence, one_fact=True), story.pairs)


def _print(name: str, judged: Sequence[tuple[Labelled, np.ndarray]], thresholds: Sequence[float] = THRESHOLDS) -> None:
    from sklearn.metrics import average_precision_score

    same = np.concatenate([story.same[story.apart] for story, _ in judged])
    likely = np.concatenate([probability[story.apart] for story, probability in judged])
    print(f"{name}: {same.sum()} of {len(same)} pairs, average precision {average_precision_score(same, likely):.3f}")
    for threshold in thresholds:
        precision, recall, f1 = cluster_scores(judged, threshold)
        print(f"  at {threshold:.2f}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


def cluster_scores(judged: Sequence[tuple[Labelled, np.ndarray]], threshold: float) -> tuple[float, float, float]:
    """Mean precision and recall of a statement's company in other documents (B-cubed, where facts may overlap)."""
    precision, recall = [], []
    for story, probability in judged:
        rows = int(story.pairs.max()) + 1
        together = _square(rows, story.pairs, _clustered(rows, story.pairs, probability, threshold) & story.apart)
        truth = _square(rows, story.pairs, story.same & story.apart)
        both = (together & truth).sum(axis=1)
        precision.append(np.where(together.any(axis=1), both / np.maximum(together.sum(axis=1), 1), 1.0))
        recall.append(np.where(truth.any(axis=1), both / np.maximum(truth.sum(axis=1), 1), 1.0))
    p, r = float(np.concatenate(precision).mean()), float(np.concatenate(recall).mean())
    return p, r, 2 * p * r / (p + r)


def _clustered(rows: int, pairs: np.ndarray, probability: np.ndarray, threshold: float) -> np.ndarray:
    table = np.zeros((rows, rows))
    table[pairs[:, 0], pairs[:, 1]] = probability
    look_up: Callable[[np.ndarray], np.ndarray] = lambda wanted: table[wanted[:, 0], wanted[:, 1]]  # noqa: E731
    labels = cluster_rows(rows, pairs, look_up, link=threshold * LINK_SHARE, threshold=threshold)
    return labels[pairs[:, 0]] == labels[pairs[:, 1]]


def _square(rows: int, pairs: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    table = np.zeros((rows, rows), dtype=bool)
    table[pairs[chosen, 0], pairs[chosen, 1]] = True
    return table | table.T


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="remember vectors in this .npz file")
    parser.add_argument("--out", type=Path, default=ROOT / "digest" / "topics")
    parser.add_argument("--measure", action="store_true", help="measure, and write nothing")
    options = parser.parse_args()
    tools = Tools(options.cache)
    stories = load(options.data, tools.encode)
    tools.save()
    if options.measure:
        measure(stories)
        return
    write(fit(stories), options.out / FACTS)
    print(f"wrote {FACTS}")


if __name__ == "__main__":
    main()
