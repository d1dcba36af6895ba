"""The parts of benchmarks/speed.py that measure and draw."""

import sys
from xml.etree import ElementTree

import pytest

from benchmarks.invented import invented_articles
from benchmarks.measuring import measure
from benchmarks.speed import _STAGE
from benchmarks.speed_chart import chart
from digest.config import StatementsConfig
from digest.statements import extract_statements


def test_a_command_is_measured_with_what_it_printed():
    cost = measure(
        [sys.executable, "-c", "import sys; held = bytearray(60_000_000); print(len(held), file=sys.stdout)"]
    )
    assert cost.output == "60000000\n"
    assert cost.megabytes > 60
    assert cost.wall > 0
    assert cost.cpu > 0


def test_a_command_that_fails_is_told_with_its_reason():
    with pytest.raises(RuntimeError, match="no such luck"):
        measure([sys.executable, "-c", "raise SystemExit('no such luck')"])


def test_invented_articles_are_the_same_every_time_and_differ_from_each_other():
    articles = invented_articles(40)
    assert articles == invented_articles(40)
    assert articles != invented_articles(40, seed=1)
    assert len({article.text for article in articles}) == 40


def test_invented_articles_are_of_whole_sentences():
    for article in invented_articles(12):
        extraction = extract_statements(article, StatementsConfig())
        assert 14 <= len(extraction.statements) <= 45
        assert len(extraction.omissions) <= 3


def test_stages_are_read_from_the_log():
    assert _STAGE.findall("   6.2 s  reading sources\n  12.0 s  encoding 9 statements\nTitle: 3 lines\n") == [
        ("6.2", "reading sources"),
        ("12.0", "encoding 9 statements"),
    ]


def test_the_chart_is_an_image_that_names_each_tool_and_stage():
    program = {
        "articles": 3,
        "sentences": 60,
        "costs": {"script & co": {"wall": 10.0, "megabytes": 800.0}, "digest": {"wall": 4.0, "megabytes": 400.0}},
        "stages": {"digest": {"reading": 1.0, "encoding": 2.0}},
    }
    image = ElementTree.fromstring(chart(program))
    told = " ".join(text.text for text in image.iter("{http://www.w3.org/2000/svg}text"))
    assert all(word in told for word in ("script & co", "digest", "reading", "encoding", "4 s, 400 MB"))
    widths = [float(bar.get("width")) for bar in image.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[0] == pytest.approx(2.5 * sum(widths[1:4]), rel=0.01)
