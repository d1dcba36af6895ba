"""What will be done, and what was: each by its verb, outside quotation marks."""

import pytest

from digest.language.plans import deeds, plans


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ines Holt will sign the levy on Thursday.", ["will sign"]),
        ("The levy is expected to be carried on Monday.", ["is expected to be carried"]),
        ("She said she plans to formally announce it and will then leave Vesk.", ["plans to formally announce", "will then leave"]),
        ("The two agreed to meet in Skelmar.", ["agreed to meet"]),
        # nothing is planned that is denied, doubted or said by others, nor what only is
        ("Ines Holt will not sign the levy.", []),
        ("It is not clear if Ines Holt will sign.", []),
        ("“I will sign it,” she said.", []),
        ("The port will remain shut and will be full.", []),
        ("They gave up their plans to seize the port.", []),
        ("Outages due to damage of a cable went on.", []),
    ],
)  # fmt: skip
def test_plans(text, found):
    assert [one.told for one in plans(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ines Holt signed the levy.", ["signed"]),
        ("The levy was formally carried on Monday, and talks were held.", ["was formally carried", "were held"]),
        ("The Assembly has not signed the levy.", []),
        ("The Assembly hasn't signed the levy.", []),
        ("The levy that was signed, the signed one, and the one being signed.", []),
        ("Ines Holt, who signed it, is expected to be named.", []),
        ("“We signed it,” she said.", []),
    ],
)
def test_deeds(text, found):
    assert [one.told for one in deeds(text)] == found


@pytest.mark.parametrize(
    ("plan", "deed"),
    [
        ("They will carry it.", "They carried it."), ("It will be planned.", "It was planned."),
        ("They will hold talks.", "They held talks."), ("It will be withdrawn.", "They withdrew it."),
        ("She will announce it.", "She announced it."), ("They will stop it.", "They stopped it."),
        ("She will announce it.", "She unveiled it."), ("They will pass it.", "They ratified it."),
    ],
)  # fmt: skip
def test_a_plan_and_its_deed_have_one_verb(plan, deed):
    assert [one.verb for one in plans(plan)] == [one.verb for one in deeds(deed)]
