"""Codes that name one thing: "CVE-2026-41877", "MS08-078", "4.6.5". Two of one kind are two things, however alike."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

# Four digits or hyphens at least: "COVID-19" and "F-35" are names, about which two sentences say much else. In 13,232
# sentences of news and ECB+ 14 match: eleven holes and patches, a court file, a broadcaster, a telephone number.
_CODE = re.compile(
    r"\b(?!(?:RM|US|EU|EUR|USD|GBP|RS|EURO|FY|CHF|SEK|NOK|DKK)-?\d)([A-Z]{2,6})-?(\d[\d-]{2,}\d)\b(?![.,]\d)"
)
# No date ("12.03.25"), and no number in groups of three ("1.000.000").
_VERSION = re.compile(
    r"(?<![\w.,])(?!\d{1,2}\.\d\d\.\d\d\b)(?!\d+(?:\.\d{3})+\b)\d{1,3}(?:\.\d{1,3}){2,}(?![\w-]|\.\d)"
)


@lru_cache(maxsize=8192)  # each statement is held against many
def codes(text: str) -> dict[str, frozenset[str]]:
    """The codes in a text, by their kind: the letters they begin with, or that they are versions."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in _CODE.finditer(text):
        found[match[1]].add(match[2])
    for match in _VERSION.finditer(text):
        found["version"].add(match[0])
    return {kind: frozenset(told) for kind, told in found.items()}


def name_apart(first: str, second: str) -> bool:
    """Whether two texts name codes of one kind and none of it in common."""
    mine, theirs = codes(first), codes(second)
    return any(mine[kind].isdisjoint(theirs[kind]) for kind in mine.keys() & theirs.keys())
