"""Live sources against a real server with every fault: what is read, what is refused, and in which words."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import time
from datetime import timedelta
from itertools import pairwise

import httpcore2
import pytest
import trustme

from digest.collect import Memory, collect
from digest.config import CollectConfig, SourceConfig
from digest.models import Window
from tests.collect.server import (
    BODY,
    ENTITY_BOMB,
    answer,
    article_page,
    bomb,
    conditional,
    drip,
    endless,
    entry,
    hang_up,
    in_turn,
    not_found,
    packed,
    page,
    redirect,
    rss,
    serving,
    silence,
    status,
)

QUICK = {"timeout": 10, "deadline": 20, "retries": 0, "delay": 0}


@pytest.fixture
def site():
    with serving() as server:
        server.routes["/robots.txt"] = not_found
        yield server


@pytest.fixture
def gather(site, tmp_path):
    def run(*sources, memory=None, window=None, **settings):
        return collect(
            sources, base=tmp_path, settings=CollectConfig(**{**QUICK, **settings}), memory=memory, window=window
        )

    return run


def feed(site, path="/feed", **keys):
    return SourceConfig(feed=site.url(path), name="Harbour Times", local=True, **keys)


def reason(collection):
    assert collection.articles == ()
    (failure,) = collection.failures
    assert failure.source == "Harbour Times"
    return failure.reason


# --- what is read -----------------------------------------------------------------------------------------------------


def test_a_feed_gives_its_articles(site, gather):
    site.routes["/feed"] = answer(rss(entry(1), entry(2, date="Wed, 04 Mar 2026 08:30:00 +0100")))
    collection = gather(feed(site))
    assert collection.failures == ()
    first, second = sorted(collection.articles, key=lambda article: article.title)
    assert (first.title, first.outlet, first.carrier) == ("Northern quay report 1", "Coast Radio", None)
    assert first.link == "https://coastradio.example/1"
    assert first.source == "Harbour Times"
    assert "cost 2.4 million crowns" in first.text
    assert second.published.isoformat() == "2026-03-04T07:30:00+00:00"
    assert not first.stub
    assert site.asked[0][1]["User-Agent"].startswith("digest/")


def test_the_contact_is_sent_along(site, gather):
    site.routes["/feed"] = answer(rss(entry(1)))
    gather(feed(site), contact="https://brief.example/about")
    assert "(+https://brief.example/about)" in site.asked[0][1]["User-Agent"]


def test_one_failing_source_stops_no_other_and_order_does_not_matter(site, gather):
    site.routes["/good"] = answer(rss(entry(1)))
    site.routes["/slow"] = hang_up
    sources = [
        SourceConfig(feed=site.url("/slow"), name="Slow", local=True),
        SourceConfig(feed=site.url("/good"), name="Good", local=True),
        SourceConfig(feed=site.url("/none"), name="None", local=True),
    ]
    one = gather(*sources)
    assert [failure.source for failure in one.failures] == ["None", "Slow"]
    assert len(one.articles) == 1
    assert gather(*reversed(sources)) == one


def test_a_packed_answer_is_unpacked(site, gather):
    site.routes["/feed"] = packed(rss(entry(1)))
    assert len(gather(feed(site)).articles) == 1


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site, gather, code):
    site.routes["/feed"] = redirect("moved/here?x=1", code)
    site.routes["/moved/here"] = answer(rss(entry(1)))
    assert len(gather(feed(site)).articles) == 1
    assert site.paths() == ["/feed", "/moved/here?x=1"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (rss(entry(1, text=f"Tjänsten på Österö dröjer – {BODY * 3}")).encode("utf-8"), "text/xml; charset=iso-8859-1"),
        (rss(entry(1, text=f"Tjänsten på Österö dröjer – {BODY * 3}")).encode("cp1252"), "text/xml"),
        (rss(entry(1, text=f"Tjänsten på Österö dröjer – {BODY * 3}"), encoding="utf-8").encode("cp1252"),
         "text/xml; charset=utf-8"),
        (rss(entry(1, text=f"Tjänsten på Österö dröjer – {BODY * 3}"), encoding="klingon").encode("utf-8"), "text/xml"),
        (rss(entry(1, text=f"Tjänsten på Österö dröjer – {BODY * 3}"), encoding="utf-16").encode("utf-16"), "text/xml"),
    ],
)  # fmt: skip
def test_a_wrong_charset_does_no_harm(site, gather, content, kind):
    site.routes["/feed"] = answer(content, kind=kind)
    (article,) = gather(feed(site)).articles
    assert article.text.startswith("Tjänsten på Österö dröjer – The harbour council")


def test_undated_entries_have_no_date_and_script_links_are_dropped(site, gather):
    site.routes["/feed"] = answer(
        rss(
            entry(1, date=None),
            entry(2, date="the day before yesterday"),
            entry(3, link="javascript:alert(1)"),
            entry(4, link="data:text/html,hello"),
        )
    )
    by_title = {article.title[-1]: article for article in gather(feed(site)).articles}
    assert by_title["1"].published is None
    assert by_title["2"].published is None
    assert by_title["3"].link is None
    assert by_title["4"].link is None


def test_of_ten_thousand_entries_the_newest_are_read(site, gather):
    dates = [f"Tue, 03 Mar 2026 {n // 600:02}:{n // 10 % 60:02}:00 GMT" for n in range(10_000)]
    site.routes["/feed"] = answer(rss(*(entry(n, text=f"Report {n}.", date=date) for n, date in enumerate(dates))))
    started = time.process_time()
    collection = gather(feed(site, full_text=False), max_items=50)
    assert time.process_time() - started < 6
    assert len(collection.articles) == 50
    assert min(int(article.title.split()[-1]) for article in collection.articles) >= 9_900
    (note,) = collection.notes
    assert note.reason == "has 10,000 entries; the newest 50 were read"


def test_a_feed_that_has_long_been_silent_is_named(site, gather):
    from datetime import UTC, datetime

    site.routes["/feed"] = answer(rss(entry(1)))
    now = datetime(2026, 5, 2, 12, tzinfo=UTC)
    memory = Memory()
    collection = gather(feed(site), memory=memory)
    (silent,) = collection.silent(now=now, days=30)
    assert (silent.source, silent.reason) == ("Harbour Times", "nothing new for 60 days")
    assert collection.silent(now=now, days=90) == ()
    assert gather(feed(site), memory=memory).silent(now=now, days=30) == (silent,), 'also when it answers "unchanged"'


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", [True, False])
def test_a_drip_does_not_outlast_the_time_limit(site, gather, head):
    site.routes["/feed"] = drip(site, head=head)
    started = time.monotonic()
    assert reason(gather(feed(site), timeout=0.4)) == "timed out after 0.4 s"
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("code", "words"),
    [(404, "404 not found"), (410, "410 gone"), (403, "403 forbidden"), (304, "304 not modified"),
     (299, "answered with status 299")],
)  # fmt: skip
def test_a_refusal_is_said_in_words(site, gather, code, words):
    site.routes["/feed"] = status(code)
    assert reason(gather(feed(site))) == words
    assert site.times("/feed") == 1


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://10.0.0.1/feed",
        "http://192.168.1.1/",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://100.64.0.1/",
        "http://127.0.0.1:9/",
    ],
)
def test_redirects_to_private_addresses_are_refused_even_for_a_local_source(site, gather, location):
    site.routes["/feed"] = redirect(location)
    assert reason(gather(feed(site))).startswith("redirects to a private address")


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "redirects to an address that is not http(s)"),
        ("javascript:alert(1)", "redirects to an address that is not http(s)"),
        ("http://user:word@127.0.0.1/", "redirects to an address with a password in it"),
        ("http://coastradio.example:port/", "redirects to a malformed address"),
        ("/" + "x" * 5000, "redirects to an address of 5,0"),
        ("/feed", "redirects more than 5 times"),
    ],
)
def test_redirects_to_nowhere_are_refused(site, gather, location, words):
    site.routes["/feed"] = redirect(location)
    assert reason(gather(feed(site))).startswith(words)


def test_a_private_address_needs_the_local_mark(site, gather):
    site.routes["/feed"] = answer(rss(entry(1)))
    source = feed(site).model_copy(update={"local": False})
    assert reason(gather(source)) == "has a private address (127.0.0.1); set local = true if it is yours"
    assert site.asked == []


def test_link_local_addresses_are_refused_whatever_the_mark(gather):
    source = SourceConfig(feed="http://169.254.169.254/feed", name="Harbour Times", local=True)
    assert reason(gather(source)).startswith("has a private address (169.254.169.254)")


PUBLIC, OTHER_PUBLIC = "93.184.215.14", "93.184.215.15"


@pytest.fixture
def look_ups(monkeypatch):
    """Names to the addresses that each look-up gives, and a record of the addresses that are connected to."""
    answers, connected = {}, []

    async def getaddrinfo(self, host, port, **keys):
        given = answers[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in given]

    async def connect_tcp(self, host, port, **keys):
        connected.append(host)
        raise httpcore2.ConnectError

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", connect_tcp)
    return answers, connected


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(gather, look_ups):
    """DNS rebinding: a public address at the first look, a private one at the second."""
    answers, connected = look_ups
    answers["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
    source = SourceConfig(feed="http://rebind.example/feed", name="Harbour Times")
    assert reason(gather(source)) == "cannot be reached"
    assert connected == [PUBLIC]
    assert "private" in reason(gather(source))
    assert connected == [PUBLIC]


def test_of_a_names_addresses_only_the_public_ones_are_tried(gather, look_ups):
    answers, connected = look_ups
    answers["mixed.example"] = [["127.0.0.1", PUBLIC, "169.254.169.254", OTHER_PUBLIC]]
    source = SourceConfig(feed="http://mixed.example/feed", name="Harbour Times")
    assert reason(gather(source)) == "cannot be reached"
    assert connected == [PUBLIC, OTHER_PUBLIC]


def test_a_gzip_bomb_is_not_unpacked(site, gather):
    site.routes["/feed"] = bomb(40)
    assert reason(gather(feed(site), max_bytes=2_000_000)) == "unpacks to more than 2 MB"


def test_too_large_an_answer_is_refused_by_what_it_says_and_by_what_it_sends(site, gather):
    site.routes["/feed"] = answer(b"x" * 30_000)
    assert reason(gather(feed(site), max_bytes=20_000)) == "is larger than 0.02 MB"
    site.routes["/feed"] = endless
    assert reason(gather(feed(site), max_bytes=2_000_000)) == "is larger than 2 MB"


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (answer(ENTITY_BOMB), "declares entities, which no feed needs; it is not read"),
        (page("<!doctype html><html><body><p>Hello</p></body></html>"), "answered with a web page, not a feed"),
        (answer(article_page()), "answered with a web page, not a feed"),
        (
            page("<html><head><link rel=alternate type='application/rss+xml' href='/rss.xml'></head></html>"),
            "answered with a web page, not a feed; the page names ",
        ),
        (answer(""), "answered with nothing"),
        (answer("Only a word"), "answered with something that is no RSS, Atom or JSON feed"),
        (answer('{"items": []}'), "answered with JSON that is no JSON Feed"),
        (answer("{"), "is not valid JSON"),
        (answer("[" * 100_000), "answered with something that is no RSS, Atom or JSON feed"),
        (answer(rss()), "holds no entries"),
        (packed(rss(entry(1)), cut=20), "its packed answer is damaged"),
        (packed(rss(entry(1)), encoding="br"), "packs its answer in a way that was not asked for (br)"),
        (answer(b"%PDF-1.4 binary"), "is not a text file, whatever its name says"),
        (hang_up, "broke off its answer"),
    ],
)
def test_what_is_no_feed_is_named_as_what_it_is(site, gather, response, words):
    site.routes["/feed"] = response
    found = reason(gather(feed(site)))
    assert found.startswith(words)
    assert found == words or "rss.xml" in found


def test_a_closed_port_is_told(gather):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        source = SourceConfig(feed=f"http://127.0.0.1:{port}/", name="Harbour Times", local=True)
        assert reason(gather(source)) == "refuses the connection"


def test_an_unknown_name_is_told(gather, monkeypatch):
    async def nothing(self, host, port, **keys):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", nothing)
    source = SourceConfig(feed="http://harbour.example/feed", name="Harbour Times")
    assert reason(gather(source)) == "the name harbour.example has no address"


@pytest.fixture
def authority(monkeypatch):
    """A certificate authority that the program trusts."""
    found = trustme.CA()
    context = ssl.create_default_context()
    found.configure_trust(context)
    monkeypatch.setattr("digest.collect.fetch._tls", lambda: context)
    return found


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["127.0.0.1"], None),
        (["coastradio.example"], "its certificate is not valid (IP address mismatch, certificate is not valid for"),
    ],
)
def test_certificates_are_checked(authority, gather, names, words):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    with serving(context) as site:
        site.routes["/feed"] = answer(rss(entry(1)))
        collection = gather(feed(site))
    if words is None:
        assert len(collection.articles) == 1
    else:
        assert reason(collection).startswith(words)


def test_an_unknown_authority_is_not_trusted(gather):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with serving(context) as site:
        found = reason(gather(feed(site)))
    assert found.startswith("its certificate is not valid (")


def test_offline_opens_no_connection(site, gather):
    site.routes["/feed"] = answer(rss(entry(1)))
    assert reason(gather(feed(site), offline=True)) == "was not fetched (offline)"
    assert site.asked == []


# --- asking again -----------------------------------------------------------------------------------------------------


def test_a_busy_server_is_asked_again_after_the_time_it_names(site, gather):
    site.routes["/feed"] = in_turn(status(429, Retry_After="1"), answer(rss(entry(1))))
    started = time.monotonic()
    assert len(gather(feed(site), retries=1).articles) == 1
    assert 1 <= time.monotonic() - started < 9


def test_a_server_that_asks_for_a_long_rest_gets_it(site, gather):
    site.routes["/feed"] = status(429, Retry_After="900")
    started = time.monotonic()
    words = "429 too many requests, and asks to be left alone for 900 s"
    assert reason(gather(feed(site), retries=3)) == words
    assert time.monotonic() - started < 30
    assert site.times("/feed") == 1


def test_a_passing_fault_is_forgiven_and_a_lasting_one_counted(site, gather, monkeypatch):
    monkeypatch.setattr("digest.collect.turns._FIRST", 0.01)
    site.routes["/feed"] = in_turn(status(503), hang_up, answer(rss(entry(1))))
    assert len(gather(feed(site), retries=2).articles) == 1
    site.routes["/feed"] = status(500)
    assert reason(gather(feed(site), retries=2)) == "500 internal server error (3 attempts)"


# --- politeness and memory --------------------------------------------------------------------------------------------


def test_a_second_attempt_that_gets_its_turn_too_late_is_not_made(site, gather):
    """The other pages of the host take longer than the time for both: the reason is that of the first attempt."""
    site.routes["/feed"] = status(503)
    site.routes["/slow"] = lambda handler: (time.sleep(1.2), status(404)(handler))
    others = [SourceConfig(feed=site.url(f"/slow?{number}"), name=f"slow {number}", local=True) for number in (1, 2)]
    collection = gather(feed(site), *others, deadline=2.8, timeout=2.7, retries=2)
    assert {one.source: one.reason for one in collection.failures}["Harbour Times"] == "503 service unavailable"
    assert site.times("/feed") == 1


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between(site, gather):
    arrivals, at_once, most = [], [0], [0]

    def slow(handler):
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        arrivals.append(time.monotonic())
        time.sleep(0.05)
        at_once[0] -= 1
        answer(rss(entry(len(arrivals))))(handler)

    site.routes |= {"/a": slow, "/b": slow, "/c": slow}
    gather(feed(site, "/a"), feed(site, "/b"), feed(site, "/c"), delay=0.2)
    assert most[0] == 1
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(arrivals))


@pytest.mark.parametrize(
    ("keys", "header"),
    [({"etag": '"v1"'}, "If-None-Match"), ({"modified": "Tue, 03 Mar 2026 06:00:00 GMT"}, "If-Modified-Since")],
)
def test_an_unchanged_feed_is_not_sent_again(site, gather, keys, header):
    site.routes["/feed"] = conditional(rss(entry(1)), **keys)
    memory = Memory()
    first = gather(feed(site), memory=memory)
    assert first.given == {site.url("/feed"): (first.articles[0].id,)}
    again = gather(feed(site), memory=memory)
    assert [headers.get(header) for _, headers in site.asked] == [None, *keys.values()]
    assert (again.articles, again.failures) == ((), ())
    assert again.unchanged == (site.url("/feed"),)
    assert again.given == {}


def test_the_same_bytes_count_as_unchanged_where_a_server_knows_no_304(site, gather):
    site.routes["/feed"] = answer(rss(entry(1)))
    memory = Memory()
    gather(feed(site), memory=memory)
    assert gather(feed(site), memory=memory).unchanged == (site.url("/feed"),)
    site.routes["/feed"] = answer(rss(entry(1), entry(2)))
    assert len(gather(feed(site), memory=memory).articles) == 2


def test_a_feed_that_had_entries_and_has_none_now_is_quiet_until_it_was_so_for_long(site, gather):
    site.routes["/feed"] = answer(rss(entry(1)))
    memory = Memory()
    [(name, newest)] = gather(feed(site), memory=memory).newest
    site.routes["/feed"] = answer(rss())
    empty = gather(feed(site), memory=memory)
    assert (empty.articles, empty.failures, empty.unchanged) == ((), (), ())
    assert gather(feed(site), memory=memory).failures == ()
    assert empty.silent(now=newest + timedelta(days=29), days=30) == ()
    assert [one.source for one in empty.silent(now=newest + timedelta(days=31), days=30)] == [name]


def test_a_feed_that_could_not_be_read_is_asked_for_whole_again(site, gather):
    site.routes["/feed"] = conditional("no feed", etag='"v1"')
    memory = Memory()
    assert reason(gather(feed(site), memory=memory))
    site.routes["/feed"] = conditional(rss(entry(1)), etag='"v1"')
    assert len(gather(feed(site), memory=memory).articles) == 1


# --- full text and pages ----------------------------------------------------------------------------------------------

TEASER = "The harbour council of Osmark closed the northern quay on Monday after divers found cracks in its piles."


def test_a_teaser_is_completed_from_its_page(site, gather):
    site.routes["/feed"] = answer(rss(entry(1, text=TEASER, link=site.url("/1"), title="Osmark closes northern quay")))
    site.routes["/1"] = page(article_page("Osmark closes northern quay"))
    (article,) = gather(feed(site)).articles
    assert "Two ferries will sail from Lindvik" in article.text
    assert (article.title, article.outlet, article.stub) == ("Osmark closes northern quay", "Coast Radio", False)
    assert article.link == site.url("/1")
    assert site.paths() == ["/feed", "/robots.txt", "/1"]


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (status(403), "403 forbidden"),
        (page(f"<html><body><p>{'We value your privacy, our 812 partners store cookies. ' * 30}</p></body></html>"),
         "the page shows something else"),
        (page(article_page("Osmark closes northern quay", TEASER)), "the page shows no more than the feed"),
        (page("<html></html>"), "no article text was found on the page"),
    ],
)  # fmt: skip
def test_a_teaser_whose_page_does_not_help_stays_and_is_marked(site, gather, response, words):
    site.routes["/feed"] = answer(rss(entry(1, text=TEASER, link=site.url("/1"), title="Osmark closes northern quay")))
    site.routes["/1"] = response
    collection = gather(feed(site))
    (article,) = collection.articles
    assert (article.text, article.stub) == (TEASER, True)
    (note,) = collection.notes
    assert note.reason == f"the full text of 1 of 1 articles could not be read ({words})"


def test_a_paywalled_page_is_marked(site, gather):
    wall = f"{TEASER} The council meets on Friday.\nSubscribe to continue reading this story today"
    site.routes["/feed"] = answer(rss(entry(1, text="Osmark closes the northern quay.", link=site.url("/1"))))
    site.routes["/1"] = page(article_page("Osmark closes northern quay", wall))
    (article,) = gather(feed(site)).articles
    assert article.stub
    assert "The council meets on Friday" in article.text


def test_pages_are_fetched_only_when_they_are_wanted(site, gather):
    from datetime import UTC, datetime

    old = entry(1, text=TEASER, link=site.url("/old"), date="Mon, 02 Mar 2026 06:00:00 GMT")
    site.routes["/feed"] = answer(rss(old, entry(2, link=site.url("/long"))))
    window = Window(since=datetime(2026, 3, 3, tzinfo=UTC), until=datetime(2026, 3, 4, tzinfo=UTC), timezone="UTC")
    gather(feed(site), window=window)
    assert site.paths() == ["/feed"]
    site.routes["/feed"] = answer(rss(entry(1, text=TEASER, link=site.url("/short"))))
    gather(feed(site, full_text=False))
    assert "/short" not in site.paths()


def test_an_article_known_from_an_earlier_run_is_not_fetched_again(site, gather):
    site.routes["/feed"] = answer(rss(entry(1, text=TEASER, link=site.url("/1"), title="Osmark closes northern quay")))
    site.routes["/1"] = page(article_page("Osmark closes northern quay"))
    (article,) = gather(feed(site)).articles
    memory = Memory(known=lambda source, link: article if (source, link) == (site.url("/feed"), article.link) else None)
    assert gather(feed(site), memory=memory).articles == (article,)
    assert site.times("/1") == 1


def test_a_host_that_does_not_answer_is_not_asked_for_page_after_page(site, gather):
    site.routes["/feed"] = answer(rss(*(entry(n, text=TEASER, link=site.url(f"/{n}")) for n in range(20))))
    site.routes |= {f"/{n}": silence(site) for n in range(20)}
    started = time.monotonic()
    collection = gather(feed(site), timeout=0.7)
    assert time.monotonic() - started < 9
    assert len(site.paths()) == 2 + 3
    assert len(collection.articles) == 20
    assert [note.reason for note in collection.notes] == [
        "the full text of 17 of 20 articles could not be read (its server did not answer 3 times before)",
        "the full text of 3 of 20 articles could not be read (timed out after 0.7 s)",
    ]


def test_pages_are_not_fetched_beyond_the_time_for_them(site, gather, monkeypatch):
    monkeypatch.setattr("digest.collect.live._PAGES_SECONDS", 0.0)
    site.routes["/feed"] = answer(rss(entry(1, text=TEASER, link=site.url("/1"))))
    site.routes["/1"] = page(article_page())
    assert [note.reason for note in gather(feed(site)).notes] == [
        "the full text of 1 of 1 articles could not be read (no time was left for it)"
    ]


def test_a_local_feed_does_not_open_the_house_to_its_links(site, gather):
    """What a local feed links to is its authors' word, not the user's: other ports and hosts stay closed."""
    with serving() as other:
        other.routes["/admin"] = page(article_page())
        site.routes["/feed"] = answer(rss(entry(1, text=TEASER, link=other.url("/admin"))))
        (article,) = gather(feed(site)).articles
        assert other.asked == []
    assert article.stub


def test_robots_txt_is_heard_for_pages_and_not_for_feeds(site, gather):
    site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /*/closed$\nDisallow: /feed\n", kind="text/plain")
    site.routes["/feed"] = answer(rss(entry(1)))
    site.routes["/x/closed"] = site.routes["/open"] = page(article_page())
    closed = SourceConfig(page=site.url("/x/closed"), name="Harbour Times", local=True)
    assert reason(gather(closed)) == "robots.txt does not allow digest to read this page"
    assert len(gather(closed.model_copy(update={"page": site.url("/open")})).articles) == 1
    assert len(gather(feed(site)).articles) == 1
    assert "/x/closed" not in site.paths()


def test_an_unreadable_robots_txt_closes_a_site_and_a_missing_one_does_not(site, gather):
    source = SourceConfig(page=site.url("/open"), name="Harbour Times", local=True)
    site.routes["/open"] = page(article_page())
    assert len(gather(source).articles) == 1
    site.routes["/robots.txt"] = status(500)
    assert reason(gather(source)) == "its robots.txt cannot be read (500 internal server error)"


def test_who_may_not_enter_a_private_site_closes_it_to_nobody(site, gather):
    """A feed elsewhere may link to a page in the house before the house's own source asks for it."""
    site.routes["/open"] = page(article_page())
    stranger = SourceConfig(page=site.url("/open?from=elsewhere"), name="Elsewhere")
    collection = gather(stranger, SourceConfig(page=site.url("/open"), local=True))
    assert [failure.source for failure in collection.failures] == ["Elsewhere"]
    assert len(collection.articles) == 1


