"""What two sentences about one thing tell differently: counts of people, other figures, outcomes, who says it."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.language.fates import fates
from digest.language.outcomes import outcomes
from digest.updates import find_changes
from digest.updates.occasions import other_period, same_occasion
from digest.updates.subject import Side, moves

TUESDAY = datetime(2026, 3, 3, 6, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The death toll rose to 12, with 149 people still unaccounted for.", {"killed": "12", "missing": "149"}),
        ("Fourteen passengers are still being sought.", {"missing": "fourteen"}),
        ("Nobody is missing, the rescue service said.", {"missing": "nobody is missing"}),
        ("No deaths or injuries were reported.", {"killed": "no deaths"}),
        ("All 212 passengers have been accounted for.", {"missing": "all 212 passengers have been accounted for"}),
        ("At least 17 people are now known to have died.", {"killed": "at least 17"}),
        ("Three more bodies were found, bringing the number of fatalities to 27.", {"killed": "27"}),
        ("One person was killed and 35 others were injured.", {"killed": "one", "injured": "35"}),
        # parts, additions, wholes told in passing, other things
        ("Ten night workers were killed.", {"killed": "ten"}),
        ("The skipper was arrested three times and shot dead two years ago.", {}),
        ("Police arrested 12 people, including two officers.", {"arrested": "12"}),
        ("Nine of the 14 people who were missing had been picked up.", {}),
        ("Another three people were killed.", {}),
        ("Twelve were killed in Vesk and five were killed in Osmark.", {}),
        ("The 36-year-old was killed.", {}),
        ("Not all passengers are accounted for.", {}),
        ("The levy brings in 12 million crowns.", {}),
        ("Lind had been arrested three times and had four prior arrests.", {}),
        ("The clerk shot and killed two officers two years ago.", {"killed": "two"}),
        ("The jury stood at nine for the death penalty and three against it.", {}),
        ("The three workers were crushed to death.", {"killed": "three"}),
        ("Ten people have lost their lives, and four lost their homes.", {"killed": "ten"}),
        ("The driver hit 12 people, killing four.", {"killed": "four"}),
        ("The 6.1-strength quake injured 40.", {"injured": "40"}),
    ],
)
def test_fates(text, counts):
    assert {one.what: one.told for one in fates(text)} == counts


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Norra Lines denies that its tanker left the lane.", ["denied"]),
        ("Norra Lines has admitted that its tanker left the lane.", ["confirmed"]),
        ("The suspect remains at large, police said.", ["sought"]),
        ("The port will stay closed until Friday.", ["closed"]),
        ("The Assembly voted to approve the levy.", ["passed"]),
        ("The dockers are still in talks with Norra Lines.", ["going"]),
        ("The dockers were negotiating with Norra Lines.", ["going"]),
        ("The dockers reached a deal in talks with Norra Lines.", ["agreed"]),
        ("Two points are open in negotiations over the levy.", []),
        ("The mayor criticised the negotiating manner of Norra Lines.", []),
        ("The Assembly will vote to approve the levy.", []),
        ("The port may be closed until Friday.", []),
        ("Ministers called for the port to be reopened.", []),
        ("The Assembly has not passed the levy.", []),
        ("The Assembly hasn't passed the levy.", []),
        ("A man was charged after he was arrested.", []),
        ("“We denied it,” she said.", []),
    ],
)
def test_outcomes(text, states):
    assert [one.state for one in outcomes(text)] == states


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("The ferry sinking killed 12 people.", "The toll of the ferry sinking rose to 17.", [("killed", "12", "17")]),
        ("Fourteen passengers are missing.", "None of the passengers is missing.", [("missing", "fourteen", "none of the passengers is missing")]),
        ("The harbour bill costs $1 trillion in all.", "The harbour bill costs $1.2 trillion in all.",
         [("amount", "$1 trillion", "$1.2 trillion")]),
        ("Norra Lines denied the claim.", "Norra Lines confirmed the claim.", [("", "denied", "confirmed")]),
        ("Norra Lines is in talks over the port.", "Norra Lines pulled out of the talks over the port.",
         [("", "in talks", "pulled out of the talks")]),
        ("The tanker left its lane, the union claimed.", "The tanker left its lane, police said.",
         [("said by", "the union", "police")]),
        # a measure, whatever the day on which it was taken, and a figure whose way the later text tells
        ("The crack in the quay is 14 metres long, divers said on Monday.",
         "The crack in the quay is now 17 metres long, divers said on Wednesday.", [("length", "14 metres", "17 metres")]),
        ("The crack in the quay is 14 metres long.", "Since Monday it has grown from 14 to 17 metres, the council said.",
         [("length", "14 metres", "17 metres")]),
        ("Twelve people were killed in the storm.", "The death toll of the storm rose from 12 to 17.",
         [("killed", "twelve", "17")]),
        ("The crack in the quay is 14 metres long.", "The crack in the quay is 3 metres wide.", []),
        ("The shifts run from 6 to 10 hours.", "The shifts run from 6 to 12 hours.", []),
        # claims that are a noun have no speaker
        ("Fuel claims fell to 473 last week, the office said.", "Fuel rebates fell last week, the port said.", []),
        # once, though they are workers, too
        ("Two workers died in the fire at the yard.", "Three workers have now died after the fire at the yard.",
         [("killed", "two", "three")]),
        # no change: the same, a hedge of it, fewer dead, somebody else's fate
        ("Twelve people were killed.", "12 people died.", []),
        ("At least 12 people were killed.", "12 people were killed.", []),
        ("Seventeen people were killed.", "Twelve people were killed.", []),
        ("Two women were killed.", "Five children were killed.", []),
        ("Twelve people were killed.", "Seventeen people were injured.", []),
        ("One person was killed.", "Some 4,000 people were killed.", []),
    ],
)  # fmt: skip
def test_find_changes(before, after, changes):
    assert [(one.what, one.before, one.after) for one in find_changes(before, after)] == changes


def test_a_count_that_was_revised_may_fall():
    [change] = find_changes("Seventeen people were killed.", "The toll was revised down to 12.")
    assert (change.before, change.after) == ("seventeen", "12")


def test_two_nights_are_two_occasions():
    night = "Osmark was shelled overnight and three people were killed."
    assert not same_occasion(night, TUESDAY, night, TUESDAY + DAY)
    assert same_occasion(night, TUESDAY, night, TUESDAY)
    assert same_occasion(night, TUESDAY, "The toll of the shelling overnight rose to five.", TUESDAY + DAY)
    assert same_occasion("Three died on Monday.", TUESDAY, "Five people died on Monday.", TUESDAY + DAY)
    assert not same_occasion("Three died on Monday.", TUESDAY, "Five people died on Monday.", TUESDAY + 7 * DAY)


def test_the_day_on_which_it_was_said_is_no_day_of_the_event():
    said = "Twelve people were killed when the slope above Osmark slid, police {}."
    for words in ("said on Monday", "told reporters late Monday"):
        assert same_occasion(said.format(words), TUESDAY, said.format("said on Wednesday"), TUESDAY + DAY)
    monday = "On Monday police said that twelve people had been killed on Sunday."
    assert not same_occasion(monday, TUESDAY, "Five people were killed on Tuesday, police said.", TUESDAY + DAY)


def test_a_toll_is_of_one_event_under_derived_names():
    old = Side(text="The strikes on Vesk have led to at least 219 Vesk deaths.", published=TUESDAY)
    new = Side(text="Veskian airstrikes killed at least 230 people of all ages.", published=TUESDAY + DAY)
    assert moves(old, new, near=0.7)
    assert not moves(old, Side(text=new.text.replace("Veskian", "Hollin"), published=new.published), near=0.7)


def test_last_week_is_another_one_a_week_later():
    fell = "The number of boats that called at Vesk fell to a new low last week."
    assert other_period(fell, TUESDAY + 7 * DAY, TUESDAY)
    assert not other_period(fell, TUESDAY + DAY, TUESDAY)
    assert not other_period(fell.replace(" last week", ""), TUESDAY + 7 * DAY, TUESDAY)
    assert not other_period(fell, None, TUESDAY)


def test_the_next_figure_of_a_series_is_no_change():
    old = Side(text="The port of Vesk handled 4,100 ships last month, the harbour office said.", published=TUESDAY)
    new = Side(text=old.text.replace("4,100", "4,900"), published=TUESDAY + 28 * DAY)
    assert not moves(old, new, near=0.95, same=0.99)
    march, april = (Side(text=one.text.replace("last month", month), published=one.published)
                    for one, month in ((old, "in March"), (new, "in April")))  # fmt: skip
    assert not moves(march, april, near=0.95, same=0.99)
    assert moves(
        march, Side(text=new.text.replace("last month", "in March"), published=TUESDAY + DAY), near=0.95, same=0.99
    )


def test_a_change_needs_one_subject():
    first = Side(text="Shells killed three people in Vesk, the mayor said.", published=TUESDAY)
    same = Side(text="The shells that hit Vesk killed five people, the mayor said.", published=TUESDAY + DAY)
    other = Side(text="Shells killed five people in Osmark, the mayor said.", published=TUESDAY + DAY)
    assert [move.after for move in moves(first, same, near=0.8)] == ["five"]
    assert moves(first, same, near=0.2) == ()
    assert moves(first, other, near=0.8) == ()


def test_a_sum_so_far_needs_no_likeness_beside_its_own_story():
    first = Side(text="Fourteen passengers are still being sought.", published=TUESDAY)
    last = Side(text="Nobody is missing any more.", published=TUESDAY + DAY)
    assert [move.after for move in moves(first, last, near=0.1, beside=0.8)] == ["nobody is missing"]
    assert moves(first, last, near=0.1, beside=0.3) == ()


def test_an_outcome_needs_its_actor():
    first = Side(text="The Assembly rejected the levy on Tuesday.", published=TUESDAY)
    turned = Side(text="The Assembly passed the levy on Tuesday.", published=TUESDAY)
    other = Side(text="The Council passed the levy on Tuesday.", published=TUESDAY)
    assert [(move.before, move.after) for move in moves(first, turned, near=0.8)] == [("rejected", "passed")]
    assert moves(first, other, near=0.8) == ()


def test_where_the_judge_is_sure_figures_are_of_one_thing_though_the_words_differ():
    first = Side(text="Nine troop carriers were seen outside the palace in Vesk.", published=TUESDAY)
    later = Side(
        text="In Vesk three troop carriers were standing in the street by the palace.", published=TUESDAY + DAY
    )
    other = Side(
        text="In Hollin three troop carriers were standing in the street by the palace.", published=TUESDAY + DAY
    )
    assert [(move.before, move.after) for move in moves(first, later, near=0.7, same=0.9)] == [("nine", "three")]
    assert moves(first, later, near=0.7, same=0.6) == ()
    assert moves(first, other, near=0.7, same=0.9) == ()


def test_an_outcome_may_be_another_days_and_another_actors_where_it_is_of_one_thing():
    first = Side(text="The Assembly on Tuesday passed a bill to dredge Osmark harbour.", published=TUESDAY)
    later = "On Thursday, the President signed into law a bill to dredge the harbour of Osmark."
    other = "On Thursday, the President signed into law a bill to raise the fuel levy."
    found = moves(first, Side(text=later, published=TUESDAY + 2 * DAY), near=0.6, same=0.7)
    assert [(move.before, move.after) for move in found] == [("passed", "signed into law")]
    assert moves(first, Side(text=later, published=TUESDAY + 2 * DAY), near=0.6, same=0.4) == ()
    assert moves(first, Side(text=other, published=TUESDAY + 2 * DAY), near=0.6, same=0.7) == ()


def test_another_speaker_is_a_change_where_the_judge_is_sure():
    first = Side(text="The tanker left its lane off Osmark, the union claimed.", published=TUESDAY)
    later = Side(text="The tanker left its lane off Osmark, police said.", published=TUESDAY + DAY)
    cut = Side(text="The tanker left its lane off Osmark, citing two officers who said so.", published=TUESDAY + DAY)
    assert [move.after for move in moves(first, later, near=0.9, same=0.9)] == ["police"]
    assert moves(first, later, near=0.9) == ()
    assert moves(first, cut, near=0.9, same=0.9) == ()


PLANNED = "Governor Ines Holt will sign the harbour levy of Vesk on Thursday, her office said."


@pytest.mark.parametrize(
    ("after", "days", "same", "changes"),
    [
        ("Governor Ines Holt signed the harbour levy of Vesk on Thursday.", 3, 0.5, [("will sign", "signed")]),
        ("Holt has signed a levy for Vesk's harbour.", 3, 0.9, [("will sign", "has signed")]),
        # the judge must think so; it must be the same thing or be done by the same; and after it was planned
        ("Governor Ines Holt signed the harbour levy of Vesk on Thursday.", 3, 0.3, []),
        ("Mayor Jon Vale signed a treaty with Norra Lines.", 3, 0.9, []),
        ("Governor Ines Holt signed the harbour levy of Vesk in 2019.", 3, 0.9, []),
        ("Governor Ines Holt signed the harbour levy of Vesk two years ago.", 3, 0.9, []),
        ("Governor Ines Holt signed the harbour levy of Vesk on Monday.", 3, 0.9, [("will sign", "signed")]),
        ("Governor Ines Holt signed the harbour levy of Vesk on Friday.", 1, 0.9, []),
        ("Governor Ines Holt signed the harbour levy of Vesk in January.", 1, 0.9, []),
        # what is planned still is not done
        ("Governor Ines Holt signed a paper and will sign the harbour levy of Vesk on Thursday.", 1, 0.9, []),
    ],
)  # fmt: skip
def test_a_plan_that_was_carried_out(after, days, same, changes):
    old, new = Side(text=PLANNED, published=TUESDAY), Side(text=after, published=TUESDAY + days * DAY)
    found = moves(old, new, near=0.7, same=same)
    assert [(one.before, one.after) for one in found if one.kind == "outcome"] == changes


def test_a_term_is_of_what_will_be_then():
    vote = "The Assembly will vote on Wednesday on a budget that would put up the harbour levy."
    assert find_changes(vote, "The harbour levy will go up by 4 percent in April.") == ()
    [later] = find_changes(vote, "The Assembly will vote on Friday on a budget that would put up the harbour levy.")
    assert (later.before, later.after) == ("on Wednesday", "on Friday")


def test_an_alleged_thief_is_no_speaker():
    after = "A thief was caught in Vesk, police said."
    assert find_changes("An alleged thief was caught in Vesk.", after) == ()
    assert [one.before for one in find_changes("A thief was caught, the union claimed.", after)] == ["the union"]


def test_a_way_whose_end_was_told_is_no_change():
    after = "The estimate was revised from 498 to 507 crates."
    assert [one.after for one in find_changes("The estimate is 498 crates.", after)] == ["507"]
    assert find_changes("The estimate was revised to 507 crates from 498 crates.", after) == ()


def test_who_was_found_guilty_is_not_charged_after_that():
    guilty, charged = "Jon Vale was found guilty of arson in Vesk.", "Jon Vale was charged with arson in Vesk."
    assert [one.after for one in find_changes(charged, guilty)] == ["found guilty"]
    assert find_changes(guilty, charged) == ()


def test_what_will_be_done_to_something_is_carried_out_when_it_was():
    old = "The vote in Vesk will be held on Thursday."
    assert [one.after for one in find_changes(old, "The vote in Vesk was held on Thursday.")] == ["was held"]
    assert find_changes(old, "The people of Vesk cheered the first vote held there.") == ()


def test_the_dead_of_another_story_are_not_the_earlier_ones():
    old = Side(text="Eleven people were killed in the wreck off Osmark, police said.", published=TUESDAY)
    new = Side(text="Twelve people have died of the cold, the health ministry announced.", published=TUESDAY + DAY)
    assert not moves(old, new, near=0.6, beside=0.3)
    assert moves(old, new, near=0.6, beside=0.7)


@pytest.mark.parametrize(
    ("later", "story", "moved"),
    [
        ("Eleven people died when the night train left the rails on a bend south of Osmark.", 2, True),
        ("Eleven people died when the night train left the rails on a bend.", 1, True),
        ("Eleven people died when the night train left the rails on a bend.", 2, False),
    ],
)
def test_counts_of_two_stories_are_of_one_event_only_where_both_name_something(later, story, moved):
    first = Side(text="Nine people were killed as a train derailed near Osmark.", published=TUESDAY, story=1)
    second = Side(text=later, published=TUESDAY + DAY / 8, story=story)
    assert bool(moves(first, second, near=0.7, beside=0.6)) is moved


def test_a_name_that_both_have_makes_up_for_words_that_they_do_not():
    first = Side(text="Nine people were killed as a train left the tracks in the hills of Osmark.", published=TUESDAY)
    named = "Eleven died when the early express from Osmark jumped the rails on a bridge, rescuers said"
    second = Side(text=named, published=TUESDAY + DAY / 8)
    assert moves(first, second, near=0.7)
    assert not moves(first, Side(text=named.replace("Osmark", "town"), published=second.published), near=0.7)
