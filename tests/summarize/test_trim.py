import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language.words import count_words
from digest.summarize.cuts import find_cuts
from digest.summarize.trim import shorten, tidy


def first(sentence, max_words=30):
    return next(shorten(sentence, max_words=max_words)).text


@pytest.mark.parametrize(
    "marked",
    [
        "{Meanwhile, }the harbour authority closed the port until Friday.",
        "The wreck lies some 40km{ (25 miles)} from Osmark, the coastguard said{ in a post on Skerry}.",
        "Norra Lines halted sailings to Vesk on Tuesday{, underscoring the company's growing debts}.",
        "The Coastal Safety Board{ (CSB)} has opened an inquiry into the collision.",
        "So far, 40 boats have been towed to the old harbour of Osmark.",
        "Now that the port is open, Norra Lines will sail to Vesk again.",
        "{So }the harbour authority asked for two more tugs.",
        "{In the letter, }the harbour authority asked for two more tugs.",
        "In the second film, the harbour authority asked for two more tugs.",
        "At this price, the harbour authority of Osmark would buy two more tugs.",
        "{Amid all this, }the harbour authority asked for two more tugs.",
        "Mayor Jon Berg said a crane had fallen but did not say when the quay would open.",
        "Mayor Jon Berg accused the port of fraud without providing evidence.",
        "In the north, the harbour authority closed two ports.",
        "Norra Lines will leave Osmark in May{ — an unhappy end to a long quarrel}.",
        "The Assembly passed the levy on Tuesday{, dealing a blow to the fishing fleet}.",
        "The levy was passed by Osmark (31) and Vesk (30), the clerk said.",
        "So far 870 households of Osmark have asked for a pump.",
        "The appeal for Osmark has reached two million crowns, the fund announced{ today}.",
        "The fund of Osmark{ today} opened an appeal for two million crowns.",
        "The fund said{ yesterday} that the appeal for Osmark had reached two million crowns.",
    ],
)
def test_what_tells_nothing_goes_and_what_tells_something_stays(marked):
    """What stands in braces is to go."""
    left = re.sub(r"\{.*?\}", "", marked)
    assert first(re.sub(r"[{}]", "", marked)) == left[:1].upper() + left[1:]


def test_what_was_said_of_a_deed_may_go_with_its_own_negation():
    sentence = "The harbour authority called off the regatta at Vesk, saying that the tugs would not be ready in time."
    assert first(sentence, 12) == "The harbour authority called off the regatta at Vesk."
    assert first(sentence) == sentence


def test_whom_a_source_cites_may_go_where_the_source_stays():
    sentence = "The port of Osmark will stay shut until May, Coast Radio reported, citing two unnamed officials."
    assert first(sentence, 12) == "The port of Osmark will stay shut until May, Coast Radio reported."


def test_a_clause_with_a_number_outlasts_one_without():
    sentence = (
        "The harbour authority closed the port, which had grown quiet, after 14 boats had broken loose on Monday."
    )
    assert first(sentence, 14) == "The harbour authority closed the port after 14 boats had broken loose on Monday."


def test_a_line_grows_for_a_fact_and_for_nothing_less():
    fact = "The harbour authority of Osmark has closed the port, after 14 boats broke loose near Vesk on Monday."
    assert next(shorten(fact, max_words=14, stretch=4)).text == fact
    idle = "The harbour authority of Osmark has closed the port, after which the quays fell rather quiet."
    assert next(shorten(idle, max_words=14, stretch=4)).text == "The harbour authority of Osmark has closed the port."


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        (
            "Holt, a former pilot, was ahead in the vote of Osmark on Tuesday, but even though the polls are closed, "
            "the count is far from over.",
            "the count is far from over",
        ),
        (
            "Seen by many as the last great yard of the bay, the works at Tarvik was sold to Norra Lines in May.",
            "was sold",
        ),
    ],
)
def test_a_sentences_own_clause_is_no_apposition(sentence, clause):
    forms = [form.text for form in shorten(sentence, max_words=30)]
    assert forms
    assert [form for form in forms if clause not in form] == []


def test_a_clause_that_goes_on_behind_an_insertion_is_cut_with_it():
    sentence = (
        "Crews should be vaccinated to lower their risk, which will leave less room for new strains – like that of "
        "Vesk – to emerge."
    )
    assert {form.text for form in shorten(sentence, max_words=30)} == {
        sentence,
        "Crews should be vaccinated to lower their risk.",
    }


