"""BERT encoders (Devlin et al. 2019) with mean pooling, such as MiniLM, by torch alone.

The libraries that usually run them take several times longer to import than this takes to load. And batches here need
no padding: the tokens of all texts lie one behind another, and only attention looks at each text by itself. So a
text's vector does not depend on the texts beside it, and vectors kept by an earlier run are those that a run without
them would make.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.embeddings.encoder import Vectors

if TYPE_CHECKING:
    from torch import Tensor

    Product = Callable[[Tensor], Tensor]  # rows, times a weight, plus a bias

# Products of few rows take other ways through the matrix library, with other last bits: below 16 rows on the one thread
# that a batch has on a CPU (MKL, AVX-512). Batches of fewer tokens are filled up to this.
FEWEST_TOKENS = 128

# In bfloat16 on a CPU, texts of fewer tokens are attended to by plain products, of more by torch's own attention. Of 24
# tokens it takes 2.5 microseconds a token and layer and they 1.5, of 64 both take 3, of 128 it takes 4.5 and they 13.
SHORT = 64

_READ_AT_ONCE = 1000  # texts: the tokenizer keeps far more of each than the tokens' numbers

_KNOWN = {"bert"}
_MODULES = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer's products and norms (weights and biases) in the order of their use; query, key and value are one."""

    qkv: Product
    mixed: Product
    mixed_norm: tuple[Tensor, Tensor]
    wide: Product
    narrow: Product
    narrow_norm: tuple[Tensor, Tensor]


def is_plain_bert(folder: Path) -> bool:
    """Whether a sentence-transformers folder holds what `BertModel` runs: BERT, mean pooling, no prompt."""
    try:
        modules = [str(one["type"]).rpartition(".")[2] for one in _json(folder / "modules.json")]
        config, pooling = _json(folder / "config.json"), _json(folder / "1_Pooling" / "config.json")
        options = _json(folder / "config_sentence_transformers.json")
        limits = _json(folder / "sentence_bert_config.json")
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return (
        modules in _MODULES
        and config.get("model_type") in _KNOWN
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
        and _pools_by_mean(pooling)
        and not options.get("default_prompt_name")
        and not limits.get("do_lower_case")
        and all((folder / name).is_file() for name in ("model.safetensors", "tokenizer.json"))
    )


def _pools_by_mean(pooling: Mapping[str, Any]) -> bool:
    if "pooling_mode" in pooling:
        return bool(pooling["pooling_mode"] == "mean")
    return [key for key, on in pooling.items() if key.startswith("pooling_mode_") and on] == [
        "pooling_mode_mean_tokens"
    ]


