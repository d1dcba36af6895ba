import pytest

from digest.language.verbs import may_have_verb


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Osmark votes against the levy", True),
        ("Lind was the only member to vote against the levy", True),
        ("Mara Lind the only member to vote against the levy", False),
        ("About 18,000 drivers use the bridge each day", True),
        ("The second ferry of the season", False),
    ],
)
def test_what_can_be_a_clause(text, expected):
    assert may_have_verb(text) is expected
