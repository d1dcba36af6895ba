"""What applies a function to many values: this process, or a cluster.

Reading files, splitting articles, reading statements and encoding batches need nothing from each other, so each is one
map. A library's caller gets Python's own `map`; `digest run` shares long lists out over this machine's processors, and
with `--engine ray` over the machines of a Ray cluster. Whatever the engine, results come in the order of the values, so
a brief's bytes do not depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")

ENGINES = ("local", "ray")


class Map(Protocol):
    """Anything that applies a function to values, as `map` does."""

    def __call__(self, function: Callable[[A], B], values: Iterable[A], /) -> Iterable[B]:
        """The function of each value, in the order of the values. Function, values and results can be pickled."""
        ...


def local_map(function: Callable[[A], B], values: Iterable[A], /) -> Iterable[B]:
    """In this process, one after the other, each when it is asked for."""
    return map(function, values)


def encoding_map(each: Map) -> Map:
    """The map to encode over: a cluster's, and else none, since torch uses all of this machine's processors itself."""
    from digest.engines.processes import LocalProcesses

    return local_map if isinstance(each, LocalProcesses) else each


@contextmanager
def open_engine(name: str) -> Iterator[Map]:
    """The map of an engine, one of ENGINES, as long as the context lasts. Raises ConfigError for one not installed."""
    if name == "local":
        from digest.engines.processes import open_processes

        with open_processes() as local:
            yield local
    else:
        from digest.engines.ray_data import open_ray

        with open_ray() as ray_map:
            yield ray_map
