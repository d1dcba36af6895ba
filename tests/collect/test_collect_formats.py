"""Pages, JSON and mail: what each format says of itself, under the many names it says it by."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.collect import collect
from digest.config import SourceConfig
from digest.jsonl import sources_to_jsonl

BODY = (
    "The harbour council of Osmark closed the northern quay on Monday after divers found cracks in its piles.",
    "Repairs will take three weeks, the harbour master Ada Holm said, and cost four million crowns.",
)
TEXT = "\n\n".join(BODY)
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
WHEN = datetime(2025, 7, 2, 8, tzinfo=UTC)


@pytest.fixture
def gather(tmp_path):
    def run(name, content, **keys):
        content = content if isinstance(content, (bytes, str)) else json.dumps(content)
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return collect([SourceConfig(path=name, **keys)], base=tmp_path)

    return run


@pytest.fixture
def read(gather):
    def run(name, content, **keys):
        collection = gather(name, content, **keys)
        assert collection.failures == ()
        (article,) = collection.articles
        return article

    return run


# --- pages -----------------------------------------------------------------------------------------------------------


def page(*, head="", body=PARAGRAPHS):
    return f"<!doctype html><html lang='en-GB'><head>{head}</head><body><nav>Menu Home</nav><article>{body}</article><footer>© 2025</footer></body></html>"


def test_meta_tags_are_read(read):
    article = read(
        "a.html",
        page(
            head="<title>Quay shut | Coast Radio</title><meta property='og:title' content='Quay shut | Coast Radio'>"
            "<meta property='og:site_name' content='Coast Radio'><link rel='canonical' href='https://coast.example/q'>"
            "<meta property='article:published_time' content='2025-07-02T10:00:00+02:00'>"
            "<meta property='article:modified_time' content='2025-07-02T12:00:00Z'><meta name='author' content='By Ada Holm and Per Lund'>"
            "<meta name='keywords' content='ports, Osmark'><meta property='article:section' content='Opinion'>"
        ),
    )
    assert (article.title, article.outlet, article.link) == ("Quay shut", "Coast Radio", "https://coast.example/q")
    assert (article.published, article.updated) == (WHEN, datetime(2025, 7, 2, 12, tzinfo=UTC))
    assert (article.authors, article.lang) == (("Ada Holm", "Per Lund"), "en-GB")
    assert article.tags == ("ports", "Osmark", "Opinion")
    assert article.text == TEXT


def test_json_ld_is_read_also_inside_a_graph(read):
    record = {
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": ["NewsArticle"], "headline": "Quay shut", "datePublished": "2025-07-02T08:00:00Z",
                "author": [{"@type": "Person", "name": "Ada Holm"}], "publisher": {"name": "Coast Radio"},
                "mainEntityOfPage": {"@id": "https://coast.example/q"},
            },
        ]
    }  # fmt: skip
    article = read("a.html", page(head=f"<script type='application/ld+json'>{json.dumps(record)}</script>"))
    assert (article.title, article.outlet, article.link) == ("Quay shut", "Coast Radio", "https://coast.example/q")
    assert (article.published, article.authors) == (WHEN, ("Ada Holm",))


@pytest.mark.parametrize(("kind", "hour"), [("LiveBlogPosting", 21), ("NewsArticle", 8)])
def test_a_live_blog_is_as_new_as_its_last_entry(read, kind, hour):
    record = {"@type": kind, "datePublished": "2025-07-02T08:00:00Z", "dateModified": "2025-07-02T21:00:00Z"}
    article = read("a.html", page(head=f"<script type='application/ld+json'>{json.dumps(record)}</script>"))
    assert (article.published.hour, article.updated.hour) == (hour, 21)


def test_a_damaged_json_ld_is_passed_over(read):
    article = read("a.html", page(head="<script type='application/ld+json'>{'bad': </script><title>Quay shut</title>"))
    assert (article.title, article.outlet) == ("Quay shut", None)


@pytest.mark.parametrize(
    "comment",
    ["saved from url=(0023)https://c.example/q ", "\n Page saved with SingleFile \n url: https://c.example/q \n"],
)
def test_a_saved_page_has_the_link_that_the_browser_noted(read, comment):
    assert read("a.html", f"<!doctype html><!--{comment}-->{page()[15:]}").link == "https://c.example/q"


def test_a_page_in_a_script_without_spaces_is_read(read):
    text = "港口委员会星期一关闭了北码头，因为潜水员发现桩基出现裂缝。"
    assert read("a.html", page(body=f"<p>{text}</p>")).text == text


def test_a_title_ending_that_the_address_repeats_names_the_outlet(read):
    head = "<title>Quay shut - The Northern Star</title><link rel='canonical' href='https://www.nstar.example/q'>"
    assert read("a.html", page(head=head)).outlet == "The Northern Star"
    assert read("b.html", page(head=head.replace("nstar", "blogs"))).outlet is None


def test_a_name_is_preferred_to_a_domain(read):
    head = (
        "<meta property='og:site_name' content='coastradio.example'>"
        '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "publisher": {"name": "Coast Radio"}}</script>'
    )
    assert read("a.html", page(head=head)).outlet == "Coast Radio"


def test_a_republished_page_has_its_first_outlet_and_a_carrier(read):
    body = PARAGRAPHS + "<p>The post <a href='x'>Quay shut</a> appeared first on <a href='y'>Harbour Blog</a>.</p>"
    article = read("a.html", page(head="<meta property='og:site_name' content='Newsbox'>", body=body))
    assert (article.outlet, article.carrier, article.text) == ("Harbour Blog", "Newsbox", TEXT)


def test_the_time_element_of_an_article_dates_it(read):
    article = read(
        "a.html",
        page(
            body=f"<header><h1>Quay shut</h1><time datetime='2025-07-02T10:00+02:00'>Wednesday</time></header>{PARAGRAPHS}"
        ),
    )
    assert article.published == WHEN


def test_lists_stay_lists_and_cells_apart(read):
    body = (
        PARAGRAPHS
        + "<h2>Sailings from Lindvik</h2><ul><li>First ferry at six</li><li><p>Last ferry at nine</p></li></ul>"
        + PARAGRAPHS.replace("council", "board")
    )
    article = read("a.html", page(body=body))
    assert "Sailings from Lindvik\n\n- First ferry at six\n- Last ferry at nine\n\n" in article.text


def test_a_text_file_that_is_a_page_is_read_as_one(read):
    assert read("a.txt", page()).text == TEXT


def test_scripts_never_reach_the_text(read):
    article = read(
        "a.html",
        page(
            head="<title><b>Quay</b> <script>alert(1)</script></title>", body=PARAGRAPHS + "<script>alert(2)</script>"
        ),
    )
    assert "alert(2)" not in article.text


def test_a_page_without_an_article_is_a_failure(gather):
    assert (
        gather("a.html", "<html><body><nav>Menu</nav></body></html>").failures[0].reason
        == "no article text was found on the page"
    )


def test_a_walled_page_is_a_stub(read):
    record = {"@type": "NewsArticle", "isAccessibleForFree": False}
    assert read("a.html", page(head=f"<script type='application/ld+json'>{json.dumps(record)}</script>")).stub


# --- JSON --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Quay shut", "text": TEXT, "outlet": "Coast Radio", "link": "https://c.example/q", "published": "2025-07-02T08:00:00Z", "authors": ["Ada Holm"], "lang": "en"},
        {"headline": "Quay shut", "articleBody": TEXT, "publisher": {"name": "Coast Radio"}, "url": "https://c.example/q", "datePublished": "2025-07-02T10:00+02:00", "author": {"name": "Ada Holm"}, "inLanguage": "en"},
        {"title": "Quay shut", "content": TEXT, "source": {"id": None, "name": "Coast Radio"}, "url": "https://c.example/q", "publishedAt": "2025-07-02T08:00:00Z", "author": "Ada Holm", "language": "en"},
        {"title": {"rendered": "Quay shut"}, "content": {"rendered": PARAGRAPHS}, "site_name": "Coast Radio", "permalink": "https://c.example/q", "pubDate": "Wed, 02 Jul 2025 08:00:00 GMT", "byline": "By Ada Holm", "lang": "en"},
        {"title": "Quay shut - Coast Radio", "text": TEXT, "source": "https://c.example/q", "source-hostname": "Coast Radio", "hostname": "c.example", "date": "2025-07-02T08:00", "author": "Ada Holm", "language": "en"},
        {"webTitle": "Quay shut", "fields": {"bodyText": TEXT, "byline": "Ada Holm in Osmark", "publication": "Coast Radio"}, "webUrl": "https://c.example/q", "webPublicationDate": "2025-07-02T08:00:00Z", "lang": "en"},
        {"headline": {"main": "Quay shut"}, "abstract": BODY[0], "lead_paragraph": TEXT, "source": "Coast Radio", "web_url": "https://c.example/q", "pub_date": "2025-07-02T08:00:00+0000", "byline": {"original": "By Ada Holm"}, "lang": "en"},
        {"title": "Quay shut", "content": {"content": PARAGRAPHS}, "origin": {"title": "Coast Radio"}, "canonical": [{"href": "https://c.example/q"}], "published": 1751443200, "author": "Ada Holm", "lang": "en"},
        {"title": "Quay shut", "content": TEXT, "publisher": "Coast Radio", "link": "https://c.example/q", "date": "2025-07-02T10:00", "date_gmt": "2025-07-02T08:00", "author": ["By Ada Holm"], "lang": "en"},
        {"title": "Quay shut", "content_html": PARAGRAPHS, "source_name": "Coast Radio", "canonical_url": "https://c.example/q", "created_at": 1751443200, "authors": [{"name": "Ada Holm"}], "lang": "en"},
    ],
)  # fmt: skip
def test_common_names_of_fields_are_known(read, record):
    article = read("a.json", record)
    assert (article.title, article.text, article.outlet) == ("Quay shut", TEXT, "Coast Radio")
    assert (article.link, article.published, article.authors, article.lang) == (
        "https://c.example/q",
        WHEN,
        ("Ada Holm",),
        "en",
    )
    assert article.source == "a.json"


@pytest.mark.parametrize("key", ["items", "articles", "entries", "data"])
def test_wrapped_lists_are_unwrapped_and_entries_numbered(gather, key):
    entries = [{"title": f"No {n}", "text": f"{TEXT} Entry {n}."} for n in (1, 2)]
    for content in ({key: entries}, {"status": "ok", "response": {key: entries}}):
        assert {a.source: a.title for a in gather("a.json", content).articles} == {
            "a.json#1": "No 1",
            "a.json#2": "No 2",
        }


def test_a_json_feed_names_the_outlet_of_its_own_entries_only(gather):
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "Coast Radio", "home_page_url": "https://www.coast.example/",
        "items": [
            {"id": "1", "url": "https://coast.example/q", "title": "Own", "content_text": TEXT},
            {"id": "2", "url": "https://ledger.example/q", "title": "Other's", "content_text": TEXT},
        ],
    }  # fmt: skip
    named = {a.title: (a.outlet, a.carrier) for a in gather("a.json", feed).articles}
    assert named == {"Own": ("Coast Radio", None), "Other's": (None, "Coast Radio")}


def test_a_parsed_feed_names_the_outlet_of_its_entries(read):
    feed = {"title": "Coast Radio - World", "link": "https://coast.example/"}
    entry = {"title": "Quay shut", "link": "https://coast.example/q", "content": [{"value": PARAGRAPHS}]}
    article = read("a.json", {"bozo": False, "feed": feed, "entries": [entry]})
    assert (article.outlet, article.text) == ("Coast Radio", TEXT)


def test_an_entry_that_was_removed_is_no_article(read):
    gone = {"title": "[Removed]", "content": "[Removed]", "source": {"name": "[Removed]"}}
    assert read("a.json", {"articles": [gone, {"title": "Quay shut", "content": TEXT}]}).title == "Quay shut"


def test_a_teaser_alone_is_a_stub(read):
    article = read("a.json", {"title": "Quay shut", "description": BODY[0]})
    assert article.stub
    assert article.text == BODY[0]


def test_the_articles_own_form_is_read_back(read):
    article = read(
        "a.jsonl",
        {
            "text": TEXT,
            "carrier": "Newsbox",
            "outlet": "Coast Radio",
            "tags": ["ports"],
            "updated": "2025-07-02T08:00:00Z",
            "stub": True,
        },
    )
    assert (article.carrier, article.tags, article.updated, article.stub) == ("Newsbox", ("ports",), WHEN, True)
    assert article.source == "a.jsonl#1"


def test_the_sources_of_an_issue_are_read_back_as_they_were(tmp_path, gather):
    (tmp_path / "a.txt").write_text(f"Quay shut\n\n{TEXT}", encoding="utf-8")
    [first] = collect([SourceConfig(path="a.txt")], base=tmp_path).articles
    [again] = gather("sources.jsonl", sources_to_jsonl((first,))).articles
    assert replace(again, source="a.txt") == first


@pytest.mark.parametrize("content", ["[]", "{}", "3", '"text"', "null", '[{"title": "no text"}]', '[1, null, ["a"]]'])
def test_json_without_an_article_is_a_failure(gather, content):
    (failure,) = gather("a.json", content).failures
    assert "holds no article" in failure.reason


def test_a_damaged_line_of_json_lines_is_named_and_the_others_are_read(gather):
    lines = [json.dumps({"text": TEXT, "title": "One"}), "{broken", json.dumps({"text": TEXT, "title": "Two"}), "{"]
    collection = gather("a.jsonl", "\n".join(lines))
    assert {article.source: article.title for article in collection.articles} == {
        "a.jsonl#1": "One",
        "a.jsonl#3": "Two",
    }
    [failure] = collection.failures
    assert failure.reason.startswith("line 2 is not valid JSON (")
    assert failure.reason.endswith("and 1 more of 4 lines; the others are read")


def test_a_damaged_json_file_says_what_is_wrong_in_whole_words(gather):
    [failure] = gather("a.json", '{"text\n').failures
    assert failure.reason == "is not valid JSON (Invalid control character)"


def test_json_lines_of_which_none_is_good_fail(gather):
    collection = gather("a.jsonl", "{broken\n{")
    assert collection.articles == ()
    assert collection.failures[0].reason.startswith("line 1 is not valid JSON (")


# --- mail ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sender", "listed", "outlet"),
    [
        ("Ada Holm from The Tide <tide@letters.example>", "<tide.letters.example>", "The Tide"),
        ("Ada Holm from Osmark <ada@coast.example>", "<l.coast.example>", "Ada Holm from Osmark"),
        ("news@coast.example", "The Coast Letter <letter.coast.example>", "The Coast Letter"),
        ("The Tide - Newsletter <tide@letters.example>", "<tide.letters.example>", "The Tide"),
        ("news@coast.example", "<letter.coast.example>", None),
    ],
)
def test_a_mailing_is_called_by_its_sender_or_its_list(read, sender, listed, outlet):
    article = read("a.eml", f"From: {sender}\nSubject: Quay shut\nList-Id: {listed}\n\n{TEXT}")
    assert (article.outlet, article.authors) == (outlet, ())


def test_a_newsletter_speaks_for_its_outlet(read):
    article = read(
        "a.eml",
        "From: =?utf-8?q?Coast_Radio_Newsletter?= <news@coast.example>\nSubject: =?utf-8?b?UXVheSBzaHV0?=\n"
        "Date: Wed, 02 Jul 2025 10:00:00 +0200\nList-Unsubscribe: <https://coast.example/u>\nArchived-At: <https://coast.example/q>\n"
        "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
        f"--b\nContent-Type: text/plain; charset=utf-8\n\nView in browser\n\n{TEXT}\n\nUnsubscribe here\n"
        f"--b\nContent-Type: text/html\n\n<p>other</p>\n--b--\n",
    )
    assert (article.title, article.outlet, article.authors) == ("Quay shut", "Coast Radio", ())
    assert (article.published, article.link, article.text) == (WHEN, "https://coast.example/q", TEXT)


def test_a_person_who_writes_is_an_author_and_no_outlet(read):
    article = read("a.eml", f"From: Ada Holm <ada@x.example>\nSubject: Fwd: Quay shut\n\n{TEXT}")
    assert (article.title, article.outlet, article.authors) == ("Quay shut", None, ("Ada Holm",))


def test_an_html_mail_and_a_bogus_charset_are_read(read):
    content = f"Subject: =?x-bogus?q?Quay_shut?=\nContent-Type: text/html; charset=x-bogus\n\n<html><body>{PARAGRAPHS}<p>Café</p></body></html>"
    article = read("a.eml", content)
    assert article.title == "Quay shut"
    assert article.text == f"{TEXT}\n\nCafé"


def test_flowed_text_is_joined(read):
    content = "Subject: Quay\nContent-Type: text/plain; format=flowed\n\nThe harbour council of Osmark \nclosed the northern \nquay.\n\nRepairs start soon."
    assert (
        read("a.eml", content).text == "The harbour council of Osmark closed the northern quay.\n\nRepairs start soon."
    )


def test_quoted_lines_lose_their_marks_and_hidden_words_are_not_read(read):
    quoted = "\n".join(f"> {line}" for line in TEXT.split("\n"))
    assert read("a.eml", f"Subject: Quay\n\n{quoted}").text == TEXT
    hidden = f'<span style="display: none">In this letter: the quay</span>{PARAGRAPHS}'
    assert read("a.eml", f"Subject: Quay\nContent-Type: text/html\n\n{hidden}").text == TEXT


def test_a_mail_without_text_is_a_failure(gather):
    assert gather("a.eml", "From: a@x.example\nSubject: x\n\n").failures[0].reason == "holds no article text"


def test_a_mailings_foot_is_left_out_and_its_name_above_the_text(read):
    content = (
        "From: The Tide <t@tide.example>\nSubject: Quay shut\nList-Id: The Tide <t.tide.example>\n\nThe Tide\n\n"
        f"{TEXT}\n\nYou are receiving this because you signed up.\nThe Tide, 4 Ropewalk, Osmark"
    )
    assert read("a.eml", content).text == TEXT
