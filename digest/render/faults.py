"""What is wrong with a template, in words: jinja's findings as the one who wrote the template would say them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from difflib import get_close_matches

import jinja2

from digest import models
from digest.render import wording

_NO_ATTRIBUTE = re.compile(r"'(?:[\w.]*\.)?(\w+)(?: object)?' has no attribute '(.+)'\Z", re.DOTALL)
_UNDEFINED = re.compile(r"'(.+)' is undefined\Z", re.DOTALL)
_NO_FILTER = re.compile(r"No (filter|test) named '(.+?)'")
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(.+?)'")
_WANTED = re.compile(r"looking for the following tags: (.+?)\. The innermost block that needs to be closed is '(\w+)'")


def fault(error: BaseException, *, filters: Collection[str]) -> str:
    """What an error of jinja, or one that a template raised while it ran, means; `filters` are those there are."""
    said = str(getattr(error, "message", None) or error)
    if isinstance(error, jinja2.UndefinedError):
        return _undefined(said)
    if isinstance(error, jinja2.TemplateSyntaxError):
        return _syntax(said, filters)
    if isinstance(error, UnicodeDecodeError):
        return f"is not UTF-8 (byte {error.start})"
    return f"breaks off with {type(error).__name__}: {said}"


def missing(name: str, *, asked: str, bundled: Collection[str]) -> str:
    """That there is no template `name`: the one that was `asked` for, or one that it includes or extends."""
    if name in bundled:
        return "is one of the program's own templates, and not where they should be; install digest again"
    near = _near(name, bundled)
    if name == asked:
        return f"there is no such file, and no bundled template of this name{near}"
    return f"needs '{name}', which is neither beside it nor bundled{near}"


def _undefined(said: str) -> str:
    if found := _NO_ATTRIBUTE.search(said):
        owner, name = found.groups()
        if owner in ("None", "NoneType"):
            return f"asks for '{name}' where there is nothing (None); ask {{% if … %}} first"
        return f"a {owner} has no '{name}'{_near(name, _fields(owner))}"
    if found := _UNDEFINED.search(said):
        return f"there is no '{found[1]}'{_near(found[1], ('brief',))}; a template gets `brief`"
    return f"asks for what is not there: {said}"


def _fields(owner: str) -> tuple[str, ...]:
    kind = getattr(models, owner, None) or getattr(wording, owner, None)
    return tuple(one.name for one in fields(kind)) if kind and is_dataclass(kind) else ()


def _syntax(said: str, filters: Collection[str]) -> str:
    if found := _NO_FILTER.search(said):
        return f"there is no {found[1]} '{found[2]}'{_near(found[2], filters if found[1] == 'filter' else ())}"
    wanted = _WANTED.search(said)
    ends = " or ".join(_tags(wanted[1])) if wanted else ""
    if found := _UNKNOWN_TAG.search(said):
        open_tag = f"; {{% {wanted[2]} %}} is still open and ends with {ends}" if wanted else ""
        return f"there is no tag {{% {found[1]} %}}{open_tag}"
    if wanted:
        return f"{{% {wanted[2]} %}} is not closed: {ends} is missing"
    return f"is not a template here: {said[:1].lower()}{said[1:]}"


def _tags(listed: str) -> Iterator[str]:
    return (f"{{% {name} %}}" for name in re.findall(r"'(\w+)'", listed))


def _near(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f" (did you mean '{near[0]}'?)" if near else ""
