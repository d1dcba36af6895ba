"""`trace.json`: why each topic is one, why its line was chosen, what was left out. `digest explain` reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from digest.errors import BriefFileError
from digest.models import Omission

if TYPE_CHECKING:
    from pydantic import TypeAdapter

TRACE_FILE = "trace.json"
TRACE_SCHEMA = "digest.trace/1"

# Fates of a topic; the stages have others of their own.
BELOW_CUT = "below the cut"
CANNOT_STAND_ALONE = "no sentence of it can stand alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedStatement:
    """A statement of a topic, with the origin it rests on and its centrality."""

    article_id: str
    label: str
    quote: str
    origin: str
    centrality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedLink:
    """Why two statements of a topic (by index) were judged the same: the probability and the strongest reasons."""

    left: int
    right: int
    probability: float
    reasons: tuple[tuple[str, float | None, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedTopic:
    """What became of a topic, and why. `rule` is the setting that kept it out, where one did.

    `steps` tell how its line was made; where no sentence can stand alone, what each of the `statements` lacks.
    """

    id: str
    fate: str
    score: float
    section: str | None
    statements: tuple[TracedStatement, ...]
    links: tuple[TracedLink, ...] = ()
    steps: tuple[str, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedArticle:
    """An article that was read, but lies outside the window; `source` is where it was read."""

    id: str
    label: str
    title: str
    link: str | None
    published: datetime | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The reasons behind a brief: its topics by rank, and the pieces of articles that were no statements.

    `outside` are articles that were read but lie outside the window, the newest of them. `again` names the further
    files of an article that was found in more than one, by its id.

    `pages` holds the checksum (SHA-256) of each page as the run wrote it, for `digest verify`.
    """

    topics: tuple[TracedTopic, ...]
    omitted: tuple[Omission, ...]
    outside: tuple[TracedArticle, ...] = ()
    again: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)

    def topic(self, topic_id: str, *, subject: str) -> TracedTopic:
        """The topic of that id. Raises BriefFileError that says which ids there are."""
        for topic in self.topics:
            if topic.id == topic_id:
                return topic
        hint = f"topics run from t1 to t{len(self.topics)}" if self.topics else "it has none"
        raise BriefFileError(subject, f"has no topic {topic_id!r}", hint=hint)


def checksum(page: str) -> str:
    """The checksum of a page's text."""
    return sha256(page.encode("utf-8", errors="surrogatepass")).hexdigest()


def with_pages(trace: Trace, pages: Mapping[str, str]) -> Trace:
    """The trace with the checksums of these pages, by file name."""
    return replace(trace, pages={name: checksum(pages[name]) for name in sorted(pages)})


def trace_to_json(trace: Trace) -> str:
    """The trace as JSON, a topic a line; numbers are rounded, so the same input gives the same bytes."""
    table = {"schema": TRACE_SCHEMA, **_plain(trace)}
    return "{\n" + ",\n".join(f"{_json(key)}: {_lines(part)}" for key, part in table.items()) + "\n}\n"


def _lines(part: Any) -> str:
    """A list with a line for each of its parts. (Indenting is done in Python, and takes longer than all the rest.)"""
    return "[\n" + ",\n".join(map(_json, part)) + "\n]" if isinstance(part, list) else _json(part)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@cache
def _adapter() -> TypeAdapter[Trace]:
    from pydantic import TypeAdapter  # 100 ms that `digest --help` does not need, and 40 ms to make one

    return TypeAdapter(Trace)


def trace_from_json(text: str, *, subject: str) -> Trace:
    """Read a trace. Raises BriefFileError."""
    from pydantic import ValidationError

    try:
        table = json.loads(text)
        if not isinstance(table, dict) or table.pop("schema", None) != TRACE_SCHEMA:
            raise BriefFileError(subject, f"is not a {TRACE_SCHEMA} file", hint="run the brief again")
        return _adapter().validate_python(table)
    except (json.JSONDecodeError, ValidationError) as error:
        raise BriefFileError(subject, "is damaged", hint="run the brief again") from error


def _plain(value: Any) -> Any:
    """Dataclasses as tables, times as text, numbers rounded: all in one go, since a trace holds every statement."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return {name: _plain(getattr(value, name)) for name in value.__slots__}
