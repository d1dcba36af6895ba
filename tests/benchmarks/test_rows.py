"""No label comes within reach of a prediction, whatever a file is called or sorted by."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks import quality
from benchmarks.tasks import TASKS, loading

SECRET = "SECRET"  # stands in every label field of the files below; no input may hold it

SENTENCES = [
    {"topic_id": SECRET, "subtopic_id": SECRET, "split": SECRET, "doc_id": f"{SECRET}_{number}", "sent": number,
     "role": SECRET, "text": text, "chains": [SECRET], "statement_id": f"{SECRET}:{number % 2}"}
    for number, text in enumerate(["The ferry sank.", "Osmark closed its port.", "A ferry went down.", "No vote yet."])
]  # fmt: skip
DOCUMENTS = [
    {"topic_id": SECRET, "subtopic_id": SECRET, "doc_id": f"{SECRET}_{number}", "split": SECRET, "title": None,
     "text": f"{row['text']} More follows.", "sentences": [{"chains": [SECRET]}]}
    for number, row in enumerate(SENTENCES)
]  # fmt: skip
ANSWERS = [
    {"question_id": "Q1", "question": SECRET, "answer_id": SECRET, "answer": SECRET, "source": "coast.example",
     "url": SECRET, "sentence": "Three people died.", "cluster": SECRET, "annotators": [SECRET]}
]  # fmt: skip
STORIES = [
    {"cluster_id": f"{SECRET}1", "doc_id": f"{SECRET}1_a", "source": "Coast Radio", "stance": SECRET,
     "opinion": SECRET, "date": "2026-03-04T10:11:12+00:00", "url": SECRET, "title": title, "text": f"{title}. So."}
    for title in ("Ferry sinks off Osmark", "Osmark ferry goes down")
]  # fmt: skip
CLUSTERS = [
    {"cluster_id": f"{SECRET}1", "topic": SECRET, "date": "2026-03-04", "ref_line": SECRET, "ref_summary": SECRET,
     "ref_coverage": SECRET, "doc_ids": [SECRET]}
]  # fmt: skip
FILES = {
    "ecbplus_sentences.jsonl": SENTENCES,
    "ecbplus_docs.jsonl": DOCUMENTS,
    "nanco_answers.jsonl": ANSWERS,
    "neus_docs.jsonl": STORIES,
    "neus_clusters.jsonl": CLUSTERS,
    "argos_docs.jsonl": [{"set": "one", "cluster_id": SECRET, "doc_id": SECRET, "title": "Title", "text": "Text."}],
    "basil_docs.jsonl": [{"cluster_id": SECRET, "doc_id": SECRET, "title": "Title", "text": "Text."}],
    "near_dup_pairs.jsonl": [
        {"set": SECRET, "event": SECRET, "doc_a": SECRET, "doc_b": SECRET, "source_a": SECRET, "source_b": SECRET,
         "jaccard": SECRET, "containment": SECRET, "text_a": "One text.", "text_b": "Another text."}
    ],
    "numeric_conflicts.jsonl": [
        {"id": SECRET, "set": SECRET, "event": SECRET, "doc_a": SECRET, "doc_b": SECRET, "a": "Three died.",
         "b": "Four died.", "label": SECRET, "kind": SECRET, "what": SECRET, "values": [SECRET]}
    ],
    "faithfulness_news.jsonl": [
        {"set": SECRET, "id": f"x_{SECRET}", "source_text": "Three died.", "claim": "Four died.", "label": SECRET,
         "edit_types": [SECRET]}
    ],
    "sentence_pairs.jsonl": [{"set": SECRET, "id": SECRET, "a": "One.", "b": "Two.", "score": SECRET, "nli": SECRET}],
    "gum_news_sentences.jsonl": [{"doc_id": SECRET, "paragraphs": [["It sank.", "All lived."]]}],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    for name, rows in FILES.items():
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_every_file_of_every_task_is_tried_here():
    assert {name for task in TASKS for name in task.files} == set(FILES)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_no_input_holds_a_label_or_a_telling_identifier(task, folder):
    rows = task.load(folder)
    assert rows.inputs
    assert SECRET not in json.dumps(rows.inputs)
    assert SECRET in json.dumps(rows.labels) or task.name == "sentences"  # its labels are where the sentences end


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_inputs_do_not_depend_on_the_order_of_the_file(task, folder):
    before = task.load(folder).inputs
    for name in FILES:
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(reversed(lines)), encoding="utf-8")
    assert task.load(folder).inputs == before


def test_rows_lead_back_to_their_lines(folder):
    rows = loading.load_statements(folder)
    assert sorted(rows.lines) == [0, 1, 2, 3]
    for line, fields, label in zip(rows.lines, rows.inputs, rows.labels, strict=True):
        assert fields["text"] == label["text"] == SENTENCES[line]["text"]


def test_a_story_is_dated_to_the_week_and_no_finer(folder):
    assert {row["group"] for row in loading.load_stories_week(folder).inputs} == {"2026-W10"}
    assert "2026-03-04" not in json.dumps(loading.load_stories_week(folder).inputs)


def test_sentences_are_joined_so_that_their_ends_are_not_given_away(folder):
    assert loading.load_sentences(folder).inputs == ({"paragraphs": ("It sank. All lived.",)},)


def test_rows_without_a_statement_are_no_part_of_the_task(folder):
    rows = [{**SENTENCES[0]}, {**SENTENCES[1], "statement_id": None}]
    (folder / "ecbplus_sentences.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert loading.load_statements(folder).lines == (0,)


def test_a_file_without_labels_is_still_predicted(folder, tmp_path, capsys):
    bare = [{"text_a": "One text about it.", "text_b": "One text about it."}]
    (folder / "near_dup_pairs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in bare), encoding="utf-8")
    out = tmp_path / "out"
    assert quality.main(["--data", str(folder), "--out", str(out), "--tasks", "copies"]) == 0
    assert "no labels" in capsys.readouterr().out
    assert json.loads((out / "copies.jsonl").read_text(encoding="utf-8")) == {"row": 0, "value": True}
