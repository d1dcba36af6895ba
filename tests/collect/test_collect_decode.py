"""Charsets, mojibake and characters that no text should hold."""

from __future__ import annotations

import random
from itertools import product

import pytest
from ftfy import fix_text

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
    page = '<html><head><meta charset="iso-8859-2"></head>Łódź</html>'.encode("iso-8859-2")
    assert "Łódź" in decode(page, label="a", look=True)
    assert "Łódź" not in decode(page, label="a")


CYRILLIC = "Портовые власти сообщили во вторник, что паром столкнулся с танкером: погибли три человека, ранены 35."
HAN = "港口当局星期二表示，一艘渡轮与一艘油轮相撞，造成三人死亡，三十五人受伤。救援人员仍在寻找失踪者。"
KANA = "港の当局は火曜日、フェリーとタンカーの衝突で三人が死亡したと発表した。カメラとヘリコプターが使われた。"
HANGUL = "항만 당국은 화요일 여객선과 유조선이 충돌해 세 명이 숨지고 서른다섯 명이 다쳤다고 밝혔다."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CYRILLIC, "cp1251"),
        (CYRILLIC, "koi8_r"),
        (HAN, "gb18030"),
        (KANA, "shift_jis"),
        (KANA, "euc_jp"),
        (KANA, "iso2022_jp"),
        (HANGUL, "euc_kr"),
        (f"<p>{KANA}</p><p>Osmark, 2026</p>\n" * 2000, "shift_jis"),
    ],
)
def test_another_script_is_read_without_a_declaration(text, encoding):
    assert decode(text.encode(encoding), label="a") == text


def test_a_script_in_no_charset_that_can_be_told_is_refused():
    with pytest.raises(CollectError, match="charset that cannot be told") as refused:
        decode(bytes(random.Random(0).choices([0xFF, 0xFE, 0x80, 0x81, 0x98, 0xA0], k=400)), label="a.txt")
    assert "UTF-8" in refused.value.hint


def test_one_damaged_byte_makes_no_other_charset():
    damaged = KANA.encode() + b"\xff"
    assert repair(decode(damaged, label="a")).startswith(KANA[:20])


def test_the_wider_charset_is_read_under_the_narrow_name():
    assert decode("①髙橋".encode("cp932"), label="a", declared="shift_jis") == "①髙橋"


@pytest.mark.parametrize("declared", ["bogus-charset", "utf-16", "hex", "ascii", "utf-8\x00", "undefined", ""])
def test_a_wrong_declaration_does_no_harm(declared):
    assert decode(TEXT.encode(), label="a", declared=declared) == TEXT


def test_latin1_is_read_as_browsers_read_it():
    assert decode("“Osmark”".encode("cp1252"), label="a", declared="iso-8859-1") == "“Osmark”"


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n....", b"%PDF-1.7 text", b"{\\rtf1 text}", random.Random(1).randbytes(5000)]
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(CollectError, match="not a text file"):
        decode(content, label="a")


def test_mojibake_is_mended_and_curly_quotes_stay():
    damaged = "The ministerâ€™s boat â€“ the “Elina” â€“ sank".encode().decode()
    assert repair(damaged) == "The minister’s boat – the “Elina” – sank"


def test_a_closing_mark_whose_last_byte_was_lost_is_mended():
    damaged = "“We asked,” she said".encode().decode("cp1252", errors="replace")
    assert damaged.endswith("\ufffd she said")
    assert repair(damaged) == "“We asked,” she said"


def test_plain_prose_with_typographic_marks_needs_no_mending():
    marks = "“”‘’–—… a\n\"'.,("
    told = ["".join(signs) for count in (1, 2, 3) for signs in product(marks, repeat=count)]
    assert [repair(text) for text in told] == told
    assert [fix_text(text, uncurl_quotes=False, unescape_html=False) for text in told] == told


def test_controls_go_and_line_ends_become_newlines():
    assert repair("a\x00b\x07c\r\nd\re\u2028f\u202eg\u200bh") == "abc\nd\ne\nfgh"


def test_entities_are_resolved_even_when_escaped_twice():
    assert (
        unescape("Holm&amp;#8217;s &amp;amp; Lund&#39;s &eacute; &bogus; AT&T &lt;b&gt;")
        == "Holm’s & Lund's é &bogus; AT&T <b>"
    )


def test_full_width_letters_are_not_damage():
    assert repair("商標（出所）です") == "商標（出所）です"
