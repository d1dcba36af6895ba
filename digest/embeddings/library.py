"""Any other sentence-transformers model, run by that library, on several GPUs at once where there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.embeddings.encoder import Vectors
from digest.hub import without_bars

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Fewer texts are sooner encoded on one GPU than the processes for several have started.
SPREAD_TEXTS = 20_000


class LibraryModel:
    """A sentence-transformers model as a Model. `devices` are more than one where a pool shares the work."""

    def __init__(self, model: SentenceTransformer, *, device: str, devices: Sequence[str] = ()) -> None:
        self.device = device
        self.dimension = int(model.get_embedding_dimension() or 0)
        self._model = model
        self._devices = list(devices)

    def prepare(self, texts: Sequence[str], /) -> tuple[Sequence[str], Sequence[int]]:
        """Return the texts, and their tokens; characters where the model's tokenizer cannot be asked."""
        tokenizer = getattr(self._model, "tokenizer", None)
        if not callable(tokenizer):
            return texts, [len(text) for text in texts]
        limit = getattr(self._model, "max_seq_length", None)
        found = tokenizer(list(texts), truncation=limit is not None, max_length=limit)["input_ids"]
        return texts, [len(ids) for ids in found]

    def vectors(self, batches: Sequence[Sequence[str]], /) -> Iterator[Vectors]:
        """Return the unit rows (n, dim), float32, of each batch, in order."""
        return (self._encoded(batch, batch_size=len(batch)) for batch in batches)

    def spread(self, texts: Sequence[str], /) -> Vectors | None:
        """Return the unit rows of many texts by the library's pool of processes; None for few, or on one device."""
        if len(self._devices) < 2 or len(texts) < SPREAD_TEXTS:
            return None
        return self._encoded(texts, device=self._devices)

    def _encoded(self, texts: Sequence[str], **options: Any) -> Vectors:
        rows = np.asarray(self._model.encode(list(texts), show_progress_bar=False, **options), dtype=np.float32)
        # Not by the library: it would in the numbers that it calculates with, which may be short ones.
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


def load_library_model(
    model: str, *, local: bool, device: str, dtype: str, devices: Sequence[str] = ()
) -> LibraryModel:
    """Load a model by name or folder; with `local` no hub is asked. Raises whatever the libraries raise."""
    from sentence_transformers import SentenceTransformer

    without_bars()
    loaded = SentenceTransformer(model, device=device, local_files_only=local, model_kwargs={"dtype": dtype})
    loaded.eval()
    return LibraryModel(loaded, device=device, devices=devices)
