"""Which statements a line cites, beside those that tell it differently."""

from datetime import UTC, datetime

import numpy as np
import pytest

from digest.compose import Candidate
from digest.config import Config, TopicsConfig
from digest.models import Draft, Origin, entries
from digest.pipeline import build_brief
from digest.steps.lines import draft_lines, written_lines
from digest.summarize import ExtractiveSummarizer
from digest.verify import verify_brief
from tests.fakes import WordEncoder, article, topic

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)


def leads(articles):
    """The articles' vectors, all alike."""
    return {one.id: np.ones(1, np.float32) for one in articles}


def cited(*texts):
    """The outlets that the line cites: the first text, borne out by all."""
    articles = [article(name, text, outlet=f"{name} Post") for name, text in zip("abc", texts, strict=True)]
    made = topic(*((one, one.text) for one in articles))
    draft = Draft(text=texts[0], kind="extractive", statements=made.statements)
    origins = [Origin(id=one.id, articles=(one,)) for one in articles]
    candidates = [Candidate(topic=made, score=1.0, section=-1, story=0)]
    [line] = written_lines(candidates, {made.id: draft}, origins, leads(articles), NOW)
    assert line.differences
    return [statement.article_id for statement in line.draft.statements]


def test_a_line_does_not_cite_another_figure():
    told = "{} people were told to leave Osmark on Monday, the harbour board said."
    assert cited(told.format("2,300"), told.format("2,300"), told.format("2,500")) == ["a", "b"]


def test_a_line_that_counts_them_by_another_word_cites_those_of_its_own_figure():
    told = "{} were told to leave Osmark on Monday, the harbour board said."
    assert cited(told.format("2,300 residents"), told.format("2,300 people"), told.format("2,500 people")) == ["a", "b"]


def ranked(told, *, stories=None):
    """The ids of the lines, best first, each of an outlet of its own, scored alike; `stories` are by id, else one."""
    articles = {name: article(name, text, outlet=f"{name} Post") for name, text in told.items()}
    topics = [topic((one, one.text), name=name) for name, one in articles.items()]
    candidates = [
        Candidate(topic=one, score=1.0, section=-1, story=stories[one.id] if stories else 0) for one in topics
    ]
    drafts = {one.id: Draft(text=told[one.id], kind="extractive", statements=one.statements) for one in topics}
    origins = [Origin(id=one.id, articles=(one,)) for one in articles.values()]
    written = written_lines(candidates, drafts, origins, leads(articles.values()), NOW)
    return [line.candidate.topic.id for line in written]


def test_what_one_origin_tells_without_a_figure_a_day_or_a_speaker_comes_after_what_has_them():
    told = {
        "t1": "The harbour board has got off to a fast start on many fronts.",
        "t2": "The harbour board closed the northern quay on Monday.",
        "t3": "The harbour board sold 40 boats on Monday.",
    }
    assert ranked(told) == ["t3", "t2", "t1"]


def test_the_first_line_of_a_story_that_several_outlets_tell_is_lifted():
    told = dict.fromkeys(("t1", "t2", "t3", "t4"), "The harbour board of Osmark sold 40 boats on Monday.")
    assert ranked(told, stories={"t1": 0, "t2": 1, "t3": 1, "t4": 1}) == ["t2", "t3", "t4", "t1"]


def test_a_denial_stands_right_behind_the_charge_that_it_answers_however_little_it_tells():
    told = {
        "t1": "The dockers of Vesk accused Norra Lines on Monday of hiding 40 reports on its cranes.",
        "t2": "The harbour board sold 40 boats on Monday, police said.",
        "t3": "Norra Lines denied that it had hidden reports.",
        "t4": "Skelmar Ferries denied that it had sold boats.",
    }
    assert ranked(told) == ["t1", "t3", "t2", "t4"]
    assert ranked(told, stories={"t1": 0, "t2": 1, "t3": 2, "t4": 3})[:2] == ["t1", "t2"]


def test_a_denial_is_no_telling_of_what_it_denies_and_is_printed_with_it():
    text = "Dockers have accused Norra Lines of ignoring warnings about a crane. Norra Lines denied ignoring warnings."
    issue = build_brief(
        [article("a", text, published=NOW)],
        config=Config(topics=TopicsConfig(threshold=0.01)),
        encoder=WordEncoder(),
        summarizer=ExtractiveSummarizer(),
        now=NOW,
    )
    told = [entry.line.text for entry in entries(issue.brief)]
    assert told == [sentence + "." for sentence in text.removesuffix(".").split(". ")]


def claimant(text, *, tags):
    """Whose claim the brief says the one line of an article is."""
    made = [article("a", text, outlet="Harbour Post", tags=tags, title="On the levy")]
    issue = build_brief(
        made, config=Config(), encoder=WordEncoder(), summarizer=ExtractiveSummarizer(max_words=30), now=NOW
    )
    [line] = (entry.line for entry in entries(issue.brief))
    assert verify_brief(issue.brief, issue.articles) == ()
    return line.claimed_by


def test_what_an_opinion_piece_says_itself_is_its_outlets_claim():
    own = "The levy of 40 crowns will ruin the yards of Osmark by Friday."
    assert claimant(own, tags=("Opinion",)) == "Harbour Post"
    assert claimant(own, tags=("Fisheries",)) is None
    assert claimant("Mayor Holt (C., Osmark) said Monday that the levy will be 40 crowns.", tags=("Opinion",)) is None
    assert claimant("Karin Holt said on Monday that the levy will be 40 crowns.", tags=("Opinion",)) is None


class Listening:
    """A summarizer that keeps the topics it is given."""

    def write_all(self, topics, /):
        self.topics = topics
        return [None for _ in topics]


class Judged:
    """What is ranked, as far as the drafts ask: a probability for each two statements of a story."""

    def __init__(self, *tables):
        self.tables = tables

    def likely(self, groups):
        assert [sum(len(one.statements) for one in group) for group in groups] == [len(table) for table in self.tables]
        return list(self.tables)


def test_a_topic_knows_what_a_better_one_of_its_story_tells():
    one, two, other = (article(name, f"The ferry {name} sank off Osmark.") for name in "abc")
    topics = [
        topic((one, one.text), name="t1"),
        topic((other, other.text), name="t2"),
        topic((one, one.text), (two, two.text), name="t3"),
    ]
    candidates = [Candidate(topic=t, score=1.0, section=-1, story=s) for t, s in zip(topics, (0, 1, 0), strict=True)]
    table = np.array([[1.0, 0.8, 0.2], [0.8, 1.0, 0.9], [0.2, 0.9, 1.0]])
    summarizer = Listening()
    drafts = draft_lines(candidates, Judged(table, np.ones((1, 1))), summarizer)
    assert drafts == {"t1": None, "t2": None, "t3": None}
    assert [one.elsewhere for one in summarizer.topics] == [(0.0,), (0.0,), (pytest.approx(0.6), 0.0)]
