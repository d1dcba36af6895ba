"""Story titles: chosen from the articles' own titles, trimmed, never invented."""

from __future__ import annotations

import itertools
from dataclasses import replace
from time import process_time

import pytest

from digest.compose import Candidate
from digest.language.headline_forms import trimmed_forms
from digest.language.headlines import clean_title, names_a_list, title_candidates
from digest.models import Draft, TopicDifference, TopicReading
from digest.steps.standing import part
from digest.steps.stories import title_stories
from digest.titles import story_title
from tests.fakes import article, topic

FERRY = [
    "Ferry and tanker collide off Osmark, killing three",
    "LIVE: Osmark ferry collision - what we know",
    "Three dead after ferry and tanker collide off Osmark | Coast Radio",
]
FERRY_TEXTS = [
    "A ferry and a tanker collided off Osmark late on Tuesday, killing three people.",
    "Rescuers searched the water off Osmark after a ferry hit a tanker.",
    "Three people are dead after a ferry and a tanker collided off Osmark.",
]


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Ferry sinks off Osmark - BBC News", "Ferry sinks off Osmark"),
        ("Ferry sinks off Osmark | Meridian", "Ferry sinks off Osmark"),
        ("Ferry sinks off Osmark — The Daily Ledger", "Ferry sinks off Osmark"),
        ("LIVE: Ferry sinks off Osmark", "Ferry sinks off Osmark"),
        ("Where people live: ten towns of Vessland", "Where people live: ten towns of Vessland"),
        ("Watch: Ferry sinks off Osmark", "Ferry sinks off Osmark"),
        ("UPDATE 1-Ferry sinks off Osmark", "Ferry sinks off Osmark"),
        ("Osmark ferry sinks: latest updates", "Osmark ferry sinks"),
        ("Osmark ferry sinks – as it happened", "Osmark ferry sinks"),
        ("Opinion: Osmark needs a better ferry", "Osmark needs a better ferry"),
        ("Storm Edda live: Osmark loses two piers", "Osmark loses two piers"),
        ("Norra talks latest updates: Osmark rejects the levy", "Osmark rejects the levy"),
        ("Radio goes live in Osmark", "Radio goes live in Osmark"),
        ("Exclusive | Ferry sinks off Osmark", "Ferry sinks off Osmark"),
        ("Ferry sinks off Osmark. Here’s what we know.", "Ferry sinks off Osmark."),
        ("Ferry sinks off Osmark. You won't believe why!", "Ferry sinks off Osmark."),
        ("Death toll doubles - governor", "Death toll doubles - governor"),
        ("Governor: Death toll doubles", "Governor: Death toll doubles"),
        ("  Ferry \n sinks ", "Ferry sinks"),
        ("LIVE:", "LIVE:"),
        ("", ""),
    ],
)
def test_a_title_loses_its_furniture_and_nothing_else(title, cleaned):
    assert clean_title(title) == cleaned


def test_a_named_outlet_is_cut_whatever_it_is_called():
    assert clean_title("Ferry sinks – Kysten", outlets=["Kysten"]) == "Ferry sinks"


def test_the_title_is_trimmed_from_one_of_the_titles():
    chosen = story_title(FERRY, texts=FERRY_TEXTS)
    assert chosen is not None
    assert any(chosen.lower() in title.lower() for title in FERRY)
    assert "ferry" in chosen.lower()
    assert "what we know" not in chosen


def test_the_order_of_the_articles_does_not_matter():
    pairs = list(zip(FERRY, FERRY_TEXTS, strict=True))
    chosen = {
        story_title([title for title, _ in order], texts=[text for _, text in order])
        for order in itertools.permutations(pairs)
    }
    assert len(chosen) == 1


def test_a_single_title_is_enough_and_no_title_gives_none():
    assert story_title(["Harbour at Osmark stays shut until Friday"]) == "Harbour at Osmark stays shut until Friday"
    assert story_title([]) is None
    assert story_title(["", "  "]) is None


def test_no_title_is_longer_than_the_limit():
    wordy = "Ferry and tanker collide off Osmark as winter storms close harbours along the whole northern coast"
    chosen = story_title([wordy])
    assert chosen == "Ferry and tanker collide off Osmark"


def test_a_speaker_keeps_the_claim_and_a_topic_label_may_go():
    speakers = title_candidates(["Harbour chief: Ferry had left the lane"])
    assert speakers
    assert [form for form in speakers if not form.startswith("Harbour chief")] == []
    assert "Rescuers find all passengers" in title_candidates(["Osmark collision: Rescuers find all passengers"])


