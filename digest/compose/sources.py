"""The list of sources: every article of the window with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.models import Article, Origin, SourceEntry

UNNAMED_COPY = "an unnamed copy"


def list_sources(origins: Sequence[Origin], numbers: Mapping[str, int]) -> tuple[SourceEntry, ...]:
    """Cited articles by number, then their copies and the unused ones by label."""
    entries = [entry for origin in origins for entry in _origin_sources(origin, numbers)]
    return tuple(
        sorted(entries, key=lambda entry: (entry.n is None, entry.n or 0, entry.label.casefold(), entry.article_id))
    )


def _origin_sources(origin: Origin, numbers: Mapping[str, int]) -> Iterator[SourceEntry]:
    first, *copies = origin.articles
    entry = _source(first, "cited" if first.id in numbers else "unused")
    carried = dict.fromkeys(_carrier(copy, first) for copy in copies)
    yield replace(entry, n=numbers.get(first.id), carried_by=tuple(name for name in carried if name != first.outlet))
    yield from (replace(_source(copy, "copy"), copy_of=first.id) for copy in copies)


def _carrier(copy: Article, first: Article) -> str:
    """Who carried a copy; where it does not say, its title if that is its own. A file's name tells a reader nothing."""
    title = f"“{copy.title}”" if copy.title and copy.title.casefold() != first.title.casefold() else None
    return copy.carrier or copy.outlet or title or UNNAMED_COPY


def _source(article: Article, fate: str) -> SourceEntry:
    return SourceEntry(
        n=None,
        article_id=article.id,
        label=article.label,
        outlet=article.outlet,
        carrier=article.carrier,
        title=article.title,
        link=article.link,
        published=article.published,
        fate=fate,  # type: ignore[arg-type]  # the three callers pass the three literals
        stub=article.stub,
    )
