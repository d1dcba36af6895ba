"""Runs that remember: day after day, twice on one day, with feeds that answer "as before", edits, and late articles."""

import json
from dataclasses import replace

import pytest

from digest import job as jobs
from digest.errors import NothingNewError, StoreError
from digest.store import Database
from digest.store.history import history_of
from digest.store.issues import article_ids, issue_articles, issue_texts, kept_issues
from digest.store.lock import one_run
from digest.subscriptions import check_sources
from tests.collect.server import not_found, serving
from tests.store.rehearsal import DAY, DAYS, HOUR, MORNING, World, item, use_word_encoder


@pytest.fixture
def world(tmp_path, monkeypatch):
    use_word_encoder(monkeypatch)
    with serving() as site:
        site.routes["/robots.txt"] = not_found
        yield World(tmp_path / "briefs", site)


def lines(finished):
    entries = [entry for section in finished.brief.sections for story in section.stories for entry in story.topics]
    return " ".join(entry.line.text for entry in entries)


def issues(world):
    with Database(world.store) as database:
        return kept_issues(database)


def history_at(world, now):
    with Database(world.store) as database:
        return history_of(database, "Strait watch", day=now.date(), now=now, articles=(), remember_days=30)


def test_the_same_issue_twice_is_the_same_bytes(world):
    world.show_day(0)
    first = world.run(MORNING)
    before = world.files(first)
    assert {"brief.md", "brief.html", "brief.txt", "prose.md", "brief.json", "sources.jsonl", "trace.json"} == {*before}
    assert world.files(world.run(MORNING)) == before, "the feeds answered 304"
    assert world.files(world.run(MORNING + 5 * HOUR)) == before, "later that day, with nothing new"
    assert [issue.written for issue in issues(world)] == [True]


def test_an_article_more_that_day_makes_the_issue_anew(world):
    world.show_day(0)
    first = world.run(MORNING)
    told = DAYS[1][1]
    world.show("/coast", item("https://coastradio.example/x", told[1], told[2], MORNING + 4 * HOUR))
    second = world.run(MORNING + 5 * HOUR)
    assert second.folder == first.folder
    assert "dockers" in lines(second)
    assert "collided" in lines(second), "what fell off the feed is still of the window"
    assert second.brief.window.until == MORNING + 5 * HOUR
    assert len(issues(world)) == 1


def test_days_follow_each_other(world):
    world.show_day(0)
    world.run(MORNING)
    world.show_day(1)
    second = world.run(MORNING + DAY)
    assert second.brief.window.since == MORNING
    for page in ("brief.md", "brief.html", "prose.md"):
        text = (second.folder / page).read_text(encoding="utf-8")
        assert "Wednesday 07:00 (Europe/Oslo)" in text
        assert "Also counted: articles up to 6 hours older, and late ones up to 72 hours older." in text
    assert "dockers" in lines(second)
    assert "levy" not in lines(second)
    before = world.files(second)
    assert world.files(world.run(MORNING + DAY)) == before
    history = history_at(world, MORNING + 2 * DAY)
    assert [told.issue for told in history.told] == sorted((told.issue for told in history.told), reverse=True)
    assert {told.issue for told in history.told} == {MORNING.date(), (MORNING + DAY).date()}


def test_a_feed_that_answers_as_before_still_counts(world):
    world.show_day(0)
    world.run(MORNING)
    old = item("https://dailyledger.example/0/levy", DAYS[0][1][1], DAYS[0][1][3], MORNING - 3 * HOUR)
    told = DAYS[1][0]
    world.show("/ledger", item("https://dailyledger.example/1", told[1], told[3], MORNING + 20 * HOUR), old)
    second = world.run(MORNING + DAY)
    assert "killed" in lines(second)
    third = world.run(MORNING + DAY)
    told_back = [headers.get("If-None-Match") for _, headers in world.site.asked[-2:]]
    assert sorted(told_back) == ['"1"', '"3"'], "both answer 304"
    assert third.brief == second.brief
    assert third.brief.ledger.articles == 5, "two of each feed's, and one that fell off within the overlap"
    assert third.brief.ledger.older == 4, "those of the last issue, in the overlap"


def test_nothing_new_makes_no_issue(world):
    world.show_day(0)
    world.run(MORNING)
    with pytest.raises(NothingNewError) as caught:
        world.run(MORNING + DAY)
    assert caught.value.exit_code == 3
    assert not (world.folder / "outputs" / (MORNING + DAY).date().isoformat()).exists()
    assert len(issues(world)) == 1
    world.show_day(2)
    assert world.run(MORNING + 2 * DAY).brief.window.since == MORNING, "since the last issue, not since the last run"


def test_feeds_that_have_emptied_are_nothing_new_and_no_failure(world):
    world.show_day(0, published=MORNING - 20 * HOUR)
    world.run(MORNING)
    world.show("/coast")
    world.show("/ledger")
    with pytest.raises(NothingNewError, match="gave no article of the window"):
        world.run(MORNING + 30 * DAY)


