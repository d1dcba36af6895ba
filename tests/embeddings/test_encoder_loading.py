"""Where a model runs, with which numbers, and what its vectors are known by: decisions that need no hardware."""

import os
import shutil

import numpy as np
import pytest

from digest.config import EmbeddingsConfig
from digest.devices import Machine, may_have_gpu
from digest.embeddings.library import SPREAD_TEXTS, LibraryModel
from digest.embeddings.loading import (
    CPU_SHORT_TOKENS,
    CPU_TOKENS,
    GPU_TOKENS,
    PROBES,
    Plan,
    identity,
    load_encoder,
    load_near_enough,
    plan,
    planned_identity,
)
from digest.errors import ModelError

PLAIN = Machine(cpu_flags=frozenset({"avx2", "avx512f"}))
BF16 = Machine(cpu_flags=frozenset({"avx512f", "avx512_bf16"}))
AMPERE = Machine(cuda=(8, 0), gpus=1)
TURING = Machine(cuda=(7, 5), gpus=1)
PASCAL = Machine(cuda=(6, 1), gpus=1)
FOUR = Machine(cuda=(9, 0), gpus=4)


@pytest.mark.parametrize(
    ("settings", "machine", "expected"),
    [
        ({}, PLAIN, Plan(device="cpu", dtype="float32")),
        ({}, BF16, Plan(device="cpu", dtype="bfloat16")),
        ({}, AMPERE, Plan(device="cuda", dtype="bfloat16", devices=())),
        ({}, TURING, Plan(device="cuda", dtype="float16")),
        ({}, PASCAL, Plan(device="cuda", dtype="float32")),
        ({}, Machine(mps=True), Plan(device="mps", dtype="float16")),
        ({}, FOUR, Plan(device="cuda", dtype="bfloat16", devices=("cuda:0", "cuda:1", "cuda:2", "cuda:3"))),
        ({"device": "cpu"}, FOUR, Plan(device="cpu", dtype="float32")),
        ({"dtype": "fp32"}, AMPERE, Plan(device="cuda", dtype="float32")),
        ({"dtype": "fp16"}, AMPERE, Plan(device="cuda", dtype="float16")),
        ({"dtype": "bf16"}, PLAIN, Plan(device="cpu", dtype="bfloat16")),
    ],
)
def test_device_and_numbers_follow_the_machine_and_the_configuration(settings, machine, expected):
    assert plan(EmbeddingsConfig(**settings), machine) == expected


def test_a_device_that_is_not_there_is_named_with_its_key():
    with pytest.raises(ModelError, match=r"embeddings\.device = 'mps'"):
        plan(EmbeddingsConfig(device="mps"), PLAIN)


@pytest.mark.parametrize(
    ("build", "platform", "files", "expected"),
    [
        ("2.13.0+cpu", "linux", ["nvidia0"], False),
        ("2.13.0", "linux", ["null", "tty"], False),
        ("2.13.0", "linux", ["null", "nvidiactl"], True),
        ("2.13.0", "linux", ["dxg"], True),
        ("2.13.0+rocm7", "linux", ["kfd"], True),
        ("2.13.0", "darwin", [], True),
        ("2.13.0", "win32", [], True),
        ("2.13.0+cpu", "win32", [], False),
    ],
)
def test_torch_is_asked_for_gpus_only_where_there_may_be_one(build, platform, files, expected):
    assert may_have_gpu(build, platform, files) is expected


class Turned:
    """A model whose vectors turn away by an angle when it calculates with short numbers."""

    device, dimension = "cpu", 2

    def __init__(self, angle):
        self.angle = angle

    def prepare(self, texts, /):
        return texts, [1] * len(texts)

    def vectors(self, batches, /):
        row = np.array([[np.cos(self.angle), np.sin(self.angle)]], dtype=np.float32)
        return [np.tile(row, (len(batch), 1)) for batch in batches]

    def spread(self, texts, /):
        return None