class BertModel:
    """A plain BERT from a folder, as a Model. `dtype` is torch's name of the numbers to calculate with."""

    def __init__(self, folder: Path, *, device: str = "cpu", dtype: str = "float32") -> None:
        import torch
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        self.device = device
        config = _json(folder / "config.json")
        self.dimension = int(config["hidden_size"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_longest(folder, config))
        kind = getattr(torch, dtype)
        read = {name: value.to(device) for name, value in load_file(folder / "model.safetensors").items()}
        # Half of all numbers: those of the words that occur are converted, and no others.
        self._words = read.pop("embeddings.word_embeddings.weight")
        weights = {name: value.to(kind) for name, value in read.items() if value.is_floating_point()}
        # Each text is a first sentence, never a second: their type is added to the places once.
        self._places = weights["embeddings.position_embeddings.weight"]
        self._type = weights["embeddings.token_type_embeddings.weight"][0]
        self._norm = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
        self._short_numbers = device == "cpu" and dtype == "bfloat16"
        product = packed if self._short_numbers else plain
        layers = range(int(config["num_hidden_layers"]))
        self._layers = [_layer(weights, f"encoder.layer.{number}.", product) for number in layers]

    def prepare(self, texts: Sequence[str], /) -> tuple[Sequence[list[int]], Sequence[int]]:
        """Return each text's tokens, cut at the model's longest, and their number."""
        tokens: list[list[int]] = []
        for start in range(0, len(texts), _READ_AT_ONCE):
            found = self._tokenizer.encode_batch_fast(list(texts[start : start + _READ_AT_ONCE]))
            tokens.extend(encoding.ids for encoding in found)
        return tokens, [len(one) for one in tokens]

    def vectors(self, batches: Sequence[Sequence[list[int]]], /) -> Iterable[Vectors]:
        """Return the unit rows (n, dim), float32, of each batch, in order; texts of one length should stand together.

        On a CPU each of its processors takes a batch: where they share one, they wait for each other after each
        product, which takes twice the processor time.
        """
        import torch

        if self.device != "cpu":
            return map(self._batch, batches)
        threads = torch.get_num_threads()
        try:
            with ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,)) as each:
                return list(each.map(self._batch, batches))
        finally:
            torch.set_num_threads(threads)  # those of threads to come, whoever starts them

    def _batch(self, prepared: Sequence[list[int]]) -> Vectors:
        import torch

        filled = _filled(list(prepared))
        groups = [(length, len(list(same))) for length, same in groupby(map(len, filled))]
        with torch.inference_mode():
            rows = self._means(torch.tensor([one for tokens in filled for one in tokens], device=self.device), groups)
            return np.asarray(torch.nn.functional.normalize(rows.float(), dim=1).cpu().numpy()[: len(prepared)])

    def spread(self, texts: Sequence[str], /) -> None:
        """None: this one runs on one device."""

    def _means(self, tokens: Tensor, groups: Sequence[tuple[int, int]]) -> Tensor:
        import torch
        from torch.nn.functional import layer_norm

        places = torch.cat([torch.arange(length, device=self.device).repeat(count) for length, count in groups])
        rows = self._words[tokens].to(self._type.dtype) + self._type + self._places[places]
        rows = layer_norm(rows, rows.shape[1:], *self._norm, self._epsilon)
        for layer in self._layers:
            rows = self._through(layer, rows, groups)
        parts = torch.split(rows, [length * count for length, count in groups])
        return torch.cat([
            part.view(count, length, -1).mean(dim=1) for part, (length, count) in zip(parts, groups, strict=True)
        ])  # fmt: skip

    def _through(self, layer: Layer, rows: Tensor, groups: Sequence[tuple[int, int]]) -> Tensor:
        import torch
        from torch.nn.functional import gelu, layer_norm

        parts = torch.split(layer.qkv(rows), [length * count for length, count in groups])
        seen = torch.cat([self._attention(part, *group) for part, group in zip(parts, groups, strict=True)])
        shape = rows.shape[1:]
        rows = layer_norm(layer.mixed(seen).add_(rows), shape, *layer.mixed_norm, self._epsilon)
        wide = gelu(layer.wide(rows))
        return layer_norm(layer.narrow(wide).add_(rows), shape, *layer.narrow_norm, self._epsilon)

    def _attention(self, part: Tensor, length: int, count: int) -> Tensor:
        from torch.nn.functional import scaled_dot_product_attention

        parted = part.view(count, length, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
        seen = _by_products(parted) if self._short_numbers and length < SHORT else scaled_dot_product_attention(*parted)
        return seen.transpose(1, 2).reshape(count * length, self.dimension)


def _by_products(parted: Tensor) -> Tensor:
    """What each text's heads see (count, heads, length, size), from query, key and value, each of that shape."""
    import torch

    _, count, heads, length, size = parted.shape
    single = parted.to(torch.float32, memory_format=torch.contiguous_format)
    query, key, value = single.view(3, count * heads, length, size)
    fits = torch.baddbmm(query.new_empty(1, 1, 1), query, key.transpose(1, 2), beta=0, alpha=size**-0.5)
    return torch.bmm(fits.softmax(-1), value).view(count, heads, length, size).to(parted.dtype)


def plain(weight: Tensor, bias: Tensor) -> Product:
    """The product by torch's own function."""
    from torch.nn.functional import linear

    return partial(linear, weight=weight, bias=bias)


def packed(weight: Tensor, bias: Tensor) -> Product:
    """The same, bit for bit, the weight laid out once as the matrix library wants it: else each call does so anew.

    What does it is torch's, but not among its documented functions. Where it is gone, or does not suit this machine,
    the product is the plain one.
    """
    import torch

    try:
        laid_out = torch.ops.mkldnn._reorder_linear_weight(weight)

        def product(rows: Tensor) -> Tensor:
            made: Tensor = torch.ops.mkldnn._linear_pointwise(rows, laid_out, bias, "none", [], "")
            return made

        product(weight.new_zeros(1, weight.shape[1]))
    except (AttributeError, RuntimeError):
        return plain(weight, bias)
    return product


def _layer(weights: Mapping[str, Tensor], prefix: str, product: Callable[[Tensor, Tensor], Product]) -> Layer:
    import torch

    def pair(name: str) -> tuple[Tensor, Tensor]:
        return weights[f"{prefix}{name}.weight"], weights[f"{prefix}{name}.bias"]

    own = [pair(f"attention.self.{name}") for name in ("query", "key", "value")]
    return Layer(
        qkv=product(torch.cat([weight for weight, _ in own]), torch.cat([bias for _, bias in own])),
        mixed=product(*pair("attention.output.dense")),
        mixed_norm=pair("attention.output.LayerNorm"),
        wide=product(*pair("intermediate.dense")),
        narrow=product(*pair("output.dense")),
        narrow_norm=pair("output.LayerNorm"),
    )


def _filled(batch: list[list[int]]) -> list[list[int]]:
    """The batch, its last text repeated until there are FEWEST_TOKENS."""
    missing = FEWEST_TOKENS - sum(map(len, batch))
    return batch + [batch[-1]] * -(-max(0, missing) // max(1, len(batch[-1])))


def _longest(folder: Path, config: Mapping[str, Any]) -> int:
    """Tokens of a text that the model reads, the marks at its ends included."""
    limits = (
        _json(folder / "sentence_bert_config.json").get("max_seq_length"),
        _json(folder / "tokenizer_config.json").get("model_max_length"),
        config["max_position_embeddings"],
    )
    return int(limits[0] or min(limit for limit in limits[1:] if limit))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
