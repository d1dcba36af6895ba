import json

import pytest

from benchmarks import retold

DOCUMENTS = {
    "a": "A ferry sank off Osmark. Three people died.",
    "b": "Off Osmark a ferry went down. The port is closed.",
    "c": "Two people died.",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(retold, "LABELS", tmp_path)
    articles = [
        {"cluster_id": 7, "doc_id": key, "title": f"Title {key}", "text": text} for key, text in DOCUMENTS.items()
    ]
    summary = "A ferry sank. Its owner wept."
    files = {
        "neus_docs.jsonl": articles[::-1],
        "ecbplus_docs.jsonl": [],
        "neus_clusters.jsonl": [{"cluster_id": 7, "ref_line": "Ferry Sinks", "ref_summary": summary}],
        "editors_claims.jsonl": [
            {"story": 7, "claims": [["ref_line", 0, 11, 1], ["ref_summary", 0, 13, 1], ["ref_summary", 14, 29, 0]]}
        ],
        "fact_pairs.jsonl": [
            {
                "story": "7",
                "file": "neus_docs.jsonl",
                "statements": [["a", 0, 24], ["a", 25, 43], ["b", 0, 29], ["b", 30, 49], ["c", 0, 16]],
                "same": [[0, 2]],
                "update": [[1, 4]],
            }
        ],
    }
    for name, rows in files.items():
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_editors_claims_stand_beside_all_their_storys_excerpts(folder):
    rows = retold.editors_claims(folder)
    told = [(row.claim, row.label, row.kind) for row in rows]
    assert told == [
        ("Ferry Sinks", True, "headline"),
        ("A ferry sank.", True, "sentence"),
        ("Its owner wept.", False, "sentence"),
    ]
    assert {row.source_text for row in rows} == {"\n".join(f"Title {key}.\n{text}" for key, text in DOCUMENTS.items())}
    assert {row.group for row in rows} == {"event 7"}


def test_a_statement_is_told_elsewhere_by_the_article_that_makes_its_point(folder):
    told = {(row.claim, row.source_text): row.label for row in retold.elsewhere_claims(folder)}
    assert told["A ferry sank off Osmark.", DOCUMENTS["b"]]
    assert told["Off Osmark a ferry went down.", DOCUMENTS["a"]]
    assert not told["A ferry sank off Osmark.", DOCUMENTS["c"]]
    assert not told["The port is closed.", DOCUMENTS["a"]]


def test_a_statement_and_its_update_are_neither(folder):
    told = {(row.claim, row.source_text) for row in retold.elsewhere_claims(folder)}
    assert ("Three people died.", DOCUMENTS["c"]) not in told
    assert ("Two people died.", DOCUMENTS["a"]) not in told
    assert ("Three people died.", DOCUMENTS["b"]) in told
