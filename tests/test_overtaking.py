"""Within one issue: the newest count leads, the older ones are its past, and counts of one time stand side by side."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.config import BriefConfig, Config, WindowConfig
from digest.models import entries
from digest.pipeline import build_brief
from digest.summarize import ExtractiveSummarizer
from digest.verify import verify_brief
from tests.fakes import WordEncoder, article

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONFIG = Config(window=WindowConfig(hours=72))
TOLD = {
    "a": "A ferry sank off Osmark on Monday after it hit a rock in the Norra strait, the coast guard said. The wreck lies "
    "in sixty metres of water, and divers went down at dawn.",
    "b": "The Osmark ferry disaster has shaken the islands of the Norra strait. Flags flew at half mast in every harbour, "
    "and the yard that built the ship sent its engineers to the place where the ferry sank.",
    "c": "Norra Lines has stopped all sailings since its ferry sank off Osmark. Hotels gave beds to those whom the "
    "sinking of the ferry had left on the islands, and schools there stayed shut.",
}


def build(*articles, config=CONFIG, **more):
    issue = build_brief(
        articles, config=config, encoder=WordEncoder(), summarizer=ExtractiveSummarizer(), now=NOW, **more
    )
    assert verify_brief(issue.brief, issue.articles) == ()
    return issue


def ferry(name, hours_ago, *sentences, outlet):
    text = " ".join((TOLD[name], *sentences))
    return article(name, text, outlet=outlet, published=NOW - hours_ago * HOUR, title="Ferry sinks off Osmark")


def lines(issue):
    return [entry.line.text for entry in entries(issue.brief)]


def test_a_count_that_rose_is_told_by_its_newest_value_with_its_course():
    issue = build(
        ferry("a", 40, "Twelve people were killed when the ferry sank off Osmark, police said.", outlet="Coast Radio"),
        ferry(
            "b", 12, "Seventeen people were killed when the ferry sank off Osmark, police said.", outlet="Daily Ledger"
        ),
    )
    [entry] = [entry for entry in entries(issue.brief) if "killed" in entry.line.text]
    assert entry.line.text.startswith("Seventeen")
    [course] = entry.differences
    assert (course.what, course.over_time) == ("killed", True)
    assert [reading.value for reading in course.values] == ["twelve", "seventeen"]
    assert [reading.published for reading in course.values] == [NOW - 40 * HOUR, NOW - 12 * HOUR]


def test_the_same_count_of_another_story_keeps_no_old_one_alive():
    killed = "{} people were killed when the ferry sank off Osmark, police said."
    crash = article(
        "x",
        "Twelve people were killed when a bus fell off a bridge in Quelmar. The bus was on its way to a wedding.",
        outlet="Quelmar Voice",
        published=NOW - 2 * HOUR,
        title="Bus falls off a bridge",
    )
    first = ferry("a", 40, killed.format("Twelve"), outlet="Coast Radio")
    second = ferry("b", 12, killed.format("Seventeen"), outlet="Daily Ledger")
    [entry] = [one for one in entries(build(first, second, crash).brief) if "ferry sank off Osmark" in one.line.text]
    assert entry.line.text.startswith("Seventeen")


def test_nobody_missing_overtakes_those_still_sought():
    issue = build(
        ferry(
            "a",
            40,
            "Fourteen passengers are missing after the ferry sank off Osmark on Monday, police said.",
            outlet="Coast Radio",
        ),
        ferry(
            "b",
            12,
            "No passengers are missing after the ferry sank off Osmark on Monday, police said.",
            outlet="Daily Ledger",
        ),
    )
    told = lines(issue)
    assert any("No passengers" in line for line in told)
    assert not any("Fourteen" in line for line in told)
    [entry] = [entry for entry in entries(issue.brief) if "No passengers" in entry.line.text]
    assert [reading.value for reading in entry.differences[0].values] == ["fourteen", "no passengers are missing"]


def test_counts_of_one_time_differ_under_one_line():
    issue = build(
        article("a", "Two workers died when a crane fell at the port of Osmark.", outlet="A", published=NOW - HOUR),
        article("b", "Three were killed when a crane fell in Osmark port.", outlet="B", published=NOW - HOUR),
        article("c", "A crane fell at Osmark port and two workers died.", outlet="C", published=NOW - HOUR),
    )
    [entry] = [entry for entry in entries(issue.brief) if entry.differences]
    [difference] = entry.differences
    assert (difference.what, difference.over_time) == ("killed", False)
    assert [reading.value for reading in difference.values] == ["two", "three"]


def test_who_said_at_least_two_is_not_named_for_two():
    issue = build(
        article(
            "a", "At least two workers died when a crane fell at the port of Osmark.", outlet="A", published=NOW - HOUR
        ),
        article("b", "Four were killed when a crane fell in Osmark port.", outlet="B", published=NOW - HOUR),
        article("c", "A crane fell at Osmark port and two workers died.", outlet="C", published=NOW - HOUR),
    )
    [difference] = [one for entry in entries(issue.brief) for one in entry.differences]
    assert [value.value for value in difference.values] == ["two", "at least two", "four"]
    assert not verify_brief(issue.brief, issue.articles)


def test_an_outcome_that_came_later_leads_and_the_older_one_is_its_past():
    issue = build(
        ferry("a", 40, "Norra Lines denied that the ferry had left the marked lane.", outlet="Coast Radio"),
        ferry("b", 12, "Norra Lines admitted that the ferry had left the marked lane.", outlet="Daily Ledger"),
    )
    [entry] = [entry for entry in entries(issue.brief) if "marked lane" in entry.line.text]
    assert "admitted" in entry.line.text
    assert [past.quote for past in entry.past] == ["Norra Lines denied that the ferry had left the marked lane."]


def test_counts_of_two_places_stay_apart():
    issue = build(
        ferry("a", 40, "Twelve people were killed in Vesk on Monday, police said.", outlet="Coast Radio"),
        ferry("b", 12, "Seventeen people were killed in Osmark on Tuesday, police said.", outlet="Daily Ledger"),
    )
    assert not any(entry.differences for entry in entries(issue.brief))
    assert sum("killed" in line for line in lines(issue)) == 2


def test_an_undated_article_overtakes_nothing():
    first = ferry("a", 40, "Twelve people were killed when the ferry sank off Osmark.", outlet="Coast Radio")
    second = ferry("b", 1, "Seventeen people were killed when the ferry sank off Osmark.", outlet="Daily Ledger")
    issue = build(replace(first, published=None), second)
    assert not any(difference.over_time for entry in entries(issue.brief) for difference in entry.differences)


def test_what_cannot_stand_alone_leaves_the_line_to_what_it_has_overtaken():
    issue = build(
        ferry("a", 40, "Twelve people were killed when the ferry sank off Osmark, police said.", outlet="Coast Radio"),
        ferry(
            "b", 12, "It killed seventeen people off Osmark when the ferry sank, they said on.", outlet="Daily Ledger"
        ),
    )
    [entry] = [entry for entry in entries(issue.brief) if "killed" in entry.line.text]
    assert entry.line.text.startswith("Twelve")
    [course] = entry.differences
    assert (course.what, course.over_time) == ("killed", True)
    assert [reading.value for reading in course.values] == ["twelve", "seventeen"]


def test_all_that_told_the_older_count_at_once_bear_it_out_where_it_leads():
    issue = build(
        ferry("a", 40, "Twelve people were killed when the ferry sank off Osmark, police said.", outlet="Coast Radio"),
        ferry("b", 12, "It killed seventeen people off Osmark when the ferry sank, they said on.", outlet="Ledger"),
        ferry("c", 40, "Police said that twelve people were killed when the ferry sank off Osmark.", outlet="Norra Wire"),
    )
    [entry] = [entry for entry in entries(issue.brief) if "killed" in entry.line.text]
    assert len({cited.article_id for cited in entry.line.citations}) == 2


def test_what_was_done_since_stands_before_the_plan():
    plan = "The governor of Osmark will sign the harbour order for the ferry on Tuesday, her office said."
    done = "The governor of Osmark signed the harbour order for the ferry on Tuesday, her office said."
    issue = build(ferry("a", 40, plan, outlet="Coast Radio"), ferry("b", 12, done, outlet="Daily Ledger"))
    [entry] = [entry for entry in entries(issue.brief) if "harbour order" in entry.line.text]
    assert entry.line.text == done
    assert [past.quote for past in entry.past] == [plan]
    same_hour = build(ferry("a", 12, plan, outlet="Coast Radio"), ferry("b", 12, done, outlet="Daily Ledger"))
    assert not any(entry.past for entry in entries(same_hour.brief))


PLAN = "The governor of Osmark will sign the harbour order for the ferry on Tuesday, her office said."
DONE = "The governor of Osmark signed the harbour order for the ferry on Tuesday, her office said."


def planned_done_and(text, hours):
    """An issue of the plan, of its deed, and of a third outlet's sentence, so many hours old."""
    return build(
        ferry("a", 40, PLAN, outlet="Coast Radio"),
        ferry("b", 12, DONE, outlet="Daily Ledger"),
        ferry("c", hours, text, outlet="Norra Wire"),
    )


