import pytest

from digest.summarize.corroborate import corroborates

LINE = "Storm Ingrith damaged 21 boats in the marina at Tarvik on Monday."


@pytest.mark.parametrize(
    "statement",
    [
        "The storm wrecked or damaged 21 of the boats moored in Tarvik marina.",
        "Boats in Tarvik marina were damaged by Storm Ingrith.",
    ],
)
def test_the_same_told_otherwise(statement):
    assert corroborates(LINE, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "A storm in January damaged 12 boats in Skelmar, but spared Tarvik.",
        "The mayor of Vesk thanked the dockers for their patience.",
    ],
)
def test_another_figure_or_another_thing(statement):
    assert not corroborates(LINE, statement)
