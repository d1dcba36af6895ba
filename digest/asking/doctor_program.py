"""Whether the program is whole: Python, and the libraries it needs."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from digest import __version__
from digest.asking.findings import Finding, failed, ok, warning

AREA = "program"
PACKAGE = "digest"
# Named in the finding that all is there: the ones whose version explains what a brief looks like.
TOLD = ("torch", "transformers", "sentence-transformers", "numpy", "jinja2")


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
    wanted = Requirement(need)
    if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
        return None  # extras, and what only other systems need
    hint = f"pip install '{wanted.name}{wanted.specifier}'"
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return failed(AREA, f"the library {wanted.name} is missing", hint=hint)
    if wanted.specifier.contains(found, prereleases=True):
        return None
    return failed(AREA, f"the library {wanted.name} is {found}, but {wanted.specifier} is needed", hint=hint)
