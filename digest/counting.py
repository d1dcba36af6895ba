"""How many of a thing, in English."""

from __future__ import annotations


def counted(count: int, noun: str, *, one: str = "1") -> str:
    """ "1 article", "31 articles", "1,224 copies"; `one` says how a single one is written."""
    if count == 1:
        return f"{one} {noun}"
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count:,} {plural}"
