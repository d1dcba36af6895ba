"""Brief -> text through jinja2. Templates get `brief` (the dataclass) and the filters of `docs/templates.md`.

What a template prints is escaped by the template's kind, which its name tells: `….html.j2` as HTML, `….md.j2` as
Markdown, all others as one line of plain text. A template has nothing to remember, and a headline is only text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any, Literal

import jinja2
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from digest.errors import RenderError
from digest.models import Brief
from digest.render import escape, filters

Kind = Literal["html", "md", "txt"]

# Each format of `render.formats`: its template and its file.
FORMATS: dict[str, tuple[str, str]] = {
    "md": ("brief.md.j2", "brief.md"),
    "html": ("brief.html.j2", "brief.html"),
    "txt": ("brief.txt.j2", "brief.txt"),
    "prose": ("prose.md.j2", "prose.md"),
}
_HINT = "docs/templates.md lists what a template gets, and its filters"
_KINDS: dict[str, Kind] = {
    "html": "html", "htm": "html", "xhtml": "html", "xml": "html", "svg": "html", "atom": "html",
    "md": "md", "markdown": "md",
}  # fmt: skip


def render(
    brief: Brief, name: str, *, templates: Path | None = None, values: Mapping[str, object] = MappingProxyType({})
) -> str:
    """The brief through the template `name`, such as "brief.md.j2".

    A template of that name in the folder `templates` comes before the bundled one; the same holds for what it
    includes or extends. `values` are further variables, for the templates of mail and archive. Raises RenderError
    that names the template and the line.
    """
    folders = [folder for folder in (templates, bundled_templates()) if folder is not None]
    if templates is not None and not templates.is_dir():
        raise RenderError(str(templates), "is not a folder", hint="render.templates names a folder of templates")
    return _rendered(brief, name, folders, values)


def render_file(brief: Brief, path: Path) -> str:
    """The brief through the user's template at `path`, which may include its neighbours and the bundled ones.

    Raises RenderError that names the template and the line.
    """
    if not path.is_file():
        raise RenderError(str(path), "there is no such file", hint=f"bundled are {', '.join(_names())}")
    return _rendered(brief, path.name, [path.parent, bundled_templates()])


def bundled_templates() -> Path:
    """The folder of templates that came with the program: in the package, or beside it in a working copy."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "_bundled" / "templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


def template_kind(name: str) -> Kind:
    """How a template of this name is escaped: "brief.html.j2" is "html", "notes.md" is "md", all else "txt"."""
    stem = name.lower()
    for suffix in (".j2", ".jinja", ".jinja2"):
        stem = stem.removesuffix(suffix)
    return _KINDS.get(stem.rpartition(".")[2], "txt")


def _rendered(
    brief: Brief, name: str, folders: Sequence[Path], values: Mapping[str, object] = MappingProxyType({})
) -> str:
    environment = _environment(brief, folders)
    try:
        return environment.get_template(name).render({**values, "brief": brief})
    except jinja2.TemplateNotFound as error:
        told = f"there is no template '{error.name or name}', neither beside it nor bundled"
        raise RenderError(_place(error, name, folders), told, hint=f"bundled are {', '.join(_names())}") from error
    except Exception as error:  # a template is the user's program: whatever it raises is told with its line
        told = f"{type(error).__name__}: {getattr(error, 'message', None) or error}"
        raise RenderError(_place(error, name, folders), told, hint=_HINT) from error


def _names() -> tuple[str, ...]:
    """The templates a person can ask for: not the parts of others, nor those that need more than a brief."""
    return tuple(sorted(template for template, _ in FORMATS.values()))


def _place(error: BaseException, name: str, folders: Sequence[Path]) -> str:
    """The template and line an error came from: jinja2 writes them into the traceback."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.name or name}, line {error.lineno}"
    place, trace = name, error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.parent in folders and file.suffix:
            place = f"{file.name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


class _Compiled(jinja2.BytecodeCache):
    """Templates compiled once a process: an archive renders one template for hundreds of briefs."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of the same name, file and source, if there is one."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def _environment(brief: Brief, folders: Sequence[Path]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=lambda name: template_kind(name or "") != "txt",
        undefined=jinja2.StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED,
    )
    environment.filters.update(filters.filters_of(brief))
    return environment


@jinja2.pass_context
def _printed(context: Context, value: Any) -> Any:
    """What `{{ … }}` prints: safe text as it is, nothing for None, all else escaped by the template's kind."""
    if value is None:
        return ""
    if isinstance(value, jinja2.Undefined) or hasattr(value, "__html__"):
        return value
    text = str(value)
    before, after = " " * text[:1].isspace(), " " * text[1:][-1:].isspace()  # so that {{ ", " }} is one
    if template_kind(context.name or "") == "md":
        return Markup(before + escape.markdown(text) + after)
    return before + escape.plain(text) + after
