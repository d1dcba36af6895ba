"""What is kept of articles: each version once, what a source still gives, and which version stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.models import Validator
from digest.store import Database
from digest.store.articles import (
    Reading,
    first_seen,
    keep_reading,
    kept_articles,
    newest_at,
    recall,
    standing,
    superseded,
    validators,
)
from tests.fakes import article

NOW = datetime(2026, 3, 4, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED, OTHER = "https://coastradio.example/feed", "https://ledger.example/feed"
QUAY = article(
    "quay1", "The northern quay of Osmark closes for three weeks.", link="https://coastradio.example/quay",
    published=NOW - HOUR, authors=("Ada Holm",), tags=("port", "Osmark"), source="Coast Radio#1",
)  # fmt: skip
EDITED = replace(QUAY, id="quay2", text="The northern quay of Osmark closes for five weeks.")
FERRY = article("ferry", "A ferry ran aground.", link="https://coastradio.example/ferry", published=NOW - 2 * HOUR)


@pytest.fixture
def store():
    with Database(None) as database:
        yield database


def read(store, *articles, source=FEED, now=NOW, unchanged=(), **answer):
    given = {source: [one.id for one in articles]} if articles else {}
    named = {source: Validator(**answer)} if articles else {}
    return keep_reading(store, Reading(articles=articles, given=given, unchanged=unchanged, validators=named), now=now)


def versions(store, key):
    return [one for one in kept_articles(store) if one.article.id == key]


def ids(articles):
    return [one.id for one in articles]


def test_an_article_comes_back_as_it_was(store):
    strange = article("odd", "Half a pair: \ud83d, and a nul: \x00.", link=None)
    read(store, QUAY, strange, FERRY)
    assert standing(store, [FEED]) == (FERRY, strange, QUAY)


def test_a_moved_entry_is_the_same_version_and_an_edited_one_is_not(store):
    read(store, QUAY)
    assert read(store, replace(QUAY, source="Coast Radio#7"), now=NOW + HOUR) == (QUAY,)
    read(store, replace(QUAY, published=NOW), now=NOW + HOUR)
    (first, second) = versions(store, QUAY.id)
    assert (first.first_seen, first.last_seen) == (NOW, NOW + HOUR)
    assert second.article.published == NOW
    assert first_seen(store, [QUAY.id, "nobody"]) == {QUAY.id: NOW}


def test_a_source_that_answers_as_before_still_gives_what_it_gave(store):
    read(store, QUAY, FERRY, etag='"1"', newest=NOW - HOUR)
    read(store, FERRY, now=NOW + HOUR, etag='"2"')
    read(store, now=NOW + 2 * HOUR, unchanged=[FEED])
    assert ids(standing(store, [FEED])) == ["ferry"]
    (ferry,) = versions(store, "ferry")
    assert ferry.last_seen == NOW + 2 * HOUR
    assert validators(store)[FEED].etag == '"2"'


def test_what_fell_off_a_feed_is_recalled_while_it_is_of_the_window(store):
    read(store, QUAY, FERRY)
    read(store, FERRY, now=NOW + HOUR)
    assert ids(recall(store, [FEED], since=NOW - 1.5 * HOUR, until=NOW + HOUR)) == ["quay1"]
    assert ids(recall(store, [FEED], since=None, until=NOW + HOUR)) == ["ferry", "quay1"]
    assert recall(store, [OTHER], since=None, until=NOW) == ()
    assert recall(store, [FEED], since=None, until=NOW - HOUR) == (), "not yet known then"


def test_an_undated_article_is_recalled_by_when_it_was_first_read(store):
    read(store, replace(QUAY, published=None))
    assert ids(recall(store, [FEED], since=NOW - HOUR, until=NOW)) == ["quay1"]
    assert recall(store, [FEED], since=NOW + HOUR, until=NOW + 2 * HOUR) == ()


def test_an_edit_stands_in_the_place_of_what_it_edits(store):
    read(store, QUAY, FERRY)
    read(store, EDITED, FERRY, now=NOW + HOUR)
    assert superseded(store, [FEED]) == {"quay1"}
    read(store, QUAY, FERRY, now=NOW + 2 * HOUR)
    assert superseded(store, [FEED]) == {"quay2"}, "the publisher took the edit back"


def test_a_teaser_does_not_stand_in_the_place_of_the_whole_text(store):
    read(store, QUAY)
    read(store, replace(QUAY, id="teaser", text="The northern quay …", stub=True), now=NOW + HOUR)
    assert superseded(store, [FEED]) == {"teaser"}


def test_a_link_under_which_several_articles_stand_at_once_tells_nothing(store):
    home = "https://coastradio.example/"
    read(store, replace(QUAY, link=home), replace(FERRY, link=home))
    read(store, replace(EDITED, link=home), now=NOW + HOUR)
    assert superseded(store, [FEED]) == frozenset()


def test_the_page_of_a_known_article_is_not_fetched_again(store):
    read(store, QUAY, replace(FERRY, stub=True))
    read(store, EDITED, now=NOW + HOUR)
    assert newest_at(store, FEED, QUAY.link) == EDITED
    assert newest_at(store, FEED, FERRY.link) is None, "a teaser is no text"
    assert newest_at(store, OTHER, QUAY.link) is None, "another source may shape its articles otherwise"
