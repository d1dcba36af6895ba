"""The commented configuration that `digest init` writes, made from the models' own descriptions.

Every line that starts with "# " and a key loads as it stands once the mark is taken away (with the header of its
table, where that carries a mark too): a key without a default shows one of its examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from digest.config.sources import SOURCE_KINDS
from digest.config.values import Table
from digest.config.whole import Config, key_name, table_of

_REPEATED = ("sources", "sections", "writers")
_LIVE_TABLES = ("brief", "sources")  # the others are commented out: their defaults are meant to be left alone
_LIVE_KIND, *_OTHER_KINDS = SOURCE_KINDS  # a source is one of them, so each has a table of its own


def commented_config() -> str:
    """A TOML file with every key, its meaning and its default, that loads as it stands."""
    return "\n".join(_commented_lines()) + "\n"


def _commented_lines() -> Iterator[str]:
    yield "# digest configuration. Run it with:  digest run digest.toml"
    yield "# A line that starts with '# ' and a key shows its default, or an example where it has none; take the '# '"
    yield "# away to set it. A table whose header, in [brackets], has a '# ' needs that taken away too."
    for name, field in Config.model_fields.items():
        table = table_of(field.annotation)
        assert table is not None
        yield ""
        yield from (f"## {line}".rstrip() for line in (table.__doc__ or "").strip().splitlines())
        yield from _commented_table(name, table, live=name in _LIVE_TABLES)


def _commented_table(name: str, table: type[Table], *, live: bool) -> Iterator[str]:
    header = f"[[{name}]]" if name in _REPEATED else f"[{name}]"
    yield header if live else f"# {header}"
    apart = _OTHER_KINDS if name == "sources" else ()
    for key, field in _own_fields(table):
        if key not in apart:
            unset = field.default is None and key != _LIVE_KIND
            yield f"#   {field.description}" + ("  (not set by default)" if unset else "")
            yield _key_line(key, field, live=live and not unset)
    for kind in apart:
        yield from ("", f"#   {table.model_fields[kind].description}", f"# {header}")
        yield _key_line(kind, table.model_fields[kind], live=False)


def _own_fields(table: type[Table]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a table but those of another one that it extends: they stand there."""
    base = table.__base__
    known = base.model_fields if base is not None and issubclass(base, Table) else {}
    return ((name, field) for name, field in table.model_fields.items() if name not in known)


def _key_line(name: str, field: FieldInfo, *, live: bool) -> str:
    shown = field.examples[0] if field.examples else field.get_default()
    return f"{'' if live else '# '}{key_name(name, field)} = {_toml(shown)}"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    return str(value)
