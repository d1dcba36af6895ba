"""The text of an article as every later stage sees it: characters mended, furniture left out, paragraphs kept."""

from __future__ import annotations

import re

from digest.collect.decode import repair
from digest.language.boilerplate import is_boilerplate

_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(r"[\u00ad\u200c\u200e\u200f\ufffc]")
_BULLET = re.compile(r"(?:[•‣◦▪▫●○■◆➤►⁃∙]|[*·+–-](?= )) ?")
_BLANKS = re.compile(r"\n{3,}")
_LOOSE_MARK = re.compile(r"(?<=\w) ([,.]|['’]s)(?=\s|$)")  # behind what was a link or bold type
# "… on Monday.[3][citation needed]": the notes of an encyclopedia or a report, which are no citations of a brief.
_NOTE_MARKS = re.compile(r"(?<=[^\s\[])(?:\[(?:\d{1,3}|note \d{1,2}|citation needed|edit)\])+")

# Signs that the rest of the text is behind a wall. They count only where little text stands beside them: many whole
# articles also carry an "Already a subscriber?" link.
_WALL = re.compile(
    r"\bsubscribe (?:now )?to (?:continue|read|unlock|keep|access|view)\b"
    r"|\b(?:article|story|content) is (?:only |available |exclusively )*(?:for|to|reserved for) (?:our )?"
    r"(?:paying |registered )?(?:subscribers|members)\b"
    r"|\b(?:to|please) (?:continue|keep) reading\b|\bcontinue reading (?:with|by|for|this)\b"
    r"|\balready a (?:subscriber|member)\b|\b(?:sign|log) in to (?:read|continue)\b"
    r"|\bunlock (?:this|the full) (?:article|story)\b|\breached your (?:limit|free|monthly)\b"
    r"|\bfor (?:subscribers|members) only\b|\b(?:subscribers|members)[- ]only\b",
    re.IGNORECASE,
)
_TEASER_END = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\)|\[\+\d{1,6} chars\])\s*(?:read more\b.{0,20})?$", re.IGNORECASE
)
_WALL_WORDS = 150  # a text with a wall's sign and fewer words is only its beginning
_TEASER_WORDS = 120  # likewise for one that breaks off with an ellipsis


def clean_text(text: str) -> tuple[str, bool]:
    """Tidy an article's repaired text, and leave out the lines that are no part of it; and whether it is only a stub.

    Paragraph breaks and bullets (as "- ") stay as newlines. The result has no line longer than its source's, no
    trailing spaces, and no control characters.
    """
    lines = [tidy_line(line) for line in text.split("\n")]
    walled = any(_WALL.search(line) for line in lines if len(line) < 400)
    kept = "\n".join(_without_repeats([line for line in lines if not (line and is_boilerplate(line))]))
    body = _BLANKS.sub("\n\n", kept).strip()
    words = len(body.split())
    broken_off = words < _TEASER_WORDS and bool(_TEASER_END.search(body))
    return body, broken_off or (walled and words < _WALL_WORDS)


def tidy_line(line: str) -> str:
    """One line with single spaces, plain bullets, and no space before a comma or a full stop."""
    line = _SPACES.sub(" ", _INVISIBLE.sub("", line)).strip()
    if "]" in line:
        line = _NOTE_MARKS.sub("", line)
    bullet = _BULLET.match(line)
    if bullet:
        rest = line[bullet.end() :].strip()
        line = f"- {rest}" if rest else ""
    return _LOOSE_MARK.sub(r"\1", line)


def tidy_field(text: str | None) -> str | None:
    """A title, name or other one-line field, mended; None when nothing is left."""
    if not text:
        return None
    return _SPACES.sub(" ", _INVISIBLE.sub("", repair(text).replace("\n", " "))).strip() or None


def _without_repeats(lines: list[str]) -> list[str]:
    """The lines without those that repeat the one before."""
    kept: list[str] = []
    last = ""
    for line in lines:
        if line and line == last:
            continue
        kept.append(line)
        last = line or last
    return kept


def without_title(text: str, title: str) -> str:
    """The text without lines at its head that repeat the title; empty when it is nothing else."""
    wanted = " ".join(title.split()).casefold()
    lines = text.split("\n")
    own = (n for n, line in enumerate(lines) if line.strip() and " ".join(line.split()).casefold() != wanted)
    return "\n".join(lines[next(own, len(lines)) :])
