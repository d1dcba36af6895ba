import pytest

from digest.language.names import country_of, find_names, is_acronym_of, name_key, same_name


def texts(sentence, **keywords):
    return [name.text for name in find_names(sentence, **keywords)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("The Institute for the Study of Tides (IST) said so.", ["Institute for the Study of Tides", "IST"]),
        ("Norland Minister of Defence Rustan Omerov met Gov. Mark Hale of Osmark.",
         ["Norland", "Rustan Omerov", "Mark Hale of Osmark"]),
        ("Bashir al-Hadad and Meyer van der Berg met in the U.S. capital.",
         ["Bashir al-Hadad", "Meyer van der Berg", "U.S."]),
        ("Officials said the port was shut.", []),
        ("Unfortunately, Osmark’s port was shut on Tuesday.", ["Osmark"]),
        ("The ferry left. Passengers waited in Osmark.", ["Osmark"]),
        ("J. K. Lind and John F. Hale arrived.", ["J. K. Lind", "John F. Hale"]),
    ],
)  # fmt: skip
def test_finds_names(sentence, names):
    assert texts(sentence) == names


def test_a_word_seen_in_lower_case_is_no_name():
    assert texts("Trolls left.") == ["Trolls"]
    assert texts("Trolls left, and some trolls came.") == []


def test_titles_in_headlines_are_cut_to_names():
    assert "Osmark" in texts("Three Dead as Ferry Hits Pier in Osmark")
    assert "Three Dead" not in texts("Three Dead as Ferry Hits Pier in Osmark")


def test_offsets_hold_the_text():
    sentence = "“Osmark’s mayor, Åse Lind,” he said."
    assert [sentence[name.start : name.end] for name in find_names(sentence)] == ["Osmark", "Åse Lind"]


def test_possessives_compare_equal_with_and_without_apostrophe():
    assert name_key("Norland’s") == name_key("Norlands") == name_key("Norland")
    assert name_key("the U.S.") == name_key("United States") == name_key("US")


@pytest.mark.parametrize(
    ("acronym", "name", "is_one"),
    [
        ("UDCG", "Ukraine Defense Contact Group", True), ("UN", "United Nations", True),
        ("IST", "Institute for the Study of Tides", True), ("U.N.", "United Nations", True),
        ("BBC", "British Council", False), ("un", "United Nations", False),
    ],
)  # fmt: skip
def test_acronyms(acronym, name, is_one):
    assert is_acronym_of(acronym, name) is is_one


def test_same_name_takes_the_last_name_alone_but_not_another_first_name():
    assert same_name("Omerov", "Rustan Omerov")
    assert same_name("UN", "United Nations")
    assert not same_name("Mara Omerov", "Rustan Omerov")


def test_countries_of_demonyms():
    assert country_of("Russian") == country_of("Russia") == "russia"
    assert country_of("Osmark") is None
