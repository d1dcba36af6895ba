"""Origins to statements, and all that is compared to vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from digest.config import Config
from digest.embeddings import Encoder
from digest.engines import Map
from digest.models import Article, Omission, Origin, Statement
from digest.sections import section_texts
from digest.statements import extract_statements
from digest.topics import article_vectors
from digest.topics.arrays import Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The statements of the articles that stand for their origins, and the pieces left out."""

    statements: tuple[Statement, ...]
    omissions: tuple[Omission, ...]
    articles: Mapping[str, Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """The vectors of all that is compared, of unit length.

    `statements` (n, dim) in their order, and `by_statement` by their ids; `articles` by theirs;
    `phrases` are those of the sections, `told` those of earlier issues, in the order of their texts.
    """

    statements: Vectors
    by_statement: Mapping[str, Vectors]
    articles: Mapping[str, Vectors]
    phrases: Vectors
    told: Vectors


def split_articles(origins: Sequence[Origin], config: Config, each: Map) -> Split:
    """Split the article that stands for each origin into statements, over the map `each`."""
    articles = {origin.articles[0].id: origin.articles[0] for origin in origins}
    split = partial(extract_statements, config=config.statements)
    extractions = list(each(split, articles.values()))
    return Split(
        statements=tuple(statement for extraction in extractions for statement in extraction.statements),
        omissions=tuple(omission for extraction in extractions for omission in extraction.omissions),
        articles=articles,
    )


def encode(split: Split, config: Config, encoder: Encoder, *, told: Sequence[str]) -> Encoded:
    """One call to the encoder for everything, so that it can fill its batches."""
    texts = [statement.text for statement in split.statements]
    titles = [article.title for article in split.articles.values()]
    phrases = section_texts(config.sections)
    vectors = encoder.encode([*texts, *titles, *phrases, *told])
    ends = np.cumsum([len(texts), len(titles), len(phrases)])
    statements, headlines, sections, earlier = np.split(vectors, ends)
    return Encoded(
        statements=statements,
        by_statement={one.id: vector for one, vector in zip(split.statements, statements, strict=True)},
        articles=article_vectors(split.articles, split.statements, statements, headlines),
        phrases=sections,
        told=earlier,
    )
