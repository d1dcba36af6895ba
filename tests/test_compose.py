import dataclasses
from datetime import date

import pytest

from digest.compose import (
    IN_THE_BRIEF,
    NONE_MADE_IT,
    NOTHING_FOUND,
    NOTHING_NEW,
    OTHER_TITLE,
    RUNNING_TITLE,
    TELLS_LITTLE,
    Candidate,
    Written,
    compose,
    shortlist,
)
from digest.config import BriefConfig, Config, LinesConfig, SectionConfig
from digest.models import Background, Draft, Origin, TopicDifference, TopicReading, entries
from digest.sections import CATCH_ALL
from tests.fakes import article, topic

A = article(
    "a",
    "Three people died off Osmark. The port of Osmark is shut. Dockers in Vesk are on strike.",
    outlet="Coast Radio",
)
B = article("b", "Three died when two ships met off Osmark. Osmark's port stays shut.", outlet="Daily Ledger")
COPY = article("c", A.text, outlet="Newsbox")
ORIGINS = (Origin(id="a", articles=(A, COPY)), Origin(id="b", articles=(B,)))

DEATHS = topic((A, "Three people died off Osmark."), (B, "Three died when two ships met off Osmark."), name="t1")
PORT = topic((B, "Osmark's port stays shut."), (A, "The port of Osmark is shut."), name="t2")
STRIKE = topic((A, "Dockers in Vesk are on strike."), name="t3")

TOLD = Background(
    id="t3", story=None, text="Dockers strike.", issue=date(2026, 3, 3), entry="t1", outlet=None, link=None
)  # fmt: skip


def candidate(made, score, *, section=CATCH_ALL, story=0):
    return Candidate(topic=made, score=score, section=section, story=story)


def written(made, *, section=CATCH_ALL, story=0, text=None, score=1.0, **more):
    draft = Draft(text=text or made.statements[0].text, kind="extractive", statements=made.statements)
    return Written(
        candidate=candidate(made, score, section=section, story=story), draft=draft, outlets=2, origins=2, **more
    )


def composed(*lines, config=None, titles=None, **more):
    return compose(
        lines, config=config or Config(), origins=ORIGINS, titles=titles or {0: "Collision off Osmark"}, **more
    )


def test_numbers_follow_the_reader_and_one_article_keeps_one():
    result = composed(written(DEATHS), written(PORT))
    lines = [entry.line for story in result.sections[0].stories for entry in story.topics]
    assert [[c.n for c in line.citations] for line in lines] == [[1, 2], [2, 1]]
    assert [(s.n, s.article_id, s.fate) for s in result.sources] == [
        (1, "a", "cited"),
        (2, "b", "cited"),
        (None, "c", "copy"),
    ]
    assert result.sources[0].carried_by == ("Newsbox",)
    assert result.sources[2].copy_of == "a"


@pytest.mark.parametrize(
    ("title", "name"), [("Ships meet", "“Ships meet”"), (A.title.upper(), "an unnamed copy"), ("", "an unnamed copy")]
)
def test_a_copy_without_an_outlet_is_named_by_its_own_title_and_never_by_its_file(title, name):
    nameless = dataclasses.replace(COPY, outlet=None, title=title, source="downloads/copy.txt")
    origins = (Origin(id="a", articles=(A, nameless)), ORIGINS[1])
    result = compose((written(DEATHS),), config=Config(), origins=origins, titles={0: None})
    assert result.sources[0].carried_by == (name,)


def test_every_quote_is_byte_for_byte_in_its_article():
    texts = {"a": A.text, "b": B.text}
    lines = [entry.line for entry in entries(composed(written(DEATHS), written(PORT)))]
    assert len(lines) == 2
    for citation in (citation for line in lines for citation in line.citations):
        assert texts[citation.article_id][citation.start : citation.end] == citation.quote


def test_a_line_that_says_what_a_better_one_says_yields():
    twin = dataclasses.replace(PORT, id="t9")
    result = composed(written(PORT), written(twin))
    assert result.fates == {"t2": "in the brief", "t9": "says what t2 says"}


def test_the_most_widely_told_story_heads_the_brief_whatever_its_best_line_is_worth():
    alone = topic((A, "The port of Osmark is shut."), name="t4")
    strike = [written(STRIKE, story=3, score=9.0), written(alone, story=3, score=8.0)]
    collision = [written(DEATHS, score=2.0), written(PORT, score=1.0)]
    result = composed(*strike, *collision, titles={0: "Collision", 3: "Strike"})
    assert [story.title for story in result.sections[0].stories] == ["Collision", "Strike"]


