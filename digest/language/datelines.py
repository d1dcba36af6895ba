"""Datelines: where, and often by whom, a text was sent, in front of its first sentence."""

from __future__ import annotations

import re

from digest.language.gazetteer import DEMONYMS

_PLACE = r"[A-Z][\w.’'-]*(?:[ /][A-Z][\w.’'-]*){0,3}"
_CAPITAL_PLACE = r"[A-Z][A-Z.’'-]+(?:[ /][A-Z][A-Z.’'-]*){0,3}"
_DAY = r"(?:,? \d{1,2}(?: \w{3,9})?(?:,? \d{4})?)"
_DASH = r"\s?(?:[—–]|--?)\s+"
_DATELINE = re.compile(
    rf"\s*(?:{_CAPITAL_PLACE}(?:,? {_PLACE}){{0,3}}{_DAY}?(?:\s?\([^()]{{2,40}}\)|\s?/[^/\s]{{2,20}}/)?{_DASH}"
    rf"|{_PLACE}(?:, {_PLACE}){{0,2}}(?:,? \w{{3,9}}\.? \d{{1,2}}(?:, \d{{4}})?)?\s?\([A-Z][^()]{{1,30}}\){_DASH}"
    rf"|{_PLACE}(?:, {_PLACE}){{0,2}} \([A-Z][^()]{{1,30}}\)"  # "Osmark (Norra Wire)Ferries …": a page's bold type
    rf"|{_PLACE}(?:, {_PLACE}){{1,2}}\s?[—–]\s+|{_PLACE}, {_PLACE}, {_PLACE} -\s+"
    r"|\A[A-Z][\w.’'-]+ [—–]\s+)(?=[A-Z0-9“\"‘'])"  # a lone place, where a text begins
)
# "US - China talks …": a lone short word and a hyphen are no dateline, unless a sentence plainly begins behind it.
_NO_DATELINE = re.compile(r"\s*(?:[A-Z.]{1,4}\s?-(?!\s(?:The|An?|In|On|At|Some|More|Two|Three) )|\S+ -\s+[A-Z]{2})")
_NAME = re.compile(r"\(([A-Za-z][^()\d]{1,30})\)(?:\s?[—–-]{1,2}\s+)?$")
_COUNTRIES = frozenset(DEMONYMS.values())


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the dateline that begins at `start` ends; 0 where none does."""
    found = _DATELINE.match(text, start, end)
    if found is None or _NO_DATELINE.match(found.group() + text[found.end() : found.end() + 6]):
        return 0
    return found.end()


def sender(text: str) -> str | None:
    """Who sent a text, by its dateline: "Coast Wire" of "OSMARK, March 4 (Coast Wire) — ".

    None for a country, which tells the place from others of its name, and unless the place is in capitals: "Harbour
    Safety Board (HSB) — " is a name with its initials.
    """
    line = text[: dateline_end(text, 0, 200)]
    named = _NAME.search(line) if line.partition(" ")[0].isupper() else None
    name = named[1] if named else ""
    return name if name and _COUNTRIES.isdisjoint((name.casefold(), name.casefold().removesuffix("s"))) else None
