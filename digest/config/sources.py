"""Where articles come from, and how they are fetched."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, model_validator

from digest.config.values import IsoTime, Table, WebAddress

SourceKind = Literal["path", "feed", "page", "opml", "mailbox"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


class SourceConfig(Table):
    """Where articles come from: one of path, feed, page, opml or mailbox a table. A key set here wins over theirs."""

    path: str | None = Field(
        None, examples=["articles"], description="a folder (with its subfolders), a file, or a pattern: 'news/*.html'"
    )
    feed: str | None = Field(
        None, examples=["https://coastradio.example/rss.xml"], description="address of an RSS, Atom or JSON feed"
    )
    page: str | None = Field(
        None,
        examples=["https://harbour.example/notices"],
        description="address of a web page: an article, or a page that lists articles",
    )
    opml: str | None = Field(None, examples=["feeds.opml"], description="an OPML file: all the feeds that it lists")
    mailbox: str | None = Field(
        None,
        examples=["imaps://you%40mail.example@imap.mail.example/Newsletters"],
        description="newsletters: a Maildir folder, an mbox file, or imaps://user@host/folder",
    )
    name: str | None = Field(
        None, examples=["Coast Radio"], description="what to call the source in messages and in the brief's footer"
    )
    outlet: str | None = Field(
        None, examples=["Coast Radio"], description="who published these articles, when the files do not say"
    )
    carrier: str | None = Field(
        None, examples=["Newsbox"], description="the site that only carries other outlets' texts"
    )
    link: WebAddress | None = Field(
        None, examples=["https://coastradio.example/a/1"], description="the article's address, for a single file"
    )
    title: str | None = Field(
        None, examples=["Ferry runs aground"], description="the article's title, for a single file"
    )
    published: IsoTime | None = Field(
        None, examples=["2026-03-04T07:00:00Z"], description="when it was published (ISO 8601), for a single file"
    )
    lang: str | None = Field(None, examples=["en"], description="language code, such as 'en'")
    aggregator: bool | None = Field(
        None,
        examples=[True],
        description="true: the page lists many articles; false: it never does; unset: found out by looking",
    )
    full_text: bool | None = Field(
        None,
        examples=[True],
        description="fetch the page of a feed's entries: true always, false never, unset where a feed only teases",
    )
    local: bool = Field(False, description="true: the address may be of this machine or house (localhost, 192.168.…)")
    password_env: str | None = Field(
        None,
        examples=["DIGEST_IMAP_PASSWORD"],
        description="for imaps: the environment variable that holds the password; never the password itself",
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
        None,
        examples=["https://briefs.example/about"],
        description="your address or site, sent along so that a server's owner can reach you",
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
