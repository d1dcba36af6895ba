import pytest

from digest.summarize.restore import restore


def test_a_court_is_no_he():
    court = "The Harbour Court ruled against the levy of Osmark. "
    assert restore("He said it would appeal.", before=court) is None
    told = restore("He said it would appeal.", before=f"{court}The Mayor Jon Berg said so. ")
    assert told.text == "[The Mayor Jon Berg] said it would appeal."


def test_a_pronoun_speaker_is_restored_from_the_sentence_before():
    before = "The tax will stay, Finance Minister Solveig Aas said on Monday. "
    assert restore("Two hundred boats are still at sea, she said.", before=before).text == (
        "Two hundred boats are still at sea, [Finance Minister Solveig Aas] said."
    )


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (
            "Ola Berg accused Ivar Ness of arson on Monday, Ola Berg said. Ness denied it. ",
            "He was arrested on Tuesday.",
        ),
        ("Ola Berg told the court that Ivar Ness had paid him. ", "He said he was at sea in March."),
        ("The chairman, Arne Vik, said no. Brask resigned on Tuesday. ", "He said that the voters had spoken."),
        ("Yard owner Norstal said that it had dismissed Jan Berg. ", "He said nothing."),
    ],
)
def test_nobody_is_given_the_deeds_of_another(before, text):
    assert restore(text, before=before) is None


@pytest.mark.parametrize(
    ("before", "text", "line"),
    [
        ("Jon Berg said yes. ", "He will run again in May.", "[Jon Berg] will run again in May."),
        ("Mayor Jon Berg left. ", "His lawyer sold it.", "[Mayor Jon Berg’s] lawyer sold it."),
        # The office of the first mention comes along; what goes on with "he" is passed over.
        (
            "Harbour Chief Ola Lind and three crews left. Lind, 52, was hurt. He was flown home. ",
            "In May he will sail again.",
            "In May [Harbour Chief Ola Lind] will sail again.",
        ),
        (
            "“We wait,” said Ada Holm of the Osmark Yard. ",
            "She left in May.",
            "[Ada Holm of the Osmark Yard] left in May.",
        ),
        (
            "Deputy mayor Ada Holm, a mother of two, left. ",
            "A crew took her to a hospital.",
            "A crew took [Deputy mayor Ada Holm] to a hospital.",
        ),
        # What stands beside "the" is nobody, nor is a place.
        ("Ada Holm joined the Rovers in Osmark. ", "She scored twice.", "[Ada Holm] scored twice."),
    ],
)
def test_a_pronoun_is_the_subject_of_the_sentence_before(before, text, line):
    assert restore(text, before=before).text == line


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Solveig Aas thanked Ada Holm. ", "She left in May."),
        ("Ada Holm met a doctor. ", "She left in May."),
        ("Ada Holm met the Osmark mayor. He smiled. ", "She left in May."),
        ("Jon Berg was shot by a police officer on Monday. ", "He has been suspended."),
        ("Jon Berg was dismissed by the mayor. ", "He said that trust had gone."),
        ("Ada Holm said the clerk had been fired. ", "She had stolen 300 crowns."),
        ("Her agent, Ada Holm, said so. ", "She left in May."),
        ("Mr Holm left. Ada Holm and her crew stayed. ", "He sailed in May."),
        ("Ada Holm left. The boat sank. ", "She was found in May."),
        ("When Hurricane Ada came, crews fled. ", "He sailed in May."),
        # The sentence itself has another whom it can mean, or the same one by name.
        ("Ada Holm left. ", "It was the trick of her son that ruined Solveig Aas."),
        ("Ada Holm left. ", "She accused Holm of fraud."),
    ],
)
def test_a_doubt_leaves_a_pronoun_as_it_is(before, text):
    assert restore(text, before=before) is None
