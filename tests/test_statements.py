"""Articles into statements and omissions: own sentences about an invented strait."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import StatementsConfig
from digest.models import Article
from digest.statements import Extraction, extract_statements


def extract(text: str, **options: object) -> Extraction:
    return extract_statements(
        Article(id="a1", title="", text=text),
        StatementsConfig(),
        **options,  # type: ignore[arg-type]
    )


def statements(text: str) -> list[str]:
    return [statement.text for statement in extract(text).statements]


def reasons(text: str) -> list[tuple[str, str]]:
    return [(omission.text, omission.reason) for omission in extract(text).omissions]


def test_bullets_are_statements_under_their_heading() -> None:
    extraction = extract(
        "At sea\n- A ferry hit a pier in Osmark. Nobody was hurt in it.\n• The strait was closed on Monday.\n"
        "Trade and money\n1. The port lost two million crowns."
    )
    assert [(s.text, s.heading) for s in extraction.statements] == [
        ("A ferry hit a pier in Osmark.", "At sea"),
        ("Nobody was hurt in it.", "At sea"),
        ("The strait was closed on Monday.", "At sea"),
        ("The port lost two million crowns.", "Trade and money"),
    ]
    assert [o.reason for o in extraction.omissions] == ["heading", "marker", "marker", "heading", "marker"]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Fighting", "A Danish drone struck the harbour of Osmark on Monday, police said."),
        ("Weapons", "Norwegian Minister of Defence Ada Holm announced a new yard."),
        ("Weapons", "Norwegian Defence Minister Ada Holm announced a new yard."),
        ("Politics and trade", "French President Jean Martin called for talks with the islanders."),
        ("Osmark envoy criticizes island attacks", "U.S. President Ann Berg rebuked the islanders for the raid."),
        ("Osmark is building more ferries", "Meanwhile, a tanker ran aground near the island, officials said."),
        ("Trade", "The Harbour Authority has closed two berths until Friday."),
    ],
)
def test_a_heading_that_runs_into_a_sentence_is_cut(heading: str, sentence: str) -> None:
    extraction = extract(f"Nothing moved in the strait on Sunday. {heading} {sentence}")
    assert [(s.text, s.heading) for s in extraction.statements[1:]] == [(sentence, heading)]
    assert [(o.text, o.reason) for o in extraction.omissions] == [(heading, "heading")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Osmark’s Coast Guard said on Tuesday that 52 boats left the harbour.",
        "French President Jean Martin called for talks with the islanders.",
        "Kremlin spokesman Ivan Belov told reporters that nobody waits.",
        "Energy Secretary Ada Holm said the cable would be mended by May.",
        "Officials told The Harbour Times that the strait will be closed.",
        "Serie A side Osmark said the match was called off on Monday.",
        "Mary A Smith said the ferry was late on Monday again.",
        "Former champion American Dana Reed won the race on Sunday.",
        "The Hague court said it would hear the harbour case in May.",
        "Oil giant Saudi Ports said it had bought the yard in Osmark.",
        "British newspaper The Sentinel reported on Tuesday that the port is shut.",
        "Netflix series The Lighthouse returns in May with a new cast on the pier.",
        "World War Two broke out before the harbour of Osmark was built.",
        "BBC Two said it would show the film about the strait in May.",
        "China’s vice premier He Lin said the strait would be open to all.",
        "Texas U.S. Senator Ann Berg said she had seen the harbour plan.",
        "US - China talks on the harbour will go on in Osmark on Monday.",
        "Norra Lines, Sundline — both of Osmark — said their ships would sail.",
        "Vitamin A deficiency was found in half of the island’s children.",
        "Officials said In the Net, a charity, had paid for the new boats.",
        "In Osmark The Lantern, a bar, was closed after the fire.",
    ],
)
def test_a_real_subject_is_never_cut(sentence: str) -> None:
    assert statements(sentence) == [sentence]


def test_a_lost_full_stop_still_parts_two_sentences() -> None:
    first = "A ferry that hit a pier in Osmark on Monday was towed to the yard after the storm"
    second = "The mayor said that the pier would be mended by May."
    assert statements(f"{first} {second}") == [first, second]


def test_an_article_in_another_language_tells_nothing_unless_it_is_asked_for() -> None:
    told = Article(id="a1", title="", text="警察によると、フェリーが月曜日に桟橋に衝突し、三人が負傷した。")
    left = extract_statements(told, StatementsConfig())
    assert (left.statements, [one.reason for one in left.omissions]) == ((), ["not in English"])
    taken = extract_statements(told, StatementsConfig(other_languages=True))
    assert [one.text for one in taken.statements] == [told.text]


def test_lead_in_and_heading_are_both_cut() -> None:
    assert reasons("Here is how things stand on Friday, May 3: Fighting A drone hit the pier of Osmark.") == [
        ("Here is how things stand on Friday, May 3:", "meta"),
        ("Fighting", "heading"),
    ]


@pytest.mark.parametrize(
    ("dateline", "sentence"),
    [
        ("OSMARK, Norway —", "A ferry and a tanker collided late on Tuesday."),
        ("OSMARK (Coast Radio) -", "A ferry and a tanker collided late on Tuesday."),
        ("Osmark, Norway —", "A ferry and a tanker collided late on Tuesday."),
        ("Tarvik —", "The Assembly passed the harbour bill late on Tuesday."),
        ("VESK -", "The harbour bill was passed late on Tuesday."),
        ("WASHINGTON -", "The harbour bill was passed late on Tuesday."),
        ("Osmark, Skelmar County, Norway -", "The harbour bill was passed late on Tuesday."),
        ("OSMARK, March 4 (Coast Radio) –", "A ferry and a tanker collided late on Tuesday."),
    ],
)
def test_a_dateline_is_cut(dateline: str, sentence: str) -> None:
    assert statements(f"{dateline} {sentence}") == [sentence]
    assert reasons(f"{dateline} {sentence}") == [(dateline, "dateline")]


def test_a_dateline_in_bold_type_that_runs_into_the_sentence_is_cut() -> None:
    assert statements("Osmark Bay (Norra Wire)Ferries will not sail before Friday.") == [
        "Ferries will not sail before Friday."
    ]
    kept = "Osmark Bay (Norra) ferries will not sail before Friday."
    assert statements(kept) == [kept]


def test_a_short_quotation_is_not_torn() -> None:
    text = "Holm added: “We will open the strait by Friday. Nobody will have to wait.” The pilots disagree with her."
    assert statements(text) == [
        "Holm added: “We will open the strait by Friday. Nobody will have to wait.”",
        "The pilots disagree with her.",
    ]


def test_a_long_quotation_is_split() -> None:
    long = " ".join(f"We counted {n} boats in the strait and sent all of them home." for n in range(8))  # 104 words
    assert len(statements(f"Holm said: “{long}”")) == 8


@pytest.mark.parametrize("hour", ["10:40", "08:15 –", "06:30 GMT:", "11.55am:", "9:05 p.m. -", "21.30 |"])
def test_the_hour_of_a_live_page_is_no_part_of_its_sentence(hour: str) -> None:
    text = f"{hour} Turnout in Vesk was 21 percent at noon. {hour} The mayor of Osmark voted in the town hall."
    found = ["Turnout in Vesk was 21 percent at noon.", "The mayor of Osmark voted in the town hall."]
    assert statements(text) == found
    assert statements(f"By {hour} Turnout was 21 percent.") != ["Turnout was 21 percent."]


@pytest.mark.parametrize("opening", ["10:40 Tuesday", "12.30 Norland crowns", "7:30 trains"])
def test_an_hour_or_a_sum_that_a_sentence_needs_stays(opening: str) -> None:
    assert statements(f"{opening} were told to be the end of it in Vesk.")[0].startswith(opening)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Here are the key events of day 12 in the strait.", "meta"),
        ("This summary highlights a week of trouble at sea.", "meta"),
        ("Situation report as of Friday, May 3: all calm.", "meta"),
        ("Read more: how the strait was closed", "meta"),
        ("Updated at 10:00 on Friday", "timestamp"),
        ("The Harbour Authority did not immediately comment on the report.", "no news"),
        ("Norra Lines could not be reached for comment on Monday.", "no news"),
        ("There was no immediate official comment from the islanders.", "no news"),
        ("Norra Lines is yet to respond to the claim.", "no news"),
        ("What would you do in their place on the pier?", "question"),
        ("A long night in the harbour.", "fragment"),
        ("Boats left.", "too short"),
        ("We use cookies and similar methods on this website.", "boilerplate"),
        ("Subscribe to our newsletter and get it free.", "boilerplate"),
        ("Please use a modern browser to watch the film.", "boilerplate"),
        ("Download our app from the store today.", "boilerplate"),
        ("The post Ferry hits pier appeared first on Harbour Blog.", "boilerplate"),
        ("2人が負傷。", "fragment"),
        ("Norra Lines would not be drawn on the question.", "no news"),
        ("The prime minister's office had no comment.", "no news"),
        ("You are receiving this because you signed up.", "boilerplate"),
        ("Photo: Ada Berg, Coast Radio", "boilerplate"),
        ("Ada Berg And Per Strand, The Coast Radio", "byline"),
        ("S | Per Strand | 33 | 45% | The best of the match.", "table"),
        ("The ferry left " + "and came back " * 40 + "again.", "run-on"),
    ],
)
def test_what_is_no_statement_is_left_out_with_its_reason(sentence: str, reason: str) -> None:
    assert reasons(f"The port was closed on Monday.\n{sentence}") == [(sentence, reason)]


@pytest.mark.parametrize(
    "sentence",
    [
        "When the pilots meet once more has yet to be agreed.",
        "The navy did not respond to the attack on its two ships.",
        "Holm asked the court for access to the account of Norra Lines.",
        "I met the rescued at the harbour.",
        "Norra Lines also plans to update its privacy policy in June, it said.",
        "The islanders follow the harbour rules and share the costs.",
        "A dog bit two children in a park in Vesk on Monday.",
        "The river Orra burst its banks at Holm on Monday night.",
        "“We have no further comment. The strait is open to all ships again.”",
        "“Why should we pay for it?” Holm asked the islanders on Monday.",
    ],
)
def test_news_is_kept(sentence: str) -> None:
    assert statements(sentence) == [sentence]


def test_a_cut_off_end_is_left_out() -> None:
    assert reasons("The port was closed on Monday. It will open again when the pilots...") == [
        ("It will open again when the pilots...", "truncated")
    ]


def test_a_stub_stops_short_without_a_mark() -> None:
    last = "Owners of ships, insurers and the forwarders of the cargo in Osmark are already arguing over"
    article = Article(id="a", title="", text=f"The port was closed on Monday.\n{last}\nTry us for a week.", stub=True)
    omissions = extract_statements(article, StatementsConfig()).omissions
    assert [(o.text, o.reason) for o in omissions if o.reason == "truncated"] == [(last, "truncated")]


def test_a_teaser_of_one_sentence_need_not_end_in_a_mark() -> None:
    text = "Three people were killed and 35 injured when a ferry and a tanker collided off Osmark"
    article = Article(id="a", title="Ferry hit", text=text, stub=True)
    extraction = extract_statements(article, StatementsConfig())
    assert ([one.text for one in extraction.statements], extraction.omissions) == ([text], ())


PARTS = [
    "A ferry hit the pier.", "“We wait. We hope,” she said.", "\n", "\n\n", "- ", "• ", " ", "At sea",
    "Fighting A boat",
    "OSMARK, Norway — ", "Here is how things stand: ", "‘", "”", "\"", "...", "?", "(", "1. ", "\u2028", "\x85", "\xa0",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=20).map("".join) | st.text(max_size=120))
def test_every_visible_character_is_in_one_piece(text: str) -> None:
    extraction = extract(text)
    pieces = sorted([*extraction.statements, *extraction.omissions], key=lambda piece: piece.start)
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    assert all(first.end <= second.start for first, second in pairwise(pieces))
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())
    assert [s.position for s in extraction.statements] == list(range(len(extraction.statements)))


def test_the_title_repeated_above_the_text_is_no_heading() -> None:
    article = Article(
        id="a", title="Ferry hits pier", text="Ferry hits pier\nA ferry hit a pier on Monday, police said."
    )
    extraction = extract_statements(article, StatementsConfig())
    assert [(o.text, o.reason) for o in extraction.omissions] == [("Ferry hits pier", "title")]
    assert [s.heading for s in extraction.statements] == [None]
