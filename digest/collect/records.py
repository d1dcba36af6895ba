"""JSON and JSON Lines: digest's own article fields, and the names that feeds and scrapers use for them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from digest.collect.credits import split_names
from digest.collect.decode import decode
from digest.collect.outlet_names import feed_outlet, host_of
from digest.collect.raw import RawArticle
from digest.collect.times import parse_time
from digest.config import SourceConfig
from digest.errors import CollectError
from digest.models import READ_REST, Article

T = TypeVar("T")

# Names of fields, lower-case and without "_", "-", "." and spaces: publishedAt, published_at and Published-At are one.
# The first that holds something usable wins.
_TITLE = ("title", "headline", "webtitle", "name", "subject")
_TEXT = (
    "text articletext fulltext maintext cleanedtext plaintext contenttext articlebody bodytext body content "
    "contenthtml content:encoded html bodyhtml"
).split()
_TEASER = ("leadparagraph", "summary", "description", "excerpt", "abstract", "snippet", "lead", "trailtext")
_LINK = (
    "link url canonicalurl canonical permalink externalurl weburl articleurl sourceurl source href archivedat guid id "
    "mainentityofpage"
).split()
_PUBLISHED = (
    "publishedtime published datepublished publishedat publishedon pubdate publishdate publicationdate publisheddate "
    "webpublicationdate dategmt date datetime timestamp time createdat created datecreated dateissued "
    "uploaddate originalpublicationdate ptime displaydate"
).split()
_UPDATED = (
    "modifiedtime updated datemodified updatedat updatedon modifiedgmt modified modifiedat lastupdated lastmodified "
    "lastmod updatedtime utime"
).split()
_OUTLET = (
    "outlet source sourcename sourcehostname sitename publisher publication newspaper media provider site origin "
    "applicationname cre"
).split()
_CARRIER = ("carrier", "via", "aggregator")
_AUTHORS = ("authors", "author", "byline", "creator", "dc:creator", "writers", "byl", "account")
_LANG = ("lang", "language", "inlanguage", "languagecode", "locale", "contentlanguage")
_TAGS = ("tags", "tag", "newskeywords", "keywords", "categories", "category", "topics", "section", "articlesection")
_LISTS = (
    "items articles entries data results docs documents stories posts news value response feed channel item"
).split()
_OWN_FIELDS = frozenset(Article.__dataclass_fields__)
_OWN_ID = re.compile("[0-9a-f]{12}")
_IGNORED = re.compile(r"[_.\s-]")
_HTML = re.compile(
    r"</?(?:p|br|div|a|span|h[1-6]|ul|ol|li|em|strong|b|i|img|blockquote|figure|article|body|html)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_TEASER_STUB_WORDS = 40  # a summary alone is taken for the text; one this short is only a teaser
_LABELS_SPLIT = re.compile("[,;]")
_MAX_DEPTH = 4  # of what wraps the list of articles, and of lists in a field


def read_json(content: bytes, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The articles of a JSON file: one object, a list, or an object that holds a list. Raises CollectError."""
    text = decode(content, label=label)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = _read_lines(text)
        if lines is None:
            raise CollectError(label, f"is not valid JSON ({_why(error)})") from error
        value = lines
    return _articles(value, label=label)


def read_jsonl(content: bytes, *, label: str, source: SourceConfig) -> tuple[RawArticle, ...]:
    """The articles of a JSON Lines file. Raises CollectError when no line is good, PartlyReadError when one is not."""
    text = decode(content, label=label)
    values: list[Any] = []
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            values.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            values.append(None)  # the entries after it keep their numbers
            faults.append(f"line {number} is not valid JSON ({_why(error)})")
    if not faults:
        return _articles(values, label=label)
    more = f", and {len(faults) - 1} more of {len(values)} lines" if len(faults) > 1 else ""
    if len(faults) == len(values):
        raise CollectError(label, f"{faults[0]}{more}")
    raise PartlyReadError(label, f"{faults[0]}{more}; {READ_REST}", raws=_articles(values, label=label))


class PartlyReadError(CollectError):
    """Some of a file could not be read; `raws` is what could."""

    def __init__(self, subject: str, reason: str, *, raws: tuple[RawArticle, ...]) -> None:
        super().__init__(subject, reason)
        self.raws = raws


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if not isinstance(error, json.JSONDecodeError):
        return "a number is too long"
    return error.msg.removesuffix(" at")  # "Invalid control character at", to which json adds the place


def _read_lines(text: str) -> list[Any] | None:
    """JSON Lines under the name .json: common enough to be tried."""
    try:
        values = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return None
    return values if len(values) > 1 else None


def _articles(value: Any, *, label: str) -> tuple[RawArticle, ...]:
    outlet: str | None = None
    host = ""
    for _ in range(_MAX_DEPTH):
        if not isinstance(value, Mapping) or _text(_lowered(value))[0]:
            break
        inner = _wrapped(value)
        if inner is None:
            break
        outlet, host = _feed_name(value) or (outlet, host)
        value = inner
    if isinstance(value, Mapping):
        return (raw_from_record(value),)
    if not isinstance(value, list):
        raise CollectError(
            label, "holds no article: give an object, or a list of objects, with a text or content field"
        )
    return tuple(_entries(value, outlet=outlet, host=host))


