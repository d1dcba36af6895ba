"""The message: headers that parse back, the same bytes each time, a cut that says so, and what the lint finds."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from html import unescape

import pytest

from digest.config import MailConfig
from digest.deliver.mail import MAX_HTML, Cut, first_lines, fit
from digest.deliver.mail_lint import GRACEFUL, lint_html, lint_message, support
from digest.letters import letter_for, mail_html
from digest.models import Section
from tests.browsers import axe_faults, browsing, in_browser
from tests.samples import COLLISION, EMPTY_BRIEF, PLAIN_BRIEF, SERIES_BRIEF

ONE_CLICK = "https://watch.example/unsubscribe/" + "a1" * 60


def config(**more):
    table = {
        "from": "Strait watch <brief@watch.example>", "to": ["You <you@example.org>", "me@example.org"],
        "host": "localhost", "list_id": "strait-watch.watch.example", "archive": "https://watch.example/briefs/",
        "unsubscribe": ["mailto:leave@watch.example?subject=leave", ONE_CLICK], **more,
    }  # fmt: skip
    return MailConfig.model_validate(table)


def parsed(brief, **more):
    return message_from_bytes(letter_for(brief, mail=config(**more)).payload, policy=policy.default)


def long_brief(stories):
    made = tuple(
        replace(
            COLLISION, id=f"s{number}", title=f"Story number {number}",
            topics=tuple(replace(topic, id=f"t{number}-{topic.id}") for topic in COLLISION.topics),
        )
        for number in range(stories)
    )  # fmt: skip
    sections = (Section(title="At sea", stories=made[:-2]), Section(title="Trade", stories=made[-2:]))
    return replace(SERIES_BRIEF, sections=sections)


def test_headers_come_back_as_they_were_meant():
    message = parsed(SERIES_BRIEF)
    assert message["From"].addresses[0].addr_spec == "brief@watch.example"
    assert [one.addr_spec for one in message["To"].addresses] == ["you@example.org", "me@example.org"]
    assert message["Subject"] == "Strait watch · day 118 · Wednesday 4 March 2026"
    assert parsedate_to_datetime(message["Date"]) == SERIES_BRIEF.window.until
    assert message["List-Id"] == '"Strait watch" <strait-watch.watch.example>'
    assert message["List-Unsubscribe"] == f"<mailto:leave@watch.example?subject=leave>, <{ONE_CLICK}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<2026-03-04\.[0-9a-f]{20}@watch\.example>", message["Message-ID"])
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert not message.defects


def test_every_line_of_the_mail_is_short_and_ascii():
    lines = letter_for(SERIES_BRIEF, mail=config()).payload.split(b"\r\n")
    assert all(byte < 128 for line in lines for byte in line)
    assert max(len(line) for line in lines if b"@watch.example" not in line) <= 998
    assert f"<{ONE_CLICK}>".encode() in b"\r\n".join(lines)  # whole, in one piece, for those who parse by hand


def test_a_title_is_set_apart_from_an_outlet():
    html = parsed(SERIES_BRIEF).get_body(("html",)).get_content()
    bold = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<b\b.*?</b>", html, re.DOTALL)]
    assert "Coast Radio" in bold
    assert "Rescue chief" in html
    assert not any("Rescue chief" in one for one in bold)


def test_no_one_click_without_an_address_for_it():
    message = parsed(SERIES_BRIEF, unsubscribe=["mailto:leave@watch.example"])
    assert message["List-Unsubscribe"] == "<mailto:leave@watch.example>"
    assert message["List-Unsubscribe-Post"] is None
    bare = parsed(PLAIN_BRIEF, unsubscribe=[], list_id=None)
    assert bare["List-Unsubscribe"] is bare["List-Id"] is bare["References"] is None
    assert bare["Subject"] == "Daily brief · Wednesday 4 March 2026"


def test_the_same_issue_has_the_same_bytes_and_id_whatever_the_order_of_recipients():
    assert letter_for(SERIES_BRIEF, mail=config()).payload == letter_for(SERIES_BRIEF, mail=config()).payload
    orders = (["a@x.example", "B@x.example"], ["b@x.example", "a@x.example"])
    there, back = (parsed(SERIES_BRIEF, to=to)["Message-ID"] for to in orders)
    assert there == back
    others = {
        parsed(SERIES_BRIEF, to=["c@x.example"])["Message-ID"],
        parsed(PLAIN_BRIEF)["Message-ID"],
        parsed(replace(SERIES_BRIEF, date=SERIES_BRIEF.date.replace(day=5)))["Message-ID"],
    }
    assert len(others | {there}) == 4


def test_the_issues_of_a_series_are_one_thread():
    tomorrow = replace(SERIES_BRIEF, date=SERIES_BRIEF.date.replace(day=5))
    assert parsed(SERIES_BRIEF)["References"] == parsed(tomorrow)["References"]
    assert parsed(SERIES_BRIEF)["References"] != parsed(SERIES_BRIEF)["Message-ID"]


def test_hidden_recipients_stay_hidden():
    payload = letter_for(SERIES_BRIEF, mail=config(to=[], bcc=["quiet@example.org"])).payload
    assert b"quiet@" not in payload
    assert message_from_bytes(payload)["To"] == "undisclosed-recipients:;"


@pytest.mark.parametrize(
    "title", ["Strait\r\nBcc: evil@example.org", "“Straße” — 海峡 " * 12, 'a "quoted" <b@c.example>, title']
)
def test_a_title_is_only_a_title(title):
    message = parsed(replace(SERIES_BRIEF, series=replace(SERIES_BRIEF.series, name=title)))
    assert set(message.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "References", "List-Id", "List-Unsubscribe",
        "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert " ".join(title.split()) in message["Subject"]
    assert message["List-Id"].endswith("<strait-watch.watch.example>")


def test_both_parts_show_every_line_and_every_quote():
    message = parsed(SERIES_BRIEF)
    html, text = (message.get_body((kind,)).get_content() for kind in ("html", "plain"))
    words_of_html = " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
    words_of_text = " ".join(text.replace("     > ", " ").split())
    for topic in (topic for section in SERIES_BRIEF.sections for story in section.stories for topic in story.topics):
        for words in (topic.line.text, *(citation.quote for citation in topic.line.citations)):
            assert words in words_of_html
            assert words in words_of_text
    assert "https://watch.example/briefs/2026-03-04/brief.html" in html
    assert "#:~:text=" in html
    assert "<details" not in html


def test_the_numbers_of_a_line_stay_together_in_mail():
    html = parsed(SERIES_BRIEF).get_body(("html",)).get_content()
    assert "[1]&nbsp;[2]" in re.sub(r"<[^>]*>", "", html)


def test_hostile_words_stay_words_in_mail():
    html = mail_html(SERIES_BRIEF).html
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert 'href="javascript:' not in html
    assert "<img" not in html


@pytest.mark.parametrize("brief", [SERIES_BRIEF, PLAIN_BRIEF, EMPTY_BRIEF], ids=["series", "plain", "empty"])
def test_our_own_mail_passes_its_lint(brief):
    assert lint_html(mail_html(brief, mail=config()).html) == ()
    assert lint_message(parsed(brief)) == ()


def test_a_long_brief_loses_whole_stories_from_its_end_and_says_how_many():
    brief = long_brief(60)
    fitted = mail_html(brief, mail=config())
    assert len(fitted.html.encode()) < MAX_HTML
    kept = re.findall(r"Story number (\d+)</h3>", fitted.html)
    assert kept == [str(number) for number in range(60 - fitted.cut.stories)]
    assert 0 < fitted.cut.stories < 60
    assert fitted.cut.lines == 4 * fitted.cut.stories
    assert f"{fitted.cut.stories} more stories with {fitted.cut.lines} lines" in fitted.html
    assert ">Trade</h2>" not in fitted.html
    text = message_from_bytes(letter_for(brief, mail=config()).payload, policy=policy.default).get_body(("plain",))
    assert "Story number 59" in text.get_content()
    assert lint_html(fitted.html) == ()


def test_of_a_story_that_is_too_long_by_itself_as_many_lines_stay_as_fit():
    topics = tuple(replace(COLLISION.topics[0], id=f"t{number}") for number in range(300))
    sections = (Section(title="At sea", stories=(replace(COLLISION, topics=topics), COLLISION)),)
    fitted = mail_html(replace(SERIES_BRIEF, sections=sections), mail=config())
    assert 0.9 * MAX_HTML < len(fitted.html.encode()) < MAX_HTML
    assert (fitted.cut.stories, fitted.cut.within) == (1, True)
    assert len(COLLISION.topics) < fitted.cut.lines < 270
    assert f"<b>{fitted.cut.lines} more lines</b> did not fit" in fitted.html


def test_as_many_stories_stay_as_fit():
    brief = long_brief(9)
    asked = []

    def html_of(kept, cut):
        count = sum(len(section.stories) for section in kept.sections)
        asked.append(count)
        return f"<html><head></head><body>{'x' * 1000 * count}</body></html>"

    for limit, stays in ((10_000, 9), (9_039, 8), (4_500, 4), (500, 0)):
        fitted = fit(brief, html_of, limit=limit)
        assert fitted.cut.stories == 9 - stays, limit
    assert len(asked) < 30


def test_a_cut_mail_lists_only_the_sources_it_cites():
    shorter = first_lines(SERIES_BRIEF, len(SERIES_BRIEF.sections[0].stories[0].topics))
    assert [source.n for source in shorter.sources if source.n] == [1, 2, 3, 4]
    assert [section.title for section in shorter.sections] == ["At sea", "Weather"]
    assert first_lines(SERIES_BRIEF, 99).sections == SERIES_BRIEF.sections
    assert Cut() == fit(SERIES_BRIEF, lambda kept, cut: f"<p>{cut.stories}").cut


# --- the lint ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "rule", "client"),
    [
        ('<p style="display:flex">', "css-display-flex", "Outlook Windows"),
        ("<p style='width: calc(1px + 2%)'>", "css-unit-calc", "Outlook Windows"),
        ("<style>.a { margin: 1rem } </style>", "css-unit-rem", "Outlook Windows"),
        ("<style>@media print { a:hover { color: red } }</style>", "css-pseudo-class-hover", "Gmail iOS"),
        ("<style>/* a { } */ p { position: absolute }</style>", "css-position", "Gmail"),
        ("<p><bdi>x</bdi></p>", "html-bdi", "Gmail"),
        ('<a href="#t1">x</a>', "html-anchor-links", "Gmail iOS"),
        (f"<p>{'x' * MAX_HTML}</p>", "size", "Gmail"),
        (f"<style>{'p { color: red } ' * 1000}</style>", "style", "Gmail"),
        ('<img src="cid:a">', "alt", None),
        ('<img alt="" src="https://x.example/a.png">', "remote", None),
        ("<p style=\"color: red; background: url( 'http://x.example/a')\">", "remote", None),
        ('<table background="http://x.example/a">', "remote", None),
        ("<style>@import url(//x.example/a.css);</style>", "remote", None),
        ('<link rel="stylesheet" href="https://x.example/a.css">', "active", None),
        ("<script>1</script>", "active", None),
        ('<p onclick="1">', "active", None),
        ('<a href="brief.html">', "link", None),
    ],
)
def test_the_lint_names_what_is_wrong(html, rule, client):
    found = {finding.rule: finding for finding in lint_html(html)}
    assert rule in found
    assert client is None or client in found[rule].clients


@pytest.mark.parametrize(
    "html",
    [
        "<p style=\"margin: 0; color: #fff; font: bold 12px/14px Georgia, 'rem flex'\">calc(1rem) display:flex</p>",
        '<a href="https://x.example/#a">x</a><a href="mailto:a@x.example">y</a><img src="cid:a" alt="">',
        "<style>@media (prefers-color-scheme: dark) { .a { color: red !important } }</style>",
        "<!--[if mso]><p style='display:flex'><![endif]-->",
    ],
)
def test_the_lint_leaves_good_mail_alone(html):
    assert lint_html(html) == ()


def test_what_a_message_lacks_is_named():
    message = message_from_bytes(b"Subject: x\r\n\r\nonly text\r\n", policy=policy.default)
    found = {finding.message for finding in lint_message(message)}
    assert found >= {"has no From", "has no Message-ID", "has no HTML part"}


def test_each_excuse_is_for_a_feature_that_somebody_lacks():
    lacking = {feature.slug for feature in support().values() if feature.no}
    assert set(GRACEFUL) <= lacking


# --- in a browser -----------------------------------------------------------------------------------------------------


class TestInBrowser:
    pytestmark = in_browser

    def test_it_fits_a_phone_asks_for_nothing_and_axe_finds_nothing(self, tmp_path):
        file = tmp_path / "mail.html"
        file.write_text(mail_html(SERIES_BRIEF, mail=config()).html, encoding="utf-8")
        with browsing() as opened:
            for scheme, width, paper in (("light", 320, "rgb(253, 252, 249)"), ("dark", 600, "rgb(24, 22, 19)")):
                page = opened(file, scheme=scheme, size={"width": width, "height": 900}, bypass_csp=True)
                assert page.evaluate("document.documentElement.scrollWidth") == width
                assert page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor") == paper
                assert page.asked == [file.as_uri()]
            assert axe_faults(page) == []
