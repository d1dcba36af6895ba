from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import CopiesConfig
from digest.copies import SHINGLE_WORDS, fold_copies, shingle_overlap
from digest.models import Article

WIRE = (
    "A ferry and a tanker collided off Osmark late on Tuesday, killing three people, the governor said. "
    "Rescuers brought 212 passengers ashore before midnight, and the harbour was closed to all traffic. "
    "The cause of the collision is not known, and both captains will be questioned on Wednesday morning."
)


def article(name, text, **fields):
    return Article(id=name, title=name, text=text, **fields)


def groups(articles, threshold=0.5):
    origins = fold_copies(articles, CopiesConfig(threshold=threshold))
    return [[a.id for a in origin.articles] for origin in origins]


def test_a_wire_copy_folds_and_an_independent_report_does_not():
    own = "Two ships met in the dark outside Osmark; three are dead and the port is shut, says the governor."
    copy = "OSMARK (Norra Wire) — " + WIRE.replace("’", "'")
    assert groups([article("a", WIRE), article("b", own), article("c", copy)]) == [["a", "c"], ["b"]]


def test_stripped_apostrophes_still_match():
    text = WIRE.replace("the governor said", "the governor’s office said in Osmark’s town hall")
    assert groups([article("a", text), article("b", text.replace("’", ""))]) == [["a", "b"]]


def test_the_article_that_stands_for_an_origin_names_its_outlet():
    known = article("b", WIRE, outlet="Coast Radio", published=datetime(2026, 3, 4, tzinfo=UTC))
    carried = article("c", WIRE, outlet="Coast Radio", carrier="Newsbox")
    assert groups([article("a", WIRE), carried, known]) == [["b", "a", "c"]]


def test_a_longer_text_stands_for_the_excerpt_it_contains():
    longer = WIRE + " " + "The owner says that the tanker kept to its lane all evening, as its recorder will show. " * 2
    excerpt = article("a", WIRE, outlet="Newsbox")
    assert groups([excerpt, article("b", longer)]) == [["b", "a"]]


def test_two_articles_in_one_round_up_do_not_chain():
    other = "Parliament in Vesk passed the fishing tax by two votes after a night of speeches and three recounts."
    near = other.replace("after a night of speeches and three recounts", "and the minister thanked the members")
    round_up = article("r", WIRE + " " + other)
    result = groups([article("a", WIRE), round_up, article("n", near)], threshold=0.8)
    assert result == [["n"], ["r", "a"]]


MORNING = datetime(2026, 3, 4, 6, tzinfo=UTC)


def version(name, hour, text=WIRE, **fields):
    fields = {"outlet": "Coast Radio", "link": f"https://{name}.example/", **fields}
    return article(name, text, published=MORNING + timedelta(hours=hour), **fields)


def test_a_later_version_of_one_outlet_stands_for_its_text():
    newer = WIRE.replace("before midnight", "before dawn")
    assert groups([version("a", 0), version("b", 2, newer), version("c", 4)]) == [["b", "a", "c"]], "c changes nothing"


def test_a_later_copy_stands_only_if_it_counts_anew():
    risen = WIRE.replace("killing three people", "killing five people")
    edited = WIRE.replace("before midnight", "before dawn")
    first = version("a", 0)
    assert groups([first, version("b", 2, risen, outlet="Ledger")]) == [["b", "a"]]
    assert groups([first, version("b", 2, edited, outlet="Ledger")]) == [["a", "b"]]
    assert groups([first, version("b", 2, WIRE.replace("three people", "people"), outlet="Ledger")]) == [["a", "b"]]
    assert groups([first, version("b", 2, risen, outlet=None)]) == [["a", "b"]], "nobody vouches for it"
    assert groups([first, version("b", 2, risen, outlet="Ledger", carrier="Newsbox")]) == [["a", "b"]]


def test_a_later_report_that_counts_anew_and_holds_half_of_the_first_is_one_of_its_own():
    """It is too short to stand for the first, and folded its count would be lost."""
    opening = WIRE.rpartition("The cause")[0].strip()
    risen = version("b", 2, opening.replace("three people", "five people"), outlet="Ledger")
    carried = replace(risen, id="c", outlet="Meridian Post", link="https://c.example/")
    assert groups([version("a", 0), risen, carried]) == [["a"], ["b", "c"]]
    assert groups([version("a", 0), version("b", 2, opening, outlet="Ledger")]) == [["a", "b"]]
    assert groups([version("a", 3), risen]) == [["a", "b"]], "it came out before"


def test_order_and_emptiness():
    first = [article("a", WIRE), article("b", "Nothing alike."), article("c", "")]
    assert fold_copies(first, CopiesConfig()) == fold_copies(first[::-1], CopiesConfig())
    assert fold_copies([], CopiesConfig()) == ()


def test_an_excerpt_of_two_texts_joins_the_same_one_in_any_order():
    sea, land, both = (f"{word} " * 3 + " ".join(f"{word}{n}" for n in range(30)) for word in ("sea", "land", "both"))
    three = [article("c", f"{both} {sea}"), article("a", f"{both} {land}"), article("b", both)]
    assert {str(groups(order, threshold=0.8)) for order in permutations(three)} == {"[['a', 'b'], ['c']]"}


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=0, max_size=30).map(" ".join), min_size=1, max_size=12),
    st.sampled_from([0.05, 0.3, 0.5, 0.55, 0.7, 1.0]),
)
def test_the_overlap_is_that_of_all_pairs(texts, threshold):
    """The filter of pairs leaves none out: held against counting every pair."""
    overlap = shingle_overlap(texts, threshold=threshold)
    sets = [runs_of_words(text) for text in texts]
    for row, own in enumerate(sets):
        expected = {}
        for column, other in enumerate(sets):
            share = len(own & other) / max(1, min(len(own), len(other)))
            if row != column and own & other and share >= threshold:
                expected[column] = share
        assert overlap.near[row] == pytest.approx(expected)


def runs_of_words(text):
    words = text.split()
    if len(words) < SHINGLE_WORDS:
        return {tuple(words)} if words else set()
    return {tuple(words[at : at + SHINGLE_WORDS]) for at in range(len(words) - SHINGLE_WORDS + 1)}
