"""Sources that are no files: feeds, pages, OPML lists and mailboxes, to outcomes in the order they are configured."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from digest.collect.outcome import Known, Outcome, failed, key_of, label_of
from digest.config import CollectConfig, SourceConfig
from digest.errors import CollectError
from digest.models import Validator

OFFLINE = "was not fetched (offline)"
_MAX_OPML_BYTES = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What earlier runs left behind, as far as collecting can use it.

    `validators` are by the source's key (`outcome.key_of`); one is set once an answer has been read without fault. Who
    keeps them longer than a run must keep the articles with them, in one transaction: a source that answers "not
    changed" gives none anew, it is named in `Collection.unchanged` instead.
    """

    validators: MutableMapping[str, Validator] = field(default_factory=dict)
    known: Known = lambda source, link: None


def read_elsewhere(
    sources: Sequence[SourceConfig],
    *,
    base: Path,
    settings: CollectConfig,
    memory: Memory,
    since: datetime | None = None,
) -> tuple[Outcome, ...]:
    """The outcome of every feed, page and mailbox; an OPML file gives one for each of its feeds.

    An address that is named twice is fetched once, with the settings of the first.
    """
    each_once, outcomes = expanded(sources, base=base)
    live = [source for source in each_once if source.kind in ("feed", "page")]
    for source in each_once:
        if source.kind == "mailbox":
            outcomes.append(_mailbox(source, base=base, settings=settings, since=since, validators=memory.validators))
    if settings.offline:
        return (*outcomes, *(failed(source, OFFLINE) for source in live))
    if live:
        from digest.collect.live import read_live

        outcomes += read_live(live, settings=settings, validators=memory.validators, known=memory.known, since=since)
    return tuple(outcomes)


def expanded(sources: Sequence[SourceConfig], *, base: Path) -> tuple[list[SourceConfig], list[Outcome]]:
    """The sources with each OPML list replaced by its feeds, each address once; and the lists that cannot be read."""
    chosen: dict[tuple[str, str], SourceConfig] = {}
    outcomes: list[Outcome] = []
    for source in sources:
        try:
            listed = _feeds_of(source, base=base) if source.kind == "opml" else [source]
        except CollectError as error:
            outcomes.append(failed(source, error.reason))
            continue
        for each in listed:
            chosen.setdefault((each.kind, each.address), each)
    return list(chosen.values()), outcomes


def _feeds_of(source: SourceConfig, *, base: Path) -> list[SourceConfig]:
    from digest.collect.opml import read_opml

    path = base / Path(source.address).expanduser()
    label = label_of(source)
    try:
        if path.stat().st_size > _MAX_OPML_BYTES:
            raise CollectError(label, "is too large for an OPML file")
        content = path.read_bytes()
    except OSError as error:
        raise CollectError(label, f"cannot be read ({error.strerror})") from error
    return [
        source.model_copy(update={"opml": None, "feed": feed.url, "name": feed.name or source.name})
        for feed in read_opml(content, label=label).feeds
    ]


def _mailbox(
    source: SourceConfig,
    *,
    base: Path,
    settings: CollectConfig,
    since: datetime | None,
    validators: MutableMapping[str, Validator],
) -> Outcome:
    from digest.collect.mailboxes import is_remote, read_mailbox

    if settings.offline and is_remote(source):
        return failed(source, OFFLINE)
    before = validators.get(key_of(source))
    outcome = read_mailbox(source, base=base, settings=settings, since=since, last=before.newest if before else None)
    if outcome.newest:
        validators[outcome.address] = Validator(newest=outcome.newest)
    return outcome
