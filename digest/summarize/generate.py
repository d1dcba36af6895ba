"""Lines by a transformers model on this machine: seq2seq (BART, PEGASUS, T5) or chat (a causal one with a template).

torch and transformers are imported inside the loader and where they run, never with this module.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from digest.config import LinesConfig
from digest.devices import choose_device, choose_dtype, this_machine
from digest.errors import ModelError
from digest.hub import loaded, without_bars
from digest.language.sentences import split_sentences
from digest.summarize.batches import Tokens, generate_in_batches
from digest.summarize.prompts import LineWriter, Reply, Request, chat, quoted, without_system

TOKENS_PER_WORD = 2  # of a line, generously: names and numbers take more than one
NO_MEMORY = "its prompt does not fit in memory"
NO_ROOM = "its prompt is longer than the model can read"


class GenerativeModel:
    """A model with its tokenizer: prompts as token ids in, replies as token ids out, greedily and in batches."""

    def __init__(self, model: Any, tokenizer: Any, *, batch_tokens: int, new_tokens: int) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.new_tokens = new_tokens
        self._batch_tokens = batch_tokens
        self._settings = _settings(model, tokenizer, new_tokens)
        model.generation_config = self._settings  # what is None in one is taken from the other
        self._left = not model.config.is_encoder_decoder

    @property
    def room(self) -> int:
        """Tokens that a prompt may have."""
        limits = (getattr(self.model.config, "max_position_embeddings", None), self.tokenizer.model_max_length)
        longest = min(limit for limit in (*limits, 1 << 20) if limit and limit > 0)
        return max(1, longest - self.new_tokens if self._left else longest)

    def generate(self, rows: Sequence[Tokens], *, banned: Sequence[str] = ()) -> list[Tokens | None]:
        """The new tokens of each row, none of them spelling a `banned` text; None where memory was short."""
        never = self._spellings(banned)
        return generate_in_batches(
            rows,
            lambda batch: self._run(batch, never),
            budget=self._batch_tokens,
            new_tokens=self.new_tokens,
            after_failure=self._free,
        )

    def reply(self, tokens: Tokens | None) -> Reply:
        """Token ids as a reply; `cut` when the model had not come to its end."""
        if tokens is None:
            return Reply(problem=NO_MEMORY)
        text = self.tokenizer.decode(list(tokens), skip_special_tokens=True)
        return Reply(text=text, cut=not set(_ids(self._settings.eos_token_id)) & set(tokens))

    def _run(self, batch: Sequence[Tokens], never: list[list[int]]) -> list[Tokens]:
        import torch

        width, pad = max(map(len, batch)), self._settings.pad_token_id
        fill = [[pad] * (width - len(row)) for row in batch]
        blank = [[0] * (width - len(row)) for row in batch]
        ids = [[*gap, *row] if self._left else [*row, *gap] for gap, row in zip(fill, batch, strict=True)]
        mask = [
            [*gap, *[1] * len(row)] if self._left else [*[1] * len(row), *gap]
            for gap, row in zip(blank, batch, strict=True)
        ]
        with torch.inference_mode():
            made = self.model.generate(
                input_ids=torch.tensor(ids, device=self.model.device),
                attention_mask=torch.tensor(mask, device=self.model.device),
                generation_config=self._settings,
                bad_words_ids=never or None,
            )
        return [self._to_end(row[width:] if self._left else row[1:]) for row in made.tolist()]

    def _to_end(self, row: list[int]) -> list[int]:
        """The row without what fills it up behind its end."""
        ends = set(_ids(self._settings.eos_token_id))
        last = next((place for place, token in enumerate(row) if token in ends), len(row))
        return row[: last + 1]

    def _spellings(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text, at the start of a line and after a blank."""
        both = [form for text in texts for form in (text, f" {text}")]
        found = [self.tokenizer(form, add_special_tokens=False)["input_ids"] for form in both]
        unknown = self.tokenizer.unk_token_id
        return [ids for ids in found if ids and unknown not in ids]

    def _free(self) -> None:
        import torch

        if torch.cuda.is_available():
            torch.cuda.empty_cache()


class Seq2SeqWriter:
    """Asks a summarizer for a summary of the statements, and takes its first sentence.

    Such a model follows no instructions: on the second try it gets the best statement alone, and is kept from writing
    what the check refused.
    """

    def __init__(self, model: GenerativeModel) -> None:
        self._model = model
        settings = getattr(model.model.config, "task_specific_params", None) or {}
        family = model.model.config.model_type
        default = "summarize: " if family in ("t5", "mt5", "umt5", "longt5") else ""
        self._prefix = (settings.get("summarization") or {}).get("prefix", default)

    def reply_all(self, requests: Sequence[Request], /) -> list[Reply]:
        """Return a summary's first sentence per request."""
        rows = [self._tokens(request) for request in requests]
        banned = [tuple(fault.part for fault in request.faults if fault.part) for request in requests]
        free = [row for row in range(len(rows)) if not banned[row]]
        made = dict(zip(free, self._model.generate([rows[row] for row in free]), strict=True))
        for row in range(len(rows)):
            if banned[row]:  # alone: what is kept from one line may be right in another
                made[row] = self._model.generate([rows[row]], banned=banned[row])[0]
        return [_first_sentence(self._model.reply(made[row])) for row in range(len(rows))]

    def _tokens(self, request: Request) -> Tokens:
        quotes = request.quotes[:1] if request.faults else request.quotes
        text = self._prefix + " ".join(quoted(quote) for quote in quotes)
        ids: list[int] = self._model.tokenizer(text, truncation=True, max_length=self._model.room)["input_ids"]
        return ids


