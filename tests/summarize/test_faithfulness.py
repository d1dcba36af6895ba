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


@pytest.mark.parametrize(
    ("claim", "moved"),
    [
        ("Norland's governor said the port would stay closed until Friday.", ()),
        ("Mara Lind said the port would stay closed until Friday.", ()),
        ("Regional governor Norland said the port would stay closed until Friday.", ("Norland",)),
        ("Mara Lind sent two rescue boats, and its minister praised the crews.", ("Mara Lind",)),
    ],
)
def test_a_name_in_the_place_of_another_is_a_strike(claim, moved):
    assert weigh(claim, DOCUMENT).moved == moved
    assert set(moved) <= set(weigh(claim, DOCUMENT).strikes)


def test_two_names_exchanged_are_a_strike():
    document = "The coach of Osmark praised the players of Norhavn after the match on Sunday."
    claim = "The coach of Norhavn praised the players of Osmark after the match on Sunday."
    assert set(weigh(claim, document).moved) == {"Norhavn", "Osmark"}
    assert weigh(document, document).moved == ()


def test_names_exchanged_around_a_verb_are_a_strike():
    document = (
        "Tor Vik praised Mara Lind at the port on Friday. Norland sold the tanker to Sandmark for 12 million crowns."
    )
    assert set(weigh("Mara Lind praised Tor Vik at the port on Friday.", document).moved) == {"Mara Lind", "Tor Vik"}
    sold = "Sandmark sold the tanker to Norland for 12 million crowns."
    assert set(weigh(sold, document).moved) == {"Sandmark", "Norland"}


def test_a_sentence_that_has_the_name_in_that_place_settles_it():
    document = (
        "Norland sent two boats to Osmark. Two crews came from Sandmark. Sandmark sent two boats to Osmark as well."
    )
    assert weigh("Sandmark sent two boats to Osmark.", document).moved == ()


def test_a_name_with_words_left_out_is_not_displaced():
    document = "Her uncle's friend, Tor Vik Junior, opened the port in June. Mara Lind opened the port in June."
    assert weigh("Tor Junior opened the port in June.", document).moved == ()


@pytest.mark.parametrize(
    ("claim", "strikes"),
    [
        ("regional governor mara lind said the port would stay closed until friday.", ()),
        ("regional governor norland said the port would stay closed until friday.", ("Norland",)),
        ("regional governor tor vik said the port would stay closed until friday.", ("tor vik",)),
        ("a ferry and a tanker collided off norhavn late on tuesday, killing three people.", ("norhavn",)),
        ("a ferry and a tanker collided off osmark late on sunday, killing three people.", ("Sunday",)),
    ],
)
def test_a_claim_without_capitals_is_read_with_the_documents(claim, strikes):
    assert weigh(claim, DOCUMENT).strikes == strikes
    assert supports(claim, DOCUMENT) == (not strikes)


def test_a_name_that_another_sentence_has_beside_those_words_is_no_strike():
    document = "Osmark closed its harbour on Monday after the storm. Norland closed its harbour too, after the storm."
    assert weigh("Norland closed its harbour on Monday after the storm.", document).moved == ()


def test_the_worst_sentence_of_a_claim_decides():
    told = "A ferry and a tanker collided off Osmark late on Tuesday, killing three people and injuring 35. "
    invented = "Divers have since raised the wreck with borrowed cranes."
    assert supports(told, DOCUMENT)
    assert not supports(told + invented, DOCUMENT)
    assert weigh(told + invented, DOCUMENT).near < weigh(told, DOCUMENT).near == 1.0


def test_the_words_of_a_sentence_may_lie_in_two_but_not_all_over_the_document():
    two = weigh("Three people died when a ferry and a tanker collided, and Norland sent boats.", DOCUMENT)
    four = weigh("A ferry, the port, ticket prices and the minister.", DOCUMENT)
    assert two.near > four.near


def test_what_nobody_said_counts_against_a_claim():
    claim = "Governor Mara Lind said the port would “reopen very soon”."
    assert weigh(claim, DOCUMENT).quoted == ("reopen very soon",)
    assert support_score(claim, DOCUMENT) < support_score(claim.replace("“", "").replace("”", ""), DOCUMENT)


def test_a_negation_that_the_claim_leaves_out_is_a_strike():
    document = "The governor said on Monday that the port would not reopen before the end of the week."
    assert weigh("The governor said the port would reopen before the end of the week.", document).strikes == ("not",)
    assert weigh("The governor said the port would not reopen before the end of the week.", document).strikes == ()


def test_full_stops_that_stand_apart_end_sentences():
    claim = "a ferry and a tanker collided off osmark . mara lind said the port would stay closed . norland sent two boats ."
    assert weigh(claim, DOCUMENT).near == 1.0
    assert supports(claim, DOCUMENT)
    assert not supports(claim + " divers have since raised the wreck with borrowed cranes .", DOCUMENT)


def test_a_claim_without_end_is_no_error():
    assert support_score("A ferry and a tanker " + "sank mild waters " * 200, DOCUMENT) == 0.0


def test_a_capital_in_a_headline_is_no_name():
    headline = "Ferry and Tanker Collide Off Osmark, Three People Reported Dead"
    assert weigh(headline, DOCUMENT).strikes == ()
    assert supports("Ferry and Tanker Collide Off Osmark, Killing Three People", DOCUMENT)


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
        ("The bill gives over $500 million to harbours.", "The bill gives $550 million to harbours."),
        ("The Norland-led talks ended.", "Norland had led the talks, which ended on Monday."),
        ("Mara Lind has died at age 94.", "Mara Lind, who sat for four terms, has died. Lind was 94 years old."),
    ],
)
def test_other_words_for_the_same_are_no_strike(claim, document):
    assert weigh(claim, document).strikes == ()


def test_the_score_does_not_depend_on_what_was_asked_before():
    claim = "Governor Mara Lind said the port would stay closed until Friday."
    first = support_score(claim, DOCUMENT)
    support_score(claim, "A sheep was found on an island.")
    assert support_score(claim, DOCUMENT) == first
