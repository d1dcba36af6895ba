"""How well a brief tells the bundled example's facts: examples/facts.json against the topics, lines and citations."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from digest.models import entries

ROOT = Path(__file__).resolve().parents[2]
TRUTH = json.loads((ROOT / "examples" / "facts.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Scores:
    """`one_line`: facts told by exactly one line. `mixed`: lines that cite statements of two facts or more.

    `fused`: topics that hold statements of two facts; `topics`: B-cubed F1 of the topics against the facts;
    `stories`: B-cubed F1 of the brief's stories against the example's four.
    """

    one_line: int
    mixed: int
    fused: int
    topics: float
    stories: float
    copies: bool


def fact_of(quote):
    """The facts whose quotes overlap a statement's text."""
    return {
        fact["id"]
        for fact in (*TRUTH["facts"], *TRUTH["distractors"])
        for told in fact["statements"]
        if told["quote"] in quote or quote in told["quote"]
    }


def score(issue):
    lines = defaultdict(set)
    mixed = 0
    for entry in entries(issue.brief):
        told = [fact_of(citation.quote) for citation in entry.line.citations]
        mixed += len(set().union(*told)) > 1 and not set.intersection(*told)
        for fact in set().union(*told):
            lines[fact].add(entry.id)
    topics = [[fact_of(statement.quote) for statement in topic.statements] for topic in issue.trace.topics]
    labelled = [(next(iter(facts)), n) for n, topic in enumerate(topics) for facts in topic if len(facts) == 1]
    return Scores(
        one_line=sum(len(lines[fact["id"]]) == 1 for fact in TRUTH["facts"]),
        mixed=mixed,
        fused=sum(len(set().union(*map(frozenset, topic))) > 1 and not set.intersection(*topic) for topic in topics),
        topics=b_cubed(labelled),
        stories=b_cubed(_story_labels(issue)),
        copies=_copies(issue) == _true_copies(),
    )


def b_cubed(pairs):
    """B-cubed F1 of (truth, label) pairs (Bagga and Baldwin 1998)."""
    both, truths, labels = Counter(pairs), Counter(t for t, _ in pairs), Counter(g for _, g in pairs)
    precision = sum(n * n / labels[label] for (_, label), n in both.items()) / len(pairs)
    recall = sum(n * n / truths[truth] for (truth, _), n in both.items()) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def _story_labels(issue):
    story_of = {fact["id"]: fact["story"] for fact in TRUTH["facts"]}
    pairs = []
    for section in issue.brief.sections:
        for story in section.stories:
            for entry in story.topics:
                facts = [f for citation in entry.line.citations for f in fact_of(citation.quote) if f in story_of]
                if facts:
                    # A line that stands "in brief" is of no story of the brief: it counts as one of its own.
                    alone = story.title is None or story.title == "In brief"
                    pairs.append((story_of[facts[0]], entry.id if alone else story.title))
    return pairs


def _files(article):
    return article.source.rsplit("/", 1)[-1].split("#")[0], article.title


def _copies(issue):
    articles = {article.id: article for article in issue.articles}
    groups = defaultdict(set)
    for source in issue.brief.sources:
        if source.copy_of:
            groups[source.copy_of] |= {_files(articles[source.article_id])[0], _files(articles[source.copy_of])[0]}
    return {frozenset(group) for group in groups.values()}


def _true_copies():
    return {frozenset([group["origin"]["file"], *(c["file"] for c in group["copies"])]) for group in TRUTH["copies"]}
