from digest.summarize import ExtractiveSummarizer
from digest.summarize.support import check_support
from tests.fakes import article, topic

LONG = (
    "Meanwhile, the regional governor, Karin Holt, said that three people had been killed and 35 injured when the ferry "
    "Solglans and a tanker collided off Osmark late on Tuesday, in what she called the worst night the coast has known."
)


def write(made, max_words=30):
    return ExtractiveSummarizer(max_words=max_words).write(made)


def test_the_sentence_that_stands_alone_wins():
    a = article("a", "He said three people had died when ships collided. The rest is silence in this report.")
    b = article("b", "Three people died when a ferry and a tanker collided off Osmark, the governor said.")
    draft = write(topic((a, "He said three people had died when ships collided."), (b, b.text)))
    assert draft.text == b.text
    assert draft.kind == "extractive"
    assert [s.article_id for s in draft.statements] == ["b", "a"]


def test_a_long_sentence_is_trimmed_and_still_supported():
    a = article("a", LONG)
    draft = write(topic((a, LONG)), max_words=28)
    assert len(draft.text.split()) <= 28
    assert check_support(draft.text, [LONG]).ok
    assert not draft.text.startswith("Meanwhile")


def test_a_topic_without_a_standing_sentence_yields():
    a = article("a", "They will meet again on Friday, it said.")
    assert write(topic((a, a.text))) is None


def test_the_restored_subject_comes_from_the_article():
    text = "The fish tax will rise in May, Solveig Aas said on Monday. Two hundred boats are still at sea, she said."
    a = article("a", text)
    draft = write(
        topic(
            (a, "Two hundred boats are still at sea, she said."), (article("b", "They are at sea."), "They are at sea.")
        )
    )
    assert draft.text == "Two hundred boats are still at sea, [Solveig Aas] said."


def test_one_statement_per_origin_comes_first():
    text = "Osmark port will stay closed until Friday, the harbour authority said."
    a, b, c = (article(name, text) for name in "abc")
    made = topic((a, text), (b, text), (c, text), origins=["one", "one", "two"])
    assert [s.article_id for s in write(made).statements] == ["a", "c", "b"]


def test_the_same_topic_gives_the_same_draft_in_any_order():
    a = article("a", "Osmark port will stay closed until Friday, the harbour authority said.")
    b = article("b", "The port of Osmark is to remain shut until Friday, according to its harbour authority.")
    one, other = topic((a, a.text), (b, b.text)), topic((b, b.text), (a, a.text))
    assert write(one) == write(other)
