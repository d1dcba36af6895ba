"""Whether the program is whole: Python, and the libraries it needs."""

from __future__ import annotations

import platform
import re
import sqlite3
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from digest import __version__
from digest.asking.findings import Finding, failed, ok, warning

AREA = "program"
PACKAGE = "digest"
# Named in the finding that all is there: the ones whose version explains what a brief looks like.
TOLD = ("torch", "transformers", "sentence-transformers", "numpy", "jinja2")

_NEED = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?\s*(?P<bound>[^;]*)(?:;(?P<marker>.*))?")
_BOUND = re.compile(r"(>=|==)\s*([\d.]+)")


def look_at_program() -> Iterator[Finding]:
    """Python's version and the libraries', held against what the package asks for."""
    yield ok(AREA, f"digest {__version__} on Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    try:
        needs = requires(PACKAGE) or []
    except PackageNotFoundError:
        yield warning(
            AREA, "digest is not installed as a package, its libraries cannot be checked", hint="pip install ."
        )
        return
    problems = [problem for need in needs if (problem := _problem(need))]
    yield from problems
    if not problems:
        told = ", ".join(f"{name} {version(name)}" for name in TOLD)
        yield ok(AREA, f"every library is there: {told}")


def _problem(need: str) -> Finding | None:
    """What is wrong with one line of the package's requirements, such as "click>=8.1"."""
    parts = _NEED.fullmatch(need.strip())
    if parts is None or parts["marker"]:
        return None  # extras, and what only other systems need
    name = parts["name"]
    hint = f"pip install '{name}{parts['bound'].strip()}'"
    try:
        found = version(name)
    except PackageNotFoundError:
        return failed(AREA, f"the library {name} is missing", hint=hint)
    for sign, wanted in _BOUND.findall(parts["bound"]):
        enough = _numbers(found) >= _numbers(wanted) if sign == ">=" else _numbers(found) == _numbers(wanted)
        if not enough:
            return failed(AREA, f"the library {name} is {found}, but {sign}{wanted} is needed", hint=hint)
    return None


def _numbers(told: str) -> tuple[int, ...]:
    """ "2.13.0+cpu" is (2, 13): zeros at the end make no difference."""
    leading = re.match(r"[\d.]*", told)
    numbers = [int(part) for part in (leading[0] if leading else "").split(".") if part]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
