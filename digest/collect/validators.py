"""What is remembered of an address between runs, so that an unchanged feed is not sent again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """How a source answered last: its entity tag and date for a conditional request, and its body's sha256.

    `newest` is the date of its newest article: one that answers "not changed" does not say it again.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    newest: datetime | None = None


class Validators(Protocol):
    """Where validators are kept, by the source's key (`outcome.key_of`).

    `set` is called once an answer has been read without fault. A keeper that outlives the run must also keep the
    articles: a source that answers "not changed" gives none anew, it is named in `Collection.unchanged` instead. Commit
    the two together.
    """

    def get(self, source: str) -> Validator | None:
        """The validator of a source, or None when it has not been read before."""
        ...

    def set(self, source: str, validator: Validator) -> None:
        """Remember how a source answered."""
        ...


class MemoryValidators:
    """Validators that last as long as the program."""

    def __init__(self) -> None:
        self._kept: dict[str, Validator] = {}

    def get(self, source: str) -> Validator | None:
        """The validator of a source, or None."""
        return self._kept.get(source)

    def set(self, source: str, validator: Validator) -> None:
        """Remember how a source answered."""
        self._kept[source] = validator
