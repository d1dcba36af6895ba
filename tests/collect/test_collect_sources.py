"""Folders, patterns and single files to articles; what fails is named and stops nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.collect import collect
from digest.collect.outcome import Outcome
from digest.config import SourceConfig

BODY = (
    "The harbour council of Osmark closed the northern quay on Monday after divers found cracks in its piles. "
    "Repairs will take three weeks, the harbour master Ada Holm said.\n\n"
    "Two ferries will sail from Lindvik instead."
)


@pytest.fixture
def gather(tmp_path):
    def run(*sources, **keys):
        configs = [SourceConfig(path=path, **keys) for path in sources] or [SourceConfig(path="in", **keys)]
        return collect(configs, base=tmp_path)

    return run


def write(tmp_path, name, content):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_a_folder_gives_the_articles_of_every_format(tmp_path, gather):
    write(tmp_path, "in/a.txt", f"Osmark quay closed\n\n{BODY}")
    write(tmp_path, "in/deep/er/b.md", f"---\ntitle: Quay shut\noutlet: Coast Radio\n---\n\n{BODY} Radio said so.")
    write(
        tmp_path, "in/c.json", json.dumps({"title": "Quay", "text": BODY + " A third text.", "outlet": "Meridian Post"})
    )
    write(
        tmp_path,
        "in/d.jsonl",
        "\n".join(json.dumps({"headline": f"No {n}", "body": f"{BODY} Line {n}."}) for n in (1, 2)),
    )
    write(
        tmp_path,
        "in/e.html",
        f"<html><head><title>Quay</title></head><body><article><p>{BODY}</p></article></body></html>",
    )
    write(tmp_path, "in/f.eml", f"From: Ada <a@x.example>\nSubject: Quay news\n\n{BODY} By mail.")
    collection = gather()
    assert collection.failures == ()
    assert {article.source for article in collection.articles} == {
        "in/a.txt", "in/deep/er/b.md", "in/c.json", "in/d.jsonl#1", "in/d.jsonl#2", "in/e.html", "in/f.eml",
    }  # fmt: skip
    assert [a.id for a in collection.articles] == sorted(a.id for a in collection.articles)
    assert all("northern quay on Monday" in article.text for article in collection.articles)


def test_the_sources_settings_win_over_the_files_own(tmp_path, gather):
    write(tmp_path, "in/b.md", f"---\ntitle: Own\noutlet: Own Outlet\ndate: 2025-01-01\n---\n{BODY}")
    (article,) = gather(
        "in/b.md", outlet="Set", title="Set title", link="https://x.example/a", published="2025-07-02T08:00:00+02:00",
        lang="en_GB", carrier="Newsbox",
    ).articles  # fmt: skip
    assert (article.outlet, article.title, article.link, article.carrier) == (
        "Set",
        "Set title",
        "https://x.example/a",
        "Newsbox",
    )
    assert article.published == datetime(2025, 7, 2, 6, tzinfo=UTC)
    assert article.lang == "en-GB"


def test_one_bad_file_becomes_a_failure_and_the_rest_is_read(tmp_path, gather):
    write(tmp_path, "in/good.txt", BODY)
    write(tmp_path, "in/empty.txt", "")
    write(tmp_path, "in/blank.md", "\n  \n")
    write(tmp_path, "in/bad.json", "{not json")
    write(tmp_path, "in/picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    collection = gather()
    assert len(collection.articles) == 1
    reasons = {failure.source: failure.reason for failure in collection.failures}
    assert reasons["in/empty.txt"] == reasons["in/blank.md"] == "is empty"
    assert "not valid JSON" in reasons["in/bad.json"]
    assert "not a text file" in reasons["in/picture.txt"]


def test_what_digest_wrote_itself_is_not_read(tmp_path, gather):
    write(tmp_path, "in/a.txt", f"Osmark quay closed\n\n{BODY}")
    for name in ("in/outputs/2026-03-04/brief.json", "in/outputs/2026-03-04/sources.jsonl", "in/site/archive.js"):
        write(tmp_path, name, "{}")
    for name in ("in/outputs/2026-03-04/brief.md", "in/site/issues.atom", "in/site/2026-03-04/brief.html"):
        write(tmp_path, name, f"Osmark quay closed\n\n{BODY}")
    collection = gather("in")
    assert [article.source for article in collection.articles] == ["in/a.txt"]
    assert collection.failures == ()
    assert gather("in/outputs").failures[0].reason == "holds only what digest wrote, which is no article"


def test_missing_paths_and_folders_without_articles_are_failures(tmp_path, gather):
    write(tmp_path, "pictures/a.png", b"\x89PNG")
    write(tmp_path, "pictures/b.JPG", b"\xff\xd8\xff")
    (tmp_path / "void").mkdir()
    failures = gather("pictures", "void", "nowhere", "no/*.txt").failures
    reasons = {failure.source: failure.reason for failure in failures}
    assert reasons["pictures"].startswith("no readable article: 2 files of types that are not read (.jpg, .png)")
    assert reasons["void"] == "the folder is empty"
    assert reasons["nowhere"] == "there is no such file or folder"
    assert reasons["no/*.txt"] == "no file matches this pattern"


@pytest.mark.parametrize("content", [b"\xde\xad\xbe\xef", b"\xff\xfe\x00\x01", b"\xe9\xe8\xe0 \xf6\xe4", b"Later."])
def test_a_few_stray_bytes_are_no_article(tmp_path, gather, content):
    write(tmp_path, "in/a.txt", content)
    assert [(one.source, one.reason) for one in gather("in").failures] == [("in/a.txt", "holds no article text")]


def test_names_are_never_absolute(tmp_path):
    elsewhere = tmp_path / "elsewhere" / "news"
    write(elsewhere, "x/a.txt", BODY)
    write(elsewhere, "x/b.txt", "")
    base = tmp_path / "base"
    base.mkdir()
    collection = collect([SourceConfig(path=str(elsewhere)), SourceConfig(path=str(tmp_path / "gone"))], base=base)
    assert [article.source for article in collection.articles] == ["news/x/a.txt"]
    assert [failure.source for failure in collection.failures] == ["gone", "news/x/b.txt"]


def test_the_same_article_twice_is_one(tmp_path, gather):
    write(tmp_path, "in/a.txt", BODY)
    write(tmp_path, "in/b.txt", BODY)
    write(tmp_path, "in/c.txt", f"Another {BODY}")
    collection = gather()
    article, _ = sorted(collection.articles, key=lambda one: one.source)
    assert article.source == "in/a.txt"
    assert collection.again == {article.id: ("in/b.txt",)}


def test_what_a_page_gives_only_when_it_has_changed_is_not_counted_as_found_again(tmp_path, gather, monkeypatch):
    write(tmp_path, "in/a.txt", f"Osmark quay closed\n\n{BODY}")
    [article] = gather().articles
    fetched = replace(article, source="https://quay.example/a")
    outcome = Outcome(label="quay.example", address="https://quay.example/a", articles=(fetched,))
    monkeypatch.setattr("digest.collect.sources.read_elsewhere", lambda *_, **__: (outcome,))
    collection = gather()
    assert collection.articles == (fetched,)
    assert collection.again == {}


def test_the_closest_source_decides_for_a_file_that_several_name(tmp_path):
    write(tmp_path, "in/a.txt", BODY)
    sources = [
        SourceConfig(path="in/a.txt", outlet="File"),
        SourceConfig(path="in", outlet="Folder"),
        SourceConfig(path="in/*.txt"),
    ]
    (article,) = collect(sources, base=tmp_path).articles
    assert article.outlet == "File"


def test_hidden_files_are_passed_over(tmp_path):
    write(tmp_path, "in/.hidden.txt", BODY)
    write(tmp_path, "in/.git/a.txt", BODY)
    write(tmp_path, "in/z.txt", BODY)
    collection = collect([SourceConfig(path="in")], base=tmp_path)
    assert [article.source for article in collection.articles] == ["in/z.txt"]


def test_too_large_a_file_is_refused_by_its_size(tmp_path, gather, monkeypatch):
    monkeypatch.setattr("digest.collect.one_file.MAX_FILE_BYTES", 2_000_000)
    write(tmp_path, "in/a.txt", b"x" * 3_000_000)
    (failure,) = gather().failures
    assert failure.reason == "is too large (3 MB; the limit is 2 MB): split it"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://x.example/a b", 'http://x/"onclick'],
)
def test_links_that_no_browser_should_follow_are_dropped(tmp_path, gather, link):
    write(tmp_path, "in/a.json", json.dumps({"text": BODY, "link": link}))
    (article,) = gather().articles
    assert article.link is None


def test_files_that_are_not_read_are_named_and_pictures_are_not(tmp_path, gather):
    write(tmp_path, "in/a.txt", BODY)
    for name in ("plan.zip", "b.PDF", "c.csv", "d.rtf", "photo.png", ".hidden.pdf", "digest.toml", "digest.sqlite-wal"):
        write(tmp_path, f"in/{name}", b"bytes")
    collection = gather("in")
    assert len(collection.articles) == 1
    reason = "digest reads no such files; save it as text, Markdown or HTML"
    assert [(one.source, one.reason) for one in collection.failures] == [
        ("in/b.PDF", reason), ("in/c.csv", reason), ("in/d.rtf", f"{reason}; so with 1 more"),
    ]  # fmt: skip


def test_settings_for_one_article_are_not_given_to_a_folders_files(tmp_path, gather):
    write(tmp_path, "in/a.txt", f"Own title\n\n{BODY}")
    (article,) = gather(
        "in", title="Set", link="https://x.example/", published="2025-07-02", outlet="Set Outlet"
    ).articles
    assert (article.title, article.link, article.published) == ("Own title", None, None)
    assert article.outlet == "Set Outlet"


def test_the_names_of_files_are_printable(tmp_path, gather):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a\nb\x1b[31m\udce9.txt").write_text(BODY, encoding="utf-8")
    (article,) = gather().articles
    assert article.source == "in/a?b?[31m?.txt"


def test_an_impossible_path_is_a_failure(gather):
    assert [f.reason for f in gather("x" * 5000).failures] == ["cannot be read (File name too long)"]


def test_fields_and_texts_hold_no_half_characters(tmp_path, gather):
    text = BODY.replace("\n", " ") + " \\udfff"
    write(
        tmp_path,
        "in/a.json",
        f'{{"title": "Quay \\ud800 shut", "text": "{text}", "lang": "en-<b>", "tags": ["\\ud801x"]}}',
    )
    (article,) = gather().articles
    assert "�" in article.title
    assert article.lang == "en"
    for text in (article.title, article.text, *article.tags):
        text.encode("utf-8")


def test_the_order_of_sources_changes_nothing(tmp_path):
    for name in "abc":
        write(tmp_path, f"{name}/x.txt", f"{BODY} Version {name}.")
        write(tmp_path, f"{name}/copy.txt", BODY)
    sources = [SourceConfig(path=name) for name in "abc"]
    assert collect(sources, base=tmp_path) == collect(sources[::-1], base=tmp_path)


def test_a_link_that_leads_nowhere_is_named(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "in" / "gone.png").symlink_to(tmp_path / "nowhere")
    [failure] = collect([SourceConfig(path="in")], base=tmp_path).failures
    assert (failure.source, failure.reason) == ("in/gone.txt", "is a link that leads nowhere, or no file")


def test_a_nameless_article_is_called_by_its_file_without_the_way_to_it(tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.jsonl").write_text('{"text": "The quay of Osmark was closed on Monday, the council said."}')
    (tmp_path / "brief").mkdir()
    [article] = collect([SourceConfig(path="../news")], base=tmp_path / "brief").articles
    assert (article.source, article.label) == ("../news/a.jsonl#1", "news/a.jsonl#1")
