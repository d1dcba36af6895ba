"""The ray engine: a map over the blocks of a Ray Data dataset.

Each value travels with its row number, and results are put in order by it: blocks finish in any order, and one whose
machine dies is worked off again on another.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from digest.engines import Map
from digest.errors import ConfigError, DigestError

A = TypeVar("A")
B = TypeVar("B")

# More blocks than processors: machines of unlike speed then end together, and little is lost with one that dies.
BLOCKS_PER_PROCESSOR = 4


@contextmanager
def open_ray() -> Iterator[Map]:
    """A map over the cluster that the variable RAY_ADDRESS names, else over a new one on this machine.

    A cluster that this process is connected to already is used, and left running. Raises ConfigError when Ray is not
    installed or the cluster does not answer.
    """
    ray = _imported()
    own = not ray.is_initialized()
    if own:
        try:
            ray.init(log_to_driver=False, logging_level=logging.ERROR, configure_logging=False)
        except (ConnectionError, OSError, ValueError, RuntimeError) as error:
            raise ConfigError(
                "--engine ray", f"no Ray cluster could be reached or started ({error})", hint="check RAY_ADDRESS"
            ) from error
    try:
        yield ray_map
    finally:
        if own:
            ray.shutdown()


def ray_map(function: Callable[[A], B], values: Iterable[A], /) -> list[B]:
    """The function of each value, in the order of the values, worked off in blocks on the connected cluster.

    What the function raises for a value is raised here, once the others are done.
    """
    rows = [{"row": row, "value": pickle.dumps(value)} for row, value in enumerate(values)]
    if not rows:
        return []
    ray = _imported()
    processors = max(1, int(ray.cluster_resources().get("CPU", 1)))
    dataset = ray.data.from_items(rows, override_num_blocks=min(len(rows), BLOCKS_PER_PROCESSOR * processors))
    done = {row["row"]: pickle.loads(row["value"]) for row in dataset.map(_applied(function)).iter_rows()}
    return [_result(done[row]) for row in range(len(rows))]


def _applied(function: Callable[[Any], Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The function as one from row to row. An error is a result too: Ray would wrap it, and try the block again."""

    def apply(row: dict[str, Any]) -> dict[str, Any]:
        try:
            result: Any = function(pickle.loads(row["value"]))
        except DigestError as error:
            result = error
        return {"row": row["row"], "value": pickle.dumps(result)}

    return apply


def _result(result: Any) -> Any:
    if isinstance(result, DigestError):
        raise result
    return result


def _imported() -> Any:
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ConfigError(
            "--engine ray", f"Ray is not installed ({error})", hint='pip install "digest[ray]"'
        ) from error
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)  # it tells of every dataset
    return ray