def test_a_clause_that_limits_the_claim_is_never_cut():
    for limit in ("if strike ends", "unless talks fail", "but owner denies it", "without a crew"):
        forms = title_candidates([f"Osmark ferry to sail again on Friday {limit}"])
        assert forms
        assert [form for form in forms if limit not in form] == []


def test_a_denial_after_a_comma_stays():
    for denial in ("nobody hurt", "with no oil in the water", "none of them insured"):
        title = f"Ferry runs aground off Osmark, {denial}"
        assert title_candidates([title]) == [title]


def test_a_quotation_is_never_torn():
    forms = title_candidates(["Owner says ferry ‘was safe as ever after repairs’ in March"])
    assert forms
    assert [form for form in forms if form.count("‘") > form.count("’")] == []


def test_a_statement_is_preferred_to_a_question():
    chosen = story_title(["Will the Osmark ferry sail again?", "Osmark ferry to sail again on Friday"])
    assert chosen == "Osmark ferry to sail again on Friday"
    assert story_title(["Inside the Osmark ferry line's gamble", chosen]) == chosen


def test_what_happened_is_preferred_to_a_list_of_remarks():
    told = "Norra Lines shows a ferry that runs on wind"
    assert story_title(["9 reasons the new ferry will change your summer", told]) == told


def test_who_says_it_is_never_cut_off():
    forms = title_candidates(["Osmark ferry left its lane before the collision, harbour chief says"])
    told = [form for form in forms if "left its lane before" in form]
    assert told
    assert [form for form in told if "says" not in form] == []
    wordy = "Ferry was overloaded on all of its crossings since the spring of this year, rescuers say"
    assert title_candidates([wordy]) == []


@pytest.mark.parametrize(
    "title",
    [
        "Harbour board sues Norra Lines, Brenholm Shipping",
        "Storm closes schools in Tarvik, Skelmar and Hollin",
        "Levy will raise prices of fuel, net repairs and more",
        "Ferry line broke its licence, appeals court rules",
    ],
)
def test_a_title_is_not_cut_inside_a_list_or_before_who_says_it(title):
    assert title_candidates([title]) == [title]


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("After weeks of storm, ferries return to Osmark", "Ferries return to Osmark"),
        ("In Skelmar, voters reject a second bridge", "Voters reject a second bridge"),
        ("Rescuers end search for ferry crew two days after collision", "Rescuers end search for ferry crew"),
        ("Brenholm Gov. Ida Falk signs the ferry bill", "Ida Falk signs the ferry bill"),
        (
            "Osmark council approves the second ferry to the islands and the bridge to Vesk",
            "Osmark council approves second ferry to islands and bridge to Vesk",
        ),
    ],
)
def test_a_title_has_a_shorter_form(title, form):
    assert form in title_candidates([title])


@pytest.mark.parametrize(
    ("title", "never"),
    [
        ("Union describes ferries as unsafe", "Union describes ferries"),
        (
            "Island families put off weddings in storm season. On the pier, guests ask when they may sail",
            "Island families put off weddings in storm season. On the pier",
        ),
        ("Osmark ferry left its lane before the collision, harbour chief says", "Osmark ferry left its lane"),
        ("Osmark ferry left its lane after midnight: report", "Osmark ferry left its lane"),
        ("Harbour fees rise again in Vesk – time to stop paying them: doctor", "Harbour fees rise again in Vesk"),
        ("Ferry fares twice as high as in Vesk", "Ferry fares twice"),
        ("Storm lifts the reservoirs of Osmark, a little", "Storm lifts the reservoirs of Osmark"),
        ("Court upholds the ferry ban at Osmark, for now", "Court upholds the ferry ban at Osmark"),
        (
            "No, fog does not mean the pilots — or the keepers — need to sound the horns again in Osmark",
            "No, fog does not mean the pilots — or the keepers — need",
        ),
        ("Ferry sinks amid storm", "Ferry sinks"),
        ("Ferry sinks off Osmark. It had left its lane", "It had left its lane"),
        ("At least 60 rescued off Vesk, two still missing in the fog", "Two still missing in the fog"),
        ("Ferry line hires crew as young as 15", "Ferry line hires crew as young"),
        ("Osmark ferry to sail again on Friday – unless talks fail again", "Osmark ferry to sail again on Friday"),
        ("Fog does not mean the harbour – or the lighthouse – stays shut", "Fog does not mean the harbour"),
        ("Osmark ferry line will lose its licence – harbour chief says", "Osmark ferry line will lose its licence"),
        ("Voters in Vesk reject Gov. Falk and her ferry bill", "Voters in Vesk reject Gov"),
        (
            "Ferry line stops its crossings to the outer islands for a week, harbour chief says",
            "Ferry line stops its crossings to outer islands for week, harbour chief says",
        ),
    ],
)
def test_a_title_is_not_torn(title, never):
    assert never not in title_candidates([title])


