"""The configuration: TOML into frozen pydantic models, one table per stage of the pipeline.

Each field's description is its documentation: `commented.py` writes the file of `digest init` from them. An unknown key
is refused with the name of the nearest known one. Paths in a file are relative to that file.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from difflib import get_close_matches
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.fields import FieldInfo

from digest.errors import ConfigError

PACKAGED_MODEL = "minilm"

Format = Literal["md", "html", "txt", "prose"]
SourceKind = Literal["path", "feed", "page", "opml", "mailbox"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a time zone; write one like 'Europe/Oslo' or 'UTC'") from error
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]
Similarity = Annotated[float, Field(ge=0.0, le=1.0)]
Phrase = Annotated[str, Field(min_length=1)]


def _plain_address(text: str) -> str:
    """An address with or without a name, in ASCII as mail servers of all ages take it."""
    name, address = parseaddr(text)
    if not re.fullmatch(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,253}", address) or "\n" in text + name or "\r" in text:
        raise ValueError(f"{text!r} is not a mail address; write 'you@example.org' or 'Name <you@example.org>'")
    return text


def _list_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+", text):
        raise ValueError(f"{text!r} is not a list's id; write one like 'strait-watch.example.org'")
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[!-;=?-~]+", text):
        raise ValueError(f"{text!r} is not a web address; write one like 'https://example.org/briefs/'")
    return text


def _unsubscribe_link(text: str) -> str:
    if not re.fullmatch(r"(?:https://|mailto:)[!-;=?-~]+", text):
        raise ValueError(f"{text!r} cannot unsubscribe; write an https: or a mailto: address")
    return text


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


Address = Annotated[str, AfterValidator(_plain_address)]
ListId = Annotated[str, AfterValidator(_list_id)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
UnsubscribeLink = Annotated[str, AfterValidator(_unsubscribe_link)]


class Table(BaseModel):
    """A table of the configuration: no unknown keys, no changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceConfig(Table):
    """Where articles come from: one of path, feed, page, opml or mailbox a table. A key set here wins over theirs."""

    path: str | None = Field(None, description="a folder (with its subfolders), a file, or a pattern: 'news/*.html'")
    feed: str | None = Field(None, description="address of an RSS, Atom or JSON feed")
    page: str | None = Field(None, description="address of a web page: an article, or a page that lists articles")
    opml: str | None = Field(None, description="an OPML file: all the feeds that it lists")
    mailbox: str | None = Field(
        None, description="newsletters: a Maildir folder, an mbox file, or imaps://user@host/folder"
    )
    name: str | None = Field(None, description="what to call the source in messages and in the brief's footer")
    outlet: str | None = Field(None, description="who published these articles, when the files do not say")
    carrier: str | None = Field(None, description="the site that only carries other outlets' texts")
    link: str | None = Field(None, description="the article's address, for a single file")
    title: str | None = Field(None, description="the article's title, for a single file")
    published: str | None = Field(None, description="when it was published (ISO 8601), for a single file")
    lang: str | None = Field(None, description="language code, such as 'en'")
    aggregator: bool | None = Field(
        None, description="true: the page lists many articles; false: it never does; unset: found out by looking"
    )
    full_text: bool | None = Field(
        None, description="fetch the page of a feed's entries: true always, false never, unset where a feed only teases"
    )
    local: bool = Field(False, description="true: the address may be of this machine or house (localhost, 192.168.…)")
    password_env: str | None = Field(
        None, description="for imaps: the environment variable that holds the password; never the password itself"
    )

    @model_validator(mode="after")
    def _one_kind(self) -> SourceConfig:
        named = [kind for kind in SOURCE_KINDS if getattr(self, kind) is not None]
        if len(named) != 1:
            found = f"has {' and '.join(named)}" if named else "names none"
            raise ValueError(f"a source is one of {', '.join(SOURCE_KINDS)}; this one {found}")
        if not getattr(self, named[0]).strip():
            raise ValueError(f"{named[0]} is empty")
        return self

    @property
    def kind(self) -> SourceKind:
        """Which of the five kinds this source is."""
        return next(kind for kind in SOURCE_KINDS if getattr(self, kind) is not None)

    @property
    def address(self) -> str:
        """The value of the key that says where the source is."""
        return str(getattr(self, self.kind))


