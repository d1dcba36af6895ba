"""Models of transformers' kind: whether the hub can be asked for one, and what stops its loading, in a user's words.

The libraries ask the hub for each of a model's files, and where it does not answer six times each, for minutes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from digest.errors import DigestError, ModelError

T = TypeVar("T")

ANSWER_SECONDS = 5.0  # for the hub to show that it is there


def loaded(model: str, load: Callable[[bool], T], *, kind: str, hint: str) -> T:
    """What `load` returns, called with whether only this disk is to be asked. Raises ModelError in place of the rest.

    Only the disk has a folder, and what was downloaded before where the hub does not answer. `kind` is what the model
    cannot be loaded as.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads fight torch's on a small machine
    here = Path(model).exists()
    away = "" if here else _no_answer()
    if away and downloaded(model) is None:  # known before the libraries are imported, which takes seconds
        reason = f"is no folder here, was not downloaded before, and the model hub does not answer ({away})"
        raise ModelError(model, reason, hint=f"check the name and this machine's network; {hint}")
    try:
        return load(here or bool(away))
    except DigestError:
        raise
    except Exception as error:  # the libraries raise whatever their own dependencies raise
        told = str(error).strip().splitlines() or ["no reason given"]
        reason = f"cannot be loaded as {kind} ({type(error).__name__}: {told[0]})"
        raise ModelError(model, reason, hint=hint) from error


def downloaded(name: str) -> str | None:
    """The commit of a model that was downloaded from the hub before, or is being; None for one that was not."""
    from huggingface_hub.constants import HF_HUB_CACHE

    for full in (name, f"sentence-transformers/{name}"):
        reference = Path(HF_HUB_CACHE) / f"models--{full.replace('/', '--')}" / "refs" / "main"
        if reference.is_file():
            return reference.read_text(encoding="utf-8").strip()
    return None


def without_bars() -> None:
    """Keep transformers from drawing bars of its own: they would break ours, and cron's silence."""
    from transformers.utils import logging

    logging.disable_progress_bar()


def _no_answer() -> str:
    """Why the hub does not answer; empty when it does, whatever it says."""
    from huggingface_hub import constants, get_session

    try:
        get_session().head(constants.ENDPOINT, timeout=ANSWER_SECONDS)
    except Exception as error:  # its client's errors, whichever client the installed release brings
        return str(error).strip().partition("\n")[0] or type(error).__name__
    return ""
