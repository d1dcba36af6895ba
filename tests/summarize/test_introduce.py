import pytest

from digest.summarize.introduce import introduce, name_holder
from tests.fakes import article


def introduced(sentence, before):
    made = article("a", before + sentence)
    found = introduce(sentence, article=made, at=len(before))
    return found.text if found else None


@pytest.mark.parametrize(
    ("before", "sentence", "line"),
    [
        (
            "The levy will rise, said infrastructure minister Peder Aasgaard on Monday. ",
            "The wall will stand by May, Aasgaard said.",
            "The wall will stand by May, [infrastructure minister Peder] Aasgaard said.",
        ),
        (
            "Vesslandic Minister of Defence Ebba Vester announced a new yard. ",
            "The yard will open in May, Vester said.",
            "The yard will open in May, [Vesslandic Minister of Defence Ebba] Vester said.",
        ),
        (
            "Weapons British Minister of Defence Ebba Vester announced a new yard. ",
            "The yard will open in May, Vester said.",
            "The yard will open in May, [British Minister of Defence Ebba] Vester said.",
        ),
        (
            "Osmark Mayor Oda B. Vester, 51, met the dockers. ",
            "Vester told reporters that the port would open.",
            "[Osmark Mayor Oda B.] Vester told reporters that the port would open.",
        ),
        (
            "Later the former special envoy for Norway Kurt Vester testified. ",
            "Vester said the talks were part of the dialogue.",
            "[Kurt] Vester said the talks were part of the dialogue.",
        ),
        (
            "Jon Berg, a pilot, saw the ships collide. ",
            "“The lane was clear,” said Berg during the hearing.",
            "“The lane was clear,” said [Jon] Berg during the hearing.",
        ),
        (
            "The harbour reporter Ada Lund resigned on Monday. ",
            "“The lane was clear,” Lund wrote.",
            "“The lane was clear,” [Ada] Lund wrote.",
        ),
        (
            "A court in Osmark heard Jon Aker on Monday. ",
            "Aker, 38, pleaded guilty to one count of arson.",
            "[Jon] Aker, 38, pleaded guilty to one count of arson.",
        ),
        (
            "The levy will rise, said infrastructure minister Peder Aasgaard. ",
            "Mr. Aasgaard said that the wall will stand by May.",
            "[Infrastructure minister Peder] Aasgaard said that the wall will stand by May.",
        ),
        (
            "The court sat on Friday. Jon Aker, 38, was there. ",
            "Aker pleaded guilty to one count of arson.",
            "[Jon] Aker pleaded guilty to one count of arson.",
        ),
        (
            "Despite Mayor Jon Berg, who wept, the board agreed. ",
            "“The lane was clear,” Berg said.",
            "“The lane was clear,” [Mayor Jon] Berg said.",
        ),
        (
            "The fire began at 9 PM ET. Jon Berg, a pilot, saw it. ",
            "“The lane was clear,” Berg said.",
            "“The lane was clear,” [Jon] Berg said.",
        ),
        ("The board did not renew Ida Feld. ", "Feld's term ended in May.", "[Ida] Feld's term ended in May."),
    ],
)
def test_a_last_name_gets_back_what_the_article_puts_before_it(before, sentence, line):
    assert introduced(sentence, before) == line


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("Mayor Jon Berg said no. Councillor Ida Berg said yes. ", "The lane was clear, Berg said."),
        ("Prices rose in Upper Vessland. ", "Vessland said prices would fall."),
        ("Mayor Jon Berg saw it. ", "The lane was clear, Jon Berg said."),
        ("Mayor Jon Berg saw it. ", "The lane was clear, Norra Lines said."),
        ("", "The lane was clear, Berg said."),
        ("Mayor Jon Berg's Harbourbook account was closed. ", "Harbourbook said he broke its rules."),
        ("It closed Jon Berg’s Harbourbook. ", "Harbourbook said he broke its rules."),
        ("What makes Good Berg so good? ", "Berg is the best there is."),
        ("It sailed with Jon Berg, and with Ida Berg. ", "Berg is the best there is."),
        ("Shares in Berg, a brewer, fell. Its chairman Jon Berg resigned. ", "Berg said it would sell two breweries."),
        ("Berg's team-mates cheered as Ida Berg scored. Coach Jon Berg wept. ", "“I was not nervous,” Berg said."),
    ],
)
def test_nobody_is_introduced_where_a_doubt_remains(before, sentence):
    assert introduced(sentence, before) is None


@pytest.mark.parametrize(
    ("before", "sentence", "line"),
    [
        (
            "The levy will rise, Transport Minister Signe Halvard said. Halvard spoke in Vesk. ",
            "The minister also said that the quay would close.",
            "[Transport Minister Signe Halvard] also said that the quay would close.",
        ),
        (
            "Former Mayor Jon Berg met Osmark mayor Oda Vester. ",
            "The mayor was asked to resign.",
            "[Osmark mayor Oda Vester] was asked to resign.",
        ),
        (
            "President Berg sent Vice President Ebba Lund to Vesk. ",
            "The vice president told the crews to wait.",
            "[Vice President Ebba Lund] told the crews to wait.",
        ),
    ],
)
def test_an_office_gets_its_holders_name(before, sentence, line):
    assert name_holder(sentence, before=before).text == line


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("Transport Minister Signe Halvard met Finance Minister Jon Berg. ", "The minister said no."),
        ("Transport Minister Signe Halvard met the island's minister. ", "The minister said no."),
        ("Former Mayor Jon Berg was heard. ", "The mayor said no."),
        ("Osmark mayor Oda Vester was heard. ", "The mayor of Vesk said no."),
        ("Osmark mayor Oda Vester was heard. ", "The former mayor said no."),
        ("Osmark mayor Oda Vester was heard. ", "The mayor said that Vester would go."),
        ("The crews were heard. ", "The mayor said no."),
    ],
)
def test_no_office_gets_a_name_in_doubt(before, sentence):
    assert name_holder(sentence, before=before) is None


def test_a_name_that_another_follows_is_no_last_name():
    before = "Vessland’s ambassador to Britain Lin Baoting has said that the lane is safe. "
    assert introduced("Lin said that the port could be opened.", before) is None
