"""Where a model runs and with which numbers: decisions from plain values, and the look at this machine."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from digest.errors import ModelError

DeviceName = Literal["cpu", "cuda", "mps"]
DtypeName = Literal["float32", "bfloat16", "float16"]

# Trained in bfloat16 or with activations beyond 65,504: half precision overflows and they write nonsense.
NOT_IN_HALF = frozenset({"t5", "mt5", "umt5", "longt5", "switch_transformers", "pegasus", "pegasus_x"})
_CPU_BF16 = frozenset({"avx512_bf16", "amx_bf16", "bf16"})  # the last one is ARM's; without them bf16 is emulated
_AMPERE = (8, 0)  # the first CUDA generation with bfloat16 in hardware
_VOLTA = (7, 0)  # the first one where half precision is faster than single
_GPU_FILES = ("nvidia", "dxg", "kfd")  # how the files in /dev begin: NVIDIA's, Windows' inside WSL, AMD's


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What matters here about a machine: its CPU's flags, the first CUDA device's capability if any and how many
    there are, Apple's GPU."""

    cpu_flags: frozenset[str] = frozenset()
    cuda: tuple[int, int] | None = None
    gpus: int = 0
    mps: bool = False


def choose_device(asked: str, machine: Machine, *, key: str = "lines.device") -> DeviceName:
    """The device to run on: the one asked for, or with "auto" the fastest there is.

    Raises ModelError, which names the configuration's `key`.
    """
    there: dict[str, bool] = {"cuda": machine.cuda is not None, "mps": machine.mps, "cpu": True}
    names: tuple[DeviceName, ...] = ("cuda", "mps", "cpu")
    for name in names:
        if asked in (name, "auto") and there[name]:
            return name
    raise ModelError(f"{key} = {asked!r}", "this machine has none that torch can use", hint=f"set {key} to 'auto'")


def choose_dtype(
    device: str, cpu_flags: Collection[str] = (), *, cuda: tuple[int, int] | None = None, family: str = ""
) -> DtypeName:
    """The numbers to calculate with: the shorter ones where the hardware has them and the model bears them."""
    if device == "cpu":
        return "bfloat16" if _CPU_BF16 & set(cpu_flags) else "float32"
    if device == "cuda" and cuda is not None and cuda >= _AMPERE:
        return "bfloat16"
    if (device == "cuda" and (cuda is None or cuda < _VOLTA)) or family in NOT_IN_HALF:
        return "float32"
    return "float16"


def this_machine() -> Machine:
    """Look at this machine. Imports torch, which takes seconds, only where there may be a GPU."""
    try:
        build = version("torch")
    except PackageNotFoundError:
        build = ""
    dev = Path("/dev")
    files = [path.name for path in dev.iterdir()] if dev.is_dir() else []
    if not may_have_gpu(build, sys.platform, files):
        return Machine(cpu_flags=cpu_flags())
    import torch

    cuda = torch.cuda.is_available()
    return Machine(
        cpu_flags=cpu_flags(),
        cuda=torch.cuda.get_device_capability() if cuda else None,
        gpus=torch.cuda.device_count() if cuda else 0,
        mps=torch.backends.mps.is_available(),
    )


def may_have_gpu(build: str, platform: str, device_files: Collection[str]) -> bool:
    """Whether torch of a `build` ("2.13.0+cpu") may find a GPU: certainly not without a driver's file in /dev."""
    if platform == "darwin":
        return True
    if build.endswith("+cpu"):
        return False
    return platform != "linux" or any(name.startswith(_GPU_FILES) for name in device_files)


def cpu_flags(path: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """The CPU's feature flags; none where the system does not list them."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                name, _, flags = line.partition(":")
                if name.strip().casefold() in ("flags", "features"):
                    return frozenset(flags.split())
    except OSError:
        pass
    return frozenset()