def test_after_a_pause_longer_than_what_is_remembered_it_goes_on(world):
    world.show_day(0)
    world.run(MORNING)
    world.show_day(1, published=MORNING + 59 * DAY)
    later = world.run(MORNING + 60 * DAY)
    assert later.brief.window.since == MORNING
    assert "dockers" in lines(later)


def test_a_source_without_dates_is_silent_when_it_has_long_given_nothing_new(world):
    world.show("/harbour", item("https://harbourtimes.example/1", *DAYS[2][0][1:3], None))
    text = world.config.read_text(encoding="utf-8")
    more = (
        f'[[sources]]\nfeed = "{world.site.url("/harbour")}"\nname = "Harbour Times"\nlocal = true\nfull_text = false\n'
    )
    world.config.write_text(text + more, encoding="utf-8")
    world.show_day(0)
    assert world.run(MORNING).brief.ledger.failures == ()
    world.show_day(1, published=MORNING + 33 * DAY)
    (silent,) = world.run(MORNING + 34 * DAY).brief.ledger.failures
    assert (silent.source, silent.reason) == ("Harbour Times", "nothing new for 34 days")
    world.show("/harbour", item("https://harbourtimes.example/2", *DAYS[2][1][1:3], None))
    world.show_day(2, published=MORNING + 34 * DAY)
    assert world.run(MORNING + 35 * DAY).brief.ledger.failures == ()


def test_a_check_knows_what_runs_remember_and_leaves_it(world):
    def checked(now):
        answers = check_sources(world.config, now=now)
        return {one.label: (one.ok, one.silent, one.words) for one in answers}

    world.show_day(0)
    world.run(MORNING)
    world.show("/coast")
    world.site.routes["/ledger"] = not_found
    before = {path.name: path.read_bytes() for path in world.folder.glob("digest.sqlite*")}
    told = checked(MORNING + DAY)
    assert told["Coast Radio"] == (True, False, "0 entries, the newest 27 hours old"), "it had some: no failure"
    assert told["Daily Ledger"] == (False, False, "404 not found")
    assert checked(MORNING + 40 * DAY)["Coast Radio"][1], "but silent after a while"
    assert {path.name: path.read_bytes() for path in world.folder.glob("digest.sqlite*")} == before


def test_a_late_article_is_not_lost(world):
    world.show_day(0)
    world.run(MORNING)
    told = DAYS[1][1]
    world.show("/coast", item("https://coastradio.example/late", told[1], told[2], MORNING - 20 * HOUR))
    assert "dockers" in lines(world.run(MORNING + DAY))


def test_an_undated_article_is_told_once(world):
    told = DAYS[1][1]
    world.show("/ledger")
    world.show("/coast", item("https://coastradio.example/u", told[1], told[2], None))
    assert "dockers" in lines(world.run(MORNING))
    world.show_day(0, published=MORNING + 20 * HOUR)
    told_again = item("https://coastradio.example/u", told[1], told[2], None)
    world.show("/coast", told_again, item("https://coastradio.example/n", *DAYS[0][0][1:3], MORNING + 20 * HOUR))
    assert "dockers" not in lines(world.run(MORNING + DAY))


def test_a_publishers_edit_is_handed_on_once(world, monkeypatch):
    from digest import memory

    seen = []
    original = memory.history_of
    monkeypatch.setattr(memory, "history_of", lambda *a, **k: seen.append(original(*a, **k)) or seen[-1])
    world.show_day(0)
    world.run(MORNING)
    _, title, text, _ = DAYS[0][0]
    link = "https://coastradio.example/0/collision"
    edited = item(link, title, text.replace("212", "221"), MORNING - 3 * HOUR)
    world.show("/coast", edited, item("https://coastradio.example/n", *DAYS[1][1][1:3], MORNING + 20 * HOUR))
    world.run(MORNING + DAY)
    world.run(MORNING + DAY)
    for history in seen[1:]:
        (edit,) = history.edited
        assert (edit.issue, edit.before.link, edit.after.link) == (MORNING.date(), link, link)
        assert "212" in edit.before.text
        assert "221" in edit.after.text
        assert edit.quotes
        assert all(quote in edit.before.text for quote in edit.quotes)
    world.show_day(2)
    world.run(MORNING + 2 * DAY)
    assert seen[-1].edited == ()


def test_the_store_has_what_the_issue_was_made_from(world):
    world.show_day(0)
    finished = world.run(MORNING)
    with Database(world.store) as database:
        (issue,) = kept_issues(database)
        assert {name: text.encode() for name, text in issue_texts(database, issue).items()} == world.files(finished)
        cited = {n.article_id for n in finished.brief.sources if n.n is not None}
        assert {one.id for one in issue_articles(database, issue, cited_only=True)} == cited
        assert article_ids(database, issue) == {one.article_id for one in finished.brief.sources}
    assert (issue.number, issue.lines, issue.until) == (1, finished.brief.ledger.lines, MORNING)


