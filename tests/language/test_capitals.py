import pytest

from digest.language.capitals import has_capitals, with_capitals

SOURCE = (
    "Ministers met in Osmark on Tuesday. Regional governor Mara Lind, of the NHA, told McVey's crew that "
    "the harbour would open in June. Harbour staff agreed with Lind."
)


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("mara lind met mcvey's crew in osmark.", "Mara Lind met McVey's crew in Osmark."),
        ("the nha will open the harbour on friday.", "the NHA will open the harbour on Friday."),
        ("it may open in june or in august.", "it may open in June or in August."),
        ("ministers agreed; tor vik did not.", "ministers agreed; tor vik did not."),
    ],
)
def test_words_get_the_capitals_that_the_source_gives_them(text, restored):
    assert with_capitals(text, SOURCE) == restored


def test_a_word_that_the_source_also_writes_small_is_no_name():
    assert (
        with_capitals("the reading was high.", "He lives in Reading now. The reading was high.")
        == "the reading was high."
    )


def test_a_source_without_capitals_has_none_to_give():
    assert with_capitals("mara lind left on monday.", "mara lind left.") == "mara lind left on Monday."


def test_a_capital_is_one_wherever_it_stands():
    assert has_capitals("mcVey")
    assert not has_capitals("mcvey, 35 – “no”")