def test_a_line_that_a_fuller_one_of_its_story_covers_yields():
    fuller = written(PORT, text="Osmark's port stays shut until Friday while the dockers of Vesk strike.")
    spare = "Osmark's port will stay shut and quiet until Friday, fishermen expect."
    same, other = written(DEATHS, text=spare), written(DEATHS, text=spare, story=1)
    assert composed(fuller, same).fates["t1"] == "says what t2 says"
    assert composed(fuller, other).fates["t1"] == "in the brief"


def test_lines_with_other_numbers_are_not_twins():
    first = written(DEATHS, text="The army said 60 drones were downed over the strait.")
    second = written(PORT, text="The army said 52 drones were downed over the strait.")
    assert len(composed(first, second).sections[0].stories[0].topics) == 2


def test_sections_in_the_users_order_with_a_catch_all_and_reasons():
    config = Config(
        sections=(SectionConfig(title="Trade"), SectionConfig(title="At sea"), SectionConfig(title="Sport"))
    )
    result = composed(
        written(DEATHS, section=1), written(STRIKE, story=3), config=config, with_topics=frozenset({0, 1})
    )
    assert [(section.title, section.empty_because) for section in result.sections] == [
        ("Trade", NONE_MADE_IT),
        ("At sea", None),
        ("Sport", NOTHING_FOUND),
        (OTHER_TITLE, None),
    ]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (0, [("Trade", 0, 1, NOTHING_NEW), (OTHER_TITLE, 1, 0, None)]),
        (CATCH_ALL, [("Trade", 0, 0, NOTHING_FOUND), (OTHER_TITLE, 1, 0, None), (RUNNING_TITLE, 0, 1, NOTHING_NEW)]),
    ],
)
def test_what_runs_on_elsewhere_does_not_stand_under_todays_stories(section, expected):
    quiet = dataclasses.replace(candidate(STRIKE, 1.0, section=section, story=3), status="running", background=TOLD)
    result = composed(written(DEATHS), config=Config(sections=(SectionConfig(title="Trade"),)), running=(quiet,))
    found = [(one.title, len(one.stories), len(one.background), one.empty_because) for one in result.sections]
    assert found == expected


def test_a_section_whose_topics_were_told_has_nothing_new_wherever_their_story_stands():
    quiet = dataclasses.replace(candidate(STRIKE, 1.0, section=0, story=0), status="running", background=TOLD)
    config = Config(sections=(SectionConfig(title="Trade"),))
    result = composed(written(DEATHS), config=config, running=(quiet,), with_topics=frozenset({0}))
    assert [(one.title, one.empty_because) for one in result.sections] == [("Trade", NOTHING_NEW), (OTHER_TITLE, None)]


@pytest.mark.parametrize(("origins", "first"), [(1, "strikes"), (2, "strikes"), (3, "deaths")])
def test_the_line_that_tells_the_title_opens_its_story_unless_far_fewer_tell_it(origins, first):
    deaths = dataclasses.replace(written(DEATHS, score=2.0), origins=origins)
    strikes = dataclasses.replace(written(STRIKE, text="Dockers in Vesk strike until Friday."), origins=1)
    [story] = composed(deaths, strikes, titles={0: "Dockers in Vesk are on strike"}).sections[0].stories
    assert story.topics[0].line.text == {"deaths": deaths, "strikes": strikes}[first].draft.text
    before = written(STRIKE, text="Before the vote, dockers in Vesk were on strike.")
    for other, title in ((strikes, "A day at Osmark"), (before, "Dockers in Vesk are on strike")):
        [story] = composed(deaths, other, titles={0: title}).sections[0].stories
        assert story.topics[0].line.text == deaths.draft.text


def test_stories_of_one_line_stand_together_after_the_titled_ones():
    result = composed(written(STRIKE, story=3), written(DEATHS), written(PORT), titles={0: "Collision", 3: "Strike"})
    assert [(story.title, len(story.topics)) for story in result.sections[0].stories] == [
        ("Collision", 2),
        ("In brief", 1),
    ]
    several = composed(written(STRIKE, story=3), written(DEATHS), titles={0: "Collision", 3: "Strike"})
    assert [story.title for story in several.sections[0].stories] == ["Collision", "In brief"]


@pytest.mark.parametrize(
    ("brief", "expected"),
    [
        (BriefConfig(max_lines=2), ["t1", "t2"]),
        (BriefConfig(max_lines_per_story=1), ["t1", "t3"]),
        (BriefConfig(min_origins=2), ["t1", "t2"]),
    ],
)
def test_caps(brief, expected):
    config = Config(brief=brief)
    ranked = [candidate(DEATHS, 3), candidate(STRIKE, 1, story=3), candidate(PORT, 2)]
    chosen = [c.topic.id for c in shortlist(ranked, config)]
    lines = [written({"t1": DEATHS, "t2": PORT, "t3": STRIKE}[name], story=3 if name == "t3" else 0) for name in chosen]
    result = composed(*lines, config=config)
    assert sorted(t for t, fate in result.fates.items() if fate == "in the brief") == expected