def test_what_others_tell_since_bears_out_the_deed():
    since = "The harbour order for the ferry has had the name of the governor of Osmark under it since Tuesday."
    issue = planned_done_and(since, hours=10)
    [entry] = [entry for entry in entries(issue.brief) if "harbour order" in entry.line.text]
    assert sorted(cited.quote for cited in entry.line.citations) == sorted([DONE, since])
    assert entry.origins == 2


def test_what_came_out_before_the_plan_bears_out_no_deed():
    before = "The harbour order for the ferry has lain before the governor of Osmark since Tuesday, her office said."
    issue = planned_done_and(before, hours=45)
    [entry] = [entry for entry in entries(issue.brief) if "signed the harbour order" in entry.line.text]
    assert [cited.quote for cited in entry.line.citations] == [DONE]


def test_what_else_is_not_overtaken_leads_where_the_deed_gives_no_line():
    done = "She signed the harbour order of Osmark for the ferry on Tuesday, they said on."
    same = "The harbour order for the ferry waits for the governor of Osmark since Tuesday, her office said."
    issue = build(
        ferry("a", 40, PLAN, outlet="Coast Radio"),
        ferry("b", 12, done, outlet="Daily Ledger"),
        ferry("c", 40, same, outlet="Norra Wire"),
    )
    [entry] = [entry for entry in entries(issue.brief) if "harbour order" in entry.line.text]
    assert entry.line.text == same


