"""The archive: pages that lead on, feeds that parse, a search that needs no server, in a real browser from a disk."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import feedparser
import pytest

from digest.contract import brief_to_json
from digest.deliver.archive import search_script
from digest.deliver.outputs import issues_in
from digest.errors import BriefFileError, DeliverError
from digest.models import Window
from digest.publish import publish
from tests.browsers import axe_faults, browsing, in_browser
from tests.samples import EMPTY_BRIEF, PLAIN_BRIEF, SERIES_BRIEF

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def on(brief, day):
    until = brief.window.until + timedelta(days=day - brief.date.day)
    window = Window(since=None, until=until, timezone=brief.window.timezone)
    return replace(brief, date=date(2026, 3, day), window=window)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outputs")
    for brief in (on(SERIES_BRIEF, 3), on(SERIES_BRIEF, 4), on(PLAIN_BRIEF, 6), on(EMPTY_BRIEF, 7)):
        (folder / brief.date.isoformat()).mkdir()
        (folder / brief.date.isoformat() / "brief.json").write_text(brief_to_json(brief), encoding="utf-8")
    (folder / "photos").mkdir()
    (folder / "photos" / "brief.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(outputs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    publish(outputs, folder)
    return folder


def test_every_issue_has_its_page_and_leads_to_its_neighbours(site):
    days = ["2026-03-03", "2026-03-04", "2026-03-06", "2026-03-07"]
    assert sorted(path.parent.name for path in site.glob("*/brief.html")) == days
    page = (site / "2026-03-04" / "brief.html").read_text(encoding="utf-8")
    assert 'rel="prev" href="../2026-03-03/brief.html"' in page
    assert 'rel="next" href="../2026-03-06/brief.html"' in page
    assert "2026-03-05" not in page  # the series' own neighbour is not in this archive
    assert 'rel="next"' not in (site / "2026-03-07" / "brief.html").read_text(encoding="utf-8")
    index = (site / "index.html").read_text(encoding="utf-8")
    assert [index.index(f'href="{day}/brief.html"') for day in reversed(days)] == sorted(
        index.index(f'href="{day}/brief.html"') for day in days
    )


def test_every_link_inside_the_site_leads_to_a_file(site):
    links = [
        (page, link)
        for page in site.rglob("*.html")
        for link in re.findall(r'(?:href|src)="([^":#]+)"', page.read_text(encoding="utf-8"))
    ]
    assert {page.name for page, _ in links} >= {"index.html", "brief.html"}
    assert [f"{page}: {link}" for page, link in links if not (page.parent / link).is_file()] == []


@pytest.mark.parametrize("kind", ["issues", "topics"])
def test_the_feeds_are_atom(site, kind):
    root = ElementTree.parse(site / f"{kind}.atom").getroot()
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for node in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{name}")) == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    times = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert times == sorted(times, reverse=True)
    read = feedparser.parse((site / f"{kind}.atom").read_bytes())
    assert not read.bozo
    assert len(read.entries) == len(entries)


def test_the_feeds_say_what_the_briefs_say(site):
    issues = feedparser.parse((site / "issues.atom").read_bytes())
    assert [entry.title for entry in issues.entries[-2:]] == [
        "Strait watch · day 118 · Wednesday 4 March 2026", "Strait watch · day 118 · Tuesday 3 March 2026",
    ]  # fmt: skip
    entries = ElementTree.parse(site / "topics.atom").findall(f"{ATOM}entry")
    told = [topic for section in SERIES_BRIEF.sections for story in section.stories for topic in story.topics]
    assert [entry.findtext(f"{ATOM}title") for entry in entries[-len(told) :]] == [topic.line.text for topic in told]
    quotes = ["".join(quote.itertext()) for quote in entries[-len(told)].iter(f"{XHTML}blockquote")]
    assert quotes == [citation.quote for citation in told[0].line.citations]
    raw = (site / "topics.atom").read_text(encoding="utf-8")
    assert "<script" not in raw
    assert "<img" not in raw
    assert 'href="javascript:' not in raw


def test_links_of_feeds_are_absolute_where_an_address_is_given(outputs, tmp_path):
    publish(outputs, tmp_path, address="https://watch.example/briefs")
    read = feedparser.parse((tmp_path / "topics.atom").read_bytes())
    assert read.entries[-1].link.startswith("https://watch.example/briefs/2026-03-03/brief.html#t")
    assert read.feed.links[0]["href"] == "https://watch.example/briefs/topics.atom"


def test_ids_stay_when_an_issue_is_added(outputs, site, tmp_path):
    older = tmp_path / "older"
    for folder in ("2026-03-03", "2026-03-04"):
        (older / folder).mkdir(parents=True)
        (older / folder / "brief.json").write_bytes((outputs / folder / "brief.json").read_bytes())
    publish(older, tmp_path / "site")
    for kind in ("issues", "topics"):
        before, after = (
            {entry.findtext(f"{ATOM}id") for entry in ElementTree.parse(folder / f"{kind}.atom").iter(f"{ATOM}entry")}
            for folder in (tmp_path / "site", site)
        )
        assert before < after


def test_the_index_is_a_script_that_only_holds_text(outputs):
    issues = issues_in(outputs)
    text = search_script(issues, titles=["x </script><!-- \u2028"] * len(issues))
    assert text.isascii()
    assert "<" not in text
    rows = json.loads(text.removeprefix("window.digestIndex = ").removesuffix(";\n"))
    assert [one["folder"] for one in rows] == ["2026-03-07", "2026-03-06", "2026-03-04", "2026-03-03"]
    assert rows[3]["rows"][0] == [
        "t1", SERIES_BRIEF.sections[0].stories[0].topics[0].line.text, "Ferry collision off Osmark",
        "Coast Radio, Meridian Post, Daily Ledger",
    ]  # fmt: skip


def test_twice_is_the_same_and_touches_no_file(outputs, tmp_path):
    publish(outputs, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    publish(outputs, tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == times


def test_nothing_to_archive_and_the_wrong_place_are_said(outputs, tmp_path):
    with pytest.raises(BriefFileError, match="holds no issue"):
        publish(tmp_path, tmp_path / "site")
    with pytest.raises(DeliverError, match="the folder of the issues themselves"):
        publish(outputs, outputs)


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened():
    with browsing() as opened:
        yield opened


class TestInBrowser:
    pytestmark = in_browser

    def test_search_works_from_a_disk_and_stays_there(self, opened, site):
        page = opened(site / "index.html")
        assert page.locator("article").count() == 4
        assert not [url for url in page.asked if "search-index" in url]  # not before somebody asks
        page.fill("#words", "Passengers ACCOUNTED")
        page.wait_for_selector(".found a")
        assert page.locator(".found a").count() == 3
        assert page.locator("[role=status]").inner_text() == "3 found"
        assert not page.locator("article").first.is_visible()
        page.locator(".found a").last.click()
        page.wait_for_url("**/2026-03-03/brief.html#t2")
        assert page.locator("#t2").is_visible()
        assert page.told == []
        assert [url for url in page.asked if not url.startswith((site.as_uri(), "data:"))] == []

    def test_search_knows_accents_titles_and_outlets_and_shows_hostile_words_as_words(self, opened, site):
        page = opened(site / "index.html")
        page.fill("#words", "coast radio collis")
        page.wait_for_selector(".found a")
        assert page.locator(".found a").count() >= 3
        page.fill("#words", "onerror")
        assert page.locator(".found a").first.inner_text().startswith("1. <img src=x onerror=alert(1)>")
        assert page.locator(".found img, .found script").count() == 0
        page.fill("#words", "zzz")
        assert page.locator("[role=status]").inner_text() == "Nothing found"
        page.fill("#words", "")
        assert page.locator("article").first.is_visible()
        assert page.told == []

    def test_without_scripts_there_is_no_dead_box(self, opened, site):
        page = opened(site / "index.html", java_script_enabled=False)
        assert not page.locator(".search").is_visible()
        assert page.locator("article a").count() == 4

    @pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1100)])
    def test_axe_finds_nothing(self, opened, site, scheme, width):
        look = {"scheme": scheme, "size": {"width": width, "height": 900}, "bypass_csp": True}
        page = opened(site / "index.html", **look)
        if scheme == "dark":  # each state once: axe takes a second
            page.fill("#words", "ferry")
            page.wait_for_selector(".found a")
        assert axe_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        issue = opened(site / "2026-03-04" / "brief.html", **look)
        assert issue.evaluate("document.documentElement.scrollWidth") <= width
        if scheme == "light":  # the rest of the page is tested with the brief itself
            assert axe_faults(issue) == []
