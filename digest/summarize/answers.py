"""What an OpenAI-compatible server sent: its answer, its refusal, the pause it asks for. Bytes in, values out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from digest.retry_after import retry_after

FIRST_PAUSE = 1.0  # seconds before the second attempt; each further one is twice as long
MAX_PAUSE = 60.0  # a server that asks for more has had its chance
MAX_QUOTED = 200  # characters of a server's own words in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply's text, whether it was cut at the token limit, and the tokens it cost."""

    text: str
    cut: bool
    tokens: int


def read_answer(body: bytes, content_type: str) -> Answer:
    """The answer in a response, whole or streamed (server-sent events). Raises ValueError that says what came."""
    text = body.decode("utf-8", errors="replace").strip()
    # Some servers stream whatever they are asked for, and some forget to say so.
    if "text/event-stream" in content_type.lower() or text.startswith(("data:", "event:")):
        return _streamed(text)
    values = _json(text)
    choice = _first_choice(values)
    message = choice.get("message")
    return _answer(_content(message.get("content") if isinstance(message, dict) else None), choice, values, body)


def refusal(status: int, body: bytes) -> str:
    """A status that is not 200, in words, with the server's own if it has any."""
    known = {
        400: "it takes no such request",
        401: "it does not accept the key",
        402: "the account has no credit",
        403: "it does not allow this",
        404: "it has no such address or model",
        429: "it is asked too often",
    }
    words = known.get(status) or ("it sends elsewhere, which is not followed" if 300 <= status < 400 else "it failed")
    said = _error_words(body)
    return f"the server answered {status}: {words}" + (f" (“{said}”)" if said else "")


def retry_pause(attempt: int, header: str | None = None, *, now: float = 0.0) -> float | None:
    """Seconds before the next attempt: what the server asks for, else a doubling pause; None when it asks too much.

    `attempt` is the number of the one that failed, from 1; `header` is its Retry-After; `now` is seconds since the
    epoch.
    """
    asked = retry_after(header, now=now)
    if asked is None:
        return float(min(MAX_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)))
    return asked if asked <= MAX_PAUSE else None


def _json(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("its answer is not JSON") from error
    if not isinstance(values, dict):
        raise ValueError("its answer is not a chat completion")
    return values


def _first_choice(values: dict[str, Any]) -> dict[str, Any]:
    choices = values.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise ValueError("its answer is not a chat completion: it has no choice")
    return choices[0]


def _content(content: object) -> str:
    """A message's text: a string, or a list of parts of which some are text."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        content = "".join(part for part in parts if isinstance(part, str))
    if not isinstance(content, str) or not content.strip():
        raise ValueError("its answer holds no text")
    return content


def _answer(text: str, choice: dict[str, Any], values: dict[str, Any], body: bytes) -> Answer:
    usage = values.get("usage")
    told = usage.get("total_tokens") if isinstance(usage, dict) else None
    # A server that says nothing, or nonsense, is taken to have used a token for each four bytes it sent.
    tokens = told if isinstance(told, int) and not isinstance(told, bool) and told > 0 else len(body) // 4
    return Answer(text=text, cut=choice.get("finish_reason") == "length", tokens=tokens)


def _streamed(text: str) -> Answer:
    """The parts of a stream put together; one without its end is an answer that broke off."""
    parts: list[str] = []
    last: dict[str, Any] = {}
    usage: dict[str, Any] = {}
    ended = False
    for event in _events(text):
        if event == "[DONE]":
            ended = True
            break
        values = _json(event)
        usage = values if isinstance(values.get("usage"), dict) else usage
        if not values.get("choices"):
            continue
        choice = _first_choice(values)
        delta = choice.get("delta")
        if isinstance(delta, dict) and isinstance(delta.get("content"), str):
            parts.append(delta["content"])
        last = choice if choice.get("finish_reason") else last
    if not ended and not last:
        raise ValueError("its stream broke off")
    return _answer(_content("".join(parts)), last, usage, text.encode())


def _events(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.startswith("data:"):
            yield line.removeprefix("data:").strip()


def _error_words(body: bytes) -> str:
    """The server's own words for a refusal, shortened and on one line; "" for a page of HTML and the like."""
    try:
        values = json.loads(body[:100_000])
    except (ValueError, RecursionError):
        return ""
    error = values.get("error", values) if isinstance(values, dict) else None
    said = error.get("message") if isinstance(error, dict) else error
    return " ".join(str(said).split())[:MAX_QUOTED] if isinstance(said, str) else ""
