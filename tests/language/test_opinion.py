"""Opinion pieces are told from reports by how they are written."""

from __future__ import annotations

from digest.language.opinion import FEATURES, opinion_features, opinion_probability

REPORT = (
    "A ferry and a tanker collided off Osmark late on Tuesday, killing three people, the regional governor said. "
    "Rescue services said on Wednesday that all passengers had been accounted for."
)
ARGUMENT = (
    "Why do we never learn? You should not trust a ferry line that even now is so sure of itself. If we are honest, "
    "we must ask our harbour board to act, because it is not too late."
)


def test_an_argument_is_likelier_an_opinion_piece_than_a_report():
    report = opinion_probability("Ferry and tanker collide off Osmark", REPORT)
    argument = opinion_probability("Why we must not trust the ferry line", ARGUMENT)
    assert report < 0.2
    assert argument > 0.8


def test_a_probability_comes_out_of_any_text():
    for title, text in (("", ""), ("?", "?" * 5000), ("I", "we " * 5000)):
        assert 0 <= opinion_probability(title, text) <= 1


def test_features_have_names():
    assert len(opinion_features("Title", "Text.")) == len(FEATURES)


def test_only_the_opening_is_read():
    assert opinion_probability("Title", REPORT * 8 + ARGUMENT * 50) == opinion_probability("Title", REPORT * 8)
