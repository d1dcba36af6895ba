"""How the constants of digest/summarize/faithfulness.py were chosen. Run: python benchmarks/fit_support.py --data DIR

Prints, for faithfulness_news.jsonl, how often each kind of evidence speaks on supported and unsupported claims, and
the balanced accuracy of each threshold on coverage: over all rows, and with the threshold chosen on the other source
documents (leave one document out), which is the honest figure.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.summarize.faithfulness import MIN_COVERED, weigh

THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(17))


def balanced_accuracy(labels: NDArray[np.bool_], verdicts: NDArray[np.bool_]) -> float:
    return float((verdicts[labels].mean() + (~verdicts[~labels]).mean()) / 2)


def left_out(labels: NDArray[np.bool_], groups: list[str], verdicts: dict[float, NDArray[np.bool_]]) -> float:
    """Balanced accuracy when each document is judged with the threshold that is best on all others."""
    chosen = np.zeros(len(labels), dtype=bool)
    for group in sorted(set(groups)):
        inside = np.array([each == group for each in groups])
        best = max(verdicts, key=lambda threshold: balanced_accuracy(labels[~inside], verdicts[threshold][~inside]))
        chosen[inside] = verdicts[best][inside]
    return balanced_accuracy(labels, chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with faithfulness_news.jsonl")
    lines = (parser.parse_args().data / "faithfulness_news.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    labels = np.array([bool(row["label"]) for row in rows])
    groups = [row["source_text"] for row in rows]
    evidence = [weigh(row["claim"], row["source_text"]) for row in rows]
    covered = np.array([each.covered for each in evidence])
    clean = np.array([not each.strikes for each in evidence])
    print(f"{len(rows)} claims, {len(set(groups))} documents, {labels.mean():.2f} supported")
    print(f"a strike: {1 - clean[labels].mean():.2f} of supported, {1 - clean[~labels].mean():.2f} of unsupported")
    print(f"no strike alone: balanced accuracy {balanced_accuracy(labels, clean):.3f} (nothing fitted)")
    for name, verdicts in (
        ("coverage alone", {each: covered >= each for each in THRESHOLDS}),
        ("coverage and no strike", {each: clean & (covered >= each) for each in THRESHOLDS}),
    ):
        row = " ".join(f"{threshold}:{balanced_accuracy(labels, verdicts[threshold]):.3f}" for threshold in THRESHOLDS)
        print(f"{name}: {row}\n  threshold left out: {left_out(labels, groups, verdicts):.3f}; used: {MIN_COVERED}")


if __name__ == "__main__":
    main()
