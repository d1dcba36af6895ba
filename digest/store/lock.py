"""One run at a time. The lock is the operating system's: when the process that holds it dies, however, it is free."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.errors import StoreError


@contextmanager
def one_run(store: Path | None) -> Iterator[None]:
    """Hold the lock of a store (the file beside it, `….lock`) inside. None has no lock: nothing is shared.

    Raises StoreError at once when another process holds it. The file stays with the store; what it holds is only for
    people.
    """
    if store is None:
        yield
        return
    path = store.with_name(f"{store.name}.lock")
    descriptor = _open(path)
    try:
        _hold(descriptor, path)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)  # frees the lock


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(
            str(path), f"cannot be opened ({error.strerror})", hint="check its folder, or set store.path"
        ) from error


def _hold(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 20, 0).decode("ascii", errors="replace").strip()
        who = f" (process {holder})" if holder.isdecimal() else ""
        raise StoreError(
            str(path), f"another run is at work{who}", hint="wait until it has ended; this run has changed nothing"
        ) from error
    except OSError as error:
        raise StoreError(
            str(path), f"cannot be locked ({error.strerror})", hint="keep the store on a disk of this machine"
        ) from error
