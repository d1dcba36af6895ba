import json
import random

import pytest

from benchmarks.altered import ALTERATIONS, _Home, _home, altered_rows

TOWNS = ("Osmark", "Norhavn", "Vestby", "Lindesund")
NOTHING = random.Random(0)


def _text(town, people):
    return (
        f"The ferry {town} Star ran aground off {town} on Monday and {people} people were taken ashore by two boats. "
        f"Governor Mara Lind of {town} said the harbour will stay closed for at least 3 days because the hull leaks. "
        f"The owner, Norra Lines, was praised by the mayor of {town}, who will increase the number of pilots by 12."
    )


@pytest.fixture
def folder(tmp_path):
    rows = [
        {"cluster_id": number, "title": f"Ferry runs aground off {town}", "text": _text(town, 40 + number)}
        for number, town in enumerate(TOWNS)
    ]
    pairs = [
        {
            "set": "sts",
            "id": str(n),
            "a": f"A boat with {n} men sank.",
            "b": f"{n} men sank with a boat",
            "score": score,
        }
        for n, score in enumerate((5.0, 4.8, 2.0, 1.6, 0.0, 0.4, 3.9))
    ]
    for name, lines in (("neus_docs.jsonl", rows), ("sentence_pairs.jsonl", pairs)):
        (tmp_path / name).write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


def test_the_same_folder_gives_the_same_rows(folder):
    assert altered_rows(folder) == altered_rows(folder)


def test_true_claims_are_the_articles_own_and_false_ones_are_not_in_it(folder):
    rows = altered_rows(folder)
    assert {row.label for row in rows} == {True, False}
    for row in rows:
        if row.kind == "copy":
            assert row.label
            assert row.claim in row.source_text
        if row.kind in ALTERATIONS:
            assert not row.label
            assert row.claim not in row.source_text


def test_pairs_judged_equal_are_true_and_those_judged_related_are_false(folder):
    kinds = {(row.kind, row.label) for row in altered_rows(folder) if row.group.startswith("pair")}
    assert kinds == {("paraphrase", True), ("related", False)}


def test_an_empty_folder_gives_no_rows(tmp_path):
    assert altered_rows(tmp_path) == []


@pytest.mark.parametrize("name", sorted(ALTERATIONS))
def test_each_alteration_changes_the_claim_or_gives_up(name):
    other = _home(
        "", "The orchard of Vestby lost half its apples to a frost that followed a stormy and wet April in 2019."
    )
    text = _text("Osmark", 40)
    home = _Home(title="", text=text, sentences=_home("", text).sentences, others=(other,))
    made = [ALTERATIONS[name](sentence, home, random.Random(seed)) for sentence in home.sentences for seed in range(9)]
    assert any(claim and claim not in text for claim in made)
    assert ALTERATIONS[name]("So be it.", home, NOTHING) is None
