from time import process_time

import pytest

from digest.language.claims import attribution, hedges, negations


def test_negations_in_every_form():
    text = "He didn’t go, never called and saw no one; nothing was left without cause."
    assert [marker.text for marker in negations(text)] == ["not", "never", "no", "nothing", "without"]


def test_hedges_before_numbers_and_on_claims():
    text = "At least 40 were allegedly hurt over three days; some people left over the bridge, if confirmed."
    assert [marker.text for marker in hedges(text)] == ["at least", "allegedly", "over", "if confirmed"]


def test_may_the_month_is_no_hedge():
    assert hedges("It ended in May.") == ()
    assert [marker.text for marker in hedges("It may end.")] == ["may"]


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("Three died, police said.", "police", "reported"),
        ("Three died, regional Governor Mara Lind said in a post.", "regional Governor Mara Lind", "reported"),
        ("The Ministry of Tides in Osmark said that 60 boats sank.", "The Ministry of Tides in Osmark", "reported"),
        ("Sixty boats sank, according to harbour officials.", "harbour officials", "reported"),
        ("[Mayor Jon Berg] also claimed that the town had fallen.", "[Mayor Jon Berg]", "claimed"),
        ("Norra Lines denied that it had left the lane.", "Norra Lines", "denied"),
        ("The rebels' spokesman claimed that the town had fallen.", "The rebels' spokesman", "claimed"),
        ("“We saw it,” said Mara Lind, a nurse.", "Mara Lind", "reported"),
        ("Storm claims fell to 400 last week, the Harbour Office said.", "the Harbour Office", "reported"),
        ("Norra Lines claims that the lane was free.", "Norra Lines", "claimed"),
        ("Norra Lines claims on its page that the lane was free.", "Norra Lines", "claimed"),
        ("The army claims for the first time to have sunk a boat.", "The army", "claimed"),
        ("The agency estimates about 300 seals in the bay.", "The agency", "reported"),
    ],
)
def test_attribution(text, speaker, kind):
    found = attribution(text)
    assert found is not None
    assert (found.speaker, found.kind) == (speaker, kind)


def test_no_attribution_in_plain_fact_or_inside_a_quotation():
    assert attribution("The ferry hit the pier at noon.") is None
    assert attribution("A sign read “the mayor said no”.") is None


@pytest.mark.parametrize(
    "text",
    [
        "Insurance claims for flooded cellars doubled in May.",
        "Thirteen states will vote again.",
        "The ministry dropped a rule that let ferries refuse passengers if they claimed a discount.",
    ],
)
def test_a_noun_and_a_condition_say_nothing(text):
    assert attribution(text) is None


def test_reportedly_has_no_speaker():
    found = attribution("The firm has reportedly closed the lane.")
    assert found is not None
    assert (found.speaker, found.kind) == ("", "claimed")


@pytest.mark.parametrize("text", ["a" * 300_000, '"a" said ' * 20_000, "“" * 200_000, "1 said, " * 20_000])
def test_hostile_text_takes_linear_time(text):
    start = process_time()
    negations(text), hedges(text), attribution(text)
    assert process_time() - start < 10.0  # quadratic time would be minutes


def test_a_speaker_stands_before_what_is_put_in_after_the_name():
    found = attribution("Ebba Lund, head of the harbour office, claimed on Monday that the quay was safe.")
    assert (found.speaker, found.verb, found.kind) == ("Ebba Lund", "claimed", "claimed")
    found = attribution("The Elina, which carries 90 cars, left its lane, said Ebba Lund.")
    assert found.speaker == "Ebba Lund"
