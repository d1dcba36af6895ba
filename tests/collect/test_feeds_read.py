"""Feeds as bytes: entries, outlets, carriers, teasers. No connection is opened."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from digest.collect import collect
from digest.collect.addresses import is_reachable
from digest.collect.entries import is_teaser, plain_link, word_count
from digest.collect.feeds import read_feed
from digest.collect.outlet_names import feed_outlet, site_label
from digest.collect.turns import pause
from digest.collect.unpack import Body, DamagedError, TooLargeError
from digest.config import SourceConfig
from digest.errors import CollectError
from digest.retry_after import retry_after
from tests.collect.server import BODY, entry, rss

URL = "https://coastradio.example/feed.xml"


def read(body, url=URL, **keys):
    return read_feed(body.encode("utf-8") if isinstance(body, str) else body, url=url, label="Coast Radio", **keys)


def only(body):
    (found,) = read(body).entries
    return found


# --- formats ----------------------------------------------------------------------------------------------------------

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>World – Coast Radio</title>
<link rel="alternate" href="https://coastradio.example/"/><link rel="self" href="https://coastradio.example/feed.xml"/>
<entry><title type="html">Quay &amp;amp; pier &lt;b&gt;closed&lt;/b&gt;</title><link href="/quay"/><id>tag:1</id>
<updated>2026-03-04T09:00:00+01:00</updated>{published}<author><name>Ada Holm</name></author>
<category term="harbour"/><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First paragraph of the report.</p><p>Second.</p></div></content>
</entry></feed>"""


def test_atom_is_read():
    raw = only(ATOM.format(published="<published>2026-03-03T06:00:00Z</published>")).raw
    assert raw.title == "Quay & pier closed"
    assert raw.link == "https://coastradio.example/quay"
    assert raw.text == "First paragraph of the report.\n\nSecond."
    assert raw.published == datetime(2026, 3, 3, 6, tzinfo=UTC)
    assert raw.updated == datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert (raw.outlet, raw.authors, raw.tags, raw.lang) == ("Coast Radio", ("Ada Holm",), ("harbour",), "en-GB")


def test_a_list_of_links_is_the_headlines_of_other_articles():
    links = "".join(
        f'<li> <a href="/{day}">The strike enters its {day} day.</a></li>' for day in ("second", "third", "sixth")
    )
    told = "<p>Dockers in Tarvik went back to work.</p><ul><li>Talks go on.</li><li>Pay rises.</li><li>Ships wait.</li></ul>"
    body = ATOM.format(published="").replace("<p>Second.</p>", f"{told}<h2>So far</h2><ul>{links}</ul>")
    text = only(body).raw.text
    assert "Talks go on." in text
    assert "enters its" not in text
    bare = only(
        ATOM.format(published="").replace("<p>First paragraph of the report.</p><p>Second.</p>", f"<ul>{links}</ul>")
    )
    assert "enters its third day" in bare.raw.text


def test_an_atom_entry_that_only_says_when_it_was_updated_was_published_then():
    raw = only(ATOM.format(published="")).raw
    assert (raw.published, raw.updated) == (datetime(2026, 3, 4, 8, tzinfo=UTC), None)


def test_rdf_is_read():
    feed = read(
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>Coast Radio</title><link>https://coastradio.example/</link></channel>"
        f"<item><title>Quay</title><link>https://coastradio.example/1</link><description>{BODY}</description>"
        "<dc:date>2026-03-03T06:00:00Z</dc:date></item></rdf:RDF>"
    )
    assert feed.entries[0].raw.published == datetime(2026, 3, 3, 6, tzinfo=UTC)


def test_the_whole_content_is_preferred_over_the_summary():
    encoded = f"<content:encoded><![CDATA[<p>{BODY}</p><p>{BODY}</p>]]></content:encoded>"
    found = only(rss(entry(1, text="The quay is closed.", extra=encoded)))
    assert found.raw.text.count("Two ferries") == 2
    assert not found.teaser


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("</channel></rss>", ""),
        lambda text: text.replace("Northern quay", "Northern & southern quay"),
        lambda text: text.replace("Northern quay", "Northern\x08 quay\x0b"),
        lambda text: text.replace("<channel>", "<channel><undeclared:tag>x</undeclared:tag>"),
        lambda text: text.replace("harbour council", "harbour&nbsp;council"),
        lambda text: "\n\n  " + text,
        lambda text: text.replace('<?xml version="1.0" encoding="utf-8"?>', ""),
    ],
)
def test_malformed_feeds_are_read(damage):
    raw = only(damage(rss(entry(1)))).raw
    assert raw.title.startswith("Northern")
    assert "Two ferries will sail from Lindvik" in raw.text
    assert raw.published == datetime(2026, 3, 3, 6, tzinfo=UTC)


