import re
import tomllib
from pathlib import Path

import pytest

from digest.commented import commented_config
from digest.config import SOURCE_KINDS, Config, LinesConfig, key_name, load_config, table_of
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
    "[mail]": ["from", "to", "host"],
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
        ('[brief]\ntitel = "x"', ["brief.titel", "did you mean 'title'"]),
        ('[breif]\ntitle = "x"', ["breif", "did you mean 'brief'"]),
        ('[[sources]]\npath = "x"\noutlets = "y"', ["sources.0.outlets", "did you mean 'outlet'"]),
        ('title = "War"', ["unknown key 'title'", "[brief]"]),
        ("[topics]\nthreshold = 7", ["topics.threshold", "less than or equal to 1"]),
        ('[brief]\ntimezone = "Oslo"', ["brief.timezone", "Europe/Oslo"]),
        ('[[sections]]\nabout = ["x"]', ["sections.0.title", "required"]),
        ('[series]\nname = "x"\nfirst_day = "soon"', ["series.first_day"]),
        ("[brief\n", ["is not valid TOML", "line 1"]),
    ],
)
def test_a_mistake_is_named(tmp_path, text, words):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert str(tmp_path / "digest.toml") in str(caught.value)
    for word in words:
        assert word in str(caught.value)


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
