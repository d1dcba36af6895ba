"""The brief's own words: counts, differences and the ledger, in English whatever the machine's locale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.counting import counted
from digest.language.counted import plural
from digest.models import (
    READ_REST,
    SILENT,
    Brief,
    Citation,
    Difference,
    Entry,
    Ledger,
    Line,
    Reading,
    SourceEntry,
    entries,
)
from digest.render.escape import web_link
from digest.render.moments import long_date, moment, window_words

_SPELLED_OUT = frozenset(
    "mile yard foot tonne pound ounce hectare acre litre gallon barrel knot "
    "second minute hour day week month year decade".split()
)
# How a count of nobody is told: "no passengers are missing", "all 212 have been accounted for".
_ONE = re.compile(r"(?:^|\s)(?:1|one|an?)$", re.IGNORECASE)
_NOBODY = re.compile(r"(?:no(?! (?:fewer|less|more) )|no one|nobody|none|zero|without|all|every\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One source of a line with all that the line cites of it: the number, the source, the quotes in text order."""

    n: int
    label: str
    citations: tuple[Citation, ...]
    source: SourceEntry | None

    @property
    def link(self) -> str | None:
        """The article's address as its citations give it."""
        return self.citations[0].link

    @property
    def published(self) -> datetime | None:
        """When the article was published."""
        return self.citations[0].published


def headline(brief: Brief) -> str:
    """The title line: "Strait watch · day 118" for an issue of a series, else the title."""
    if brief.series is None:
        return brief.title
    return f"{brief.series.name} · {brief.series.unit} {brief.series.number:,}"


def subline(brief: Brief) -> str:
    """The date, the window and what was read, in one line."""
    return " · ".join(subline_parts(brief))


def subline_parts(brief: Brief) -> tuple[str, str, str]:
    """The three parts of the line under the title, for a page that breaks it between them."""
    return long_date(brief.date), window_words(brief), read_words(brief.ledger)


def read_words(ledger: Ledger) -> str:
    """ "31 articles (4 older) from 9 outlets, 22 origins": those of which the brief is made, which are in English.

    The older ones are of the overlap with the last issue, or came late.
    """
    outlets = f" from {counted(ledger.outlets, 'outlet')}" if ledger.outlets else ""
    articles = counted(ledger.articles - ledger.off_window - ledger.foreign, "article")
    older = f" ({ledger.older:,} older)" if ledger.older else ""
    return f"{articles}{older}{outlets}, {counted(ledger.origins, 'origin')}"


def carriage(entry: Entry) -> str:
    """How many report it: "6 outlets, 3 origins", "2 origins" when both counts agree, "one origin".

    "6 sources, 3 origins" when not all that are cited have an outlet: a file that does not say its own is one too.
    """
    origins = counted(entry.origins, "origin", one="one")
    if entry.outlets in (0, entry.origins):
        return origins
    noun = "outlet" if all(citation.outlet for citation in entry.line.citations) else "source"
    return f"{counted(entry.outlets, noun, one='one')}, {origins}"


def notes(entry: Entry) -> tuple[str, ...]:
    """The quiet remarks after a line: whose claim it is, how many report it."""
    claimant = entry.line.claimed_by
    if claimant is None:
        return (carriage(entry),)
    # A line that names its claimant needs no second mention of the name.
    claim = "a claim" if claimant in entry.line.text else f"claimed by {_within(claimant)}"
    return (claim, carriage(entry))


def _within(name: str) -> str:
    """A name as it stands inside a sentence: "the finance ministry", although a sentence began with "The"."""
    return re.sub(r"\A(?:The|An?)(?= [a-z])", lambda article: article.group().lower(), name)


