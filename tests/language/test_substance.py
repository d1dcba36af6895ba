import pytest

from digest.language.substance import is_hollow, is_thin, substance


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The harbour board has got off to a fast start on many fronts.", 0),
        ("The second inspection of the quay was a triumph.", 0),
        ("The harbour board closed the quay on Monday.", 1),
        ("The levy will cost skippers 16 crowns a tonne.", 1),
        ("“The quay is done for,” said Karin Holt.", 1),
        ("The quay holds 40 boats, Karin Holt said.", 2),
        ("Karin Holt said on Monday that 40 boats had left.", 3),
    ],
)
def test_figures_days_and_speakers_are_counted_once_each(text, held):
    assert substance(text) == held


@pytest.mark.parametrize(
    ("text", "hollow"),
    [
        ("The harbour board has got off to a fast start on many fronts.", True),
        ("A town that had begun to celebrate is starting to see that the end is far off.", True),
        ("Osmark has a soft spot for Tarvik.", True),
        ("Norra Lines bombarded the village of Hollin.", False),
        ("Karin Holt sued Norra Lines.", False),
        ("The harbour board closed the quay on Monday.", False),
    ],
)
def test_what_was_done_among_two_is_not_hollow(text, hollow):
    assert is_hollow(text) == hollow


def test_a_hollow_sentence_is_thin_when_it_is_short():
    assert is_thin("Osmark has a soft spot for Tarvik.")
    assert not is_thin("Osmark has had a soft spot for Tarvik and its trawlers.")
    assert not is_thin("Police denied it.")