def test_articles_stay_in_a_quotation_and_where_the_title_fits_with_them():
    quoted = "Owner says ‘the crew of the ferry did a fine job in the storm’ that the harbour board blames"
    assert all("the crew of the ferry" in form for form in trimmed_forms(quoted))
    assert title_candidates(["The board buys a ferry"]) == ["The board buys a ferry"]


def test_the_title_is_the_one_that_the_other_titles_and_openings_bear_out():
    told = ["Osmark ferry sinks after collision with tanker", "Ferry sinks off Osmark, crew saved"]
    apart = "Brenholm shipping families look back on a hard decade"
    texts = [
        "A ferry sank off Osmark after it hit a tanker.",
        "The Osmark ferry sank; its crew was saved.",
        apart + ".",
    ]
    assert story_title([*told, apart], texts=texts) in {form for title in told for form in title_candidates([title])}


def test_a_title_too_short_to_tell_much_loses_to_a_longer_one():
    assert story_title(["Ferries to Osmark stop after two days of storm"]) != "Ferries to Osmark stop"


def test_initials_are_written_without_stops():
    assert story_title(["U.S. ferry line buys Osmark harbour"]) == "US ferry line buys Osmark harbour"


def test_a_long_title_without_a_clause_to_cut_still_gives_one():
    wordy = "Osmark harbour board approves the plan of the northern towns for a second ferry to the outer islands"
    chosen = story_title([wordy])
    assert chosen is not None
    assert wordy.startswith(chosen)
    assert len(chosen.split()) <= 12


@pytest.mark.parametrize("part", ["a - ", "'", "x: ", " as ", "|", "A. "])
def test_hostile_titles_take_linear_time(part):
    start = process_time()
    story_title([part * 50_000])
    assert process_time() - start < 10.0  # quadratic time would be minutes


def test_a_title_in_capitals_is_written_as_the_texts_write_it():
    text = "The NTB agency says a ferry sank off Osmark. The ferry had left the port of Vesk."
    assert story_title(["FERRY SINKS OFF OSMARK, NTB SAYS"], texts=[text]) == "Ferry sinks off Osmark, NTB says"


@pytest.mark.parametrize(
    "title",
    [
        "Norra Strait: list of key events, day 118",
        "Morning briefing",
        "Osmark ferry: what we know",
        "Live updates from Vesk",
    ],
)
def test_a_list_is_told_by_its_title(title):
    assert names_a_list(title)


@pytest.mark.parametrize(
    "title",
    [
        "Ferry hits pier on opening day",
        "Key minister resigns",
        "Daily ferry to Vesk stops",
        "Sundline briefing ends in uproar",
    ],
)
def test_an_event_is_not_taken_for_a_list(title):
    assert not names_a_list(title)


def test_an_article_titles_the_story_that_it_tells_most_of():
    quay = article("q", "The quay sank. It was old. A fair opens.", title="Old quay of Osmark sinks in the storm")
    fair = article("f", "A fair opens.", title="A fair!")
    told = [(topic((quay, "The quay sank.")), 0), (topic((quay, "It was old.")), 0)]
    told += [(topic((fair, "A fair opens."), (quay, "A fair opens.")), 1)]
    candidates = [Candidate(topic=one, score=1.0, section=0, story=story) for one, story in told]
    titled = title_stories(candidates, ())
    assert titled.titles == {0: "Old quay of Osmark sinks in the storm", 1: None}
    assert [one.story for one in titled.candidates] == [0, 0, 1]


