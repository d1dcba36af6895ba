"""Titles and offices, which stand before a name and are no part of it: "President", "Foreign", "spokeswoman"."""

from __future__ import annotations

_TITLES = frozenset(
    """president vice prime minister chancellor premier king queen prince princess pope sir dame lord lady mr mrs ms
    miss dr prof professor gov governor sen senator rep representative mayor secretary ambassador envoy spokesman
    spokeswoman spokesperson general gen colonel col lieutenant lt captain capt sergeant sgt major maj admiral adm
    commander chief judge justice attorney sheriff officer detective inspector constable bishop archbishop cardinal
    father reverend rev rabbi imam sheikh ayatollah emperor crown deputy acting former ex-president chairman
    chairwoman chairperson director ceo coach speaker congressman congresswoman councillor commissioner foreign
    minister-designate head analyst editor correspondent st-president patriarch chairman-designate marshal
    brigadier""".split()
)
_PORTFOLIOS = frozenset(
    """defence defense foreign affairs interior finance economy health energy state treasury education labor labour
    trade transport environment justice culture""".split()
)


def bare_word(word: str) -> str:
    """The word in lower case, without a possessive or the full stop of an abbreviation."""
    return word.lower().removesuffix("'s").rstrip("'.")


def is_title(word: str) -> bool:
    """Whether the word is a title or an office before a name: "President", "Sen.", "spokesman"."""
    return bare_word(word) in _TITLES


def is_portfolio(word: str) -> bool:
    """Whether a word names what a minister is minister of: "Defence"."""
    return word.lower() in _PORTFOLIOS
