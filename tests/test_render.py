"""The renderers: golden files compared whole, and hostile words that stay words in every kind of output."""

import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from time import process_time
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digest.errors import RenderError
from digest.models import READ_REST, Failure, Reading, Section, Window
from digest.render import bundled_templates, render, render_file, template_kind
from digest.render.escape import markdown, markdown_link, plain, quote_link, web_link
from digest.render.filters import filters_of
from digest.render.moments import iso, moment, window_words
from digest.render.wording import (
    carriage,
    counted,
    differences,
    headline,
    labels,
    ledger_words,
    linkless,
    listed,
    notes,
    open_end,
    reading,
    subline,
    text_source,
)
from tests.samples import COLLISION, EMPTY_BRIEF, LEDGER, MOVED_BRIEF, PLAIN_BRIEF, SERIES_BRIEF

GOLDEN = Path(__file__).parent / "golden" / "render"
REWRITE = os.environ.get("DIGEST_REWRITE_GOLDEN") == "1"
TEMPLATES = ("brief.md.j2", "brief.html.j2", "brief.txt.j2", "prose.md.j2")
BRIEFS = {"series": SERIES_BRIEF, "plain": PLAIN_BRIEF, "empty": EMPTY_BRIEF, "moved": MOVED_BRIEF}
COMMONMARK = MarkdownIt("commonmark")
GFM = MarkdownIt("gfm-like", {"linkify": False})

# Characters that mean something somewhere, glued into text more often than chance would.
MARKUP = st.text(st.sampled_from("\\`*_{}[]()#+-.!|<>~$&:=/@%^\"' ab1\n\t;x\u00a0é"), max_size=40)
FOUND = st.sampled_from(
    [
        "[a](b)", "![a](b)", "<b>", "<!--", "</a>", "&lt;", "&#60;", "https://x.example", "www.x.example", "a@b.c",
        "1. a", "- a", "# a", "> a", "***", "```", "~~a~~", "__a__", "a_b_c", "[x]: y", "[x][y]", "$5 and $6", "===",
        "[the port] said", "| a | b |", "\\", "\u202e", "\x00", "\x1b[31m", ":tada:", "[ ] a", "[^1]", "<a\n>",
    ]
)  # fmt: skip
TEXTS = st.one_of(MARKUP, st.text(max_size=40), st.lists(st.one_of(FOUND, MARKUP), max_size=4).map("".join))


# --- golden files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", BRIEFS)
def test_the_whole_output(name, template):
    """Rewrite the golden files with DIGEST_REWRITE_GOLDEN=1, and read the difference before committing it."""
    file = GOLDEN / f"{name}.{template.removesuffix('.j2')}"
    text = render(BRIEFS[name], template)
    if REWRITE:
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", BRIEFS)
def test_no_ragged_white_space(name, template):
    text = render(BRIEFS[name], template)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert "None" not in text
    if template != "brief.md.j2":  # there two spaces at a line's end are a line break
        assert not re.search(r"[ \t]\n", text.replace("\n-- \n", "\n"))


# --- Markdown -------------------------------------------------------------------------------------------------------


def _inline(parser, text):
    """(block types, inline types, the visible text) of a Markdown text."""
    tokens = parser.parse(text)
    children = [child for token in tokens for child in (token.children or ())]
    return [token.type for token in tokens], {child.type for child in children}, "".join(c.content for c in children)


@settings(deadline=None, max_examples=25)
@given(TEXTS)
@pytest.mark.parametrize("parser", [COMMONMARK, GFM], ids=["commonmark", "gfm"])
@pytest.mark.parametrize("place", ["{}", "- {}", "# {}", "### {}", "1. {}", "- x {}", "{} x", "- **Updated** {}. x"])
def test_markdown_reads_as_exactly_the_text(parser, place, text):
    escaped = markdown(text)
    if not escaped:
        return
    blocks, inlines, seen = _inline(parser, place.format(escaped))
    assert inlines <= {"text", "text_special", "strong_open", "strong_close"}
    assert blocks == _inline(parser, place.format("word"))[0]
    assert seen == place.format("\x00").lstrip("-#1. ").replace("**", "").replace("\x00", plain(text))


