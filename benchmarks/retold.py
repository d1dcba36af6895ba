"""Claims that people wrote about a story, beside the articles they wrote them from or did not.

`editors_claims`: headlines and sentences of the editors' own summaries (NeuS) beside the excerpts of the story's
articles. The editors read more than the excerpts hold, so many sentences tell what these do not; labelled by hand in
labels/editors_claims.jsonl, where a claim is true when the excerpts tell all of it.

`elsewhere_claims`: statements of one article beside another article of its story, from labels/fact_pairs.jsonl. True
when the other article makes the same main point; it may tell less, so the true ones are measured and not fitted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.altered import Row

LABELS = Path(__file__).parent / "labels"


def editors_claims(folder: Path) -> list[Row]:
    """The labelled sentences and headlines, each beside its story's excerpts."""
    stories = {row["cluster_id"]: row for row in _lines(folder / "neus_clusters.jsonl")}
    excerpts: dict[int, list[str]] = {}
    for row in sorted(_lines(folder / "neus_docs.jsonl"), key=lambda row: str(row["doc_id"])):
        excerpts.setdefault(row["cluster_id"], []).append(f"{row['title']}.\n{row['text']}")
    return [
        Row(
            claim=stories[row["story"]][field][start:end].strip(),
            source_text="\n".join(excerpts[row["story"]]),
            label=bool(label),
            kind="headline" if field == "ref_line" else "sentence",
            group=f"event {row['story']}",
        )
        for row in _lines(LABELS / "editors_claims.jsonl")
        for field, start, end, label in row["claims"]
    ]


def elsewhere_claims(folder: Path) -> list[Row]:
    """Each labelled statement beside each other article of its story; not where the two only differ in a figure."""
    files = {
        name: {row["doc_id"]: row["text"] for row in _lines(folder / name)}
        for name in ("neus_docs.jsonl", "ecbplus_docs.jsonl")
    }
    return [made for row in _lines(LABELS / "fact_pairs.jsonl") for made in _elsewhere(row, files[row["file"]])]


def _elsewhere(row: dict[str, Any], texts: dict[str, str]) -> Iterator[Row]:
    statements = row["statements"]
    documents = sorted({document for document, _, _ in statements})
    for place, (home, start, end) in enumerate(statements):
        same = {other for group in row["same"] if place in group for other in group}
        updated = {other for pair in row["update"] if place in pair for other in pair}
        for document in documents:
            told = {other for other, statement in enumerate(statements) if statement[0] == document}
            if document == home or (told & updated and not told & same):
                continue
            yield Row(
                claim=texts[home][start:end],
                source_text=texts[document],
                label=bool(told & same),
                kind="same point" if told & same else "another point",
                group=f"event {row['story']}",
            )


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
