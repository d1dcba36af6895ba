"""What kept issues add up to: lines, origins, and which sources carry them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from digest.asking.issues import Kept
from digest.asking.named import NameOf, configured_names, source_names
from digest.deliver.outputs import IssueFolder
from digest.models import SILENT, entries


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCounts:
    """One issue. `one_origin` counts its lines that a single origin bears out; `failures` its sources that failed."""

    date: date
    number: int | None
    folder: str
    articles: int
    origins: int
    lines: int
    one_origin: int
    new: int
    updated: int
    running: int
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCounts:
    """One source: the articles it gave to issues, the copies among them, those cited and when last; its failures.

    `silent` is the latest issue's word on how long it has had nothing new.
    """

    source: str
    articles: int
    copies: int
    cited: int
    last_cited: date | None
    failures: int
    reason: str | None
    silent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The counts of all issues; articles that stand in several issues count once, their lines each time."""

    issues: tuple[IssueCounts, ...]
    sources: tuple[SourceCounts, ...]
    articles: int
    copies: int
    cited: int
    lines: int
    one_origin: int

    @property
    def idle(self) -> tuple[SourceCounts, ...]:
        """The sources that no line of any issue cites."""
        return tuple(source for source in self.sources if not source.cited)


def statistics(kept: Kept) -> Statistics:
    """Count the kept issues. Raises BriefFileError when the articles of one cannot be read."""
    issues = tuple(_issue(issue) for issue in kept.issues)
    seen = _seen(kept.issues)
    return Statistics(
        issues=issues,
        sources=_sources(seen, kept),
        articles=len(seen),
        copies=sum(one.copy for one in seen.values()),
        cited=sum(bool(one.cited) for one in seen.values()),
        lines=sum(issue.lines for issue in issues),
        one_origin=sum(issue.one_origin for issue in issues),
    )


def _issue(issue: IssueFolder) -> IssueCounts:
    printed = entries(issue.brief)
    status = Counter(entry.status for entry in printed)
    return IssueCounts(
        date=issue.brief.date,
        number=issue.brief.series.number if issue.brief.series else None,
        folder=issue.folder,
        articles=issue.brief.ledger.articles,
        origins=issue.brief.ledger.origins,
        lines=len(printed),
        one_origin=sum(entry.origins == 1 for entry in printed),
        new=status["new"],
        updated=status["updated"],
        running=issue.brief.ledger.running,
        failures=sum(not one.reason.startswith(SILENT) for one in issue.brief.ledger.failures),
    )


@dataclass(slots=True, kw_only=True)
class _Seen:
    """What is known of an article from all issues it stands in."""

    source: str = ""
    copy: bool = False
    cited: list[date] = field(default_factory=list)


def _seen(issues: Sequence[IssueFolder]) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}
    for issue in issues:
        for entry in issue.brief.sources:
            one = seen.setdefault(entry.article_id, _Seen())
            one.copy = one.copy or entry.fate == "copy"
            if entry.fate == "cited":
                one.cited.append(issue.brief.date)
        for article in issue.articles():
            if article.id in seen:
                seen[article.id].source = article.source
    return seen


def _sources(seen: Mapping[str, _Seen], kept: Kept) -> tuple[SourceCounts, ...]:
    name_of = source_names(kept)
    grouped: dict[str, list[_Seen]] = {name: [] for name in configured_names(kept)}
    for one in seen.values():
        grouped.setdefault(name_of(one.source), []).append(one)
    failures = _failures(kept.issues, name_of)
    last = kept.issues[-1].brief.ledger.failures
    silent = {name_of(one.source): one.reason for one in last if one.reason.startswith(SILENT)}
    counts = [
        SourceCounts(
            source=name,
            articles=len(group := grouped.get(name, [])),
            copies=sum(one.copy for one in group),
            cited=sum(bool(one.cited) for one in group),
            last_cited=max((day for one in group for day in one.cited), default=None),
            failures=len(failures.get(name, {})),
            reason=next(reversed(failures.get(name, {}).values()), None),
            silent=silent.get(name),
        )
        for name in {**grouped, **failures, **silent}
    ]
    return tuple(sorted(counts, key=lambda one: (-one.cited, -one.articles, one.source)))


def _failures(issues: Sequence[IssueFolder], name_of: NameOf) -> dict[str, dict[str, str]]:
    """By source, the issues (by folder) in which it failed, each with the reason."""
    failures: dict[str, dict[str, str]] = {}
    for issue in issues:
        for failure in issue.brief.ledger.failures:
            if not failure.reason.startswith(SILENT):
                failures.setdefault(name_of(failure.source), {})[issue.folder] = failure.reason
    return failures
