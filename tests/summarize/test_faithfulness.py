import pytest

from digest.summarize.faithfulness import support_score, supports, weigh

DOCUMENT = (
    "A ferry and a tanker collided off Osmark late on Tuesday, killing three people and injuring 35. "
    "Regional governor Mara Lind said the port would stay closed until Friday. "
    "Ticket prices will increase by 12 percent in May, the harbour authority announced. "
    "Norland sent two rescue boats, and its minister praised the crews."
)


@pytest.mark.parametrize(
    "claim",
    [
        "A ferry and a tanker collided off Osmark on Tuesday, killing three people.",
        "Governor Mara Lind said the port would stay closed until Friday.",
        "Ticket prices will increase by twelve per cent in May.",
        DOCUMENT,
    ],
)
def test_what_the_document_says_is_supported(claim):
    assert weigh(claim, DOCUMENT).strikes == ()
    assert supports(claim, DOCUMENT)


@pytest.mark.parametrize(
    ("claim", "strike"),
    [
        ("A ferry and a tanker collided off Osmark late on Tuesday, killing four people.", "four"),
        ("A ferry and a tanker collided off Norhavn late on Tuesday, killing three people.", "Norhavn"),
        ("A ferry and a tanker collided off Osmark late on Sunday, killing three people.", "Sunday"),
        ("Mara Lind said the port would not stay closed until Friday.", "not"),
        ("Ticket prices will decrease by 12 percent in May.", "decrease"),
        ("Norland sent two rescue boats, and its minister condemned the crews.", "condemned"),
    ],
)
def test_one_strike_is_enough(claim, strike):
    assert strike in weigh(claim, DOCUMENT).strikes
    assert not supports(claim, DOCUMENT)


def test_what_the_document_does_not_speak_of_is_not_supported():
    assert not supports("Scientists have bred a sheep that lives on seaweed alone.", DOCUMENT)
    assert support_score("", DOCUMENT) == 0.0


def test_the_score_falls_with_each_strike():
    one = support_score("A ferry and a tanker collided off Osmark late on Tuesday, killing four people.", DOCUMENT)
    two = support_score("A ferry and a tanker collided off Norhavn late on Tuesday, killing four people.", DOCUMENT)
    assert 0.5 > one > two > 0.0
