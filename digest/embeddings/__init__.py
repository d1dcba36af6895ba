"""Statements to vectors: the Encoder seam and the sentence-transformers encoder behind it."""

from digest.embeddings.encoder import Encoder, load_encoder

__all__ = ["Encoder", "load_encoder"]
