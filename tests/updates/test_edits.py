"""What a publisher changed in a sentence that was cited: the words, and nothing that is no edit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.models import Edited
from digest.updates import edit_faults, find_edits, word_diff
from tests.fakes import article
from tests.issues import BRIEF

DAY = date(2026, 3, 3)
CITED = "Twelve people died when the ferry sank off Osmark, the governor said."
REST = "The wreck lies in sixty metres of water."


def edits(before, after, *quotes):
    first = article("a", before, outlet="Coast Radio", link="https://coastradio.example/1")
    second = article("b", after, outlet="Coast Radio", link="https://coastradio.example/1")
    return find_edits([Edited(issue=DAY, before=first, after=second, quotes=quotes)])


def told(edit):
    return [(part.kind, part.text) for part in edit.parts]


def test_the_changed_words_are_marked():
    [edit] = edits(f"{CITED} {REST}", f"{CITED.replace('Twelve', 'Eleven')} {REST}", CITED)
    assert told(edit) == [
        ("deleted", "Twelve"),
        ("inserted", "Eleven"),
        ("same", "people died when the ferry sank off Osmark, the governor said."),
    ]
    assert (edit.label, edit.link, edit.issue) == ("Coast Radio", "https://coastradio.example/1", DAY)
    assert edit.after == CITED.replace("Twelve", "Eleven")


def test_a_sentence_that_is_gone_is_said_to_be_gone():
    [edit] = edits(f"{CITED} {REST}", REST, CITED)
    assert edit.after is None
    assert told(edit) == [("deleted", CITED)]


@pytest.mark.parametrize(
    "after",
    [
        CITED.replace(" ", "  "),
        CITED.replace(" ", "\u00a0"),
        CITED.replace("sank off", "sank\noff"),
        f"{REST} {CITED}",
        CITED.replace("governor", "gover\u00adnor"),
    ],
)
def test_white_space_places_and_hyphens_are_no_edits(after):
    assert edits(f"{CITED} {REST}", f"{after} {REST}", CITED) == ()


def test_quotation_marks_and_encodings_are_no_edits():
    quote = "“We left at nine,” said Mattis Oy’s café."
    plain = '"We left at nine," said Mattis Oy\'s cafe\u0301.'
    assert edits(quote, plain, quote) == ()


def test_what_was_not_cited_is_nobody_s_business():
    assert edits(f"{CITED} {REST}", f"{CITED} The wreck is gone.", CITED) == ()


def test_an_edit_that_is_tampered_with_is_a_fault():
    [edit] = edits(f"{CITED} {REST}", f"{CITED.replace('Twelve', 'Eleven')} {REST}", CITED)
    assert list(edit_faults(edit, {}, {})) == []
    [fault] = edit_faults(type(edit)(**{**_fields(edit), "before": "Nine people died."}), {}, {})
    assert "marked words" in fault
    assert "was not cited by the issue of" in next(edit_faults(edit, {}, {edit.issue: BRIEF}))


def _fields(edit):
    return {name: getattr(edit, name) for name in edit.__slots__}


WORDS = st.lists(st.sampled_from("the ferry sank off Osmark twelve people died , not <b> ** “x”".split()), max_size=12)


@given(WORDS, WORDS)
def test_the_parts_are_the_two_sentences(before, after):
    parts = word_diff(" ".join(before), " ".join(after))
    old = " ".join(part.text for part in parts if part.kind in ("same", "deleted")).split()
    new = " ".join(part.text for part in parts if part.kind in ("same", "inserted")).split()
    assert old == before
    assert new == after
