import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.config import BriefConfig, Config, SectionConfig, SeriesConfig
from digest.contract import brief_from_json, brief_to_json
from digest.errors import NoArticlesError, NothingNewError
from digest.models import Failure, entries
from digest.render import render
from digest.render.wording import read_words
from digest.trace import trace_from_json, trace_to_json
from digest.verify import verify_brief
from tests.fakes import WordEncoder, article
from tests.small_brief import ARTICLES, COLLISION, HOUR, LEVY, NOW, OWN, build


def test_one_fact_of_two_outlets_is_one_line_that_cites_both():
    brief = build().brief
    line = next(entry for entry in entries(brief) if "killing three" in entry.line.text or "killed" in entry.line.text)
    assert {citation.outlet for citation in line.line.citations} == {"Coast Radio", "Daily Ledger"}
    assert (line.outlets, line.origins) == (3, 2)


def test_a_copy_without_an_outlet_is_no_further_outlet():
    mute = article("f", COLLISION, published=NOW - 2 * HOUR)
    brief = build((*ARTICLES, mute)).brief
    assert (brief.ledger.outlets, brief.ledger.copies) == (4, 2)
    assert max(entry.outlets for entry in entries(brief)) == 3


def test_an_article_in_another_language_is_counted_and_told_nothing_of():
    foreign = article(
        "f", "警察によると、フェリーが月曜日に桟橋に衝突し、三人が負傷した。", published=NOW - 2 * HOUR, outlet="Minato"
    )
    brief = build((*ARTICLES, foreign)).brief
    assert brief.ledger.foreign == 1
    without = build().brief.ledger
    assert (brief.ledger.outlets, brief.ledger.origins) == (without.outlets, without.origins)
    assert read_words(brief.ledger) == read_words(without), "the head counts what the brief is made of"
    assert brief.ledger.articles == without.articles + 1
    assert "f" not in {citation.article_id for entry in entries(brief) for citation in entry.line.citations}
    assert build((foreign,)).brief.ledger.lines == 0


def test_the_ledger_adds_up():
    ledger = build(failures=[Failure(source="x.txt", reason="is empty")]).brief.ledger
    assert (ledger.articles, ledger.copies, ledger.origins, ledger.off_window, ledger.undated) == (5, 1, 3, 1, 1)
    assert ledger.topics >= ledger.lines + ledger.below_cut
    assert ledger.failures[0].source == "x.txt"


def test_every_line_holds():
    issue = build()
    assert list(entries(issue.brief))
    assert verify_brief(issue.brief, issue.articles) == ()


def test_a_tampered_brief_does_not_hold():
    issue = build()
    articles = [replace(a, text=a.text.replace("35", "36").replace("May", "June")) for a in issue.articles]
    faults = verify_brief(issue.brief, articles)
    assert any("is not in its article" in problem.fault for problem in faults)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_articles_changes_nothing(seed):
    shuffled = list(ARTICLES)
    random.Random(seed).shuffle(shuffled)
    first, second = build(), build(shuffled)
    assert brief_to_json(first.brief) == brief_to_json(second.brief)
    assert trace_to_json(first.trace) == trace_to_json(second.trace)


class _Listening(WordEncoder):
    def __init__(self):
        super().__init__()
        self.heard = []

    def encode(self, texts, /):
        self.heard.extend(texts)
        return super().encode(texts)


def test_only_titles_and_statements_of_origins_are_encoded():
    listening = _Listening()
    build(encoder=listening)
    titles = {f"Title of {name}" for name in "abd"}  # c is a copy, e is off the window
    sentences = {sentence for text in (COLLISION, OWN, LEVY) for sentence in text.replace(". ", ".|").split("|")}
    told = [text for text in listening.heard if text not in titles]
    assert titles <= set(listening.heard)
    assert set(told) <= sentences
    assert len(told) == len(set(told)) >= 6


def test_the_topics_of_a_trace_stand_in_the_order_of_the_importance_it_gives_them():
    """Three outlets tell of the ferry, each another part; the theatre has only one."""
    ferry = ("The ferry sank off Osmark.", "The ferry was built in Vesk.", "The ferry carried 40 lorries.")
    texts = ("A theatre opened in Lindhaven.", "The theatre of Lindhaven seats 900 people.", *ferry)
    outlets = ("Norra Wire", "Norra Wire", "Coast Radio", "Daily Ledger", "Osmark Courier")
    told = (
        article(name, text, outlet=outlet, published=NOW - hours * HOUR)
        for hours, (name, text, outlet) in enumerate(zip("abcde", texts, outlets, strict=True), start=2)
    )
    topics = build(tuple(told)).trace.topics
    assert [one.score for one in topics] == sorted((one.score for one in topics), reverse=True)
    assert {one.id for one in topics} == {f"t{number}" for number in range(1, len(topics) + 1)}


def test_brief_and_trace_survive_their_files():
    issue = build()
    assert brief_from_json(brief_to_json(issue.brief)) == issue.brief
    text = trace_to_json(issue.trace)
    assert trace_to_json(trace_from_json(text, subject="t")) == text


def test_sections_and_series():
    config = Config(
        sections=(SectionConfig(title="Politics", about=("vote in the Assembly on the levy",)),),
        series=SeriesConfig(name="Strait watch", first_day=datetime(2025, 11, 7, tzinfo=UTC).date()),
        brief=BriefConfig(timezone="Europe/Oslo"),
    )
    brief = build(config=config).brief
    assert (brief.title, brief.series.number) == ("Strait watch", 118)
    assert brief.sections[0].title == "Politics"
    assert any("Assembly" in e.line.text for story in brief.sections[0].stories for e in story.topics)


def test_nothing_in_the_window_is_an_error():
    with pytest.raises(NothingNewError, match="the only article is not of the window; the newest is of"):
        build([ARTICLES[4]])
    with pytest.raises(NoArticlesError):
        build([])


def test_an_article_from_the_future_is_left_out():
    later = replace(ARTICLES[1], id="z", published=NOW + HOUR)
    assert build([*ARTICLES, later]).brief.ledger.off_window == 2


def test_articles_without_statements_give_a_brief_without_lines():
    brief = build([article("a", "Hm.")]).brief
    assert brief.ledger.lines == 0
    assert "1 article" in render(brief, "brief.md.j2")


SENTENCES = st.sampled_from([*COLLISION.split(". "), *OWN.split(". "), "<script>alert(1)</script>", "He said “no”."])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(SENTENCES | st.text(max_size=80), min_size=1, max_size=5), min_size=1, max_size=4))
def test_whatever_the_articles_say_each_line_holds(texts):
    articles = [article(f"x{n}", ". ".join(parts), outlet=f"Outlet {n}") for n, parts in enumerate(texts)]
    issue = build(articles)
    assert verify_brief(issue.brief, issue.articles) == ()
    assert "<script" not in render(issue.brief, "brief.html.j2")
    for name in ("brief.md.j2", "prose.md.j2"):
        assert "<script" not in render(issue.brief, name).replace("\\<", "")  # escaped, it is text
