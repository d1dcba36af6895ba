"""Charsets, mojibake and characters that no text should hold."""

from __future__ import annotations

import random

import pytest

from digest.collect.decode import decode, repair, unescape
from digest.errors import CollectError

TEXT = "Café “Ålesund” costs €5 — naïve"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"])
def test_each_common_charset_is_read(encoding):
    assert decode(TEXT.encode(encoding), label="a") == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_nuls(encoding):
    assert decode("The port of Osmark is shut.".encode(encoding), label="a") == "The port of Osmark is shut."


def test_a_declared_charset_counts_for_a_page_and_not_for_text():
    page = '<html><head><meta charset="iso-8859-5"></head>Порт закрыт</html>'.encode("iso-8859-5")
    assert "Порт закрыт" in decode(page, label="a", look=True)
    assert "Порт закрыт" not in decode(page, label="a")


@pytest.mark.parametrize("declared", ["bogus-charset", "utf-16", "hex", "ascii", "utf-8\x00", "undefined", ""])
def test_a_wrong_declaration_does_no_harm(declared):
    assert decode(TEXT.encode(), label="a", declared=declared) == TEXT


def test_latin1_is_read_as_browsers_read_it():
    assert decode("“Osmark”".encode("cp1252"), label="a", declared="iso-8859-1") == "“Osmark”"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n....", b"%PDF-1.7 text", random.Random(1).randbytes(5000)])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(CollectError, match="not a text file"):
        decode(content, label="a")


def test_mojibake_is_mended_and_curly_quotes_stay():
    damaged = "The ministerâ€™s boat â€“ the “Elina” â€“ sank".encode().decode()
    assert repair(damaged) == "The minister’s boat – the “Elina” – sank"


def test_controls_go_and_line_ends_become_newlines():
    assert repair("a\x00b\x07c\r\nd\re\u2028f\u202eg\u200bh") == "abc\nd\ne\nfgh"


def test_entities_are_resolved_even_when_escaped_twice():
    assert (
        unescape("Holm&amp;#8217;s &amp;amp; Lund&#39;s &eacute; &bogus; AT&T &lt;b&gt;")
        == "Holm’s & Lund's é &bogus; AT&T <b>"
    )


def test_full_width_letters_are_not_damage():
    assert repair("商標（出所）です") == "商標（出所）です"
