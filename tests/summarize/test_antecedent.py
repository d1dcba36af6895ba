import pytest

from digest.summarize.antecedent import call_in_full
from digest.summarize.standalone import dangling
from digest.summarize.trim import shorten


@pytest.mark.parametrize(
    ("text", "before", "full"),
    [
        (
            "The programme would pay for new quays, Aas said.",
            "Minister Solveig Aas announced a new joint fisheries programme with the ports of Vessland. ",
            "The [joint fisheries] programme would pay for new quays, Aas said.",
        ),
        (
            "The ferry struck the Osmark quay.",
            "A Vessish ferry lost its rudder on Monday. Nobody was warned. The ferry had sailed at six. ",
            "The [Vessish] ferry struck the Osmark quay.",
        ),
        (
            "The plant was evacuated.",
            "Fire broke out at the Tarvik Fish Plant on Monday. ",
            "[The Tarvik Fish Plant] was evacuated.",
        ),
        (
            "The works, which opened in 1961, lie on the quay.",
            "The Osmark Ship Works burned. ",
            "[The Osmark Ship Works], which opened in 1961, lie on the quay.",
        ),
        # Another word for the one thing of its kind in the sentence before.
        (
            "This facility is known for its tinned herring.",
            "Nobody slept. Fire broke out at the Tarvik Fish Plant on Monday. ",
            "[The Tarvik Fish Plant] is known for its tinned herring.",
        ),
        (
            "The facility, located in Vesk, had closed in May.",
            "The mayor said that the Osmark refinery had been hit. ",
            "[The Osmark refinery], located in Vesk, had closed in May.",
        ),
    ],
)
def test_a_bare_subject_gets_back_what_it_was_called(text, before, full):
    assert call_in_full(text, before=before).text == full


@pytest.mark.parametrize(
    ("text", "before"),
    [
        # Two ferries, or one that was called nothing more.
        ("The ferry struck the quay.", "A Vessish ferry sailed at six. A Norran ferry followed. "),
        ("The ferry struck the quay.", "A Vessish ferry sailed at six. A ferry followed. "),
        ("The ferry struck the quay.", "A ferry sailed at six. "),
        # How large or how new it is does not say which.
        ("The ferry struck the quay.", "A large new ferry sailed at six. "),
        ("The sailors had left the quay.", "The letters of the 12 sailors were lost. "),
        ("The deal closed the quay.", "Aas called it a bad deal. "),
        ("The court closed the quay.", "The Osmark High Court heard the case. A lower court had done so before. "),
        ("The arrest came in May.", "Berg, who was on trial after a previous arrest, was stopped. "),
        # Names of two plants, a name far off, one without its article, two crews, and a noun that goes on.
        ("The plant was evacuated.", "The Tarvik Fish Plant burned. The Osmark Power Plant was shut as well. "),
        ("The yard closed.", "The Osmark Yard had 40 boats. " + "Nobody knows why. " * 20),
        ("The group left.", "Shares in Norra Group fell. "),
        ("The crews had asked for more.", "Ferry crews in Vesk ended their strike on Monday. "),
        ("The crews left.", "The navy met Norran and Vessish crews. "),
        ("The fire began at noon.", "The Osmark Fire Brigade left. "),
        ("That will serve the crews.", "The new data that come out this Thursday will tell. "),
        # Two things of one kind, one of a sentence further off, one that is told by a figure alone, one of another kind.
        ("The facility was hit.", "Drones flew to the Osmark refinery and the Tarvik plant. "),
        ("The facility was hit.", "The Osmark refinery burned. Nobody was hurt. "),
        ("The ruling stands.", "It was a 5-4 decision. "),
        ("The facility was hit.", "The Osmark treaty was signed. "),
        # A special word stands for no other special one.
        ("The hospital said that three were hurt.", "Shots were fired at the Tarvik Primary School. "),
        ("The tanker lost oil.", "All left the Norran ferry. "),
        # A noun that goes on, and words that run over a verb or an owner.
        ("The ferry crossing was closed.", "A Vessish ferry sailed at six. "),
        ("The ferry strikes were called off.", "A Vessish ferry sailed at six. "),
        ("The harbour was closed.", "The minister opened Osmark harbour. "),
        ("The harbour was closed.", "It is the minister's favourite harbour. "),
        ("A ferry struck the quay.", "A Vessish ferry sailed at six. "),
    ],
)
def test_a_doubt_leaves_the_sentence_as_it_is(text, before):
    assert call_in_full(text, before=before) is None


def test_no_title_says_which_demand():
    assert dangling("The demand was posted by the Osmark dockers.", titles=["Port closed until Friday"])
    assert not dangling("The demand was posted by the Osmark dockers.", titles=["Dockers' demands grow"])
    assert dangling("The recent raids showed that Osmark is not safe.", titles=["A town in fear"])
    assert not dangling("The recent raids showed that Osmark is not safe.", titles=["Raids on Osmark"])


def test_the_speaker_behind_a_clause_does_not_open_the_sentence():
    assert not dangling("With the nine boats the fleet is whole again, the registry said.", titles=["Storm"])


def test_what_stands_before_it_does_not_say_which_crew():
    for lead in ("But the", "After the storm, the", "In a second vote, the"):
        assert dangling(f"{lead} crew went home.", titles=["Storm"])
        assert not dangling(f"{lead} crew went home.", titles=["Crew of a tug rescued"])
    assert not dangling("In Osmark, the crew went home.", titles=["Storm"])


@pytest.mark.parametrize(
    "text",
    [
        "The demand of the Osmark dockers was posted on Friday.",
        "The unemployment rate stood at 4 % in Vessland.",
        "The economy of Vessland grew.",
        "The economy grew in Vessland by 4 %.",
        "The police closed the road to Osmark.",
        "The elderly pay nothing in Osmark.",
        "A demand was posted by the Osmark dockers.",
    ],
)
def test_what_can_be_followed_does_not_dangle(text):
    assert not dangling(text, titles=["Another matter"])


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Instead, Norra Lines halted its sailings.", "Norra Lines halted its sailings."),
        ("Within hours, Norra Lines halted its sailings.", "Norra Lines halted its sailings."),
        ("Two days later, Norra Lines halted its sailings.", "Two days later, Norra Lines halted its sailings."),
        ("Hours later, Norra Lines halted its sailings.", "Norra Lines halted its sailings."),
        ("A year earlier, Norra Lines made a loss.", "A year earlier, Norra Lines made a loss."),
        ("The previous month, prices in Osmark fell.", "The previous month, prices in Osmark fell."),
        ("At the moment, 41 crews are in Osmark harbour.", "41 crews are in Osmark harbour."),
        ("Why It Matters: Norra Lines has halted its sailings.", "Norra Lines has halted its sailings."),
        ("The bottom line: Norra Lines has halted its sailings.", "Norra Lines has halted its sailings."),
        # A place, a day, a condition and a speaker are no furniture.
        ("On the eastern front, Vessland lost two towns.", "On the eastern front, Vessland lost two towns."),
        ("Otherwise, the port of Osmark will close.", "Otherwise, the port of Osmark will close."),
        ("Osmark police: two boats are missing.", "Osmark police: two boats are missing."),
    ],
)
def test_openings_that_point_outside_the_line_are_cut(text, best):
    assert next(shorten(text, max_words=30)).text == best