def test_what_is_written_again_ends_with_the_file_that_says_it_is_whole(world):
    world.show_day(0)
    world.run(MORNING)
    with Database(world.store) as database:
        (issue,) = kept_issues(database)
        assert list(issue_texts(database, issue))[-1] == "brief.json"


def test_the_earlier_issue_links_to_the_next_one_in_the_store_too(world):
    world.show_day(0)
    first = world.run(MORNING)
    world.show_day(1)
    world.run(MORNING + DAY)
    with Database(world.store) as database:
        texts = issue_texts(database, kept_issues(database)[0])
    assert {name: text.encode() for name, text in texts.items()} == world.files(first)
    assert json.loads(texts["brief.json"])["series"]["next"]["number"] == 2


def test_a_source_with_other_settings_is_read_anew(world):
    world.show_day(0)
    world.run(MORNING)
    config = world.config.read_text(encoding="utf-8")
    world.config.write_text(config.replace('name = "Coast Radio"', 'outlet = "Kystradioen"'), encoding="utf-8")
    outlets = {source.outlet for source in world.run(MORNING).brief.sources}
    assert "Kystradioen" in outlets
    assert "Coast Radio" not in outlets, "what it gave under other settings stays out"


def test_what_was_read_survives_a_run_that_fails(world, monkeypatch):
    world.show_day(0)
    with monkeypatch.context() as patch:
        patch.setattr("digest.job.build_brief", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            world.run(MORNING - HOUR)
    world.show("/coast", item("https://coastradio.example/n", *DAYS[1][1][1:3], MORNING - HOUR))
    text = lines(world.run(MORNING))
    assert "dockers" in text
    assert "rescue service" in text, "only the feed of an hour ago had it"


def test_files_that_a_dying_run_could_not_write_are_written_by_the_next(world, monkeypatch):
    world.show_day(0)
    first = world.files(world.run(MORNING))
    world.show_day(1)
    with monkeypatch.context() as patch:
        patch.setattr("digest.job.write_texts", lambda *a: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            world.run(MORNING + DAY)
    assert [issue.written for issue in issues(world)] == [True, False]
    world.show_day(2)
    world.run(MORNING + 2 * DAY)
    folder = world.folder / "outputs" / (MORNING + DAY).date().isoformat()
    assert "dockers" in (folder / "brief.md").read_text(encoding="utf-8")
    assert json.loads((folder.parent / MORNING.date().isoformat() / "brief.json").read_text())["series"]["next"]
    assert first["sources.jsonl"]
    assert all(issue.written for issue in issues(world))


def dies_before_it_writes(world, monkeypatch, now, outputs):
    with monkeypatch.context() as patch:
        patch.setattr("digest.job.write_texts", lambda *a: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.run(jobs.job_for(world.config, outputs=outputs), now=now)


@pytest.mark.parametrize("place", ["elsewhere", "briefs/within"])
def test_files_of_a_dying_run_are_written_where_it_meant_to(world, monkeypatch, tmp_path, place):
    world.show_day(0)
    dies_before_it_writes(world, monkeypatch, MORNING, tmp_path / place)
    world.show_day(1)
    second = world.run(MORNING + DAY)
    assert (tmp_path / place / MORNING.date().isoformat() / "brief.json").is_file()
    assert [path.name for path in (world.folder / "outputs").iterdir()] == [second.folder.name]


def test_a_folder_that_is_gone_holds_no_run_up(world, monkeypatch, tmp_path, caplog):
    world.show_day(0)
    (tmp_path / "stick").mkdir()
    dies_before_it_writes(world, monkeypatch, MORNING, tmp_path / "stick" / "outputs")
    (tmp_path / "stick").rmdir()
    (tmp_path / "stick").write_text("no folder any more", encoding="utf-8")
    world.show_day(1)
    assert world.run(MORNING + DAY).brief.ledger.lines
    assert "`digest replay 2026-03-04 --to FOLDER` writes that issue elsewhere" in caplog.text
    assert [issue.written for issue in issues(world)] == [False, True]


def test_a_second_run_at_once_changes_nothing(world):
    world.show_day(0)
    with one_run(world.store), pytest.raises(StoreError, match="another run is at work"):
        world.run(MORNING)
    assert world.run(MORNING).brief.ledger.lines


def test_a_run_that_fails_after_reading_keeps_what_it_read(world, monkeypatch):
    world.show_day(0)
    monkeypatch.setattr(jobs, "build_brief", _fails)
    with pytest.raises(NothingNewError):
        world.run(MORNING)
    with Database(world.store) as database:
        assert database.rows("SELECT count(*) FROM articles") != [(0,)]


def _fails(*_, **__):
    raise NothingNewError("sources", "a test says so")


def test_without_a_store_nothing_is_left_behind(world):
    world.config.write_text(world.config.read_text(encoding="utf-8") + '\n[store]\npath = ""\n', encoding="utf-8")
    world.show_day(0)
    first = world.run(MORNING).brief
    second = world.run(MORNING + HOUR).brief
    assert second.sections == replace(first, sections=first.sections).sections
    assert not list(world.folder.glob("digest.sqlite*"))
