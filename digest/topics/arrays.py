"""The array types of the topics stage, and the rows of unit length that most of them have."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # (rows, dim), rows of unit length
Pairs = NDArray[np.int64]  # (pairs, 2), left < right
Labels = NDArray[np.int64]  # (rows,), numbered by first occurrence
Features = NDArray[np.float32]  # (pairs, features); NaN where a feature says nothing
Probabilities = NDArray[np.float64]  # (pairs,)
ArticleVectors = Mapping[str, NDArray[np.float32]]  # article id -> (dim,), of unit length


def unit_rows(vectors: Vectors) -> Vectors:
    """Return the rows cut to unit length; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