def test_short_numbers_are_used_when_they_keep_the_vectors():
    model, dtype, note = load_near_enough(lambda dtype: Turned(0.04 * (dtype == "bfloat16")), "bfloat16")
    assert (model.angle, dtype, note) == (0.04, "bfloat16", "")


def test_else_single_precision_is_and_that_is_said():
    model, dtype, note = load_near_enough(lambda dtype: Turned(0.05 * (dtype == "bfloat16")), "bfloat16")
    assert (model.angle, dtype) == (0.0, "float32")
    assert "bfloat16" in note
    assert "0.9988" in note


def test_vectors_that_are_no_numbers_are_not_near():
    _, dtype, _ = load_near_enough(lambda dtype: Turned(np.nan if dtype == "float16" else 0.0), "float16")
    assert dtype == "float32"


def test_nothing_is_loaded_twice_for_single_precision():
    loads = []
    load_near_enough(lambda dtype: (loads.append(dtype), Turned(0.0))[1], "float32")
    assert loads == ["float32"]
    assert len(PROBES) >= 3


def test_bf16_weights_stay_near_enough_for_the_packaged_model():
    from digest.embeddings.bert import BertModel
    from digest.embeddings.packaged import packaged_model_folder

    folder = packaged_model_folder()
    _, dtype, note = load_near_enough(lambda dtype: BertModel(folder, dtype=dtype), "bfloat16")
    assert (dtype, note) == ("bfloat16", "")


def test_the_identity_tells_models_numbers_and_devices_apart():
    cpu = Plan(device="cpu", dtype="float32")
    known = {
        identity(EmbeddingsConfig(), cpu),
        identity(EmbeddingsConfig(), Plan(device="cpu", dtype="bfloat16")),
        identity(EmbeddingsConfig(), Plan(device="cuda", dtype="float32")),
    }
    assert len(known) == 3
    assert identity(EmbeddingsConfig(batch_tokens=64), cpu) in known


def test_the_identity_of_a_folder_changes_with_its_files(tiny_model, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    config = EmbeddingsConfig(model=str(folder), device="cpu")
    before = planned_identity(config)
    assert before == planned_identity(config)
    os.utime(folder / "model.safetensors", ns=(1, 1))
    assert planned_identity(config) != before


def test_a_model_that_is_nowhere_yet_has_no_identity(tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    config = EmbeddingsConfig(model="norra/embedder", device="cpu")
    assert planned_identity(config) is None
    reference = tmp_path / "models--norra--embedder" / "refs" / "main"
    reference.parent.mkdir(parents=True)
    reference.write_text("0a1b2c")
    assert "0a1b2c" in planned_identity(config)


class Pool:
    """What the library's model does with a list of devices."""

    def __init__(self):
        self.calls = []

    def get_embedding_dimension(self):
        return 2

    def encode(self, texts, **options):
        self.calls.append((len(texts), options.get("device")))
        return np.tile(np.array([[3.0, 4.0]]), (len(texts), 1))


def test_many_texts_are_spread_over_several_gpus():
    pool = Pool()
    model = LibraryModel(pool, device="cuda", devices=("cuda:0", "cuda:1"))
    assert model.spread(["a"] * (SPREAD_TEXTS - 1)) is None
    rows = model.spread(["a"] * SPREAD_TEXTS)
    assert pool.calls == [(SPREAD_TEXTS, ["cuda:0", "cuda:1"])]
    np.testing.assert_allclose(rows[0], [0.6, 0.8])
    assert LibraryModel(pool, device="cuda").spread(["a"] * SPREAD_TEXTS) is None


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (EmbeddingsConfig(device="cpu", dtype="fp32"), CPU_TOKENS),
        (EmbeddingsConfig(device="cpu", dtype="bf16"), CPU_SHORT_TOKENS),
        (EmbeddingsConfig(device="cpu", batch_tokens=64), 64),
    ],
)
def test_batches_are_as_large_as_the_configuration_or_the_device_says(config, expected):
    assert load_encoder(config)._batch_tokens == expected
    assert CPU_TOKENS < CPU_SHORT_TOKENS < GPU_TOKENS