def test_markup_that_was_escaped_twice_is_no_text():
    raw = only(rss(entry(1, text="&lt;p&gt;The quay &amp;amp; the pier&lt;/p&gt;&lt;p&gt;are closed&lt;/p&gt;"))).raw
    assert raw.text == "The quay & the pier\n\nare closed"


def test_entries_come_newest_first_each_once():
    feed = read(
        rss(
            entry(1, date="Mon, 02 Mar 2026 06:00:00 GMT"),
            entry(3, date=None),
            entry(2, date="Wed, 04 Mar 2026 06:00:00 GMT"),
            entry(1, date="Tue, 03 Mar 2026 06:00:00 GMT"),
        )
    )
    assert [e.raw.title[-1] for e in feed.entries] == ["2", "1", "3"]
    assert feed.entries[1].raw.published == datetime(2026, 3, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize("reverse", [False, True])
def test_a_long_feed_is_cut_without_losing_its_newest_entries_in_either_order(reverse):
    dates = [f"Tue, 03 Mar 2026 {n // 60:02}:{n % 60:02}:00 GMT" for n in range(999)]
    entries = [entry(n, text=f"Report {n}.", date=date) for n, date in enumerate(dates)]
    feed = read(rss(*(entries[::-1] if reverse else entries)), max_items=20)
    assert feed.found == 999
    assert [int(e.raw.title.split()[-1]) for e in feed.entries] == list(range(998, 978, -1))


# --- hostile feeds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"<rss>" + b"<a>" * 50_000,
        b"<rss><channel>" + b"<item>" * 100_000,
        b"<rss><channel><item><description>" + b"&lt;b&gt;" * 40_000,
        b"<rss><channel><item><title>" + b"<![CDATA[" * 100_000,
        b"<" * 100_001,
        b"<link" * 50_000,
        b"<!--" * 50_000,
        b"<html>" + b"<link " * 200_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"[" * 200_000,
        b"<feed><entry>" + b'<div xml:base="a/">' * 30_000,
        b"<feed><entry>" + b'<div xml:base="a/">' * 2_000 + (b"<div>" * 500 + b"</div>" * 500) * 50,
        b"<rss><channel><item>" + b"".join(b"<category>c%d</category>" % n for n in range(30_000)),
        b"<rss><channel><item><itunes:keywords>" + b"".join(b"c%d," % n for n in range(30_000)) + b"</itunes:keywords>",
        b"<rss><channel><item><a " + b" ".join(b"a%d='1'" % n for n in range(30_000)) + b"/></item></channel></rss>",
        b"<rss><channel><item>" + b"<a b=" * 100_000,
        b"<rss><channel><link>http://[</link><item><link>http://[x</link><guid>http://[</guid></item></channel></rss>",
    ],
)
def test_hostile_feeds_end_soon(body):
    started = time.process_time()
    with suppress(CollectError):
        read(body)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("declaration", ['<!ENTITY a "b">', "<!entity % x SYSTEM 'file:///etc/passwd'> %x;"])
def test_entity_declarations_are_refused(declaration):
    with pytest.raises(CollectError, match="declares entities"):
        read(f"<?xml version='1.0'?><!DOCTYPE rss [{declaration}]>" + rss(entry(1)))


