"""digest writes a daily brief you can check: every line opens to the sentences it came from.

::

    from datetime import UTC, datetime
    from pathlib import Path

    from digest import job_for, run

    finished = run(job_for(Path("digest.toml")), now=datetime.now(UTC))
    print(finished.folder, finished.brief.ledger.lines)

The public names are loaded when they are first asked for, so `import digest` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.config import Config, load_config
    from digest.errors import DigestError
    from digest.job import Finished, Job, job_for, run
    from digest.models import Article, Brief
    from digest.pipeline import build_brief
    from digest.verify import verify_brief

__version__ = "0.1.0"

__all__ = [
    "Article", "Brief", "Config", "DigestError", "Finished", "Job", "build_brief", "job_for", "load_config", "run",
    "verify_brief",
]  # fmt: skip

_HOMES = {
    "Article": "models",
    "Brief": "models",
    "Config": "config",
    "DigestError": "errors",
    "Finished": "job",
    "Job": "job",
    "build_brief": "pipeline",
    "job_for": "job",
    "load_config": "config",
    "run": "job",
    "verify_brief": "verify",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'digest' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"digest.{_HOMES[name]}"), name)
