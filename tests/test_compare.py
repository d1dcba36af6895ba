import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.compare import Overheard, side_by_side, writers_named
from digest.config import Config, LinesConfig, WriterConfig
from digest.errors import ConfigError
from tests.fakes import WordEncoder, article, topic
from tests.summarize.model_server import completion, serving

TOLL = "Three people were killed and 35 injured when a ferry and a tanker collided off Osmark, the governor said."
PORT = "The port of Osmark will stay closed until Friday, the harbour authority said."
EVIL = "<script>alert(1)</script> The port of Osmark & Vesk stays shut for 9 days, the “union” said."


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("digest.compare.load_encoder", lambda config: WordEncoder())
    (tmp_path / "articles").mkdir()
    for name, text in (("one.txt", TOLL), ("two.txt", PORT), ("three.txt", EVIL)):
        (tmp_path / "articles" / name).write_text(f"Title of {name}\n\n{text}\n", encoding="utf-8")
    with serving() as server:
        (tmp_path / "my.toml").write_text(
            '[[sources]]\npath = "articles"\n'
            f'[[writers]]\nname = "teller"\nwriter = "endpoint"\nmodel = "tiny"\nurl = "{server.url}"\nretries = 0\n'
        )
        yield server


def call(*arguments):
    return CliRunner().invoke(main, ["compare", "my.toml", "--now", "2026-03-04T07:00:00Z", *arguments])


def test_writers_stand_side_by_side_on_a_page(workplace):
    """The server writes the toll for every topic: right for one of them, refused for the others."""
    workplace.script = [completion(TOLL)]
    result = call("--writers", "extractive,teller", "-o", "page.html")
    assert result.exit_code == 0, result.output
    assert re.search(r"teller: \d+ lines of \d+ topics \(1 written, \d tried twice, [1-9] fell back\)", result.output)
    page = Path("page.html").read_text(encoding="utf-8")
    topics = len(re.findall(r'<section class="topic"', page))
    assert len(re.findall(r'<div class="name">extractive</div>', page)) == topics
    assert len(re.findall(r'<div class="name">teller</div>', page)) == topics
    assert "fell back to a source's sentence" in page.replace("&#39;", "'")
    assert page.count(TOLL) >= 3  # the source's sentence, the extractive line, the written line
    assert "<script" not in page


def test_the_page_lands_in_the_outputs(workplace):
    workplace.script = [completion(TOLL)]
    assert call("--writers", "teller").exit_code == 0
    assert Path("outputs/compare.html").is_file()


def test_without_a_target_it_is_the_configuration_that_is_here(workplace):
    workplace.script = [completion(TOLL)]
    Path("my.toml").rename("digest.toml")
    assert CliRunner().invoke(main, ["compare", "--writers", "extractive"]).exit_code == 0
    assert Path("outputs/compare.html").is_file()


def test_an_unknown_writer_is_named_before_anything_is_read(workplace):
    result = call("--writers", "extractive,bert")
    assert result.exit_code == 1
    assert "bert" in result.output
    assert "extractive, teller" in result.output
    assert not workplace.asked
    assert call("--writers", " , ").exit_code == 1


def test_names_of_writers(tmp_path):
    teller = WriterConfig(name="teller", writer="transformers", model="x/y")
    lines = LinesConfig(writer="endpoint", model="m", url="http://127.0.0.1/v1", max_words=20)
    config = Config(lines=lines, writers=(teller,))
    found = dict(writers_named(["extractive", "teller", "endpoint", "some/model", str(tmp_path), "teller"], config))
    assert found["extractive"].writer == "extractive"
    assert found["extractive"].max_words == 20
    assert found["teller"] is teller
    assert found["endpoint"] is lines
    assert (found["some/model"].writer, found["some/model"].model) == ("transformers", "some/model")
    assert found[str(tmp_path)].model == str(tmp_path)
    assert len(found) == 5
    with pytest.raises(ConfigError, match="extractive, endpoint, teller"):
        writers_named(["gpt"], config)


def test_one_model_is_in_memory_at_a_time():
    alive = []

    class Writer:
        def __init__(self):
            alive.append(self)
            assert len(alive) == 1

        def write_all(self, topics, /):
            alive.clear()
            return [None for _ in topics]

    asked = (topic((article("x", PORT), PORT)),)
    both = side_by_side([("a", LinesConfig()), ("b", LinesConfig())], asked, load=lambda config: Writer())
    assert [column.drafts for column in both.columns] == [(None,), (None,)]


def test_what_the_brief_asks_for_last_is_compared():
    class Writer:
        def write_all(self, topics, /):
            return [None for _ in topics]

    port, toll = (topic((article(name, text), text)) for name, text in (("x", PORT), ("y", TOLL)))
    overheard = Overheard(Writer())
    overheard.write_all([toll])  # the pipeline tries a topic before it writes all
    assert overheard.write_all([port, toll]) == [None, None]
    assert overheard.topics == (port, toll)