@settings(deadline=None)
@given(TEXTS)
@pytest.mark.parametrize("parser", [COMMONMARK, GFM], ids=["commonmark", "gfm"])
def test_the_text_of_a_markdown_link_stays_inside_it(parser, text):
    if not plain(text):
        return
    _, inlines, seen = _inline(parser, f"- a [{markdown(text)}](<https://x.example>) · b")
    assert inlines <= {"text", "text_special", "link_open", "link_close"}
    assert seen == f"a {plain(text)} · b"


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_texts_beside_each_other_make_no_markup_together(texts):
    line = " ".join(markdown(text) for text in texts)
    _, inlines, _ = _inline(GFM, f"- a {line} [1](<https://x.example>) end")
    assert inlines <= {"text", "text_special", "link_open", "link_close"}


@pytest.mark.parametrize(
    "text",
    [
        "Osmark port will stay closed until Friday, [the harbour authority] said.",
        "It cost $5 million (up 3.5% - a record) & more than $4 million in 2024.",
        "“At least 40” hurt; all 212 are safe: the ferry’s owner, A-Lines, said so at 10:30!?",
        "port_authority_9 and x < 4 > 3 + 2 = 5",
    ],
)
def test_ordinary_prose_is_left_as_it_is(text):
    assert markdown(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. A list?", r"1\. A list?"),
        ("# A heading?", r"\# A heading?"),
        ("[free](javascript:alert(1))", r"\[free\](javascript:alert(1))"),
        ("[1]", r"\[1\]"),
        ("see https://evil.example", r"see https\://evil.example"),
        ("<img src=x>", r"\<img src=x>"),
        ("AT&amp;T", r"AT\&amp;T"),
        ("a\n\n- b", "a - b"),
        ("www.evil.example", r"www\.evil.example"),
        ("write to me@evil.example", r"write to me\@evil.example"),
        ("==marked== and %%hidden%%", r"\=\=marked\=\= and \%\%hidden\%\%"),
        (":tada: at 10:30:45", r"\:tada: at 10:30:45"),
        ("costs US$5 and $6", r"costs US\$5 and $6"),
        ("Stop!", r"Stop\!"),
        ("[[a page]] [^1] [ ] ![x]", r"\[\[a page\]\] \[^1\] \[ \] \!\[x\]"),
        ("see [the port](x) and [a][b]", r"see \[the port\](x) and \[a\]\[b\]"),
    ],
)
def test_markup_is_escaped(text, escaped):
    assert markdown(text) == escaped


@settings(deadline=None)
@given(TEXTS)
def test_a_link_right_after_the_text_stays_a_link(text):
    _, inlines, seen = _inline(GFM, f"- a {markdown(text)}[1](<https://x.example>)")
    assert inlines == {"text", "link_open", "link_close"} | (inlines & {"text_special"})
    assert seen == f"a {plain(text)}1" if plain(text) else "a 1"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_a_markdown_destination_is_one_link(path):
    address = web_link(f"https://x.example/{path}")
    if address is None:
        return
    _, inlines, seen = _inline(COMMONMARK, f"a [1]({markdown_link(address)}) b")
    assert inlines == {"text", "link_open", "link_close"}
    assert seen == "a 1 b"


