"""What two sentences about one thing tell differently: counts of people, other figures, outcomes, who says it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

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
        ("The fire killed two women and a man.", {}),
        ("The fire killed three people and wounded two children.", {"killed": "three", "injured": "two"}),
        ("Two women and one man died in the fire.", {}),
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
        ("The skipper was released on Monday.", ["released"]),
        ("Police released the skipper's name.", []),
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
        ("Lund was booked into the jail at Vesk and later released on bail.", ["released"]),
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
    old = Side(text="The port of Vesk handled only 4,100 ships last month, the harbour office said.", published=TUESDAY)
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


def test_counts_in_two_places_must_be_more_alike_though_both_name_somebody():
    first = Side(text="Shells killed three people in Vesk, said Mayor Ines Holt.", published=TUESDAY)
    other = Side(text="Shells killed five people in Osmark, said Mayor Ines Holt.", published=TUESDAY + DAY)
    assert moves(first, other, near=0.7)
    assert moves(first, other, near=0.6) == ()


def test_a_sum_so_far_needs_no_likeness_beside_its_own_story():
    first = Side(text="Fourteen passengers are still being sought.", published=TUESDAY)
    last = Side(text="Nobody is missing any more.", published=TUESDAY + DAY)
    assert [move.after for move in moves(first, last, near=0.1, beside=0.8)] == ["nobody is missing"]
    assert moves(first, last, near=0.1, beside=0.3) == ()
    vesk = Side(text="Fourteen passengers are still being sought near Vesk.", published=TUESDAY)
    osmark = Side(text="Nobody is missing any more in Osmark.", published=TUESDAY + DAY)
    assert moves(vesk, osmark, near=0.1, beside=0.8) == ()


def test_an_outcome_needs_its_actor():
    first = Side(text="The Assembly rejected the levy on Tuesday.", published=TUESDAY)
    turned = Side(text="The Assembly passed the levy on Tuesday.", published=TUESDAY)
    other = Side(text="The Council passed the levy on Tuesday.", published=TUESDAY)
    assert [(move.before, move.after) for move in moves(first, turned, near=0.8)] == [("rejected", "passed")]
    assert moves(first, other, near=0.8) == ()
    assert moves(first, turned, near=0.5) == ()


def test_whose_outcome_it_is_says_the_last_name_before_it_or_else_what_comes_after():
    first = Side(text="The Assembly, long quarrelling, rejected the levy.", published=TUESDAY)
    assert moves(first, Side(text="The Assembly, quite worn, passed the levy.", published=TUESDAY), near=0.8)
    first = Side(text="It rejected the levy of Vesk.", published=TUESDAY)
    assert moves(first, Side(text="It passed the levy of Vesk.", published=TUESDAY), near=0.8)
    assert not moves(first, Side(text="It passed a law on gulls.", published=TUESDAY), near=0.8)


def test_where_the_judge_is_sure_figures_are_of_one_thing_though_the_words_differ():
    first = Side(text="Nine troop carriers were seen outside the palace in Vesk.", published=TUESDAY)
    later = Side(
        text="In Vesk three troop carriers were still standing in the street by the palace.", published=TUESDAY + DAY
    )
    other = Side(
        text="In Hollin three troop carriers were still standing in the street by the palace.", published=TUESDAY + DAY
    )
    assert [(move.before, move.after) for move in moves(first, later, near=0.7, same=0.9)] == [("nine", "three")]
    assert moves(first, later, near=0.7, same=0.6) == ()
    assert moves(first, other, near=0.7, same=0.9) == ()
    unmoved = Side(text=later.text.replace("still ", ""), published=later.published)
    assert moves(first, unmoved, near=0.7, same=0.9) == ()  # another source's figure, or of another hour


def test_a_figure_of_another_thing_or_of_a_time_gone_by_is_no_change():
    cost = "Insurers now put the damage that {} did to the Marrow coast at {} million crowns."
    first = Side(text=cost.format("Berta", 410), published=TUESDAY)
    same, other = (Side(text=cost.format(name, 750), published=TUESDAY + DAY) for name in ("Berta", "Ilse"))
    assert [move.after for move in moves(first, same, near=0.95, same=0.95)] == ["750 million"]
    assert moves(first, other, near=0.95, same=0.95) == ()
    homes = Side(text="Some 112,000 homes had no power in Osmark on Tuesday.", published=TUESDAY)
    fell = Side(text="Only 61,000 homes were still without power in Osmark.", published=TUESDAY + DAY)
    peak = Side(text="At its peak, the cut reached 140,000 homes in Osmark.", published=TUESDAY + DAY)
    assert [move.after for move in moves(homes, fell, near=0.9, same=0.9)] == ["61,000"]
    assert moves(homes, peak, near=0.9, same=0.9) == ()


def test_a_toll_of_another_year_or_of_another_people_is_no_change():
    last = Side(text="A quake near Vesk killed seven people in December 2019.", published=TUESDAY)
    this = Side(text="A quake near Vesk killed ten people.", published=TUESDAY + DAY)
    assert moves(last, this, near=0.9) == ()
    assert moves(Side(text="A quake near Vesk killed seven people.", published=TUESDAY), this, near=0.9)
    raids = Side(text="Raids from Norland killed two people in Vesk.", published=TUESDAY)
    answer = "Guns on the border of Vesk killed 30 {}, officers said."
    norlanders, veskers = (Side(text=answer.format(one), published=TUESDAY + DAY) for one in ("Sudlanders", "Veskers"))
    assert moves(raids, norlanders, near=0.9) == ()
    assert [move.after for move in moves(raids, veskers, near=0.9)] == ["30"]
    wednesday = Side(text="Raids from Norland killed five Wednesday in Vesk.", published=TUESDAY + DAY)
    assert [move.after for move in moves(raids, wednesday, near=0.9)] == ["five"]


def test_a_conviction_of_somebody_else_is_no_change():
    first = Side(text="The clerk Otto Brandt was charged with the theft of 90 boats in Vesk.", published=TUESDAY)
    found = "{} was found guilty of the theft of 90 boats in Vesk."
    his, hers = (Side(text=found.format(name), published=TUESDAY + DAY) for name in ("Otto Brandt", "Ada Lind"))
    assert [move.after for move in moves(first, his, near=0.5, same=0.9)] == ["found guilty"]
    assert moves(first, hers, near=0.5, same=0.9) == ()


def test_a_plan_of_one_body_is_not_carried_out_by_another():
    plan = Side(text="The central bank of Norland will announce a cut of its rate to 3 percent.", published=TUESDAY)
    done = "The central bank of {} announced a cut of its rate to 3 percent."
    same, other = (Side(text=done.format(land), published=TUESDAY + DAY) for land in ("Norland", "Sudmark"))
    assert [move.after for move in moves(plan, same, near=0.9, same=0.9)] == ["announced"]
    assert moves(plan, other, near=0.9, same=0.9) == ()


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
    assert moves(first, later, near=0.6, same=0.9) == ()
    assert moves(first, cut, near=0.9, same=0.9) == ()


PLANNED = "Governor Ines Holt will sign the harbour levy of Vesk on Thursday, her office said."


@pytest.mark.parametrize(
    ("after", "days", "same", "changes"),
    [
        ("Governor Ines Holt signed the harbour levy of Vesk on Thursday.", 3, 0.5, [("will sign", "signed")]),
        ("Holt has signed a levy for Vesk's harbour.", 3, 0.9, [("will sign", "has signed")]),
        ("Ines Holt signed what her foes call a bad law.", 3, 0.9, [("will sign", "signed")]),
        ("Jon Vale signed what her foes call a bad law.", 3, 0.9, []),
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


def test_a_day_that_is_put_off_is_of_one_story_or_of_one_fact():
    first = Side(text="The hearing on the ferry begins on Friday, the court said.", published=TUESDAY)
    later = Side(text="The hearing on the ferry was moved from Friday to Monday.", published=TUESDAY + DAY)
    assert moves(first, later, near=0.3, beside=0.7)
    assert moves(first, later, near=0.3, same=0.5)
    assert moves(first, later, near=0.3, beside=0.3) == ()


def test_an_alleged_thief_is_no_speaker():
    after = "A thief was caught in Vesk, police said."
    assert find_changes("An alleged thief was caught in Vesk.", after) == ()
    assert [one.before for one in find_changes("A thief was caught, the union claimed.", after)] == ["the union"]


def test_a_way_whose_end_was_told_is_no_change():
    after = "The estimate was revised from 498 to 507 crates."
    assert [one.after for one in find_changes("The estimate is 498 crates.", after)] == ["507"]
    assert find_changes("The estimate was revised to 507 crates from 498 crates.", after) == ()


def test_who_was_charged_is_not_arrested_after_that():
    states = ("at large", "arrested in Vesk", "charged with arson", "found guilty of arson", "sentenced to two years")
    told = [f"Jon Vale was {state}." for state in states]
    for old, new in pairwise(told):
        assert find_changes(old, new)
        assert find_changes(new, old) == ()
    assert [one.after for one in find_changes(told[-1], "Jon Vale was released.")] == ["released"]


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
