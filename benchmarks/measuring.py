"""What a command costs: wall time, processor time, peak memory, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds and megabytes (of 10^6 bytes) of a finished command, and what it printed."""

    wall: float
    cpu: float
    megabytes: float
    output: str
    errors: str


def measure(command: Sequence[str]) -> Cost:
    """Run a command to its end. Raises RuntimeError, with what it said, when it fails.

    It may keep its bytecode, whatever this environment says: what is installed has it, and compiling a large library
    takes longer than importing it.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=errors, cwd=Path(__file__).resolve().parents[1], env=environment
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        told, complaints = output.read().decode(), errors.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{complaints}")
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
    return Cost(
        wall=wall,
        cpu=used.ru_utime + used.ru_stime,
        megabytes=used.ru_maxrss * unit / 1e6,
        output=told,
        errors=complaints,
    )
