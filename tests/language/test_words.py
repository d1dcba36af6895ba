import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language.words import content_stems, content_words, normalise, spelling, stem, words


def test_normalise_keeps_every_offset():
    text = "Osmark’s “port” — 1 300 km"
    assert normalise(text) == 'Osmark\'s "port" - 1 300 km'
    assert len(normalise(text)) == len(text)


@given(st.text(max_size=200))
def test_normalise_never_changes_the_length(text):
    assert len(normalise(text)) == len(text)


def test_words_fold_possessives_contractions_numbers_and_acronyms():
    assert words("Norland’s U.S. envoy didn’t see 1,300km of it") == [
        "norland", "usa", "envoy", "did", "not", "see", "1300", "km", "of", "it",
    ]  # fmt: skip


def test_words_parted_from_their_negation_are_no_empty_words():
    assert words("She did n't go.") == ["she", "did", "not", "go"]


@given(st.text(alphabet="aBz'.,- U.S12½_`\t", max_size=40))
def test_words_of_plain_text_do_not_depend_on_what_stands_behind(text):
    assert words(f"{text} ж") == [*words(text), "ж"]


@pytest.mark.parametrize("text", ["The ferries’ owner didn’t stop.", "Osmark's 1,300 boats stopped."])
def test_content_stems_are_the_stems_of_the_content_words(text):
    assert content_stems(text) == [stem(word) for word in content_words(text)]


def test_us_the_country_is_not_us_the_pronoun():
    assert words("US troops") == ["usa", "troops"]
    assert words("told us") == ["told", "us"]


def test_british_and_american_spelling_meet():
    assert words("The defence programme was organised by the labour centre") == words(
        "The defense program was organized by the labor center"
    )


def test_words_that_look_british_but_are_not_stay():
    for word in ("promise", "exercise", "surprise", "four", "hour", "our", "rise", "raised"):
        assert spelling(word) == word


def test_content_words_leave_out_function_words_only():
    assert content_words("The ferry was not in the harbour") == ["ferry", "harbor"]


def test_stems_of_regular_forms_meet():
    assert stem("strikes") == stem("striking") == stem("strike")
    assert stem("stopped") == stem("stop")
    assert stem("cities") == stem("city")
    assert stem("killed") != stem("kilns")