def test_the_subject_after_an_opening_phrase_is_no_apposition():
    sentence = (
        "In a note on a board used by the dockers of Osmark, a group of pilots has called for a strike on Friday."
    )
    forms = [form.text for form in shorten(sentence, max_words=30)]
    assert forms
    assert [form for form in forms if "a group of pilots" not in form] == []


def test_a_long_sentence_loses_whole_clauses_only():
    sentence = (
        "The Coastal Ministry said that 60 boats were hauled ashore overnight in several towns, including 17 in Osmark, "
        "16 in Lindhaven and four in the small southern village of Tarvik, where the sea wall gave way."
    )
    assert (
        first(sentence, 16) == "The Coastal Ministry said that 60 boats were hauled ashore overnight in several towns."
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "The owner paid the crew, according to the dockers' union in Osmark.",
        "Three people died in the collision, the regional governor said.",
        "The ferry kept to its lane, unless the recorder shows otherwise.",
        "The port will open on Friday, if the wind allows it.",
        "The tanker was empty, reportedly.",
    ],
)
def test_attribution_negation_and_hedge_are_never_cut(sentence):
    assert {form.text for form in shorten(sentence, max_words=30)} == {sentence}


def test_a_time_measure_goes_with_the_clause_it_measures():
    sentence = "The owner sent a second tug to the stranded ferry on Tuesday, over a week after the first one had left."
    assert first(sentence, 14) == "The owner sent a second tug to the stranded ferry on Tuesday."


def test_a_clause_goes_and_the_attribution_after_it_stays():
    sentence = (
        "A tanker struck the ferry on Tuesday, killing three people, in one of the worst accidents since the lane was "
        "opened for large ships more than thirty years ago, according to the regional governor."
    )
    assert first(sentence, 20).endswith(", according to the regional governor.")


def test_what_is_left_is_a_clause():
    sentence = (
        "The leaders of the harbour board — Karin Holt and Jon Berg, the senior pilot — unveiled the plan on Friday."
    )
    forms = [form.text for form in shorten(sentence, max_words=30)]
    assert len(forms) > 1
    assert [form for form in forms if "unveiled" not in form] == []


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        (
            "Ms Holt will tell the board that the new quay – which together with the older one costs 40 million crowns, "
            "rivalling the bridge – is a gift to the town.",
            "is a gift",
        ),
        (
            "A small group of skippers, led by Karin Holt, along with the pilots Jon Berg, Ada Lind, and Per Vik of "
            "Tarvik are looking at rules that all ports can follow.",
            "are looking",
        ),
        (
            "Holt, who has a history of threatening to resign but not always following through, made her announcement "
            "at the old customs house.",
            "made her announcement",
        ),
        (
            "For now, skippers in their Lund sloops, Berg cutters, and Aker yawls of the south are still stuck "
            "looking for a berth.",
            "are still stuck",
        ),
        (
            "When the great flood struck Tarvik in 1720, killing half of the town, ships were kept out for forty days "
            "and travellers carried a bill of health.",
            "ships were kept out",
        ),
        (
            "The court found that Lund, who ran the yard until 2023, had sold two boats, a crane and a berth to Berg.",
            "had sold",
        ),
        ("The office said new claims, a measure of lost work, rose by 2,000 last week.", "rose by"),
    ],
)
def test_a_verb_in_an_insertion_or_after_a_list_is_not_taken_for_the_sentences_own(sentence, verb):
    forms = [form.text for form in shorten(sentence, max_words=40)]
    assert forms
    assert [form for form in forms if verb not in form] == []


def test_an_insertion_goes_with_both_its_dashes_and_what_follows_it_by_itself():
    sentence = "The levy — which would raise more than any tax before it — asks for 16 crowns a tonne."
    forms = {form.text for form in shorten(sentence, max_words=30)}
    assert forms == {sentence, "The levy asks for 16 crowns a tonne."}
    sentence = (
        "Claims fell to 498 last week—a new low since the storm in March—in a sign that the yards are recovering."
    )
    forms = {form.text for form in shorten(sentence, max_words=30)}
    assert "Claims fell to 498 last week—a new low since the storm in March." in forms


def test_one_without_the_other_is_no_form():
    sentence = "The storm took two piers, one in the north of the bay, the other under the lighthouse."
    assert {form.text for form in shorten(sentence, max_words=30)} == {sentence}


