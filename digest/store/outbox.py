"""Which mails are sent: one row an issue and recipient, so that no accepted mail goes out twice.

::

    pending ──claim──▶ sending ──the server took it──▶ sent
       ▲                  │ ├────the server refused──▶ failed
       └──it said later───┘ └────no answer came──────▶ (stays sending: in doubt)

The row is `sending`, on the disk, before the mail's text leaves. Whoever dies then, or hears no answer, cannot know
whether the server took it, and leaves it so. A person can: `--arrived` makes it sent, `--resend` sends it again, with
the same Message-ID, by which servers know a repetition.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Literal

from digest.store.database import Database

State = Literal["pending", "sending", "sent", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """What became of one issue for one recipient; `reply` is the server's last word, `changed` an ISO time.

    An issue's name is its series' (or title), a slash and its day.
    """

    issue: str
    recipient: str
    message_id: str
    state: State
    attempts: int
    reply: str
    changed: str

    @property
    def day(self) -> str:
        """The issue's day, YYYY-MM-DD: the name of its folder."""
        return self.issue.rpartition("/")[2]


class Outbox:
    """The mailings in a store. Every change is on the disk when the call returns.

    Recipients are kept in lower case: a capital letter in the configuration makes nobody new.

    All methods raise StoreError when the file cannot be read or written.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._database = Database(path, read_only=read_only)

    def __enter__(self) -> Outbox:
        return self

    def __exit__(self, *raised: object) -> None:
        self._database.close()

    def enter(self, issue: str, recipients: Sequence[str], *, message_id: str, now: datetime) -> str:
        """Note whom an issue goes to; those known already stay as they are. Returns the issue's Message-ID.

        The first attempt's Message-ID holds, even when recipients were added since.
        """
        with self._database.transaction():
            rows = self._database.rows(
                "SELECT message_id FROM outbox WHERE issue = ? ORDER BY recipient LIMIT 1", (issue,)
            )
            identity = str(rows[0][0]) if rows else message_id
            self._database.change_many(
                "INSERT OR IGNORE INTO outbox (issue, recipient, message_id, state, changed) "
                "VALUES (?, ?, ?, 'pending', ?)",
                [(issue, recipient.lower(), identity, now.isoformat()) for recipient in recipients],
            )
        return identity

    def mailings(self, issue: str) -> tuple[Mailing, ...]:
        """An issue's mailings, by recipient."""
        return self._select("issue = ?", issue)

    def unfinished(self, *, but: str) -> tuple[Mailing, ...]:
        """Mailings of other issues of the series than `but` that are pending or in doubt, by issue and recipient."""
        series = but.rpartition("/")[0]
        others = self._select("issue <> ? AND state IN ('pending', 'sending')", but)
        return tuple(one for one in others if one.issue.rpartition("/")[0] == series)

    def _select(self, where: str, value: str) -> tuple[Mailing, ...]:
        names = [column.name for column in fields(Mailing)]
        query = f"SELECT {', '.join(names)} FROM outbox WHERE {where} ORDER BY issue, recipient"
        rows = self._database.rows(query, (value,))
        return tuple(Mailing(**dict(zip(names, row, strict=True))) for row in rows)

    def known_id(self, issue: str) -> str | None:
        """The Message-ID that an issue was entered with."""
        return next((mailing.message_id for mailing in self.mailings(issue)), None)

    def claim(self, issue: str, recipient: str, *, now: datetime) -> bool:
        """Turn pending into sending. False when it is not pending: another process has it, or it is done."""
        changed = self._database.change(
            "UPDATE outbox SET state = 'sending', reply = '', attempts = attempts + 1, changed = ? "
            "WHERE issue = ? AND recipient = ? AND state = 'pending'",
            (now.isoformat(), issue, recipient.lower()),
        )
        return changed == 1

    def settle(self, issue: str, recipient: str, state: State, *, was: State, reply: str, now: datetime) -> None:
        """Say what became of a mailing, unless another process changed it: `was` is the state it must have."""
        self._database.change(
            "UPDATE outbox SET state = ?, reply = ?, changed = ? WHERE issue = ? AND recipient = ? AND state = ?",
            (state, reply, now.isoformat(), issue, recipient.lower(), was),
        )

    def reopen(self, issue: str, *, now: datetime) -> int:
        """Make what is in doubt or was refused pending again; what was sent stays sent. Returns how many."""
        return self._database.change(
            "UPDATE outbox SET state = 'pending', changed = ? WHERE issue = ? AND state IN ('sending', 'failed')",
            (now.isoformat(), issue),
        )

    def note_arrival(self, issue: str, *, now: datetime) -> int:
        """Note that an issue has come to all it was entered for, as somebody saw. Returns to how many more."""
        return self._database.change(
            "UPDATE outbox SET state = 'sent', changed = ? WHERE issue = ? AND state <> 'sent'",
            (now.isoformat(), issue),
        )


def mailing_states(database: Database) -> dict[str, Counter[str]]:
    """How many of each issue's mailings are in which state, by the issue's key."""
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for issue, state, count in database.rows("SELECT issue, state, count(*) FROM outbox GROUP BY issue, state"):
        states[issue][state] = count
    return states
