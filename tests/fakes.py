"""Stand-ins that tests share: an encoder without a model, and short ways to make articles and topics."""

import hashlib

import numpy as np

from digest.models import Article, Statement, Topic


class WordEncoder:
    """Encodes a text as the sum of one pseudo-random vector per word: the same words, the same direction."""

    notes = ()

    def __init__(self, dim=64):
        self.dim = dim

    def encode(self, texts, /):
        rows = [self._row(text) for text in texts]
        return np.stack(rows).astype(np.float32) if rows else np.zeros((0, self.dim), dtype=np.float32)

    def _row(self, text):
        words = [word.strip(".,;:!?“”'\"()").lower() for word in text.split()]
        total = sum((self._word(word) for word in words if len(word) > 3), np.full(self.dim, 1e-3))
        return total / np.linalg.norm(total)

    def _word(self, word):
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        return np.random.default_rng(seed).standard_normal(self.dim)


def article(name, text, **fields):
    return Article(**{"id": name, "title": f"Title of {name}", "text": text, "source": f"{name}.txt", **fields})


def statement(of, text, position=0, heading=None):
    start = of.text.index(text)
    return Statement(
        id=f"{of.id}:{start}", article_id=of.id, start=start, end=start + len(text), text=text,
        position=position, heading=heading,
    )  # fmt: skip


def topic(*pairs, name="t1", origins=None):
    """A topic of (article, text of the statement) pairs, each of its own origin unless `origins` says otherwise."""
    statements = tuple(statement(of, text) for of, text in pairs)
    return Topic(
        id=name,
        statements=statements,
        origins=tuple(origins or (of.id for of, _ in pairs)),
        centrality=tuple(0.9 for _ in pairs),
        articles={of.id: of for of, _ in pairs},
    )
