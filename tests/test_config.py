from pathlib import Path

import pytest

from digest.commented import commented_config
from digest.config import Config, load_config
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


def test_the_commented_out_keys_load_too(tmp_path):
    """Taking the marks away leaves a valid file: what the comments show is what the keys take."""
    lines = [line for line in commented_config().splitlines() if not line.startswith("##")]
    live = [line.removeprefix("# ") for line in lines if not line.startswith("#   ") and not line.endswith('= ""')]
    assert load(tmp_path, "\n".join(line for line in live if "=" in line or line.startswith("["))).series is not None


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