def cited(line: Line, brief: Brief) -> tuple[Cited, ...]:
    """The line's citations, those of one article together, in the order of their first mention."""
    sources = {source.article_id: source for source in brief.sources}
    groups: dict[int, list[Citation]] = {}
    for citation in line.citations:
        groups.setdefault(citation.n, []).append(citation)
    return tuple(
        Cited(
            n=n,
            label=_label(group[0], sources.get(group[0].article_id)),
            citations=tuple(sorted(group, key=lambda citation: citation.start)),
            source=sources.get(group[0].article_id),
        )
        for n, group in groups.items()
    )


def quotes(brief: Brief) -> tuple[Cited, ...]:
    """The cited sources by number, each with everything that lines cite of it, once, in text order."""
    groups: dict[int, dict[tuple[int, int], Citation]] = {}
    for citation in (citation for entry in entries(brief) for citation in entry.line.citations):
        groups.setdefault(citation.n, {})[citation.start, citation.end] = citation
    sources = {source.article_id: source for source in brief.sources}
    return tuple(_cited_in_full(n, groups[n], sources) for n in sorted(groups))


def _cited_in_full(n: int, group: dict[tuple[int, int], Citation], sources: dict[str, SourceEntry]) -> Cited:
    citations = tuple(group[span] for span in sorted(group))
    source = sources.get(citations[0].article_id)
    return Cited(n=n, label=_label(citations[0], source), citations=citations, source=source)


def _label(citation: Citation, source: SourceEntry | None) -> str:
    return citation.outlet or (source.label if source else f"source {citation.n}")


def cited_sources(brief: Brief) -> tuple[SourceEntry, ...]:
    """The sources that lines cite, by number."""
    return tuple(sorted((one for one in brief.sources if one.n is not None), key=lambda one: one.n or 0))


def unused_sources(brief: Brief) -> tuple[SourceEntry, ...]:
    """The articles that were read and that no line cites; copies are not among them, they stand by their origin."""
    return tuple(one for one in brief.sources if one.n is None and one.fate == "unused")


def text_line(entry: Entry, brief: Brief) -> str:
    """A line of the plain-text brief: mark, text, numbers, remarks."""
    mark = "UPDATED " if entry.status == "updated" else ""
    numbers = "".join(f" [{source.n}]" for source in cited(entry.line, brief))
    return " · ".join((f"{mark}{entry.line.text}{numbers}", *notes(entry)))


def quoted(title: str) -> str:
    """The title in quotation marks, unless it brings its own or is empty."""
    return f"“{title}”" if title and "“" not in title else title


def named(source: SourceEntry) -> str:
    """What to call a source: its outlet, its file, or its title in quotation marks."""
    return quoted(source.label) if source.outlet is None and source.label == source.title else source.label


def linkless(brief: Brief) -> str:
    """Which cited sources have no address that a number could lead to, as a sentence; "" when all have one."""
    numbers = [str(source.n) for source in cited_sources(brief) if web_link(source.link) is None]
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"Source {numbers[0]} has no link; its text is kept in sources.jsonl."
    if len(numbers) == len(cited_sources(brief)):
        return "The sources have no links; their texts are kept in sources.jsonl."
    return f"Sources {listed(numbers)} have no links; their texts are kept in sources.jsonl."


def text_source(source: SourceEntry, brief: Brief) -> str:
    """A source of the plain-text brief: who, what, when, who carried it."""
    title = quoted(source.title) if source.title != source.label else ""
    via = f"via {source.carrier}" if source.carrier and source.carrier != source.label else ""
    carried = f"also carried by {listed(source.carried_by)}" if source.carried_by else ""
    stub = "only a teaser" if source.stub else ""
    parts = (named(source), title, moment(source.published, brief), via, carried, stub)
    return ", ".join(filter(None, parts))


def open_end(text: str) -> tuple[str, bool]:
    """The text without its full stop, and True when a phrase can go on after it.

    False, and the whole text, when it ends in a question or a quotation. "the U.S." keeps its stop.
    """
    if re.search(r"\b\w\.\w\.\Z", text):
        return text, True
    if text.endswith(".") and not text.endswith(".."):
        return text[:-1], True
    return text, re.search(r"[.!?…][”’»\"')]?\Z", text) is None


