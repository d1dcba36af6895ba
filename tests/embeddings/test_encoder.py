import socket

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import EmbeddingsConfig
from digest.embeddings import load_encoder
from digest.embeddings.encoder import even_budget, token_batches
from digest.embeddings.packaged import PACKAGED_SHA256, packaged_model_folder, verify_checksum
from digest.errors import ModelError

TEXTS = ["the port was closed", "dockers on strike", "the port was closed", "three people killed"]


@pytest.fixture(scope="module")
def encoder(tiny_model):
    return load_encoder(EmbeddingsConfig(model=str(tiny_model), device="cpu"))


def test_rows_have_unit_length_and_follow_the_texts(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (4, 32)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_the_order_of_the_texts_does_not_change_a_row(encoder):
    forwards, backwards = encoder.encode(TEXTS), encoder.encode(TEXTS[::-1])
    np.testing.assert_array_equal(forwards, backwards[::-1])


@given(st.lists(st.integers(min_value=0, max_value=300), max_size=60), st.integers(min_value=64, max_value=2000))
def test_batches_hold_every_row_once_within_the_budget(lengths, budget):
    batches = list(token_batches(lengths, budget=budget))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= budget


@pytest.mark.parametrize(
    ("texts", "most", "budget"), [(10, 2048, 256), (100, 2048, 256), (400, 2048, 700), (9000, 2048, 2048), (9000, 64, 64)]
)
def test_few_texts_are_cut_into_batches_for_each_processor(texts, most, budget):
    assert even_budget([28] * texts, most=most) == budget


def test_on_a_cpu_few_texts_are_several_batches(encoder, monkeypatch):
    batches = []
    monkeypatch.setattr(encoder._model, "vectors", lambda made: (batches.extend(made), vectors(made))[1])
    vectors = type(encoder._model).vectors.__get__(encoder._model)
    encoder.encode([f"the port was closed {number}" for number in range(100)])
    assert len(batches) > 2


def test_batching_does_not_change_a_vector(tiny_model, encoder):
    small = load_encoder(EmbeddingsConfig(model=str(tiny_model), device="cpu", batch_tokens=64))
    np.testing.assert_allclose(small.encode(TEXTS), encoder.encode(TEXTS), atol=1e-6)


def test_no_text_no_rows(encoder):
    assert encoder.encode([]).shape == (0, 32)


def test_a_model_that_is_not_there_is_named():
    with pytest.raises(ModelError, match="no/such-model") as caught:
        load_encoder(EmbeddingsConfig(model="no/such-model", device="cpu"))
    assert "minilm" in caught.value.hint


def test_a_hub_that_does_not_answer_is_asked_once(monkeypatch, caplog):
    """Its libraries would ask it for each file, six times each, and tell of every one."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        with pytest.raises(ModelError, match=r"model hub does not answer .*refused") as caught:
            load_encoder(EmbeddingsConfig(model="all-MiniLM-L12", device="cpu"))
    assert caught.value.subject == "all-MiniLM-L12"
    assert "network" in caught.value.hint
    assert "Retrying" not in caplog.text


def test_a_folder_that_is_no_model_is_named(tmp_path):
    (tmp_path / "notes.txt").write_text("no model")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_encoder(EmbeddingsConfig(model=str(tmp_path), device="cpu"))


def test_weights_with_another_checksum_are_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"not the published weights")
    with pytest.raises(ModelError, match="sha256"):
        verify_checksum(tmp_path / "model.safetensors", PACKAGED_SHA256)
    with pytest.raises(ModelError, match="cannot be read"):
        verify_checksum(tmp_path / "absent.safetensors", PACKAGED_SHA256)


def test_the_packaged_model_is_the_published_one():
    assert (packaged_model_folder() / "model.safetensors").is_file()
