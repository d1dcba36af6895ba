"""Where a writer's model runs and with which numbers: decisions from plain values, and the look at this machine."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What matters here about a machine: its CPU's flags, the CUDA device's capability if any, Apple's GPU."""

    cpu_flags: frozenset[str] = frozenset()
    cuda: tuple[int, int] | None = None
    mps: bool = False


def choose_device(asked: str, machine: Machine) -> DeviceName:
    """The device to run on: the one asked for, or with "auto" the fastest there is. Raises ModelError."""
    there: dict[str, bool] = {"cuda": machine.cuda is not None, "mps": machine.mps, "cpu": True}
    names: tuple[DeviceName, ...] = ("cuda", "mps", "cpu")
    for name in names:
        if asked in (name, "auto") and there[name]:
            return name
    raise ModelError(
        f"lines.device = {asked!r}", "this machine has none that torch can use", hint="set lines.device to 'auto'"
    )


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
    """Look at this machine; imports torch."""
    import torch

    return Machine(
        cpu_flags=cpu_flags(),
        cuda=torch.cuda.get_device_capability() if torch.cuda.is_available() else None,
        mps=torch.backends.mps.is_available(),
    )


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
