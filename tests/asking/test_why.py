"""Why an article is where it is: asked of issues made on the spot, in every way that an article can end."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from digest.asking.fates import Reasons, statement_fates
from digest.asking.issues import kept
from digest.asking.why import why
from digest.cli import main
from digest.config import Config, LinesConfig, load_config
from digest.contract import brief_to_json
from digest.counting import counted
from digest.deliver.outputs import issue_texts, write_texts
from digest.models import Article, Citation, Failure, entries
from digest.pipeline import build_brief
from digest.store import Database
from digest.store.articles import Reading, keep_reading
from digest.summarize import load_summarizer
from tests.fakes import WordEncoder

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
CONFIG = """
[brief]
title = "Mine"
max_lines = 2
[window]
hours = 24
[lines]
max_citations = 2
[topics]
threshold = 0.2
[[sources]]
feed = "https://ledger.example/rss"
name = "Ledger feed"
"""
TOLL = "Three people were killed and 35 injured when a ferry and a tanker collided off Osmark, the governor said."
PORT = "The port of Osmark will stay closed until Friday, the harbour authority said on Tuesday evening."
SNOW = "Heavy snow closed the mountain road between Tarvik and Lindhaven for six hours on Tuesday."
MUSIC = "The Lindhaven orchestra opened its season with a new violin concerto by Ida Brandt."
RESCUE = "Rescuers in eleven boats looked for survivors until dawn, according to the coastguard's own log."
QUESTION = "Have you been affected by the collision?"


def article(key, outlet, title, *sentences, hours=6, **more):
    link = f"https://{outlet.split()[0].casefold()}.example/{key}?id={key}"
    values = {"link": link, "published": NOW - timedelta(hours=hours), "source": f"articles/{key}.txt", **more}
    return Article(id=key, title=title, outlet=outlet, text="\n\n".join(sentences), **values)


ARTICLES = (
    article("a" * 12, "Coast Radio", "Ferry and tanker collide", TOLL, PORT, MUSIC, SNOW),
    article("b" * 12, "Newsbox", "Ferry, tanker collide", TOLL, PORT, MUSIC, SNOW, QUESTION),
    article("c" * 12, "Meridian Post", "Three dead off Osmark", RESCUE, QUESTION),
    article("d" * 12, "Harbour Times", "Last week at sea", "A whale was seen off Osmark last week.", hours=90),
    article("e" * 12, "Inland News", "Dated tomorrow", "A fair will open at Vesk on Thursday.", hours=-12),
)
FAILURES = (
    Failure(source="Ledger feed", reason="404 not found"),
    Failure(source="articles/night-watch.docx", reason="digest reads no such files"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A configuration with one issue of the articles above."""
    home = tmp_path_factory.mktemp("home")
    (home / "digest.toml").write_text(CONFIG, encoding="utf-8")
    config = load_config(home / "digest.toml")
    issue = build_brief(
        ARTICLES, config=config, encoder=WordEncoder(), summarizer=load_summarizer(config.lines), now=NOW,
        failures=FAILURES,
    )  # fmt: skip
    folder = home / "outputs" / "2026-03-04"
    trace = replace(issue.trace, again={"c" * 12: ("older/copied.md",)})
    write_texts(folder, issue_texts(issue.brief, articles=issue.articles, trace=trace, rendered={}))
    return home


@pytest.fixture
def ask(home):
    return lambda question, target=home / "digest.toml": why(question, kept(target))


@pytest.mark.parametrize(
    "question",
    ["https://www.meridian.example/cccccccccccc?id=cccccccccccc&utm_source=x#y", "meridian.example", "c" * 12,
     "three DEAD osmark", "meridian post"],
)  # fmt: skip
def test_an_article_is_found_by_address_id_title_and_outlet(ask, question):
    [fate] = ask(question).fates
    assert fate.article_id == "c" * 12
    assert (fate.folder, fate.label) == ("2026-03-04", "Meridian Post")


@pytest.mark.parametrize("folder", ["", "articles/", "./articles/", "/somewhere/else/articles/"])
def test_an_article_is_found_by_its_file(ask, folder):
    [fate] = ask(f"{folder}{'c' * 12}.txt").fates
    assert fate.article_id == "c" * 12
    [outside] = ask(f"{folder}{'d' * 12}.txt").fates
    assert outside.state == "outside"


