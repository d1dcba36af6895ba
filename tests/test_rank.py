from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.rank import story_gains, topic_score
from tests.fakes import article, topic

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
RAMP = "The ferry's bow ramp had been welded twice."
STRIKE = "The dockers of Osmark will strike until Friday."


def score(*topics, outlets=1):
    return [topic_score(one, outlets, now=NOW) for one in topics]


def told(text, *names, **fields):
    return topic(*((article(name, text, **fields), text) for name in names))


def test_what_the_title_says_comes_before_what_it_does_not():
    [ramp, strike] = [told(text, "a", title="Dockers of Osmark to strike until Friday") for text in (RAMP, STRIKE)]
    low, high = score(ramp, strike)
    assert low < high


def test_a_second_origin_outweighs_a_title():
    two = told(RAMP, "a", "b", title="")
    titled = told(STRIKE, "c", title="Dockers strike")
    high, low = score(two, titled)
    assert low < high


def test_copies_of_one_origin_count_once():
    pair = (article("a", STRIKE), STRIKE), (article("b", STRIKE), STRIKE)
    two, one = score(topic(*pair), topic(*pair, origins=("a", "a")))
    assert one < two


def test_the_score_does_not_depend_on_the_order_of_the_articles():
    names = ("a", "b", "c")
    made = [article(name, STRIKE, title=f"Strike {name} at Osmark until Friday") for name in names]
    pairs = [(of, STRIKE) for of in made]
    assert score(topic(*pairs)) == score(topic(*reversed(pairs)))


def test_news_of_today_comes_before_the_same_of_last_week():
    fresh = told(STRIKE, "a", published=NOW)
    stale = told(STRIKE, "a", published=NOW - timedelta(days=7))
    high, low = score(fresh, stale)
    assert low < high


def test_an_article_without_a_title_has_no_share_in_it():
    untitled = told(STRIKE, "a", title="")
    assert score(untitled) == score(topic((replace(article("a", STRIKE), title=""), STRIKE)))


def test_what_only_a_paywalled_stub_tells_comes_after_what_a_whole_article_does():
    stub, whole = told(STRIKE, "a", stub=True), told(STRIKE, "a")
    low, high = score(stub, whole)
    assert low < high
    pair = (article("a", STRIKE, stub=True), STRIKE), (article("b", STRIKE), STRIKE)
    both, apart = score(topic(*pair), topic(*((replace(one, stub=False), text) for one, text in pair)))
    assert both == apart, "a whole article beside it bears it out"


def test_what_only_a_comment_tells_comes_after_what_a_report_does():
    low, high = score(told(STRIKE, "a", tags=("Opinion",)), told(STRIKE, "a"))
    assert low < high


def test_a_story_that_several_outlets_tell_lifts_its_first_topics():
    topics = [
        told(RAMP, "a", outlet="Daily Ledger"),
        told(STRIKE, "b", outlet="Daily Ledger"),
        told("The ferry was built in Vesk.", "c", outlet="Coast Radio"),
        told("The inquiry opens on Friday.", "d", outlet="Coast Radio"),
        told("Osmark's mayor is on leave.", "e", outlet="Norra Wire"),
    ]
    first, alone, second, again, other = story_gains(topics, [0, 1, 0, 2, 2])
    assert first > second > alone == 0
    assert 0 < again == first, "two outlets tell it too"
    assert other == second


def test_one_outlet_does_not_lift_its_own_story():
    topics = [told(RAMP, "a", outlet="Daily Ledger"), told(STRIKE, "b", outlet="Daily Ledger")]
    assert story_gains(topics, [0, 0]) == [0, 0]


def test_a_story_of_one_origin_gains_nothing_by_its_outlets():
    topics = [
        topic((article("a", RAMP, outlet="Daily Ledger"), RAMP), origins=("wire",)),
        topic((article("b", STRIKE, outlet="Coast Radio"), STRIKE), origins=("wire",)),
    ]
    assert story_gains(topics, [0, 0]) == [0, 0]