def test_a_page_is_one_article_with_its_own_address(site, gather):
    site.routes["/open"] = page(article_page())
    (article,) = gather(SourceConfig(page=site.url("/open"), local=True)).articles
    assert article.link == site.url("/open")
    assert (article.title, article.outlet) == ("Northern quay closed", "Coast Radio")
    assert article.source == "127.0.0.1/open"


def test_json_feeds_are_read(site, gather):
    entries = [
        {"id": "1", "url": "/a", "title": "Quay &amp; pier", "content_html": f"<p>{BODY}</p><p>{BODY}</p>",
         "date_published": "2026-03-04T08:00:00+01:00", "authors": [{"name": "Ada Holm"}], "tags": ["harbour", 3]},
        {"id": 2, "external_url": "https://coastradio.example/b", "content_text": BODY * 2},
        "nonsense",
    ]  # fmt: skip
    version = "https://jsonfeed.org/version/1.1"
    body = {"version": version, "title": "Coast Radio", "home_page_url": "https://coastradio.example", "items": entries}
    site.routes["/feed"] = answer(json.dumps(body), kind="application/feed+json")
    second, first = sorted(gather(feed(site)).articles, key=lambda article: article.title)
    assert first.title == "Quay & pier"
    assert first.link == "https://coastradio.example/a"
    assert first.published.isoformat() == "2026-03-04T07:00:00+00:00"
    assert (first.authors, first.tags) == (("Ada Holm",), ("harbour",))
    assert second.link == "https://coastradio.example/b"


def test_the_same_address_twice_is_fetched_once(site, gather):
    site.routes["/feed"] = answer(rss(entry(1)))
    gather(feed(site), feed(site))
    assert site.paths() == ["/feed"]


def test_sources_are_read_from_inside_a_running_loop_too(site, gather):
    site.routes["/feed"] = answer(rss(entry(1)))

    async def notebook():
        return gather(feed(site))

    assert len(asyncio.run(notebook()).articles) == 1