def test_a_plan_that_was_put_off_stands_behind_the_new_day():
    plan = "The hearing on the ferry begins on Friday, the harbour court in Osmark said."
    moved = "The hearing on the ferry was moved from Friday to Monday by the harbour court in Osmark."
    issue = build(ferry("a", 40, plan, outlet="Coast Radio"), ferry("b", 12, moved, outlet="Daily Ledger"))
    [entry] = [entry for entry in entries(issue.brief) if "hearing" in entry.line.text]
    assert (entry.line.text, [past.quote for past in entry.past]) == (moved, [plan])


def test_what_a_later_article_only_recalls_is_no_count_of_its_own():
    killed = "{} people were killed when the ferry sank off Osmark, police said."
    third = "A third passenger has died after the ferry sank off Osmark, the hospital said."
    for hours in (20, 5):  # the article that recalls it comes after the newest count, or between
        issue = build(
            ferry("a", 40, killed.format("Two"), outlet="Coast Radio"),
            ferry("b", 12, third, killed.format("Two"), outlet="Daily Ledger"),
            ferry("c", hours, killed.format("Three"), outlet="Norra Wire"),
        )
        [course] = [one for entry in entries(issue.brief) for one in entry.differences if one.over_time]
        names = {source.n: source.outlet for source in issue.brief.sources}
        assert [(one.value, [names[n] for n in one.n]) for one in course.values] == [
            ("two", ["Coast Radio"]),
            ("three", ["Norra Wire"]),
        ]


def test_of_two_that_recall_each_others_counts_the_newer_is_told():
    killed = "{} people were killed and {} were injured when the ferry sank off Osmark, police said."
    first = ferry("a", 20, killed.format("Two", "50"), outlet="Coast Radio")
    second = ferry("b", 12, killed.format("Three", "12"), outlet="Daily Ledger")
    issue = build(
        replace(first, title="Three killed as ferry sinks off Osmark"),
        replace(second, title="Ferry sinks off Osmark, 50 injured"),
    )
    assert killed.format("Three", "12") in lines(issue)