def test_an_article_is_found_by_every_file_that_it_stands_in(ask, home):
    [fate] = ask("copied.md").fates
    assert (fate.article_id, fate.again) == ("c" * 12, ("older/copied.md",))
    told = CliRunner().invoke(main, ["why", "copied.md", str(home / "digest.toml")]).output
    assert f"{'c' * 12}.txt and older/copied.md" in " ".join(told.split())


def test_each_sentence_says_what_became_of_it(ask):
    [fate] = ask("a" * 12).fates + ask("b" * 12).fates[1:]
    whole = ask("Newsbox").fates[0] if fate.state == "copy" else fate
    states = {one.text: one for one in whole.statements}
    assert whole.state == "cited"
    assert states[TOLL].state in ("cited", "not cited")
    assert states[TOLL].line
    kept_out = [one for one in whole.statements if one.state == "not printed"]
    assert len(kept_out) >= 2  # of five topics the brief prints two
    assert all(one.why.endswith("5 topics by importance, fell below the cut (brief.max_lines = 2)") for one in kept_out)
    assert [one.start for one in whole.statements] == sorted(one.start for one in whole.statements)


def test_a_copy_names_its_original_and_how_much_is_in_both(ask):
    [copy] = [fate for key in ("a" * 12, "b" * 12) for fate in ask(key).fates if fate.state == "copy"]
    other = {"Coast Radio": "Newsbox", "Newsbox": "Coast Radio"}[copy.label]
    assert copy.why.startswith(f"it is a copy of {other}: “Ferry")
    assert "100% of the shorter text's word runs" in copy.why
    assert "copies.threshold = 0.5" in copy.why
    assert copy.statements == ()


def test_what_is_no_statement_says_why(ask):
    [fate] = [one for one in ask("been affected by the collision").fates if one.label == "Meridian Post"]
    [left] = fate.statements
    assert (left.state, left.text, left.why) == ("left out", QUESTION, "it is no statement: question")


def test_only_the_sentences_that_were_asked_for_are_told(ask):
    answer = ask("violin concerto")
    assert answer.asked_by == "words"
    [fate] = answer.fates
    assert [one.text for one in fate.statements] == [MUSIC]


def test_words_of_several_sentences_give_those_that_hold_most_of_them(ask):
    [fate] = ask("survivors boats affected dawn").fates
    assert fate.article_id == "c" * 12
    assert [one.text for one in fate.statements] == [RESCUE]
    assert ask("survivors boats violin").fates == (), "no article holds all of these"


def test_what_lies_outside_the_window_says_at_which_end(ask):
    [old], [early] = ask("last week at sea").fates, ask("inland.example").fates
    assert old.state == early.state == "outside"
    assert old.why == "it was published before the window, which begins 2026-03-03 07:00 UTC"
    assert early.why == "it is dated after the issue, whose window ends 2026-03-04 07:00 UTC"


def test_where_nothing_is_found_the_source_that_failed_is_named(ask):
    address = ask("https://ledger.example/news/1")
    assert [(one.source, one.reason) for one in address.failed] == [("Ledger feed", "404 not found")]
    for nothing in (ask("https://nowhere.example/1"), ask("https://www.meridian.example/never-listed")):
        assert (nothing.fates, nothing.failed) == ((), ())
    assert ask("???").fates == ()


@pytest.mark.parametrize(
    "question", ["docx", "night watch", "night-watch.docx", "articles/night-watch.docx", "../articles/night-watch.docx"]
)
def test_what_could_not_be_read_is_found_by_its_name(ask, question):
    answer = ask(question)
    assert [one.source for one in answer.failed] == ["articles/night-watch.docx"]
    assert answer.fates == ()


def test_a_source_that_failed_is_named_beside_what_was_found(ask):
    assert ask("ledger").failed[0].reason == "404 not found"
    assert ask("articles/other.docx").failed == ()
    assert ask("articles/other.docx").fates == ()


