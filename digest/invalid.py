"""What is wrong with a value, in words: pydantic's findings as the user who wrote the file would say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

MAX_SHOWN = 40  # characters of a wrong value in a message

_TEXT = "must be text in quotation marks"
_WHOLE = "must be a whole number"
_NUMBER = "must be a number"
_SWITCH = "must be true or false"
_LIST = "must be a list in [brackets]"
_TABLE = "must be a table with keys of its own"
_DAY = "must be a date such as 2026-01-31, without quotation marks"
_TIME = "must be a time such as 2026-01-31T06:00:00Z"

# pydantic's name of a finding (https://docs.pydantic.dev/latest/errors/validation_errors/) to ours; {…} is its context.
_WORDS = {
    "string_type": _TEXT,
    "string_too_short": "must not be empty",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": "must be a finite number",
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "dataclass_type": _TABLE,
    "dataclass_exact_type": _TABLE,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "none_required": "must be empty (null)",
}


def in_words(problem: Mapping[str, Any]) -> str:
    """What is wrong with one value: "must be at most 1, not 7". `problem` is one of `ValidationError.errors()`.

    What a validator of ours said is taken over as it stands. "missing" and the unknown key are the caller's: only it
    knows what the key is called.
    """
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    context = {key: _number(value) for key, value in problem.get("ctx", {}).items()}
    said = _WORDS.get(problem["type"], "has a value that it cannot take").format_map(context)
    return f"{said}, not {shown(problem['input'])}" if "input" in problem and said != "must not be empty" else said


def shown(value: object) -> str:
    """A wrong value as a message shows it, at most MAX_SHOWN characters: '"high"', "a list", "7"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = "".join(each if each.isprintable() else "?" for each in value[:MAX_SHOWN])
        return f'"{text}{"…" if len(value) > MAX_SHOWN else ""}"'
    if isinstance(value, int | float):
        return _number(value)[:MAX_SHOWN]
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if value is None:
        return "nothing"
    return "a table" if isinstance(value, Mapping) else "a list"


def _number(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
