"""Where the things of a configuration lie. Its paths are relative to the folder of its file, `base`."""

from __future__ import annotations

import os
from pathlib import Path

from digest.config import Config


def outputs_path(base: Path, config: Config) -> Path:
    """The folder for issues."""
    return _printable(base / config.brief.outputs)


def store_path(base: Path, config: Config) -> Path | None:
    """The file that runs remember in; None when they remember nothing."""
    return _printable(base / config.store.path) if config.store.path else None


def templates_path(base: Path, config: Config) -> Path | None:
    """The user's own templates; None without any."""
    return base / config.render.templates if config.render.templates else None


def _printable(path: Path) -> Path:
    """Without "..": the path is printed for a person to open."""
    return Path(os.path.normpath(path))
