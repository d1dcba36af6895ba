"""A finished brief against its sources: each thing that can be changed in one is found."""

from dataclasses import replace

import pytest

from digest.verify import verify_brief
from tests.issues import ARTICLES, BRIEF, FIRST


def changed(**entry):
    """The brief with its one entry changed."""
    [section] = BRIEF.sections
    [story] = section.stories
    story = replace(story, topics=(replace(story.topics[0], **entry),))
    return replace(BRIEF, sections=(replace(section, stories=(story,)),))


def with_line(**line):
    return changed(line=replace(BRIEF.sections[0].stories[0].topics[0].line, **line))


def cited(**citation):
    first, second = BRIEF.sections[0].stories[0].topics[0].line.citations
    return with_line(citations=(replace(first, **citation), second))


def overtaken(**citation):
    """With the second citation, changed, as what was told before, too."""
    _, second = BRIEF.sections[0].stories[0].topics[0].line.citations
    return changed(past=(replace(second, **citation),))


def differing(value, n):
    [difference] = BRIEF.sections[0].stories[0].topics[0].differences
    first, second = difference.values
    return changed(differences=(replace(difference, values=(first, replace(second, value=value, n=n))),))


def retitled(title):
    [section] = BRIEF.sections
    story = replace(section.stories[0], title=title)
    return replace(BRIEF, sections=(replace(section, stories=(story,)),))


def listed(**source):
    first, second = BRIEF.sources
    return replace(BRIEF, sources=(replace(first, **source), second))


def faults(brief):
    return [problem.fault for problem in verify_brief(brief, ARTICLES)]


def test_an_untouched_brief_holds():
    assert faults(BRIEF) == []
    assert faults(overtaken()) == []


@pytest.mark.parametrize(
    ("brief", "told"),
    [
        (with_line(text=FIRST.replace("35", "36")), "the number “36” does not stand in what it cites"),
        (with_line(text=FIRST.replace("Halvard", "Halden")), "Halden” does not stand in what it cites"),
        (with_line(text=FIRST.replace("said", "sang")), "is not a sentence of its citations"),
        (with_line(text=FIRST.replace(", Governor Signe Halvard said", "")), "leaves out who says so, “Governor"),
        (with_line(text=FIRST.replace("died", "did not die")), "the negation “not” does not stand in what it cites"),
        (with_line(citations=()), "has no citation"),
        (with_line(claimed_by="Norra Lines"), "whose claim it is, “Norra Lines”, stands in none"),
        (cited(quote="Nobody died."), "the quote of citation [1] is not in its article"),
        (cited(start=1), "the quote of citation [1] is not in its article"),
        (cited(n=2), "citation [2] does not match the list of sources"),
        (cited(article_id="a9"), "citation [1] is to an article that sources.jsonl lacks"),
        (cited(link="https://evil.example/"), "citation [1] names another outlet, link or time"),
        (cited(outlet="Daily Ledger"), "citation [1] names another outlet, link or time"),
        (cited(published=None), "citation [1] names another outlet, link or time"),
        (overtaken(start=1), "the quote of citation [2] is not in its article"),
        (overtaken(outlet="Coast Radio"), "citation [2] names another outlet, link or time"),
        (differing("at least 41", (2,)), "give “at least 41” as source [2]'s figure, which its article does not say"),
        (differing("at least 40", (1,)), "give “at least 40” as source [1]'s figure"),
        (differing("nobody was hurt", (2,)), "give “nobody was hurt” as source [2]'s figure"),
        (differing("at least 40", (7,)), "cite source [7], which is not in the list"),
        (retitled("Nine die off Osmark"), "the story's title is no article's"),
        (listed(title="Nine die off Osmark"), "has another title in the list of sources"),
        (listed(article_id="a9"), "sources.jsonl lacks the article"),
    ],
)
def test_what_was_changed_is_found(brief, told):
    found = faults(brief)
    assert any(told in fault for fault in found), found


def test_a_magnitude_is_shown_without_its_unit():
    first, second = ARTICLES
    quake = replace(second, text=f"{second.text} A 5.6 magnitude quake shook Osmark in May.")
    assert not [one for one in verify_brief(differing("5.6", (2,)), (first, quake)) if "5.6" in one.fault]
    assert [one for one in verify_brief(differing("5.7", (2,)), (first, quake)) if "5.7" in one.fault]


def faults_beside(quote, text, **changes):
    """What is found wrong with the first line when it says `text`, and its first citation is `quote`."""
    article = replace(ARTICLES[0], text=quote)
    first, second = BRIEF.sections[0].stories[0].topics[0].line.citations
    citations = (replace(first, quote=quote, start=0, end=len(quote)), second)
    brief = with_line(text=text, citations=citations, **changes)
    return [problem.fault for problem in verify_brief(brief, (article, ARTICLES[1]))]


def test_a_lost_negation_is_told_as_left_out():
    told = faults_beside(
        "The pilot did not see the tanker, Governor Signe Halvard said.",
        "The pilot did see the tanker, Governor Signe Halvard said.",
    )
    assert "leaves out the negation “not”, which what it cites has" in told


def test_who_did_it_to_whom_is_held_against_the_quote():
    told = faults_beside(
        "Harbour pilots of Norland blamed the tanker crew of Sandmark on Friday.",
        "Harbour pilots of Sandmark blamed the tanker crew of Norland on Friday.",
        kind="abstractive",
    )
    assert "does not tell “Sandmark” as what it cites tells it" in told


def test_a_title_whose_initials_lost_their_stops_holds():
    article = replace(ARTICLES[0], title="U.N.-backed ferry line buys 40 U.S. tugs")
    for title, holds in (
        ("UN-backed ferry line buys 40 US tugs", True),
        ("UN-backed ferry line buys 40 UK tugs", False),
    ):
        brief = retitled(title)
        told = [problem.fault for problem in verify_brief(brief, (article, ARTICLES[1]))]
        assert any("title is no article's" in fault for fault in told) is not holds


def test_a_title_that_is_shortened_holds():
    assert faults(retitled("Three die")) == []
    assert faults(retitled("In brief")) == []
