import pytest

from digest.language.dates import date_within, find_dates


def only(text):
    (mention,) = find_dates(text)
    return mention


@pytest.mark.parametrize(
    ("text", "year", "month", "day", "weekday"),
    [
        ("on Wednesday, July 2, the", None, 7, 2, 2),
        ("on 2 July 2025.", 2025, 7, 2, None),
        ("On Feb. 24, 2022, it", 2022, 2, 24, None),
        ("since 2019", 2019, None, None, None),
        ("in the 1990s", 1990, None, None, None),
        ("in May", None, 5, None, None),
        ("dated 2025-07-02", 2025, 7, 2, None),
        ("by November 2023 it", 2023, 11, None, None),
        ("on Tuesday", None, None, None, 1),
        ("the 12th of March", None, 3, 12, None),
    ],
)
def test_finds_what_is_told_and_no_more(text, year, month, day, weekday):
    mention = only(text)
    assert (mention.year, mention.month, mention.day, mention.weekday) == (year, month, day, weekday)
    assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    "text",
    ["2000 troops", "1,950 homes", "He may go", "a march through town", "$2000", "35 people", "day 1,224", "1600 km"],
)
def test_counts_and_words_are_no_dates(text):
    assert find_dates(text) == ()


def test_date_within_is_one_way():
    assert date_within(only("July 2"), only("Wednesday, July 2, 2025"))
    assert not date_within(only("Wednesday, July 2"), only("July 2"))
