"""Who writes the lines."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from digest.config.values import Similarity, Table


class LinesConfig(Table):
    """How a topic's line is written."""

    writer: Literal["extractive", "transformers", "endpoint"] = Field(
        "extractive",
        description="'extractive' trims the sources' sentences; 'transformers' runs a model here; 'endpoint' asks one",
    )
    max_words: int = Field(
        30,
        ge=8,
        description="words in a line; whole clauses are dropped to fit, a fifth more if that costs a fact many tell; a "
        "third more where a lead, or what several tell, would have no line at all",
    )
    stand_alone: bool = Field(
        True,
        description="false: the extractive writer may lean on the lines before ('The official said ...'), for a brief "
        "that is read whole; more of the story is told",
    )
    max_citations: int = Field(4, ge=1, description="sources cited by a line, at most, one per origin first")
    model: str | None = Field(
        None,
        examples=["facebook/bart-large-cnn"],
        description="transformers: a folder or hub name, seq2seq or chat; endpoint: the server's name for it",
    )
    device: Literal["auto", "cpu", "cuda", "mps"] = Field("auto", description="transformers: where to run the model")
    batch_tokens: int = Field(8192, ge=64, description="transformers: tokens per batch, prompts and replies together")
    reply_tokens: int = Field(160, ge=16, description="tokens of one reply, at most; more if it thinks aloud")
    url: str | None = Field(
        None,
        examples=["http://127.0.0.1:11434/v1"],
        description="endpoint: base address of an OpenAI-compatible server",
    )
    api_key_env: str | None = Field(
        None,
        examples=["DIGEST_API_KEY"],
        description="endpoint: the environment variable that holds the key; never the key itself",
    )
    concurrency: int = Field(4, ge=1, le=64, description="endpoint: requests at once")
    timeout: float = Field(60.0, gt=0, description="endpoint: seconds for one answer, to its last byte")
    retries: int = Field(2, ge=0, le=10, description="endpoint: further attempts after a time-out, a 429 or a fault")
    max_requests: int = Field(500, ge=1, description="endpoint: requests in one run, at most, retries included")
    budget_tokens: int | None = Field(
        None,
        ge=1,
        examples=[1_000_000],
        description="endpoint: tokens in one run, prompts and replies, at most; unset: no cap",
    )
    entailment_model: str | None = Field(
        None,
        examples=["cross-encoder/nli-deberta-v3-base"],
        description="a cross-encoder for natural language inference (folder or hub name) that joins the check",
    )
    entailment_threshold: Similarity = Field(
        0.5, description="probability of entailment below which a written line fails the check"
    )

    @model_validator(mode="after")
    def _complete(self) -> LinesConfig:
        if self.writer != "extractive" and not self.model:
            raise ValueError(f"writer = {self.writer!r} needs a model")
        if self.writer == "endpoint" and not self.url:
            raise ValueError("writer = 'endpoint' needs a url")
        if self.url is not None and not re.fullmatch(r"https?://[^\s/@?#]+(?:/[^\s@?#]*)?", self.url):
            # The address is quoted in messages: it must hold no secret.
            raise ValueError("url must be http(s)://host/path, without a user name, a query or a key in it")
        return self


class WriterConfig(LinesConfig):
    """A writer with a name, for `digest compare --writers`. Repeat the table; its keys are those of [lines]."""

    name: str = Field(min_length=1, examples=["bart"], description="what to call it")
