"""What `digest explain` says: the trace of a topic as sentences, and the list of topics."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping

from digest.cli.console import WIDTH, wrapped
from digest.models import Brief, Entry, Section, entries
from digest.render.wording import listed
from digest.trace import CANNOT_STAND_ALONE, Trace, TracedLink, TracedStatement, TracedTopic

MAX_LISTED = 30  # topics outside the brief that are listed without --all
FULL = 0.9  # a share from here on is not "only" so much
STRONGLY, SLIGHTLY = 2.0, 0.5  # what a reason adds to the log-odds: from here on much, below here little

# Each reason of the judge (topics/features.py) as a remark; {} is its value. Those of a yes or no, and those where
# nothing could be compared, have sentences of their own below.
_REMARKS = {
    "cosine": "their meanings are {} alike",
    "words": "their words, the rare ones weighing most, overlap by {}",
    "names": "the names in them overlap by {}",
    "nearer": "they are {} nearer in meaning than each is to what else is near it",
    "nearer_words": "they are {} nearer in words than each is to what else is near it",
    "nearer_names": "they are {} nearer in names than each is to what else is near it",
    "nearer_2": "they are {} nearer than each is to its 2 nearest others",
    "nearer_5": "they are {} nearer than each is to its 5 nearest others",
    "nearer_12": "they are {} nearer than each is to its 12 nearest others",
    "shared": "{} of what is near one, in meaning and words, is near the other too",
    "shared_words": "{} of what is near one, in words, is near the other too",
    "deeds": "the words for what happens overlap by {}",
    "contained": "the fuller one holds {} of the other",
    "figures_shared": "{} of the figures are in both",
    "order": "{} of the words in both come in the same order",
}
_COUNTS = {
    "figures_differ": ("1 figure of the same kind differs", "{} figures of the same kind differ"),
    "shorter": ("the shorter one has 1 word", "the shorter one has {} words"),
    "longer": ("the longer one has 1 word", "the longer one has {} words"),
}
_EITHER = {
    "same_actor": ("the first name in both is the same", "the first names in them differ"),
    "polarity": ("only one of them is negated", "both are negated, or neither is"),
    "same_article": ("both stand in one article", "they stand in two articles"),
}
_UNKNOWN = {
    "figures_shared": "not both have figures",
    "figures_differ": "not both have figures",
    "same_actor": "not both have names",
    "order": "they share too few words to compare their order",
}
_CREDIT = "credit:"  # how the label of an origin begins that is an agency
_OF_ARTICLES = "article_"  # how the names of what compares their articles begin


# --- one topic -------------------------------------------------------------------------------------------------------


def explained(topic: TracedTopic, *, rank: int, of: int, entry: Entry | None) -> Iterator[str]:
    """All that is known of a topic, line by line. `rank` counts from 1; `entry` is what the brief prints of it."""
    place = f"in the brief, under “{topic.section}”" if topic.section and entry else topic.fate
    yield f"{topic.id}: {place}"
    yield f"  importance {topic.score:.2f}, no. {rank} of {of} topics"
    if entry:
        yield from ("", "The line:")
        yield from wrapped(entry.line.text, indent=2)
    for change in entry.changes if entry else ():
        moved = f"Updated: {f'{change.what} ' if change.what else ''}{change.before} → {change.after}."
        source = f" The issue of {change.issue} cited {change.outlet or 'a source'}: “{change.quote}”"
        yield from wrapped(moved + source, indent=2)
    yield from ("", f"{_what_it_rests_on(topic)}:")
    numbers = {(one.article_id, one.quote): one.n for one in entry.line.citations} if entry else {}
    for row, statement in enumerate(topic.statements, start=1):
        yield from _statement(row, topic, numbers.get((statement.article_id, statement.quote)))
    if topic.links:
        yield from ("", "Why they are one topic (each statement beside the one that it is likest to):")
    for link in topic.links:
        yield from _link(link)
    if topic.links:
        yield "  These are the strongest reasons; what one adds depends on the others. Statements come together"
        yield "  where their pairs reach topics.threshold on average."
    yield from _why_this_line(topic) if entry or topic.fate != CANNOT_STAND_ALONE else _why_none(topic)


def _why_this_line(topic: TracedTopic) -> Iterator[str]:
    if topic.steps:
        yield from ("", "Why this line:")
    only = not any(step.startswith("also considered") for step in topic.steps)
    for step in topic.steps:
        yield from wrapped(_step(step, only=only), indent=2)


def _why_none(topic: TracedTopic) -> Iterator[str]:
    """What each statement lacks that a line must have."""
    if topic.steps:
        yield from ("", "Why it has no line:")
    for row, step in enumerate(topic.steps, start=1):
        yield from wrapped(f"{step}.", indent=5, first=f"{row:>3}. ")


def _what_it_rests_on(topic: TracedTopic) -> str:
    count, origins = len(topic.statements), len({one.origin for one in topic.statements})
    if count == 1:
        return "It has one statement"
    return f"Its {count} statements come from {f'{origins} origins' if origins > 1 else 'one origin'}"


def _statement(row: int, topic: TracedTopic, n: int | None) -> Iterator[str]:
    statement = topic.statements[row - 1]
    yield from wrapped(f"{statement.label}{f' [{n}]' if n else ''}: “{statement.quote}”", indent=5, first=f"{row:>3}. ")
    same = [place for place, one in enumerate(topic.statements, 1) if one.origin == statement.origin and place != row]
    notes = [f"{statement.centrality:.0%} like the middle of the topic"] if len(topic.statements) > 1 else []
    notes += [f"its words come from {_agency(statement)}"] if statement.origin.startswith(_CREDIT) else []
    notes += [f"one origin with {listed([str(place) for place in same])}"] if same else []
    if notes:
        yield f"     ({'; '.join(notes)})"


def _agency(statement: TracedStatement) -> str:
    """The agency that a statement rests on, as the statement or its outlet writes it."""
    name = statement.origin.removeprefix(_CREDIT)
    written = re.search(re.escape(name), f"{statement.quote} {statement.label}", re.IGNORECASE)
    return written.group() if written else name if name[:1].isupper() else name.title()


def _link(link: TracedLink) -> Iterator[str]:
    yield f"  {link.left + 1} and {link.right + 1} say the same with a probability of {link.probability:.0%}"
    for title, sign in (("for it", 1), ("against", -1)):
        reasons = [reason for reason in link.reasons if reason[2] * sign > 0]
        for place, (name, value, added) in enumerate(reasons):
            first = f"     {title + ':' if not place else '':<9}"
            said = remark(name, value, only=added < 0)
            yield from wrapped(f"{said}{_weight(added)}", indent=14, first=first)


def _weight(added: float) -> str:
    if abs(added) >= STRONGLY:
        return " (weighs much)"
    return " (weighs little)" if abs(added) < SLIGHTLY else ""


def remark(name: str, value: float | None, *, only: bool = False) -> str:
    """A reason of the judge in words: "their articles: the names in them overlap by 33%", or "by only 33%"."""
    key = name.removeprefix(_OF_ARTICLES)
    said = "their articles: " if key != name else ""
    if value is None:
        return said + _UNKNOWN.get(key, f"nothing to compare ({key.replace('_', ' ')})")
    if key in _EITHER:
        return said + _EITHER[key][0 if value >= 0.5 else 1]
    if key in _COUNTS:
        return said + _COUNTS[key][0 if round(value) == 1 else 1].format("no" if not round(value) else f"{value:.0f}")
    if key in _REMARKS:
        return said + _REMARKS[key].format(f"{'only ' if only and value < FULL else ''}{value:.0%}")
    return said + f"{key.replace('_', ' ')} {value:.2f}"


_SCORE = re.compile(r"score (-?[\d.]+) \(centrality (-?[\d.]+), (\d+) words\)")
_STARTS = {
    "cut: ": "Left out of the source's sentence: {}.",
    "flaw: ": "Against it: {}.",
    "subject restored: ": "“{}” stands in brackets: without it the sentence would not say who or what it speaks of.",
    "introduced: ": "Taken from its article, so that a reader knows who it is: “{}”.",
}


def _step(step: str, *, only: bool = False) -> str:
    """A writer's note as a sentence; `only` where no other sentence could be the line."""
    if found := _SCORE.fullmatch(step):
        score, centrality, words = found.groups()
        if only:
            return f"No other sentence could be the line; it scored {score}, with {words} words."
        middle = f"{float(centrality):.0%} like the middle of the topic"
        return f"Of the sentences tried it scored highest, {score}: {middle}, {words} words."
    if found := re.fullmatch(r"also considered \((-?[\d.]+)\): (.*)", step, re.DOTALL):
        return f"Passed over, with {found[1]}: “{found[2]}”"
    for start, sentence in _STARTS.items():
        if step.startswith(start):
            return sentence.format(step.removeprefix(start))
    return f"{step[:1].upper()}{step[1:]}{'' if step.endswith(('.', '”')) else '.'}"


