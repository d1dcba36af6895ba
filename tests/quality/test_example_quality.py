"""Floors under the example's quality. Raise them by hand when a better version is reached; lowering one needs a reason."""

import json
from pathlib import Path

import pytest

from tests.quality.example import score

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores(example_issue):
    return score(example_issue)


@pytest.mark.parametrize("name", sorted(FLOORS["at_least"]))
def test_at_least(scores, name):
    assert getattr(scores, name) >= FLOORS["at_least"][name], scores


@pytest.mark.parametrize("name", sorted(FLOORS["at_most"]))
def test_at_most(scores, name):
    assert getattr(scores, name) <= FLOORS["at_most"][name], scores


def test_the_copies_are_found_exactly(scores):
    assert scores.copies
