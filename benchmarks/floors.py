"""Floors: the figures that have been reached, below which a run fails. Lowering one takes a reason."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

Figures = Mapping[str, Mapping[str, float]]  # task -> metric -> value

# A floor stands this far below what was measured, so that another machine's last bits do not fail a run.
SLACK = 0.003


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """The floors of a file; none when it does not exist."""
    if not path.exists():
        return {}
    floors: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))["floors"]
    return floors


def below_floors(figures: Figures, floors: Figures) -> list[str]:
    """One sentence per figure under its floor. Tasks that did not run are not judged."""
    return [
        f"{task} {metric}: {figures[task][metric]:.4f} is below its floor {floor:.4f}"
        for task, wanted in sorted(floors.items())
        for metric, floor in sorted(wanted.items())
        if task in figures and figures[task].get(metric, -math.inf) < floor
    ]


def write_floors(path: Path, figures: Figures, *, lower: str | None = None) -> list[str]:
    """Raise the floors to the figures (less SLACK), and return what changed. With a reason, lower them too."""
    table = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"floors": {}, "lowered": []}
    changes = []
    for task, metrics in sorted(figures.items()):
        for metric, value in sorted(metrics.items()):
            old, new = table["floors"].get(task, {}).get(metric), math.floor((value - SLACK) * 1000) / 1000
            if old is not None and (new == old or (new < old and not lower)):
                continue
            table["floors"].setdefault(task, {})[metric] = new
            changes.append(f"{task} {metric}: {'none' if old is None else old} -> {new}")
            if old is not None and new < old:
                table["lowered"].append({"task": task, "metric": metric, "from": old, "to": new, "reason": lower})
    path.write_text(json.dumps(table, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return changes
