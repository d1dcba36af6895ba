"""Whether a configuration will run: every part looked at in the order in which a run needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from sqlite3 import sqlite_version

from digest import __version__
from digest.asking import doctor_model, doctor_network, doctor_setup
from digest.asking.findings import Finding, failed, guarded, ok
from digest.config import Config, load_config
from digest.errors import ConfigError
from digest.places import outputs_path, store_path

PROGRAM = "program"
LIBRARIES = ("torch", "transformers", "sentence-transformers", "numpy", "jinja2")

Look = tuple[str, Callable[[], Iterator[Finding]]]


def examine(
    path: Path, *, now: datetime, offline: bool = False, on_look: Callable[[str], None] = lambda area: None
) -> Iterator[Finding]:
    """Look at the program and at all that a configuration names; one finding a thing, in a steady order.

    Nothing is written and no mail is sent; with `offline` no connection is opened. An error is a finding: nothing is
    raised. No finding holds a password or a key.
    """
    on_look(PROGRAM)
    yield from guarded(PROGRAM, _look_at_program)
    try:
        config = load_config(path)
    except ConfigError as error:
        yield failed(doctor_setup.CONFIGURATION, str(error), hint=error.hint)
        return
    for area, look in _looks(config, path=path, now=now, offline=offline):
        on_look(area)
        yield from guarded(area, look)


def _look_at_program() -> Iterator[Finding]:
    """The versions that explain what a brief looks like. Raises where a library is not there."""
    told = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield ok(PROGRAM, f"digest {__version__} on Python {python_version()}, SQLite {sqlite_version}, {told}")


def _looks(config: Config, *, path: Path, now: datetime, offline: bool) -> Iterator[Look]:
    base = path.parent
    outputs = outputs_path(base, config)
    setup, model, network = doctor_setup, doctor_model, doctor_network
    yield setup.CONFIGURATION, partial(setup.look_at_configuration, config, path=path, now=now)
    yield setup.TEMPLATES, partial(setup.look_at_templates, config, base=base, outputs=outputs)
    yield setup.OUTPUTS, partial(setup.writable, setup.OUTPUTS, outputs)
    yield setup.STORE, partial(setup.look_at_store, store_path(base, config), now=now)
    yield model.MODEL, partial(model.look_at_model, config)
    yield model.WRITER, partial(model.look_at_writer, config, offline=offline)
    yield network.SOURCES, partial(network.look_at_sources, path, now=now, offline=offline)
    yield network.MAIL, partial(network.look_at_mail, config, base=base, offline=offline)