class CollectConfig(Table):
    """How addresses are fetched. A failing source never stops a run; it is named with its reason."""

    contact: str | None = Field(
        None, description="your address or site, sent along so that a server's owner can reach you"
    )
    concurrency: int = Field(16, ge=1, le=200, description="fetches at once, to different hosts")
    delay: float = Field(0.5, ge=0, description="seconds between two requests to one host")
    timeout: float = Field(20.0, gt=0, description="seconds for one attempt, from first to last byte")
    deadline: float = Field(60.0, gt=0, description="seconds for all attempts at an address, pauses included")
    retries: int = Field(2, ge=0, le=10, description="further attempts after a time-out, a 429 or a server's fault")
    max_bytes: int = Field(10_000_000, ge=1_000, description="bytes of one answer, unpacked, at most")
    max_items: int = Field(500, ge=1, description="entries of one feed or mailbox, at most; the newest are read")
    silent_days: int = Field(30, ge=1, description="name a feed whose newest entry is older than this")
    offline: bool = Field(False, description="open no connection: only files are read")


class WindowConfig(Table):
    """Which articles count as today's. Undated articles are always taken, and counted in the footer."""

    hours: float | None = Field(
        None, gt=0, description="take articles published in this many hours before now; unset: take all"
    )


class CopiesConfig(Table):
    """When two articles are one text."""

    threshold: Similarity = Field(
        0.5, description="share of the shorter text's word runs that must occur in the longer one"
    )


class StatementsConfig(Table):
    """What counts as a statement."""

    min_words: int = Field(5, ge=1, description="shorter sentences are left out as fragments")
    max_words: int = Field(90, ge=10, description="longer ones are left out as run-on text")


class EmbeddingsConfig(Table):
    """The model that turns statements into vectors."""

    model: str = Field(
        PACKAGED_MODEL,
        description="'minilm' is the packaged all-MiniLM-L6-v2; else a sentence-transformers name or folder",
    )
    device: Literal["auto", "cpu", "cuda", "mps"] = Field("auto", description="where to run it")
    batch_tokens: int = Field(4096, ge=64, description="tokens per batch, padding included; less needs less memory")


class TopicsConfig(Table):
    """When two statements say the same thing."""

    # Of .25 to .5: on cross-validated ECB+ statements .35 costs nothing (B3 F1 .779, best .784 at .4), on answers
    # .735 against .758 at .5; on the bundled example and on nine articles about one day of one war the facts told by
    # several outlets come together below .4 and begin to fuse below .3.
    threshold: Similarity = Field(
        0.35, description="probability, by the same-statement judge, above which statements join one topic"
    )
    grain: Literal["fact", "event"] = Field(
        "fact", description="'fact': a topic is one thing told; 'event': all that is told of one event"
    )
    neighbours: int = Field(24, ge=1, description="nearest statements that are judged for each statement")


class StoriesConfig(Table):
    """When two topics belong to one event."""

    # .4 and .5 score alike on the development stories (B3 F1 week .910 and .916, ECB+ .934 both); on the example
    # .4 keeps a vote and the motion that follows it together (.887 against .842).
    threshold: Similarity = Field(0.4, description="probability above which articles, and their topics, join one story")


