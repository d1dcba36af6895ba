"""Statements to vectors: the Encoder seam, the models behind it, and the memory of what was encoded before."""

from digest.embeddings.cache import CachedEncoder, VectorMemory, cached_encoder
from digest.embeddings.encoder import Encoder
from digest.embeddings.loading import load_encoder

__all__ = ["CachedEncoder", "Encoder", "VectorMemory", "cached_encoder", "load_encoder"]
