import pytest

from digest.language.standstill import got_nowhere


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Osmark and Vesk have failed to produce any results.",
        "The negotiations over the strait remain deadlocked, the mediator said.",
        "There has been little progress in bringing the crews to a compromise.",
        "Two days of discussions ended without an agreement.",
    ],
)
def test_talks_that_got_nowhere(text):
    assert got_nowhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "Despite the stalled talks, Osmark and Vesk opened a bridge.",
        "Talks between Osmark and Vesk produced a treaty.",
        "The lift of the town hall stalled.",
        "No results of the vote have been published.",
    ],
)
def test_what_tells_something_else(text):
    assert not got_nowhere(text)