@pytest.mark.parametrize("unit", ["[", "[a", "[a] ", "&a", ":a", "*", "a" * 50, "=", "\u202e", " ", "1"])
def test_hostile_input_takes_time_in_step_with_its_length(unit):
    def seconds(length):
        start = process_time()
        markdown(unit * (length // len(unit)))
        return process_time() - start

    # A quadratic pattern would take 400 times as long; 100 leaves room for a busy machine.
    assert min(seconds(80_000) for _ in range(2)) < 100 * max(min(seconds(4_000) for _ in range(3)), 1e-4)


# --- links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "safe"),
    [
        ("https://x.example/a?b=c&d=%20#e", "https://x.example/a?b=c&d=%20#e"),
        (" HTTP://x.example/ ", "http://x.example/"),
        ("https://x.example/a b<c>\"'`{}|\\^", "https://x.example/a%20b%3Cc%3E%22'%60%7B%7D%7C%5C%5E"),
        ("https://x.example/é", "https://x.example/%C3%A9"),
        ("https://x.example/\ud800", "https://x.example/?"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("JAVASCRIPT://x.example/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//x.example/a", None),
        ("x.example", None),
        ("https://", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_links_are_links(link, safe):
    assert web_link(link) == safe


@settings(deadline=None)
@given(st.text(max_size=60))
def test_a_web_link_is_plain_ascii_without_room_for_markup(text):
    for link in (text, f"https://{text}", f"https://x.example/{text}"):
        address = web_link(link)
        assert address is None or re.fullmatch(r"https?://[A-Za-z0-9%/:?#\[\]@!$&'()*+,;=~._-]+", address)


@pytest.mark.parametrize(
    ("link", "quotes", "end"),
    [
        ("https://x.example/a", ["A well-known, old & dear ship"],
         "a#:~:text=A%20well%2Dknown%2C%20old%20%26%20dear%20ship"),
        ("https://x.example/a#top", ["It sank."], "a#top:~:text=It%20sank."),
        ("https://x.example/a#:~:text=other", ["It sank."], "a#:~:text=It%20sank."),
        ("https://x.example/a#", ["It sank."], "a#:~:text=It%20sank."),
        ("https://x.example/a", ["It sank.", "It rose."], "a#:~:text=It%20sank.&text=It%20rose."),
        ("https://x.example/a", ["one two three four five six seven eight nine ten eleven twelve thirteen"],
         "a#:~:text=one%20two%20three%20four%20five,nine%20ten%20eleven%20twelve%20thirteen"),
        ("https://x.example/a", ["é" * 600], "a"),
        ("https://x.example/a", [], "a"),
    ],
)  # fmt: skip
def test_a_link_opens_at_its_quotes(link, quotes, end):
    assert quote_link(link, quotes) == f"https://x.example/{end}"


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text("ab-,&é \n", min_size=1, max_size=12).filter(str.strip), min_size=13, max_size=30))
def test_a_long_quote_is_named_by_whole_words_of_it(words):
    quote = " ".join(words)
    link = quote_link("https://x.example/", [quote])
    assert link is not None
    start, end = link.partition(":~:text=")[2].split(",")
    said = " ".join(quote.split())
    assert said.startswith(unquote(start) + " ")
    assert said.endswith(" " + unquote(end))
    assert "-" not in start + end


def test_no_link_no_quote_link():
    assert quote_link(None, ["It sank."]) is None
    assert quote_link("javascript:alert(1)", ["It sank."]) is None


# --- words ----------------------------------------------------------------------------------------------------------


def test_the_title_line():
    assert headline(SERIES_BRIEF) == "Strait watch · day 118"
    assert headline(PLAIN_BRIEF) == "Daily brief"
    assert SERIES_BRIEF.series is not None
    long = replace(SERIES_BRIEF, series=replace(SERIES_BRIEF.series, number=1224))
    assert headline(long) == "Strait watch · day 1,224"


def test_the_line_below_the_title():
    assert subline(SERIES_BRIEF) == (
        "Wednesday 4 March 2026 · since Tuesday 06:00 (Europe/Oslo) · 29 articles from 9 outlets, 22 origins"
    )
    overlapping = replace(SERIES_BRIEF, ledger=replace(SERIES_BRIEF.ledger, older=4))
    assert "· 29 articles (4 older) from 9 outlets," in subline(overlapping)
    assert subline(PLAIN_BRIEF) == "Wednesday 4 March 2026 · until 06:00 (UTC) · 1 article from 1 outlet, 1 origin"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(hours=24), "since Tuesday 06:00 (UTC)"),
        (timedelta(days=6), "since Thursday 06:00 (UTC)"),
        (timedelta(days=7), "since 25 February 06:00 (UTC)"),
        (timedelta(days=90), "since 4 December 2025 06:00 (UTC)"),
    ],
)
def test_the_window_is_never_ambiguous(before, words):
    until = datetime(2026, 3, 4, 6, tzinfo=UTC)
    assert window_words(replace(PLAIN_BRIEF, window=Window(since=until - before, until=until, timezone="UTC"))) == words


