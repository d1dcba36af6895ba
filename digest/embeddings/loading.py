"""From the configuration to a loaded model: where it runs, with which numbers, and what its vectors are known by.

`identity` answers without loading anything, so that a run whose vectors are all kept starts no model at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from digest.config import PACKAGED_MODEL, EmbeddingsConfig
from digest.devices import DtypeName, Machine, choose_device, choose_dtype, this_machine
from digest.embeddings.bert import BertModel, is_plain_bert
from digest.embeddings.encoder import Model, ModelEncoder, Vectors
from digest.embeddings.library import load_library_model
from digest.embeddings.packaged import PACKAGED_SHA256, packaged_model_folder
from digest.hub import downloaded, loaded

# Raised when this program makes other vectors than before from the same model on the same machine.
ENCODING = 2

# Shorter numbers are used if each of these keeps this cosine to its vector in single precision.
NEAR_ENOUGH = 0.999
PROBES = (
    "Three people were killed when a ferry and a tanker collided off Osmark late on Tuesday.",
    "The central bank of Vesk left its main rate at 4.25%, as most of the economists asked had expected.",
    "“We will not sign,” the minister said.",
    "Der Hafen bleibt bis Freitag geschlossen.",
    "no",
)
# Tokens per batch. On two processors, each with a batch of its own, 1,121 sentences took no longer with 512 than with
# 1,024 (7.4 and 8.2 s of processor time), and longer with 256 (8.8), and peaked at 433 MB, not 495. In bfloat16 500
# took 1.55 s with 512, 1.50 with 1,024 and 1.46 with 2,048 to 4,096; a cold run of 9,000 took 23.3, 21.8 and 22.8 s
# of wall time with the first three, at a peak of 602, 637 and 728 MB. A GPU has work for its units only with many; its
# number is a guess.
CPU_TOKENS, CPU_SHORT_TOKENS, GPU_TOKENS = 512, 1_024, 32_768
_NAMES: dict[str, DtypeName] = {"fp32": "float32", "bf16": "bfloat16", "fp16": "float16"}

Load = Callable[[str], Model]  # the model with the numbers of this name


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where a model runs and with which numbers; `devices` are more than one where several GPUs share the work."""

    device: str
    dtype: DtypeName
    devices: tuple[str, ...] = ()


def plan(config: EmbeddingsConfig, machine: Machine) -> Plan:
    """Decide on the device and the numbers. Raises ModelError for a device that is not there."""
    device = choose_device(config.device, machine, key="embeddings.device")
    fastest = choose_dtype(device, machine.cpu_flags, cuda=machine.cuda)
    several = device == "cuda" and machine.gpus > 1
    return Plan(
        device=device,
        dtype=_NAMES.get(config.dtype, fastest),
        devices=tuple(f"cuda:{number}" for number in range(machine.gpus)) if several else (),
    )


def identity(config: EmbeddingsConfig, planned: Plan) -> str | None:
    """What the vectors are known by: model, revision, numbers, backend. None where the model is not here yet."""
    revision = _revision(config.model)
    if revision is None:
        return None
    backend = f"{planned.device} torch {version('torch')} encoding {ENCODING}"
    return "\n".join((config.model, revision, planned.dtype, backend))


def planned_identity(config: EmbeddingsConfig) -> str | None:
    """What the vectors will be known by, if the model bears the numbers that suit this machine. Loads nothing."""
    return identity(config, plan(config, this_machine()))


def load_encoder(config: EmbeddingsConfig) -> ModelEncoder:
    """Load the configured model. Raises ModelError when it is missing or fails its checksum."""
    planned = plan(config, this_machine())
    folder = packaged_model_folder() if config.model == PACKAGED_MODEL else Path(config.model)

    def load(dtype: str, local: bool) -> Model:
        if not planned.devices and is_plain_bert(folder):
            return BertModel(folder, device=planned.device, dtype=dtype)
        return load_library_model(
            str(folder), local=local, device=planned.device, dtype=dtype, devices=planned.devices
        )  # fmt: skip

    model, dtype, note = loaded(
        str(folder),
        lambda local: load_near_enough(lambda dtype: load(dtype, local), planned.dtype),
        kind="a sentence-transformers model",
        hint=f"set embeddings.model to {PACKAGED_MODEL!r}, to a folder, or to a model name the hub knows",
    )
    settled = Plan(device=planned.device, dtype=dtype, devices=planned.devices)
    return ModelEncoder(
        model,
        name=config.model,
        identity=identity(config, settled) or "",
        note=note,
        batch_tokens=config.batch_tokens or _batch_tokens(settled),
    )


def _batch_tokens(settled: Plan) -> int:
    if settled.device != "cpu":
        return GPU_TOKENS
    return CPU_TOKENS if settled.dtype == "float32" else CPU_SHORT_TOKENS


def load_near_enough(load: Load, dtype: DtypeName) -> tuple[Model, DtypeName, str]:
    """Load with the wanted numbers if they keep the vectors where they are, else with single precision, and say so."""
    model = load("float32")
    if dtype == "float32":
        return model, dtype, ""
    shorter = load(dtype)
    nearest = float(np.min(np.sum(_probed(model) * _probed(shorter), axis=1), initial=1.0))
    if nearest >= NEAR_ENOUGH:
        return shorter, dtype, ""
    return model, "float32", f"Texts were encoded in float32: {dtype} moves the model's vectors (cosine {nearest:.4f})."


def _probed(model: Model) -> Vectors:
    prepared, _ = model.prepare(PROBES)
    return np.concatenate(list(model.vectors([prepared])))


def _revision(model: str) -> str | None:
    """What changes when the model does: its checksum, its files' sizes and times, or its commit on the hub."""
    if model == PACKAGED_MODEL:
        return PACKAGED_SHA256
    folder = Path(model)
    if not folder.exists():
        return downloaded(model)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    told = "\n".join(f"{path.relative_to(folder)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256(f"{folder.resolve()}\n{told}".encode()).hexdigest()