def test_where_every_article_tells_another_story_more_all_may_title_it():
    quay = article("q", "The quay sank. It was old. A fair opens.", title="Old quay of Osmark sinks in the storm")
    told = [
        (topic((quay, text)), story)
        for text, story in (("The quay sank.", 0), ("It was old.", 0), ("A fair opens.", 1))
    ]
    titled = title_stories([Candidate(topic=one, score=1.0, section=story, story=story) for one, story in told], ())
    assert {(one.story, one.section) for one in titled.candidates} == {(0, 0)}


def test_what_the_last_issue_had_titles_a_story_only_where_nothing_newer_does():
    old = article("o", "The quay sank.", title="Old quay of Osmark sinks in the storm")
    new = article("n", "The quay was raised.", title="Divers raise the sunken quay of Osmark")
    both = [topic((old, "The quay sank.")), topic((new, "The quay was raised."))]
    candidates = [Candidate(topic=one, score=1.0, section=0, story=0) for one in both]
    assert title_stories(candidates, (), read={"o"}).titles == {0: new.title}
    assert title_stories(candidates[:1], (), read={"o"}).titles == {0: old.title}
    assert title_stories(candidates, ()).titles[0] in (old.title, new.title)


def test_what_opens_with_something_told_before_or_denied_titles_no_story():
    old = article("o", "The quay is closed. A crane fell.", title="Old quay of Osmark stays closed")
    new = article("n", "The quay was opened.", title="Divers open the sunken quay of Osmark")
    [dropped, crane] = topic((old, "The quay is closed."), (old, "A crane fell.")).statements
    both = [topic((old, crane.text)), topic((new, new.text), name="t2")]
    candidates = [Candidate(topic=one, score=1.0, section=0, story=0) for one in both]
    assert title_stories(candidates, (), dropped={dropped}).titles == {0: new.title}
    assert title_stories(candidates[:1], (), dropped={dropped}).titles == {0: old.title}, "there is no other"
    denial = article("d", "The board denied that the quay is closed.", title="Board denies closing quay of Osmark")
    whole = topic((old, dropped.text), (denial, denial.text), name="t3")
    drafts = {whole.id: Draft(text=denial.text, kind="extractive", statements=whole.statements[1:])}
    told = [Candidate(topic=one, score=1.0, section=0, story=0) for one in (whole, both[0])]
    assert title_stories(told, (), drafts=drafts).titles == {0: denial.title}


def test_a_title_is_of_an_article_that_a_line_cites():
    quay = article("q", "The quay sank.", title="Old quay of Osmark sinks in the storm")
    fair = article("f", "The quay sank.", title="Fair of Vesk opens in the storm")
    both = topic((quay, "The quay sank."), (fair, "The quay sank."))
    drafts = {both.id: Draft(text="The quay sank.", kind="extractive", statements=both.statements[:1])}
    candidates = [Candidate(topic=both, score=1.0, section=0, story=0)]
    assert title_stories(candidates, (), drafts=drafts).titles == {0: quay.title}
    drafts = {both.id: Draft(text="The quay sank.", kind="extractive", statements=both.statements[1:])}
    assert title_stories(candidates, (), drafts=drafts).titles == {0: fair.title}


def test_an_opinion_piece_titles_a_story_only_where_that_has_nothing_else():
    report = article("r", "The quay sank.", title="Old quay of Osmark sinks in the storm")
    comment = article("c", "The quay sank.", title="The board should have mended the quay", tags=("Opinion",))
    both = topic((report, "The quay sank."), (comment, "The quay sank."))
    assert title_stories([Candidate(topic=both, score=1.0, section=0, story=0)], ()).titles == {0: report.title}
    alone = topic((comment, "The quay sank."))
    assert title_stories([Candidate(topic=alone, score=1.0, section=0, story=0)], ()).titles == {0: comment.title}


def test_a_title_gives_no_toll_that_has_risen_since():
    first = article("a", "Nine people were killed.", title="Nine killed as ferry sinks off Osmark")
    later = article("b", "Twelve people were killed.", title="Twelve dead after ferry sinks off Osmark")
    told = topic((first, first.text), (later, later.text))
    course = TopicDifference(
        what="killed",
        values=tuple(TopicReading(value=one.text.split()[0], statements=(one,)) for one in told.statements),
        over_time=True,
    )
    candidate = Candidate(topic=told, score=1.0, section=0, story=0, differences=(course,))
    assert title_stories([candidate], ()).titles == {0: later.title}
    alone = replace(candidate, topic=part(told, {told.statements[0].id}))
    assert title_stories([alone], ()).titles == {0: first.title}, "there is no other"
