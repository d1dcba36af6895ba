"""The list of sources: every article of the window with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.models import Article, Origin, SourceEntry


def list_sources(origins: Sequence[Origin], numbers: Mapping[str, int]) -> tuple[SourceEntry, ...]:
    """Cited articles by number, then their copies and the unused ones by label."""
    entries = [entry for origin in origins for entry in _origin_sources(origin, numbers)]
    return tuple(
        sorted(entries, key=lambda entry: (entry.n is None, entry.n or 0, entry.label.casefold(), entry.article_id))
    )


def _origin_sources(origin: Origin, numbers: Mapping[str, int]) -> Iterator[SourceEntry]:
    first, *copies = origin.articles
    entry = _source(first, "cited" if first.id in numbers else "unused")
    # A copy's title is that of its origin, so a file that names no outlet is told apart by its own name.
    carried = dict.fromkeys(copy.carrier or copy.outlet or copy.source for copy in copies)
    yield replace(entry, n=numbers.get(first.id), carried_by=tuple(name for name in carried if name != first.outlet))
    yield from (replace(_source(copy, "copy"), copy_of=first.id) for copy in copies)


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
