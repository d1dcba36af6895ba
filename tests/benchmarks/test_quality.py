"""The benchmark's own behaviour: files written, floors held, tasks that cannot run named."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks import quality
from benchmarks.floors import below_floors, read_floors, write_floors

PARAGRAPHS = [{"doc_id": "one", "paragraphs": [["The ferry sank.", "All lived."], ["Nobody knows why."]]}]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "gum_news_sentences.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in PARAGRAPHS), encoding="utf-8"
    )
    return tmp_path


def run(folder, *options):
    return quality.main(["--data", str(folder), "--out", str(folder / "out"), "--bootstrap", "20", *options])


def test_a_task_writes_one_value_per_row_and_prints_its_score(folder, capsys):
    assert run(folder, "--tasks", "sentences") == 0
    written = [json.loads(line) for line in (folder / "out" / "sentences.jsonl").read_text().splitlines()]
    assert written == [{"row": 0, "value": PARAGRAPHS[0]["paragraphs"]}]
    assert "f1 1.00" in capsys.readouterr().out


def test_tasks_without_their_file_are_named_and_skipped(folder, capsys):
    assert run(folder, "--tasks", "conflicts,sentences") == 0
    printed = capsys.readouterr().out
    assert "no numeric_conflicts.jsonl in --data" in printed
    assert not (folder / "out" / "conflicts.jsonl").exists()


def test_peers_run_beside_and_a_missing_library_is_named(folder, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "blingfire", None)
    assert run(folder, "--tasks", "sentences", "--peers") == 0
    printed = capsys.readouterr().out
    assert "sentencex" in printed
    assert "not available" in next(line for line in printed.splitlines() if " blingfire " in line)


def test_an_unknown_task_is_refused_by_name(folder):
    with pytest.raises(SystemExit, match="no task sentence;"):
        run(folder, "--tasks", "sentence")


def test_a_figure_below_its_floor_fails_the_run(folder, capsys):
    floors = folder / "floors.json"
    floors.write_text(json.dumps({"floors": {"sentences": {"f1": 1.1}}, "lowered": []}), encoding="utf-8")
    assert run(folder, "--tasks", "sentences", "--floors", str(floors)) == 1
    assert "sentences f1: 1.0000 is below its floor 1.1000" in capsys.readouterr().err


def test_floors_rise_by_themselves_and_fall_only_with_a_reason(tmp_path):
    path = tmp_path / "floors.json"
    write_floors(path, {"copies": {"f1": 0.903}})
    assert read_floors(path) == {"copies": {"f1": 0.9}}
    assert write_floors(path, {"copies": {"f1": 0.803}}) == []
    assert read_floors(path) == {"copies": {"f1": 0.9}}
    write_floors(path, {"copies": {"f1": 0.803}}, lower="the rows were cleaned")
    assert read_floors(path) == {"copies": {"f1": 0.8}}
    assert json.loads(path.read_text())["lowered"][0]["reason"] == "the rows were cleaned"


def test_a_task_that_did_not_run_is_not_judged_by_its_floor():
    assert below_floors({}, {"copies": {"f1": 0.9}}) == []


def test_lowering_needs_a_reason(folder):
    with pytest.raises(SystemExit):
        run(folder, "--lower", " ", "--write-floors", "--floors", str(folder / "floors.json"))


def test_a_task_that_breaks_fails_the_run_and_stops_no_other(folder, capsys, monkeypatch):
    def broken(paragraph):
        raise RuntimeError("no splitter today")

    (folder / "numeric_conflicts.jsonl").write_text(
        json.dumps({"a": "Three died.", "b": "Three died.", "label": "no_conflict"}) + "\n", encoding="utf-8"
    )
    monkeypatch.setattr("digest.language.sentences.split_sentences", broken)
    assert run(folder, "--tasks", "sentences,copies,conflicts") == 1
    printed = capsys.readouterr().out
    assert "failed: RuntimeError: no splitter today" in printed
    assert "conflicts" in printed
    assert (folder / "out" / "conflicts.jsonl").exists()
