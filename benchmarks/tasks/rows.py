"""Rows of a data file, cut in two: what a prediction may see, and what only the scorer sees.

The cut is a white list. A field is an input because a task names it as one; every other field, known or new, goes to
the labels. Identifiers are replaced by opaque ones and rows are handed over in the order of a hash of their content,
because the files are sorted by event and their ids spell it out (`1_1ecb` is event 1, `5765_left` is story 5765).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """`inputs[i]` and `labels[i]` come from line `lines[i]` (from 0) of the file; inputs hold no label field."""

    lines: tuple[int, ...]
    inputs: tuple[Fields, ...]
    labels: tuple[Fields, ...]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Every line of a JSON Lines file. Raises ValueError naming the line that is not an object."""
    rows = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError(f"{path.name}, line {number}: not a JSON object")
            rows.append(row)
    return rows


def split_rows(rows: Sequence[dict[str, Any]], inputs: Sequence[Fields], *, keep: Sequence[bool] | None = None) -> Rows:
    """Pair each row's inputs (made from white-listed fields) with the row as its label, in opaque order.

    `keep` drops rows that are not part of the task. The labels are the whole row: the scorer may read anything.
    """
    kept = [line for line in range(len(rows)) if keep is None or keep[line]]
    order = sorted(kept, key=lambda line: (fingerprint(inputs[line]), line))
    return Rows(tuple(order), tuple(inputs[line] for line in order), tuple(rows[line] for line in order))


def pick(row: Mapping[str, Any], *fields: str) -> dict[str, Any]:
    """The white-listed fields of a row, None where the file has none."""
    return {field: row.get(field) for field in fields}


def fingerprint(fields: Fields) -> str:
    """A hash of the fields' content."""
    return hashlib.sha256(json.dumps(fields, sort_keys=True, default=str).encode()).hexdigest()


def opaque_names(documents: Mapping[str, Fields]) -> dict[str, str]:
    """File id -> a name that says nothing: numbered in the order of a hash of the document's content."""
    order = sorted(documents, key=lambda name: (fingerprint(documents[name]), name))
    return {name: f"a{number:05d}" for number, name in enumerate(order)}
