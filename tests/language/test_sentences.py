"""Sentence boundaries: own sentences, and properties on any text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The ferry left Osmark at noon.", "It carried 212 people."],
        ["Is the strait open?", "Nobody knows!", "The pilots wait."],
        ["Lt. Gen. Ida Holm spoke to Gov. Per Strand.", "Mr. Strand agreed."],
        ["The U.S. Navy sent two ships.", "They arrived on Jan. 5."],
        ["He has lived in the U.S. since May.", "She left."],
        ["He lives in the U.S.", "The house is small."],
        ["The ferry left at 6 a.m. on Monday.", "It came back at 9 p.m.", "The crew slept."],
        ["Berth No. 5 is closed.", "See fig. 3 for the plan."],
        ["J. K. Moen wrote it.", "A. Berg drew it."],
        ["The toll rose 3.5 percent to $4.20.", "It will rise again."],
        ["Holm & Co. sold the yard.", "Norra Inc. bought it."],
        ["Read it at Osmark.com or example.org.", "The site is free."],
        ["“We will not pay.", "We never did,” she said."],
        ["“Will you pay?” Holm asked.", "“No!” he said."],
        ["“The lane is closed.”", "Pilots were told on Monday."],
        ["The rule (it dates from 1950. It is strict.) stays.", "Nobody objects."],
        ["The crew left ... and came back.", "Then it rained..."],
    ],
)
def test_sentences_of_one_line(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They left the forces.This began in May.", ["They left the forces.", "This began in May."]),
        ("It rose by 3.5%.Shares fell.", ["It rose by 3.5%.", "Shares fell."]),
        ("It lost a dollar.U.S. crude fell.", ["It lost a dollar.", "U.S. crude fell."]),
        ("The group (OSMC).This plan is new.", ["The group (OSMC).", "This plan is new."]),
        ("She said no.“We wait,” he said.", ["She said no.", "“We wait,” he said."]),
        ("Reuters.com and U.S.A and e.g.x and 3.5 stay.", ["Reuters.com and U.S.A and e.g.x and 3.5 stay."]),
        ("The port is shut\nThe sea is calm", ["The port is shut", "The sea is calm"]),
        ("One thing • Another thing", ["One thing", "• Another thing"]),
        ("A crane falls Image: Ada Berg.", ["A crane falls", "Image: Ada Berg."]),
        ("1. The first plan. It is new.", ["1. The first plan.", "It is new."]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_other_boundaries(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


PROSE = st.text(st.sampled_from(list("aB. \n\"“”'’()?!…•-1U")), max_size=200) | st.text(max_size=200)


@given(PROSE)
def test_spans_are_in_order_and_hold_every_visible_character(text: str) -> None:
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@given(PROSE)
def test_a_newline_ends_every_sentence(text: str) -> None:
    assert all("\n" not in text[start:end] for start, end in split_sentences(text))


@pytest.mark.parametrize("unit", ["The ferry left. ", "(", '"', ".", "a.", "A. ", "([.])", ". ", "1. A ", "• "])
def test_time_grows_with_the_length_only(unit: str) -> None:
    short, long = unit * (10_000 // len(unit)), unit * (100_000 // len(unit))
    started = time.process_time()
    split_sentences(short)
    middle = time.process_time()
    split_sentences(long)
    assert (
        time.process_time() - middle < 40 * (middle - started) + 2.0
    )  # of processor time; a hundredfold would be quadratic