def test_one_article_alone_gets_so_many_lines():
    """A long read must not fill the brief of a quiet day; what others tell, too, is not counted."""
    alone = [topic((A, text), name=f"a{n}") for n, text in enumerate(A.text.removesuffix(".").split(". "))]
    ranked = [candidate(made, 9 - place, story=place) for place, made in enumerate((*alone, DEATHS))]
    config = Config(brief=BriefConfig(max_lines_per_article=1))
    lines = [written(one.topic, story=one.story, score=one.score) for one in shortlist(ranked, config)]
    printed = composed(*lines, config=config).fates
    assert sorted(name for name, fate in printed.items() if fate == "in the brief") == ["a0", "t1"]


def test_a_line_that_too_few_bear_out_yields():
    config = Config(brief=BriefConfig(min_origins=2))
    result = composed(dataclasses.replace(written(DEATHS), origins=1), written(PORT), config=config)
    assert [t for t, fate in result.fates.items() if fate == "in the brief"] == ["t2"]


def test_a_lines_citations_are_capped_and_differences_are_numbered():
    config = Config(lines=LinesConfig(max_citations=1))
    told = [TopicReading(value=value, statements=(DEATHS.statements[row],)) for row, value in enumerate("34")]
    difference = TopicDifference(what="killed", values=tuple(told))
    entry = composed(written(DEATHS, differences=(difference,)), config=config).sections[0].stories[0].topics[0]
    assert [c.n for c in entry.line.citations] == [1]
    assert [(value.value, value.n) for value in entry.differences[0].values] == [("3", (1,)), ("4", (2,))]


def test_a_title_stands_over_the_section_of_most_of_its_lines_alone():
    """A story whose lines fit two sections: its title would mislead over the talks."""
    sections = (SectionConfig(title="Talks", about=("talks",)), SectionConfig(title="At sea", about=("ships",)))
    lines = (
        written(DEATHS, section=1, score=3.0),
        written(PORT, section=1, score=2.0),
        written(STRIKE, section=0, score=1.5),
        written(dataclasses.replace(STRIKE, id="t4"), section=0, text="The union met the owners.", score=1.0),
        written(dataclasses.replace(STRIKE, id="t5"), section=1, text="A tug was sent to the ferry.", score=0.5),
    )
    config = Config(sections=sections)
    talks, at_sea = composed(*lines, config=config).sections[:2]
    assert [(story.title, len(story.topics)) for story in at_sea.stories] == [("Collision off Osmark", 3)]
    assert [(story.title, len(story.topics)) for story in talks.stories] == [(None, 2)]


@pytest.mark.parametrize(
    ("title", "stub", "heading"),
    [
        ("Keeper of the Osmark light accused of threats", True, "Keeper of the Osmark light accused of threats"),
        ("The coast ministry says the accused has shown remorse", True, None),  # the line says it all
        ("Keeper of the Osmark light accused of threats", False, None),
    ],
)
def test_a_teaser_that_goes_on_from_its_title_stands_under_it(title, stub, heading):
    teaser = article("d", "The coast ministry said that the accused had shown remorse.", title=title, stub=stub)
    result = compose(
        [written(topic((teaser, teaser.text), name="t4"), story=1)],
        config=Config(),
        origins=[Origin(id="d", articles=(teaser,))],
        titles={1: title},
    )
    assert [story.title for story in result.sections[0].stories] == [heading]


def test_a_storys_first_line_is_followed_by_no_hollow_one_where_lines_must_stand_alone():
    lone = {"origins": 1}
    first = dataclasses.replace(written(DEATHS, score=3.0, text="Osmark is a town in two minds."), **lone)
    hollow = dataclasses.replace(written(PORT, score=2.0, text="The port has got off to a slow start."), **lone)
    told = dataclasses.replace(
        written(STRIKE, score=1.0, text="Karin Holt said that the dockers were on strike."), **lone
    )
    result = composed(first, hollow, told)
    assert result.fates == {"t1": IN_THE_BRIEF, "t2": TELLS_LITTLE, "t3": IN_THE_BRIEF}
    assert composed(first, dataclasses.replace(hollow, origins=2), told).fates["t2"] == IN_THE_BRIEF
    whole = Config(lines=LinesConfig(stand_alone=False))
    assert composed(first, hollow, told, config=whole).fates["t2"] == IN_THE_BRIEF
