"""Lines by any server that speaks OpenAI's chat protocol: llama.cpp, Ollama, vLLM, a hosted one. Plain HTTP.

What can go wrong with a server ends in a reply with a `problem`, never in an exception: a brief that cannot have
written lines still has its sources' sentences. The key is sent as a header and appears nowhere else; whatever a server
says is searched for it before it is shown.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from digest.config import LinesConfig
from digest.errors import ModelError
from digest.summarize.answers import Answer, read_answer, refusal, retry_pause
from digest.summarize.budget import Budget
from digest.summarize.prompts import Message, Reply, Request, chat

if TYPE_CHECKING:
    import httpx2

MAX_ANSWER = 2_000_000  # bytes; a line has two hundred
GIVE_UP_AFTER = 3  # requests in a row that failed with all their attempts: the server is gone, the others need not try
CHARACTERS_PER_TOKEN = 3.5  # of English in today's vocabularies; low, so that an estimate is rather too high

_FATAL = frozenset({401, 402, 403, 404, 405})  # the same for every request: a wrong key, no credit, no such model
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where to ask and how: `address` of the completions, `model`, the limits of one request, how many at a time.

    `timeout` is in seconds; `max_words` are what a line may have.
    """

    address: str
    model: str
    timeout: float
    retries: int
    reply_tokens: int
    max_words: int
    concurrency: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One attempt: an answer, or why there is none, and whether to ask again after `pause` seconds (None: never)."""

    answer: Answer | None = None
    problem: str = ""
    pause: float | None = None
    fatal: bool = False


class EndpointWriter:
    """A LineWriter that asks a server, several requests at a time."""

    def __init__(
        self,
        server: Server,
        client: httpx2.Client,
        *,
        budget: Budget,
        secret: str = "",
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._server = server
        self._client = client
        self._budget = budget
        self._secret = secret
        self._sleep = sleep
        self._dropped: dict[str, str | None] = {}  # parameters this server does not take, and what to call them instead

    def reply_all(self, requests: Sequence[Request], /) -> list[Reply]:
        """Return a reply per request; with a problem in it where the server gave none."""
        with ThreadPoolExecutor(max_workers=self._server.concurrency, thread_name_prefix="endpoint") as pool:
            return list(pool.map(self._reply, requests))

    def _reply(self, request: Request) -> Reply:
        messages = chat(request, max_words=self._server.max_words)
        outcome = self._ask(messages, attempt=1)
        for attempt in range(2, self._server.retries + 2):
            if outcome.pause is None or self._budget.closed:
                break
            self._sleep(outcome.pause)
            outcome = self._ask(messages, attempt=attempt)
        if outcome.answer is not None:
            self._budget.succeeded()
            return Reply(text=outcome.answer.text, cut=outcome.answer.cut)
        problem = self._without_secret(outcome.problem)
        if outcome.fatal:
            self._budget.close(problem)
        elif outcome.pause is not None:
            self._budget.failed(problem, limit=GIVE_UP_AFTER)
        return Reply(problem=problem)

    def _ask(self, messages: Sequence[Message], *, attempt: int) -> _Outcome:
        expected = int(sum(len(message["content"]) for message in messages) / CHARACTERS_PER_TOKEN)
        expected += self._server.reply_tokens
        if refused := self._budget.take(expected):
            return _Outcome(problem=refused)
        outcome = self._post(messages, attempt)
        self._budget.settle(expected, outcome.answer.tokens if outcome.answer else 0)
        return outcome

    def _post(self, messages: Sequence[Message], attempt: int) -> _Outcome:
        import httpx2

        try:
            status, headers, body = self._exchange(self._payload(messages))
        except httpx2.TimeoutException:
            return _Outcome(problem=f"no answer within {self._server.timeout:g} s", pause=retry_pause(attempt))
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return _Outcome(problem=f"cannot be reached ({type(error).__name__}: {error})", pause=retry_pause(attempt))
        return self._outcome(status, headers, body, attempt)

    def _outcome(self, status: int, headers: Mapping[str, str], body: bytes, attempt: int) -> _Outcome:
        if status == 400 and self._adapt(body):
            return _Outcome(problem="does not take this program's parameters", pause=0.0)
        if status in _PASSING:
            pause = retry_pause(attempt, headers.get("retry-after"), now=time.time())
            # One that wants a longer pause than a run can make is left alone altogether.
            return _Outcome(problem=refusal(status, body), pause=pause, fatal=pause is None)
        if status != 200:
            return _Outcome(problem=refusal(status, body), fatal=status in _FATAL or 300 <= status < 400)
        try:
            answer = read_answer(body, headers.get("content-type", ""))
        except ValueError as error:
            return _Outcome(problem=str(error), pause=retry_pause(attempt))
        return _Outcome(answer=answer)

    def _exchange(self, payload: Mapping[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        """One POST: status, headers, body. A time-out counts from the first byte sent to the last one received."""
        import httpx2

        deadline = time.monotonic() + self._server.timeout
        body = bytearray()
        with self._client.stream("POST", self._server.address, json=payload) as response:
            for part in response.iter_bytes():
                body += part
                if time.monotonic() > deadline:
                    raise httpx2.ReadTimeout("the answer drips")
                if len(body) > MAX_ANSWER:
                    raise httpx2.DecodingError(f"the answer is larger than {MAX_ANSWER:,} bytes")
            return response.status_code, response.headers, bytes(body)

    def _payload(self, messages: Sequence[Message]) -> dict[str, Any]:
        wanted = {
            "model": self._server.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": self._server.reply_tokens,
            "stream": False,
        }
        names = {key: self._dropped.get(key, key) for key in wanted}
        return {name: wanted[key] for key, name in names.items() if name}

    def _adapt(self, body: bytes) -> bool:
        """Learn from a 400 what this model calls a parameter, or that it takes none; False when there is no news."""
        said = body[:4000].decode("utf-8", errors="replace")
        news: dict[str, str | None] = {}
        if "max_completion_tokens" in said:
            news["max_tokens"] = "max_completion_tokens"
        if "temperature" in said:
            news["temperature"] = None
        news = {key: name for key, name in news.items() if self._dropped.get(key, key) != name}
        self._dropped.update(news)
        return bool(news)

    def _without_secret(self, text: str) -> str:
        return text.replace(self._secret, "[key]") if self._secret else text


def load_endpoint(config: LinesConfig) -> EndpointWriter:
    """The writer for the server that `config` names. Opens no connection. Raises ModelError for a bad key."""
    import httpx2

    address = str(config.url).rstrip("/") + "/chat/completions"
    secret = _key(config)
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    client = httpx2.Client(
        headers={**headers, "Accept": "application/json", "Accept-Encoding": "identity"},
        timeout=config.timeout,
        limits=httpx2.Limits(max_connections=config.concurrency),
        follow_redirects=False,  # a key goes to the server it was meant for
        trust_env=False,  # no proxy, no .netrc: the server that is configured, nothing else
    )
    server = Server(
        address=address,
        model=str(config.model),
        timeout=config.timeout,
        retries=config.retries,
        reply_tokens=config.reply_tokens,
        max_words=config.max_words,
        concurrency=config.concurrency,
    )
    budget = Budget(requests=config.max_requests, tokens=config.budget_tokens)
    return EndpointWriter(server, client, budget=budget, secret=secret)


def _key(config: LinesConfig) -> str:
    """The key from its environment variable, "" where none is configured. Its text is in no message."""
    if config.api_key_env is None:
        return ""
    key = os.environ.get(config.api_key_env, "").strip()
    subject = f"lines.api_key_env = {config.api_key_env!r}"
    if not key:
        raise ModelError(subject, "this environment variable is not set", hint=f"export {config.api_key_env}=…")
    if not re.fullmatch(r"[!-~]+", key):
        raise ModelError(subject, "what it holds is no key: it has blanks or characters outside ASCII")
    parts = urlsplit(str(config.url))
    if parts.scheme == "http" and not _in_the_house(parts.hostname or ""):
        raise ModelError(
            str(config.url), "would send the key unencrypted over the net", hint="use https, or leave out api_key_env"
        )
    return key


def _in_the_house(host: str) -> bool:
    """True for this machine and for the addresses of a private network."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".lan", ".internal")) or "." not in host
