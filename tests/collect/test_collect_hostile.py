"""Hostile files end in plain words, quickly, and no file makes the reader open a socket."""

from __future__ import annotations

import random
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.collect import collect
from digest.collect.clean import clean_text
from digest.collect.credits import take_credits
from digest.collect.markdown import plain
from digest.config import SourceConfig

M = 1_000_000


def run(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    return collect([SourceConfig(path=name)], base=tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("line.txt", b"x" * (19 * M), "too many for one article"),
        ("tags.html", b"<html><body>" + b"<div>" * M + b"text" + b"</div>" * M, "nested more than"),
        ("open.html", b"<b>" * M, "nested more than"),
        ("many.html", b"<html><body>" + b"<i>a</i>" * 60_000, "more than 50,000 elements"),
        ("deep.json", b"[" * M, "nested too deep"),
        ("digits.json", b'{"text": "a", "date": ' + b"9" * 5000 + b"}", "a number is too long"),
        ("half.json", b'{"text": "a', "not valid JSON"),
        ("header.eml", b"From: " + b"(" * 3000 + b"\nSubject: x\n\nSix words of a short text.", "nested too deep"),
        ("noise.txt", random.Random(1).randbytes(M), "not a text file"),
        ("gif.html", b"GIF89a" + bytes(100), "not a text file"),
    ],
)
def test_each_ends_in_plain_words(tmp_path, name, content, words):
    collection = run(tmp_path, name, content)
    assert collection.articles == ()
    (failure,) = collection.failures
    assert failure.source == name
    assert words in failure.reason


def test_fifty_megabytes_are_refused_before_they_are_read(tmp_path):
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50 * M)
    (failure,) = collect([SourceConfig(path="big.txt")], base=tmp_path).failures
    assert failure.reason.startswith("is too large (50 MB")


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"name":', "}"), ('[{"rendered":', "}]")])
def test_deep_fields_of_json_and_of_a_pages_record_count_as_absent(tmp_path, opened, closed):
    # As deep as the parser of JSON itself goes along with.
    deep = f'{opened * 450}"x"{closed * 450}'
    fields = ", ".join(
        f'"{key}": {deep}' for key in ("headline", "author", "publisher", "url", "keywords", "dateCreated")
    )
    text = "The northern quay of Osmark was closed on Monday, the harbour council said."
    record = f'{{"@type": "NewsArticle", {fields}}}'
    page = f'<script type="application/ld+json">{record}</script><article><p>{text}</p></article>'
    for name, content in (
        ("a.json", f'{{"text": "{text}", {fields}}}'),
        ("a.html", f"<html><body>{page}</body></html>"),
    ):
        (article,) = run(tmp_path, name, content.encode()).articles
        assert (article.text, article.title, article.outlet, article.authors, article.tags) == (text, "", None, (), ())


def test_nul_bytes_are_taken_out(tmp_path):
    (article,) = run(
        tmp_path, "a.txt", b"The har\x00bour of Os\x00mark is shut\x07, the council\x1b said.\x00"
    ).articles
    assert article.text == "The harbour of Osmark is shut, the council said."


def test_markup_in_fields_stays_plain_text(tmp_path):
    content = b'{"title": "<script>alert(1)</script> [x](javascript:1)", "text": "Quay shut. 1 < 2 & 3 > 2.", "url": "javascript:1"}'
    (article,) = run(tmp_path, "a.json", content).articles
    assert article.link is None
    assert article.text == "Quay shut. 1 < 2 & 3 > 2."


def test_no_socket_is_opened(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    content = (
        b"<html><head><link rel='canonical' href='https://coast.example/q'><meta http-equiv='refresh' content='0;url=https://x.example'>"
        b"</head><body><iframe src='https://x.example'></iframe><img src='https://x.example/i.png'>"
        b"<p>The council of Osmark closed the northern quay on Monday, the harbour master said.</p></body></html>"
    )
    run(tmp_path, "first.html", content)  # what reads pages is imported now; some of it makes a socket at import
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert len(run(tmp_path, "a.html", content).articles) == 1
    assert len(run(tmp_path, "a.txt", b"https://x.example/feed").articles) == 1


TEXTS = st.text(alphabet=st.sampled_from("aB .,:;-•\n\t[]()*_#<>&|!?'\"…“”0279Thepostfirsn "), max_size=300)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_cleaning_adds_nothing_and_is_stable(text):
    once, _ = clean_text(text)
    assert clean_text(once)[0] == once
    assert set(once) <= set(text) | {" ", "-", "\n"}


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_credits_only_take_lines_out(text):
    credits = take_credits(text, header=True)
    assert len(credits.text) <= len(text) + 1
    assert "\x00" not in plain(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".html", ".json", ".jsonl", ".eml"]))
def test_no_bytes_at_all_make_it_raise(tmp_path, content, suffix):
    collection = run(tmp_path, f"a{suffix}", content)
    assert len(collection.failures) == (0 if collection.articles else 1)
