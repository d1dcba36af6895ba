import re
import tomllib
from pathlib import Path

import pytest

from digest.config import SOURCE_KINDS, Config, LinesConfig, key_name, load_config, table_of
from digest.config.commented import commented_config
from digest.errors import ConfigError

CONFIGS = sorted((Path(__file__).resolve().parents[1] / "configs").glob("*.toml"))


def load(tmp_path, text):
    path = tmp_path / "digest.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_the_commented_file_loads_and_says_every_key(tmp_path):
    text = commented_config()
    config = load(tmp_path, text)
    assert config.sources[0].path == "articles"
    assert config.model_copy(update={"sources": ()}) == Config()
    for name, field in Config.model_fields.items():
        assert f"[{name}]" in text, field


def blocks():
    """The commented file, table by table: its header, and its lines with a key."""
    found = []
    for line in commented_config().splitlines():
        bare = line.removeprefix("# ")
        if bare.startswith("["):
            found.append((bare, []))
        elif found and re.match(r"[a-z_]+ = ", bare):
            found[-1][1].append(bare)
    return found


def test_the_commented_tables_load_too(tmp_path):
    """Taking every mark away leaves a valid file, but for the two ways to a mail password, of which one is kept."""
    lines = [line for header, keys in blocks() for line in (header, *keys) if not line.startswith("secrets_file")]
    config = load(tmp_path, "\n".join(lines))
    assert config.series is not None
    assert {source.kind for source in config.sources} == set(SOURCE_KINDS)
    assert config.mail is not None


NEEDED = {
    "[[sections]]": ["title"],
    "[series]": ["name", "first_day"],
    "[mail]": ["from", "to"],
    "[[writers]]": ["name"],
}
COMPANIONS = {"username": "password_env", "bcc": "to"}
KEYS = [(header, line) for header, lines in blocks() for line in lines]


@pytest.mark.parametrize(("header", "line"), KEYS, ids=[f"{header} {line.split(' = ')[0]}" for header, line in KEYS])
def test_each_commented_key_loads_once_its_mark_is_taken_away(tmp_path, header, line):
    known = {key.split(" = ")[0]: key for head, lines in blocks() if head == header for key in lines}
    key = line.split(" = ")[0]
    kinds = ["path"] if header == "[[sources]]" and key not in SOURCE_KINDS else []
    needed = [*NEEDED.get(header, []), *kinds, *([COMPANIONS[key]] if key in COMPANIONS else [])]
    lines = dict.fromkeys([*(known[name] for name in needed), line])
    table = tomllib.loads("\n".join([header, *lines]))
    config = load(tmp_path, "\n".join([header, *lines]))
    name = header.strip("[]")
    told, read = table[name], getattr(config, name)
    told, read = (told[0], read[0]) if header.startswith("[[") else (told, read)
    assert {one: read.model_dump(by_alias=True, mode="json")[one] for one in told} == {
        one: value.isoformat() if hasattr(value, "isoformat") else value for one, value in told.items()
    }


