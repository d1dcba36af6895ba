"""The commands as a person types them, with a tiny model in the packaged one's place."""

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.cli.explained import explained, remark
from digest.config import Config, EmbeddingsConfig
from digest.models import Change, Entry, Line
from digest.topics.features import FEATURES
from digest.trace import TracedStatement, TracedTopic

ARTICLES = {
    "one.txt": (
        "Ferry and tanker collide off Osmark\n\n"
        "A ferry and a tanker collided off Osmark on Tuesday, killing three people and injuring 35, the governor said. "
        "The port of Osmark will stay closed until Friday, the harbour authority said.\n"
    ),
    "two.md": (
        "---\ntitle: Three dead off Osmark\noutlet: Daily Ledger\ndate: 2026-03-04T05:00:00Z\n---\n\n"
        "Three people were killed and 35 injured when a ferry and a tanker collided off Osmark on Tuesday.\n"
    ),
}
NOW = ["--now", "2026-03-04T07:00:00Z"]


@pytest.fixture
def workplace(tmp_path, monkeypatch, tiny_model):
    """A folder to stand in, with articles, and a configuration that names the tiny model."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / name).write_text(text, encoding="utf-8")
    (tmp_path / "my.toml").write_text(
        f'[brief]\ntitle = "My brief"\n[[sources]]\npath = "articles"\n[embeddings]\nmodel = "{tiny_model}"\n'
    )
    return tmp_path


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def issue(workplace):
    result = call("run", "my.toml", *NOW)
    assert result.exit_code == 0, result.output
    return workplace / "outputs" / "2026-03-04"


def test_init_writes_a_file_that_runs_next(workplace):
    result = call("init")
    assert result.exit_code == 0
    assert "digest run digest.toml" in result.output
    assert Path("digest.toml").read_text().startswith("# digest configuration")
    again = call("init")
    assert again.exit_code == 1
    assert "exists already" in again.output


def test_run_writes_every_file_and_prints_their_paths(issue):
    names = {path.name for path in issue.iterdir()}
    assert names == {"brief.md", "brief.html", "brief.txt", "brief.json", "sources.jsonl", "trace.json"}
    assert "My brief" in (issue / "brief.md").read_text()


def test_a_page_that_is_not_asked_for_any_more_does_not_stay_behind(issue):
    with Path("my.toml").open("a") as config:
        config.write('[render]\nformats = ["md", "prose"]\n')
    (issue / "notes.txt").write_text("mine")
    assert call("run", "my.toml", *NOW).exit_code == 0
    names = {path.name for path in issue.iterdir()}
    assert names == {"brief.md", "prose.md", "brief.json", "sources.jsonl", "trace.json", "notes.txt"}
    assert call("verify").exit_code == 0


def test_a_second_run_gives_the_same_bytes(issue):
    before = {path.name: path.read_bytes() for path in issue.iterdir()}
    assert call("run", "my.toml", *NOW).exit_code == 0
    assert {path.name: path.read_bytes() for path in issue.iterdir()} == before


def test_run_as_json_and_quiet(workplace):
    summary = json.loads(call("run", "my.toml", *NOW, "--json").output)
    assert summary["articles"] == 2
    assert Path(summary["folder"]) == Path("outputs/2026-03-04")
    assert call("run", "my.toml", *NOW, "--quiet").output == ""


def test_the_title_and_the_folder_can_be_given(workplace):
    assert call("run", "my.toml", *NOW, "--title", "War brief", "--outputs", "elsewhere").exit_code == 0
    assert "War brief" in Path("elsewhere/2026-03-04/brief.txt").read_text()


@pytest.fixture
def two_folders(workplace, monkeypatch, tiny_model):
    """Two bare folders of articles that have nothing to do with each other."""
    monkeypatch.setattr("digest.job.Config", partial(Config, embeddings=EmbeddingsConfig(model=str(tiny_model))))
    (workplace / "other").mkdir()
    (workplace / "other" / "three.txt").write_text(
        "Storm breaks a wall\n\nThe sea wall at Tarvik gave way on Monday.\n"
    )
    return workplace


def test_another_folders_issue_of_the_day_is_not_lost(two_folders):
    assert call("run", "articles", *NOW).exit_code == 0
    before = Path("outputs/2026-03-04/brief.json").read_bytes()
    for arguments, words in (
        (["other"], "holds a brief “Daily brief” made from other articles"),
        (["other", "--title", "Walls"], "holds another brief, “Daily brief”"),
        (["articles", "--title", "Walls"], "holds another brief, “Daily brief”"),
    ):
        refused = call("run", *arguments, *NOW)
        assert refused.exit_code == 1
        assert words in refused.output
        assert "--replace" in refused.output
        assert Path("outputs/2026-03-04/brief.json").read_bytes() == before
    assert call("run", "other", *NOW, "--outputs", "elsewhere").exit_code == 0
    assert call("run", "other", *NOW, "--replace").exit_code == 0
    assert Path("outputs/2026-03-04/brief.json").read_bytes() != before


def test_the_same_folder_may_run_again_when_it_has_grown(two_folders):
    assert call("run", "articles", *NOW).exit_code == 0
    (two_folders / "other" / "three.txt").rename(two_folders / "articles" / "three.txt")
    assert call("run", "articles", *NOW).exit_code == 0
    assert "3 articles" in Path("outputs/2026-03-04/brief.md").read_text()


def test_without_a_target_it_is_the_configuration_that_is_here(workplace):
    assert "digest.toml: does not exist" in call("run").output
    (workplace / "my.toml").rename("digest.toml")
    assert call("run", *NOW).exit_code == 0


def test_one_file_is_a_folder_of_one(workplace):
    result = call("run", "articles/two.md", *NOW)
    assert result.exit_code == 0, result.output
    brief = json.loads(Path("outputs/2026-03-04/brief.json").read_text())
    assert [source["label"] for source in brief["sources"]] == ["Daily Ledger"]


def test_a_name_too_long_for_a_folder_is_told(two_folders):
    result = call("run", "articles", *NOW, "--outputs", "x" * 300)
    assert result.exit_code == 1
    assert "cannot be written (File name too long)" in result.output


def test_a_damaged_issue_may_be_made_again(two_folders):
    assert call("run", "articles", *NOW).exit_code == 0
    Path("outputs/2026-03-04/brief.json").write_text("{")
    assert call("run", "other", *NOW).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "absent.toml"], 1, "absent.toml: does not exist"),
        (["run", "my.toml", "--now", "yesterday"], 2, "2026-03-04T07:00:00Z"),
        (["run", "my.toml", "--now", "2026-03-04T07:00:00"], 2, "has no zone"),
        (["run", "my.toml", "--now", "0001-01-01T00:00:00Z"], 2, "a year from 1900 to 9900"),
        (["run", "blank/one.txt"], 1, "digest: blank/one.txt: is empty"),
        (["run", "lone/one.csv"], 1, "digest: lone/one.csv: digest reads no such files; save it as text"),
        (["run", "lone/one.pdf"], 1, "digest: lone/one.pdf: digest reads no such files; save it as text"),
        (["run", "bad.toml"], 1, "did you mean 'path'"),
        (["run", "empty"], 1, "empty: the folder is empty"),
        (["run", "pictures"], 1, "pictures: no readable article: 1 file of types that are not read (.png)"),
        (["run", "blank"], 1, "blank: holds no readable article (one.txt: is empty)"),
        (["run", "gone.toml"], 1, "no such file or folder\n  check its path in [[sources]]"),
        (["run", "both.toml"], 1, "[[sources]]: gave no readable article (blank/one.txt: is empty; nowhere: there is"),
        (["verify", "articles"], 1, "digest: articles: holds no issue\n"),
        (["verify", "my.toml"], 1, "digest: outputs: does not exist\n  `digest run` makes one"),
        (["verify"], 1, "digest: outputs: does not exist\n"),
        (["explain", "articles", "t1"], 1, "holds no issue"),
        (["render", "articles", "--template", "brief.md.j2"], 1, "holds no issue"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_mistakes_are_said_in_words(workplace, arguments, code, words):
    (workplace / "bad.toml").write_text('[[sources]]\npth = "articles"\n')
    (workplace / "gone.toml").write_text('[[sources]]\npath = "nowhere"\n')
    for name in ("empty", "pictures", "blank"):
        (workplace / name).mkdir()
    (workplace / "pictures" / "one.png").write_bytes(b"\x89PNG")
    (workplace / "blank" / "one.txt").write_bytes(b"")
    (workplace / "both.toml").write_text('[[sources]]\npath = "nowhere"\n[[sources]]\npath = "blank"\n')
    (workplace / "lone").mkdir()
    (workplace / "lone" / "one.pdf").write_bytes(b"%PDF-1.7")
    (workplace / "lone" / "one.csv").write_text("port,ships\nOsmark,12\nTarvik,9\n")
    result = call(*arguments)
    assert result.exit_code == code
    assert words in result.output
    assert "Traceback" not in result.output


def test_an_unreadable_file_is_named_and_stops_nothing(workplace):
    (workplace / "articles" / "blank.txt").write_text("")
    result = call("run", "my.toml", *NOW)
    assert result.exit_code == 0
    assert "blank.txt" in result.output
    assert "blank.txt" in Path("outputs/2026-03-04/brief.txt").read_text()


def test_an_article_in_two_files_is_read_once_and_said_to_be(workplace):
    for name in ("again.md", "still-again.md"):
        (workplace / "articles" / name).write_text(ARTICLES["two.md"])
    assert call("run", "my.toml", *NOW).exit_code == 0
    brief = json.loads(Path("outputs/2026-03-04/brief.json").read_text())
    assert brief["ledger"]["notes"] == ["One article stood in more than one place."]
    assert brief["ledger"]["articles"] == 2


def test_a_brief_without_lines_says_why(workplace):
    (workplace / "articles" / "one.txt").write_text("They will meet again, it said on Monday.\n")
    (workplace / "articles" / "two.md").write_text("“Why not?” he said to her.\n")
    result = call("run", "my.toml", *NOW)
    assert result.exit_code == 0
    assert "Nothing to tell. Read 2 articles: 2 without a date." in result.stderr


def test_verify_finds_what_was_changed(issue):
    said = call("verify", issue).output
    assert "hold.\n" in said
    assert said.endswith("  Unchanged: brief.md, brief.html and brief.txt.\n")
    text = (issue / "brief.json").read_text()
    assert "35" in text
    changed = re.sub(r'("text": "[^"]*?)\b35\b', r"\g<1>36", text)
    assert changed != text
    (issue / "brief.json").write_text(changed)
    result = call("verify", issue)
    assert result.exit_code == 1
    assert "the number “36” does not stand in what it cites" in result.output
    assert json.loads(call("verify", issue, "--json").output)["faults"]


def test_verify_finds_a_word_that_no_quote_has(issue):
    text = (issue / "brief.json").read_text()
    assert "collided" in text
    (issue / "brief.json").write_text(re.sub(r'("text": "[^"]*?)\bcollided\b', r"\g<1>danced", text))
    result = call("verify", issue)
    assert result.exit_code == 1
    assert "with words left out" in result.output


def test_verify_finds_a_page_that_was_changed(issue):
    page = issue / "brief.md"
    page.write_text(page.read_text().replace("35", "36"))
    result = call("verify", issue)
    assert result.exit_code == 1
    assert re.search(r"^brief\.md, line \d+: has “.*36.*” where the brief gives “.*35", result.output)
    [fault, *_] = json.loads(call("verify", issue, "--json").output)["faults"]
    assert fault["file"] == "brief.md"


def test_explain_says_why(issue):
    result = call("explain", issue, "t1")
    assert result.exit_code == 0
    assert "Why this line" in result.output
    assert "cosine" not in result.output
    missing = call("explain", issue, "t99")
    assert missing.exit_code == 1
    assert "topics run from t1" in missing.output


def test_explain_says_what_each_sentence_lacks_of_a_topic_without_a_line(workplace):
    text = "A ferry of Norra Lines sank off Osmark on Monday, killing 12 people.\n\nThey will meet again, it said.\n"
    (workplace / "articles" / "three.txt").write_text(text)
    assert call("run", "my.toml", *NOW).exit_code == 0
    folder = workplace / "outputs" / "2026-03-04"
    trace = json.loads((folder / "trace.json").read_text())
    [mute] = [one["id"] for one in trace["topics"] if one["statements"][0]["quote"].startswith("They will")]
    said = call("explain", folder, mute).output
    assert "Why it has no line:\n  1. opens with a word that points outside the sentence" in said
    asked = call("why", "meet again", folder).output
    assert "Of this one: opens with a word that points outside" in " ".join(asked.split())


def test_topics_told_before_are_counted_together_however_long_what_told_them(issue, tmp_path):
    folder = shutil.copytree(issue, tmp_path / issue.name)
    trace = json.loads((folder / "trace.json").read_text(encoding="utf-8"))
    for number in (1, 2):
        fate = f"was told before on 2026-03-0{number}: “{'The port stays closed. ' * 9}”"
        trace["topics"].append({**trace["topics"][0], "id": f"t{number + 7}", "fate": fate})
    (folder / "trace.json").write_text(json.dumps(trace), encoding="utf-8")
    listed = call("explain", folder, "--all")
    assert listed.exit_code == 0
    assert "1 was told before on 2026-03-01" in listed.output
    assert "stays closed. The" not in listed.output


def test_explain_lists_the_topics(issue):
    listed = call("explain", issue)
    assert listed.exit_code == 0
    trace = json.loads((issue / "trace.json").read_text())
    for topic in trace["topics"]:
        assert re.search(rf"^  {topic['id']} +\S", listed.output, re.MULTILINE)


def test_render_with_ones_own_template(issue):
    Path("mine.txt.j2").write_text("{{ brief.title }} has {{ brief.ledger.lines }} lines")
    assert call("render", issue, "--template", "mine.txt.j2").output.startswith("My brief has")
    assert call("render", issue / "brief.json", "--template", "brief.md.j2", "-o", "copy.md").exit_code == 0
    assert Path("copy.md").read_bytes() == (issue / "brief.md").read_bytes()
    Path("broken.md.j2").write_text("{{ brief.colour }}")
    result = call("render", issue, "--template", "broken.md.j2")
    assert result.exit_code == 1
    assert "broken.md.j2" in result.output


@pytest.mark.parametrize("target", [(), ("outputs",), ("my.toml",)])
def test_the_newest_issue_is_meant_where_none_is_named(issue, target):
    older = issue.parent / "2026-03-02"
    older.mkdir()
    for name in ("brief.json", "sources.jsonl", "trace.json"):
        text = (issue / name).read_text().replace('"date": "2026-03-04"', '"date": "2026-03-02"')
        (older / name).write_text(text)
    assert call("verify", *target).output.startswith(f"{Path('outputs/2026-03-04/brief.json')}: ")
    assert call("explain", *target, "t1").output.startswith("t1: ")
    assert call("explain", *target).output.startswith("My brief, 2026-03-04\n")
    assert call("render", *target, "--template", "brief.md.j2").output == (issue / "brief.md").read_text()
    (issue / "brief.json").write_text("{")
    assert call("verify", *target).exit_code == 1, "a damaged issue is not passed over for the one before it"


def test_a_series_links_its_issues(workplace, tiny_model):
    Path("my.toml").write_text(
        f'[[sources]]\npath = "articles"\n[embeddings]\nmodel = "{tiny_model}"\n'
        '[series]\nname = "Strait watch"\nfirst_day = 2025-11-07\n[store]\npath = ""\n'  # the same news each day
    )
    for day in ("2026-03-05", "2026-03-04", "2026-03-06"):  # one of them made late
        assert call("run", "my.toml", "--now", f"{day}T07:00:00Z").exit_code == 0
    middle = json.loads(Path("outputs/2026-03-05/brief.json").read_text())["series"]
    assert (middle["number"], middle["next"]["number"]) == (119, 120)
    last = json.loads(Path("outputs/2026-03-06/brief.json").read_text())["series"]
    assert last["previous"]["folder"] == "../2026-03-05"
    assert "../2026-03-06/brief.html" in Path("outputs/2026-03-05/brief.html").read_text()


def test_an_issue_of_ones_own_templates_still_verifies_when_the_next_one_follows(workplace, tiny_model):
    (workplace / "looks").mkdir()
    (workplace / "looks" / "brief.md.j2").write_text(
        "{{ brief | headline }}{% if brief.series.next %}, and on{% endif %}"
    )
    Path("my.toml").write_text(
        f'[[sources]]\npath = "articles"\n[embeddings]\nmodel = "{tiny_model}"\n[store]\npath = ""\n'
        '[series]\nname = "Strait watch"\nfirst_day = 2025-11-07\n[render]\ntemplates = "looks"\n'
    )
    for day in ("2026-03-04", "2026-03-05"):
        assert call("run", "my.toml", "--now", f"{day}T07:00:00Z").exit_code == 0
    assert Path("outputs/2026-03-04/brief.md").read_text().endswith(", and on")
    assert call("verify", "outputs/2026-03-04").exit_code == 0


def test_every_command_has_help_and_stands_in_the_readme():
    readme = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert command.help, name
        assert not command.get_short_help_str(limit=66).endswith("..."), f"cut in the list: {name}"
        assert f"digest {name}" in readme, name


def test_python_m_digest_is_the_command():
    shown = subprocess.run([sys.executable, "-m", "digest", "--help"], check=True, capture_output=True, text=True)
    assert shown.stdout.startswith("Usage: digest ")


@pytest.mark.parametrize("value", [None, 0.0, 0.5, 1.0])
def test_every_reason_of_the_judge_has_words(value):
    for name in FEATURES:
        said = remark(name, value)
        assert "_" not in said, name
        assert value is None or not said.endswith(f" {value:.2f}"), name


def test_explain_says_what_an_update_is_held_against_and_what_shares_an_origin():
    quote = "The wire agency says nine ferries are late."
    statements = [
        TracedStatement(article_id=key, label=label, quote=quote, origin=origin, centrality=0.9)
        for key, label, origin in (
            ("a", "Coast Radio", "credit:wire agency"),
            ("b", "Norra Wire", "echo:1"),
            ("c", "Daily Ledger", "echo:1"),
        )
    ]
    topic = TracedTopic(id="t1", fate="in the brief", score=1.0, section=None, statements=tuple(statements))
    change = Change(
        kind="number", what="late", before="nine", after="12", n=(1,), issue=date(2026, 3, 3), quote="Nine are late.",
        article_id="z", outlet="Coast Radio", link=None,
    )  # fmt: skip
    line = Line(text=quote, kind="extractive", citations=())
    entry = Entry(id="t1", status="updated", line=line, outlets=3, origins=2, statements=3, changes=(change,))
    said = " ".join(" ".join(explained(topic, rank=1, of=1, entry=entry)).split())
    assert "Updated: late nine → 12. The issue of 2026-03-03 cited Coast Radio: “Nine are late.”" in said
    assert "its words come from wire agency" in said
    assert "one origin with 3" in said
    assert "echo" not in said


def test_what_other_libraries_warn_of_is_not_printed(workplace):
    (workplace / "blank").mkdir()
    (workplace / "blank" / "page.html").write_text("<html></html>")  # trafilatura logs a warning of its own
    shown = subprocess.run(
        [sys.executable, "-m", "digest", "run", "blank"], check=False, capture_output=True, text=True
    )
    assert shown.stderr.startswith("digest: blank: holds no readable article (page.html: ")
