"""Whether a sentence tells that talks got nowhere: "failed to produce results", "no progress", "deadlocked".

Each article of a story says so in words of its own, and it is one thing to know. Read word for word, like the fates in
`fates.py`: no likeness of the words finds it.
"""

from __future__ import annotations

import re

_TALKS = re.compile(
    r"\b(?:talks|negotiations?|discussions|dialogue|diplomacy|diplomatic|mediation|mediators?|peace|ceasefire|truce"
    r"|compromise)\b",
    re.IGNORECASE,
)
_NOWHERE = re.compile(
    r"\b(?:(?:no|little|scant|without) (?:\w+ ){0,2}(?:progress|headway|breakthrough|results?|movement)"
    r"|(?:fail(?:ed|ing)?|yet|unable) to (?:produce|yield|bring|deliver|achieve|make|reach|show) (?:\w+ ){0,3}"
    r"(?:results?|progress|breakthrough|headway|agreement|deal|outcomes?)"
    r"|stalled|deadlock(?:ed)?|at a standstill|at an impasse|gone nowhere|remains? elusive"
    r"|(?:ended|broke up) without (?:a |an |any )?(?:\w+ )?(?:deal|agreement|breakthrough|result))\b",
    re.IGNORECASE,
)
# What stands before the comma of "Despite the stalled talks, …" is not what the sentence tells.
_ASIDE = re.compile(r"^(?:With|As|While|Despite|After|Amid|Because|Since|Although|Though|When|If)\b[^,]*, ")


def got_nowhere(text: str) -> bool:
    """Whether what the sentence tells first is that talks got nowhere."""
    told = _ASIDE.sub("", text)
    return _TALKS.search(told) is not None and _NOWHERE.search(told) is not None
