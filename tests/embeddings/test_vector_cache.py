"""Vectors kept from run to run: what is encoded, what is not, and that nobody can tell from the vectors."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from digest.config import EmbeddingsConfig
from digest.embeddings import CachedEncoder, load_encoder
from digest.embeddings.cache import cached_encoder
from digest.store import Database
from digest.store.kept import UNUSED_DAYS, Kept, KeptVectors

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
TEXTS = ["the port was closed", "dockers on strike", "the port was closed", "three people killed"]


class Counting:
    """An encoder that notes what it was asked for."""

    note = ""

    def __init__(self, identity="one"):
        self.identity = identity
        self.asked = []

    def encode(self, texts, /):
        self.asked.append(list(texts))
        rows = np.array([[len(text), 1.0] for text in texts], dtype=np.float32).reshape(-1, 2)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def refuse():
    raise AssertionError("the model was loaded")


@pytest.fixture
def database(tmp_path):
    with Database(tmp_path / "digest.sqlite") as opened:
        yield opened


def kept(database, now=NOW):
    return KeptVectors(Kept(database, now=now))


def test_a_second_run_loads_no_model_and_gets_the_same_bits(database):
    model = Counting()
    first = CachedEncoder(lambda: model, kept(database), identity="one").encode(TEXTS)
    assert model.asked == [sorted(set(TEXTS))]
    second = CachedEncoder(refuse, kept(database), identity="one").encode(TEXTS[::-1])
    np.testing.assert_array_equal(second, first[::-1])
    assert second.dtype == np.float32


def test_only_new_texts_are_encoded(database):
    model = Counting()
    CachedEncoder(lambda: model, kept(database), identity="one").encode(TEXTS[:2])
    CachedEncoder(lambda: model, kept(database), identity="one").encode([*TEXTS, "sea wall"])
    assert model.asked[1] == ["sea wall", "three people killed"]


def test_another_model_shares_nothing(database):
    CachedEncoder(Counting, kept(database), identity="one").encode(TEXTS)
    other = Counting("two")
    CachedEncoder(lambda: other, kept(database), identity="two").encode(TEXTS)
    assert other.asked == [sorted(set(TEXTS))]


def test_a_model_that_could_not_use_its_numbers_finds_what_it_kept(database):
    """Expected in half precision, it settled for single: its vectors are kept, and found, under that."""
    model = Counting("single")
    CachedEncoder(lambda: model, kept(database), identity="half").encode(TEXTS)
    CachedEncoder(lambda: model, kept(database), identity="half").encode(TEXTS)
    assert len(model.asked) == 1


def test_an_unknown_identity_is_asked_of_the_model(database):
    model = Counting("found out")
    for _ in range(2):
        CachedEncoder(lambda: model, kept(database), identity=None).encode(TEXTS)
    assert len(model.asked) == 1


@pytest.mark.parametrize("damage", ["substr(value, 1, 4)", "zeroblob(8)", "x''"])
def test_a_damaged_row_is_encoded_again(database, damage):
    CachedEncoder(Counting, kept(database), identity="one").encode(TEXTS)
    database.change(f"UPDATE kept SET value = {damage} WHERE rowid = 1")
    model = Counting()
    again = CachedEncoder(lambda: model, kept(database), identity="one").encode(TEXTS)
    assert [len(texts) for texts in model.asked] == [1]
    np.testing.assert_array_equal(again, Counting().encode(TEXTS))
    CachedEncoder(refuse, kept(database), identity="one").encode(TEXTS)


def test_what_nobody_uses_is_dropped_and_what_is_used_stays(database):
    CachedEncoder(Counting, kept(database), identity="one").encode(["old", "used"])
    CachedEncoder(refuse, kept(database, NOW + timedelta(days=UNUSED_DAYS - 1)), identity="one").encode(["used"])
    later = kept(database, NOW + timedelta(days=UNUSED_DAYS + 1))
    assert set(later.get("one", ["old", "used"])) == {"used"}
    assert database.rows("SELECT count(*) FROM kept") == [(1,)]


def test_many_texts_are_found_again(database):
    texts = [f"text {number}" for number in range(1234)]
    CachedEncoder(Counting, kept(database), identity="one").encode(texts)
    found = CachedEncoder(refuse, kept(database), identity="one").encode(texts)
    np.testing.assert_array_equal(found, Counting().encode(texts))


def test_no_text_has_no_row(database):
    assert CachedEncoder(Counting, kept(database), identity="one").encode([]).shape == (0, 2)


def test_the_table_lies_in_the_store_and_does_not_keep_others_from_it(tmp_path):
    path = tmp_path / "digest.sqlite"
    with Database(path) as database:
        kept(database).put("one", ["text"], np.ones((1, 2), dtype=np.float32))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1,)
    with Database(path) as database:
        assert len(kept(database).get("one", ["text"])) == 1


def test_kept_vectors_are_those_of_the_model(tiny_model, database):
    """Encoded in two runs, some here and some there, they are to the last bit those of one run."""
    config = EmbeddingsConfig(model=str(tiny_model), device="cpu")
    texts = [" ".join(["ferry tanker port"] * size) for size in range(1, 12)]
    cached_encoder(config, kept(database)).encode(texts[::2])
    mixed = cached_encoder(config, kept(database)).encode(texts)
    np.testing.assert_array_equal(mixed, load_encoder(config).encode(texts))


def test_no_torch_is_imported_when_all_vectors_are_kept(tiny_model, tmp_path):
    code = (
        "import sys, datetime\n"
        "from pathlib import Path\n"
        "from digest.config import EmbeddingsConfig\n"
        "from digest.embeddings import cached_encoder\n"
        "from digest.store import Database\n"
        "from digest.store.kept import Kept, KeptVectors\n"
        "model, store = sys.argv[1:]\n"
        "now = datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC)\n"
        "with Database(Path(store)) as database:\n"
        "    config = EmbeddingsConfig(model=model, device='cpu')\n"
        "    cached_encoder(config, KeptVectors(Kept(database, now=now))).encode(['the port was closed'])\n"
        "print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tiny_model), str(tmp_path / "digest.sqlite")]
    first, second = (subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in "12")
    assert "torch" in first
    assert not {"torch", "transformers", "sentence_transformers", "tokenizers"} & set(second)
    assert not {"transformers", "sentence_transformers"} & set(first)


def test_what_the_model_settled_for_is_noted(database):
    model = Counting("single")
    model.note = "Texts were encoded in float32."
    encoder = CachedEncoder(lambda: model, kept(database), identity="half")
    assert encoder.notes == ()
    encoder.encode(TEXTS)
    assert encoder.notes == ("Texts were encoded in float32.",)


def test_the_note_stands_in_the_ledger(tmp_path, monkeypatch):
    from digest import job

    (tmp_path / "in").mkdir()
    text = "The port of Osmark was closed on Tuesday after a storm damaged its northern wall, the authority said."
    (tmp_path / "in" / "a.txt").write_text(text)
    model = Counting("single")
    model.note = "Texts were encoded in float32."
    monkeypatch.setattr("digest.embeddings.cache.load_encoder", lambda config: model)
    finished = job.run(job.job_for(tmp_path / "in", outputs=tmp_path / "out"), now=NOW)
    assert finished.brief.ledger.notes == (model.note,)
    assert "Texts were encoded in float32." in (finished.folder / "brief.txt").read_text().replace("\n", " ")
