"""The commented configuration that `digest init` writes, made from the models' own descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from digest.config import Config, key_name, table_of

_EXAMPLE_VALUES: dict[tuple[str, str], str] = {
    ("sources", "path"): '"articles"',
    ("sections", "title"): '"Economy"',
    ("sections", "about"): '["inflation and interest rates", "jobs", "trade"]',
    ("series", "name"): '"Strait watch"',
    ("series", "first_day"): "2026-01-01",
    ("writers", "name"): '"bart"',
    ("mail", "from"): '"Daily brief <brief@example.org>"',
    ("mail", "to"): '["you@example.org"]',
    ("mail", "host"): '"smtp.example.org"',
}
_REPEATED = ("sources", "sections", "writers")
_LIVE_TABLES = ("brief", "sources")  # the others are commented out: their defaults are meant to be left alone


def commented_config() -> str:
    """A TOML file with every key, its meaning and its default, that loads as it stands."""
    return "\n".join(_commented_lines()) + "\n"


def _commented_lines() -> Iterator[str]:
    yield "# digest configuration. Run it with:  digest run digest.toml"
    yield "# A line that starts with '# ' and a key shows the default; take the '# ' away to change it."
    for name, field in Config.model_fields.items():
        table = table_of(field.annotation)
        assert table is not None
        live = name in _LIVE_TABLES
        mark = "" if live else "# "
        yield ""
        yield from (f"## {line}" for line in (table.__doc__ or "").strip().splitlines())
        yield f"{mark}[[{name}]]" if name in _REPEATED else f"{mark}[{name}]"
        for key, key_field in table.model_fields.items():
            said, default = key_field.description or "", key_field.get_default()
            yield from _commented_key(name, key_name(key, key_field), said, default, live=live)


def _commented_key(table: str, key: str, description: str, default: Any, *, live: bool) -> Iterator[str]:
    example = _EXAMPLE_VALUES.get((table, key))
    value = example or ('""' if default is None else _toml(default))
    yield f"#   {description}" + ("  (not set by default)" if default is None and example is None else "")
    yield f"{'' if live and (example or default is not None) else '# '}{key} = {value}"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    return str(value)
