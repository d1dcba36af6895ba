"""A map that recalls: what it makes, what it recalls, and that nobody can tell from the brief."""

import pickle
import zlib
from datetime import UTC, datetime
from functools import partial

import pytest

from benchmarks.invented import DAY, invented_articles
from digest.config import StatementsConfig
from digest.engines import local_map, recalling
from digest.engines.recalling import RecallingMap
from digest.job import job_for, run
from digest.jsonl import sources_to_jsonl
from digest.language.words import content_stems, content_words
from digest.statements import extract_statements
from digest.store import Database
from digest.store.kept import Kept
from digest.topics.features import read

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
ARTICLES = list(invented_articles(3))


class Noting:
    """A map that notes the values it was given."""

    def __init__(self):
        self.given = []

    def __call__(self, function, values, /):
        values = list(values)
        self.given.append(values)
        return map(function, values)


@pytest.fixture
def kept(tmp_path):
    with Database(tmp_path / "digest.sqlite") as database:
        yield Kept(database, now=NOW)


def recalled(kept, function, values):
    """What a map gives for these values, and those of them that it made anew."""
    each = Noting()
    found = list(RecallingMap(each, kept)(function, values))
    return found, each.given[0]


def test_what_was_made_is_recalled_as_it_was(kept):
    split = partial(extract_statements, config=StatementsConfig())
    for function, values in ((split, ARTICLES), (read, [article.text[:300] for article in ARTICLES])):
        made = list(map(function, values))
        assert recalled(kept, function, values) == (made, values)
        assert recalled(kept, function, values[::-1]) == (made[::-1], [])


def test_only_what_is_missing_is_made_and_each_value_once(kept):
    recalled(kept, read, ["The port closed.", "Nine people fled."])
    values = ["The sea wall broke.", "The port closed.", "The sea wall broke."]
    assert recalled(kept, read, values) == (list(map(read, values)), values[:1])


def test_another_function_or_one_bound_otherwise_shares_nothing(kept):
    strict, loose = (partial(extract_statements, config=StatementsConfig(min_words=least)) for least in (5, 20))
    recalled(kept, strict, ARTICLES)
    assert recalled(kept, loose, ARTICLES) == (list(map(loose, ARTICLES)), ARTICLES)
    recalled(kept, content_stems, ["Ports"])
    assert recalled(kept, content_words, ["Ports"]) == ([["ports"]], ["Ports"])


def test_another_program_makes_all_anew(kept, monkeypatch):
    recalled(kept, read, ["The port closed."])
    monkeypatch.setattr(recalling, "_program", lambda: b"another")
    assert recalled(kept, read, ["The port closed."])[1] == ["The port closed."]


class Strange:
    """What no result is; reading it back would run its function."""

    def __reduce__(self):
        return (pytest.fail, ("a strange file was obeyed",))


@pytest.mark.parametrize("blob", [b"", b"no", zlib.compress(b"no"), zlib.compress(pickle.dumps(Strange()))])
def test_what_is_no_result_is_made_anew_and_not_obeyed(kept, blob):
    class Memory:
        def get(self, keys):
            return dict.fromkeys(keys, blob)

        def put(self, values):
            self.kept = values

    memory = Memory()
    assert recalled(memory, read, ["The port closed."]) == ([read("The port closed.")], ["The port closed."])
    assert len(memory.kept) == 1


def test_a_run_over_articles_that_it_knows_reads_none_anew_and_gives_the_same_bytes(tmp_path):
    (tmp_path / "articles.jsonl").write_text(sources_to_jsonl(ARTICLES))
    (tmp_path / "digest.toml").write_text('[[sources]]\npath = "articles.jsonl"\n')
    job, now = job_for(tmp_path / "digest.toml"), DAY.replace(hour=12)

    def files(each):
        folder = run(job, now=now, each=each).folder
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    first, again = files(local_map), Noting()
    assert files(again) == first
    assert [values for values in again.given if values] == again.given[:1]  # the files of the sources