def test_lines_are_counted_as_the_brief_counts_them(home, ask, tmp_path):
    [issue] = kept(home / "digest.toml").issues
    cited = {one.article_id: one.n for entry in entries(issue.brief) for one in entry.line.citations}
    key, n = min(cited.items())
    lines = sum(key in {one.article_id for one in entry.line.citations} for entry in entries(issue.brief))
    assert ask(key).fates[0].why == f"it is source {n}, cited by {counted(lines, 'line')}"
    bare = replace(issue.brief, sections=())  # as where it is only named below a line, for a figure of its own
    write_texts(tmp_path / "x", {"brief.json": brief_to_json(bare), "sources.jsonl": issue_file(issue, "sources.jsonl"),
                                 "trace.json": issue_file(issue, "trace.json")})  # fmt: skip
    assert why(key, kept(tmp_path)).fates[0].why == f"it is source {n}, named below a line, and cited by none"


def issue_file(issue, name):
    return (issue.path / name).read_text(encoding="utf-8")


def test_issues_need_no_configuration(home):
    [fate] = why("c" * 12, kept(home / "outputs")).fates
    assert fate.state in ("cited", "unused")
    [copy] = [
        one for key in ("a" * 12, "b" * 12) for one in why(key, kept(home / "outputs")).fates if one.state == "copy"
    ]
    assert "threshold" not in copy.why


# --- beside a printed line ----------------------------------------------------------------------------------------------


@pytest.fixture
def told(example_issue):
    """The fates of all sentences of the bundled example, by state."""
    reasons = Reasons(brief=example_issue.brief, trace=example_issue.trace, config=None)
    articles = {one.id: one for one in example_issue.articles}
    leading = [articles[one.article_id] for one in example_issue.brief.sources if one.fate != "copy"]
    return [one for article in leading for one in statement_fates(article, reasons)], reasons, leading


def test_every_sentence_of_the_example_has_one_fate(told, example_issue):
    fates, _, _ = told
    statements = sum(len(topic.statements) for topic in example_issue.trace.topics)
    assert len(fates) == statements + len(example_issue.trace.omitted)
    cited = sum(len(entry.line.citations) for section in example_issue.brief.sections
                for story in section.stories for entry in story.topics)  # fmt: skip
    assert sum(one.state == "cited" for one in fates) == cited
    assert {one.state for one in fates} == {"cited", "differs", "not cited", "not printed", "left out"}
    assert all(one.why and one.start >= 0 for one in fates)
    differing = next(one for one in fates if one.state == "differs")
    assert "named below the line" in differing.why


def test_what_is_not_cited_is_told_for_sure_where_the_configuration_is_known(told):
    _, reasons, leading = told
    known = replace(reasons, config=Config(lines=LinesConfig(max_citations=9)))
    sure = [one.why for article in leading for one in statement_fates(article, known) if one.state == "not cited"]
    guessed = [one.why for article in leading for one in statement_fates(article, reasons) if one.state == "not cited"]
    assert "it was not found to bear out all that the line says" in sure
    assert "it was not found to bear out all that the line says, or enough others are cited already" in guessed


def test_other_reasons_are_told_in_words(told):
    _, reasons, leading = told

    def words(**changes):
        topic = next(one for one in reasons.trace.topics if one.fate == "below the cut")
        article = next(one for one in leading if one.id == topic.statements[0].article_id)
        trace = replace(reasons.trace, topics=(replace(topic, **changes),))
        found = statement_fates(article, replace(reasons, trace=trace))
        return next(one.why for one in found if one.text == topic.statements[0].quote)

    first = next(iter(reasons.printed.values()))
    assert words(fate=f"says what {first.id} says").endswith(f"says what {first.id} says: {first.line.text}")
    assert "cannot be read" not in words(fate="was told before")
    assert words(fate="was told before").endswith("1 topics by importance, was told before")
    assert "understood without its article" in words(fate="no sentence of it can stand alone")
    assert "was it changed" in words(fate="in the brief")
    assert words(rule="brief.min_origins = 2").endswith("fell below the cut (brief.min_origins = 2)")


