"""`digest run` twice and with nothing new, `history`, `replay` and `prune`, as a person runs them."""

import json
import shutil
from datetime import timedelta

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.cli.console import span
from digest.contract import brief_from_json
from digest.models import background
from digest.store import Database
from digest.store.articles import kept_articles
from digest.store.issues import issue_articles, kept_issues
from digest.store.lock import one_run
from digest.store.outbox import Outbox
from tests.collect.server import not_found, serving
from tests.store.rehearsal import DAY, MORNING, World, use_word_encoder


@pytest.fixture
def world(tmp_path, monkeypatch):
    use_word_encoder(monkeypatch)
    with serving() as site:
        site.routes["/robots.txt"] = not_found
        yield World(tmp_path / "briefs", site)


def digest(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def run(world, day, *more):
    return digest("run", world.config, "--now", (MORNING + day * DAY).isoformat(), *more)


def three_days(world):
    """An issue on each of three days; the folders."""
    folders = []
    for day in range(3):
        world.show_day(day)
        assert run(world, day).exit_code == 0
        folders.append(world.folder / "outputs" / (MORNING + day * DAY).date().isoformat())
    return folders


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_twice_is_0_and_nothing_new_is_3(world):
    world.show_day(0)
    assert run(world, 0).exit_code == 0
    assert run(world, 0).exit_code == 0
    nothing = run(world, 1)
    assert nothing.exit_code == 3
    assert "nothing new" in nothing.output
    quiet = run(world, 1, "--quiet")
    assert (quiet.exit_code, quiet.output) == (3, "")


def test_a_clock_behind_the_last_issue_is_told(world, caplog):
    world.show_day(0)
    run(world, 0)
    assert run(world, 0).exit_code == 0
    assert caplog.text == ""
    assert run(world, -2, "--quiet").exit_code == 3
    assert "it is 2026-03-02, but there is an issue of 2026-03-04 already: is the clock right?" in caplog.text


def test_a_second_run_at_once_is_1(world):
    world.show_day(0)
    with one_run(world.store):
        second = run(world, 0)
    assert second.exit_code == 1
    assert "another run is at work" in second.output


def test_history_lists_what_was_made_and_mailed(world):
    three_days(world)
    with Outbox(world.store) as outbox:
        outbox.enter("Strait watch/2026-03-05", ["a@x.example", "b@x.example"], message_id="<1@x>", now=MORNING)
        outbox.claim("Strait watch/2026-03-05", "a@x.example", now=MORNING)
        outbox.settle("Strait watch/2026-03-05", "a@x.example", "sent", was="sending", reply="250", now=MORNING)
    rows = digest("history", world.config).output.splitlines()
    assert [row.split()[:2] for row in rows] == [["2026-03-04", "1"], ["2026-03-05", "2"], ["2026-03-06", "3"]]
    assert "new" in rows[0]
    assert [row.rpartition("  ")[2] for row in rows] == ["not mailed", "mailed to 1 of 2: 1 not yet", "not mailed"]
    listed = json.loads(digest("history", world.config, "--json").output)
    assert [issue["number"] for issue in listed] == [1, 2, 3]
    assert listed[1]["mails"] == {"pending": 1, "sent": 1}
    assert listed[1]["since"] == MORNING.isoformat()
    assert all(issue["new"] + issue["updated"] == issue["lines"] for issue in listed)


@pytest.mark.parametrize("name", ["2026-03-05", "2"])
def test_replay_gives_the_same_bytes_when_all_else_is_gone(world, name):
    folders = three_days(world)
    before = contents(folders[1])
    shutil.rmtree(world.folder / "outputs")
    world.site.routes.clear()
    replayed = digest("replay", name, world.config)
    assert replayed.exit_code == 0
    assert str(folders[1] / "brief.md") in replayed.output
    assert contents(folders[1]) == before


def test_replay_names_the_pages_that_would_look_otherwise_today(world, tmp_path):
    folders = three_days(world)
    before = contents(folders[2])
    quiet = digest("replay", "3", world.config, "--to", tmp_path / "again")
    assert quiet.stderr == ""
    (world.folder / "mine").mkdir()
    (world.folder / "mine" / "brief.md.j2").write_text("# {{ brief.title }}\n", encoding="utf-8")
    (world.folder / "mine" / "brief.txt.j2").write_text("{{ brief.title.nothing() }}\n", encoding="utf-8")
    settings = world.config.read_text(encoding="utf-8")
    world.config.write_text(settings.replace("[render]", '[render]\ntemplates = "mine"'), encoding="utf-8")
    told = digest("replay", "3", world.config, "--to", tmp_path / "otherwise")
    assert told.exit_code == 0
    assert "brief.md is as it was; made anew it would differ" in told.stderr
    assert "brief.txt could not be made anew" in told.stderr
    assert "brief.html" not in told.stderr
    assert contents(tmp_path / "otherwise") == before


def test_replay_into_another_folder(world, tmp_path):
    folders = three_days(world)
    assert digest("replay", "latest", world.config, "--to", tmp_path / "again").exit_code == 0
    assert contents(tmp_path / "again") == contents(folders[2])
    assert digest("verify", tmp_path / "again").exit_code == 0


def test_replay_of_an_issue_that_is_not_there_says_which_are(world):
    three_days(world)
    missing = digest("replay", "2026-01-01", world.config)
    assert missing.exit_code == 1
    assert "2026-03-04 to 2026-03-06" in missing.output


def test_prune_drops_what_is_old_and_breaks_nothing_else(world, tmp_path):
    folders = three_days(world)
    before = contents(folders[2])
    pruned = digest("prune", world.config, "--keep", "1d", "--now", (MORNING + 2.5 * DAY).isoformat())
    assert pruned.exit_code == 0
    assert pruned.output.startswith("Dropped 1 issue, ")
    assert digest("replay", "3", world.config, "--to", tmp_path / "again").exit_code == 0
    assert contents(tmp_path / "again") == before
    assert folders[0].is_dir(), "the outputs are left alone"
    with Database(world.store) as database:
        _, issue = kept_issues(database)
        needed = {article.id for article in issue_articles(database, issue)}
        assert needed <= {kept.article.id for kept in kept_articles(database)}
    assert run(world, 2).exit_code == 0
    assert "since Thursday 07:00" in (folders[2] / "brief.md").read_text(encoding="utf-8")


def test_prune_gives_up_what_waits_of_a_dropped_issue_and_forgets_no_sent_mail(world):
    three_days(world)
    with Outbox(world.store) as outbox:
        for day, state in (("2026-03-04", "pending"), ("2026-03-05", "pending")):
            outbox.enter(f"Strait watch/{day}", ["a@x.example", "b@x.example"], message_id="<1@x>", now=MORNING)
            outbox.settle(f"Strait watch/{day}", "b@x.example", "sent", was=state, reply="250", now=MORNING)
    late = (MORNING + 40 * DAY).isoformat()
    assert digest("prune", "--keep", "7d", world.config, "--now", late).exit_code == 0
    with Outbox(world.store) as outbox:
        states = {(one.day, one.recipient[0]): one.state for one in outbox.mailings("Strait watch/2026-03-04")}
        assert states == {("2026-03-04", "a"): "failed", ("2026-03-04", "b"): "sent"}
        assert [one.day for one in outbox.unfinished(but="Strait watch/2026-03-06")] == ["2026-03-05"]


def test_prune_keeps_the_latest_issues_however_old(world):
    three_days(world)
    assert "Dropped 1 issue," in digest("prune", world.config, "--keep", "90d", "--now",
                                        (MORNING + 400 * DAY).isoformat()).output  # fmt: skip
    world.show_day(0, published=MORNING + 3 * DAY)
    assert "since Friday 07:00" in (
        run(world, 3) and (world.folder / "outputs" / "2026-03-07" / "brief.md").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("keep", ["", "90", "0d", "-3d", "d", "3y", "1.5d", "99999w"])
def test_prune_refuses_what_is_no_time(world, keep):
    refused = digest("prune", world.config, "--keep", keep)
    assert refused.exit_code == 2
    assert "no time to keep" in refused.output


def test_times_to_keep():
    assert (span("90d"), span("2w")) == (timedelta(days=90), timedelta(days=14))


def test_without_a_memory_the_commands_say_so(world):
    for command in (["history"], ["replay", "latest"], ["prune", "--keep", "9d"]):
        early = digest(*command, world.config)
        assert (early.exit_code, "nothing was made so far" in early.output) == (1, True)
    world.config.write_text('[store]\npath = ""\n', encoding="utf-8")
    assert "keeps no memory" in digest("history", world.config).output


def test_verify_holds_what_an_issue_says_of_an_earlier_one_against_it(world):
    first, second, _ = three_days(world)
    assert list(background(brief_from_json((second / "brief.json").read_text(), subject="second")))
    assert digest("verify", second).exit_code == 0
    told = first / "brief.json"
    kept = told.read_text()
    told.write_text(kept.replace('"text": "', '"text": "Perhaps: '))
    result = digest("verify", second)
    assert result.exit_code == 1
    assert f"is background of {MORNING.date()}, and that issue did not print it" in result.output
    told.write_text(kept.replace('"title": "Strait watch"', '"title": "Another watch"'))
    assert digest("verify", second).exit_code == 0, "another brief's issue says nothing of this one"
    told.unlink()
    assert digest("verify", second).exit_code == 0


@pytest.mark.parametrize("command", [["history"], ["replay", "latest"], ["prune", "--keep", "9d"]])
def test_without_a_configuration_it_is_said_that_no_memory_is_kept(tmp_path, command):
    told = digest(*command, tmp_path)
    assert told.exit_code == 1
    assert "is a folder, and a memory belongs to a configuration" in told.output
    assert "runs on a folder or a file without a configuration keep none" in told.output
    assert "does not exist, and a memory belongs" in digest(*command, tmp_path / "digest.toml").output
