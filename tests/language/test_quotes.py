from time import process_time

import pytest

from digest.language.quotes import join_quoted, quotations, quoted_spans, without_quotations
from digest.language.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He said “we are closed” today.", ["we are closed"]),
        ('She said "we are open".', ["we are open"]),
        ("They said ‘not now’, didn’t they?", ["not now"]),
        ("Er sagte „nie“ und «peut-être».", ["nie", "peut-être"]),
        ("She called it 'a very long day' in the town’s hall.", ["a very long day"]),
        ("The towns' mayors didn't speak of the ships' crews.", []),
        ("“This never closes", ["This never closes"]),
        ("'The harbour's cranes don't turn,' she said.", ["The harbour's cranes don't turn,"]),
        (
            "‘It won’t sail, the pilots’ union has said so,’ he added.",
            ["It won’t sail, the pilots’ union has said so,"],
        ),
        ("It was 'bad news' and the 'good days' are over.", ["bad news", "good days"]),
        ("In the '90s the pilots' union struck, and in the '80s the cooks' did.", []),
        ("Rock 'n' roll came ashore.", []),
    ],
)
def test_quotations_of_all_styles(text, inner):
    assert [quotation.text for quotation in quotations(text)] == inner


def test_a_quotation_knows_whether_it_is_closed():
    closed, torn = quotations("“We wait,” she said. “We hope")
    assert (closed.closed, torn.closed) == (True, False)
    assert quoted_spans("“We wait,” she said. “We hope") == [(closed.start, closed.end)]


def test_a_text_without_its_quotations():
    text = "The mayor said “never” and 'not now', then: “We"
    assert without_quotations(text, put=" ") == "The mayor said   and  , then: “We"


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("“We wait. We hope,” she said. The ferry left.", ["“We wait. We hope,” she said.", "The ferry left."]),
        ("'It's late. We won't sail,' he said.", ["'It's late. We won't sail,' he said."]),
        ("“We wait. The ferry left. Nobody came.", ["“We wait.", "The ferry left.", "Nobody came."]),
        # Two paragraphs of one speaker, as papers set them: the first has no closing mark.
        ("“We wait. “We hope. We pray,” she said.", ["“We wait.", "“We hope. We pray,” she said."]),
    ],
)
def test_sentences_that_one_quotation_spans_are_joined(line, sentences):
    joined = join_quoted(line, split_sentences(line), max_words=90)
    assert [line[start:end] for start, end in joined] == sentences


def test_a_quotation_of_too_many_words_stays_split():
    line = "“We wait. We hope,” she said."
    assert join_quoted(line, split_sentences(line), max_words=5) == split_sentences(line)


@pytest.mark.parametrize(
    "text", ["'a " * 100_000, "‘a’b" * 80_000, "“" * 200_000, "'s' " * 80_000, "'" + "a's b" * 60_000]
)
def test_hostile_text_takes_linear_time(text):
    start = process_time()
    quotations(text)
    assert process_time() - start < 10.0  # quadratic time would be minutes
