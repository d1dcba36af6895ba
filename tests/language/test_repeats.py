import pytest

from digest.language.repeats import read_line, tells_again

BETTER = read_line(
    "Governor Signe Halvard sent harbour master Jon Berg away on Friday after he refused to resign.",
    ["Jon Berg, the harbour master of Osmark, was sent away on Friday; he had refused to step down."],
)


def again(text):
    return tells_again(BETTER, read_line(text, [text]))


def test_a_line_that_adds_nothing_tells_again():
    assert again("Berg was sent away by the governor after he had refused to resign.")


@pytest.mark.parametrize(
    "text",
    [
        "Berg was sent away by the governor after he had refused to resign 14 times.",
        "Berg was sent away by the governor of Vesk after he had refused to resign.",
        "Berg was not sent away by the governor after he had refused to resign.",
        "Berg denied that he was sent away by the governor or had refused to resign.",
        "The governor will open a new fish quay beside the old one.",
    ],
)
def test_a_line_that_adds_or_turns_something_does_not(text):
    assert not again(text)


def test_a_compound_with_no_negates_nothing():
    better = read_line("The Assembly will debate a motion of no confidence on Monday.", [])
    assert tells_again(better, read_line("The Assembly will debate the no-confidence motion on Monday.", [])) is False
    better = read_line("The Assembly will debate the no-confidence motion on Monday.", [])
    assert tells_again(better, read_line("The Assembly will debate the motion on Monday.", []))


def test_the_words_for_who_says_it_make_no_repeat_of_what_else_they_say():
    better = read_line("Two cranes fell off the fish quay, Osmark harbour safety director Ebba Lund said.", [])
    for line in (
        "“The gale was a surprise,” [Osmark harbour safety director Ebba] Lund said.",
        "Osmark harbour safety director Ebba Lund said that divers would come.",
    ):
        assert not tells_again(better, read_line(line, []))


def test_a_day_and_a_figure_told_more_exactly_are_added():
    better = read_line("The bank had expected the share of those without work in Osmark to fall from 6 % to 5.8 %.", [])
    assert not tells_again(better, read_line("The share of those without work in Osmark rose to 6.1 % from 6 %.", []))
    assert tells_again(
        better, read_line("The share of those without work in Osmark was expected to fall to 5.8 %.", [])
    )
    better = read_line("The ferry from Osmark is to sail again once the harbour has been dredged.", [])
    assert not tells_again(better, read_line("The ferry from Osmark is to sail again on 14 May.", []))
    assert tells_again(better, read_line("The ferry from Osmark is to sail again.", []))
