"""What kept issues add up to: counted by hand on the sample brief, and asked for as a person asks."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from digest.asking.issues import kept
from digest.asking.stats import statistics
from digest.cli import main
from digest.contract import brief_to_json
from digest.deliver.outputs import sources_to_jsonl
from digest.errors import BriefFileError
from digest.models import Article, Failure
from tests.samples import PLAIN_BRIEF, SERIES_BRIEF, SOURCES

FEEDS = {"a01": "Coast Radio", "a02": "meridian.example/feed", "a03": "papers/ledger.txt", "a04": "papers/rescue.txt"}
CONFIG = """
[brief]
outputs = "outputs"
[series]
name = "Strait watch"
first_day = 2025-11-07
[[sources]]
feed = "https://meridian.example/feed"
[[sources]]
feed = "https://harbour-times.example/rss"
name = "Harbour Times"
[[sources]]
opml = "more.opml"
[[sources]]
path = "papers"
"""
OPML = (
    '<opml version="2.0"><body><outline type="rss" text="Coast Radio" xmlUrl="https://coast-radio.example/rss"/>'
    '<outline type="rss" text="Quiet Quay" xmlUrl="https://quay.example/rss"/></body></opml>'
)


def keep(outputs, brief, *, day):
    folder = outputs / day.isoformat()
    folder.mkdir(parents=True)
    articles = [
        Article(id=one.article_id, title=one.title, text="x", source=FEEDS.get(one.article_id, f"papers/b.jsonl#{at}"))
        for at, one in enumerate(SOURCES, start=1)
    ]
    (folder / "brief.json").write_text(brief_to_json(replace(brief, date=day)), encoding="utf-8")
    (folder / "sources.jsonl").write_text(sources_to_jsonl(articles), encoding="utf-8")


@pytest.fixture
def outputs(tmp_path):
    silent = Failure(source="Quiet Quay", reason="nothing new for 41 days")
    failures = (Failure(source="Harbour Times", reason="HTTP 404"), silent)
    ledger = replace(SERIES_BRIEF.ledger, running=21, failures=failures)
    keep(tmp_path / "outputs", SERIES_BRIEF, day=date(2026, 3, 3))
    keep(tmp_path / "outputs", replace(SERIES_BRIEF, ledger=ledger), day=date(2026, 3, 4))
    (tmp_path / "digest.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "more.opml").write_text(OPML, encoding="utf-8")
    return tmp_path / "outputs"


def test_lines_and_articles_are_counted_over_all_issues(outputs):
    counted = statistics(kept(outputs))
    assert (counted.articles, counted.copies, counted.cited) == (9, 2, 6)  # an article of two issues counts once
    assert (counted.lines, counted.one_origin) == (12, 6)
    assert [(one.date.day, one.number, one.lines, one.one_origin) for one in counted.issues] == [
        (3, 118, 6, 3), (4, 118, 6, 3),
    ]  # fmt: skip
    last = counted.issues[-1]
    assert (last.new, last.updated, last.running, last.failures) == (4, 1, 21, 1)  # silence is no failure


def test_a_configuration_names_the_sources_that_never_contribute(outputs):
    counted = statistics(kept(outputs.parent / "digest.toml"))
    sources = {one.source: one for one in counted.sources}
    assert set(sources) == {"meridian.example/feed", "Harbour Times", "Coast Radio", "Quiet Quay", "papers", "photos"}
    assert (sources["papers"].articles, sources["papers"].copies, sources["papers"].cited) == (7, 2, 4)
    assert sources["Coast Radio"].last_cited == date(2026, 3, 4)
    assert [one.source for one in counted.idle] == ["Harbour Times", "Quiet Quay", "photos"]
    assert (sources["Harbour Times"].failures, sources["Harbour Times"].reason) == (2, "HTTP 404")
    assert sources["Quiet Quay"].silent == "nothing new for 41 days"
    assert sources["Quiet Quay"].failures == 0


def test_without_a_configuration_files_go_by_their_folder_and_sites_by_their_address(outputs):
    names = {one.source for one in statistics(kept(outputs)).sources if one.cited}
    assert names == {"Coast Radio", "meridian.example/feed", "papers", "papers/b.jsonl"}


def test_only_issues_since_a_day_and_of_this_series(outputs):
    assert len(kept(outputs, since=date(2026, 3, 4)).issues) == 1
    keep(outputs, PLAIN_BRIEF, day=date(2026, 3, 5))
    assert len(kept(outputs).issues) == 3
    assert len(kept(outputs.parent / "digest.toml").issues) == 2
    assert len(kept(outputs / "2026-03-05").issues) == 1
    with pytest.raises(BriefFileError, match="no issue from 2026-04-01 on"):
        kept(outputs, since=date(2026, 4, 1))


def test_as_a_person_asks(outputs, monkeypatch):
    monkeypatch.chdir(outputs.parent)
    said = CliRunner().invoke(main, ["stats"])  # digest.toml lies here
    assert said.exit_code == 0
    assert "12 lines, 6 (50%) rest on one origin" in said.output
    assert "  Harbour Times: gave no article; failed in 2 issues: HTTP 404" in said.output
    assert "  Quiet Quay: gave no article; nothing new for 41 days" in said.output
    told = json.loads(CliRunner().invoke(main, ["stats", "--json", "--since", "2026-03-04"]).output)
    assert [one["date"] for one in told["issues"]] == ["2026-03-04"]
    assert told["idle"] == ["Harbour Times", "Quiet Quay"]


@pytest.mark.parametrize("since", ["soon", "30", "12y", "2026-13-01"])
def test_a_first_day_that_is_none_is_a_mistake_of_usage(outputs, since):
    said = CliRunner().invoke(main, ["stats", str(outputs), "--since", since])
    assert said.exit_code == 2
    assert "30d" in said.output


def test_no_issue_is_said(tmp_path):
    said = CliRunner().invoke(main, ["stats", str(tmp_path)])
    assert said.exit_code == 1
    assert "holds no issue" in said.output
