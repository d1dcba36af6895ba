import pytest

from digest.summarize.pronouns import unexplained


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("On Friday it rose to 3.5 percent.", "it"),
        ("A year ago it was 12 metres.", "it"),
        ("Without it the Osmark council cannot build the quay.", "it"),
        ("If it was opened at sea, the six crews had no pumps.", "it"),
        ("The Harbour Party said that she should go with them.", "she"),
        ("Skippers of the north accuse him of having sold two boats.", "him"),
        ("The Osmark Bank said he had left in May.", "he"),
        ("In Vesk, he told the crews to wait.", "he"),
        ("Their boats lie in Osmark.", "Their"),
        ("In his address, he offered the crews of Vesk a boat.", "his"),
        ("During his time in Vesk, the Rovers won twice.", "his"),
        ("At its height, 40 crews were at sea.", "its"),
        ("Since Monday they have been waiting for Norra Lines.", "they"),
    ],
)
def test_what_nothing_before_the_pronoun_explains(text, pronoun):
    assert unexplained(text) == pronoun


@pytest.mark.parametrize(
    "text",
    [
        "Solveig Aas said she would go, and the Harbour Party said that she should.",
        "A woman was charged with selling her brother's boat.",
        "The driver of the train that left the quay at Vesk told police that his brakes had failed.",
        "The 61-year-old told the court that he had sold the boat.",
        "Nobody in Vesk has said that he saw the boat.",
        "The mayor of Osmark said he would resign.",
        "In his last days in office, then-Governor Jon Berg sold the quay.",
        "In its first budget, the Osmark Bank cut the levy.",
        "In her first speech in Vesk, a harbour official thanked the crews.",
        "The levy fell, and in May it rose again.",
        "Norra Lines said it would pay its crews.",
        "It was said in Vesk that the levy would fall.",
        "On Friday it was reported that the quay of Osmark had been closed.",
        "Skippers find it hard to sail in March.",
        "Residents of Vesk were told to keep their windows shut.",
        "Olaf Berg of The Vesk Post said he had seen the boat.",
    ],
)
def test_what_can_be_followed(text):
    assert not unexplained(text)
