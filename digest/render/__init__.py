"""Brief -> text through jinja2. Templates get `brief` (the dataclass) and the filters of `docs/templates.md`.

What a template prints is escaped by the template's kind, which its name tells: `….html.j2` as HTML, `….md.j2` as
Markdown, all others as one line of plain text. A template has nothing to remember, and a headline is only text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any, Literal

import jinja2
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from digest.counting import counted
from digest.errors import RenderError
from digest.language.claims import attribution
from digest.models import Background, Brief, Edit, Entry, Line, SourceEntry
from digest.render import escape, faults, moments, movement, wording

Kind = Literal["html", "md", "txt"]

TEXT_WIDTH = 78  # columns of the plain-text brief: fits a mail quoted once
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
    """The brief through the user's template at `path`, which may include its neighbours and the bundled ones."""
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
        told = faults.missing(str(error.name or name), asked=name, bundled=_names())
        raise RenderError(_place(error, name, folders), told, hint=f"bundled are {', '.join(_names())}") from error
    except Exception as error:  # a template is the user's program: whatever it raises is told with its line
        place = _place(error, name, folders)
        raise RenderError(place, faults.fault(error, filters=environment.filters), hint=_HINT) from error


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
    environment.filters.update(_filters(brief))
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


def _filters(brief: Brief) -> dict[str, Callable[..., Any]]:
    """The filters of docs/templates.md. Those that need the brief (time zone, sources) have it already."""

    def moment(when: datetime | None) -> str:
        return moments.moment(when, brief)

    def iso(when: datetime) -> str:
        return moments.iso(when, brief)

    def cited(line: Line) -> tuple[wording.Cited, ...]:
        return wording.cited(line, brief)

    def credited(line: Line, turn: int = 0) -> Markup:
        return _credited(line, wording.cited(line, brief), turn)

    def text_line(entry: Entry) -> str:
        return wording.text_line(entry, brief)

    def text_source(source: SourceEntry) -> str:
        return wording.text_source(source, brief)

    def labels(numbers: Sequence[int]) -> tuple[str, ...]:
        return wording.labels(numbers, brief)

    def differences(entry: Entry) -> str:
        return wording.differences(entry, brief)

    def changes(entry: Entry) -> str:
        return movement.changes(entry, brief)

    def remarks(entry: Entry) -> tuple[str, ...]:
        return movement.remarks(entry, brief)

    def day_words(day: date) -> str:
        return movement.day_words(day, brief)

    def background(told: Sequence[Background]) -> str:
        return movement.background(told, brief)

    def edit_place(edit: Edit) -> str:
        return movement.edit_place(edit, brief)

    return {
        "headline": wording.headline,
        "subline": wording.subline,
        "subline_parts": wording.subline_parts,
        "long_date": moments.long_date,
        "window_words": moments.window_words,
        "read_words": wording.read_words,
        "moment": moment,
        "iso": iso,
        "counted": counted,
        "carriage": wording.carriage,
        "notes": wording.notes,
        "cited": cited,
        "cited_sources": wording.cited_sources,
        "quotes": wording.quotes,
        "unused_sources": wording.unused_sources,
        "credited": credited,
        "text_line": text_line,
        "text_source": text_source,
        "labels": labels,
        "quoted": wording.quoted,
        "reading": wording.reading,
        "differences": differences,
        "changes": changes,
        "remarks": remarks,
        "day_words": day_words,
        "background": background,
        "edit_place": edit_place,
        "text_edit": movement.text_edit,
        "movement_words": movement.movement_words,
        "listed": wording.listed,
        "linkless": wording.linkless,
        "ledger_words": wording.ledger_words,
        "web_link": escape.web_link,
        "quote_link": quote_link,
        "md_link": md_link,
        "fill": fill,
    }


def quote_link(source: wording.Cited) -> str | None:
    """The address that opens a cited article at the quotes, or None without a link."""
    return escape.quote_link(source.link, [citation.quote for citation in source.citations])


def md_link(label: object, address: str | None) -> Markup:
    """A Markdown link `[label](<address>)`; without an address only the bracketed label."""
    text = label if isinstance(label, Markup) else escape.markdown(str(label))
    if address is None:
        return Markup(f"[{text}]")
    return Markup(f"[{text}]({escape.markdown_link(address)})")


def _credited(line: Line, sources: Sequence[wording.Cited], turn: int) -> Markup:
    """The line as a sentence of a paragraph, with links to those it is credited to; `turn` varies the phrase."""
    names = {source.label: md_link_text(source) for source in sources}
    credit = wording.listed(tuple(names.values()))
    text, end = wording.open_end(line.text)
    if attribution(line.text):
        # "…, the governor said, according to Coast Radio" would name two speakers for one thing.
        return Markup(f"{escape.markdown(text)} ({credit})" + ("." if end else ""))
    if not end:
        return Markup(f"{escape.markdown(text)} ({credit})")
    phrase = f"according to {credit}" if turn % 2 == 0 else f"{credit} reported"
    return Markup(f"{escape.markdown(text)}, {phrase}.")


def md_link_text(source: wording.Cited) -> str:
    """A cited source's name, linked to the quotes where it has a link."""
    address = quote_link(source)
    name = source.label if source.citations[0].outlet else wording.quoted(source.label)
    return escape.markdown(name) if address is None else str(md_link(name, address))


def fill(text: str, indent: str = "", first: str | None = None, width: int = TEXT_WIDTH) -> Markup:
    """Plain text wrapped at `width` columns; `first` begins the first line, `indent` the others."""
    start = indent if first is None else first
    return Markup(
        textwrap.fill(
            escape.plain(text), width, initial_indent=start, subsequent_indent=indent,
            break_long_words=False, break_on_hyphens=False,
        )
    )  # fmt: skip