@pytest.mark.parametrize("then", ["in 2011", "in September", "15 years ago"])
def test_a_count_of_some_or_of_another_time_is_not_overtaken(then):
    part = "The ferry struck a pier of the Osmark yard as it sank, killing two workers."
    issue = build(
        ferry("a", 40, part, "In all 12 people were killed when the ferry sank off Osmark.", outlet="Coast Radio"),
        ferry("b", 12, "The toll of the ferry that sank off Osmark has risen to 17 dead.", outlet="Daily Ledger"),
        ferry("c", 20, f"When a ferry sank off Osmark {then}, nine people were killed.", outlet="Norra Wire"),
    )
    courses = [one for entry in entries(issue.brief) for one in entry.differences]
    assert [[reading.value for reading in one.values] for one in courses] == [["12", "17"]]
    assert any(then in line for line in lines(issue))


def test_what_is_overtaken_by_one_count_bears_out_the_other():
    told = "Twelve people were killed and {} others were injured when the ferry sank off Osmark, police said{}."
    first = ferry("a", 40, told.format("14", " on Monday night"), outlet="Coast Radio")
    second = told.replace("when the", "as the big").format("19", "")
    issue = build(
        first,
        ferry("b", 12, second, outlet="Daily Ledger"),
        config=CONFIG.model_copy(update={"brief": BriefConfig(min_origins=2)}),
    )
    [entry] = [entry for entry in entries(issue.brief) if "killed" in entry.line.text]
    assert (entry.line.text, entry.origins, entry.outlets) == (second, 2, 2)
    assert [[reading.value for reading in one.values] for one in entry.differences] == [["14", "19"]]


def test_who_calls_the_dead_the_third_tells_of_three():
    killed = "{} people were killed when the ferry sank off Osmark, police said."
    third = "A third passenger was killed when the ferry sank off Osmark, the hospital of Vesk told us."
    issue = build(
        ferry("a", 40, killed.format("Two"), outlet="Coast Radio"),
        ferry("b", 12, third, outlet="Daily Ledger"),
        ferry("c", 10, killed.format("Three"), outlet="Norra Wire"),
    )
    [entry] = [entry for entry in entries(issue.brief) if "killed" in entry.line.text]
    assert [[reading.value for reading in one.values] for one in entry.differences] == [["two", "three"]]
    assert entry.origins == 2


def test_fewer_dead_in_a_later_report_are_a_difference():
    first = "Twelve people were killed when the ferry sank off Osmark, police said."
    later = "When the ferry sank, ten people on it were killed off Osmark, the coast guard told us."
    issue = build(ferry("a", 12, first, outlet="Coast Radio"), ferry("b", 6, later, outlet="Daily Ledger"))
    [difference] = [one for entry in entries(issue.brief) for one in entry.differences]
    assert (difference.over_time, {one.value for one in difference.values}) == (False, {"ten", "twelve"})


def test_what_repeats_an_overtaken_count_in_its_article_is_overtaken_with_it():
    issue = build(
        ferry(
            "a",
            40,
            "Twelve people were killed when the ferry sank off Osmark, police said.",
            "“We have found twelve bodies and expect to find others,” said Chief Lotte Brandt.",
            outlet="Coast Radio",
        ),
        ferry(
            "b", 12, "Seventeen people were killed when the ferry sank off Osmark, police said.", outlet="Daily Ledger"
        ),
    )
    assert not any("twelve" in line.lower() for line in lines(issue))
    [course] = [course for entry in entries(issue.brief) for course in entry.differences]
    assert [reading.value for reading in course.values] == ["twelve", "seventeen"]


def test_that_nobody_was_hurt_is_not_told_by_a_topic_that_says_it_aside():
    aside = "Its owner put the damage to the quay at two million crowns in a first guess, and nobody was hurt."
    damage = "The damage to the quay was put at two million crowns in a first guess by its owner, Norra Lines."
    nobody = "Nobody was hurt when the ferry sank off Osmark, police said."
    issue = build(
        ferry("a", 40, aside, outlet="Coast Radio"),
        ferry("b", 12, damage, outlet="Daily Ledger"),
        ferry("c", 10, nobody, outlet="Norra Wire"),
    )
    assert {damage, nobody} <= set(lines(issue))


def test_that_nobody_was_hurt_is_told_once_in_whatever_words():
    issue = build(
        ferry("a", 40, "Nobody was hurt when the ferry sank off Osmark, police said.", outlet="Coast Radio"),
        ferry(
            "b", 12, "There were no injuries among passengers or crew, the hospital of Vesk told us.", outlet="Ledger"
        ),
    )
    assert sum("hurt" in line or "injuries" in line for line in lines(issue)) == 1
