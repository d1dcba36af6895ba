import pytest

from digest.language.substance import substance


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
