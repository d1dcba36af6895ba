import pytest

from digest.language.quantities import find_quantities, same_quantity, same_value


def only(text):
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "unit", "noun"),
    [
        ("thirty-five people", 35, None, "person"),
        ("two dozen boats", 24, None, "boat"),
        ("half a million refugees", 500_000, None, "refugee"),
        ("nearly a quarter-million refugees", 250_000, None, "refugee"),
        ("a half-million boats", 500_000, None, "boat"),
        ("nearly 60 drones", 60, None, "drone"),
        ("some 1,300km away", 1300, "km", None),
        ("€72 billion", 72e9, "EUR", None),
        ("$2.6-million", 2.6e6, "USD", None),
        ("a two-million-euro booty", 2e6, "EUR", "booty"),
        ("£88m", 88e6, "GBP", None),
        ("87%", 87, "percent", None),
        ("87 per cent", 87, "percent", None),
        ("four hundred and twelve ferries", 412, None, "ferry"),
        ("a hundred houses", 100, None, "house"),
        ("4 1/2 hours", 4.5, "hour", None),
        ("12 tonnes", 12, "tonne", None),
        ("a magnitude-6.1 quake", 6.1, "magnitude", "quake"),
        ("38.5 degrees Celsius in Vesk", 38.5, "degree", None),
        ("38.5C in Vesk", 38.5, "degree", None),
        ("Flight 12C to Vesk", 12, None, None),
        ("38 Crabbers sank", 38, None, "crabber"),
        ("at 6 p.m.", 6, "clock", None),
        ("2.5m people", 2.5e6, None, "person"),
        ("5,438 Ukrainian attack drones were shot", 5438, None, "drone"),
    ],
)
def test_reads_value_unit_and_noun(text, value, unit, noun):
    quantity = only(text)
    assert (quantity.value, quantity.unit, quantity.noun) == (pytest.approx(value), unit, noun)


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("nearly 60 nations", "nearly"), ("at least 40 hurt", "at least"), ("more than $12 million", "more than"),
        ("up to 30 boats", "up to"), ("about 50 countries", "about"), ("dozens of boats", "vague"), ("60 boats", None),
    ],
)  # fmt: skip
def test_reads_the_approximator(text, approx):
    assert only(text).approx == approx


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Three boats sank", "boat"),
        ("made 31 people ill", "person"),
        ("Three more had been moved", None),
        ("pay 420 crowns more every month", "crown"),
        ("28,000 people depend on the drug", "person"),
        ("Four men smash their car into a shop", "man"),
        ("five women's teams", "team"),
    ],
)
def test_what_follows_the_noun_is_none(text, noun):
    assert only(text).noun == noun


@pytest.mark.parametrize(("text", "value"), [("the 12th package", 12), ("the thirteenth package", 13)])
def test_ordinals(text, value):
    quantity = only(text)
    assert (quantity.ordinal, quantity.value, quantity.noun) == (True, value, "package")


def test_ages_are_told_apart_from_counts():
    assert [quantity.unit for quantity in find_quantities("Mara Lind, 36, met a 40-year-old man aged 41")] == [
        "age"
    ] * 3


def test_scores_keep_both_sides():
    assert only("Norland won 3-2 on the night").unit == "score"
    assert not same_value(only("won 3-2 on"), only("won 3-1 on"))


def test_a_third_is_a_share_unless_it_comes_in_turn():
    assert only("It was cut by a third").value < 1
    for turn in ("A third round of talks", "A third co-worker was hurt", "A third passenger has died"):
        assert [(one.value, one.ordinal) for one in find_quantities(turn)] == [(3, True)]


def test_categories_stand_for_the_people_counted():
    killed, injured = find_quantities("killing three and injuring at least 40")
    assert (killed.noun, killed.value) == ("killed", 3)
    assert (injured.noun, injured.value, injured.approx) == ("injured", 40, "at least")


def test_roles_come_from_before_and_after():
    assert [q.role for q in find_quantities("It killed five sailors and injured 42 others.")] == ["killed", "injured"]
    assert only("42 sailors have been hospitalised").role == "injured"
    # what is done to others, or said of others
    assert [q.role for q in find_quantities("He shot three people, killing one.")] == [None, "killed"]
    assert [q.role for q in find_quantities("His brothers, 17 and 22, were arrested.")] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "one of the deepest",
        "no one saw it",
        "one another",
        "F-16 jets",
        "Covid-19",
        "on July 2",
        "since 2019",
        "in the 2018-19 season",
        "in 1987",
    ],
)
def test_not_every_number_is_a_quantity(text):
    assert find_quantities(text) == ()


def test_one_counts_where_it_counts():
    assert only("killed one person").value == 1
    assert only("killing one and fleeing").value == 1


def test_offsets_hold_the_text():
    text = "They paid €72 billion — or “about 1,300 kilometres”."
    found = find_quantities(text)
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert [one.unit for one in found] == ["EUR", "km"]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("1,300km", "1,300 kilometers", True),
        ("1,300 kilometers", "800 miles", True),
        ("10 kilometers", "six miles", True),
        ("10 kilometers", "60 miles", False),
        ("some 60 boats", "60 boats", True),
        ("more than 200 hurt", "249 hurt", True),
        ("at least 40 hurt", "35 hurt", False),
        ("12,345 votes", "12,000 votes", True),
        ("60 boats", "58 boats", False),
        ("12th package", "13th package", False),
        ("12th package", "12 packages", False),
        ("€72 billion", "$72 billion", False),
        ("dozens of boats", "47 boats", True),
        ("87 percent", "85 percent", False),
    ],
)
def test_same_quantity(a, b, same):
    assert same_quantity(only(a), only(b)) is same
    assert same_quantity(only(b), only(a)) is same


def test_same_value_takes_no_hedge():
    assert not same_value(only("more than 200 hurt"), only("249 hurt"))
    assert same_value(only("35 hurt"), only("thirty-five people"))
