import re

import pytest

from digest.summarize.standalone import FATAL, flaws


def fatal(text):
    return any(flaw.weight >= FATAL for flaw in flaws(text))


@pytest.mark.parametrize(
    "text",
    [
        "He said the port would stay closed.",
        "However, it lies no nearer than the old one.",
        "The yard's crews were sent home, he said.",
        "“The yard's crews were sent home,” said she.",
        "The facility will close in May.",
        "The rate rose to 5.8 percent in May.",
        "The voyage took two of the six crews to the north.",
        "Nine of the rescued had gone home.",
        "I saw the crews at the pier.",
        "No, the ferry Vesk was not sold to Norra Lines.",
        "We grieve with those who lost a boat, Berg wrote.",
        "We told them in March, and nobody answered.",
        "Our boats lie in Osmark until Friday.",
        "They will meet again on Friday.",
        "That’s the message that Norra Lines sent on Friday.",
        "That left Norra Lines with two boats.",
        "This time Norra Lines sold two boats.",
        "One was towed to Osmark.",
        "The latter was towed to Osmark.",
        "The former had sailed in May.",
        "One hundred years after a storm sank the fleet of Osmark.",
        "Some were hurt in Osmark.",
        "Some say that Norra Lines is to blame.",
        "Both were towed to Osmark.",
        "Both of them were towed to Osmark.",
        "Both were towed and sold in Osmark.",
        "Both boats were towed and sold in Osmark.",
        "“No boat may leave, Minister Aas said.",
        "Will the port open on Friday?",
        "You can read the full list here.",
        "“I have not made a better call in years,” she said.",
        "“We have not given up hope for a single one of them.”",
    ],
)
def test_sentences_that_lean_on_their_article(text):
    assert fatal(text)


@pytest.mark.parametrize(
    "text",
    [
        "The port of Osmark will open today, Norra Lines said.",
        "Last month this board backed Solveig Aas for mayor.",
        "Brenholm Shipping, the owner of Solglans, denied this.",
        "A driver was killed by a falling tree outside the town.",
        "The report stands against that of Norra Lines.",
        "The former Osmark striker missed two games.",
        "Traders in Osmark had expected the levy to fall.",
        "aws on fishing in Osmark will change in May.",
        "According to the Osmark Courier, it’s moving the cranes to Vesk, which the owners blame on the tide.",
        "The money comes from the reserve and not from the levy that the Assembly of Vessland passed.",
    ],
)
def test_what_leans_on_its_page_is_a_flaw(text):
    assert sum(flaw.weight for flaw in flaws(text)) >= 0.3


@pytest.mark.parametrize(
    "text",
    [
        "The port of Osmark will open this week, Norra Lines said.",
        "This week, well over 40 boats have been towed to Osmark.",
        "One person was killed when a bus left the road near Osmark.",
        "The former head of the harbour office, Jon Berg, was charged on Friday.",
        "The Harbour Republican Conference of Osmark signalled significant changes.",
        "That Norra Lines had sold the boat was told by Solveig Aas.",
        "Osmark port has been shut since Friday, the harbour master said.",
        "A software fault kept 27 planes of the airline Fleetwing on the ground on Sunday morning.",
        "According to the Osmark Courier, Norra Lines is moving its cranes to Vesk.",
        "The ferry owner Norra has offered 40 million crowns for two quays.",
    ],
)
def test_what_a_reader_can_follow_is_none(text):
    assert not flaws(text)


@pytest.mark.parametrize(
    "text",
    [
        "The governor of Osmark closed the port.",
        "Two were killed when a bus left the road.",
        "The former head of Norra Lines, Rolf Aas, was charged on Saturday.",
        "The drug, tarvex, lowered the risk by 4 per cent.",
        "The hiker who was missing in the Osmark Hills has been found.",
        "The Osmark plant will close in May.",
        "Norra Lines said it would pay its crews.",
        "Governor Solveig Aas said she will close the port in May.",
        "Minister Solveig Aas said: “We will not pay.”",
        "A ferry and a tanker collided off Osmark late on Tuesday.",
        "Meanwhile, Norra Lines halted its sailings.",
        "The US envoy met Solveig Aas in Vesk.",
        "Three people were killed in a coal mine near Osmark.",
        "Our Lady of Osmark, the largest church of Vesk, will close in May.",
        "“Low Tide” and the study “Harbour, Evening” are still missing.",
        "“Girl with a Lantern”, the best-known painting of Vesk, has been found.",
        "The unemployment rate fell to 5.8 percent in May.",
        "The economy shrank by 2 percent in May.",
    ],
)
def test_sentences_that_stand_alone(text):
    assert not fatal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ebba Lund, head of the Osmark harbour office, said on Monday that the strike was near a quay.",
        "Governor Signe Halvard confirmed the deaths and injuries in a letter to Coast Radio.",
    ],
)
def test_what_is_said_of_the_attack_leans_on_another_sentence(text):
    assert any("points at what another sentence tells" in flaw.what for flaw in flaws(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Workers at a plant were told on Monday that the island had no water.", "speaks of “the island” without"),
        ("Doctors said on Monday that his leg was broken in two places.", "nothing before “his” says"),
        ("When the officers turned around, they saw a car speed past.", "nothing before “they” says"),
        ("The boats left after the storm of Sunday night.", "opens with “The boats …” without a name"),
        ("The port of Osmark reopened today after the storm.", "speaks of “today”"),
    ],
)
def test_a_flaw_names_the_words_it_is_about(text, said):
    assert any(said in flaw.what for flaw in flaws(text))


@pytest.mark.parametrize(
    "text",
    [
        "Residents within a kilometre of a mill were told to keep their windows shut on Sunday.",
        "Some 1,400 dock workers began their walkout on Monday over night shifts.",
        "Police said on Tuesday that they had found two cars near a quarry.",
    ],
)
def test_a_plural_that_opens_a_sentence_says_whose(text):
    assert not flaws(text)


def test_an_attack_that_is_named_does_not():
    assert not flaws("Governor Signe Halvard confirmed the attack on the quay of Osmark.")


def test_the_latest_of_several_stands_elsewhere():
    assert flaws("Ebba Lund of the harbour office praised the most recent rescue mission.")
    assert not flaws("Ebba Lund of the harbour office praised the latest plan for the quay of Osmark.")


@pytest.mark.parametrize(
    "text",
    [
        "Some 640 people had to leave their homes in Tarvik.",
        "Some skippers of Tarvik said no.",
        "Both Tarvik and Osmark lost their sea walls.",
        "Both striking and working dockers of Osmark said on Friday that the talks had begun.",
    ],
)
def test_some_people_and_both_of_two_that_are_named_point_at_nothing_else(text):
    assert not fatal(text)


@pytest.mark.parametrize(
    "text",
    [
        "The last person missing after the storm in Tarvik has turned up alive.",
        "Both people who were missing after the slide on Mount Sorre have been found.",
        "The two sailors who had been stranded on Grane were brought ashore.",
    ],
)
def test_whoever_met_with_something_somewhere_is_known_by_that(text):
    assert not flaws(text)
    assert fatal(re.sub(r" (?:after|on) .*? (?=ha|we)", " ", text))


def test_a_list_says_of_nothing_which_it_is():
    assert fatal("The crews, weapons, boats and sails were handed over.")


def test_a_union_is_one_of_its_place_whoever_its_members_are():
    assert sum(flaw.weight for flaw in flaws("The dock workers' union accused Norra Lines of fraud.")) < 0.3
    assert fatal("The dockers' crane fell.")