def test_what_has_been_overtaken_says_so(told):
    _, reasons, leading = told
    topic = next(one for one in reasons.trace.topics if one.id in reasons.printed and len(one.statements) > 2)
    entry = reasons.printed[topic.id]
    cited = {(one.article_id, one.quote) for one in entry.line.citations}
    past = next(one for one in topic.statements if (one.article_id, one.quote) not in cited)
    article = next(one for one in leading if one.id == past.article_id)
    note = Citation(
        n=9, article_id=article.id, outlet=None, link=None, published=None, quote=past.quote, start=0,
        end=len(past.quote),
    )  # fmt: skip
    section = replace(
        reasons.brief.sections[0],
        stories=(replace(reasons.brief.sections[0].stories[0], topics=(replace(entry, past=(note,)),)),),
    )
    found = statement_fates(article, replace(reasons, brief=replace(reasons.brief, sections=(section,))))
    assert any("overtaken" in one.why and "[9]" in one.why for one in found if one.text == past.quote)


# --- what the store alone knows -----------------------------------------------------------------------------------------


def test_an_article_of_no_issue_is_known_from_the_store(home):
    with Database(home / "digest.sqlite") as database:

        def read(one, *, day):
            keep_reading(
                database, Reading(articles=[one], given={"x": [one.id]}), now=datetime(2026, 3, day, tzinfo=UTC)
            )

        old = article("f" * 12, "Far Gazette", "Whaling ended", "Whaling ended long ago.", hours=900)
        read(old, day=3)
        read(article("1" * 12, "Far Gazette", "Fresh", "A fresh text.", hours=-20), day=5)
        read(article("2" * 12, "Near Gazette", "Edited", "A first text.", link="https://near.example/e"), day=3)
        read(article("3" * 12, "Near Gazette", "Edited", "A second text.", link="https://near.example/e"), day=6)
    try:
        [fate] = why("whaling ended", kept(home / "digest.toml")).fates
        assert fate.folder is None
        assert fate.why == (
            "it was first read 2026-03-03 00:00 UTC; the issue after that, 2026-03-04, does not have it: "
            "it was published before the window, which begins 2026-03-03 07:00 UTC"
        )
        assert why("1" * 12, kept(home / "digest.toml")).fates[0].why.endswith("no issue has been made since")
        assert "3" * 12 in why("2" * 12, kept(home / "digest.toml")).fates[0].why
        assert why("whaling ended", kept(home / "outputs")).fates == ()
    finally:
        (home / "digest.sqlite").unlink()


# --- as a person asks ---------------------------------------------------------------------------------------------------


def call(*arguments):
    return CliRunner().invoke(main, ["why", *map(str, arguments)])


def test_as_a_person_asks(home, monkeypatch):
    monkeypatch.chdir(home)
    said = call("violin concerto")
    assert said.exit_code == 0
    assert f"  NOT PRINTED: {MUSIC}" in said.output
    assert "read from articles/" in said.output
    told = json.loads(call("violin concerto", "--json").output)
    assert told["fates"][0]["statements"][0]["state"] == "not printed"
    missed = call("https://ledger.example/1", "--since", "2026-03-01")
    assert missed.exit_code == 1
    assert "Not read: no such address or file among 3 articles of issue 2026-03-04." in missed.output
    assert "Failed on 2026-03-04: Ledger feed: 404 not found" in missed.output


def test_many_articles_are_cut_with_a_word(home, tmp_path):
    brief = kept(home / "digest.toml").issues[0].brief
    for day in range(10, 18):
        folder = tmp_path / f"2026-03-{day}"
        folder.mkdir()
        (folder / "brief.json").write_text(brief_to_json(replace(brief, date=brief.date.replace(day=day))))
        for name in ("sources.jsonl", "trace.json"):
            (folder / name).write_bytes((home / "outputs" / "2026-03-04" / name).read_bytes())
    said = call("c" * 12, tmp_path)
    assert "… and 2 more (--json has them all, more words find fewer)" in said.output
    assert said.output.index("issue 2026-03-17") < said.output.index("issue 2026-03-16")


def test_half_an_address_is_asked_for_like_any_other(ask):
    answer = ask("https://[bad")
    assert (answer.asked_by, answer.fates, answer.failed) == ("address", (), ())