def test_a_quotation_goes_whole_or_not_at_all():
    sentence = "Minister Solveig Aas told the Assembly that “no boat, large or small, may leave”, after a long debate."
    forms = [form.text for form in shorten(sentence, max_words=30)]
    assert len(forms) > 1
    assert [one for one in forms if "“no boat, large or small, may leave”" not in one and "“" in one] == []


def test_a_rival_claim_in_a_closing_clause_may_go_with_its_own_claimant():
    sentence = "Norra Lines said that it kept to its lane, after pilot Jon Berg accused the company of haste."
    assert "Norra Lines said that it kept to its lane." in {form.text for form in shorten(sentence, max_words=30)}


def test_numbers_with_a_comma_are_not_taken_apart():
    assert first("The tax raised 5,438 crowns, the treasury said.") == "The tax raised 5,438 crowns, the treasury said."


def test_a_verdict_before_the_news_goes():
    assert first("In a stunning blow to the union, the court of Osmark let the dockers’ roster stand.") == (
        "The court of Osmark let the dockers’ roster stand."
    )


def test_a_colon_at_the_end_stays_and_shows_that_no_statement_ends_there():
    assert tidy("Holt adds to the picture of why :") == "Holt adds to the picture of why:"


def test_nothing_fits():
    assert not list(shorten("One two three four five six seven eight nine ten.", max_words=5))


@given(st.text(max_size=300))
def test_any_text_gives_forms_that_fit(text):
    for form in shorten(text, max_words=12):
        assert 0 < count_words(form.text) <= 12


@given(st.text(alphabet=st.sampled_from("ab ,;—–()“”\"'.Aé5which,after "), max_size=200))
def test_every_word_of_a_form_is_of_the_sentence(sentence):
    words = set(re.findall(r"\w+", sentence.lower()))
    for form in shorten(sentence, max_words=50):
        assert set(re.findall(r"\w+", form.text.lower())) <= words


def test_cuts_are_bounded():
    assert len(find_cuts(", which is so, " * 500 + "end.")) <= 9


def test_tidy_repairs_what_a_deletion_leaves():
    assert tidy("the port , , is shut ,") == "The port, is shut."
    assert tidy("(Another 40 boats stayed in Vesk.)") == "Another 40 boats stayed in Vesk."
    assert tidy("The levy is “unsustainable”") == "The levy is “unsustainable”."
    assert tidy("“The levy is too high.”") == "“The levy is too high.”"


@pytest.mark.parametrize(
    "sentence",
    [
        "The harbour court found that the skipper had taken 40 crates of cod, a winch and two coils of rope in May.",
        "The clerk of Vesk was found guilty last month of cheating a baker, a glazier, a tailor and a harbour pilot.",
        "The number of boats in the port of Osmark fell to 40 — a new low of the year — the harbour office said.",
    ],
)
def test_a_list_is_told_whole_and_a_sentence_is_not_torn(sentence):
    assert {form.text for form in shorten(sentence, max_words=30)} == {sentence}


def test_the_comma_before_who_says_it_stays():
    sentence = (
        "The number of boats in the port fell to 40 last week, a drop of five from June, the harbour office said."
    )
    assert first(sentence, 18) == "The number of boats in the port fell to 40 last week, the harbour office said."
    assert first(sentence.replace("the harbour office", "Mara Lind"), 18) == (
        "The number of boats in the port fell to 40 last week, Mara Lind said."
    )


@pytest.mark.parametrize("speaker", ["Norra Lines", "the NLO"])
def test_the_office_before_a_speakers_name_is_no_apposition(speaker):
    sentence = f"The ferry passed its inspection in May, a spokesman for the owner, {speaker}, told the Osmark Courier."
    assert all("a spokesman" in form.text for form in shorten(sentence, max_words=30))


def test_a_clause_stays_with_what_it_tells_of():
    sentence = "Norra Lines is cutting its costs, including those of Lundship, which it bought for 200 million in 2017."
    assert all("Lundship" in form.text for form in shorten(sentence, max_words=30) if "which" in form.text)


def test_no_dash_is_left_at_the_end():
    assert tidy("The council of Osmark showed a plan -- with a map of the quay --.") == (
        "The council of Osmark showed a plan -- with a map of the quay."
    )
    assert tidy("The council of Osmark showed a plan --") == "The council of Osmark showed a plan."


def test_no_quotation_is_torn():
    sentence = "Mayor Jon Berg of Osmark told the council “the port stays closed after the storm of Monday” and left."
    assert all(form.text.count("“") == form.text.count("”") for form in shorten(sentence, max_words=30))
