"""Pages that list many articles, as text and as HTML."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect import collect
from digest.config import SourceConfig

STORIES = [
    ("Osmark ferry runs aground in thick fog", "Coast Radio", "12 hours ago", "A ferry with 212 passengers ran aground off Osmark "
     "in thick fog on Tuesday. Nobody was hurt, the rescue service said, and tugs will try to free it tonight."),
    ("Council votes to close the northern quay", "Meridian Post", "a day ago", "The council of Lindvik voted by nine to six on "
     "Monday to close the northern quay. Repairs are to cost four million crowns. Members of the minority called the vote rushed."),
    ("Herring quota cut by a third", "Daily Ledger", "2 days ago", "The fisheries board cut the herring quota by a third on "
     "Sunday. Boats from Osmark may land 4,100 tonnes this year, the board said. Fishermen plan a protest in the harbour."),
]  # fmt: skip
BASE = "2025-07-02T12:00:00Z"


def seed_like():
    blocks = [
        f"{title}\n{title}\n\n{outlet}\n\ntime{ago}\n\n  • Politics\n  • {outlet}\n\n{title}\n\n{body}"
        for title, outlet, ago, body in STORIES
    ]
    return "logo\n#\n\nLatest news with #Osmark\n\n" + "\n\n".join(blocks) + (
        "\n\nGET THE APP\n\nRead on the move! Get the Harbourly app in the app store of your choice.\napp-storeplay-store"
    )  # fmt: skip


def time_below():
    return "\n\n".join(f"{title}\n{outlet} · {ago}\n\n{body}" for title, outlet, ago, body in STORIES)


def outlet_first():
    return "\n\n".join(f"{outlet}\n{ago}\n{title}\n{body}" for title, outlet, ago, body in STORIES)


def markdown_like():
    return "\n\n".join(f"## {title}\n*{outlet}* | 2 July 2025 10:00\n\n{body}" for title, outlet, _, body in STORIES)


def gather(tmp_path, name, content, **keys):
    (tmp_path / name).write_text(content, encoding="utf-8")
    collection = collect([SourceConfig(path=name, **keys)], base=tmp_path)
    assert collection.failures == ()
    return sorted(collection.articles, key=lambda article: article.source)


@pytest.mark.parametrize("layout", [seed_like, time_below, outlet_first])
def test_each_entry_becomes_an_article(tmp_path, layout):
    articles = gather(tmp_path, "page.txt", layout(), published=BASE)
    assert [(a.title, a.outlet, a.text) for a in articles] == [(t, o, b) for t, o, _, b in STORIES]
    assert [a.source for a in articles] == ["page.txt#1", "page.txt#2", "page.txt#3"]
    assert [a.published for a in articles] == [
        datetime(2025, 7, 2, tzinfo=UTC), datetime(2025, 7, 1, 12, tzinfo=UTC), datetime(2025, 6, 30, 12, tzinfo=UTC)
    ]  # fmt: skip


def test_tags_are_kept_and_the_app_of_the_page_is_the_carrier(tmp_path):
    articles = gather(tmp_path, "page.txt", seed_like())
    assert len(articles) == len(STORIES)
    for article in articles:
        assert article.tags == ("Politics",)
        assert article.carrier == "Harbourly"
        assert article.published is None  # "12 hours ago" of a page without a date


@pytest.mark.parametrize(
    ("ago", "published"),
    [
        ("Just now", datetime(2025, 7, 2, 12, tzinfo=UTC)),
        ("21-06-2025", datetime(2025, 6, 21, tzinfo=UTC)),
        ("02-07-2025", None),  # of July or of February
    ],
)
def test_whatever_time_the_clock_beside_an_entry_shows(tmp_path, ago, published):
    page = seed_like().replace("a day ago", ago)
    articles = gather(tmp_path, "page.txt", page, published=BASE)
    assert [(a.title, a.text) for a in articles] == [(t, b) for t, _, _, b in STORIES]
    assert articles[1].published == published


def test_a_date_above_the_first_entry_is_the_pages(tmp_path):
    articles = gather(tmp_path, "page.txt", "Wednesday, 2 July 2025 12:00\n\n" + seed_like())
    assert articles[0].published == datetime(2025, 7, 2, tzinfo=UTC)


def test_a_listing_in_markdown_with_dates(tmp_path):
    articles = gather(tmp_path, "page.md", markdown_like())
    assert [(a.title, a.outlet) for a in articles] == [(t, o) for t, o, _, _ in STORIES]
    assert {a.published for a in articles} == {datetime(2025, 7, 2, 10, tzinfo=UTC)}


def test_the_configuration_forbids_and_forces(tmp_path):
    (whole,) = gather(tmp_path, "page.txt", seed_like(), aggregator=False)
    assert all(outlet in whole.text for _, outlet, _, _ in STORIES)
    _title, _outlet, _ago, _body = STORIES[0]
    two = "\n\n".join(f"{t}\n{o}\n{a}\n\n{b}" for t, o, a, b in STORIES[:2])
    assert len(gather(tmp_path, "two.txt", two)) == 1
    assert [a.title for a in gather(tmp_path, "two.txt", two, aggregator=True)] == [STORIES[0][0], STORIES[1][0]]


def test_settings_for_one_article_do_not_reach_the_entries(tmp_path):
    articles = gather(tmp_path, "page.txt", seed_like(), title="My page", link="https://x.example/", carrier="Newsbox")
    assert {a.title for a in articles} == {title for title, *_ in STORIES}
    assert {a.link for a in articles} == {None}
    assert {a.carrier for a in articles} == {"Newsbox"}


def test_readers_comments_are_no_listing(tmp_path):
    body = STORIES[0][3]
    comments = "\n\n".join(
        f"{name}\n{n} hours ago\nI stood on the quay that night and I can tell you that nobody saw a thing in that fog until it was too late."
        for n, name in enumerate(["Ada Holm", "Per Lund", "Siri Dahl", "Ole Moe"], 2)
    )
    assert len(gather(tmp_path, "a.txt", f"Ferry aground\n\n{body}\n\n{body}\n\n{comments}")) == 1


def test_a_live_blog_of_one_outlet_is_one_article(tmp_path):
    entries = "\n\n".join(f"{n} minutes ago\n{title}\n{body}" for n, (title, _, _, body) in enumerate(STORIES, 3))
    assert len(gather(tmp_path, "live.txt", entries)) == 1


# --- HTML ------------------------------------------------------------------------------------------------------------


def page(cards, *, head="", before=""):
    return f"<!doctype html><html lang='en'><head><title>News</title>{head}</head><body><nav>Menu</nav>{before}<main>{cards}</main></body></html>"


def article_cards():
    return "".join(
        f"<article class='card'><h2><a href='/go/{n}'>{title}</a></h2><div class='meta'><span class='source'>{outlet}</span>"
        f"<time>{ago}</time></div><p>{body}</p><ul><li>Politics</li></ul><a href='/more'>Read more</a></article>"
        for n, (title, outlet, ago, body) in enumerate(STORIES)
    )


def div_cards():
    return "".join(
        f"<div class='x1'><div class='y'><span>{outlet}</span> <span>{ago}</span></div><h3>{title}</h3><div>{body}</div></div>"
        for title, outlet, ago, body in STORIES
    )


def dashed_cards():
    return "".join(
        f"<article><header><h2>{title}</h2><p><b>{outlet}</b> - {ago}</p></header><div>{body}</div></article>"
        for title, outlet, ago, body in STORIES
    )


def no_cards():
    return "".join(
        f"<h2>{title}</h2><p>{outlet}</p><p>{ago}</p><ul><li>Politics</li></ul><p>{body}</p>"
        for title, outlet, ago, body in STORIES
    )


def preformatted():
    return f"<pre>{seed_like()}</pre>"


@pytest.mark.parametrize("cards", [article_cards, div_cards, dashed_cards, no_cards, preformatted])
def test_cards_become_articles_and_the_site_their_carrier(tmp_path, cards):
    head = (
        "<meta property='og:site_name' content='Newsbox'><link rel='canonical' href='https://newsbox.example/osmark'>"
        "<meta property='article:published_time' content='2025-07-02T12:00:00Z'>"
    )
    articles = gather(tmp_path, "page.html", page(cards(), head=head))
    assert [(a.title, a.outlet, a.text) for a in articles] == [(t, o, b) for t, o, _, b in STORIES]
    assert {a.carrier for a in articles} == {"Newsbox"}
    assert [a.published.day for a in articles] == [2, 1, 30]
    if cards is article_cards:
        assert articles[1].link == "https://newsbox.example/go/1"
        assert articles[0].tags == ("Politics",)


def test_without_a_date_of_the_page_the_entries_have_none(tmp_path):
    assert {a.published for a in gather(tmp_path, "page.html", page(article_cards()))} == {None}


def test_a_card_may_have_a_teaser_of_one_sentence(tmp_path):
    teasers = [(title, outlet, f"{body.split('. ')[0]}.") for title, outlet, _, body in STORIES]
    cards = "".join(
        f"<article><h2>{title}</h2><p class='source'>{outlet}</p><p>{body}</p></article>"
        for title, outlet, body in teasers
    )
    articles = gather(tmp_path, "page.html", page(cards))
    assert [(a.title, a.outlet, a.text) for a in articles] == teasers


@pytest.mark.parametrize("label", ["World", "By Ada Holm", "Politics · 2 July 2025"])
def test_neither_a_section_nor_who_wrote_is_the_outlet(tmp_path, label):
    """So a newspaper's own front page is none of other outlets' articles."""
    cards = "".join(
        f"<article><h2>{title}</h2><span>{label}</span><p>{body}</p></article>" for title, _, _, body in STORIES
    )
    head = "<meta property='og:site_name' content='Coast Radio'>"
    assert {a.outlet for a in gather(tmp_path, "page.html", page(cards, head=head))} == {"Coast Radio"}


def test_a_card_says_by_its_classes_what_is_outlet_and_what_are_tags(tmp_path):
    cards = "".join(
        f"<article><a class='tag'>Politics</a><a class='tag'>Trade</a><h2>{title}</h2><div><span>Ada Holm</span>"
        f"<span class='source'>{outlet.lower()}</span><time>{ago}</time></div><p>{body}</p></article>"
        for title, outlet, ago, body in STORIES
    )
    articles = gather(tmp_path, "page.html", page(cards))
    assert [(a.title, a.outlet, a.text) for a in articles] == [(t, o.lower(), b) for t, o, _, b in STORIES]
    assert {a.tags for a in articles} == {("Politics", "Trade")}


def test_a_card_need_not_mark_its_text_as_a_paragraph(tmp_path):
    cards = "".join(
        f"<article><h2>{title}</h2><p>{outlet}</p><time>{ago}</time>"
        f"<div>{body.replace('northern quay', '<a href=x>northern quay</a>').replace('the board', '<b>the board</b>')}</div>"
        "</article>"
        for title, outlet, ago, body in STORIES
    )
    articles = gather(tmp_path, "page.html", page(cards))
    assert [(a.title, a.outlet, a.text) for a in articles] == [(t, o, b) for t, o, _, b in STORIES]


def test_an_article_with_teasers_beside_it_stays_one(tmp_path):
    story = "".join(
        f"<p>{STORIES[0][3]} This is paragraph {n} of a long report about the ferry and its crew.</p>"
        for n in range(12)
    )
    before = f"<article><h1>Ferry aground</h1>{story}</article>"
    (article,) = gather(tmp_path, "page.html", page(article_cards(), before=before))
    assert article.text.startswith("A ferry with 212 passengers")
