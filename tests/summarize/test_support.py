import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.summarize.support import check_support

WIRE = (
    "A ferry and a tanker collided off Osmark late on Tuesday, March 3, killing three people and injuring at least 35, "
    "regional governor Mara Lind said in a post."
)


def kinds(line, *quotes, **keywords):
    return [missing.kind for missing in check_support(line, quotes, **keywords).missing]


@pytest.mark.parametrize(
    "sentence",
    [
        WIRE,
        "Norra Lines denied that the tanker had left the marked lane, “as some say”, by 1,300km (800 miles).",
        "No one has reportedly claimed it; neither the port nor its 12th director, aged 61, could, if confirmed, act.",
        "- He said 'it won’t close [today]', e85 million or MS08-078 in the N.Y. Daily News notwithstanding.",
        "“I didn’t,” said Åse Lind.",
        "According to the U.S. census, half a million didn't vote 3-2 at 6 p.m. in May 2019.",
    ],
)
def test_a_sentence_supports_itself(sentence):
    assert check_support(sentence, [sentence]).missing == ()
    assert check_support(sentence, ["Something else happened in Norland.", sentence]).ok


# Words that the rules look for, in any order and with any marks between them.
_PARTS = st.sampled_from(
    "not no never denied said claimed alleged may could nearly at least 60 35 thirty-five two dozen million % km €72 "
    "Osmark Norland Mara Lind Governor U.S. UN Tuesday July 2 2025 “ ” ' \" , . ; ( ) [ ] - — according to police told "
    "reportedly if confirmed one a half 12th 3-2 6 p.m. drones killed people without neither n't the "
    "of in Foo's".split()
) | st.text(max_size=8)


@given(st.lists(_PARTS, min_size=1, max_size=25), st.sampled_from([" ", "", ", "]))
def test_any_text_supports_itself(parts, joint):
    text = joint.join(parts)
    assert check_support(text, [text]).missing == ()


@pytest.mark.parametrize(
    "line",
    [
        "A ferry and a tanker collided off Osmark on Tuesday, killing three people, regional governor Mara Lind said.",
        "A ferry and a tanker collided off Osmark, injuring at least 35, the regional governor said.",
        "Three people were killed off Osmark on March 3, Lind said.",
    ],
)
def test_a_trimmed_line_is_supported(line):
    assert check_support(line, [WIRE]).missing == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("A ferry and a tanker collided off Osmark, killing four people, Mara Lind said.", "number"),
        ("A ferry and a tanker collided off Osmark on Monday, Mara Lind said.", "date"),
        ("A ferry and a tanker collided off Norhavn, Mara Lind said.", "name"),
        ("A ferry and a tanker collided off Osmark, Jon Lind said.", "name"),
        ("A ferry and a tanker collided off Osmark in a “terrible night”, Mara Lind said.", "quotation"),
        ("A ferry and a tanker collided off Osmark, killing no people, Mara Lind said.", "negation"),
        ("A ferry and a tanker collided off Osmark, injuring 35, Mara Lind said.", "hedge"),
        ("A ferry and a tanker collided off Osmark, killing three people.", "claimant"),
        ("A ferry and a tanker collided off Osmark, killing three people, witnesses said.", "claimant"),
        ("A ferry and a tanker collided off Osmark, killing 35, Mara Lind said.", "number"),
    ],
)
def test_what_a_line_may_not_do(line, kind):
    assert kind in kinds(line, WIRE)


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        ("The plant is 1,300 kilometers away.", "The plant is 1,300km away."),
        ("The plant is 800 miles away.", "The plant is 1,300km away."),
        ("It hurt 35.", "It hurt thirty-five."),
        ("The UN called for calm.", "The United Nations called for calm."),
        ("The defense minister met Lind.", "The defence minister met Mara Lind."),
        ("Norland's port closed.", "Norlands port closed."),
        ("The port closed on July 2.", "The port closed on Wednesday, 2 July 2025."),
        ("Lind called it “a hard night”.", "Lind called it 'a hard  night'."),
    ],
)
def test_the_same_told_otherwise_is_supported(line, quote):
    assert check_support(line, [quote]).missing == ()


