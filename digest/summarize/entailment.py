"""A second opinion on written lines: a cross-encoder for natural language inference, any folder of one.

The support check compares words. It does not see who did what to whom; a model trained to tell entailment from
contradiction may. It only ever refuses: what the support check has refused it cannot bring back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from digest.devices import choose_device, this_machine
from digest.errors import ModelError
from digest.hub import loaded, without_bars

BATCH = 16  # pairs at once; a pair has some 150 tokens


class Entailment(Protocol):
    """Anything that says how probable it is that a premise entails a hypothesis."""

    def probabilities(self, pairs: Sequence[tuple[str, str]], /) -> Sequence[float]:
        """Return a probability per (premise, hypothesis)."""
        ...


class CrossEncoder:
    """A sequence classifier whose label number `entails` means entailment."""

    def __init__(self, model: Any, tokenizer: Any, *, entails: int) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._entails = entails

    def probabilities(self, pairs: Sequence[tuple[str, str]], /) -> list[float]:
        """Return the softmax of the entailment label, per pair."""
        found: dict[int, float] = {}
        order = sorted(range(len(pairs)), key=lambda row: (-len(pairs[row][0]), pairs[row], row))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            found.update(zip(rows, self._batch([pairs[row] for row in rows]), strict=True))
        return [found[row] for row in range(len(pairs))]

    def _batch(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        import torch

        # Only the premise is cut when both do not fit: half a line proves nothing.
        made = self._tokenizer(
            [premise for premise, _ in pairs],
            [hypothesis for _, hypothesis in pairs],
            padding=True,
            truncation="only_first",
            return_tensors="pt",
        ).to(self._model.device)
        with torch.inference_mode():
            chances = self._model(**made).logits.float().softmax(dim=-1)[:, self._entails]
        return [float(chance) for chance in chances]


def load_entailment(name: str, *, device: str) -> CrossEncoder:
    """Load a cross-encoder from a folder or hub name. Raises ModelError, also when no label of it means entailment."""
    hint = "lines.entailment_model is a folder or a name the hub knows, of a cross-encoder with a label 'entailment'"
    return loaded(name, lambda local: _load(name, device, local=local), kind="an entailment model", hint=hint)


def _load(name: str, device: str, *, local: bool) -> CrossEncoder:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    without_bars()
    tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=local)
    model, report = AutoModelForSequenceClassification.from_pretrained(
        name, local_files_only=local, output_loading_info=True
    )
    labels = {int(number): str(label) for number, label in model.config.id2label.items()}
    entails = [number for number, label in labels.items() if label.casefold().startswith("entail")]
    if report["missing_keys"] or len(entails) != 1:
        raise ModelError(
            name,
            f"is no entailment model (its labels are {', '.join(labels.values())})",
            hint="lines.entailment_model takes a cross-encoder with a label 'entailment'",
        )
    return CrossEncoder(model.eval().to(choose_device(device, this_machine())), tokenizer, entails=entails[0])
