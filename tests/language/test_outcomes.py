import pytest

from digest.language.outcomes import outcomes


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The last sailor missing off Osmark has turned up alive.", ["found"]),
        ("The man who had been missing since Monday was rescued.", ["found"]),
        ("A Tarvik man who was charged with theft was acquitted on Friday.", ["acquitted"]),
        ("Two sailors are missing and one was rescued.", []),
        ("The tug picked up a call off Osmark.", []),
        ("All four hikers who had been missing in the Carrock Hills are safe.", ["found"]),
        ("The hikers trapped on the ledge were brought down unhurt.", ["found"]),
        ("The hikers who were trapped on the ledge have been brought out alive, rescuers said.", ["found"]),
        ("All four are out of the cave and alive.", ["found"]),
        ("Their families hope they are safe.", []),
        ("The drug is safe and cheap.", []),
    ],
)
def test_what_a_relative_clause_recalls_is_not_how_it_stands(text, states):
    assert [one.state for one in outcomes(text)] == states
