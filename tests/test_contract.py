"""brief.json: the same bytes every time, back again without loss, and refused with reasons when it is damaged."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import jsonschema
import pytest

from digest.contract import brief_from_json, brief_schema, brief_schema_text, brief_to_json
from digest.errors import BriefFileError
from digest.models import Failure
from tests.samples import EMPTY_BRIEF, MOVED_BRIEF, PLAIN_BRIEF, SERIES_BRIEF

SCHEMA_FILE = Path(__file__).parents[1] / "docs" / "brief.schema.json"
BRIEFS = pytest.mark.parametrize(
    "brief", [SERIES_BRIEF, PLAIN_BRIEF, EMPTY_BRIEF, MOVED_BRIEF], ids=["series", "plain", "empty", "moved"]
)


def _damaged(*path, value):
    """The series' JSON with the value at `path` replaced, or removed for `...`."""
    values = json.loads(brief_to_json(SERIES_BRIEF))
    place = values
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(values)


@BRIEFS
def test_a_brief_comes_back_as_it_went(brief):
    assert brief_from_json(brief_to_json(brief)) == brief


@BRIEFS
def test_a_brief_satisfies_its_schema(brief):
    jsonschema.Draft202012Validator(brief_schema()).validate(json.loads(brief_to_json(brief)))


def test_the_schema_refuses_what_is_not_a_brief():
    validator = jsonschema.Draft202012Validator(brief_schema())
    jsonschema.Draft202012Validator.check_schema(brief_schema())
    assert not validator.is_valid(json.loads(_damaged("sections", 0, "stories", 0, "topics", 0, "line", value=...)))
    assert not validator.is_valid(json.loads(_damaged("mood", value="good")))
    assert not validator.is_valid(json.loads(_damaged("schema", value="digest.brief/0")))


def test_the_schema_in_docs_is_in_step_with_the_models():
    expected = SCHEMA_FILE.read_text(encoding="utf-8")
    assert brief_schema_text() == expected, (
        "the shape of brief.json changed: give models.SCHEMA its next version and write docs/brief.schema.json again "
        "with digest.contract.brief_schema_text()"
    )


def test_the_text_is_readable_and_opens_with_its_version():
    text = brief_to_json(SERIES_BRIEF)
    assert text.startswith('{\n  "schema": "digest.brief/1",\n  "title": "Strait watch",\n')
    assert text.endswith("}\n")
    assert "إغلاق ميناء أوسمارك" in text
    assert '"published": "2026-03-04T01:10:00Z"' in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is not a brief"),
        ("{}", "has no key 'schema'"),
        (_damaged("schema", value="digest.brief/9"), "is of version 'digest.brief/9'; this program reads"),
        (_damaged("title", value=...), "title is missing"),
        (_damaged("mood", value="good"), "mood is no key of a brief"),
        (_damaged("sections", 0, "stories", 0, "topics", 1, "status", value="old"), "sections.0.stories.0.topics.1"),
        (_damaged("sources", 0, "n", value="1"), 'sources.0.n should be a valid integer, not "1"'),
        (_damaged("window", "until", value="2026-03-04T06:00:00"), "until has no offset from UTC"),
        (_damaged("sources", 1, "published", value="2026-03-04T06:00:00"), "published has no offset"),
        (_damaged("window", "timezone", value="Mars/Phobos"), "unknown time zone, 'Mars/Phobos'"),
        (_damaged("window", "timezone", value="../../etc/passwd"), "unknown time zone"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text, told):
    with pytest.raises(BriefFileError) as caught:
        brief_from_json(text, subject="outputs/2026-03-04/brief.json")
    assert told in str(caught.value)
    assert str(caught.value).startswith("outputs/2026-03-04/brief.json: ")
    assert len(str(caught.value)) < 500


def test_a_thousand_problems_are_told_in_a_line():
    values = json.loads(brief_to_json(SERIES_BRIEF))
    values["sources"] = [{}] * 1000
    with pytest.raises(BriefFileError, match=r"and \d+ more") as caught:
        brief_from_json(json.dumps(values))
    assert len(str(caught.value)) < 500


def test_a_file_name_that_is_not_unicode_can_be_written():
    failure = Failure(source="caf\udce9.txt", reason="is empty")
    ledger = replace(SERIES_BRIEF.ledger, failures=(failure,))
    text = brief_to_json(replace(SERIES_BRIEF, ledger=ledger))
    assert brief_from_json(text.encode("utf-8").decode("utf-8")).ledger.failures[0].source == "caf\ufffd.txt"


def test_a_time_in_another_zone_is_the_same_time():
    oslo = timezone(timedelta(hours=1))
    until = SERIES_BRIEF.window.until.astimezone(oslo)
    moved = replace(SERIES_BRIEF, window=replace(SERIES_BRIEF.window, until=until))
    assert brief_from_json(brief_to_json(moved)).window.until == datetime(2026, 3, 4, 7, tzinfo=oslo)
