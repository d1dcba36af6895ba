"""`digest send`, `lint` and `archive` as a person runs them: what they print, and how they exit."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.contract import brief_to_json
from digest.store.outbox import Outbox
from tests.mail_server import taking_mail
from tests.samples import SERIES_BRIEF

CONFIG = """
[series]
name = "Strait watch"
first_day = 2025-11-07
[mail]
from = "Strait watch <brief@watch.example>"
to = ["you@example.org"]
host = "127.0.0.1"
port = 9
security = "none"
attempts = 1
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "digest.toml").write_text(CONFIG, encoding="utf-8")
    for number in (3, 4):
        brief = replace(SERIES_BRIEF, date=date(2026, 3, number))
        issue = tmp_path / "outputs" / brief.date.isoformat()
        issue.mkdir(parents=True)
        (issue / "brief.json").write_text(brief_to_json(brief), encoding="utf-8")
    return tmp_path


@pytest.fixture
def post(folder):
    """A server that takes every mail; the configuration names it."""
    with taking_mail() as taking:
        (folder / "digest.toml").write_text(CONFIG.replace("port = 9", f"port = {taking.port}"), encoding="utf-8")
        yield taking


def day(text):
    """The day of a mail's issue, as its subject names it."""
    return message_from_bytes(text, policy=policy.default)["Subject"].rpartition(" · ")[2]


def digest(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_dry_run_shows_the_latest_issue_and_leaves_no_trace(folder):
    run = digest("send", folder / "digest.toml", "--dry-run")
    assert run.exit_code == 0
    assert "Subject: Strait watch · day 118 · Wednesday 4 March 2026" in run.output
    assert "bytes, of which HTML" in run.output
    assert not (folder / "digest.sqlite").exists()


def test_eml_writes_the_message_of_one_issue(folder):
    file = folder / "brief.eml"
    run = digest("send", folder / "outputs" / "2026-03-03", "--config", folder / "digest.toml", "--eml", file)
    assert run.exit_code == 0
    assert message_from_bytes(file.read_bytes(), policy=policy.default)["Message-ID"].startswith("<2026-03-03.")
    assert digest("lint", file).output == "Nothing found.\n"


def test_what_everybody_has_is_not_sent_and_exits_3(folder):
    with Outbox(folder / "digest.sqlite") as outbox:
        now = datetime(2026, 3, 4, 7, 1, tzinfo=UTC)
        outbox.enter("Strait watch/2026-03-04", ["you@example.org"], message_id="<1@x.example>", now=now)
        outbox.settle("Strait watch/2026-03-04", "you@example.org", "sent", was="pending", reply="250", now=now)
        outbox.enter("Strait watch/2026-03-03", ["me@example.org"], message_id="<2@x.example>", now=now)
        outbox.enter("Other/2026-03-03", ["you@example.org"], message_id="<3@x.example>", now=now)
    run = digest("send", folder / "digest.toml")
    assert run.exit_code == 3
    # Neither who is no recipient any more nor another series' mail is this one's matter.
    assert run.output == "  you@example.org: has it already, since 2026-03-04 07:01 UTC\n"


def in_doubt(folder, day):
    with Outbox(folder / "digest.sqlite") as outbox:
        now = datetime(2026, 3, 4, 7, tzinfo=UTC)
        outbox.enter(f"Strait watch/{day}", ["you@example.org"], message_id="<1@x.example>", now=now)
        outbox.claim(f"Strait watch/{day}", "you@example.org", now=now)


def test_a_mail_in_doubt_is_said_with_what_to_do_and_exits_1(folder):
    in_doubt(folder, "2026-03-04")
    run = digest("send", folder / "digest.toml")
    assert run.exit_code == 1
    # On standard error: a schedule throws the rest away.
    assert "you@example.org: in doubt since 2026-03-04 07:00 UTC" in run.stderr
    told = re.search(r"`digest (send .* --arrived)`, or --resend", run.stderr)[1]
    arrived = digest(*told.split())
    assert (arrived.exit_code, arrived.stderr) == (3, "")
    assert "has it already" in arrived.stdout


def test_an_earlier_mail_in_doubt_is_said_until_somebody_settles_it(folder, post):
    in_doubt(folder, "2026-03-03")
    first, second = (digest("send", folder / "digest.toml") for _ in range(2))
    assert [first.exit_code, second.exit_code] == [0, 3]
    for run in (first, second):
        assert "Strait watch/2026-03-03, you@example.org: in doubt" in run.stderr
    settled = digest("send", folder / "outputs" / "2026-03-03", "--config", folder / "digest.toml", "--resend")
    assert (settled.exit_code, settled.output) == (0, "  you@example.org: sent\n")
    assert digest("send", folder / "digest.toml").stderr == ""
    assert [day(text) for text in post.texts] == ["Wednesday 4 March 2026", "Tuesday 3 March 2026"]


def test_who_lost_the_memory_can_say_that_an_issue_has_come(folder, post):
    told = digest("send", folder / "digest.toml", "--arrived")
    assert told.exit_code == 3
    assert digest("send", folder / "digest.toml").exit_code == 3
    assert post.texts == []


def test_to_settle_a_doubt_in_two_ways_at_once_is_a_mistake_of_usage(folder):
    assert digest("send", folder / "digest.toml", "--resend", "--arrived").exit_code == 2


def test_an_earlier_issue_that_waits_goes_out_before_the_latest(folder, post):
    with Outbox(folder / "digest.sqlite") as outbox:
        now = datetime(2026, 3, 3, 7, tzinfo=UTC)
        outbox.enter("Strait watch/2026-03-03", ["you@example.org"], message_id="<1@x.example>", now=now)
    config = folder / "digest.toml"
    config.write_text(config.read_text().replace('to = ["', 'to = ["new@example.org", "'), encoding="utf-8")
    run = digest("send", config)
    assert (run.exit_code, run.stderr) == (0, "")
    assert "Strait watch/2026-03-03, you@example.org: sent" in run.stdout
    # Who has joined since then gets no old issue.
    assert [day(text) for text in post.texts] == ["Tuesday 3 March 2026", *["Wednesday 4 March 2026"] * 2]
    assert b"Message-ID: <1@x.example>" in post.texts[0]
    assert digest("send", config).exit_code == 3


def test_an_earlier_issue_whose_folder_is_gone_says_how_to_get_it_back(folder, post):
    with Outbox(folder / "digest.sqlite") as outbox:
        now = datetime(2026, 3, 3, 7, tzinfo=UTC)
        outbox.enter("Strait watch/2026-03-02", ["you@example.org"], message_id="<1@x.example>", now=now)
    run = digest("send", folder / "digest.toml")
    assert run.exit_code == 1
    assert "`digest replay 2026-03-02 " in run.stderr
    assert len(post.texts) == 1


def test_sent_is_0_and_again_is_3(folder, post):
    first, second = (digest("send", folder / "digest.toml") for _ in range(2))
    assert (first.exit_code, first.output) == (0, "  you@example.org: sent\n")
    assert second.exit_code == 3
    assert len(post.texts) == 1


def test_a_server_that_is_away_exits_1(folder):
    run = digest("send", folder / "digest.toml")
    assert run.exit_code == 1
    assert "not yet: 127.0.0.1:9 cannot be reached" in run.stderr
    assert run.stdout == ""


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (CONFIG.partition("[mail]")[0], "has no [mail] table"),
        (CONFIG.replace("127.0.0.1", "smtp.example.org"), "unencrypted"),
        (CONFIG.replace('host = "127.0.0.1"', ""), "[mail] has no host"),
        (CONFIG.replace("you@example.org", "you"), "is not a mail address"),
        (CONFIG + 'unsubscribe = ["http://x.example"]', "cannot unsubscribe"),
        (CONFIG + 'username = "me"', "without a password"),
        (CONFIG + 'form = "x"', "did you mean 'from'"),
        (CONFIG.replace("Strait watch", "Other"), "holds no issue of this configuration"),
    ],
)
def test_mistakes_are_said(folder, config, said):
    (folder / "digest.toml").write_text(config, encoding="utf-8")
    run = digest("send", folder / "digest.toml")
    assert run.exit_code == 1
    assert said in run.output


