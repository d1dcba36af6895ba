"""How each task is scored: predicted values and labels in, one figure per metric with its interval out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from benchmarks import metrics
from benchmarks.tasks.rows import Fields

Scores = dict[str, metrics.Interval]
Values = Sequence[Any]

COPY, NOT_COPY = 0.7, 0.3  # containment at or above which a pair is a copy, and below which it is not
CLOSE = 4.0  # similarity score, of 5, from which a pair counts as close
SUMMARY_WORDS = 120


def score_clusters(
    values: Values,
    labels: Sequence[Fields],
    *,
    gold: Callable[[Fields], Hashable],
    group: Callable[[Fields], Hashable],
    resamples: int,
) -> Scores:
    """B-cubed F1 (with precision and recall) of cluster labels over all rows."""
    rows = metrics.bcubed_rows([str(value) for value in values], [gold(label) for label in labels])

    def measure(which: str, chosen: Sequence[int]) -> float:
        precision = sum(rows.precision[row] for row in chosen) / max(len(chosen), 1)
        recall = sum(rows.recall[row] for row in chosen) / max(len(chosen), 1)
        return {"f1": metrics.f_score(precision, recall), "precision": precision, "recall": recall}[which]

    return _intervals(measure, ("f1", "precision", "recall"), [group(label) for label in labels], resamples)


def score_rouge(
    values: Values, labels: Sequence[Fields], *, reference: str, kinds: Sequence[str], resamples: int
) -> Scores:
    """Mean ROUGE F per kind ("1", "2", "L") against the label field `reference`."""

    def one(kind: str, text: str, wanted: str) -> float:
        return metrics.rouge_l(text, wanted).f1 if kind == "L" else metrics.rouge_n(text, wanted, int(kind)).f1

    figures = {
        f"rouge-{kind.lower()}": [
            one(kind, str(value or ""), label[reference]) for value, label in zip(values, labels, strict=True)
        ]
        for kind in kinds
    }
    return _intervals(partial(_mean_of, figures), tuple(figures), range(len(labels)), resamples)


def score_copies(values: Values, labels: Sequence[Fields], *, resamples: int) -> Scores:
    """F1, precision and recall of copies; pairs between the two limits are not scored."""
    clear = [row for row, label in enumerate(labels) if not NOT_COPY <= label["containment"] < COPY]
    return _yes_no(
        [bool(values[row]) for row in clear],
        [labels[row]["containment"] >= COPY for row in clear],
        [labels[row].get("event") or labels[row].get("doc_a") or row for row in clear],
        resamples,
    )


def score_conflicts(values: Values, labels: Sequence[Fields], *, resamples: int) -> Scores:
    """Precision, recall and F1 of differing figures."""
    gold = [label["label"] in ("conflict", 1, True) for label in labels]
    return _yes_no([bool(value) for value in values], gold, [label.get("event") for label in labels], resamples)


def score_support(values: Values, labels: Sequence[Fields], *, resamples: int) -> Scores:
    """Balanced accuracy; rows of one source text are drawn together."""
    predicted, gold = [bool(value) for value in values], [bool(label["label"]) for label in labels]

    def measure(_: str, chosen: Sequence[int]) -> float:
        return metrics.balanced_accuracy([predicted[row] for row in chosen], [gold[row] for row in chosen])

    return _intervals(measure, ("balanced_accuracy",), [label["source_text"] for label in labels], resamples)


def score_similarity(values: Values, labels: Sequence[Fields], *, resamples: int) -> Scores:
    """AUC over all pairs together, and for each set of pairs."""
    members: dict[str, list[int]] = {"auc": list(range(len(labels)))}
    for row, label in enumerate(labels):
        members.setdefault(f"auc {label.get('set')}", []).append(row)
    return {
        name: _auc([float(values[row]) for row in rows], [_is_close(labels[row]) for row in rows], resamples)
        for name, rows in sorted(members.items())
    }


def _auc(values: Sequence[float], gold: Sequence[bool], resamples: int) -> metrics.Interval:
    figures, truth = np.asarray(values), np.asarray(gold)
    return metrics.bootstrap(
        lambda rows: metrics.auc(figures[np.asarray(rows)], truth[np.asarray(rows)]),
        range(len(figures)),
        resamples=resamples,
    )


def score_sentences(values: Values, labels: Sequence[Fields], *, resamples: int) -> Scores:
    """Boundary F1 over all paragraphs together; documents are drawn whole."""
    counts, documents = [], []
    for document, (value, label) in enumerate(zip(values, labels, strict=True)):
        for predicted, gold in zip(value, label["paragraphs"], strict=True):
            counts.append(metrics.boundaries(predicted, gold))
            documents.append(document)

    def measure(which: str, chosen: Sequence[int]) -> float:
        return float(getattr(metrics.boundary_score([counts[row] for row in chosen]), which))

    return _intervals(measure, ("f1", "precision", "recall"), documents, resamples)


def _is_close(label: Fields) -> bool:
    if label.get("score") is not None:
        return float(label["score"]) >= CLOSE
    return bool(label.get("label") == 1)


def _yes_no(predicted: Sequence[bool], gold: Sequence[bool], groups: Sequence[Hashable], resamples: int) -> Scores:
    def measure(which: str, chosen: Sequence[int]) -> float:
        score = metrics.precision_recall([predicted[row] for row in chosen], [gold[row] for row in chosen])
        return float(getattr(score, which))

    return _intervals(measure, ("f1", "precision", "recall"), groups, resamples)


def _mean_of(figures: Mapping[str, Sequence[float]], which: str, chosen: Sequence[int]) -> float:
    return sum(figures[which][row] for row in chosen) / max(len(chosen), 1)


def _intervals(
    measure: Callable[[str, Sequence[int]], float], names: Sequence[str], groups: Sequence[Hashable], resamples: int
) -> Scores:
    return {name: metrics.bootstrap(partial(measure, name), groups, resamples=resamples) for name in names}
