"""Which setting kept a topic out, and which articles lay outside the window: written into the trace."""

from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest

from digest.compose import Candidate, Composition
from digest.config import Config
from digest.sections import CATCH_ALL
from digest.steps import accounts
from digest.steps.overtaking import Leading
from digest.steps.standing import Compared
from digest.steps.topics import Ranked
from digest.steps.vectors import Split
from digest.topics import PairVerdict
from digest.trace import trace_from_json, trace_to_json
from tests.fakes import article, topic

TEXT = "The port of Osmark will stay closed until Friday, the harbour authority said."


def candidate(name, *, section=CATCH_ALL, story=0, origins=1):
    pairs = [(article(f"{name}{number}", TEXT), TEXT) for number in range(origins)]
    return Candidate(topic=topic(*pairs, name=name), score=1.0, section=section, story=story)


def traced(candidates, *, printed, outside=(), **brief):
    config = Config.model_validate({"brief": brief, "sections": [{"title": "Trade", "max_lines": 1}, {"title": "Sea"}]})
    results = accounts.Results(
        read=tuple(outside),
        taken=(),
        origins=(),
        split=Split(statements=(), omissions=(), articles={}),
        ranked=SimpleNamespace(links=lambda ids: {}),
        candidates=candidates,
        compared=Compared(fresh=tuple(candidates)),
        leading=Leading(candidates=tuple(candidates), fates={}),
        drafts={},
        body=Composition(sections=(), sources=(), fates=dict.fromkeys(printed, "in the brief")),
    )
    made = accounts.trace(results, config)
    read = trace_from_json(trace_to_json(made), subject="trace.json")
    assert read == made
    return read


def rule(candidates, **more):
    return traced(candidates, **more).topics[-1].rule


@pytest.mark.parametrize(
    ("last", "brief", "said"),
    [
        ({"story": 1}, {"max_lines": 1}, "brief.max_lines = 1"),
        ({"story": 0}, {"max_lines": 9, "max_lines_per_story": 1}, "brief.max_lines_per_story = 1"),
        ({"story": 1}, {"min_origins": 2}, "brief.min_origins = 2"),
        ({"story": 1, "origins": 2}, {"min_origins": 2}, "brief.min_origins = 2"),
        ({"story": 1, "origins": 2}, {"min_origins": 2, "max_lines": 1}, "brief.max_lines = 1"),
        ({"story": 1}, {"max_lines": 9}, None),
    ],
)
def test_the_setting_that_decided_is_named(last, brief, said):
    assert rule([candidate("t1"), candidate("t2", **last)], printed=["t1"], **brief) == said


def test_the_article_that_has_its_lines_is_the_reason():
    first, second = candidate("t1"), candidate("t2", story=1)
    same = Candidate(topic=topic((article("t10", TEXT), TEXT), name="t2"), score=1.0, section=CATCH_ALL, story=1)
    said = "brief.max_lines_per_article = 1"
    assert rule([first, same], printed=["t1"], max_lines_per_article=1) == said
    assert rule([first, second], printed=["t1"], max_lines_per_article=1) is None


def test_a_full_section_is_named_by_its_title():
    both = [candidate("t1", section=0), candidate("t2", section=0, story=1)]
    assert rule(both, printed=["t1"]) == "max_lines = 1 of the section “Trade”"
    elsewhere = [candidate("t1", section=0), candidate("t2", section=1, story=1)]
    assert rule(elsewhere, printed=["t1"]) is None


def test_what_is_printed_or_says_what_another_says_has_no_rule():
    both = [candidate("t1"), candidate("t2")]
    assert rule(both, printed=["t1", "t2"], max_lines=1) is None


def test_articles_outside_the_window_are_named_newest_first_and_not_without_end():
    def at(day):
        return article(f"a{day}", TEXT, published=datetime(2026, 3, day, tzinfo=UTC), outlet="Coast Radio", link=None)

    undated = article("a0", TEXT)
    found = traced([], printed=[], outside={at(2), undated, at(3)}).outside
    assert [one.id for one in found] == ["a3", "a2", "a0"]
    assert (found[0].label, found[0].source, found[0].published.day) == ("Coast Radio", "a3.txt", 3)
    many = [article(f"b{number:03}", TEXT) for number in range(accounts.MAX_OUTSIDE + 5)]
    assert len(traced([], printed=[], outside=many).outside) == accounts.MAX_OUTSIDE


class _Judge:
    """A clustering of three statements: the first and the second are like the third, and hardly like each other."""

    def probabilities(self, groups):
        return [np.array([[1.0, 0.2, 0.6], [0.2, 1.0, 0.8], [0.6, 0.8, 1.0]]) for _ in groups]

    def explain(self, pairs):
        table = self.probabilities([()])[0]
        return tuple(PairVerdict(probability=float(table[pair]), start=0.0, reasons=()) for pair in pairs)


def test_each_statement_is_shown_beside_the_one_it_is_likest_to():
    told = topic(*((article(name, text := f"Osmark reopened its {name}."), text) for name in "abc"))
    rows = {statement.id: row for row, statement in enumerate(told.statements)}
    ranked = Ranked(
        topics=(told,), scores=(1.0,), vectors=np.zeros((1, 2)), stories=np.zeros(1), clustering=_Judge(), rows=rows
    )
    links = ranked.links([told.id])[told.id]
    assert [(link.left, link.right, link.probability) for link in links] == [(0, 2, 0.6), (1, 2, 0.8)]