def test_lint_takes_an_issue_a_page_and_a_message_and_exits_1_on_findings(folder):
    assert digest("lint", folder / "outputs" / "2026-03-04").exit_code == 0
    page = folder / "page.html"
    page.write_text('<p style="display:flex"><img src="https://x.example/a.png">', encoding="utf-8")
    run = digest("lint", page)
    assert run.exit_code == 1
    assert "css-display-flex" in run.output
    assert "by Outlook Windows" in run.output
    found = json.loads(digest("lint", page, "--json").output)
    assert {one["rule"] for one in found} == {"alt", "remote", "css-display-flex"}
    assert digest("lint", folder / "no.eml").exit_code == 1


def test_a_message_is_written_without_a_server(folder):
    (folder / "digest.toml").write_text(CONFIG.replace('host = "127.0.0.1"', ""), encoding="utf-8")
    assert digest("send", folder / "digest.toml", "--eml", folder / "a.eml").exit_code == 0
    assert (folder / "a.eml").read_bytes().startswith(b"From: ")


def test_without_a_target_it_is_the_configuration_that_is_here(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert digest("lint").output == "Nothing found.\n"
    assert "Subject: Strait watch · day 118" in digest("send", "--dry-run").output
    assert digest("archive", "--to", "site").exit_code == 0
    (folder / "digest.toml").unlink()
    assert digest("lint").output == "Nothing found.\n", "without a configuration the newest issue in outputs is meant"
    assert digest("archive", "--to", "other").output == digest("archive", "outputs", "--to", "other").output


def test_archive_of_a_configuration(folder):
    run = digest("archive", folder / "digest.toml", "--to", folder / "site")
    assert run.exit_code == 0
    assert run.output == f"2 issues: {folder / 'site' / 'index.html'}\n"
    assert (folder / "site" / "2026-03-03" / "brief.html").is_file()
    assert digest("archive", folder, "--to", folder / "site").exit_code == 1
