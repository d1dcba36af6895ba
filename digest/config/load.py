"""A TOML file to the configuration, and what is wrong with it in words."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from digest.config.values import Table
from digest.config.whole import Config, key_name, table_of
from digest.errors import ConfigError


def load_config(path: Path) -> Config:
    """Read a TOML file. Raises ConfigError that names the file, the key and, for a misspelt one, the nearest key."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read ({error})", hint="give a TOML file in UTF-8") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"is not valid TOML: {error}") from error
    try:
        return Config.model_validate(table)
    except ValidationError as error:
        raise ConfigError(str(path), _explain(error), hint="`digest init` lists every key") from error


def _explain(error: ValidationError) -> str:
    """The first lines of a validation error in the user's words: the key, what is wrong, the nearest known key."""
    problems = []
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            problems.append(f"unknown key {key!r}{_nearest(problem['loc'])}")
        elif problem["type"] == "missing":
            problems.append(f"key {key!r} is required")
        else:
            problems.append(f"key {key!r}: {problem['msg'].removeprefix('Value error, ')}")
    return "; ".join(problems)


def _nearest(location: tuple[int | str, ...]) -> str:
    table = _table_at(location[:-1])
    if table is None:
        return ""
    known = [key_name(name, field) for name, field in table.model_fields.items()]
    homes = [name for name, field in Config.model_fields.items() if _has_key(field, str(location[-1]))]
    if len(location) == 1 and homes:
        return f" (it belongs to the table {' or '.join(f'[{name}]' for name in homes[:2])})"
    near = get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
    if near:
        return f" (did you mean {near[0]!r}?)"
    return f" (known here: {', '.join(known)})"


def _has_key(field: FieldInfo, key: str) -> bool:
    table = table_of(field.annotation)
    return table is not None and key in table.model_fields


def _table_at(location: tuple[int | str, ...]) -> type[Table] | None:
    table: type[Table] = Config
    for part in location:
        if isinstance(part, int):
            continue
        found = table_of(table.model_fields[part].annotation)
        if found is None:
            return None
        table = found
    return table