# --- who publishes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "home", "outlet"),
    [
        ("Coast Radio", "https://coastradio.example", "Coast Radio"),
        ("World news | The Meridian Post", "https://www.meridianpost.example/world", "The Meridian Post"),
        ("The Meridian Post - World", "https://meridianpost.example", "The Meridian Post"),
        ("Science – The Harbour", "https://theharbour.example", "The Harbour"),
        ("CRN News - World", "https://www.crn.co.uk/news", "CRN News"),
        ("Coast Radio: Latest news", "https://coastradio.example", "Coast Radio"),
        ("RSS feed of Coast Radio", "https://coastradio.example", "Coast Radio"),
        ("Coast Radio RSS Feed", "https://coastradio.example", "Coast Radio"),
        ("World", "https://coastradio.example", None),
        ("Top stories", "https://coastradio.example", None),
        ("", "https://coastradio.example", None),
        ("Ada Holm's notes", "https://adaholm.example", "Ada Holm's notes"),
    ],
)
def test_the_outlet_is_read_from_the_feeds_title(title, home, outlet):
    assert feed_outlet(title, home=home) == outlet


def test_a_feed_without_a_telling_title_is_named_by_its_host():
    assert only(rss(entry(1), title="World")).raw.outlet == "coastradio.example"


@pytest.mark.parametrize(
    ("host", "label"),
    [("feeds.coastradio.co.uk", "coastradio"), ("news.coastradio.example", "coastradio"), ("127.0.0.1", "127.0.0.1"),
     ("localhost", "localhost"), ("", "")],
)  # fmt: skip
def test_the_label_of_a_host_is_what_its_owner_chose(host, label):
    assert site_label(host) == label


def test_an_entry_that_names_its_source_was_only_carried(tmp_path):
    source = '<source url="https://meridianpost.example/rss">Meridian Post</source>'
    (tmp_path / "a.xml").write_text(rss(entry(1, title="Quay closed - Meridian Post", extra=source), title="Newsbox"))
    [article] = collect([SourceConfig(path="a.xml")], base=tmp_path).articles
    assert (article.outlet, article.carrier, article.title) == ("Meridian Post", "Newsbox", "Quay closed")


def test_a_planet_carries_what_lies_on_other_sites():
    sites = [
        "https://a-post.example/1",
        "https://b-post.example/2",
        "https://c-post.example/3",
        "https://planet.example/4",
    ]
    feed = read(
        rss(
            *(entry(n, link=link) for n, link in enumerate(sites)),
            title="Planet Harbour",
            home="https://planet.example",
        ),
        url="https://planet.example/rss",
    )
    found = {entry.raw.link: (entry.raw.outlet, entry.raw.carrier) for entry in feed.entries}
    assert found["https://a-post.example/1"] == ("a-post.example", "Planet Harbour")
    assert found["https://planet.example/4"] == ("Planet Harbour", None)


def test_an_outlet_with_a_second_site_is_no_planet():
    links = ["https://coastradio.org.uk/1", "https://www.coastradio.org.uk/2", "https://redirector.example/3"]
    feed = read(rss(*(entry(n, link=link) for n, link in enumerate(links))))
    assert {(entry.raw.outlet, entry.raw.carrier) for entry in feed.entries} == {("Coast Radio", None)}


# --- teasers and links ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "whole", "teaser"),
    [
        ("The quay is closed.", False, True),
        ("The quay is closed.", True, True),
        (BODY * 3, False, False),
        (BODY * 2, True, False),
        (BODY * 3 + " It was then […]", True, True),
        (BODY * 3 + " Continue reading...", False, True),
        (BODY * 9 + " And so on …", False, False),
        ("潜水员在木桩上发现裂缝后，港口委员会星期一关闭了北码头。" * 12, False, False),
    ],
)
def test_a_teaser_is_told_from_a_whole_text(text, whole, teaser):
    assert is_teaser(text, whole=whole) is teaser


def test_words_are_counted_in_scripts_without_spaces_too():
    assert word_count("one two three") == 3
    assert word_count("港口委员会关闭") == 4


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        ("/a?utm_source=rss&id=3&at_medium=RSS", "https://coastradio.example/a?id=3"),
        ("https://coastradio.example/a?q=utm", "https://coastradio.example/a?q=utm"),
        ("//coastradio.example/a", "https://coastradio.example/a"),
        (" https://coastradio.example/a\n", "https://coastradio.example/a"),
        ("javascript:alert(1)", None), ("JAVASCRIPT:alert(1)", None), ("data:text/html,x", None), ("http://", None),
        ("mailto:ada@coastradio.example", None), ("http://[x", None), ("https://x.example/a b", None), (None, None),
    ],
)  # fmt: skip
def test_links_are_web_addresses_without_click_counters(link, plain):
    assert plain_link(link, base="https://coastradio.example/feed.xml") == plain


