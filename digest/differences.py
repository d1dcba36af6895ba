"""Where sources differ: the same quantity, told with different figures by different origins.

Rounding, conversion, hedges and the parts of a whole are no difference (`language/conflicts.py` says what is).
Precision comes first: a false difference costs more trust than a missed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from digest.language.conflicts import FATES, ReadSentence, agree, conflicts, kind_of, read_sentence
from digest.language.quantities import Quantity, told_with_hedge
from digest.language.units import in_base
from digest.models import Statement, Topic, TopicDifference, TopicReading


def find_differences(topic: Topic) -> tuple[TopicDifference, ...]:
    """What the statements of a topic tell differently.

    Only statements of different origins differ. Readings come in the order of their articles' dates, oldest first, so
    that a count that rose ends with its newest value; undated ones and ties go by value.
    """
    told = [read_sentence(statement.text) for statement in topic.statements]
    figures: dict[tuple[str | None, str], dict[int, Quantity]] = {}
    for first, second in combinations(range(len(told)), 2):
        if topic.origins[first] == topic.origins[second]:
            continue
        for found in conflicts(told[first], told[second]):
            group = figures.setdefault((found.a.unit, found.what), {})
            group.setdefault(first, found.a)
            group.setdefault(second, found.b)
    differences = [
        TopicDifference(what=what, values=_readings(_with_agreeing(group, told), topic))
        for (_, what), group in sorted(figures.items(), key=lambda entry: _rank(entry[0][1]))
    ]
    return tuple(difference for difference in differences if len(difference.values) > 1)


def _rank(what: str) -> tuple[int, str]:
    """The fates of people first, gravest first; then by name."""
    return (FATES.index(what) if what in FATES else len(FATES), what)


def _with_agreeing(group: Mapping[int, Quantity], told: Sequence[ReadSentence]) -> dict[int, Quantity]:
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


def _readings(figures: Mapping[int, Quantity], topic: Topic) -> tuple[TopicReading, ...]:
    """Equal figures in one reading, in the words of the first that tells it; hedged ones apart from flat ones."""
    rows: dict[tuple[float, str | None, str | None], list[int]] = {}
    for row in sorted(figures, key=lambda row: (_published(topic, row), topic.statements[row].id)):
        quantity = figures[row]
        rows.setdefault((quantity.value, quantity.approx, quantity.unit), []).append(row)
    keyed = sorted(rows.items(), key=lambda entry: (_published(topic, entry[1][0]), entry[0][0]))
    return tuple(_reading(told, figures, topic.statements) for _, told in keyed)


def _reading(rows: Sequence[int], figures: Mapping[int, Quantity], statements: Sequence[Statement]) -> TopicReading:
    quantity = figures[rows[0]]
    # Money and magnitudes are read as told; a measure is figure and unit.
    measured = quantity.unit == "percent" or in_base(1.0, quantity.unit) is not None
    value = told_with_hedge(statements[rows[0]].text, quantity, unit=not measured and quantity.unit != "magnitude")
    told = tuple(statements[row] for row in sorted(rows))
    return TopicReading(value=value, unit=quantity.unit if measured else None, statements=told)


def _published(topic: Topic, row: int) -> float:
    """When a statement's article came out, in seconds; an unknown date counts as the earliest."""
    published = topic.articles[topic.statements[row].article_id].published
    return published.timestamp() if published else 0.0
