"""What is wrong with a value, in words: pydantic's findings with the value that they are about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

MAX_SHOWN = 40  # characters of a wrong value in a message


def in_words(problem: Mapping[str, Any]) -> str:
    """What is wrong with one value: "should be less than or equal to 1, not 7".

    `problem` is one of `ValidationError.errors()`. What a validator of ours said is taken over as it stands. "missing"
    and the unknown key are the caller's: only it knows what the key is called.
    """
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    said = problem["msg"].removeprefix("Input ").replace("tuple", "list")  # as a file calls it
    shown = json.dumps(problem["input"], ensure_ascii=False, default=str)
    said += " (without quotation marks)" if problem["type"] == "date_type" and isinstance(problem["input"], str) else ""
    told = "".join(each if each.isprintable() else "?" for each in shown[:MAX_SHOWN])
    return f"{said[:1].lower()}{said[1:]}, not {told}{'…' if len(shown) > MAX_SHOWN else ''}"
