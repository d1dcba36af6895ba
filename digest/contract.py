"""`brief.json`, the contract: a `Brief` as JSON text, back again, and the JSON Schema that says what it holds.

The schema is generated from the dataclasses of `digest.models` and kept in `docs/brief.schema.json`; a test compares
the two, so the shape cannot change unnoticed. Its name, `digest.brief/1`, changes when the shape does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.errors import BriefFileError
from digest.invalid import in_words
from digest.models import SCHEMA, Brief

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

BRIEF_FILE = "brief.json"
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")  # a file name that is not UTF-8 has them; no encoding does
# A time of a brief whose digits are all there is of it.
_BARE_TIME = re.compile(r'"(since|until|published|edited)"\s*:\s*"\d{4}-\d\d-\d\d[Tt _][\d:.,]*"')
MAX_PROBLEMS = 3  # a damaged file can have thousands; the first few say enough


@cache
def _adapter() -> TypeAdapter[Brief]:
    from pydantic import TypeAdapter  # 100 ms that `digest --help` does not need

    return TypeAdapter(Brief)


def brief_to_json(brief: Brief) -> str:
    """The brief as indented JSON, `schema` first, keys in the order of the dataclasses: the same bytes every time."""
    values = _adapter().dump_python(brief, mode="json")
    ordered = {"schema": values.pop("schema"), **values}
    return _LONE_SURROGATES.sub("\ufffd", json.dumps(ordered, indent=2, ensure_ascii=False)) + "\n"


def brief_from_json(text: str, *, subject: str = "brief.json") -> Brief:
    """Read `brief.json`. Raises BriefFileError that says where it is damaged, or of which version it is.

    Unknown keys are refused, as is a time without its offset from UTC: a brief must mean the same everywhere.
    """
    from pydantic import ValidationError

    _check_version(text, subject)
    if bare := _BARE_TIME.search(text):
        raise BriefFileError(subject, f"is damaged: {bare[1]} has no offset from UTC")
    try:
        brief = _adapter().validate_json(text, strict=True, extra="forbid")
    except ValidationError as error:
        raise BriefFileError(subject, f"is damaged: {_explain(error)}") from error
    _check_zone(brief.window.timezone, subject)
    return brief


def brief_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `brief.json`."""
    schema = _adapter().json_schema(mode="serialization")
    for table in (schema, *schema["$defs"].values()):
        table["additionalProperties"] = False
    schema["properties"]["schema"] = {"const": SCHEMA, "title": "Schema", "type": "string"}
    schema["description"] = f"A brief as digest writes it ({SCHEMA}). Times are ISO 8601 with their offset from UTC."
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def brief_schema_text() -> str:
    """The schema as it stands in `docs/brief.schema.json`."""
    return json.dumps(brief_schema(), indent=2, ensure_ascii=False) + "\n"


def _check_version(text: str, subject: str) -> None:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BriefFileError(subject, f"is not JSON: {error}") from error
    if not isinstance(values, dict) or "schema" not in values:
        raise BriefFileError(subject, "is not a brief: it has no key 'schema'")
    if values["schema"] != SCHEMA:
        raise BriefFileError(
            subject,
            f"is of version {values['schema']!r}; this program reads {SCHEMA!r}",
            hint="make the brief again, or use the program that wrote it",
        )


def _check_zone(name: str, subject: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BriefFileError(subject, f"names an unknown time zone, {name!r}") from error


def _explain(error: ValidationError) -> str:
    problems = error.errors(include_url=False)
    told = [f"{'.'.join(map(str, problem['loc']))} {_fault(problem)}" for problem in problems[:MAX_PROBLEMS]]
    more = len(problems) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def _fault(problem: Mapping[str, Any]) -> str:
    known = {
        "missing": "is missing",
        "unexpected_keyword_argument": "is no key of a brief",
        "json_invalid": "breaks off",
    }
    return known.get(problem["type"]) or in_words(problem)
