"""Our own predictions: each calls the functions that `digest run` calls, and adds nothing but the plumbing.

Every function takes a task's inputs (no label field is in them) and the shared tools, and returns one value per row.
Imports are inside the functions so that a part of the program that is missing costs its own task alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from benchmarks.tasks.rows import Fields
from benchmarks.tools import Tools, vectors_of_articles
from digest.config import Config, LinesConfig, StoriesConfig, TopicsConfig
from digest.models import Article, Brief, Statement

Inputs = Sequence[Fields]

SUMMARY_WORDS = 120
NOW = datetime(2026, 1, 1, tzinfo=UTC)  # the stories' articles are handed over undated


def predict_statements(inputs: Inputs, tools: Tools) -> list[str]:
    """One cluster label per sentence, over all sentences together, each beside its article."""
    articles = {
        row["article"]: Article(id=row["article"], title=row["article_title"] or "", text=row["article_text"])
        for row in inputs
    }
    statements = [_statement(number, row["text"], articles[row["article"]]) for number, row in enumerate(inputs)]
    # ECB+ labels a sentence by the event it tells, whatever it says of it; the event judge alone is fitted to .5
    config = TopicsConfig(grain="event", threshold=0.5)
    return [str(label) for label in _cluster(statements, articles, tools, config)]


def predict_agreement(inputs: Inputs, tools: Tools) -> list[str]:
    """One cluster label per answer, inside its question; each sentence is an article of its own."""
    return _per_group(inputs, lambda rows: _cluster_answers(rows, tools))


def predict_stories(inputs: Inputs, tools: Tools) -> list[str]:
    """One story label per article, inside its group."""
    from digest.topics import group_articles

    def stories(rows: Inputs) -> Sequence[int]:
        articles = [_article(number, row) for number, row in enumerate(rows)]
        known = vectors_of_articles(articles, tools.encode)
        vectors = np.stack([known[article.id] for article in articles])
        return list(group_articles(articles, vectors, config=StoriesConfig()))

    return _per_group(inputs, stories)


def predict_headline(inputs: Inputs, tools: Tools) -> list[str]:
    """The story's title."""
    from digest.titles import story_title

    return [
        story_title(
            [article["title"] or "" for article in row["articles"]],
            texts=[article["text"] for article in row["articles"]],
        )
        or ""
        for row in inputs
    ]


def predict_summary(inputs: Inputs, tools: Tools) -> list[str]:
    """The lines of a brief over the story's articles, joined by a space, to the last word of the budget.

    The budget of the whole summary takes the place of the cap on a single line, and a summary is read whole: its lines
    need not stand alone.
    """
    from digest.pipeline import build_brief
    from digest.summarize import load_summarizer

    config = Config(lines=LinesConfig(max_words=SUMMARY_WORDS, stand_alone=False))
    stories = [[_article(number, article) for number, article in enumerate(row["articles"])] for row in inputs]
    _encode_in_full_batches(stories, config, tools)
    summarizer = load_summarizer(config.lines)
    issues = [build_brief(story, config=config, encoder=tools, summarizer=summarizer, now=NOW) for story in stories]
    return [" ".join(" ".join(_lines(issue.brief)).split()[:SUMMARY_WORDS]) for issue in issues]


def _lines(brief: Brief) -> list[str]:
    return [topic.line.text for section in brief.sections for story in section.stories for topic in story.topics]


def _encode_in_full_batches(stories: Sequence[Sequence[Article]], config: Config, tools: Tools) -> None:
    from digest.statements import extract_statements

    articles = [article for story in stories for article in story]
    found = [extract_statements(article, config.statements).statements for article in articles]
    tools.encode([statement.text for statements in found for statement in statements])
    tools.encode([article.title for article in articles])


def predict_copies(inputs: Inputs, tools: Tools) -> list[bool]:
    """True when two texts fold into one origin."""
    from digest.config import CopiesConfig
    from digest.copies import fold_copies

    def folded(row: Fields) -> bool:
        pair = [Article(id=name, title="", text=row[f"text_{name}"]) for name in ("a", "b")]
        return len(fold_copies(pair, CopiesConfig())) == 1

    return [folded(row) for row in inputs]


def predict_conflicts(inputs: Inputs, tools: Tools) -> list[bool]:
    """True when two sentences give different figures for the same thing."""
    from digest.language.conflicts import conflict

    return [bool(conflict(row["a"], row["b"])) for row in inputs]


def predict_support(inputs: Inputs, tools: Tools) -> list[bool]:
    """True when the source supports the claim."""
    from digest.summarize.faithfulness import supports

    return [supports(row["claim"], row["source_text"]) for row in inputs]


def predict_similarity(inputs: Inputs, tools: Tools) -> list[float]:
    """How close two sentences are; higher is closer."""
    from digest.topics import statement_similarity

    left, right = [row["a"] for row in inputs], [row["b"] for row in inputs]
    return [float(value) for value in statement_similarity(left, right, tools.encode(left), tools.encode(right))]


def predict_sentences(inputs: Inputs, tools: Tools) -> list[list[list[str]]]:
    """Each paragraph's sentences."""
    from digest.language.sentences import split_sentences

    return [[[text[start:end] for start, end in split_sentences(text)] for text in row["paragraphs"]] for row in inputs]


def _per_group(inputs: Inputs, predict: Any) -> list[str]:
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(inputs):
        groups.setdefault(row["group"], []).append(number)
    labels = [""] * len(inputs)
    for group, numbers in sorted(groups.items()):
        found = predict([inputs[number] for number in numbers])
        for number, label in zip(numbers, found, strict=True):
            labels[number] = f"{group}:{label}"
    return labels


def _cluster_answers(rows: Inputs, tools: Tools) -> list[int]:
    articles = {
        f"a{number:05d}": Article(
            id=f"a{number:05d}", title="", text=row["sentence"], outlet=row["source"], source=row["source"] or ""
        )
        for number, row in enumerate(rows)
    }
    statements = [_statement(number, article.text, article) for number, article in enumerate(articles.values())]
    return _cluster(statements, articles, tools, TopicsConfig())


def _cluster(
    statements: Sequence[Statement], articles: Mapping[str, Article], tools: Tools, config: TopicsConfig
) -> list[int]:
    from digest.topics import cluster_statements

    vectors = tools.encode([statement.text for statement in statements])
    beside = vectors_of_articles([articles[name] for name in sorted(articles)], tools.encode)
    return cluster_statements(statements, articles, vectors, beside, config=config).labels.tolist()


def _statement(number: int, text: str, article: Article) -> Statement:
    start = max(article.text.find(text), 0)
    return Statement(
        id=f"s{number:05d}", article_id=article.id, start=start, end=start + len(text), text=text, position=number
    )


def _article(number: int, row: Fields) -> Article:
    return Article(
        id=f"a{number:05d}",
        title=row.get("title") or "",
        text=row["text"],
        outlet=row.get("source"),
        source=row.get("source") or "",
    )
