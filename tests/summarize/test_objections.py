"""What keeps each statement of a topic from being its line, in words."""

import pytest

from digest.summarize import ExtractiveSummarizer
from digest.summarize.objections import objections
from tests.fakes import article, topic


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("They will meet again on Friday in Osmark.", "opens with a word that points outside the sentence"),
        ("“We heard a bang, and then the lights of Osmark went out.”", "a quotation, and does not say whose"),
        ("Not all cargo can wait.", "tells next to nothing"),
        (
            "Osmark, Tarvik, Vesk, Skelmar, Lindhaven, Hollin, Norra, Sandmark, Corvin, Brenholm, Halvard, Ulvik, Stavern,"
            " Moss, Lund, Falk, Arn, Berg, Dahl, Eik, Foss, Gran, Heim, Inn, Jar, Kol, Lom, Mo, Nes, Os, Pors, Rygge, Sel,"
            " Tolga, Ulstein, Vang, Vik and Rauma lost power.",
            "cannot be cut to 40 words",
        ),
    ],
)
def test_a_statement_is_told_what_it_lacks(text, said):
    mute = topic((article("a", text), text))
    assert ExtractiveSummarizer().write(mute) is None
    [told] = objections(mute, max_words=30)
    assert said in told


def test_each_statement_has_an_objection_of_its_own():
    pairs = [(article(name, text), text) for name, text in (("a", "They will meet."), ("b", "Not all cargo can wait."))]
    first, second = objections(topic(*pairs), max_words=30)
    assert first.startswith("opens with")
    assert "next to nothing" in second
