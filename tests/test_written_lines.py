"""Which statements a line cites, beside those that tell it differently."""

from datetime import UTC, datetime

from digest.compose import Candidate
from digest.models import Draft, Origin
from digest.steps.lines import written_lines
from tests.fakes import article, topic

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)


def cited(*texts):
    """The outlets that the line cites: the first text, borne out by all."""
    articles = [article(name, text, outlet=f"{name} Post") for name, text in zip("abc", texts, strict=True)]
    made = topic(*((one, one.text) for one in articles))
    draft = Draft(text=texts[0], kind="extractive", statements=made.statements)
    origins = [Origin(id=one.id, articles=(one,)) for one in articles]
    [line] = written_lines([Candidate(topic=made, score=1.0, section=-1, story=0)], {made.id: draft}, origins, NOW)
    assert line.differences
    return [statement.article_id for statement in line.draft.statements]


def test_a_line_does_not_cite_another_figure():
    told = "{} people were told to leave Osmark on Monday, the harbour board said."
    assert cited(told.format("2,300"), told.format("2,300"), told.format("2,500")) == ["a", "b"]


def test_a_line_that_counts_them_by_another_word_cites_those_of_its_own_figure():
    told = "{} were told to leave Osmark on Monday, the harbour board said."
    assert cited(told.format("2,300 residents"), told.format("2,300 people"), told.format("2,500 people")) == ["a", "b"]
