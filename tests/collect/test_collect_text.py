"""Plain text and Markdown: titles, credits, dates, furniture; what is not said stays absent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect import collect
from digest.config import SourceConfig
from digest.language.boilerplate import is_boilerplate

BODY = (
    "The harbour council of Osmark closed the northern quay on Monday after divers found cracks in its piles.\n\n"
    "Repairs will take three weeks, the harbour master Ada Holm said."
)


@pytest.fixture
def read(tmp_path):
    def run(text, name="a.txt", **keys):
        (tmp_path / name).write_text(text, encoding="utf-8")
        collection = collect([SourceConfig(path=name, **keys)], base=tmp_path)
        assert collection.failures == ()
        (article,) = collection.articles
        return article

    return run


def test_a_short_first_line_is_the_title_and_leaves_the_text(read):
    article = read(f"Osmark quay closed\n\n{BODY}")
    assert (article.title, article.text) == ("Osmark quay closed", BODY)


def test_a_first_sentence_is_no_title(read):
    article = read(BODY)
    assert (article.title, article.text) == ("", BODY)


def test_a_first_line_that_announces_the_news_is_a_title(read):
    article = read(f"Here are the key events of day 12 in the strait.\n\n{BODY}")
    assert (article.title, article.text) == ("Here are the key events of day 12 in the strait", BODY)


def test_what_a_text_does_not_say_is_absent(read):
    article = read(BODY)
    assert (article.outlet, article.carrier, article.link, article.published, article.lang) == (None,) * 5
    assert article.authors == article.tags == ()
    assert article.stub is False


def test_a_header_block_gives_the_fields(read):
    article = read(
        "Title: Quay shut\nBy: Ada Holm and Per Lund\nSource: Coast Radio\nDate: 2 July 2025\n"
        f"URL: https://coast.example/quay\nTags: ports, Osmark\n\n{BODY}"
    )
    assert (article.title, article.outlet, article.link) == ("Quay shut", "Coast Radio", "https://coast.example/quay")
    assert article.authors == ("Ada Holm", "Per Lund")
    assert article.published == datetime(2025, 7, 2, tzinfo=UTC)
    assert article.tags == ("ports", "Osmark")
    assert article.text == BODY


def test_a_byline_and_a_date_line_are_read(read):
    article = read(f"Osmark quay closed\nBy Ada Holm in Osmark\nPublished 2 July 2025 14:05 GMT\n\n{BODY}")
    assert article.authors == ("Ada Holm",)
    assert article.published == datetime(2025, 7, 2, 14, 5, tzinfo=UTC)
    assert article.text == BODY


@pytest.mark.parametrize(
    ("byline", "authors", "outlet"),
    [
        ("By Ada Holm, Coast Radio", ("Ada Holm",), "Coast Radio"),
        ("By Ada Holm and Per Lund, The Osmark Courier", ("Ada Holm", "Per Lund"), "The Osmark Courier"),
        ("By ADA HOLM, PER LUND and IDA BRANDT", ("ADA HOLM", "PER LUND", "IDA BRANDT"), None),
        ("By Ada Holm, Per Lund", ("Ada Holm", "Per Lund"), None),
        ("By Ada Holm, Chief Economist", ("Ada Holm", "Chief Economist"), None),
    ],
)
def test_an_outlet_behind_a_byline_is_one_only_if_it_is_called_like_one(read, byline, authors, outlet):
    article = read(f"Osmark quay closed\n{byline}\n\n{BODY}")
    assert (article.authors, article.outlet, article.text) == (authors, outlet, BODY)


def test_a_date_without_a_year_stays_in_the_text(read):
    article = read(f"Situation report as of Wednesday, July 2:\n{BODY}")
    assert article.published is None
    assert article.text.startswith("Situation report")


def test_credited_from_names_the_outlet(read):
    article = read(f"Credited from: DAILY LEDGER\n{BODY}")
    assert (article.outlet, article.text) == ("DAILY LEDGER", BODY)


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nThe post Quay shut for weeks appeared first on Harbour Blog.",
        "The post\nQuay shut for\nweeks appeared first on\nHarbour Blog.",
        "\n\nThe post Quay shut for weeks appeared first on Harbour Blog",
    ],
)
def test_appeared_first_on_gives_title_and_outlet(read, tail):
    article = read(BODY + tail)
    assert (article.title, article.outlet, article.text) == ("Quay shut for weeks", "Harbour Blog", BODY)


def test_a_credit_beside_it_makes_the_blog_the_carrier(read):
    article = read(f"Credited from: Daily Ledger\n{BODY}\nThe post Quay shut appeared first on Harbour Blog.")
    assert (article.outlet, article.carrier) == ("Daily Ledger", "Harbour Blog")


@pytest.mark.parametrize(
    ("dateline", "outlet"),
    [
        ("OSMARK (Newswire) — ", "Newswire"),
        ("PORT OSMARK, Norra, March 4 (Coast Wire) - ", "Coast Wire"),
        ("VALLETTA (Malta) — ", None),
        ("OSMARK (March 4) — ", None),
        ("Harbour Safety Board (HSB) — ", None),
        ("The Osmark council (Newswire) — ", None),
    ],
)
def test_a_dateline_names_who_sent_a_text_that_names_nobody_else(read, dateline, outlet):
    article = read(f"{dateline}{BODY}")
    assert article.outlet == outlet
    assert article.text.startswith(dateline)
    assert read(f"Source: Harbour Blog\n{dateline}{BODY}").outlet == "Harbour Blog"


def test_a_title_that_begins_like_furniture_is_one(read):
    told = read(
        "Video: Bridge collapses in Osmark\n\nThe bridge of Osmark fell into the Norra on Monday.\n\nPolice closed it."
    )
    assert told.title == "Video: Bridge collapses in Osmark"


def test_furniture_above_a_title_is_no_title(read):
    article = read(f"Skip to content\nMenu\n\nQuay shut for weeks\nBy Ada Holm\n\n{BODY}")
    assert (article.title, article.text) == ("Quay shut for weeks", BODY)
    article = read(f"EMBARGOED UNTIL 00.01 TUESDAY 17 NOVEMBER\nQuay shut for weeks\nBy Ada Holm\n\n{BODY}")
    assert (article.title, article.text) == ("Quay shut for weeks", BODY)


def test_the_marks_of_notes_are_taken_off(read):
    first, second = "The quay was closed on Monday.", "It had cracks [sic] in nine piles."
    marked = f"Quay shut\n{first}[1][12] {second[:-1]}[citation needed].\n\nHistory[edit]\nHe said [3] ships lay there."
    assert read(marked).text == f"{first} {second}\n\nHistory\nHe said [3] ships lay there."


def test_furniture_is_left_out_and_bullets_and_paragraphs_stay(read):
    article = read(
        "Osmark quay closed\n\nAccept all cookies\nShare this article\n"
        f"{BODY}\n\nAbout Norra Aid: Norra Aid works in 40 ports. To give, visit us.\n\n  • Ferries sail  from Lindvik .\n  • Fares stay the same\n\nAdvertisement\nRead more: Herring quota cut\n"
        "Follow along here for all of the updates on the quay.\nRead on for the latest from the harbour.\n"
        "Subscribe to our newsletter for daily updates\nDownload our app today from the App Store\nTags: ports, ferries\n"
        "Facebook Twitter WhatsApp\n#Osmark #quay"
    )
    assert article.text == f"{BODY}\n\n- Ferries sail from Lindvik.\n- Fares stay the same"


@pytest.mark.parametrize(
    "line",
    [
        "Cookies were sold on the quay to pay for the repairs, the council said.",
        "Subscribers to the ferry scheme will get their money back, Coast Radio reported on Monday.",
        "More than 40 people were hurt when the roof came down.",
        "Share prices in Osmark fell by 4 percent on Monday.",
        "Videos from the harbour showed smoke over the tanks.",
        "Follow-up checks on the bridge found two more cracks.",
        "Related charges against the owner were dropped in May, a court said.",
        "Live ammunition was found on board, police said.",
        "Photos showed the ferry on its side.",
        "About 40 crews of Vesk: that is how many signed, the union said.",
        "Home prices rose by a tenth in Lindvik last year.",
        "The app store that the council opened in March has 4,000 users, the Ledger wrote.",
        "By continuing the strike, dockers hope to force talks.",
        "Tags on the 300 stolen containers were forged, customs said.",
        "Print works in Lindvik will close in May.",
        "Read on Monday, the budget leaves no money for more updates of the bridge.",
    ],
)
def test_reporting_is_never_taken_for_furniture(line):
    assert not is_boilerplate(line)


def test_a_paywall_and_a_teaser_are_stubs(read):
    assert read(f"{BODY}\n\nSubscribe to continue reading.").stub
    assert "Subscribe" not in read(f"{BODY}\n\nSubscribe to continue reading.").text
    assert read("The council of Osmark closed the quay on Monday after divers found […]").stub
    assert read(f"{BODY} The council will meet again on…").stub
    whole = "\n\n".join(f"Paragraph {n} of a long report. {BODY}" for n in range(8))
    assert not read(f"{whole}\n\nAlready a subscriber? Log in").stub


def test_wrapped_lines_are_joined_and_short_lines_are_not(read):
    wrapped = (
        "The harbour council of Osmark closed the northern quay on Monday after\n"
        "divers found cracks in its piles, the harbour master said at a meeting\n"
        "in the town hall.\n\n- Ferries sail from Lindvik\n- Fares stay the same"
    )
    assert read(wrapped).text == (
        "The harbour council of Osmark closed the northern quay on Monday after divers found cracks in its piles, the "
        "harbour master said at a meeting in the town hall.\n\n- Ferries sail from Lindvik\n- Fares stay the same"
    )


def test_an_address_longer_than_the_width_leaves_the_wrapped_lines_wrapped(read):
    wrapped = "Repairs of the northern quay of Osmark will take three weeks, the\nharbour master said.\n"
    address = f"Here: https://c.example/{'q' * 90}"
    assert read(f"{wrapped}\n{address}").text == f"{wrapped.replace(chr(10), ' ').strip()}\n\n{address}"


def test_front_matter_gives_the_fields_and_marks_are_taken_off(read):
    article = read(
        "---\ntitle: \"Quay: shut\"\nauthor: Ada Holm\noutlet: Coast Radio\ndate: 2025-07-02T10:00:00+02:00\n"
        "url: https://coast.example/q\nlang: en\ntags:\n  - ports\n  - Osmark\n---\n\n# Quay: shut\n\n"
        "The **council** of [Osmark](https://o.example/a_b) closed the *northern* quay. ![map](m.png)\n\n## What now\n\n"
        "* Ferries sail from `Lindvik`\n* Fares stay\n\n> Nobody was hurt, snake_case_word \\*here\\*.\n\n```\ncode\n```\n",
        name="a.md",
    )  # fmt: skip
    assert (article.title, article.outlet, article.link, article.lang) == (
        "Quay: shut", "Coast Radio", "https://coast.example/q", "en",
    )  # fmt: skip
    assert article.published == datetime(2025, 7, 2, 8, tzinfo=UTC)
    assert article.tags == ("ports", "Osmark")
    assert article.text == (
        "The council of Osmark closed the northern quay.\n\nWhat now\n\n- Ferries sail from Lindvik\n- Fares stay\n\n"
        "Nobody was hurt, snake_case_word *here*."
    )


def test_what_note_takers_and_reading_lists_export_is_read(read):
    clipped = '---\ntitle: Quay shut\nsource: "https://c.example/q"\nauthor:\n  - "[[Ada Holm]]"\n---\n'
    listed = "# Quay shut\n\n## Metadata\n- Author: [[Ada Holm]]\n- URL: https://c.example/q\n\n## Text\n"
    for head, left in ((clipped, ""), (listed, "Metadata\n\nText\n\n")):
        article = read(f"{head}{BODY}[^1]\n\n[^1]: A note.", "a.md")
        assert (article.title, article.link, article.authors) == ("Quay shut", "https://c.example/q", ("Ada Holm",))
        assert (article.outlet, article.text) == (None, f"{left}{BODY}")


def test_toml_front_matter_and_none_at_all(read):
    article = read(f'+++\ntitle = "Quay shut"\ndate = 2025-07-02\ntags = ["ports"]\n+++\n{BODY}', name="a.md")
    assert (article.title, article.tags) == ("Quay shut", ("ports",))
    assert article.published == datetime(2025, 7, 2, tzinfo=UTC)
    assert read(f"# Quay shut\n\n{BODY}", name="b.md").title == "Quay shut"
    assert read(f"---\n\n{BODY}", name="c.md").text == BODY


def test_a_name_beside_byline_and_date_is_the_outlet_and_a_title_is_not(read):
    article = read(f"Osmark Quay Closed\n\nTarn Observer\nTuesday 1 July 2025\nBy Ada Holm\n\n{BODY}")
    assert (article.title, article.outlet, article.text) == ("Osmark Quay Closed", "Tarn Observer", BODY)
    article = read(f"Osmark Quay Closed\nBy Ada Holm\n\n{BODY}")
    assert (article.title, article.outlet) == ("Osmark Quay Closed", None)


def test_mojibake_is_mended_in_a_file(read):
    damaged = "“Nobody was hurt,” said Søren Dahl, who keeps a café on the pier.".encode().decode(
        "cp1252", errors="ignore"
    )
    repaired = read(damaged.replace("hurt,â€", "hurt,â€\x9d") + "\n\n" + BODY).text
    assert repaired.startswith("“Nobody was hurt,” said Søren Dahl, who keeps a café on the pier.")


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the port had reopened",
        "Source: the two officials who spoke to reporters on the quay asked not to be named",
        "Date: unknown",
    ],
)
def test_prose_that_looks_like_a_field_stays(read, line):
    assert line in read(f"Osmark quay closed\n{line}\n{BODY}").text
