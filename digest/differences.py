"""Where sources differ: the same quantity, told with different figures by different origins.

Rounding, conversion, hedges and the parts of a whole are no difference (`language/conflicts.py` says what is).
Precision comes first: a false difference costs more trust than a missed one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from math import log

from digest.language.claims import Attribution, attribution
from digest.language.conflicts import FATES, ReadSentence, agree, conflicts, kind_of, read_sentence
from digest.language.names import find_names
from digest.language.quantities import Quantity, find_quantities, told_with_hedge
from digest.language.units import in_base
from digest.models import Article, Statement, Topic, TopicDifference, TopicReading

ROOT = 4  # letters from which a name that begins another is taken for its root
_COUNTING = frozenset(("reported", "reports", "confirmed", "confirms", "recorded", "registered"))
_HEDGE = 14  # characters between the verb and its figure: "nearly", "more than"
OneEvent = Callable[[Article, Article], bool]
# A statement's figure, by its row in the topic and where it stands in the text.
Figures = dict[tuple[int, int], Quantity]


def find_differences(topic: Topic, *, one_event: OneEvent = lambda one, other: True) -> tuple[TopicDifference, ...]:
    """What the statements of a topic tell differently.

    Only statements of different origins differ, whose articles are of `one_event`. Readings come in the order of their
    articles' dates, oldest first, so that a count that rose ends with its newest value; undated ones and ties go by
    value.
    """
    told = [read_sentence(statement.text) for statement in topic.statements]
    names = [_names(statement.text) for statement in topic.statements]
    homes = [topic.articles[statement.article_id] for statement in topic.statements]
    groups: list[tuple[Figures, Counter[str]]] = []
    for first, second in combinations(range(len(told)), 2):
        if topic.origins[first] == topic.origins[second] or not one_event(homes[first], homes[second]):
            continue
        if _of_others(names[first], names[second]):
            continue
        for found in conflicts(told[first], told[second]):
            if not (_has_nearer(homes[first], found.a, found.b) or _has_nearer(homes[second], found.b, found.a)):
                figures = {(first, found.a.start): found.a, (second, found.b.start): found.b}
                groups = _joined(groups, figures, found.what)
    differences = (_difference(*group, told, topic, one_event) for group in groups)
    return tuple(sorted((one for one in differences if len(one.values) > 1), key=_rank))


def _names(text: str) -> frozenset[str]:
    """The names in what a sentence says, and not of who says it; a town that "has reported 31 cases" has them."""
    claim = attribution(text)
    speaker = {name.key for name in find_names(claim.speaker)} if claim and not _counts(text, claim) else set()
    return frozenset(part for name in find_names(text) if name.key not in speaker for part in name.key.split())


def _counts(text: str, claim: Attribution) -> bool:
    """Whether a figure is what the verb asks for: not "reported that 31", nor "31 were ill, Hame reported"."""
    counting = claim.verb in _COUNTING and text[: claim.end].endswith(claim.verb)
    if not counting or text.startswith(" that", claim.end):
        return False
    return any(0 < one.start - claim.end <= _HEDGE for one in find_quantities(text))


def _of_others(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether both name somebody or something, and nothing that the other names, too: Israel is in "Israeli"."""
    alike = (one[:ROOT] == other[:ROOT] and (one.startswith(other) or other.startswith(one))
             for one in first for other in second)  # fmt: skip
    return bool(first and second) and first.isdisjoint(second) and not any(alike)


def _has_nearer(article: Article, own: Quantity, other: Quantity) -> bool:
    """Whether an article gives a figure that comes nearer to another's than its own does, or is the same.

    Then its own counts something else: some of a whole, another match of the season, what it was the day before.
    """
    apart = abs(log(own.value / other.value))
    return any(
        kind_of(each) == kind_of(own) and (agree(each, other) or abs(log(each.value / other.value)) < apart)
        for each in find_quantities(article.text)
        if each.value > 0 and not each.ordinal and each.approx != "vague"
    )


def _joined(
    groups: Sequence[tuple[Figures, Counter[str]]], figures: Figures, what: str
) -> list[tuple[Figures, Counter[str]]]:
    """The groups with two figures more: those that share a figure are of one difference, whatever they call it."""
    touching = [group for group in groups if group[0].keys() & figures.keys()]
    names = Counter({what: 1})
    for mine, called in touching:
        figures |= mine
        names += called
    return [*(group for group in groups if group not in touching), (figures, names)]


def _difference(
    figures: Figures, names: Counter[str], told: Sequence[ReadSentence], topic: Topic, one_event: OneEvent
) -> TopicDifference:
    what = min(names, key=lambda name: (-names[name], name))
    return TopicDifference(what=what, values=_readings(_with_agreeing(figures, told, topic, one_event), topic))


def _rank(difference: TopicDifference) -> tuple[int, str]:
    """The fates of people first, gravest first; then by name."""
    what = difference.what
    return (FATES.index(what) if what in FATES else len(FATES), what)


def _with_agreeing(
    figures: Figures, told: Sequence[ReadSentence], topic: Topic, one_event: OneEvent
) -> dict[int, Quantity]:
    """By their rows the figures of a difference, with those of the statements that agree with one of them."""
    full = {row: quantity for (row, _), quantity in figures.items()}
    homes = [topic.articles[statement.article_id] for statement in topic.statements]
    for row in [row for row in range(len(told)) if row not in full]:
        for quantity in told[row].quantities:
            if any(
                kind_of(quantity) == kind_of(each) and agree(quantity, each) and one_event(homes[row], homes[other])
                for (other, _), each in figures.items()
            ):
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
