"""What is remembered of an address between runs, so that an unchanged feed is not sent again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """How an address answered last: its entity tag and date for a conditional request, and its body's sha256."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


class Validators(Protocol):
    """Where validators are kept. `set` is called once an answer has been read without fault.

    A keeper that outlives the run must also keep the articles: a source that answers "not changed" gives none anew,
    it is named in `Collection.unchanged` instead. Commit the two together.
    """

    def get(self, url: str) -> Validator | None:
        """The validator of an address, or None when it has not been read before."""
        ...

    def set(self, url: str, validator: Validator) -> None:
        """Remember how an address answered."""
        ...


class MemoryValidators:
    """Validators that last as long as the program."""

    def __init__(self) -> None:
        self._kept: dict[str, Validator] = {}

    def get(self, url: str) -> Validator | None:
        """The validator of an address, or None."""
        return self._kept.get(url)

    def set(self, url: str, validator: Validator) -> None:
        """Remember how an address answered."""
        self._kept[url] = validator