class ChatWriter:
    """Asks a chat model for one sentence; on the second try it is told what was wrong with the first."""

    def __init__(self, model: GenerativeModel, *, max_words: int) -> None:
        self._model = model
        self._max_words = max_words
        tokenizer = model.tokenizer
        added = [str(token) for token in tokenizer.added_tokens_decoder.values() if token.special]
        named = [*tokenizer.all_special_tokens, *added]
        self._control = sorted({token for token in named if token.strip()}, key=lambda token: (-len(token), token))

    def reply_all(self, requests: Sequence[Request], /) -> list[Reply]:
        """Return the model's answer per request."""
        rows = [self._tokens(request) for request in requests]
        fitting = [ids for ids in rows if ids is not None]
        made = iter(self._model.generate(fitting))
        return [Reply(problem=NO_ROOM) if ids is None else self._model.reply(next(made)) for ids in rows]

    def _tokens(self, request: Request) -> Tokens | None:
        """The prompt, with as many of the statements as there is room for; None when there is none for the first."""
        for count in range(len(request.quotes), 0, -1):
            asked = Request(quotes=request.quotes[:count], faults=request.faults)
            ids = self._templated(chat(asked, max_words=self._max_words, control_tokens=self._control))
            if len(ids) <= self._model.room:
                return ids
        return None

    def _templated(self, messages: list[dict[str, str]]) -> Tokens:
        from jinja2.exceptions import TemplateError

        def apply(conversation: list[dict[str, str]]) -> Tokens:
            # `enable_thinking` is for the templates that know it; the others do not look.
            made = self._model.tokenizer.apply_chat_template(
                conversation, add_generation_prompt=True, return_dict=True, enable_thinking=False
            )
            ids: list[int] = made["input_ids"]
            return ids

        try:
            return apply(messages)
        except TemplateError:  # Gemma's and others know no system's part
            return apply(without_system(messages))


def _first_sentence(reply: Reply) -> Reply:
    text = " ".join(reply.text.split())
    spans = split_sentences(text)
    if len(spans) > 1:
        return Reply(text=text[slice(*spans[0])])
    return Reply(text=text, cut=reply.cut, problem=reply.problem)


def _settings(model: Any, tokenizer: Any, new_tokens: int) -> Any:
    """The model's own way to generate, made greedy and short."""
    settings = copy.deepcopy(model.generation_config)
    for name in ("temperature", "top_p", "top_k", "typical_p", "min_p", "epsilon_cutoff", "eta_cutoff"):
        setattr(settings, name, None)  # of sampling only; a warning for each otherwise
    settings.do_sample = False
    settings.max_length = None
    settings.max_new_tokens = new_tokens
    settings.min_length = 0  # summarizers of whole articles ask for 50 and more
    settings.min_new_tokens = None
    settings.eos_token_id = settings.eos_token_id if settings.eos_token_id is not None else tokenizer.eos_token_id
    pads = (tokenizer.pad_token_id, settings.pad_token_id, *_ids(settings.eos_token_id), 0)
    settings.pad_token_id = next(pad for pad in pads if pad is not None)
    return settings


def _ids(value: int | Sequence[int] | None) -> list[int]:
    if value is None:
        return []
    return [value] if isinstance(value, int) else list(value)


# --- loading ----------------------------------------------------------------------------------------------------------


def load_generator(config: LinesConfig) -> LineWriter:
    """The writer for the model that `config` names. Raises ModelError when it cannot be loaded or is of no use."""
    name = str(config.model)
    model, tokenizer = loaded(
        name,
        lambda local: _load(name, config.device, local=local),
        kind="a writer",
        hint="lines.model is a folder with config.json, weights and tokenizer, or a name the hub knows",
    )
    if model.config.is_encoder_decoder:
        new_tokens = min(config.reply_tokens, TOKENS_PER_WORD * config.max_words + 8)
        return Seq2SeqWriter(GenerativeModel(model, tokenizer, batch_tokens=config.batch_tokens, new_tokens=new_tokens))
    if not tokenizer.chat_template:
        raise ModelError(name, "has no chat template", hint="name an instruction-tuned model, or a seq2seq summarizer")
    made = GenerativeModel(model, tokenizer, batch_tokens=config.batch_tokens, new_tokens=config.reply_tokens)
    return ChatWriter(made, max_words=config.max_words)


def _load(name: str, asked_device: str, *, local: bool) -> tuple[Any, Any]:
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

    without_bars()
    machine = this_machine()
    device = choose_device(asked_device, machine)
    settings = AutoConfig.from_pretrained(name, local_files_only=local)
    kind = AutoModelForSeq2SeqLM if settings.is_encoder_decoder else AutoModelForCausalLM
    dtype = choose_dtype(device, machine.cpu_flags, cuda=machine.cuda, family=settings.model_type)
    tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=local)
    model, report = kind.from_pretrained(
        name, local_files_only=local, dtype=getattr(torch, dtype), output_loading_info=True
    )
    if report["missing_keys"]:
        raise ModelError(
            name,
            f"lacks {len(report['missing_keys'])} of its weights ({min(report['missing_keys'])}, …)",
            hint="the folder holds another kind of model, or a part of one",
        )
    return model.eval().to(device), tokenizer
