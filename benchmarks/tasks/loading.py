"""One loader per data file: JSON Lines in, `Rows` out. The only place that knows the files' field names."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from benchmarks.tasks.rows import Fields, Rows, opaque_names, pick, read_lines, split_rows

ARTICLE_FIELDS = ("title", "text", "source")


def load_statements(folder: Path) -> Rows:
    """Sentences with their article beside them: `text`, `article` (opaque id), `article_title`, `article_text`."""
    rows = read_lines(folder / "ecbplus_sentences.jsonl")
    path = folder / "ecbplus_docs.jsonl"
    documents = {row["doc_id"]: pick(row, "title", "text") for row in read_lines(path)} if path.exists() else {}
    absent = {row["doc_id"]: {"text": row["text"]} for row in rows if row["doc_id"] not in documents}
    names = opaque_names(documents | absent)
    inputs = []
    for row in rows:
        document = documents.get(row["doc_id"], {})
        inputs.append(
            {
                "text": row["text"],
                "article": names[row["doc_id"]],
                "article_title": document.get("title"),
                "article_text": document.get("text") or row["text"],
            }
        )
    labelled = [row.get("statement_id") is not None for row in rows]
    return split_rows(rows, inputs, keep=labelled if any(labelled) else None)


def load_agreement(folder: Path) -> Rows:
    """Answers: `sentence`, `source`, and the question they belong to as `group`."""
    rows = read_lines(folder / "nanco_answers.jsonl")
    return split_rows(rows, [pick(row, "sentence", "source") | {"group": row["question_id"]} for row in rows])


def load_stories_week(folder: Path) -> Rows:
    """Articles, and the ISO week of their date as `group`.

    The date itself stays behind: in this file every article of a story carries the story's own time of day, so that
    anything finer than the week would give the story away.
    """
    rows = read_lines(folder / "neus_docs.jsonl")
    return split_rows(rows, [pick(row, *ARTICLE_FIELDS) | {"group": _iso_week(row["date"])} for row in rows])


def load_stories_ecb(folder: Path) -> Rows:
    """Articles, all in one group."""
    rows = read_lines(folder / "ecbplus_docs.jsonl")
    return split_rows(rows, [pick(row, "title", "text") | {"group": "all"} for row in rows])


def load_stories_argos(folder: Path) -> Rows:
    """Articles, grouped by their set."""
    rows = read_lines(folder / "argos_docs.jsonl")
    return split_rows(rows, [pick(row, "title", "text") | {"group": row.get("set") or "all"} for row in rows])


def load_stories_basil(folder: Path) -> Rows:
    """Articles, all in one group."""
    rows = read_lines(folder / "basil_docs.jsonl")
    return split_rows(rows, [pick(row, "title", "text") | {"group": "all"} for row in rows])


def load_clusters(folder: Path) -> Rows:
    """Stories with `articles`: a tuple of title, text and source, in the order of a hash of their content."""
    rows = read_lines(folder / "neus_clusters.jsonl")
    members: dict[object, list[Fields]] = {}
    for row in read_lines(folder / "neus_docs.jsonl"):
        members.setdefault(row["cluster_id"], []).append(pick(row, *ARTICLE_FIELDS))
    inputs: list[Fields] = []
    for row in rows:
        articles = members.get(row["cluster_id"], [])
        names = opaque_names({str(place): article for place, article in enumerate(articles)})
        inputs.append({"articles": tuple(articles[int(place)] for place in sorted(names, key=names.__getitem__))})
    return split_rows(rows, inputs, keep=[bool(fields["articles"]) for fields in inputs])


def load_copies(folder: Path) -> Rows:
    """Pairs of texts."""
    rows = read_lines(folder / "near_dup_pairs.jsonl")
    return split_rows(rows, [pick(row, "text_a", "text_b") for row in rows])


def load_conflicts(folder: Path) -> Rows:
    """Pairs of sentences of two outlets."""
    rows = read_lines(folder / "numeric_conflicts.jsonl")
    return split_rows(rows, [pick(row, "a", "b") for row in rows])


def load_support(folder: Path) -> Rows:
    """Source texts and claims."""
    rows = read_lines(folder / "faithfulness_news.jsonl")
    return split_rows(rows, [pick(row, "source_text", "claim") for row in rows])


def load_similarity(folder: Path) -> Rows:
    """Pairs of sentences."""
    rows = read_lines(folder / "sentence_pairs.jsonl")
    return split_rows(rows, [pick(row, "a", "b") for row in rows])


def load_sentences(folder: Path) -> Rows:
    """Paragraphs, their sentences joined by a space."""
    rows = read_lines(folder / "gum_news_sentences.jsonl")
    joined = [{"paragraphs": tuple(" ".join(paragraph) for paragraph in row["paragraphs"])} for row in rows]
    return split_rows(rows, joined)


def _iso_week(date: str) -> str:
    year, week, _ = datetime.fromisoformat(date).isocalendar()
    return f"{year}-W{week:02d}"
