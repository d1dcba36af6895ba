"""The local engine's map: this process, and one more for each further processor where there is enough to do.

A worker is a Python of its own that takes values from its standard input and gives results on its output, so it ends
with this process, however that ends. Values that a worker fails at, or dies at, are worked off here: what is wrong with
them is raised as it would be without workers.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")

# Fewer values than this, each of which takes some milliseconds, are done before a worker has started (half a second).
FEWEST = 64
CHUNK = 8  # values on the way at a time: about a tenth of a second of work
MOST_WORKERS = 7  # each takes some 80 MB

# A worker finds the program where this process finds it, however it came on the path.
_FIND = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer)"
# What splits and reads is imported before it says that it is there, not while its first values wait for it.
_LOAD = "import digest.steps.topics; from digest.engines.processes import serve"
_COMMAND = (sys.executable, "-c", f"{_FIND}; {_LOAD}; serve()")

_log = logging.getLogger(__name__)


@contextmanager
def open_processes(workers: int | None = None) -> Iterator[LocalProcesses]:
    """A map over this process and so many workers, as long as the context lasts; None: one per further processor."""
    processes = LocalProcesses(_further_processors() if workers is None else workers)
    try:
        yield processes
    finally:
        processes.close()


def _further_processors() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_WORKERS, usable - 1)


class LocalProcesses:
    """A `Map` over this process and its workers, which start when the first long list of values comes."""

    def __init__(self, workers: int) -> None:
        self._workers: list[subprocess.Popen[bytes]] = []
        self._closed = False
        self._own = threading.local()
        # A thread for each worker, which does nothing but wait for it.
        self._threads = ThreadPoolExecutor(workers, initializer=self._start) if workers > 0 else None

    def __call__(self, function: Callable[[A], B], values: Iterable[A], /) -> Iterable[B]:
        """The function of each value, in the order of the values. Function, values and results can be pickled."""
        told = list(values)
        if self._threads is None or len(told) < FEWEST:
            return map(function, told)
        chunks = [told[start : start + CHUNK] for start in range(0, len(told), CHUNK)]
        waiting: list[Future[list[B] | None]] = [self._threads.submit(self._sent, function, chunk) for chunk in chunks]
        # Workers begin at the front, this process at the back, so that none waits for another.
        here: dict[int, list[B] | None] = {}
        for number in reversed(range(len(chunks))):
            if waiting[number].cancel():
                here[number] = _attempt(function, chunks[number])
        return _in_order(function, chunks, waiting, here)

    def close(self) -> None:
        """End the workers."""
        self._closed = True
        for worker in self._workers:
            worker.kill()
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.kill()  # it may have been starting
            with suppress(OSError), worker:  # which closes its pipes and waits for it
                pass

    def _start(self) -> None:
        """Start this thread's worker; until it says that it is there, the thread takes no values."""
        self._own.worker = None
        try:
            worker = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self._workers.append(worker)
            _exchange(worker, sys.path)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            _log.debug("a worker could not be started (%s); its part is done here", error)
        else:
            self._own.worker = worker

    def _sent(self, function: Callable[[A], B], values: Sequence[A]) -> list[B] | None:
        """What this thread's worker makes of some values; None where it cannot."""
        if self._own.worker is None:
            return None
        try:
            message = pickle.dumps((function, values))
        except (pickle.PicklingError, AttributeError, TypeError):
            return None
        try:
            return _exchange(self._own.worker, message)  # type: ignore[no-any-return]
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self._own.worker = None
            if not self._closed:
                _log.warning("a worker process ended (%s); its part is done here", error or "it gave no answer")
            return None


def _in_order(
    function: Callable[[A], B],
    chunks: Sequence[Sequence[A]],
    waiting: Sequence[Future[list[B] | None]],
    here: dict[int, list[B] | None],
) -> Iterator[B]:
    for number, chunk in enumerate(chunks):
        made = here.pop(number) if number in here else waiting[number].result()
        yield from map(function, chunk) if made is None else made


def _attempt(function: Callable[[A], B], values: Iterable[A]) -> list[B] | None:
    """The function of each value; None where it raises: it is raised when its turn comes, by doing it once more."""
    try:
        return [function(value) for value in values]
    except Exception:
        return None


def _exchange(worker: subprocess.Popen[bytes], message: object) -> Any:
    """Send a message to a worker and return its answer. Raises OSError or EOFError when it is gone."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    pickle.dump(message, worker.stdin)
    worker.stdin.flush()
    return pickle.load(worker.stdout)


# --- in the worker ----------------------------------------------------------------------------------------------------


def serve() -> None:
    """Answer messages, each a pickled function and values, with a list of results or None, until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the process that it works for
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    answer = pickle.dumps(None)  # it is there
    while True:
        answers.write(answer)
        answers.flush()
        try:
            message = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        answer = _answer(message)


def _answer(message: bytes) -> bytes:
    try:
        return pickle.dumps(_attempt(*pickle.loads(message)))
    except Exception:  # a function or a result that cannot be sent: the values are worked off where they came from
        return pickle.dumps(None)
