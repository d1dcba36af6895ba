"""The outbox: every change survives the process, nobody claims twice, and a strange file is an error that says so."""

import sqlite3
from datetime import UTC, datetime

import pytest

from digest.errors import StoreError
from digest.store.outbox import Outbox

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
ISSUE = "Strait watch/2026-03-04"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "outputs" / "digest.sqlite"


@pytest.fixture
def outbox(path):
    with Outbox(path) as opened:
        opened.enter(ISSUE, ["a@x.example", "b@x.example"], message_id="<1@x.example>", now=NOW)
        yield opened


def states(outbox):
    return {mailing.recipient: mailing.state for mailing in outbox.mailings(ISSUE)}


def test_only_one_of_two_processes_claims_a_mailing(outbox, path):
    with Outbox(path) as other:
        assert outbox.claim(ISSUE, "a@x.example", now=NOW)
        assert not other.claim(ISSUE, "a@x.example", now=NOW)
        assert other.claim(ISSUE, "b@x.example", now=NOW)
        assert states(other) == {"a@x.example": "sending", "b@x.example": "sending"}


def test_a_claim_is_on_the_disk_at_once(outbox, path):
    outbox.claim(ISSUE, "a@x.example", now=NOW)
    rows = sqlite3.connect(path).execute("SELECT state, attempts, changed FROM outbox ORDER BY recipient").fetchall()
    assert rows == [("sending", 1, "2026-03-04T07:00:00+00:00"), ("pending", 0, "2026-03-04T07:00:00+00:00")]


def test_what_is_sent_is_never_claimed_or_reopened(outbox):
    outbox.claim(ISSUE, "a@x.example", now=NOW)
    outbox.settle(ISSUE, "a@x.example", "sent", was="sending", reply="250 taken", now=NOW)
    assert not outbox.claim(ISSUE, "a@x.example", now=NOW)
    outbox.claim(ISSUE, "b@x.example", now=NOW)
    assert outbox.reopen(ISSUE, now=NOW) == 1
    assert states(outbox) == {"a@x.example": "sent", "b@x.example": "pending"}
    outbox.enter(ISSUE, ["a@x.example"], message_id="<1@x.example>", now=NOW)
    assert states(outbox)["a@x.example"] == "sent"


def test_a_late_word_does_not_undo_what_another_process_knows(outbox):
    outbox.claim(ISSUE, "a@x.example", now=NOW)
    outbox.settle(ISSUE, "a@x.example", "pending", was="pending", reply="the server was away", now=NOW)
    assert states(outbox)["a@x.example"] == "sending"


def test_the_first_message_id_holds(outbox):
    assert outbox.enter(ISSUE, ["c@x.example"], message_id="<2@x.example>", now=NOW) == "<1@x.example>"
    assert outbox.known_id(ISSUE) == "<1@x.example>"
    assert outbox.known_id("Strait watch/2026-03-05") is None


def test_issues_that_never_ended_are_told(outbox):
    outbox.claim(ISSUE, "a@x.example", now=NOW)
    outbox.settle(ISSUE, "b@x.example", "failed", was="pending", reply="550 no", now=NOW)
    assert outbox.unfinished(but=ISSUE) == ()
    assert outbox.unfinished(but="Other/2026-03-05") == ()
    told = outbox.unfinished(but="Strait watch/2026-03-05")
    assert [(one.day, one.recipient, one.state) for one in told] == [("2026-03-04", "a@x.example", "sending")]


def test_a_file_that_is_no_outbox_is_named(tmp_path):
    strange = tmp_path / "digest.sqlite"
    strange.write_text("a text " * 400, encoding="utf-8")
    with pytest.raises(StoreError, match=r"digest\.sqlite: cannot be used as the store") as caught:
        Outbox(strange)
    assert "move the file away" in caught.value.hint
    assert strange.read_text(encoding="utf-8") == "a text " * 400


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be used as the store"):
        Outbox(tmp_path / "file" / "digest.sqlite")
