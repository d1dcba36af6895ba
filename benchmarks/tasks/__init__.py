"""The quality tasks: for each, its files, its loader, our prediction, the peers' and the score."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.tasks import loading, ours, scoring
from benchmarks.tasks.rows import Fields, Rows
from benchmarks.tools import Tools

Predict = Callable[[Sequence[Fields], Tools], Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task. `score` takes values, labels and `resamples`; its first metrics, `main`, are those of the targets."""

    name: str
    files: tuple[str, ...]
    load: Callable[[Path], Rows]
    predict: Predict
    score: Callable[..., scoring.Scores]
    main: tuple[str, ...]
    labels: tuple[str, ...]  # fields without which a row cannot be scored
    peers: Mapping[str, Predict] = field(default_factory=dict)


def _stories(name: str, file: str, load: Callable[[Path], Rows], gold: str, group: str, kind: str) -> Task:
    return Task(
        name=name,
        files=(file,),
        load=load,
        predict=ours.predict_stories,
        score=partial(scoring.score_clusters, gold=lambda row: row[gold], group=lambda row: row.get(group)),
        main=("f1",),
        labels=(gold,),
        peers=peers.clustering(kind),
    )


CLUSTER_FILES = ("neus_clusters.jsonl", "neus_docs.jsonl")

TASKS: tuple[Task, ...] = (
    Task(
        name="statements",
        files=("ecbplus_sentences.jsonl", "ecbplus_docs.jsonl"),
        load=loading.load_statements,
        predict=ours.predict_statements,
        score=partial(scoring.score_clusters, gold=lambda row: row["statement_id"], group=lambda row: row["topic_id"]),
        main=("f1",),
        labels=("statement_id",),
        peers=peers.clustering("statements"),
    ),
    Task(
        name="agreement",
        files=("nanco_answers.jsonl",),
        load=loading.load_agreement,
        predict=ours.predict_agreement,
        score=partial(
            scoring.score_clusters,
            gold=lambda row: (row["question_id"], row["cluster"]),
            group=lambda row: row["question_id"],
        ),
        main=("f1",),
        labels=("cluster",),
        peers=peers.clustering("agreement"),
    ),
    _stories("stories_week", "neus_docs.jsonl", loading.load_stories_week, "cluster_id", "cluster_id", "stories_week"),
    _stories("stories_ecb", "ecbplus_docs.jsonl", loading.load_stories_ecb, "subtopic_id", "topic_id", "stories_ecb"),
    _stories("stories_argos", "argos_docs.jsonl", loading.load_stories_argos, "cluster_id", "cluster_id", "stories"),
    _stories("stories_basil", "basil_docs.jsonl", loading.load_stories_basil, "cluster_id", "cluster_id", "stories"),
    Task(
        name="headline",
        files=CLUSTER_FILES,
        load=loading.load_clusters,
        predict=ours.predict_headline,
        score=partial(scoring.score_rouge, reference="ref_line", kinds=("1", "L")),
        main=("rouge-1", "rouge-l"),
        labels=("ref_line",),
        peers={"most central title": peers.central_title},
    ),
    Task(
        name="summary",
        files=CLUSTER_FILES,
        load=loading.load_clusters,
        predict=ours.predict_summary,
        score=partial(scoring.score_rouge, reference="ref_summary", kinds=("1", "2")),
        main=("rouge-1", "rouge-2"),
        labels=("ref_summary",),
        peers={"two lead sentences per source": peers.two_leads, "centroid + MMR": peers.centroid_mmr},
    ),
    Task(
        name="copies",
        files=("near_dup_pairs.jsonl",),
        load=loading.load_copies,
        predict=ours.predict_copies,
        score=scoring.score_copies,
        main=("f1",),
        labels=("containment",),
        peers={"word-set Jaccard": peers.jaccard_copies},
    ),
    Task(
        name="conflicts",
        files=("numeric_conflicts.jsonl",),
        load=loading.load_conflicts,
        predict=ours.predict_conflicts,
        score=scoring.score_conflicts,
        main=("precision", "recall"),
        labels=("label",),
        peers={"any differing number": peers.any_differing_number},
    ),
    Task(
        name="support",
        files=("faithfulness_news.jsonl",),
        load=loading.load_support,
        predict=ours.predict_support,
        score=scoring.score_support,
        main=("balanced_accuracy",),
        labels=("label",),
        peers={"bigram overlap": peers.bigram_overlap, "numbers alone": peers.numbers_alone},
    ),
    Task(
        name="similarity",
        files=("sentence_pairs.jsonl",),
        load=loading.load_similarity,
        predict=ours.predict_similarity,
        score=scoring.score_similarity,
        main=("auc",),
        labels=("a",),
        peers={"MiniLM cosine": peers.minilm_cosine},
    ),
    Task(
        name="sentences",
        files=("gum_news_sentences.jsonl",),
        load=loading.load_sentences,
        predict=ours.predict_sentences,
        score=scoring.score_sentences,
        main=("f1",),
        labels=("paragraphs",),
        peers={
            "sentencex": peers.sentencex,
            "blingfire": peers.blingfire,
            "syntok": peers.syntok,
            "pysbd": peers.pysbd,
        },
    ),
)
