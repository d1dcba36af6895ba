"""A second issue beside the first: what was told is not told again, what moved says from what to what."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.compose import Candidate
from digest.config import Config, WindowConfig
from digest.contract import brief_from_json, brief_to_json
from digest.models import Background, Edited, History, Statement, Told, entries
from digest.pipeline import build_brief
from digest.steps.standing import without_stale
from digest.summarize import ExtractiveSummarizer
from digest.updates import judge, may_be_over, nearest_told, remember, told_texts, was_due
from digest.updates.known import adds, known_from
from digest.updates.occasions import is_later
from digest.updates.subject import Side, moves
from digest.verify import verify_brief
from tests.fakes import WordEncoder, article, topic

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
DAY = timedelta(days=1)
CONFIG = Config(window=WindowConfig(hours=24))
NOTHING = History()
KILLED = "Twelve people were killed when a ferry sank off Osmark on Monday, the coastguard said."
LEVY = "The Assembly in Vesk voted by 61 to 56 on Sunday to raise the fuel levy."
PORT = "The port of Skelmar will stay closed until Friday, the harbour authority said."


def issue(*articles, now=NOW, history=NOTHING, config=CONFIG):
    found = build_brief(
        articles, config=config, encoder=WordEncoder(), summarizer=ExtractiveSummarizer(), now=now, history=history
    )
    assert brief_from_json(brief_to_json(found.brief)) == found.brief
    return found


def remembered(first, **more):
    brief = first.brief
    told = tuple(
        Told(issue=brief.date, entry=entry, story=story.title)
        for section in brief.sections
        for story in section.stories
        for entry in story.topics
    )
    read = frozenset(one.id for one in first.articles)
    return History(until=brief.window.until, told=told, read=read, **more)


FILLER = {
    "a": "Gulls circled over the empty market square.",
    "b": "Apples ripened early in the orchards this year.",
    "c": "A choir sang under the old town's lime trees.",
    "d": "Three bakers won medals for their rye loaves.",
    "e": "Chess players met in the library's reading room.",
}


def at(name, text, days_ago, outlet):
    return article(
        name, f"{text} {FILLER[name]}", outlet=outlet, published=NOW - DAY * days_ago, link=f"https://{name}.example/"
    )


FIRST = issue(
    at("a", f"{KILLED} {LEVY}", 1.5, "Coast Radio"), at("b", PORT, 1.4, "Daily Ledger"), now=NOW - DAY
)  # fmt: skip
HISTORY = remembered(FIRST)


def lines(found):
    return [entry.line.text for entry in entries(found.brief)]


def backgrounds(brief):
    for section in brief.sections:
        yield from section.background
        for story in section.stories:
            yield from story.background


def test_a_toll_that_rose_is_an_update_with_both_sides():
    later = KILLED.replace("Twelve", "Seventeen").replace("when a ferry sank", "when the ferry sank")
    second = issue(at("c", later, 0.4, "Daily Ledger"), history=HISTORY)
    [entry] = [entry for entry in entries(second.brief) if entry.changes]
    [change] = entry.changes
    assert entry.status == "updated"
    assert (change.kind, change.what, change.before, change.after) == ("number", "killed", "twelve", "seventeen")
    assert (change.issue, change.quote, change.outlet) == (FIRST.brief.date, KILLED, "Coast Radio")
    assert change.n == (1,)
    assert (second.brief.ledger.updated, second.brief.ledger.running) == (1, 0)
    assert verify_brief(second.brief, second.articles, earlier={FIRST.brief.date: FIRST.brief}) == ()


def test_where_what_has_changed_gives_no_line_what_else_is_fresh_does():
    leaning = KILLED.replace("Twelve people were killed", "He said that seventeen people were killed")
    fresh = KILLED.replace("Twelve people were killed", "Some 40 crates and their owners were lost")
    later = issue(at("c", leaning, 0.4, "Daily Ledger"), at("d", fresh, 0.3, "Meridian Post"), history=HISTORY)
    assert fresh in lines(later)


@pytest.mark.parametrize(
    ("newest", "printed"),
    [
        ("Nobody is missing any more.", 0),
        ("Nobody is missing off Osmark any more, the rescue service in Vesk said.", 1),
        ("Fourteen passengers are still missing.", None),
    ],
)
def test_background_that_has_changed_is_not_printed(newest, printed):
    missing = "Fourteen passengers are missing after the ferry sank off Osmark on Monday, the coastguard said."
    more = "The ferry sank off Osmark on Monday with its passengers, the coastguard said."
    before, after = at("a", missing, 1.2, "Coast Radio"), at("c", f"{newest} {more}", 0.4, "Daily Ledger")
    history = remembered(issue(before, now=NOW - DAY))
    second = issue(before, after, history=history, config=Config(window=WindowConfig(hours=48)))
    assert f"was told before on 2026-03-03: “{missing}”" in {topic.fate for topic in second.trace.topics}
    assert [told.text for told in backgrounds(second.brief)] == ([missing] if printed is None else [])
    assert printed is None or sum("missing" in line for line in lines(second)) == printed


def test_background_is_printed_once_and_not_where_today_tells_of_it():
    def quiet(name):
        told = {one.entry.line.text: one for one in HISTORY.told}[LEVY]
        background = Background(
            id=name, story=None, text=LEVY, issue=told.issue, entry=told.entry.id, outlet=None, link=None
        )
        return replace(loud, topic=replace(of_today, id=name), status="running", background=background)

    mistake = "The levy, which the Assembly raised, is called a mistake."
    of_today = topic((article("b", mistake), mistake))
    loud = Candidate(topic=of_today, score=1.0, section=0, story=0)
    texts = told_texts(HISTORY)
    memory = remember(HISTORY, WordEncoder().encode(list(texts)))
    [now] = of_today.statements

    def printed(likely):
        left = without_stale([quiet("t2"), quiet("t3")], [loud], memory, {now.id: {texts.index(LEVY): likely}}, NOW)
        return [one.background.id for one in left if one.background]

    assert printed(0.3) == ["t2"]
    assert printed(0.4) == []


@pytest.mark.parametrize(
    ("old", "new", "over"),
    [
        ("Seven people died in the hostel fire in Vesk.", "The blaze killed eight people.", True),
        ("Seven people died in the hostel fire in Vesk.", "The blaze killed seven people.", False),
        ("Seven people died in the hostel fire in Vesk.", "An eighth victim died of the fire on Tuesday.", True),
        ("Residents of Vesk must boil tap water.", "The order to boil water in Vesk was lifted.", True),
        ("Residents of Vesk must boil tap water.", "The order to fly flags in Osmark was lifted.", False),
        ("Otto Brandt is charged with fraud in Vesk.", "Otto Brandt was sentenced for fraud in Vesk.", True),
    ],
)
def test_what_may_be_over_is_not_recalled(old, new, over):
    assert may_be_over(old, new, one_story=True) == over
    told = topic((article("o", old), old), name="t1")
    later = Candidate(topic=topic((article("n", new), new), name="t2"), score=1.0, section=0, story=0)
    recalled = Background(id="t1", story=None, text=old, issue=NOW.date(), entry="e", outlet=None, link=None)
    quiet = Candidate(topic=told, score=1.0, section=0, story=0, status="running", background=recalled)
    memory = remember(NOTHING, WordEncoder().encode([]))
    [left] = without_stale([quiet], [later], memory, {}, NOW)
    assert (left.background is None) == over


@pytest.mark.parametrize(("days", "due"), [(1, False), (2, False), (3, True), (8, True)])
def test_what_was_to_be_done_is_over_the_day_after(days, due):
    said = datetime(2026, 3, 2, 18, tzinfo=UTC)  # a Monday
    assert was_due("The Assembly will vote on the levy on Wednesday.", said, said + days * DAY) == due
    assert not was_due("The Assembly voted on the levy on Wednesday.", said, said + days * DAY)
    assert not was_due("The Assembly will vote on the levy.", said, said + days * DAY)


def test_a_few_words_in_common_end_nothing_of_another_story():
    old = "Vesk sold its right back for 4 million crowns before the match against Osmark on Sunday."
    assert may_be_over(old, "The match is over.", one_story=True)
    assert not may_be_over(old, "The match is over.", one_story=False)
    assert may_be_over(old, "The match of Vesk and Osmark is over.", one_story=False)


def test_no_background_tells_what_was_to_be_done_on_a_day_gone_by():
    def printed(day):
        plan = f"The harbour council of Vesk will vote on the levy on {day}, its clerk Jon Berg said."
        first = issue(at("a", plan, 2.2, "Coast Radio"), now=NOW - 2 * DAY)
        second = issue(at("b", plan, 0.6, "Norra Wire"), at("c", PORT, 0.5, "Daily Ledger"), history=remembered(first))
        return [told.text for told in backgrounds(second.brief)]

    assert len(printed("Friday")) == 1
    assert printed("Monday") == []


def test_an_update_is_led_by_what_has_changed_and_borne_out_by_what_else_tells_it():
    planned = "Governor Ines Holt will sign the harbour levy of Vesk on Thursday, her office said."
    signed = "Governor Ines Holt signed the harbour levy of Vesk on Thursday."
    beside = "The harbour levy of Vesk became law on Thursday under the hand of Governor Ines Holt, her office said."
    first = issue(at("a", planned, 1.5, "Coast Radio"), now=NOW - DAY)
    today = at("c", signed, 0.4, "Daily Ledger"), at("d", beside, 0.3, "Coast Radio")
    second = issue(*today, history=remembered(first))
    [entry] = [entry for entry in entries(second.brief) if entry.changes]
    assert (entry.line.text, entry.origins) == (signed, 2)
    assert [one.quote for one in entry.line.citations] == [signed, beside]
    assert [change.n for change in entry.changes] == [(1,)]


def test_what_was_planned_and_is_done_is_an_update():
    planned = "Governor Ines Holt will sign the harbour levy of Vesk on Thursday, her office said."
    signed = "Governor Ines Holt signed the harbour levy of Vesk on Thursday."
    first = issue(at("a", planned, 1.5, "Coast Radio"), now=NOW - DAY)
    second = issue(at("c", signed, 0.4, "Daily Ledger"), history=remembered(first))
    [entry] = [entry for entry in entries(second.brief) if entry.changes]
    [change] = entry.changes
    assert (change.kind, change.before, change.after) == ("outcome", "will sign", "signed")
    assert verify_brief(second.brief, second.articles, earlier={first.brief.date: first.brief}) == ()


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("for at least two weeks", "until at least July", ("for at least two weeks", "until at least July")),
        ("until Friday", "until March 20", ("until Friday", "until March 20")),
        ("until Friday", "until March 6", None),
        ("for 30 days", "through April 1", None),
        ("until early June", "until June 3", None),
        ("until next spring", "until March 20", None),
        ("for 24,000 years", "for another 40 million years", None),
    ],
)
def test_a_term_that_moved_is_an_update(before, after, moved):
    shut = "The fish market of Skelmar will stay shut {} after the fire in its hall, the harbour board said."
    old, new = (Side(text=shut.format(term), published=NOW - DAY * ago) for term, ago in ((before, 1), (after, 0)))
    found = [(move.before, move.after) for move in moves(old, new, near=0.9, same=0.9)]
    assert found == ([moved] if moved else [])
    assert not moves(old, new, near=0.9, same=0.6)
    assert not (moved and told_again(new.text, old=old.text, same=0.95))


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("The ferry Lark will sail on 9 March, Norra Lines said on Tuesday.",
         "Norra Lines has put back the first trip of the ferry Lark from 9 March to 2 April.", ("9 March", "2 April")),
        ("The Assembly in Vesk will vote on Friday on the levy.",
         "The Assembly in Vesk has put off its vote on the levy until 2 April.", ("on Friday", "until 2 April")),
        ("The hearing in Vesk begins on Friday.",
         "The hearing in Vesk was moved from Friday to Monday, the court said.", ("Friday", "Monday")),
        # the same report again, another day, and another thing
        ("The hearing in Vesk was moved to Monday from Friday.",
         "The hearing in Vesk was moved from Friday to Monday, the court said.", None),
        ("The hearing in Vesk begins on Thursday.",
         "The hearing in Vesk was moved from Friday to Monday, the court said.", None),
        ("A fair opens on Friday.", "The hearing in Vesk was moved from Friday to Monday, the court said.", None),
        # a day on which somebody spoke is no term
        ("The Assembly in Vesk will vote on the levy, it said on Friday.",
         "The Assembly in Vesk has put off its vote on the levy until 2 April.", None),
    ],
)  # fmt: skip
def test_a_day_that_was_put_off_is_an_update(old, new, moved):
    sides = (Side(text=text, published=NOW - DAY * ago) for text, ago in ((old, 1), (new, 0)))
    assert [(move.before, move.after) for move in moves(*sides, near=0.5, same=0.8)] == ([moved] if moved else [])


def test_a_figure_and_what_the_sentence_says_it_was_is_an_update():
    old = "The Osmark yard in Vesk will cut 120 jobs, its owner said."
    new = "The Osmark yard in Vesk will cut 150 jobs, up from the 120 announced on Tuesday."
    other = "The Osmark yard in Vesk will cut 150 jobs, fewer than the 120 of its rival."

    def found(text, same):
        sides = (Side(text=one, published=NOW - DAY * ago) for one, ago in ((old, 1), (text, 0)))
        return [(move.what, move.before, move.after) for move in moves(*sides, near=0.5, same=same)]

    assert found(new, 0.6) == [("jobs", "120", "150")]
    assert found(new, 0.4) == []
    assert found(new.replace(", up from the 120 announced on Tuesday", ""), 0.6) == []
    assert found(other, 0.9) == []


def test_talks_that_were_denied_may_be_agreed_and_completed():
    course = ["is not in talks to buy the Osmark yard", "has agreed to buy the Osmark yard",
              "has completed the purchase of the Osmark yard"]  # fmt: skip
    sides = [Side(text=f"Norra Lines {one} in Vesk.", published=NOW + DAY * day) for day, one in enumerate(course)]
    found = [moves(one, two, near=0.8, same=0.9) for one, two in itertools.pairwise(sides)]
    told = [(move.before, move.after) for one in found for move in one]
    assert told == [("not in talks", "agreed"), ("agreed", "completed")]


def test_what_came_out_before_the_telling_has_changed_nothing():
    late = replace(at("c", KILLED.replace("Twelve", "Seventeen"), 0.4, "Daily Ledger"), published=NOW - 2 * DAY)
    second = issue(late, history=replace(HISTORY, first_seen={"c": NOW}))
    assert second.brief.ledger.updated == 0


def test_a_change_that_its_quotes_do_not_bear_out_is_a_fault():
    later = KILLED.replace("Twelve", "Seventeen")
    second = issue(at("c", later, 0.4, "Daily Ledger"), history=HISTORY)
    [section] = second.brief.sections
    [story] = section.stories
    [entry] = [entry for entry in story.topics if entry.changes]
    for wrong in ({"before": "eleven"}, {"after": "eighteen"}, {"quote": LEVY}, {"n": (9,)}, {"n": ()}):
        changed = replace(entry, changes=(replace(entry.changes[0], **wrong),))
        brief = replace(
            second.brief, sections=(replace(section, stories=(replace(story, topics=(changed,)),)),)
        )  # fmt: skip
        assert any("change" in problem.fault for problem in verify_brief(brief, second.articles)), wrong


def test_a_copy_with_a_new_toll_is_an_update_though_its_first_version_was_read():
    wide = CONFIG.model_copy(update={"window": WindowConfig(hours=48, overlap_hours=48)})
    more = "The wreck lies in sixty metres of water, and divers went down at dawn. " * 2
    first = at("a", f"{KILLED} {more}", 1.5, "Coast Radio")
    earlier = issue(first, now=NOW - DAY)
    later = at("b", f"{KILLED.replace('Twelve', 'Seventeen')} {more}", 0.4, "Daily Ledger")
    later = replace(later, text=later.text.replace(FILLER["b"], FILLER["a"]))
    second = issue(first, later, history=remembered(earlier), config=wide)
    [entry] = entries(second.brief)
    assert entry.line.text.startswith("Seventeen")
    assert [(change.before, change.after) for change in entry.changes] == [("twelve", "seventeen")]
    assert second.brief.ledger.copies == 1


def test_what_was_told_is_background_and_the_rest_is_new():
    again = "The Assembly in Vesk voted by 61 to 56 to raise the fuel levy on Sunday."
    other = "Snow closed the road from Vesk to Hollin, the roads agency said."
    second = issue(at("c", again, 0.4, "Daily Ledger"), at("d", other, 0.3, "Norra Wire"), history=HISTORY)
    assert other in lines(second)
    assert again not in lines(second)
    [told] = backgrounds(second.brief)
    assert (told.text, told.issue, told.link) == (LEVY, FIRST.brief.date, "https://a.example/")
    assert second.brief.ledger.running == 1
    assert verify_brief(second.brief, second.articles, earlier={FIRST.brief.date: FIRST.brief}) == ()
    wrong = {FIRST.brief.date: replace(FIRST.brief, sections=())}
    assert any("did not print" in one.fault for one in verify_brief(second.brief, second.articles, earlier=wrong))


def test_a_repetition_with_a_new_figure_or_name_is_not_swallowed():
    for more in (LEVY.replace("61 to 56", "71 to 46"), LEVY.replace("Vesk", "Skelmar")):
        second = issue(at("c", more, 0.4, "Daily Ledger"), history=HISTORY)
        assert more in lines(second)


def test_a_denial_of_what_was_told_is_not_swallowed():
    denied = "The Assembly in Vesk has not voted by 61 to 56 on Sunday to raise the fuel levy."
    second = issue(at("c", denied, 0.4, "Daily Ledger"), history=HISTORY)
    assert denied in lines(second)


def test_the_articles_of_the_last_issue_give_nothing_new():
    wide = CONFIG.model_copy(update={"window": WindowConfig(hours=48, overlap_hours=48)})
    articles = (at("a", f"{KILLED} {LEVY}", 1.5, "Coast Radio"), at("b", PORT, 1.4, "Daily Ledger"))
    second = issue(*articles, history=HISTORY, config=wide)
    assert list(entries(second.brief)) == []
    assert second.brief.ledger.running == second.brief.ledger.topics == 5
    assert {told.issue for told in backgrounds(second.brief)} == {FIRST.brief.date}


def test_what_a_publisher_added_to_an_article_is_new():
    wide = CONFIG.model_copy(update={"window": WindowConfig(hours=48, overlap_hours=48)})
    before = at("a", f"{KILLED} {LEVY}", 1.5, "Coast Radio")
    more = "Divers reached the wreck in the Norra strait at noon."
    after = replace(before, id="a2", text=f"{before.text} {more}")
    history = replace(HISTORY, edited=(Edited(issue=FIRST.brief.date, before=before, after=after, quotes=(KILLED,)),))
    second = issue(after, history=history, config=wide)
    assert lines(second) == [more]
    assert second.brief.edits == ()


def test_an_edited_citation_stands_in_the_brief():
    before = at("a", f"{KILLED} {LEVY}", 1.5, "Coast Radio")
    after = replace(before, id="a2", text=before.text.replace("Twelve", "Eleven"))
    history = replace(HISTORY, edited=(Edited(issue=FIRST.brief.date, before=before, after=after, quotes=(KILLED,)),))
    second = issue(at("d", PORT.replace("Skelmar", "Hollin"), 0.3, "Norra Wire"), history=history)
    [edit] = second.brief.edits
    assert [part.text for part in edit.parts if part.kind != "same"] == ["Twelve", "Eleven"]
    assert verify_brief(second.brief, second.articles) == ()


def test_an_old_toll_is_not_told_after_the_newer_one():
    later = KILLED.replace("Twelve", "Seventeen")
    second = issue(at("c", later, 0.4, "Daily Ledger"), history=HISTORY)
    both = History(until=NOW, told=(*remembered(second).told, *HISTORY.told))
    third = issue(at("e", KILLED, -0.5, "Norra Wire"), now=NOW + DAY, history=both)
    assert KILLED not in lines(third)
    assert third.brief.ledger.updated == 0


def test_the_same_history_gives_the_same_bytes():
    later = KILLED.replace("Twelve", "Seventeen")
    articles = [at("c", later, 0.4, "Daily Ledger"), at("d", PORT, 0.3, "Norra Wire")]
    first, second = (issue(*some, history=HISTORY) for some in (articles, articles[::-1]))
    assert brief_to_json(first.brief) == brief_to_json(second.brief)


RAISED = "The Assembly in Vesk raised the fuel levy on Sunday after a vote of 61 to 56."
IN_OTHER_WORDS = "With 61 votes to 56, the fuel levy was raised by the Assembly on Sunday."


def told_again(text, *, same, old=RAISED, ago=1.5, at_once=0.0, dated=True, **more):
    """Whether a sentence is told already by an issue that printed `old` `ago` days ago and tells its fact so likely.

    Its article came out now, or `at_once` days after that of `old`, or has no date.
    """
    first = issue(at("a", old, ago, "Coast Radio"), now=NOW - (ago - 0.5) * DAY)
    history = remembered(first)
    texts = told_texts(history)
    memory = remember(history, WordEncoder().encode(list(texts)))
    [lead, vector] = WordEncoder().encode([old, text])
    statement = Statement(id="s", article_id="b", text=text, start=0, end=len(text), position=0)
    rows = dict.fromkeys(range(len(texts)), same)
    published = NOW - (ago - at_once) * DAY if at_once else NOW
    published = published if dated else None
    verdict = judge(statement, published, memory, vector=vector, lead=lead, same=rows, **more)
    return verdict is not None and not verdict.moves


def moved_since(text, *olds, same=0.9):
    """From what to what a sentence moves what issues printed in these sentences, one a day, the last one yesterday."""
    issues = [
        issue(at("a", old, days + 0.5, "Coast Radio"), now=NOW - days * DAY)
        for days, old in enumerate(reversed(olds), start=1)
    ]
    history = History(until=NOW - DAY, told=tuple(told for one in issues for told in remembered(one).told))
    texts = told_texts(history)
    memory = remember(history, WordEncoder().encode(list(texts)))
    [vector] = WordEncoder().encode([text])
    statement = Statement(id="s", article_id="b", text=text, start=0, end=len(text), position=0)
    rows = {row: same for row, told in enumerate(texts) if told in olds}
    verdict = judge(statement, NOW, memory, vector=vector, lead=vector, same=rows)
    return [(move.before, move.after) for move in verdict.moves] if verdict else []


def test_a_change_counts_from_the_latest_issue_that_told_it():
    ill = "After the storm off Osmark {} are now treated in hospital, doctors in Vesk said."
    first, later = ill.format("12 passengers"), ill.format("about 24 passengers")
    assert moved_since(later, first) == [("12", "about 24")]
    climbed = "Doctors in Vesk said those treated in hospital after the storm off Osmark were now 21."
    assert moved_since(later, first, climbed) == []
    toll = "When a ferry sank off Osmark on Monday, {} were killed, the coastguard in Vesk said."
    nine, eleven, last = (toll.format(f"{count} people") for count in ("nine", "eleven", "fourteen"))
    assert moved_since(last, nine, eleven) == [("eleven", "fourteen")]
    broken, agreed = (f"Norra Lines and the dockers of Vesk {end} on pay." for end in ("broke down talks", "agreed"))
    again = "Norra Lines and the dockers of Vesk agreed on pay and on hours."
    assert moved_since(again, broken) == [("broke down", "agreed")]
    assert moved_since(again, broken, agreed) == []


WORDY = "Hauliers jeered and wept when the Assembly raised the fuel levy by 61 votes to 56."


def test_a_fact_in_other_words_is_told_when_the_judge_thinks_so():
    assert told_again(IN_OTHER_WORDS, same=0.4)
    assert not told_again(IN_OTHER_WORDS, same=0.3)


def test_the_surer_the_judge_the_more_words_may_be_new():
    assert told_again(WORDY, same=0.9)
    assert not told_again(WORDY, same=0.4)


def test_of_what_came_late_only_what_it_tells_otherwise_is_news():
    more = "Ines Holt jeered when the Assembly in Vesk raised the fuel levy by 40 crowns, wept and sang on Sunday."
    assert not told_again(more, same=0.65)
    assert told_again(more, same=0.35, at_once=0.1)
    assert told_again(more, same=0.3, at_once=0.1)  # most of its words are known
    assert not told_again(
        more.replace("Assembly in Vesk", "band of Tarvik's old choir, all in red,"), same=0.3, at_once=0.1
    )
    assert not told_again(more, same=0.2, at_once=0.1)
    assert not told_again(more, same=0.65, ago=3, at_once=2.0)
    assert not told_again(more, same=0.65, at_once=1.0)  # after the last issue ended
    assert not told_again(more.replace("raised", "failed to raise"), same=0.95, at_once=0.1)
    assert told_again(more.replace("raised", "raised, failing to ease fears,"), same=0.65, at_once=0.1)
    assert told_again(more.replace("wept", "resigned"), same=0.35, at_once=0.1)
    old = "The Assembly in Vesk raised the fuel levy to 40 crowns on Sunday."
    assert told_again(old.replace("raised", "angrily raised"), old=old, same=0.85, at_once=0.1)
    assert not told_again(old.replace("40", "50"), old=old, same=0.85, at_once=0.1)
    assert not told_again(old.replace("raised", "never raised"), old=old, same=0.85, at_once=0.1)
    old = "People were killed when the ferry sank off Osmark on Sunday."
    five = old.replace("People", "Five people")
    assert not told_again(five, old=old, same=0.95, at_once=0.1)
    assert told_again(five.replace("ferry", "30-metre ferry"), old=five, same=0.95, at_once=0.1)


def test_what_came_late_is_compared_with_its_half_day_however_unlike_the_words():
    texts = told_texts(HISTORY)
    memory = remember(HISTORY, WordEncoder().encode(list(texts)))
    [unlike] = WordEncoder().encode(["Zebras galloped."])
    assert not nearest_told(memory, unlike, NOW)
    assert not nearest_told(memory, unlike, None)
    assert sorted(nearest_told(memory, unlike, NOW - 1.2 * DAY)) == list(range(len(texts)))
    half_a_day = nearest_told(memory, unlike, NOW - 1.95 * DAY)
    assert (texts.index(KILLED) in half_a_day, texts.index(PORT) in half_a_day) == (True, False)
    [like] = WordEncoder().encode([PORT])
    assert nearest_told(memory, like, NOW) == [texts.index(PORT)]


def test_what_has_no_date_is_told_by_a_sure_judge():
    more = "Ines Holt jeered when the Assembly in Vesk raised the fuel levy by 40 crowns, wept and sang on Sunday."
    assert told_again(more, same=0.9, dated=False)
    assert not told_again(more, same=0.85, dated=False)
    assert not told_again(more.replace("raised", "failed to raise"), same=0.9, dated=False)


def test_a_figure_in_a_name_that_was_told_is_no_figure():
    old, other = "A hole lets anyone run code on a Skelmar server.", "The hole is called CVE-2031-41877."
    fact, story = known_from([old]), known_from([old, other])
    assert not adds("The hole, CVE-2031-41877, lets anyone run code on a Skelmar server.", old, fact=fact, story=story)
    assert adds("The hole lets anyone run code on 41877 Skelmar servers.", old, fact=fact, story=story)


def test_what_both_say_of_their_days_tells_which_is_later():
    evening = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)
    struck, agreed = "Senators struck a deal on Tuesday.", "The governor agreed to the deal on Wednesday."
    assert is_later(agreed, evening + DAY, struck, evening)
    assert not is_later(struck, evening + DAY, struck, evening)
    assert not is_later(agreed, evening + DAY, "Senators struck a deal.", evening)
    gone = "A girl has been missing in Olm since Sunday, police said on Monday."
    found = "The girl who had been missing in Olm since Sunday was found in a barn on Wednesday, police said."
    assert is_later(found, evening + DAY, gone, evening - DAY)
    assert not is_later(gone.replace("Monday", "Tuesday"), evening + DAY, gone, evening - DAY)


def test_what_happened_after_the_telling_is_new():
    old = "A mediator tentatively brought the dockers of Tarvik to an agreement."
    assert told_again(
        "The dockers of Tarvik were tentatively brought to an agreement by a mediator.", old=old, same=0.95
    )
    assert not told_again("The dockers of Tarvik were brought to an agreement by a mediator.", old=old, same=0.95)
    for old, gone_on in (("The ferry is due to stop at Tarvik.", True), ("The ferry stopped at Tarvik due to fog.", False)):
        assert adds("The ferry stopped at Tarvik.", old, fact=known_from([old]), story=known_from([old])) is gone_on
    monday, tuesday = ("The dockers of Tarvik walked out again on " + day for day in ("Monday.", "Tuesday."))
    assert told_again(monday, old=monday, same=0.95)
    assert not told_again(tuesday, old=monday, same=0.95)


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("until Friday", True), ("until at least Friday", True), ("until March 6", True),
        ("until Monday", False), ("until the end of next Monday", False),
    ],
)  # fmt: skip
def test_another_term_is_news(term, told):
    old = "Storms keep the port of Skelmar shut until Friday, not until the boats of Monday come."
    assert told_again(old.replace("until Friday", term), old=old, same=0.95) == told


def test_a_day_that_both_name_is_no_later_one():
    old = "Storms will keep the ferries of Skelmar in port on 20 March, the harbour office of the town said."
    assert told_again(old, old=old, same=0.95)
    assert not told_again(old.replace("20 March", "21 March"), old=old, same=0.95)


def test_a_new_week_tells_of_another_last_week():
    old = "The number of boats that called at Vesk fell to a new low last week, the harbour office said."
    assert told_again(old, old=old, same=0.95, ago=2)
    assert not told_again(old, old=old, same=0.95, ago=7)


def test_a_fragment_is_known_only_where_the_judge_is_sure():
    assert told_again("The Assembly raised it.", same=0.95)
    assert not told_again("The Assembly raised it.", same=0.8)
    # the words that say when are none of its own where it names nobody
    old = "By late Sunday night the levy had been raised again by the Assembly in Vesk."
    assert told_again("By late Sunday night the levy in Vesk had been raised.", old=old, same=0.8)
    assert not told_again("By late Sunday night the levy had been raised.", old=old, same=0.8)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # who says it is no news where nobody was named; a longer form of a name is none either
        (RAISED, f"{IN_OTHER_WORDS[:-1]}, Norra Wire reported.", True),
        (f"{RAISED[:-1]}, Ines Holt said.", f"{IN_OTHER_WORDS[:-1]}, Jon Vale said.", False),
        (RAISED.replace("Assembly in Vesk", "Harbour Council of Vesk"),
         RAISED.replace("Assembly in Vesk", "Vesk Harbour City Council"), True),
        # nor is how many said it, and that it was the first; a vote is one however it is written
        (RAISED, f"{IN_OTHER_WORDS[:-1]}, two officials said.", True),
        (RAISED, IN_OTHER_WORDS.replace("the fuel levy", "the first fuel levy"), True),
        (RAISED, IN_OTHER_WORDS.replace("the fuel levy", "the second fuel levy"), False),
        (RAISED.replace("61 to 56", "61-56"), RAISED.replace("61 to 56", "61-to-56"), True),
        (RAISED.replace("61 to 56", "61-56"), IN_OTHER_WORDS, True),
        (RAISED, RAISED.replace("61 to 56", "61-55"), False),
        # what a figure was before is none, nor that it is more than somebody expected
        (RAISED, RAISED.replace("levy on", "levy from the old 40 crowns to 50 crowns on"), False),
        ("The levy in Vesk rose to 6 crowns, more than expected.",
         "The levy in Vesk rose to 6 crowns from a revised 4 crowns.", True),
        ("The levy in Vesk rose to 6 crowns.", "The levy in Vesk rose to 6 crowns, faster than the 4 crowns before.", True),
        ("The levy in Vesk rose to 6 crowns.", "The levy in Vesk rose to more than 4 crowns.", False),
        ("The quay in Vesk cost $6 million.", "The quay in Vesk cost $6 million and the pier £5 million.", False),
        # a negation is told when the same thing was negated, and only then
        ("The Assembly in Vesk did not raise the fuel levy.", "The fuel levy was not raised by the Assembly in Vesk.", True),
        (RAISED, "The fuel levy was not raised by the Assembly in Vesk on Sunday.", False),
        ("The Assembly in Vesk did not raise the fuel levy.", "The fuel levy was raised by the Assembly in Vesk.", False),
        # nor what has no deed behind it: "after the harbour", not "after it closed"
        ("The Assembly in Vesk named a quay for Ada Quist.", "The Assembly in Vesk called a quay after Ada Quist.", True),
        # the same of another name, be it known from elsewhere
        (f"{RAISED[:-1]}, as that of Skelmar did.", RAISED.replace("Vesk", "Skelmar"), True),
        (RAISED, RAISED.replace("Vesk", "Skelmar"), False),
    ],
)  # fmt: skip
def test_what_is_a_detail_and_what_is_none(old, new, told):
    assert told_again(new, old=old, same=0.8) == told


def test_the_surer_the_judge_the_more_names_are_a_detail_but_for_another_place():
    one, two = (f"{RAISED[:-1]}, while Ines Holt{other} watched." for other in ("", " and Jon Vale"))
    assert told_again(one, same=0.75)
    assert not told_again(one, same=0.65)
    assert told_again(two, same=0.95)
    assert not told_again(two, same=0.85)
    assert not told_again(RAISED.replace("in Vesk", "in Hollin"), same=0.95)


def test_ages_and_hours_are_a_detail_where_a_name_is():
    more = RAISED.replace("on Sunday", "at 6 p.m. on Sunday")
    assert told_again(more, same=0.75)
    assert not told_again(more, same=0.65)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (RAISED, IN_OTHER_WORDS.replace("56", "55")),
        (RAISED, f"{IN_OTHER_WORDS[:-1]}, and hauliers blocked motorways, bridges and harbours in protest at once."),
        ("The Assembly in Vesk will raise the fuel levy on Sunday.", "The Assembly raised the fuel levy on Sunday."),
        ("The Assembly in Vesk raised the fuel levy.", "The Assembly in Vesk failed to raise the fuel levy."),
        (
            "Norra Lines has called off the talks over the port of Vesk.",
            "Norra Lines is in talks over the port of Vesk.",
        ),
        ("The harbour master of Vesk agreed to resign.", "The harbour master of Vesk resigned."),
        (
            "The harbour court fined the pilot Jon Vale for taking bribes.",
            "The pilot Jon Vale has appealed, a day after the harbour court fined him for taking bribes.",
        ),
        (
            "The harbour court in Vesk convicted the pilot Jon Vale of taking bribes.",
            "The pilot Jon Vale has appealed against his conviction for taking bribes by the harbour court in Vesk.",
        ),
        (
            "Ada Quist won the vote in Tarvik by 412 votes.",
            "The harbour court ordered a recount of the vote in Tarvik, which Ada Quist won by 412 votes.",
        ),
        (
            "Norra Lines is in talks over the port of Vesk.",
            "Norra Lines has pulled out of the talks over the port of Vesk.",
        ),
    ],
)
def test_what_adds_to_a_fact_is_not_told_however_sure_the_judge_is(old, new):
    assert not told_again(new, old=old, same=0.99)


WRONG = "Seventeen people were killed when a ferry sank off Osmark on Monday, the coastguard said."
NOTICE = (
    "An article on Tuesday said that seventeen people had been killed. "
    "When the ferry sank off Osmark the number of people killed was twelve, not seventeen. "
    "The story also gave the wrong name of the ferry."
)


def corrected(title="Correction: Ferry off Osmark", outlet="Coast Radio", text=NOTICE, wrong=WRONG):
    first = issue(at("a", f"{wrong} {LEVY}", 1.5, "Coast Radio"), now=NOW - DAY)
    notice = replace(at("c", text, 0.4, outlet), title=title)
    second = issue(notice, at("d", PORT, 0.3, "Norra Wire"), history=remembered(first))
    assert verify_brief(second.brief, second.articles, earlier={first.brief.date: first.brief}) == ()
    return second


def test_what_an_outlet_takes_back_stands_under_corrections():
    second = corrected()
    [edit] = second.brief.edits
    assert (edit.issue, edit.before) == (NOW.date() - DAY, WRONG)
    assert edit.after == "When the ferry sank off Osmark the number of people killed was twelve, not seventeen."
    assert (edit.title, edit.link) == ("Correction: Ferry off Osmark", "https://c.example/")
    assert {one.text for one in second.trace.omitted if one.reason == "retracted"} == {
        "An article on Tuesday said that seventeen people had been killed.",
        "The story also gave the wrong name of the ferry.",
    }


def test_a_figure_of_three_digits_needs_fewer_words_to_be_taken_back():
    notice = "An article said that {0} passengers were aboard the ferry off Osmark. It was {1}, not {0}."
    told = (
        "A list of the {} who bought tickets for the Monday ferry to Tarvik was found in the harbour office of Osmark."
    )
    few, many = (
        corrected(wrong=told.format(wrong), text=notice.format(wrong, right)).brief.edits
        for wrong, right in ((37, 31), (4210, 4120))
    )
    assert (len(few), len(many)) == (0, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Ferry off Osmark"},
        {"title": "Corrections officers of Osmark strike"},
        {"title": "Correction in shares of Osmark deepens"},
        {"outlet": "Daily Ledger"},
        {"text": NOTICE.replace("not seventeen", "not nineteen")},
        {
            "text": "The Assembly in Vesk has 12 members from Skelmar, not seventeen. The office of its clerk is at the quay."
        },
    ],
)
def test_nothing_else_is_taken_back(other):
    assert corrected(**other).brief.edits == ()
