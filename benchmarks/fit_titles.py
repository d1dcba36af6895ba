"""Fit what chooses story titles: the ranker of candidates, and the classifier of opinion pieces.

The ranker is a ridge regression of a candidate's ROUGE on its features, within stories; the classifier a logistic
regression on the articles that the data marks as opinion.

    python benchmarks/fit_titles.py --data DIR [--write]

Reads neus_clusters.jsonl and neus_docs.jsonl, prints what ten-fold cross-validation over stories reaches, and with
--write stores the weights of a fit on all stories in digest/titles.json and digest/language/opinion.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, the repository is not on the path

from benchmarks.metrics import rouge_l, rouge_n  # noqa: E402
from benchmarks.tasks.loading import load_clusters  # noqa: E402
from benchmarks.tasks.rows import read_lines  # noqa: E402
from digest.language import opinion  # noqa: E402
from digest.language.headlines import title_candidates  # noqa: E402
from digest.titles import FEATURES, VIEWS, read_story, title_features  # noqa: E402

FOLDS = 10
RIDGE = 10.0  # .3 to 10 reach the same within .002


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the ranker of story titles.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="store the weights in digest/titles.json")
    options = parser.parse_args()
    _opinion(options)
    stories = read_stories(options.data)
    print(cross_validate(stories))
    weights = fit(stories)
    print(json.dumps(weights, indent=1))
    if options.write:
        _store(
            "titles.json",
            "benchmarks/fit_titles.py: ridge regression of ROUGE-1 + ROUGE-L against the editors' headline on "
            f"{len(stories)} stories of NeuS (the development half); higher is the better title",
            weights,
        )


def _opinion(options: argparse.Namespace) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict

    rows = read_lines(options.data / "neus_docs.jsonl")
    features = np.array([opinion.opinion_features(row["title"] or "", row["text"]) for row in rows])
    gold = np.array([bool(row["opinion"]) for row in rows])
    groups = [row["cluster_id"] for row in rows]
    model = LogisticRegression(C=1.0, max_iter=1000)
    held_out = cross_val_predict(model, features, gold, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")[
        :, 1
    ]
    report = f"opinion pieces: AUC {roc_auc_score(gold, held_out):.3f} in {FOLDS}-fold cross-validation"
    print(report, _views(rows, held_out))
    model.fit(features, gold)
    weights = dict(zip(opinion.FEATURES, (round(float(value), 4) for value in model.coef_[0]), strict=True))
    if options.write:
        _store(
            "language/opinion.json",
            f"benchmarks/fit_titles.py: logistic regression on {len(rows)} articles of NeuS (the development half); "
            f"{report}",
            {"start": round(float(model.intercept_[0]), 4)} | weights,
        )


def _views(rows, probabilities) -> str:
    """How the stories that would be marked as views agree with the editors' own mark."""
    stories: dict[object, list[int]] = {}
    for number, row in enumerate(rows):
        stories.setdefault(row["cluster_id"], []).append(number)
    marked = {story for story, numbers in stories.items() if np.mean(probabilities[numbers]) >= VIEWS}
    opinions = {story: np.mean([rows[number]["opinion"] for number in numbers]) for story, numbers in stories.items()}
    mostly = {story for story, share in opinions.items() if share > 0.5}
    return f"; {len(marked)} stories marked, {len(marked & mostly)} of the {len(mostly)} that are mostly opinion"


def _store(name: str, origin: str, weights: dict[str, float]) -> None:
    table = {"origin": origin, "weights": weights}
    (ROOT / "digest" / name).write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def read_stories(folder: Path):
    """For each story with candidates: their features (n, FEATURES) and figures (n, 2), ROUGE-1 and ROUGE-L."""
    rows = load_clusters(folder)
    stories = []
    for inputs, label in zip(rows.inputs, rows.labels, strict=True):
        titles = [article["title"] or "" for article in inputs["articles"]]
        story = read_story(titles, [article["text"] for article in inputs["articles"]])
        forms = title_candidates(titles)
        if forms:
            features = np.array([title_features(form, story) for form in forms])
            reference = label["ref_line"]
            figures = np.array([(rouge_n(form, reference).f1, rouge_l(form, reference).f1) for form in forms])
            stories.append((features, figures))
    return stories


def fit(stories) -> dict[str, float]:
    """Weights by ridge regression, features and figures centred within each story."""
    left = np.vstack([features - features.mean(axis=0) for features, _ in stories])
    right = np.concatenate([figures.sum(axis=1) - figures.sum(axis=1).mean() for _, figures in stories])
    solution = np.linalg.solve(left.T @ left + RIDGE * np.eye(left.shape[1]), left.T @ right)
    return {name: round(float(value), 4) for name, value in zip(FEATURES, solution, strict=True)}


def cross_validate(stories) -> str:
    reached, best = [], []
    for fold in range(FOLDS):
        weights = fit([story for number, story in enumerate(stories) if number % FOLDS != fold])
        vector = np.array([weights[name] for name in FEATURES])
        for features, figures in stories[fold::FOLDS]:
            reached.append(figures[int(np.argmax(features @ vector))])
            best.append(figures[int(np.argmax(figures.sum(axis=1)))])
    one, longest = np.mean(reached, axis=0)
    best_one, best_longest = np.mean(best, axis=0)
    return (
        f"ROUGE-1 {one:.3f}, ROUGE-L {longest:.3f}; best candidate {best_one:.3f}, {best_longest:.3f}; "
        f"{len(stories)} stories"
    )


if __name__ == "__main__":
    main()
