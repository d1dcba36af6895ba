"""What is wrong with a key of the configuration, in the words of the user who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from digest.config.values import Table
from digest.config.whole import Config, key_name, table_of
from digest.invalid import in_words

Location = tuple[int | str, ...]


def explain(error: ValidationError, text: str) -> str:
    """The findings in the user's words, by line: the line and the key, what is wrong, the nearest known key."""
    found = sorted((_line_of(problem["loc"], text), _finding(problem)) for problem in error.errors())
    return "; ".join(f"line {line}: {words}" if line else words for line, words in found)


def _finding(problem: Mapping[str, Any]) -> str:
    location: Location = problem["loc"]
    if problem["type"] == "extra_forbidden":
        kind = "table" if len(location) == 1 and isinstance(problem["input"], Mapping | tuple) else "key"
        return f"unknown {kind} {_said(location)}{_nearest(location)}"
    if problem["type"] == "missing":
        return f"key {_said(location)} is required"
    if problem["type"] in ("model_type", "tuple_type") and len(location) == 1:
        return _bracket_fault(str(location[0]))
    whose = f"{'key ' if any(isinstance(part, str) for part in location[1:]) else ''}{_said(location)}"
    return f"{whose}: {in_words(problem)}"


def _bracket_fault(name: str) -> str:
    repeated = isinstance(Config.model_fields[name].default, tuple)
    header = f"[[{name}]], with two pairs of brackets" if repeated else f"[{name}], with one pair of brackets"
    return f"{name!r} is a table; write {header}, and its keys below"


def _said(location: Location) -> str:
    """A key as a person finds it: "'title' of [brief]", "'path' of [[sources]] no. 2"."""
    table, *rest = location
    header = f"[[{table}]] no. {rest[0] + 1}" if rest and isinstance(rest[0], int) else f"[{table}]"
    names = [part for part in rest if isinstance(part, str)]
    if names:
        return f"'{names[-1]}' of {header}"
    return header if rest or table in Config.model_fields else repr(str(table))


def _line_of(location: Location, text: str) -> int:
    """The line of the key or its table, from 1; 0 when it is not found. It is looked for: TOML's reader tells none."""
    table, *rest = location
    nth = rest[0] if rest and isinstance(rest[0], int) else 0
    key = next((part for part in rest if isinstance(part, str)), None)
    lines = text.splitlines()
    bare = re.escape(str(table))
    headers = [row for row, line in enumerate(lines) if re.match(rf"\s*\[\[?\s*{bare}\s*\]", line)]
    if len(location) == 1 and not headers:
        headers, key = [-1], str(table)
    if nth >= len(headers):
        return 0
    start = headers[nth]
    for row in range(start + 1, len(lines) if key else 0):
        if re.match(r"\s*\[[^=]*\]\s*(?:#|$)", lines[row]):
            break
        if re.match(rf"\s*[\"']?{re.escape(str(key))}[\"']?\s*=", lines[row]):
            return row + 1
    return start + 1


def _nearest(location: Location) -> str:
    table = _table_at(location[:-1])
    if table is None:
        return ""
    known = [key_name(name, field) for name, field in table.model_fields.items()]
    homes = [name for name, field in Config.model_fields.items() if _has_key(field, str(location[-1]))]
    if len(location) == 1 and homes:
        return f" (it belongs to the table {' or '.join(f'[{name}]' for name in homes[:2])})"
    near = get_close_matches(str(location[-1]), known, n=1, cutoff=0.6)
    if near:
        return f" (did you mean {near[0]!r}?)"
    return f" (known here: {', '.join(known)})"


def _has_key(field: FieldInfo, key: str) -> bool:
    table = table_of(field.annotation)
    return table is not None and key in table.model_fields


def _table_at(location: Location) -> type[Table] | None:
    table: type[Table] = Config
    for part in location:
        if isinstance(part, int):
            continue
        found = table_of(table.model_fields[part].annotation)
        if found is None:
            return None
        table = found
    return table
