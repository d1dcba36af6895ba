import pytest

from digest.language.codes import codes, name_apart
from digest.summarize.corroborate import corroborates


def test_codes_are_found_by_their_kind():
    text = "Skerry 4.6.4 and 4.2.19 close CVE-2031-41877, as bulletin MS31-078 says."
    assert codes(text) == {"CVE": {"2031-41877"}, "MS": {"31-078"}, "version": {"4.6.4", "4.2.19"}}


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19 closed 1,200 schools.",
        "An F-35 landed at 12.30.",
        "On 12.03.2031 some 2.5 m of snow fell.",
        "On 12.03.31 RM150000 went to 1.000.000 people.",
    ],
)
def test_names_dates_and_figures_are_none(text):
    assert not codes(text)


def test_two_codes_of_one_kind_are_two_things():
    read = "Skerry closed CVE-2031-41902, a hole that lets attackers read files, in version 4.6.4."
    run = "Skerry closed CVE-2031-41877, a hole that lets attackers run code, in version 4.6.4."
    assert name_apart(read, run)
    assert not corroborates(read, run, nearness=1.0)
    assert not name_apart(read, "Skerry closed CVE-2031-41877 and CVE-2031-41902.")
    assert not name_apart(read, "Skerry 4.6.4 closes a hole that lets attackers read files.")
