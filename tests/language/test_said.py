"""What a sentence tells, apart from who says it and when."""

import pytest

from digest.language.said import said_stems, what_is_said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ebba Lund, head of the harbour office, said on Monday that the quay had sunk.", "the quay had sunk"),
        ("The quay had sunk, Ebba Lund said on Monday.", "The quay had sunk"),
        ("The quay, police said, had sunk into the mud of the harbour.", "The quay had sunk into the mud"),
        ("Ebba Lund confirmed the loss of the quay in a statement on Tideline.", "the loss of the quay ."),
        ("According to Ebba Lund, the quay of Osmark had sunk.", "the quay of Osmark had sunk"),
    ],
)
def test_the_speaker_goes_and_what_is_said_stays(text, said):
    told = " ".join(what_is_said(text).replace(",", " ").replace(".", " .").split())
    assert said in told
    assert "Lund" not in told
    assert "police" not in told


@pytest.mark.parametrize(
    "text",
    [
        "The quay of Osmark had sunk.",
        "The board condemned her after she wrote a letter to the owner of the quay.",
        "The harbour office said so.",
    ],
)
def test_what_has_no_speaker_or_nothing_else_stays_whole(text):
    assert what_is_said(text) == text


def test_days_are_no_part_of_it():
    assert said_stems("Police said on Monday that the quay had sunk.") == {"quay", "sunk"}
