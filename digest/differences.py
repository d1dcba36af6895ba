"""Where sources differ: the same quantity, told with different figures by different origins.

Rounding, conversion, hedges and the parts of a whole are no difference (`language/conflicts.py` says what is).
Precision comes first: a false difference costs more trust than a missed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from digest.language.conflicts import FATES, Conflict, Told, agree, conflict, conflicts, kind_of, tell
from digest.language.quantities import Quantity, told_with_hedge
from digest.language.units import in_base
from digest.models import Article, Statement

__all__ = ["Conflict", "RawDifference", "RawReading", "conflict", "find_differences"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawReading:
    """One value as told, its unit, and the places in `statements` of those who tell it."""

    value: str
    unit: str | None
    statements: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDifference:
    """What is told differently, and the readings, in the order of their articles' dates, then of their values."""

    what: str
    values: tuple[RawReading, ...]


def find_differences(
    statements: Sequence[Statement], origins: Sequence[str], articles: Mapping[str, Article]
) -> tuple[RawDifference, ...]:
    """What the statements of one topic tell differently; `origins[i]` is the origin of `statements[i]`.

    Only statements of different origins differ. Readings come in the order of their articles' dates, oldest first, so
    that a count that rose ends with its newest value; undated ones and ties go by value.
    """
    told = [tell(statement.text) for statement in statements]
    figures: dict[tuple[str | None, str], dict[int, Quantity]] = {}
    for first, second in combinations(range(len(told)), 2):
        if origins[first] == origins[second]:
            continue
        for found in conflicts(told[first], told[second]):
            group = figures.setdefault((found.a.unit, found.what), {})
            group.setdefault(first, found.a)
            group.setdefault(second, found.b)
    differences = [
        RawDifference(what=what, values=_readings(_with_agreeing(group, told), statements, articles))
        for (_, what), group in sorted(figures.items(), key=lambda entry: _rank(entry[0][1]))
    ]
    return tuple(difference for difference in differences if len(difference.values) > 1)


def _rank(what: str) -> tuple[int, str]:
    """The fates of people first, gravest first; then by name."""
    return (FATES.index(what) if what in FATES else len(FATES), what)


def _with_agreeing(group: Mapping[int, Quantity], told: Sequence[Told]) -> dict[int, Quantity]:
    """The figures of a difference, with those of the statements that agree with one of them."""
    full = dict(group)
    for row, sentence in enumerate(told):
        if row in full:
            continue
        for quantity in sentence.quantities:
            if any(kind_of(quantity) == kind_of(each) and agree(quantity, each) for each in group.values()):
                full[row] = quantity
                break
    return full


def _readings(
    figures: Mapping[int, Quantity], statements: Sequence[Statement], articles: Mapping[str, Article]
) -> tuple[RawReading, ...]:
    """Equal figures in one reading, in the words of the first that tells it; hedged ones apart from flat ones."""
    rows: dict[tuple[float, str | None, str | None], list[int]] = {}
    for row in sorted(figures, key=lambda row: (_published(statements[row], articles), statements[row].id)):
        quantity = figures[row]
        rows.setdefault((quantity.value, quantity.approx, quantity.unit), []).append(row)
    keyed = sorted(rows.items(), key=lambda entry: (_published(statements[entry[1][0]], articles), entry[0][0]))
    return tuple(_reading(told, figures, statements) for _, told in keyed)


def _reading(rows: Sequence[int], figures: Mapping[int, Quantity], statements: Sequence[Statement]) -> RawReading:
    quantity = figures[rows[0]]
    # Money and magnitudes are read as told; a measure is figure and unit.
    measured = quantity.unit == "percent" or in_base(1.0, quantity.unit) is not None
    value = told_with_hedge(statements[rows[0]].text, quantity, unit=not measured and quantity.unit != "magnitude")
    return RawReading(value=value, unit=quantity.unit if measured else None, statements=tuple(sorted(rows)))


def _published(statement: Statement, articles: Mapping[str, Article]) -> float:
    """When the statement's article came out, in seconds; an unknown date counts as the earliest."""
    article = articles.get(statement.article_id)
    return article.published.timestamp() if article is not None and article.published is not None else 0.0