def labels(numbers: Sequence[int], brief: Brief) -> tuple[str, ...]:
    """What to call the sources of these numbers, each name once; a title that stands for an outlet in quotes."""
    names = {source.n: named(source) for source in brief.sources if source.n is not None}
    return tuple(dict.fromkeys(names.get(n, f"source {n}") for n in numbers))


def reading(value: Reading) -> str:
    """One value as the line of differences shows it: 35, 35 km, “at least 40”; "none" for a clause about nobody."""
    text = f"{value.value} {_units(value)}" if value.unit else value.value
    if " " not in value.value or re.search(r"[^\W\d_]", value.value) is None:
        return text
    return "none" if _NOBODY.match(value.value) else "“" + text.strip('“”"') + "”"


def _units(value: Reading) -> str:
    """The unit behind a figure: "five hours", "one hour", "35 km", "6 percent"."""
    unit = value.unit or ""
    return unit if _ONE.search(value.value) or unit not in _SPELLED_OUT else plural(unit)


def differences(entry: Entry, brief: Brief) -> str:
    """ "Differs: injured 35 (Coast Radio, Meridian Post), “at least 40” (Daily Ledger)." or ""."""
    told = [_difference(one, brief) for one in entry.differences if not one.over_time]
    return f"Differs: {'; '.join(told)}." if told else ""


def _difference(difference: Difference, brief: Brief) -> str:
    told = ", ".join(f"{reading(value)} ({', '.join(labels(value.n, brief))})" for value in difference.values)
    return f"{difference.what} {told}".strip()


def listed(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def ledger_words(ledger: Ledger) -> str:
    """What was read and what became of it, in sentences."""
    fates = (
        f"{counted(ledger.copies, 'copy')} folded" if ledger.copies else "",
        f"{ledger.off_window:,} outside the window" if ledger.off_window else "",
        f"{ledger.undated:,} without a date" if ledger.undated else "",
        f"{ledger.stubs:,} only {'a teaser' if ledger.stubs == 1 else 'teasers'}" if ledger.stubs else "",
        f"{ledger.foreign:,} not in English" if ledger.foreign else "",
    )
    told = ", ".join(filter(None, fates))
    sentences = [f"Read {counted(ledger.articles, 'article')}{': ' if told else ''}{told}."]
    sentences += _failure_sentences(ledger)
    sentences += _writer_sentences(ledger)
    if ledger.below_cut:
        sentences.append(f"{counted(ledger.below_cut, 'topic', one='One')} fell below the cut.")
    if ledger.mute:
        sentences.append(f"{counted(ledger.mute, 'topic', one='One')} had no sentence that can stand alone.")
    return " ".join([*sentences, *ledger.notes])


def _failure_sentences(ledger: Ledger) -> list[str]:
    by_reason: dict[str, list[str]] = {}
    for failure in ledger.failures:
        by_reason.setdefault(failure.reason, []).append(f"“{failure.source}”")
    return [_failure_sentence(listed(names), reason) for reason, names in by_reason.items()]


def _failure_sentence(names: str, reason: str) -> str:
    """A source that was read, but in part or long since to no avail, did not fail."""
    read = reason.startswith(SILENT) or reason.endswith(READ_REST)
    return f"{names}: {reason}." if read else f"{names} failed ({reason})."


def _writer_sentences(ledger: Ledger) -> list[str]:
    """Who wrote the lines, when a model was asked."""
    if not ledger.written and not ledger.fell_back:
        return []
    wrote = f"A model wrote {counted(ledger.written, 'line')}"
    fell = f"; {ledger.fell_back:,} fell back to a source's sentence" if ledger.fell_back else ""
    again = f"; {ledger.retried:,} {'was' if ledger.retried == 1 else 'were'} tried twice" if ledger.retried else ""
    return [f"{wrote}{fell}{again}."]
