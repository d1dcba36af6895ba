"""A brief for the tests of contract, renderers and pages: invented places, outlets and people; hostile words too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from digest.models import (
    Background,
    Brief,
    Change,
    Citation,
    Difference,
    Edit,
    EditPart,
    Entry,
    Failure,
    Ledger,
    LeftOut,
    Line,
    Neighbour,
    Reading,
    Section,
    Series,
    SourceEntry,
    Story,
    Window,
)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def _source(n, article_id: str, label: str, title: str, link: str | None, published: datetime | None, **more):
    more = {"outlet": label, "carrier": None, "fate": "cited" if n else "unused", **more}
    return SourceEntry(n=n, article_id=article_id, label=label, title=title, link=link, published=published, **more)


SOURCES = (
    _source(
        1, "a01", "Coast Radio", "Three dead after ferry and tanker collide off Osmark",
        "https://coast-radio.example/news/ferry-osmark?id=7&lang=en", _at(4, 1, 10),
        carried_by=("Newsbox", "Harbour Blog"),
    ),
    _source(
        2, "a02", "Meridian Post", "Osmark ferry: what we know [LIVE] *updated* <b>now</b>",
        "https://meridian.example/world/osmark#live-2", _at(4, 4, 35),
    ),
    _source(3, "a03", "Daily Ledger", "“At least 40” hurt as ships meet in fog", "javascript:alert(1)", _at(3, 23, 50)),
    _source(
        4, "a04", "Rescue chief: everyone is accounted for, and other things that were said at a press conference "
        "which went on for two hours on the quay", "Rescue chief: everyone is accounted for, and other things that "
        "were said at a press conference which went on for two hours on the quay", None, None, outlet=None,
    ),
    _source(
        5, "a05", "صوت الميناء", "إغلاق ميناء أوسمارك حتى الجمعة", "https://sawt.example/أخبار/ميناء", _at(4, 3, 0),
    ),
    _source(
        6, "a06", "Harbour Times", "Port shut until Friday", "https://harbour-times.example/p/88", _at(4, 5, 20),
        carrier="Newsbox", stub=True,
    ),
    _source(
        None, "a07", "Newsbox", "Three dead after ferry and tanker collide", "https://newsbox.example/1", _at(4, 2, 0),
        fate="copy", copy_of="a01",
    ),
    _source(
        None, "a08", "Harbour Blog", "Three dead after ferry and tanker collide", None, None,
        fate="copy", copy_of="a01",
    ),
    _source(None, "a09", "Inland News", "<script>alert('title')</script> Snow in the hills", None, _at(3, 9, 0)),
)  # fmt: skip

_BY_NUMBER = {source.n: source for source in SOURCES if source.n is not None}


def _cite(n: int, start: int, quote: str) -> Citation:
    source = _BY_NUMBER[n]
    return Citation(
        n=n, article_id=source.article_id, outlet=source.outlet, link=source.link, published=source.published,
        quote=quote, start=start, end=start + len(quote),
    )  # fmt: skip


def _entry(name: str, text: str, citations: tuple[Citation, ...], outlets: int, origins: int, **more) -> Entry:
    line = Line(text=text, kind=more.pop("kind", "extractive"), citations=citations, claimed_by=more.pop("by", None))
    more = {"status": "new", "statements": len(citations), **more}
    return Entry(id=name, line=line, outlets=outlets, origins=origins, **more)


COLLISION = Story(
    id="s1",
    title="Ferry collision off Osmark",
    topics=(
        _entry(
            "t1",
            "A ferry and a tanker collided off Osmark late on Tuesday, killing three people and injuring 35, "
            "the regional governor said.",
            (
                _cite(
                    1, 120,
                    "Three people were killed and 35 injured when the ferry Ansgar and a tanker collided off Osmark "
                    "late on Tuesday - in thick fog, the regional governor, Ida Brandt, told Coast Radio.",
                ),
                _cite(2, 0, "The ferry collided with a tanker late on Tuesday, killing three people and injuring 35."),
                _cite(3, 44, "Three people died and “at least 40” were hurt, the hospital said."),
            ),
            6, 3,
            differences=(
                Difference(
                    what="injured",
                    values=(
                        Reading(value="35", unit=None, n=(1, 2)),
                        Reading(value="at least 40", unit=None, n=(3,)),
                    ),
                ),
            ),
            statements=7,
        ),
        _entry(
            "t2",
            "All 212 passengers have now been accounted for, the rescue service says; 14 were missing on Tuesday.",
            (
                _cite(4, 10, "All 212 passengers have now been accounted for, the rescue service says."),
                _cite(1, 600, "On Tuesday night 14 passengers were still missing."),
                _cite(1, 420, "Everyone on board has been accounted for, all 212 of them."),
            ),
            2, 2,
            status="updated",
        ),
        _entry(
            "t3",
            "The tanker’s owner denies that it had left the marked lane.",
            (_cite(2, 300, "Norra Lines denies that its tanker had left the marked lane."),),
            1, 1,
            by="Norra Lines",
            status="running",
        ),
        _entry(
            "t4",
            "“We heard a bang, and then the lights went out,” said Mattis Oy, a cook on the ferry.",
            (_cite(3, 200, "“We heard a bang, and then the lights went out,” said Mattis Oy, a cook on the ferry."),),
            1, 1,
        ),
    ),
)  # fmt: skip

HOSTILE = Story(
    id="s2",
    title="# <script>alert('story')</script> **Win** a [free](javascript:alert(1)) ![cruise](https://evil.example/x.png)",
    topics=(
        _entry(
            "t5",
            "1. <img src=x onerror=alert(1)> *Osmark* port_authority & “friends” said [the port] pays $5 "
            "to `root` | &lt;b&gt;",
            (
                _cite(
                    6, 0,
                    "</blockquote></details><script>alert('quote')</script> said [1](javascript:alert(2)) -- and",
                ),
            ),
            1, 1,
            kind="fallback",
        ),
    ),
)  # fmt: skip

TRADE = Story(
    id="s3",
    title=None,
    topics=(
        _entry(
            "t6",
            "Osmark port will stay closed until Friday, [the harbour authority] said.",
            (
                _cite(5, 0, "قالت هيئة الميناء إن ميناء أوسمارك سيبقى مغلقا حتى يوم الجمعة."),
                _cite(6, 90, "The port will stay closed until Friday, it said."),
            ),
            2, 2,
            differences=(
                Difference(
                    what="closed for",
                    values=(Reading(value="2", unit="days", n=(6,)), Reading(value="3", unit="days", n=(5,))),
                ),
                Difference(
                    what="waiting ships",
                    values=(Reading(value="some 60", unit=None, n=(5,)), Reading(value="11", unit=None, n=(6, 2))),
                ),
            ),
        ),
    ),
)  # fmt: skip

BRIEFLY = Story(
    id="s4",
    title=None,
    topics=(
        _entry("t7", "Snow fell in the hills on Tuesday.", (_cite(2, 70, "Snow fell on Tuesday in the hills."),), 1, 1),
    ),
)

LEDGER = Ledger(
    articles=31,
    outlets=9,
    origins=22,
    copies=9,
    off_window=2,
    undated=1,
    stubs=1,
    statements=412,
    topics=27,
    lines=6,
    below_cut=11,
    omitted=(LeftOut(reason="a heading", count=14), LeftOut(reason="no news", count=3)),
    failures=(
        Failure(source="Harbour Times", reason="timeout"),
        Failure(source="photos/<osmark>.png", reason="not text"),
        Failure(source="photos/quay.png", reason="not text"),
    ),
)

SERIES_BRIEF = Brief(
    title="Strait watch",
    date=date(2026, 3, 4),
    window=Window(since=_at(3, 5), until=_at(4, 6), timezone="Europe/Oslo"),
    series=Series(
        name="Strait watch",
        number=118,
        previous=Neighbour(number=117, date=date(2026, 3, 3), folder="../2026-03-03"),
        next=Neighbour(number=119, date=date(2026, 3, 5), folder="../2026-03-05"),
    ),
    sections=(
        Section(title="At sea", stories=(COLLISION, HOSTILE)),
        Section(title="Trade", stories=(TRADE,)),
        Section(title="Weather", stories=(), empty_because="Nothing in the 31 articles is about the weather."),
    ),
    sources=SOURCES,
    ledger=LEDGER,
)

# Without a series and sections: stories head the brief, bare lines stand alone, every article was taken.
PLAIN_BRIEF = replace(
    SERIES_BRIEF,
    title="Daily brief",
    series=None,
    window=Window(since=None, until=_at(4, 6), timezone="UTC"),
    sections=(Section(title=None, stories=(COLLISION, TRADE, BRIEFLY)),),
    ledger=replace(LEDGER, articles=1, outlets=1, origins=1, copies=1, stubs=0, off_window=0, undated=0, below_cut=1,
                   failures=()),
)  # fmt: skip

EMPTY_BRIEF = replace(
    PLAIN_BRIEF, sections=(Section(title=None, stories=(), empty_because="No article says anything new."),), sources=()
)

# An issue with others behind it: changes with both sides, a count over time, what was overtaken, what runs on, edits.
_TUESDAY = date(2026, 3, 3)
_CHANGED = replace(
    COLLISION.topics[1],
    changes=(
        Change(
            kind="number",
            what="missing",
            before="14",
            after="everyone on board has been accounted for",
            n=(4,),
            issue=_TUESDAY,
            quote="On Tuesday night 14 passengers were still missing.",
            article_id="a01",
            outlet="Coast Radio",
            link="https://coast-radio.example/news/ferry-osmark?id=7&lang=en",
        ),
        Change(
            kind="outcome",
            what="",
            before="<b>denied</b>",
            after="*confirmed*",
            n=(4,),
            issue=date(2026, 2, 20),
            quote="The owner <b>denied</b> it.",
            article_id="a00",
            outlet="Daily Ledger",
            link="javascript:alert(1)",
        ),
    ),
    past=(_cite(3, 300, "14 passengers “are still missing”, <i>Daily Ledger</i> said."),),
)
_ROSE = replace(
    COLLISION.topics[0],
    differences=(
        Difference(
            what="killed",
            values=(
                Reading(value="two", unit=None, n=(3,), published=_at(3, 23, 50)),
                Reading(value="3", unit=None, n=(1, 2), published=_at(4, 1, 10)),
            ),
            over_time=True,
        ),
        *COLLISION.topics[0].differences,
    ),
)
_RUNS_ON = Background(
    id="t8", story="Ferry collision off Osmark", text="The [harbour] tug *Ansa* lies at the quay.", issue=_TUESDAY,
    entry="t9", outlet="Coast Radio", link="https://coast-radio.example/tug",
)  # fmt: skip
MOVED_BRIEF = replace(
    SERIES_BRIEF,
    sections=(
        Section(
            title="At sea",
            stories=(
                replace(
                    COLLISION,
                    topics=(_ROSE, _CHANGED, *COLLISION.topics[3:]),
                    background=(_RUNS_ON, replace(_RUNS_ON, id="t9", entry="t4", issue=date(2026, 2, 20), link=None)),
                ),
            ),
            background=(replace(_RUNS_ON, id="t10", entry="t2", text="Snow <fell> in the hills.", link=None),),
        ),
        Section(
            title="Trade", stories=(), empty_because="Nothing new since the last issue.",
            background=(replace(_RUNS_ON, id="t11", entry="t6", text="The port stays closed until Friday."),),
        ),
    ),
    ledger=replace(LEDGER, new=2, updated=1, running=4),
    edits=(
        Edit(
            issue=_TUESDAY, article_id="a01", label="Coast Radio", title="Three dead after ferry and tanker collide",
            link="https://coast-radio.example/news/ferry-osmark?id=7&lang=en", edited=_at(4, 5),
            before="Two people were *killed* <there>.", after="Three people were *killed* <there>.",
            parts=(
                EditPart(kind="deleted", text="Two"), EditPart(kind="inserted", text="Three"),
                EditPart(kind="same", text="people were *killed* <there>."),
            ),
        ),
        Edit(
            issue=_TUESDAY, article_id="a02", label="Meridian Post", title="Osmark ferry", link=None, edited=None,
            before="The captain ~~slept~~.", after=None,
            parts=(EditPart(kind="deleted", text="The captain ~~slept~~."),),
        ),
    ),
)  # fmt: skip