@pytest.mark.parametrize(
    ("line", "quote", "kind"),
    [
        ("The mayor confirmed the strike.", "The mayor did not confirm the strike.", None),
        ("The firm will close the plant.", "The firm will not close the plant.", "negation"),
        ("The firm had left the lane.", "The firm denied it had left the lane.", "negation"),
        ("The firm has closed the lane.", "The firm has reportedly closed the lane.", "hedge"),
        ("The port will reopen on Friday.", "The port will reopen on Friday, if confirmed.", "hedge"),
        ("The alliance has 60 members.", "The alliance has nearly 60 members.", "hedge"),
        ("The alliance has at least 60 members.", "The alliance has 60 members.", "hedge"),
        ("The thief took the ring.", "The alleged thief took the ring.", "hedge"),
        ("The levy rose by 35 percent.", "The levy rose by 35 crowns.", "number"),
        ("The port is closed, the pilots' union said.", "The port is closed.", "claimant"),
        (
            "The town had fallen to rebels.",
            "The rebels' spokesman claimed that the town had fallen to rebels.",
            "claimant",
        ),
    ],
)
def test_lost_qualifiers(line, quote, kind):
    found = kinds(line, quote)
    assert kind in found if kind else found


def test_a_dropped_clause_takes_its_negation_along():
    quote = "The drones hit a plant in Osmark but did not disclose further details of the damage."
    assert check_support("The drones hit a plant in Osmark.", [quote]).ok


def test_another_quote_that_says_it_flatly_settles_it():
    hedged, flat = "The firm has reportedly closed the lane.", "The firm has closed the lane."
    assert not check_support(flat, [hedged]).ok
    assert check_support(flat, [hedged, flat]).ok


def test_brackets_come_from_the_article():
    quote = "It will stay closed until Friday."
    assert check_support("[Osmark port] will stay closed until Friday.", [quote], context="Osmark port was hit.").ok
    assert kinds("[Norhavn port] will stay closed until Friday.", quote, context="Osmark port was hit.") == ["name"]


def test_a_restored_speaker_takes_the_pronouns_place():
    quote = "He said the port would stay closed until Friday."
    assert check_support("[Lind] said the port would stay closed until Friday.", [quote], context="Mara Lind spoke.").ok


def test_no_quote_supports_nothing_but_words():
    assert kinds("Osmark lost 12 boats on Friday.") == ["number", "date", "name"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "A ferry and a tanker collided because drunken captains had quarrelled over cards, Mara Lind said.",
            "drunken",
        ),
        ("A ferry and a tanker collided off Osmark late on Tuesday, killing three people, Mara Lind wrote.", None),
    ],
)
def test_a_line_in_words_of_its_own_is_named(line, text):
    found = [missing.text for missing in check_support(line, [WIRE]).missing if missing.kind == "wording"]
    assert [text in named for named in found] == ([True] if text else [])


def test_a_line_about_something_else_fails_by_its_wording():
    line = "Lind wants a cheaper licence for anglers who keep no more than a bucket of herring."
    missing = check_support(line, [WIRE]).missing
    assert "wording" in {each.kind for each in missing}
    assert any("licence" in each.text or "license" in each.text for each in missing if each.kind == "wording")


def test_an_opposite_of_the_quotes_word_is_named():
    line = "Ticket prices will decrease in May, the harbour authority announced."
    quote = "Ticket prices will increase in May, the harbour authority announced."
    assert [(each.kind, each.text) for each in check_support(line, [quote]).missing] == [("wording", "decrease")]


def test_who_acts_on_whom_must_be_as_the_quote_has_it():
    quote = "Sandmark sold the tanker to Norland for 12 million crowns, the owner said."
    line = "Norland sold the tanker to Sandmark for 12 million crowns, the owner said."
    assert {each.text for each in check_support(line, [quote]).missing} == {"Norland", "Sandmark"}
    assert check_support(line, [quote, "Norland sold the tanker to Sandmark for 12 million crowns."]).ok


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("the port of osmark opened on friday after repairs.", "Friday"),
        ("tor vik opened the port of osmark on tuesday.", "tor vik"),
    ],
)
def test_a_line_without_capitals_hides_no_name_and_no_day(line, text):
    quotes = ["The port of Osmark opened on Tuesday after repairs.", "Mara Lind opened the port of Osmark on Tuesday."]
    assert text in {each.text for each in check_support(line, quotes).missing}
    assert check_support(quotes[0].lower(), quotes).ok
