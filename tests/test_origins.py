import pytest

from digest.origins import article_agency, article_labels, credited, statement_origins
from tests.fakes import article, statement

WIRE = "A ferry and a tanker collided off Osmark late on Tuesday, killing three people and injuring 35."
OWN = "Three dead and 35 hurt: the regional governor gave the toll after two ships met in the dark."


def origins(*articles, homes=None):
    statements = [statement(a, a.text) for a in articles]
    return statement_origins(statements, {a.id: article_labels(a, homes[a.id] if homes else a.id) for a in articles})


def test_independent_reports_stay_apart():
    assert origins(article("a", WIRE), article("b", OWN)) == ("a", "b")


def test_a_wire_sentence_in_an_own_report_is_an_echo():
    echoed = WIRE.replace("A ferry", "Late news: a ferry").replace("35.", "35, it emerged.")
    assert len(set(origins(article("a", WIRE), article("b", echoed)))) == 1


def test_two_credits_to_one_agency_are_one_origin():
    one = article("a", "Three people died in the collision off Osmark, a coastguard officer told Reuters.")
    two = article("b", "The collision has killed three, news agency Reuters reported.")
    other = article("c", "The toll stands at three dead, according to AFP.")
    first, second, third = origins(one, two, other)
    assert first == second != third


def test_an_agency_and_those_who_credit_it_are_one_origin():
    agency = article("a", OWN, outlet="AFP")
    citing = article("b", "The toll stands at three dead, according to AFP.")
    assert len(set(origins(agency, citing))) == 1


def test_an_outlet_does_not_confirm_itself():
    one, two = article("a", WIRE, outlet="Coast Radio"), article("b", OWN, outlet="Coast Radio")
    assert len(set(origins(one, two))) == 1


def test_folded_copies_share_their_origin():
    assert origins(article("a", WIRE), article("b", OWN), homes={"a": "x", "b": "x"}) == ("x", "x")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("A count by the Norra Wire put the toll at three, according to Norra Wire.", "norra wire"),
        ("He told the Associated Press that all was well.", "AP"),
        ("Figures collected by The Associated Press show a record.", "AP"),
        ("It was the most in a month, an analysis by AFP shows.", "AFP"),
        ("The news agency Reuters reported it first.", "Reuters"),
    ],
)
def test_credits(text, agency):
    assert agency in credited(text)


@pytest.mark.parametrize(
    "text", ["Reuters moved its office to Vesk.", "The AP class of 2026 met.", "By Wednesday all was calm."]
)
def test_a_name_alone_is_no_credit(text):
    assert credited(text) == set()


@pytest.mark.parametrize(
    ("made", "agency"),
    [
        (article("a", "OSMARK (Reuters) — The port is shut."), "Reuters"),
        (article("a", "OSMARK (Norra Wire) — The port is shut."), "norra wire"),
        (article("a", "The port is shut.\nIda Lund, The Associated Press"), "AP"),
        (article("a", "The port is shut.", authors=("Agence France-Presse",)), "AFP"),
        (article("a", "The port is shut, Reuters was told by a long line of people who stood there." * 5), None),
        (article("a", "The port is shut.", outlet="Coast Radio"), None),
    ],
)
def test_articles_of_agencies(made, agency):
    assert article_agency(made) == agency
