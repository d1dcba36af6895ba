"""What a question means: addresses told in many ways, and words in any case."""

import pytest

from digest.asking.match import has_words, is_address, is_id, matching_places, names_file, place, words


@pytest.mark.parametrize(
    "address",
    [
        "https://coast.example/a/b",
        "http://www.coast.example/a/b/",
        "coast.example/a/b",
        "https://m.coast.example/a/b#part:~:text=killed",
        "https://coast.example/a/b?utm_source=mail&utm_medium=rss&fbclid=1",
        " HTTPS://Coast.example/A/b ",
    ],
)
def test_the_way_there_makes_no_difference(address):
    assert place(address) == "coast.example/a/b"


def test_what_tells_pages_apart_is_kept_in_any_order():
    assert place("https://coast.example/p?id=7&lang=en&utm_x=1") == place("coast.example/p?lang=en&id=7")
    assert place("https://coast.example/p?id=7") != place("https://coast.example/p?id=8")
    assert place("https://coast.example/%C3%B8st") == place("https://coast.example/øst")


def test_a_whole_address_wins_over_a_part():
    addresses = ["https://coast.example/a", "https://coast.example/a/b", "https://other.example/x"]
    assert matching_places("coast.example/a", addresses) == {addresses[0]}
    assert matching_places("coast.example", addresses) == {addresses[0], addresses[1]}
    assert matching_places("https://coast.example/c", addresses) == set()


@pytest.mark.parametrize(("text", "told"), [
    ("https://x.example", True), ("x.example/page", True), ("x.example", True), ("three dead", False), ("x.", False),
    ("ferry", False), ("U.S. strike", False), ("https://[", True),
])  # fmt: skip
def test_what_is_an_address(text, told):
    assert is_address(text) is told


def test_a_malformed_address_matches_itself_only():
    assert matching_places("https://[", ["https://[", "https://coast.example/"]) == {"https://["}


def test_ids_are_twelve_hex_digits():
    assert is_id("0d9659213e0b")
    assert not is_id("0d9659213e0")
    assert not is_id("collision ab")


def test_words_match_without_case_and_accents_and_from_their_beginning():
    assert words("Vår FÆRGE, 35!") == ("var", "færge", "35")
    assert has_words("The ferry Ångström collided", words("angstrom FERR"))
    assert not has_words("The ferry collided", words("erry"))
    assert not has_words("The ferry collided", words("ferry tanker"))


@pytest.mark.parametrize(("path", "source", "named"), [
    ("news/a.jsonl", "news/a.jsonl#3", True), ("a.jsonl#3", "news/a.jsonl#3", True),
    ("a.jsonl#4", "news/a.jsonl#3", False), ("/home/ada/news/A.md", "news/a.md", True), ("a", "news/a.md", False),
    ("old/a.md", "news/a.md", False), ("https://coast.example/a.md", "a.md", False),
    ("", "news/a.md", False), (".", "", False),
])  # fmt: skip
def test_a_path_names_a_file_by_its_end(path, source, named):
    assert names_file(path, source) == named
