"""OPML in and out, and feeds added to a configuration that is never rewritten."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.collect import collect
from digest.collect.opml import Subscription, read_opml, write_opml
from digest.config import SourceConfig, load_config
from digest.errors import CollectError, ConfigError
from digest.subscriptions import check_sources, export_feeds, import_feeds
from tests.collect.server import BODY, answer, entry, rss, serving

OPML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!-- from a reader -->
<opml version="1.1"><head><title>Mine</title></head><body>
<outline text="News"><outline TEXT="Coast Radio" TYPE="rss" XMLURL="https://coastradio.example/feed?a=1&b=2"
  htmlUrl="https://coastradio.example/"/>
  <outline text="Near &amp; far">
    <outline title="Österö Post" text="ignored" xmlUrl=" feed://osteropost.example/rss "/></outline>
</outline>
<outline text="Coast Radio again" type="rss" xmlUrl="https://coastradio.example/feed?a=1&amp;b=2"/>
<outline text="No feed" htmlUrl="https://x.example"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


@pytest.fixture
def files(tmp_path):
    opml, config = tmp_path / "feeds.opml", tmp_path / "digest.toml"
    opml.write_bytes(OPML.encode("iso-8859-1"))
    config.write_text('[brief]\ntitle = "Mine" # my own comment\n\n[[sources]]\npath = "articles"', encoding="utf-8")
    return opml, config


def test_nested_outlines_with_attributes_in_any_case_are_read():
    found = read_opml(OPML.encode("iso-8859-1"), label="feeds.opml")
    assert found.feeds == (
        Subscription(
            url="https://coastradio.example/feed?a=1&b=2", name="Coast Radio", home="https://coastradio.example/"
        ),
        Subscription(url="https://osteropost.example/rss", name="Österö Post"),
    )  # fmt: skip
    assert found.unusable == ("Script",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><body/></html>", "is no OPML: it begins with <html>"),
        (b"<opml><body/></opml>", "lists no feed"),
        (b"not xml", "is not valid XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><opml><body><outline text="&a;"/></body></opml>', "declares entities"),
        (b"<opml>" + b"<outline>" * 100_000, "is not valid XML"),
    ],
)
def test_what_is_no_opml_is_refused(content, words):
    with pytest.raises(CollectError, match=words):
        read_opml(content, label="feeds.opml")


def test_what_is_written_is_read_again():
    feeds = (
        Subscription(url="https://a.example/?x=1&y=%22", name='A "b" <c> & d'),
        Subscription(url="https://b.example/", name="B", home="https://b.example/"),
    )
    assert read_opml(write_opml(feeds, title="T & t").encode(), label="x").feeds == feeds


def test_import_adds_tables_and_leaves_the_rest_alone(files):
    opml, config = files
    before = config.read_text(encoding="utf-8")
    done = import_feeds(opml, config)
    assert (done.added, done.known, done.unusable) == (2, 0, ("Script",))
    text = config.read_text(encoding="utf-8")
    assert text.startswith(before)
    sources = load_config(config).sources
    assert [(source.address, source.name) for source in sources[1:]] == [
        ("https://coastradio.example/feed?a=1&b=2", "Coast Radio"),
        ("https://osteropost.example/rss", "Österö Post"),
    ]
    again = import_feeds(opml, config)
    assert (again.added, again.known) == (0, 2)
    assert config.read_text(encoding="utf-8") == text


def test_feeds_named_twice_are_imported_once_in_the_lists_order(files, tmp_path):
    opml, config = tmp_path / "twice.opml", files[1]
    spellings = ("https://a.example/rss", "https://b.example/rss", "http://www.a.example/rss/")
    opml.write_text(write_opml([Subscription(url=url) for url in spellings], title="T"), encoding="utf-8")
    assert import_feeds(opml, config).added == 2
    assert [one.address for one in load_config(config).sources[1:]] == list(spellings[:2])


def test_what_is_no_opml_says_what_to_give(files, tmp_path):
    (tmp_path / "page.opml").write_text("<html></html>", encoding="utf-8")
    with pytest.raises(CollectError, match="is no OPML") as caught:
        import_feeds(tmp_path / "page.opml", files[1])
    assert "feed reader exports" in caught.value.hint


def test_import_keeps_line_ends_and_byte_order_mark_and_a_linked_file(files, tmp_path):
    opml, config = files
    config.write_bytes("\ufeff[brief]\r\ntitle = 'Mine'\r\n".encode())
    link = tmp_path / "link.toml"
    link.symlink_to(config)
    import_feeds(opml, link)
    content = config.read_bytes()
    assert link.is_symlink()
    assert content.startswith("\ufeff[brief]\r\n".encode())
    assert content.count(b"\n") == content.count(b"\r\n")
    assert len(load_config(config).sources) == 2


def test_a_configuration_that_tables_cannot_be_added_to_stays_as_it_is(files):
    opml, config = files
    config.write_text('sources = [{path = "articles"}]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="in a way that tables cannot be added to"):
        import_feeds(opml, config)
    assert config.read_text(encoding="utf-8") == 'sources = [{path = "articles"}]\n'


def test_export_gives_what_import_took(files, tmp_path):
    opml, config = files
    import_feeds(opml, config)
    copied = tmp_path / "copy.opml"
    copied.write_text(export_feeds(config), encoding="utf-8")
    fresh = tmp_path / "fresh.toml"
    fresh.write_text("", encoding="utf-8")
    assert import_feeds(copied, fresh).added == 2
    assert [s.feed for s in load_config(fresh).sources] == [s.feed for s in load_config(config).sources if s.feed]


def test_the_commands_work_together(files):
    opml, config = files
    run = CliRunner().invoke
    imported = run(main, ["sources", "import", str(opml), str(config)])
    assert imported.exit_code == 0
    assert "2 feeds added, 0 were there already" in imported.stdout
    exported = run(main, ["sources", "export", str(config)])
    assert 'xmlUrl="https://osteropost.example/rss"' in exported.stdout
    missing = run(main, ["sources", "import", "none.opml", str(config)])
    assert missing.exit_code == 1
    assert "none.opml: cannot be read" in missing.stderr


def test_check_says_how_each_source_answers(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(BODY, encoding="utf-8")
    with serving() as site:
        site.routes["/feed"] = answer(rss(entry(1), entry(2, text="Short.", link=site.url("/page"))))
        config = tmp_path / "digest.toml"
        config.write_text(
            '[[sources]]\npath = "articles"\n'
            f'[[sources]]\nfeed = "{site.url("/feed")}"\nname = "Coast Radio"\nlocal = true\n'
            f'[[sources]]\nfeed = "{site.url("/gone")}"\nname = "Harbour Times"\nlocal = true\n'
            "[collect]\nretries = 0\ndelay = 0\n",
            encoding="utf-8",
        )
        checked = check_sources(config, now=datetime(2026, 3, 3, 9, tzinfo=UTC))
        assert [(source.label, source.ok, source.words) for source in checked] == [
            ("articles", True, "1 article"),
            ("Coast Radio", True, "2 entries, the newest 3 hours old, 1 teaser"),
            ("Harbour Times", False, "404 not found"),
        ]
        assert "/page" not in site.paths()
        words = ["sources", "check", str(config), "--now", "2026-05-03T09:00:00Z"]
        result, as_json = CliRunner().invoke(main, words), CliRunner().invoke(main, [*words, "--json"])
    assert result.exit_code == as_json.exit_code == 1
    assert "FAIL  Harbour Times: 404 not found" in result.stdout
    assert "old   Coast Radio: 2 entries, the newest 61 days old, silent" in result.stdout
    assert [(one["label"], one["ok"], one["silent"]) for one in json.loads(as_json.stdout)] == [
        ("articles", True, False), ("Coast Radio", True, True), ("Harbour Times", False, False)
    ]  # fmt: skip


def test_an_opml_source_gives_all_its_feeds(tmp_path):
    with serving() as site:
        site.routes["/a"] = answer(rss(entry(1)))
        feeds = (Subscription(url=site.url("/a"), name="Coast Radio"), Subscription(url=site.url("/b"), name="Gone"))
        (tmp_path / "feeds.opml").write_text(write_opml(feeds, title="x"), encoding="utf-8")
        collection = collect([SourceConfig(opml="feeds.opml", local=True)], base=tmp_path)
    assert [article.source for article in collection.articles] == ["Coast Radio"]
    assert [(failure.source, failure.reason) for failure in collection.failures] == [("Gone", "404 not found")]
    (failure,) = collect([SourceConfig(opml="none.opml")], base=tmp_path).failures
    assert (failure.source, failure.reason) == ("none.opml", "cannot be read (No such file or directory)")