def test_an_end_on_another_day_than_the_brief_is_named():
    late = replace(PLAIN_BRIEF, date=date(2026, 3, 3))
    assert window_words(late) == "until 4 March 06:00 (UTC)"


def test_times_are_in_the_readers_zone():
    assert moment(datetime(2026, 3, 3, 23, 50, tzinfo=UTC), SERIES_BRIEF) == "4 Mar 00:50"
    assert moment(datetime(2025, 7, 3, 23, 50, tzinfo=UTC), SERIES_BRIEF) == "4 Jul 2025 01:50"
    assert moment(None, SERIES_BRIEF) == "undated"


def test_a_day_without_a_time_is_told_as_a_day():
    assert moment(datetime(2026, 3, 3, tzinfo=UTC), SERIES_BRIEF) == "3 Mar"
    assert iso(datetime(2026, 3, 3, tzinfo=UTC), SERIES_BRIEF) == "2026-03-03"
    assert moment(datetime(2026, 3, 2, 23, tzinfo=UTC), SERIES_BRIEF) == "3 Mar"  # midnight in Oslo


@pytest.mark.parametrize(
    ("outlets", "origins", "words"),
    [
        (6, 3, "6 outlets, 3 origins"),
        (5, 1, "5 outlets, one origin"),
        (2, 2, "2 origins"),
        (1, 1, "one origin"),
        (1, 3, "one outlet, 3 origins"),
        (0, 2, "2 origins"),
    ],
)
def test_how_many_report_it(outlets, origins, words):
    assert carriage(replace(COLLISION.topics[0], outlets=outlets, origins=origins)) == words


def test_files_that_do_not_name_their_outlet_are_sources():
    line = COLLISION.topics[0].line
    line = replace(line, citations=(replace(line.citations[0], outlet=None), *line.citations[1:]))
    assert carriage(replace(COLLISION.topics[0], line=line, outlets=6, origins=3)) == "6 sources, 3 origins"


def test_a_title_that_stands_for_an_outlet_is_quoted():
    [one] = [source for source in SERIES_BRIEF.sources if source.n == 4]
    assert labels([4], SERIES_BRIEF) == (f"“{one.title}”",)
    assert text_source(one, SERIES_BRIEF).startswith("“Rescue chief")


@pytest.mark.parametrize(
    ("linked", "words"),
    [
        ((1, 2, 3, 4, 5, 6), ""),
        ((1, 2, 3, 5, 6), "Source 4 has no link; its text is kept in sources.jsonl."),
        ((1, 2), "Sources 3, 4, 5 and 6 have no links; their texts are kept in sources.jsonl."),
        ((), "The sources have no links; their texts are kept in sources.jsonl."),
    ],
)
def test_sources_without_a_link_are_named(linked, words):
    sources = tuple(
        replace(one, link="https://x.example/" if one.n in linked else None) for one in SERIES_BRIEF.sources
    )
    brief = replace(SERIES_BRIEF, sources=sources)
    assert linkless(brief) == words
    assert words in render(brief, "brief.md.j2")


def test_a_number_without_a_link_of_its_own_leads_to_the_sources():
    page = render(SERIES_BRIEF, "brief.md.j2")
    assert "[4](<#sources>)" in page
    assert "\n## Sources\n" in page