class LinesConfig(Table):
    """How a topic's line is written."""

    writer: Literal["extractive", "transformers", "endpoint"] = Field(
        "extractive",
        description="'extractive' trims the sources' sentences; 'transformers' runs a model here; 'endpoint' asks one",
    )
    max_words: int = Field(30, ge=8, description="words in a line, at most; whole clauses are dropped to fit")
    max_citations: int = Field(4, ge=1, description="sources cited by a line, at most, one per origin first")
    model: str | None = Field(
        None, description="transformers: a folder or hub name, seq2seq or chat; endpoint: the server's name for it"
    )
    device: Literal["auto", "cpu", "cuda", "mps"] = Field("auto", description="transformers: where to run the model")
    batch_tokens: int = Field(8192, ge=64, description="transformers: tokens per batch, prompts and replies together")
    reply_tokens: int = Field(160, ge=16, description="tokens of one reply, at most; more if it thinks aloud")
    url: str | None = Field(
        None, description="endpoint: base address of an OpenAI-compatible server: 'http://127.0.0.1:11434/v1'"
    )
    api_key_env: str | None = Field(
        None, description="endpoint: the environment variable that holds the key; never the key itself"
    )
    concurrency: int = Field(4, ge=1, le=64, description="endpoint: requests at once")
    timeout: float = Field(60.0, gt=0, description="endpoint: seconds for one answer, to its last byte")
    retries: int = Field(2, ge=0, le=10, description="endpoint: further attempts after a time-out, a 429 or a fault")
    max_requests: int = Field(500, ge=1, description="endpoint: requests in one run, at most, retries included")
    budget_tokens: int | None = Field(
        None, ge=1, description="endpoint: tokens in one run, prompts and replies, at most; unset: no cap"
    )
    entailment_model: str | None = Field(
        None, description="a cross-encoder for natural language inference (folder or hub name) that joins the check"
    )
    entailment_threshold: Similarity = Field(
        0.5, description="probability of entailment below which a written line fails the check"
    )

    @model_validator(mode="after")
    def _complete(self) -> LinesConfig:
        if self.writer != "extractive" and not self.model:
            raise ValueError(f"writer = {self.writer!r} needs a model")
        if self.writer == "endpoint" and not self.url:
            raise ValueError("writer = 'endpoint' needs a url")
        if self.url is not None and not re.fullmatch(r"https?://[^\s/@?#]+(?:/[^\s@?#]*)?", self.url):
            # The address is quoted in messages: it must hold no secret.
            raise ValueError("url must be http(s)://host/path, without a user name, a query or a key in it")
        return self


class WriterConfig(LinesConfig):
    """A writer with a name, for `digest compare --writers`. Repeat the table; its keys are those of [lines]."""

    name: str = Field(min_length=1, description="what to call it")


class BriefConfig(Table):
    """What the brief holds, and where it goes."""

    title: str = Field("Daily brief", description="the brief's title")
    timezone: TimeZone = Field("UTC", description="the reader's time zone")
    outputs: str = Field("outputs", description="folder for the briefs; each issue gets outputs/<date>/")
    max_lines: int = Field(40, ge=1, description="lines in the whole brief, at most; the footer counts the rest")
    max_lines_per_story: int = Field(20, ge=1, description="lines in one story, at most")
    min_origins: int = Field(1, ge=1, description="leave out topics that fewer independent origins report")


class SectionConfig(Table):
    """A section of the brief. Repeat the table; the order here is the order in the brief."""

    title: str = Field(description="the section's heading")
    about: tuple[Phrase, ...] = Field(
        (), description="phrases that say what belongs here, matched by meaning and words"
    )
    max_lines: int | None = Field(None, ge=1, description="lines in this section, at most")


class SeriesConfig(Table):
    """Briefs that continue: number them by the day."""

    name: str = Field(description="the series' name, shown instead of the title")
    first_day: date = Field(description="the day of the first issue, as a TOML date: 2026-01-31")
    first_number: int = Field(1, description="the first issue's number")


class RenderConfig(Table):
    """How the brief looks."""

    formats: tuple[Format, ...] = Field(("md", "html", "txt"), description="files to write beside brief.json")
    templates: str | None = Field(
        None, description="your folder of templates; one named like ours (brief.md.j2) replaces it"
    )


