"""A TOML file to the configuration, and what is wrong with it in words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from digest.config.messages import explain
from digest.config.whole import Config
from digest.errors import ConfigError

EVERY_KEY = "`digest init` writes a file with every key"
MAX_BYTES = 5_000_000  # a list of 10,000 feeds has one; beyond this it is another file than was meant

# What tomllib says, and what to do about it.
_MENDED = {
    "Invalid value": "text needs straight quotation marks, a list [brackets]; true and false are written small",
    "Unescaped '\\'": r"write \\ for a backslash, or put the text in 'single' quotation marks",
    "Illegal character": "a quotation mark is not closed on its line, or a control character stands there",
    "Unterminated string": "a quotation mark is not closed",
    'Expected "\'"': "a quotation mark is not closed",
    "Expected newline": "one key = value a line, and text in quotation marks",
    "Cannot overwrite": "the key or table stands there twice",
    "Cannot declare": "the table stands there twice; one that may be repeated has double [[brackets]]",
    "Expected '=' after a key": "write key = value",
    "Invalid statement": "write key = value, or a [table]",
}


def load_config(path: Path) -> Config:
    """Read a TOML file. Raises ConfigError that names the file, the line, the key and, for a misspelt one, the nearest.

    Types are exact: "40" in quotation marks is no number, and true is none either.
    """
    text = _text(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), _toml_fault(error, text), hint=_toml_hint(error)) from error
    except RecursionError as error:
        raise ConfigError(str(path), "is nested too deeply", hint=EVERY_KEY) from error
    try:
        _refuse_nul(table, path)
        return Config.model_validate(_with_tuples(table), strict=True)
    except ValidationError as error:
        raise ConfigError(str(path), explain(error, text), hint=EVERY_KEY) from error


def _text(path: Path) -> str:
    hint = "give a TOML file; `digest init` writes one"
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise ConfigError(str(path), f"is too large for a configuration (over {MAX_BYTES:,} bytes)", hint=hint)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            str(path), f"is not UTF-8 (byte {error.start})", hint="save it as UTF-8 in your editor"
        ) from error
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read ({error.strerror})", hint=hint) from error


def _refuse_nul(table: Mapping[str, Any], path: Path) -> None:
    """No name of a file, and no word, holds a NUL; the system would break off at it."""
    for name, value in table.items():
        if any("\0" in text for text in _texts(value)):
            raise ConfigError(str(path), f"holds a NUL character (\\u0000) in [{name}]", hint="take it away")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(part)


def _with_tuples(value: Any) -> Any:
    """TOML's lists as tuples, which the models hold."""
    if isinstance(value, Mapping):
        return {key: _with_tuples(part) for key, part in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


def _toml_fault(error: tomllib.TOMLDecodeError, text: str) -> str:
    """What TOML's reader says, and the line that it says it of."""
    found = re.search(r"\(at line (\d+), column \d+\)", str(error))
    if not found:
        return f"is not valid TOML: {error}"
    line = next(islice(text.splitlines(), int(found[1]) - 1, None), "").strip()
    return f"is not valid TOML: {error}: {''.join(each if each.isprintable() else '?' for each in line[:80])}"


def _toml_hint(error: tomllib.TOMLDecodeError) -> str:
    return next((hint for start, hint in _MENDED.items() if str(error).startswith(start)), EVERY_KEY)