def _wrapped(value: Mapping[str, Any]) -> Any:
    fields = _lowered(value)
    return next((fields[key] for key in _LISTS if isinstance(fields.get(key), (list, dict))), None)


def _feed_name(value: Mapping[str, Any]) -> tuple[str, str] | None:
    """A feed's own title and host: it is the outlet of the entries that link to that host."""
    fields = _lowered(value)
    fields = _lowered(fields["feed"]) if isinstance(fields.get("feed"), Mapping) else fields  # as feedparser has it
    home = _first(fields, ("homepageurl", "link", "url", "feedurl"), _address)
    title = feed_outlet(_name(fields.get("title")), home=home)
    return (title, host_of(home)) if title and home else None


def _entries(values: list[Any], *, outlet: str | None, host: str) -> Iterator[RawArticle]:
    for number, value in enumerate(values, 1):
        if not isinstance(value, Mapping):
            continue
        yield _with_feed(raw_from_record(value, entry=number), outlet=outlet, host=host)


def _with_feed(raw: RawArticle, *, outlet: str | None, host: str) -> RawArticle:
    if outlet is None:
        return raw
    own = raw.link is None or host_of(raw.link) == host
    if raw.outlet is None and own:
        return replace(raw, outlet=outlet)
    if not own and raw.carrier is None and raw.outlet != outlet:
        return replace(raw, carrier=outlet)
    return raw


def raw_from_record(record: Mapping[str, Any], *, entry: int | None = None) -> RawArticle:
    """An article from an object's fields, whatever their common name is; a field of the wrong kind counts as absent."""
    fields = _lowered(record)
    if isinstance(fields.get("fields"), Mapping):  # some interfaces keep the text one level down
        fields = _lowered(fields["fields"]) | {key: value for key, value in fields.items() if value}
    if _OWN_FIELDS.issuperset(record) and _OWN_ID.fullmatch(str(record.get("id"))):
        fields.pop("source", None)  # in an issue's sources.jsonl it says where the text was read, not who published it
    text, teaser = _text(fields)
    return RawArticle(
        text=text,
        title=_first(fields, _TITLE, _line),
        outlet=_first(fields, _OUTLET, _name),
        carrier=_first(fields, _CARRIER, _name),
        link=_first(fields, _LINK, _address),
        published=_first(fields, _PUBLISHED, parse_time),
        updated=_first(fields, _UPDATED, parse_time),
        authors=_first(fields, _AUTHORS, _people) or (),
        lang=_first(fields, _LANG, _line),
        tags=tuple(dict.fromkeys(label for key in _TAGS for label in _labels(fields.get(key)))),
        stub=fields.get("stub") is True or (teaser and len(text.split()) < _TEASER_STUB_WORDS),
        entry=entry,
    )


def _lowered(record: Mapping[str, Any]) -> dict[str, Any]:
    return {_IGNORED.sub("", str(key).casefold()): value for key, value in record.items()}


def _text(fields: Mapping[str, Any]) -> tuple[str, bool]:
    """The text, and whether it is only the entry's teaser."""
    for keys, teaser in ((_TEXT, False), (_TEASER, True)):
        for key in keys:
            text = _plain(fields.get(key))
            if text.strip():
                return text, teaser
    return "", False


def _plain(value: Any, depth: int = _MAX_DEPTH) -> str:
    if isinstance(value, Mapping):  # {"rendered": "<p>…"} of WordPress, {"value": …} of Atom in JSON
        value = next(
            (value[key] for key in ("rendered", "value", "content", "html", "text", "main") if key in value), None
        )
    if isinstance(value, list):
        parts = [_plain(part, depth - 1) for part in value] if depth else []
        return "\n\n".join(part for part in parts if part)
    if not isinstance(value, str):
        return ""
    if _HTML.search(value):
        from digest.collect.markup import text_of_fragment

        return text_of_fragment(value, one_article=True)
    return value


def _first(fields: Mapping[str, Any], keys: Sequence[str], read: Callable[[Any], T]) -> T | None:
    """What is read of the first of these fields that holds something usable."""
    return next((found for key in keys if (found := read(fields.get(key)))), None)


def _line(value: Any) -> str:
    return _plain(value).strip()


def _address(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("href") or value.get("url") or value.get("@id")
    address = value.strip() if isinstance(value, str) else ""
    return address if address.casefold().startswith(("http://", "https://")) else None


def _name(value: Any, depth: int = _MAX_DEPTH) -> str | None:
    if isinstance(value, Mapping):
        value = next(
            (value[key] for key in ("name", "title", "display_name", "original", "term") if value.get(key)), None
        )
    if isinstance(value, list):
        return _name(value[0], depth - 1) if value and depth else None
    if not isinstance(value, str) or value.casefold().startswith(("http://", "https://")):
        return None
    return value.strip() or None


def _people(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    if len(parts) > 1:  # "Smith, John" is one of several
        return tuple(name for part in parts if (name := _name(part)))
    return split_names(_name(parts[0]) or "") if parts else ()


def _labels(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    return tuple(label for part in parts for name in _LABELS_SPLIT.split(_name(part) or "") if (label := name.strip()))