@pytest.mark.parametrize(
    ("party", "words"),
    [
        ("Norra Lines", "claimed by Norra Lines"),
        ("The finance ministry", "claimed by the finance ministry"),
        ("The Tideline", "claimed by The Tideline"),
        ("Anders Ask", "claimed by Anders Ask"),
        ("A spokeswoman", "claimed by a spokeswoman"),
    ],
)
def test_whose_claim_it_is(party, words):
    line = replace(COLLISION.topics[0].line, claimed_by=party)
    assert notes(replace(COLLISION.topics[0], line=line)) == (words, "6 outlets, 3 origins")


def test_differences_say_who_says_what():
    assert differences(COLLISION.topics[0], SERIES_BRIEF) == (
        "Differs: injured 35 (Coast Radio, Meridian Post), “at least 40” (Daily Ledger)."
    )
    assert differences(COLLISION.topics[1], SERIES_BRIEF) == ""


def test_a_unit_that_is_a_word_stands_in_the_plural():
    assert reading(Reading(value="almost seven", unit="hour", n=(1,))) == "“almost seven hours”"
    assert [reading(Reading(value=v, unit=u, n=(1,))) for v, u in (("35", "km"), ("one", "hour"), ("6", "foot"))] == [
        "35 km", "one hour", "6 feet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("35", "35"),
        ("fourteen", "fourteen"),
        ("some 60", "“some 60”"),
        ("no fewer than 60", "“no fewer than 60”"),
        ("no one is missing", "none"),
        ("all 212 passengers of the ferry have been accounted for", "none"),
    ],
)
def test_a_count_of_nobody_is_none_and_a_single_word_needs_no_quotation_marks(value, shown):
    assert reading(Reading(value=value, unit=None, n=(1,))) == shown


def test_plurals_and_lists():
    assert [counted(n, "copy") for n in (0, 1, 2, 1224)] == ["0 copies", "1 copy", "2 copies", "1,224 copies"]
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B"]) == "A and B"
    assert listed(["A", "B", "C"]) == "A, B and C"


def test_the_ledger_in_words():
    assert ledger_words(LEDGER) == (
        "Read 31 articles: 9 copies folded, 2 outside the window, 1 without a date, 1 only a teaser. "
        "“Harbour Times” failed (timeout). “photos/<osmark>.png” and “photos/quay.png” failed (not text). "
        "11 topics fell below the cut."
    )
    quiet = replace(LEDGER, copies=0, off_window=0, undated=0, stubs=0, below_cut=0, failures=())
    assert ledger_words(quiet) == "Read 31 articles."
    one = replace(quiet, articles=1, below_cut=1, failures=(Failure(source="a", reason="b"),))
    assert ledger_words(one) == "Read 1 article. “a” failed (b). One topic fell below the cut."
    partly = replace(one, below_cut=0, failures=(Failure(source="a.jsonl", reason=f"line 2 is torn; {READ_REST}"),))
    assert ledger_words(partly) == "Read 1 article. “a.jsonl”: line 2 is torn; the others are read."
    assert ledger_words(replace(quiet, foreign=2)) == "Read 31 articles: 2 not in English."
    assert ledger_words(replace(quiet, mute=2)) == "Read 31 articles. 2 topics had no sentence that can stand alone."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port is closed.", ("The port is closed", True)),
        ("It left for the U.S.", ("It left for the U.S.", True)),
        ("He asked: “Why?”", ("He asked: “Why?”", False)),
        ("She said: “It is closed.”", ("She said: “It is closed.”", False)),
        ("No stop", ("No stop", True)),
        ("Wait...", ("Wait...", False)),
    ],
)
def test_where_a_sentence_can_go_on(text, expected):
    assert open_end(text) == expected


def test_prose_credits_only_the_outlets_it_cites():
    text = render(SERIES_BRIEF, "prose.md.j2")
    denial = next(part for part in text.split(". ") if part.startswith("The tanker’s owner"))
    assert "([Meridian Post](" in denial
    assert "Coast Radio" not in denial
    assert "Daily Ledger" not in denial