class MailConfig(Table):
    """Where `digest send` mails the brief. Without this table nothing is mailed."""

    sender: Address = Field(alias="from", description="the sender, as 'Daily brief <brief@example.org>'")
    to: tuple[Address, ...] = Field((), description="recipients; each of them sees these addresses")
    bcc: tuple[Address, ...] = Field((), description="recipients that nobody sees")
    host: str = Field(min_length=1, description="the mail server")
    port: int | None = Field(
        None, ge=1, le=65535, description="its port; unset: 587 with starttls, 465 with ssl, 25 with none"
    )
    security: Literal["starttls", "ssl", "none"] = Field(
        "starttls", description="how the connection is encrypted; 'none' only to this machine, or with allow_plain"
    )
    allow_plain: bool = Field(False, description='true: security = "none" may reach another machine, unencrypted')
    ca_file: str | None = Field(None, description="certificates (PEM) to trust instead of the system's: a private CA")
    username: str | None = Field(None, description="the name to log in with; unset: no login")
    password_env: str | None = Field(None, description="the environment variable that holds the password")
    secrets_file: str | None = Field(
        None, description="or a file whose first line is the password; only its owner may read it (chmod 600)"
    )
    list_id: ListId | None = Field(None, description="List-Id for filters, like 'strait-watch.example.org'")
    unsubscribe: tuple[UnsubscribeLink, ...] = Field(
        (), description="List-Unsubscribe: an https: address (one click, by POST) and/or a mailto: one"
    )
    archive: WebAddress | None = Field(
        None, description="address of the folder `digest archive` wrote; the mail links to its issue there"
    )
    attempts: int = Field(4, ge=1, le=20, description="how often a server that says 'later' is asked in one run")
    retry_seconds: float = Field(60, ge=0, description="wait before the second attempt; doubled each time")
    timeout: float = Field(60, gt=0, description="seconds to wait for the server's answer")

    @model_validator(mode="after")
    def _consistent(self) -> MailConfig:
        if not self.to and not self.bcc:
            raise ValueError("names no recipient; set to or bcc")
        if self.security == "none" and not self.allow_plain and not _is_loopback(self.host):
            raise ValueError(
                f"security = 'none' would send the mail unencrypted to {self.host}; use 'starttls' or 'ssl', or set "
                "allow_plain"
            )
        if self.username and not (self.password_env or self.secrets_file):
            raise ValueError("username is set without a password; set password_env or secrets_file")
        if self.password_env and self.secrets_file:
            raise ValueError("password_env and secrets_file are both set; keep one")
        return self


class Config(Table):
    """The whole configuration. Every table may be left out."""

    brief: BriefConfig = BriefConfig()
    sources: tuple[SourceConfig, ...] = ()
    collect: CollectConfig = CollectConfig()
    sections: tuple[SectionConfig, ...] = ()
    series: SeriesConfig | None = None
    window: WindowConfig = WindowConfig()
    copies: CopiesConfig = CopiesConfig()
    statements: StatementsConfig = StatementsConfig()
    embeddings: EmbeddingsConfig = EmbeddingsConfig()
    topics: TopicsConfig = TopicsConfig()
    stories: StoriesConfig = StoriesConfig()
    lines: LinesConfig = LinesConfig()
    writers: tuple[WriterConfig, ...] = ()
    render: RenderConfig = RenderConfig()
    mail: MailConfig | None = None


def load_config(path: Path) -> Config:
    """Read a TOML file. Raises ConfigError that names the file, the key and, for a misspelt one, the nearest key."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read ({error})", hint="give a TOML file in UTF-8") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"is not valid TOML: {error}") from error
    try:
        return Config.model_validate(table)
    except ValidationError as error:
        raise ConfigError(str(path), _explain(error), hint="`digest init` lists every key") from error


def _explain(error: ValidationError) -> str:
    """The first lines of a validation error in the user's words: the key, what is wrong, the nearest known key."""
    problems = []
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            problems.append(f"unknown key {key!r}{_nearest(problem['loc'])}")
        elif problem["type"] == "missing":
            problems.append(f"key {key!r} is required")
        else:
            problems.append(f"key {key!r}: {problem['msg'].removeprefix('Value error, ')}")
    return "; ".join(problems)


def _nearest(location: tuple[int | str, ...]) -> str:
    table = _table_at(location[:-1])
    if table is None:
        return ""
    known = [key_name(name, field) for name, field in table.model_fields.items()]
    homes = [name for name, field in Config.model_fields.items() if _has_key(field, str(location[-1]))]
    if len(location) == 1 and homes:
        return f" (it belongs to the table {' or '.join(f'[{name}]' for name in homes[:2])})"
    near = get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
    if near:
        return f" (did you mean {near[0]!r}?)"
    return f" (known here: {', '.join(known)})"


def _has_key(field: FieldInfo, key: str) -> bool:
    table = table_of(field.annotation)
    return table is not None and key in table.model_fields


def key_name(name: str, field: FieldInfo) -> str:
    """What the file calls a field: "from", which no Python name can be, is the alias of `sender`."""
    return field.alias or name


def _table_at(location: tuple[int | str, ...]) -> type[Table] | None:
    table: type[Table] = Config
    for part in location:
        if isinstance(part, int):
            continue
        found = table_of(table.model_fields[part].annotation)
        if found is None:
            return None
        table = found
    return table


def table_of(annotation: Any) -> type[Table] | None:
    """The Table class inside an annotation such as `tuple[SourceConfig, ...]` or `SeriesConfig | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next((found for inner in get_args(annotation) if (found := table_of(inner))), None)
