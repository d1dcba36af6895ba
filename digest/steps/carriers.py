"""Who carries an article: its own outlet, and those that ran a copy of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from digest.compose import source_label
from digest.models import Origin


def carriers_of(origins: Sequence[Origin]) -> dict[str, frozenset[str]]:
    """By the id of the article that stands for an origin: who carries it, its own outlet and those of its copies."""
    return {origin.articles[0].id: frozenset(map(source_label, origin.articles)) for origin in origins}


def outlets_among(article_ids: Collection[str], carriers: Mapping[str, frozenset[str]]) -> int:
    """How many outlets carry these articles."""
    return len(frozenset().union(*(carriers[article_id] for article_id in article_ids)))
