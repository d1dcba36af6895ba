import pytest

from digest.summarize.faithfulness import support_score, supports, weigh

DOCUMENT = (
    "A ferry and a tanker collided off Osmark late on Tuesday, killing three people and injuring 35. "
    "Regional governor Mara Lind said the port would stay closed until Friday. "
    "Ticket prices will increase by 12 percent in May, the harbour authority announced. "
    "Norland sent two rescue boats, and its minister praised the crews."
)


@pytest.mark.parametrize(
    "claim",
    [
        "A ferry and a tanker collided off Osmark on Tuesday, killing three people.",
        "Governor Mara Lind said the port would stay closed until Friday.",
        "Ticket prices will increase by twelve per cent in May.",
        DOCUMENT,
    ],
)
def test_what_the_document_says_is_supported(claim):
    assert weigh(claim, DOCUMENT).strikes == ()
    assert supports(claim, DOCUMENT)


@pytest.mark.parametrize(
    ("claim", "strike"),
    [
        ("A ferry and a tanker collided off Osmark late on Tuesday, killing four people.", "four"),
        ("A ferry and a tanker collided off Norhavn late on Tuesday, killing three people.", "Norhavn"),
        ("A ferry and a tanker collided off Osmark late on Sunday, killing three people.", "Sunday"),
        ("Mara Lind said the port would not stay closed until Friday.", "not"),
        ("Ticket prices will decrease by 12 percent in May.", "decrease"),
        ("Norland sent two rescue boats, and its minister condemned the crews.", "condemned"),
    ],
)
def test_one_strike_is_enough(claim, strike):
    assert strike in weigh(claim, DOCUMENT).strikes
    assert not supports(claim, DOCUMENT)


def test_what_the_document_does_not_speak_of_is_not_supported():
    assert not supports("Scientists have bred a sheep that lives on seaweed alone.", DOCUMENT)
    assert support_score("", DOCUMENT) == 0.0


def test_the_score_falls_with_each_strike():
    one = support_score("A ferry and a tanker collided off Osmark late on Tuesday, killing four people.", DOCUMENT)
    two = support_score("A ferry and a tanker collided off Norhavn late on Tuesday, killing four people.", DOCUMENT)
    assert 0.5 > one > two > 0.0


@pytest.mark.parametrize(
    "claim",
    [
        "Osmark's port will be shut to ships until Friday, says regional governor Mara Lind.",
        "The harbour authority announced that ticket prices will increase in May.",
        "Norland's minister praised the crews of its two boats.",
        "Three people were killed when a ferry and a tanker collided off Osmark.",
    ],
)
def test_a_paraphrase_is_supported(claim):
    assert supports(claim, DOCUMENT)


def test_a_claim_of_its_own_words_is_not_supported_though_it_names_nothing_new():
    claim = "Mara Lind has resigned over gambling debts and left the country with her cousin."
    assert weigh(claim, DOCUMENT).strikes == ()
    assert not supports(claim, DOCUMENT)
    assert "gambling" in " ".join(weigh(claim, DOCUMENT).own)


def test_a_name_among_words_of_another_sentence_counts_against_the_claim():
    right = weigh("Mara Lind said the port would stay closed until Friday.", DOCUMENT)
    wrong = weigh("Ticket prices will increase by 12 percent in May, Norland announced.", DOCUMENT)
    assert right.strangers == ()
    assert wrong.strangers == ("Norland",)


def test_a_figure_in_other_words_is_no_word_of_the_claims_own():
    evidence = weigh("The tanker had sailed 1,300 kilometres.", "The tanker had sailed 800 miles, its owner said.")
    assert evidence.own == ()
    assert evidence.strikes == ()


@pytest.mark.parametrize(
    ("claim", "document"),
    [
        ("Over 50 were missing.", "More than 50 people were missing, and many lay under the rubble."),
        ("The camera took never-before-seen pictures.", "The camera took pictures that nobody had ever seen before."),
        ("The UN called for calm.", "The United Nations called for calm."),
    ],
)
def test_other_words_for_the_same_are_no_strike(claim, document):
    assert weigh(claim, document).strikes == ()


def test_the_score_does_not_depend_on_what_was_asked_before():
    claim = "Governor Mara Lind said the port would stay closed until Friday."
    first = support_score(claim, DOCUMENT)
    support_score(claim, "A sheep was found on an island.")
    assert support_score(claim, DOCUMENT) == first
