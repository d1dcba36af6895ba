"""Our way of running BERT gives what the library gives, and a vector does not depend on the texts beside it."""

import json
import shutil
from functools import partial
from threading import Barrier

import numpy as np
import pytest

from digest.config import EmbeddingsConfig
from digest.embeddings import load_encoder
from digest.embeddings.bert import FEWEST_TOKENS, SHORT, BertModel, is_plain_bert, packed, plain
from digest.embeddings.library import LibraryModel
from digest.embeddings.packaged import packaged_model_folder

TEXTS = [
    "The ferry collided with a tanker off Osmark late on Tuesday, killing three people.",
    "Dockers on strike.",
    "",
    "  A line\n with\tspaces  ",
    "Die Fähre läuft am Freitag wieder aus — „morgen“, sagt der Minister.",
    "word " * 400,
    "No.",
]


@pytest.fixture(scope="module")
def library():
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(packaged_model_folder()), device="cpu", local_files_only=True)


@pytest.fixture(scope="module", params=["fp32", "auto"])
def encoder(request):
    """In single precision, and in the numbers that suit this machine, which may be the same."""
    return load_encoder(EmbeddingsConfig(device="cpu", dtype=request.param))


def test_the_vectors_are_the_librarys(library):
    expected = library.encode(TEXTS, normalize_embeddings=True)
    encoder = load_encoder(EmbeddingsConfig(device="cpu", dtype="fp32"))
    np.testing.assert_allclose(encoder.encode(TEXTS), expected, atol=2e-6)


def test_vectors_in_short_numbers_are_near_the_librarys(library):
    expected = library.encode(TEXTS, normalize_embeddings=True)
    encoder = load_encoder(EmbeddingsConfig(device="cpu", dtype="bf16"))
    assert np.sum(encoder.encode(TEXTS) * expected, axis=1).min() > 0.9995


def test_the_vectors_of_a_saved_model_are_the_librarys(tiny_model):
    from sentence_transformers import SentenceTransformer

    assert is_plain_bert(tiny_model)
    expected = SentenceTransformer(str(tiny_model), device="cpu").encode(TEXTS, normalize_embeddings=True)
    encoder = load_encoder(EmbeddingsConfig(model=str(tiny_model), device="cpu", dtype="fp32"))
    np.testing.assert_allclose(encoder.encode(TEXTS), expected, atol=2e-6)


@pytest.mark.parametrize("length", [3, 15, SHORT - 1, SHORT])
def test_short_texts_are_attended_to_as_torch_does_it(tiny_model, length):
    import torch

    part = torch.randn(2 * length, 3 * 32, generator=torch.Generator().manual_seed(1))
    expected = BertModel(tiny_model)._attention(part, length, 2)
    seen = BertModel(tiny_model, dtype="bfloat16")._attention(part.bfloat16(), length, 2)
    np.testing.assert_allclose(seen.float().numpy(), expected.numpy(), atol=0.03)


@pytest.mark.parametrize("rows", [1, 7, 128, 300])
def test_a_packed_product_is_the_plain_one_bit_for_bit(rows):
    import torch

    numbers = torch.Generator().manual_seed(1)
    weight, bias, given = (
        torch.randn(*shape, generator=numbers).bfloat16() for shape in ((96, 32), (96,), (rows, 32))
    )
    product = packed(weight, bias)
    assert torch.equal(product(given), plain(weight, bias)(given))
    assert isinstance(product, partial) is not torch.ops.mkldnn._is_mkldnn_bf16_supported()


def test_a_product_that_torch_cannot_pack_is_the_plain_one(monkeypatch):
    import torch

    weight, bias = torch.eye(2, dtype=torch.bfloat16), torch.ones(2, dtype=torch.bfloat16)
    for fails in (AttributeError, RuntimeError):

        def gone(*given, fails=fails):
            raise fails

        monkeypatch.setattr(torch.ops.mkldnn, "_reorder_linear_weight", gone, raising=False)
        assert packed(weight, bias)(weight).tolist() == [[2, 1], [1, 2]]


def test_a_vector_does_not_depend_on_the_texts_beside_it(encoder):
    numbers = np.random.default_rng(7)
    texts = [" ".join(numbers.choice(["ferry", "harbour", "strike", "vote"], size)) for size in range(1, 60, 2)]
    together = encoder.encode(texts)
    for row in range(0, len(texts), 5):
        np.testing.assert_array_equal(encoder.encode([texts[row]])[0], together[row])
    np.testing.assert_array_equal(encoder.encode(texts[::3]), together[::3])


def test_each_processor_takes_a_batch_and_the_vectors_are_those_of_one(encoder, monkeypatch):
    import torch

    before, together, model = torch.get_num_threads(), Barrier(2, timeout=30), encoder._model
    batches = [model.prepare([text])[0] for text in TEXTS[:4]]
    try:
        torch.set_num_threads(1)  # two share a product in another order, and round otherwise
        alone, batch = [model._batch(one) for one in batches], model._batch
        monkeypatch.setattr(model, "_batch", lambda one: (together.wait(), torch.get_num_threads(), batch(one)))
        torch.set_num_threads(2)
        made = list(model.vectors(batches))
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
    assert [threads for _, threads, _ in made] == [1] * 4
    for (_, _, rows), expected in zip(made, alone, strict=True):
        np.testing.assert_array_equal(rows, expected)


def test_few_tokens_are_filled_up(tiny_model, monkeypatch):
    model = BertModel(tiny_model)
    seen = []
    monkeypatch.setattr(model, "_means", lambda tokens, groups: (seen.append(len(tokens)), means(tokens, groups))[1])
    means = BertModel(tiny_model)._means
    prepared, lengths = model.prepare(["the port was closed"])
    assert [rows.shape for rows in model.vectors([prepared])] == [(1, 32)]
    assert FEWEST_TOKENS <= seen[0] < FEWEST_TOKENS + lengths[0]


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("config.json", {"model_type": "mpnet"}),
        ("config.json", {"hidden_act": "relu"}),
        ("1_Pooling/config.json", {"pooling_mode": "cls"}),
        ("config_sentence_transformers.json", {"default_prompt_name": "query"}),
        ("sentence_bert_config.json", {"do_lower_case": True}),
    ],
)
def test_other_models_are_left_to_the_library(tiny_model, tmp_path, file, change):
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    path = folder / file
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    assert not is_plain_bert(folder)


def test_the_older_way_to_name_the_pooling_is_read(tiny_model, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_mean_tokens": True}))
    assert is_plain_bert(folder)
    both = {"pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(both))
    assert not is_plain_bert(folder)


def test_a_model_the_library_runs_gives_unit_rows(tiny_model, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    path = folder / "1_Pooling" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "pooling_mode": "cls"}))
    encoder = load_encoder(EmbeddingsConfig(model=str(folder), device="cpu"))
    assert isinstance(encoder._model, LibraryModel)
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
