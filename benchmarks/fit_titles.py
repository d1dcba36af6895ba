"""Fit the ranker of story titles on stories with a headline by editors.

    python benchmarks/fit_titles.py --data DIR [--write]

Prints what cross-validation over stories reaches; --write stores the weights of a fit on all stories in
digest/titles.json.
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
from digest.language.headlines import title_candidates  # noqa: E402
from digest.titles import FEATURES, read_story, title_features  # noqa: E402

FOLDS = 10
RIDGE = 5.0  # of 3 to 20 the best of five shufflings of the folds by .001; 3 to 10 are within .002


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the ranker of story titles.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="store the weights in digest/titles.json")
    options = parser.parse_args()
    stories = read_stories(options.data)
    print(cross_validate(stories))
    weights = fit(stories)
    print(json.dumps(weights, indent=1))
    if options.write:
        _store(
            "titles.json",
            "benchmarks/fit_titles.py: ridge regression of ROUGE-1 + ROUGE-L against the editors' headline on "
            f"{len(stories)} stories of NeuS (the development half), and on each of their articles alone; higher is "
            "the better title",
            weights,
        )


def _store(name: str, origin: str, weights: dict[str, float]) -> None:
    table = {"origin": origin, "weights": weights}
    (ROOT / "digest" / name).write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


def read_stories(folder: Path):
    """For each story with candidates: its own sample, then one of each of its articles alone."""
    rows = load_clusters(folder)
    stories = []
    for inputs, label in zip(rows.inputs, rows.labels, strict=True):
        articles = inputs["articles"]
        together = read_sample(articles, label["ref_line"])
        alone = [read_sample([article], label["ref_line"]) for article in articles] if len(articles) > 1 else []
        if together:
            stories.append([together, *filter(None, alone)])
    return stories


def read_sample(articles, reference):
    """The candidates' features (n, FEATURES) and figures (n, 2), ROUGE-1 and ROUGE-L; None without candidates."""
    titles = [article["title"] or "" for article in articles]
    story = read_story(titles, [article["text"] for article in articles])
    forms = title_candidates(titles)
    if not forms:
        return None
    features = np.array([title_features(form, story) for form in forms])
    return features, np.array([(rouge_n(form, reference).f1, rouge_l(form, reference).f1) for form in forms])


def fit(stories) -> dict[str, float]:
    """Weights by ridge regression, features and figures centred within each sample: a story, or an article alone."""
    samples = [sample for story in stories for sample in story]
    left = np.vstack([features - features.mean(axis=0) for features, _ in samples])
    right = np.concatenate([figures.sum(axis=1) - figures.sum(axis=1).mean() for _, figures in samples])
    solution = np.linalg.solve(left.T @ left + RIDGE * np.eye(left.shape[1]), left.T @ right)
    return {name: round(float(value), 4) for name, value in zip(FEATURES, solution, strict=True)}


def cross_validate(stories) -> str:
    reached, best = [], []
    for fold in range(FOLDS):
        weights = fit([story for number, story in enumerate(stories) if number % FOLDS != fold])
        vector = np.array([weights[name] for name in FEATURES])
        for (features, figures), *_ in stories[fold::FOLDS]:
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