def test_every_key_is_in_the_commented_file():
    """Of a writer only its name is: its other keys are those of [lines], and the file says so."""
    said = {(header.strip("[]"), line.split(" = ")[0]) for header, line in KEYS}
    for name, field in Config.model_fields.items():
        table = table_of(field.annotation)
        keys = {key_name(key, one) for key, one in table.model_fields.items()}
        if name == "writers":
            keys -= set(LinesConfig.model_fields)
        assert {(name, key) for key in keys} <= said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[brief]\ntitel = "x"', ["line 2: unknown key 'titel' of [brief]", "did you mean 'title'"]),
        ('[breif]\ntitle = "x"', ["line 1: unknown table 'breif'", "did you mean 'brief'"]),
        ('[[sources]]\npath = "x"\noutlets = "y"', ["line 3", "'outlets' of [[sources]] no. 1", "mean 'outlet'"]),
        ('title = "War"', ["unknown key 'title'", "[brief]"]),
        (
            "# x\n[topics]\nthreshold = 7",
            ["line 3: key 'threshold' of [topics]: should be less than or equal to 1, not 7"],
        ),
        ("[brief]\nmax_lines = 0", ["should be greater than or equal to 1, not 0"]),
        ("[window]\nhours = 1e300", ["should be less than or equal to 876600"]),
        (
            "[series]\nname = 'x'\nfirst_day = 2026-01-01\nfirst_number = 99999999999999999999",
            ["should be less than or equal to"],
        ),
        ('[brief]\noutputs = "a\\u0000b"', ["holds a NUL character (\\u0000) in [brief]"]),
        ('[brief]\nmax_lines = "\\u009b31m"', ['not "?31m"']),
        ("[window]\nhours = 0", ["should be greater than 0, not 0"]),
        ('[brief]\nmax_lines = "40"', ['should be a valid integer, not "40"']),
        ("[brief]\nmax_lines = true", ["should be a valid integer, not true"]),
        ('[brief]\ntitle = ""', ["line 2: key 'title' of [brief]: string should have at least 1 character"]),
        ('[brief]\ntitle = " "', ["'title' of [brief]: string should have at least 1 character"]),
        ('[[sections]]\ntitle = ""', ["'title' of [[sections]] no. 1: string should have at least 1 character"]),
        (
            "[series]\nname = ''\nfirst_day = 2026-01-01",
            ["'name' of [series]: string should have at least 1 character"],
        ),
        ("[brief]\ntitle = 5", ["should be a valid string, not 5"]),
        ('[collect]\ndelay = "long"', ['should be a valid number, not "long"']),
        ("[collect]\ndelay = inf", ["should be a finite number"]),
        ('[collect]\noffline = "yes"', ['should be a valid boolean, not "yes"']),
        ('[render]\nformats = "md"', ["line 2: key 'formats' of [render]: should be a valid list, not \"md\""]),
        ('[render]\nformats = ["md", "pdf"]', ["line 2", "should be 'md', 'html', 'txt' or 'prose', not \"pdf\""]),
        ('brief = "x"', ["line 1: 'brief' is a table; write [brief]"]),
        ("[[brief]]", ["write [brief], with one pair of brackets"]),
        ('[sources]\npath = "x"', ["write [[sources]], with two pairs of brackets"]),
        ('sources = ["x"]', ["[[sources]] no. 1: should be a valid dictionary"]),
        ("[[sources]]\npath = 'a'\npublished = 2026-03-04T07:00:00Z", ["should be a valid string"]),
        ('[[sources]]\npath = "a.txt"\npublished = "soon"', ["'published' of [[sources]] no. 1: 'soon' is not a time"]),
        ('[[sources]]\npath = "a.txt"\nlink = "coast/a"', ["'link' of [[sources]] no. 1: 'coast/a' is not a web addr"]),
        ('[brief]\ntimezone = "Oslo"', ["'timezone' of [brief]: 'Oslo' is not a time zone", "Europe/Oslo"]),
        ('[[sections]]\ntitle = "x"\n[[sections]]\nabout = ["x"]', ["line 3: key 'title'", "no. 2 is required"]),
        (
            '[[sections]]\ntitle = "x"\nabout = [""]',
            ["'about' of [[sections]] no. 1: string should have at least 1 character"],
        ),
        ('[series]\nname = "x"\nfirst_day = "soon"', ["should be a valid date (without quotation marks)"]),
        ('[[sources]]\nfeed = "a"\npage = "b"', ["line 1: [[sources]] no. 1: a source is one of", "has feed and page"]),
        ("[brief\n", ["is not valid TOML", "(at line 1, column 7): [brief"]),
        ("[brief]\nmax_lines = 1\nmax_lines = 2", ["is not valid TOML"]),
        ("a = " + "[" * 3000, ["is nested too deeply"]),
    ],
)
def test_a_mistake_is_named(tmp_path, text, words):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert str(tmp_path / "digest.toml") in str(caught.value)
    for word in words:
        assert word in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("title = 'Ås'".encode("latin-1"), "is not UTF-8 (byte 9)"),
        (b"\x00\x01\x02", "is not valid TOML"),
        (b"# " + b"x" * 6_000_000, "too large"),
    ],
)
def test_another_file_than_a_configuration_is_refused(tmp_path, content, words):
    path = tmp_path / "digest.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=re.escape(words)):
        load_config(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"no\.toml"):
        load_config(tmp_path / "no.toml")


def test_a_byte_order_mark_does_no_harm(tmp_path):
    assert load(tmp_path, "\ufeff[brief]\nmax_lines = 3").brief.max_lines == 3


def test_a_config_does_not_change():
    with pytest.raises(ValueError, match="frozen"):
        Config().brief.max_lines = 2


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.name)
def test_the_bundled_configurations_load(path):
    assert load_config(path).sources
