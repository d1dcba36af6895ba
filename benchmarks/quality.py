"""Score the program, and its peers, on data you point it at.

    python benchmarks/quality.py --data DIR --out DIR [--tasks a,b] [--peers] [--floors FILE] [--bootstrap N]

Runs each task whose files are in --data, writes <out>/<task>.jsonl with {"row": line number from 0, "value": ...} per
input row, and prints a table. benchmarks/README.md describes the tasks.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.floors import below_floors, read_floors, write_floors
from benchmarks.tasks import TASKS, Predict, Task
from benchmarks.tasks.rows import Rows
from benchmarks.tasks.scoring import Scores
from benchmarks.tools import Tools

OURS = "digest"
FAILED = "failed: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one method reached on one task. `note` says why there is no score."""

    task: str
    method: str
    scores: Scores
    rows: int
    seconds: float
    note: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if not options.data.is_dir():
        print(f"--data {options.data} is not a folder", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    tools, outcomes = Tools(options.cache), []
    for task in _selected(options.tasks):
        for outcome in run_task(task, options, tools):
            outcomes.append(outcome)
            print(describe(outcome, task), flush=True)
        tools.save()
    (options.out / "scores.json").write_text(json.dumps(_table(outcomes), indent=2) + "\n", encoding="utf-8")
    failed = any(outcome.note.startswith(FAILED) for outcome in outcomes)
    return max(_hold_floors(outcomes, options), int(failed))


def run_task(task: Task, options: argparse.Namespace, tools: Tools) -> Iterator[Outcome]:
    """Our own outcome first, then the peers'."""
    missing = [name for name in task.files if not (options.data / name).exists()]
    if missing:
        yield _without(task, OURS, f"no {', '.join(missing)} in --data")
        return
    rows = task.load(options.data)
    outcome, values = _measure(task, OURS, task.predict, rows, options, tools)
    if values is not None:
        _write(options.out / f"{task.name}.jsonl", rows, values)
    yield outcome
    for name, predict in task.peers.items() if options.peers else ():
        yield _measure(task, name, predict, rows, options, tools)[0]


def _measure(
    task: Task, method: str, predict: Predict, rows: Rows, options: argparse.Namespace, tools: Tools
) -> tuple[Outcome, Sequence[Any] | None]:
    started = time.perf_counter()
    try:
        values = predict(rows.inputs, tools)
    except ImportError as error:
        return _without(task, method, f"not available: {error}"), None
    except Exception as error:  # whatever one method does wrong, the other tasks are still worth their figures
        traceback.print_exc()
        return _without(task, method, f"{FAILED}{type(error).__name__}: {error}"), None
    seconds = time.perf_counter() - started
    if len(values) != len(rows.inputs):
        raise ValueError(f"{task.name}, {method}: {len(values)} values for {len(rows.inputs)} rows")
    if not all(field in row for row in rows.labels for field in task.labels):
        return _without(task, method, "predicted; the file has no labels to score with"), values
    scores = task.score(values, rows.labels, resamples=options.bootstrap)
    outcome = Outcome(task=task.name, method=method, scores=scores, rows=len(values), seconds=seconds)
    return outcome, values


def _without(task: Task, method: str, note: str) -> Outcome:
    return Outcome(task=task.name, method=method, scores={}, rows=0, seconds=0.0, note=note)


def _write(path: Path, rows: Rows, values: Sequence[Any]) -> None:
    by_line = sorted(zip(rows.lines, values, strict=True), key=lambda pair: pair[0])
    with path.open("w", encoding="utf-8") as file:
        for line, value in by_line:
            file.write(json.dumps({"row": line, "value": value}, ensure_ascii=False) + "\n")


def describe(outcome: Outcome, task: Task) -> str:
    """One line of the table: task, method, each metric with its interval."""
    start = f"{outcome.task:14} {outcome.method:30}"
    if outcome.note:
        return f"{start} {outcome.note}"
    main_first = [*task.main, *(name for name in outcome.scores if name not in task.main)]
    figures = [
        f"{name} {_figure(interval.value)} [{_figure(interval.low)}-{_figure(interval.high)}]"
        for name, interval in ((name, outcome.scores[name]) for name in main_first)
    ]
    return f"{start} {'  '.join(figures)}  ({outcome.rows} rows, {outcome.seconds:.1f} s)"


def _figure(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if value < 1 else "1.00"


def _table(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    return [
        {
            "task": outcome.task,
            "method": outcome.method,
            "rows": outcome.rows,
            "seconds": round(outcome.seconds, 2),
            "note": outcome.note,
            "scores": {
                name: {"value": round(score.value, 5), "low": round(score.low, 5), "high": round(score.high, 5)}
                for name, score in outcome.scores.items()
            },
        }
        for outcome in outcomes
    ]


def _hold_floors(outcomes: Sequence[Outcome], options: argparse.Namespace) -> int:
    mains = {task.name: task.main for task in TASKS}
    figures = {
        outcome.task: {metric: outcome.scores[metric].value for metric in mains[outcome.task]}
        for outcome in outcomes
        if outcome.method == OURS and outcome.scores
    }
    if options.write_floors:
        for change in write_floors(options.floors, figures, lower=options.lower):
            print(f"floor {change}")
        return 0
    failures = below_floors(figures, read_floors(options.floors)) if options.floors else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _selected(names: str | None) -> list[Task]:
    if names is None:
        return list(TASKS)
    known = {task.name: task for task in TASKS}
    unknown = [name for name in names.split(",") if name not in known]
    if unknown:
        raise SystemExit(f"no task {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names.split(",")]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="quality.py", description="Score the program, and its peers, on your data.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the data files, or some of them")
    parser.add_argument("--out", type=Path, required=True, help="folder for the predictions and scores.json")
    parser.add_argument("--tasks", help="only these tasks, with commas between")
    parser.add_argument("--peers", action="store_true", help="score the peers too")
    parser.add_argument("--bootstrap", type=int, default=1000, help="resamples for the 95 %% intervals; 0: none")
    parser.add_argument("--cache", type=Path, help="a .npz file that keeps vectors from run to run")
    parser.add_argument("--floors", type=Path, help="fail when a figure is below this file's floor for it")
    parser.add_argument("--write-floors", action="store_true", help="raise the floors to this run's figures")
    parser.add_argument("--lower", metavar="REASON", help="with --write-floors: lower floors too, for this reason")
    options = parser.parse_args(arguments)
    if options.write_floors and not options.floors:
        parser.error("--write-floors needs --floors FILE")
    if options.lower is not None and not (options.write_floors and options.lower.strip()):
        parser.error("--lower needs --write-floors and a reason that is not empty")
    return options


if __name__ == "__main__":
    raise SystemExit(main())
