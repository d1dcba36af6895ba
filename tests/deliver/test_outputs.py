import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.contract import brief_to_json
from digest.deliver.outputs import (
    following_issue,
    issue_texts,
    previous_issue,
    previous_with_link,
    read_issue,
    write_texts,
    write_whole,
)
from digest.errors import BriefFileError, DeliverError
from digest.jsonl import sources_from_jsonl, sources_to_jsonl
from digest.models import Brief, Ledger, Series, Window
from digest.trace import Trace, with_pages
from tests.fakes import article

LEDGER = Ledger(
    articles=0, outlets=0, origins=0, copies=0, off_window=0, undated=0, stubs=0, statements=0, topics=0, lines=0,
    below_cut=0,
)  # fmt: skip


def brief(day, number, name="Strait watch", previous=None):
    window = Window(since=None, until=datetime(2026, 3, day, 7, tzinfo=UTC), timezone="UTC")
    return Brief(
        title=name, date=date(2026, 3, day), window=window, series=Series(name=name, number=number, previous=previous),
        sections=(), sources=(), ledger=LEDGER,
    )  # fmt: skip


def put(outputs, made):
    folder = outputs / made.date.isoformat()
    texts = issue_texts(made, articles=(), trace=Trace(topics=(), omitted=()), rendered={"brief.md": "# x\n"})
    return write_texts(folder, texts)


def test_who_reads_a_file_while_it_is_replaced_reads_the_old_one_whole(tmp_path):
    path = tmp_path / "brief.md"
    write_whole(path, "old " * 5000)
    with path.open(encoding="utf-8") as reader:
        assert reader.read(4) == "old "
        write_whole(path, "new " * 5000)
        assert reader.read() == "old " * 4999
    assert path.read_text(encoding="utf-8") == "new " * 5000


def test_a_folder_that_has_a_brief_has_all_else(tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr("digest.deliver.outputs.write_whole", lambda path, text: written.append(path.name))
    put(tmp_path, brief(4, 118))
    assert sorted(written[:-1]) == ["brief.md", "sources.jsonl", "trace.json"]
    assert written[-1] == "brief.json"


def test_articles_come_back_as_they_were():
    made = article(
        "a", "Line one.\u2028Still one — “quoted”.\n\nTwo.", outlet="Coast Radio", authors=("Ida Lund",), tags=("sea",),
        published=datetime(2026, 3, 4, 6, 5, tzinfo=UTC), stub=True,
    )  # fmt: skip
    text = sources_to_jsonl([made, article("b", "Plain.")])
    assert sources_from_jsonl(text, subject="s") == (made, article("b", "Plain."))
    assert "outlet" not in json.loads(text.split("\n")[1])


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}', '{"id": "a", "title": "t", "text": "x", "colour": "red"}'])
def test_a_damaged_source_names_its_line(line):
    good = sources_to_jsonl([article("a", "Plain.")])
    with pytest.raises(BriefFileError, match="line 2"):
        sources_from_jsonl(good + line + "\n", subject="sources.jsonl")


def test_an_issue_is_read_back(tmp_path):
    files = put(tmp_path, brief(4, 118))
    assert [path.name for path in files] == ["brief.md", "brief.json", "sources.jsonl", "trace.json"]
    assert read_issue(tmp_path / "2026-03-04").brief == brief(4, 118)
    assert read_issue(tmp_path / "2026-03-04" / "brief.json").articles() == ()
    written = with_pages(Trace(topics=(), omitted=()), {"brief.md": "# x\n"})
    assert read_issue(tmp_path / "2026-03-04").trace() == written


def test_no_issue_is_said_in_words(tmp_path):
    with pytest.raises(BriefFileError, match="not a folder"):
        read_issue(tmp_path / "nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BriefFileError, match=r"brief\.json"):
        read_issue(tmp_path / "empty")


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "brief.md"
    write_whole(path, "old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeliverError, match="No space left"):
        write_whole(path, "new and longer")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_run_left_is_swept_away(tmp_path):
    left = tmp_path / ".brief.md.x1"
    left.write_text("half")
    os.utime(left, (1, 1))
    write_whole(tmp_path / "brief.md", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.md"]


def test_a_file_in_the_folders_place_is_said_in_words(tmp_path):
    (tmp_path / "outputs").write_text("in the way")
    with pytest.raises(DeliverError, match="cannot be written"):
        write_whole(tmp_path / "outputs" / "brief.md", "x")


def test_neighbours_in_a_series(tmp_path):
    put(tmp_path, brief(2, 116))
    put(tmp_path, brief(3, 117))
    put(tmp_path, brief(1, 1, name="Another"))
    (tmp_path / "2026-03-09").mkdir()
    (tmp_path / "2026-03-09" / "brief.json").write_text("{}")
    previous = previous_issue(tmp_path, name="Strait watch", today=date(2026, 3, 4))
    assert (previous.number, previous.folder) == (117, "../2026-03-03")
    made = brief(4, 118, previous=previous)
    put(tmp_path, made)
    linked = previous_with_link(tmp_path, made, folder="2026-03-04")
    assert linked.path == tmp_path / "2026-03-03"
    assert (linked.brief.series.next.number, linked.brief.series.next.folder) == (118, "../2026-03-04")
    put(tmp_path, linked.brief)
    assert previous_with_link(tmp_path, made, folder="2026-03-04") is None  # nothing left to change
    assert following_issue(tmp_path, name="Strait watch", today=date(2026, 3, 3)).number == 118


def test_the_first_issue_has_no_neighbour(tmp_path):
    assert previous_issue(tmp_path / "outputs", name="Strait watch", today=date(2026, 3, 4)) is None
    assert previous_with_link(tmp_path, brief(4, 118), folder="2026-03-04") is None


def test_json_is_the_same_every_time():
    assert brief_to_json(brief(4, 118)) == brief_to_json(brief(4, 118))


def test_a_temporary_file_that_another_process_has_just_renamed_stops_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "glob", lambda folder, pattern: iter([folder / ".brief.md.gone"]))
    write_whole(tmp_path / "brief.md", "A ferry ran aground.")
    assert (tmp_path / "brief.md").read_text() == "A ferry ran aground."
