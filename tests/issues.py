"""A small finished issue, made by hand: two articles that differ on a figure, a line that cites both."""

from __future__ import annotations

from datetime import UTC, date, datetime

from digest.deliver.outputs import issue_texts, read_issue, write_texts
from digest.models import (
    Article,
    Brief,
    Citation,
    Difference,
    Entry,
    Ledger,
    Line,
    Reading,
    Section,
    SourceEntry,
    Story,
    Window,
)
from digest.render import FORMATS, render
from digest.trace import Trace

AT = datetime(2026, 3, 4, 5, 0, tzinfo=UTC)
FIRST = "Three people died and 35 others were hurt in Osmark, Governor Signe Halvard said."
SECOND = "Three people were killed in Osmark and at least 40 hurt, the hospital reported."
ARTICLES = (
    Article(
        id="a1", title="Three die off Osmark", text=f"{FIRST} The port is shut.", outlet="Coast Radio",
        link="https://coastradio.example/1", published=AT, source="one.txt",
    ),
    Article(id="a2", title="Hospital counts the hurt", text=SECOND, source="two.txt"),
)  # fmt: skip


def _citation(n: int, article: Article, quote: str) -> Citation:
    start = article.text.index(quote)
    return Citation(
        n=n, article_id=article.id, outlet=article.outlet, link=article.link, published=article.published,
        quote=quote, start=start, end=start + len(quote),
    )  # fmt: skip


def _source(n: int, article: Article) -> SourceEntry:
    return SourceEntry(
        n=n, article_id=article.id, label=article.outlet or article.title, outlet=article.outlet, carrier=None,
        title=article.title, link=article.link, published=article.published, fate="cited",
    )  # fmt: skip


BRIEF = Brief(
    title="Osmark brief",
    date=date(2026, 3, 4),
    window=Window(since=None, until=datetime(2026, 3, 4, 7, 0, tzinfo=UTC), timezone="UTC"),
    series=None,
    sections=(
        Section(
            title=None,
            stories=(
                Story(
                    id="s1",
                    title="Three die off Osmark",
                    topics=(
                        Entry(
                            id="t1",
                            status="new",
                            line=Line(
                                text=FIRST,
                                kind="extractive",
                                citations=(_citation(1, ARTICLES[0], FIRST), _citation(2, ARTICLES[1], SECOND)),
                            ),
                            outlets=2,
                            origins=2,
                            statements=2,
                            differences=(
                                Difference(
                                    what="injured",
                                    values=(
                                        Reading(value="35", unit=None, n=(1,)),
                                        Reading(value="at least 40", unit=None, n=(2,)),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    sources=tuple(_source(n, article) for n, article in enumerate(ARTICLES, start=1)),
    ledger=Ledger(
        articles=2, outlets=1, origins=2, copies=0, off_window=0, undated=1, stubs=0, statements=3, topics=2, lines=1,
        below_cut=1,
    ),
)  # fmt: skip


def write_small_issue(folder, *, templates=None):
    """Write the issue into a folder, with every page, and read it back."""
    rendered = {file: render(BRIEF, template, templates=templates) for template, file in FORMATS.values()}
    texts = issue_texts(BRIEF, articles=ARTICLES, trace=Trace(topics=(), omitted=()), rendered=rendered)
    write_texts(folder, texts)
    return read_issue(folder)