# --- templates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("brief.html.j2", "html"),
        ("x.HTM.J2", "html"),
        ("feed.xml.j2", "html"),
        ("brief.md.j2", "md"),
        ("notes.markdown", "md"),
        ("brief.txt.j2", "txt"),
        ("_style.css.j2", "txt"),
        ("mine", "txt"),
    ],
)
def test_a_templates_name_tells_its_kind(name, kind):
    assert template_kind(name) == kind


def test_a_users_template_overrides_by_name_and_shares_the_rest(tmp_path):
    (tmp_path / "brief.md.j2").write_text("mine: {{ brief.title }}", encoding="utf-8")
    assert render(SERIES_BRIEF, "brief.md.j2", templates=tmp_path) == "mine: Strait watch"
    assert render(SERIES_BRIEF, "brief.txt.j2", templates=tmp_path) == render(SERIES_BRIEF, "brief.txt.j2")


def test_a_users_style_is_used_by_our_page(tmp_path):
    (tmp_path / "_style.css.j2").write_text("body { color: teal }", encoding="utf-8")
    page = render(SERIES_BRIEF, "brief.html.j2", templates=tmp_path)
    assert "body { color: teal }" in page
    assert "--paper" not in page


@pytest.mark.parametrize(
    ("name", "printed"), [("my.html.j2", "&lt;b&gt; *x*"), ("my.md.j2", r"\<b> \*x\*"), ("my.txt.j2", "<b> *x*")]
)
def test_a_users_template_escapes_without_asking(tmp_path, name, printed):
    file = tmp_path / name
    file.write_text("{% macro m(t) %}({{ t }}){% endmacro %}{{ m(brief.title) }}{{ ', ' }}{{ none }}", encoding="utf-8")
    assert render_file(replace(SERIES_BRIEF, title=" <b>\x1b\n*x*\u202e "), file) == f"( {printed} ), "


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            "one\n{{ brief.titel }}\n",
            "my.md.j2, line 2: UndefinedError: 'digest.models.brief.Brief object' has no attr",
        ),
        ("{{ bref.title }}", "my.md.j2, line 1: UndefinedError: 'bref' is undefined"),
        ("one\n\n{% for x in %}\n", "my.md.j2, line 3: TemplateSyntaxError: Expected an expression"),
        ("\n{% if x %}", "my.md.j2, line 2: TemplateSyntaxError: Unexpected end of template."),
        ("{{ 1 / 0 }}", "my.md.j2, line 1: ZeroDivisionError: division by zero"),
        ("{{ brief | headlin }}", "my.md.j2, line 1: TemplateAssertionError: No filter named 'headlin'"),
        (
            "\n{% include 'gone.j2' %}",
            "my.md.j2, line 2: there is no template 'gone.j2', neither beside it nor bundled",
        ),
        ("a\nb\n{% include 'part.j2' %}", "part.j2, line 2: "),
    ],
)
def test_a_wrong_template_is_told_with_its_line(tmp_path, source, told):
    (tmp_path / "my.md.j2").write_text(source, encoding="utf-8")
    (tmp_path / "part.j2").write_text("fine\n{{ nonsense }}", encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render_file(SERIES_BRIEF, tmp_path / "my.md.j2")
    assert str(caught.value).startswith(told)


def test_a_missing_template_or_folder_is_told(tmp_path):
    with pytest.raises(RenderError, match=r"nothing\.j2: there is no template 'nothing\.j2'"):
        render(SERIES_BRIEF, "nothing.j2")
    with pytest.raises(RenderError, match="is not a folder"):
        render(SERIES_BRIEF, "brief.md.j2", templates=tmp_path / "gone")
    with pytest.raises(RenderError, match="there is no such file"):
        render_file(SERIES_BRIEF, tmp_path / "gone.md.j2")


def test_a_template_that_is_not_utf8_is_told(tmp_path):
    (tmp_path / "my.md.j2").write_bytes(b"caf\xe9")
    with pytest.raises(RenderError, match=r"my\.md\.j2"):
        render_file(SERIES_BRIEF, tmp_path / "my.md.j2")


def test_the_page_on_templates_names_every_filter_and_its_example_works(tmp_path):
    page = (Path(__file__).parents[1] / "docs" / "templates.md").read_text(encoding="utf-8")
    table = page.partition("## Filters")[2].partition("## A small example")[0]
    named = set(re.findall(r"`(\w+)(?:\([^`]*\))?`", table))
    assert set(filters_of(SERIES_BRIEF)) <= named
    example = page.partition("```jinja\n")[2].partition("```")[0]
    (tmp_path / "example.md.j2").write_text(example, encoding="utf-8")
    assert "[Coast Radio](<https://coast-radio.example/" in render_file(SERIES_BRIEF, tmp_path / "example.md.j2")


def test_every_bundled_template_is_where_it_should_be():
    assert {file.name for file in bundled_templates().glob("*.md.j2")} >= {"brief.md.j2", "prose.md.j2"}


# --- the page -------------------------------------------------------------------------------------------------------

VOID = {"meta", "link", "br", "hr", "img", "input"}
NOT_IN_TEXT = {"div", "p", "ul", "ol", "li", "details", "blockquote", "section", "h1", "h2", "h3"}


class Page(HTMLParser):
    """Checks the structure as it reads: balanced tags, unique ids, known targets, no block inside text."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert not (tag in NOT_IN_TEXT and {"p", "span", "bdi", "b", "summary"} & set(self.open)), (tag, self.open)
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        assert len({name for name, _ in attrs}) == len(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", BRIEFS)
def test_the_page_is_well_formed_and_asks_for_nothing(name):
    page = Page(render(BRIEFS[name], "brief.html.j2"))
    assert len(set(page.ids)) == len(page.ids)
    assert not any(re.search(r"\s", value) for value in page.ids)
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "form", "base"}
    assert not any(key.startswith("on") for _, attrs in page.tags for key in attrs)
    assert all(attrs["href"] == "data:," for tag, attrs in page.tags if tag == "link")
    links = [attrs["href"] or "" for tag, attrs in page.tags if tag == "a"]
    assert all(re.match(r"https?://|\.\./[\w-]+/brief\.html\Z", link) for link in links)


def test_topics_stories_and_sources_have_stable_ids():
    page = Page(render(SERIES_BRIEF, "brief.html.j2"))
    assert {"t1", "t2", "t6", "s1", "s3", "source-1", "source-6"} <= set(page.ids)


@settings(deadline=None, max_examples=15)
@given(TEXTS)
def test_no_text_changes_the_structure_of_the_page(text):
    def hostile(topic):
        citation = replace(topic.line.citations[0], quote=text, outlet=text, link=text)
        return replace(topic, line=replace(topic.line, text=text, citations=(citation,), claimed_by=text))

    story = replace(COLLISION, title=text, topics=tuple(map(hostile, COLLISION.topics)))
    brief = replace(
        PLAIN_BRIEF,
        title=text,
        sections=(Section(title="A", stories=(story,)),),
        sources=tuple(replace(one, title=text, label=text, carrier=text) for one in PLAIN_BRIEF.sources),
    )
    allowed = {
        "html", "head", "meta", "title", "link", "style", "body", "header", "main", "footer", "section", "div", "p",
        "h1", "h2", "h3", "ul", "ol", "li", "details", "summary", "blockquote", "span", "bdi", "b", "a", "time", "code",
    }  # fmt: skip
    page = Page(render(brief, "brief.html.j2"))
    assert {tag for tag, _ in page.tags} <= allowed
    assert sum(tag == "li" for tag, _ in page.tags) == len(story.topics) + 6 + 1 + 2