# --- small parts of fetching ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public", "local"),
    [
        ("93.184.215.14", True, True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True, True),
        ("127.0.0.1", False, True), ("::1", False, True), ("10.1.2.3", False, True), ("192.168.0.10", False, True),
        ("172.16.0.1", False, True), ("fd12:3456::1", False, True), ("::ffff:10.0.0.1", False, True),
        ("169.254.169.254", False, False), ("fe80::1%eth0", False, False), ("::ffff:169.254.169.254", False, False),
        ("64:ff9b::a9fe:a9fe", False, False), ("fd00:ec2::254", False, False), ("168.63.129.16", False, False),
        ("0.0.0.0", False, False), ("::", False, False), ("224.0.0.1", False, False), ("255.255.255.255", False, False),
        ("100.100.100.200", False, False), ("2002:7f00:1::", False, True), ("64:ff9b::7f00:1", False, True),
    ],
)  # fmt: skip
def test_addresses_that_may_be_reached(address, public, local):
    assert is_reachable(address) is public
    assert is_reachable(address, local=True) is local


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("0", 0), ("Tue, 03 Mar 2026 06:02:00 GMT", 120), ("Tue, 03 Mar 2026 05:00:00 GMT", 0),
     ("99999999999999999999", 86_400), ("soon", None), ("", None), (None, None), ("-5", None), ("²", None)],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert retry_after(value, now=datetime(2026, 3, 3, 6, tzinfo=UTC).timestamp()) == seconds


def test_pauses_double_and_differ_by_address():
    assert pause(1, asked=7.0, key="a") == 7.0
    pauses = [pause(attempt, asked=None, key="a") for attempt in (1, 2, 3)]
    assert pauses[1] == 2 * pauses[0]
    assert pauses[2] == 4 * pauses[0]
    assert len({pause(1, asked=None, key=str(n)) for n in range(50)}) > 20


def packed(content):
    return gzip.compress(content, mtime=0)


def unpacked(pieces, **keys):
    body = Body(**keys)
    for piece in pieces:
        body.add(piece)
    return body.whole()


TEXT = BODY.encode() * 500


@pytest.mark.parametrize("size", [1, 7, 1000, 100_000])
@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("gzip", packed(TEXT)), ("gzip", packed(TEXT) + b"\0" * 9),
        ("gzip", packed(TEXT[:40]) + packed(TEXT[40:])), ("deflate", zlib.compress(TEXT)), ("", TEXT),
    ],
)  # fmt: skip
def test_bodies_are_unpacked_in_any_pieces(size, encoding, content):
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    assert unpacked(pieces, encoding=encoding, max_bytes=len(TEXT)) == TEXT
    with pytest.raises(TooLargeError):
        unpacked(pieces, encoding=encoding, max_bytes=len(TEXT) - 1)


def test_of_a_bomb_no_more_is_unpacked_than_fits():
    bomb = packed(bytes(50_000_000))
    body = Body(encoding="gzip", max_bytes=1000)
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        body.add(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_damaged_packing_is_found():
    body = Body(encoding="gzip", max_bytes=1000)
    with pytest.raises(DamagedError):
        body.add(b"no gzip at all")
    body = Body(encoding="gzip", max_bytes=1000)
    body.add(packed(b"hello")[:-3])
    with pytest.raises(DamagedError):
        body.whole()


# --- saved feeds ------------------------------------------------------------------------------------------------------


def test_a_feed_in_a_file_is_read_like_any_file(tmp_path):
    (tmp_path / "coast.xml").write_text(rss(entry(1), entry(2, text="Short.")), encoding="utf-8")
    (tmp_path / "other.xml").write_text("<note>no feed</note>", encoding="utf-8")
    collection = collect([SourceConfig(path=".")], base=tmp_path)
    found = {article.source: article for article in collection.articles}
    assert sorted(found) == ["coast.xml#1", "coast.xml#2"]
    assert [(found[key].outlet, found[key].stub) for key in sorted(found)] == [
        ("Coast Radio", False),
        ("Coast Radio", True),
    ]
    (failure,) = collection.failures
    assert failure.source == "other.xml"