# --- all topics ------------------------------------------------------------------------------------------------------


def all_topics(trace: Trace, brief: Brief, *, every: bool) -> Iterator[str]:
    """The topics of an issue with their ids: those of the brief in its order, then the others by their fate."""
    yield f"{brief.title}, {brief.date}"
    for section in brief.sections:
        yield from _section(section)
    printed = {entry.id for entry in entries(brief)}
    others = [topic for topic in trace.topics if topic.id not in printed]
    if others:
        fates = Counter(map(_kind, others))
        yield from ("", f"Not in the brief: {', '.join(f'{count} {fate}' for fate, count in fates.most_common())}")
    shown = others if every else others[:MAX_LISTED]
    for topic in shown:
        yield _row(topic.id, topic.statements[0].quote if topic.statements else "", note=_short(topic, fates))
    if len(shown) < len(others):
        yield f"  … and {len(others) - len(shown)} more (--all lists them)"


def _section(section: Section) -> Iterator[str]:
    printed = [entry for story in section.stories for entry in story.topics]
    if printed:
        yield from ("", section.title or "In the brief")
    for entry in printed:
        yield _row(entry.id, entry.line.text)


def _kind(topic: TracedTopic) -> str:
    """The fate, without the line that told the topic before."""
    return topic.fate.partition(": “")[0]


def _short(topic: TracedTopic, fates: Mapping[str, int]) -> str:
    """The fate, unless it is that of most."""
    return "" if _kind(topic) == max(fates, key=lambda fate: fates[fate]) else _kind(topic)


def _row(topic_id: str, text: str, *, note: str = "") -> str:
    room = WIDTH - 10 - (len(note) + 3 if note else 0)
    said = textwrap.shorten(text, max(room, WIDTH // 3), placeholder=" …")
    return f"  {topic_id:<6} {said}{f' ({note})' if note else ''}"
