"""What `digest doctor` found, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from digest.errors import DigestError

Verdict = Literal["ok", "warning", "failed", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: how it stands, in words, and what to do where it does not stand well."""

    area: str
    verdict: Verdict
    words: str
    hint: str | None = None


def ok(area: str, words: str) -> Finding:
    """A finding of something that is as it should be."""
    return Finding(area=area, verdict="ok", words=words)


def warning(area: str, words: str, *, hint: str | None = None) -> Finding:
    """A finding of something that works, but may not be what is wanted."""
    return Finding(area=area, verdict="warning", words=words, hint=hint)


def failed(area: str, words: str, *, hint: str | None = None) -> Finding:
    """A finding of something that a run would stumble over."""
    return Finding(area=area, verdict="failed", words=words, hint=hint)


def skipped(area: str, words: str) -> Finding:
    """A finding of something that was not looked at."""
    return Finding(area=area, verdict="skipped", words=words)


def guarded(area: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What `look` finds. An error ends it and is a finding too: the doctor tells of the rest whatever breaks."""
    try:
        yield from look()
    except DigestError as error:
        yield failed(area, str(error), hint=error.hint)
    except Exception as error:  # the libraries that are looked at raise whatever their own dependencies raise
        yield failed(area, f"{type(error).__name__}: {error}", hint="--verbose shows where this comes from")
