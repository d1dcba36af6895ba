"""Titles as outlets write them: without their furniture, told from questions, teasers, verdicts and lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from digest.language.headline_forms import MAX_WORDS, MIN_WORDS, cut_to_fit, title_sentences, trimmed_forms
from digest.language.words import normalise

LONGEST_ACRONYM = 5  # a longer word in capitals is shouted in the text, too
MAX_CHARACTERS = 300  # no outlet writes longer titles; a longer text is cut before anything looks at it

_OUTLET_WORDS = frozenset(
    """news times post reuters bbc cnn ap afp npr guardian journal herald tribune telegraph chronicle gazette daily
    politico axios bloomberg magazine press today online radio tv observer independent examiner""".split()
)
_LAST_DASH = re.compile(r"\s-{1,2}\s(?=[^-]*$)")
_LAST_BAR = re.compile(r"\s*\|(?=[^|]*$)")
_SITE = re.compile(r"[\w-]{2,40}\.[a-z]{2,6}$")
_LABEL = re.compile(
    r"^\s*(?:\[[^\]]{1,30}\]\s*"
    r"|(?:update|refile|corrected|wrapup|rpt)\s*\d*\s*[-:]\s*"
    r"|(?:live(?: updates?| blog)?|watch(?: live)?|video|photos?|pictures|listen|podcast|breaking(?: news)?|exclusive|"
    r"just in|developing|opinion|op-ed|editorial|commentary|column|analysis|explainer|explained|factbox|fact check|"
    r"in depth|in brief|perspectives?|review|letters?|the memo|timeline|q&a|morning briefing|must[- ](?:read|see))"
    r"\s*(?::|\||\s-\s)\s*|[^:|]{2,40}\s(?<!people\s)(?<!they\s)(?<!we\s)(?<!you\s)(?<!to\s)"
    r"(?:live|latest)(?: updates?| news| blog)?:\s+)",
    re.IGNORECASE,
)
_CLOSING_LABEL = re.compile(
    r"\s*(?:[:|]|\s-)\s*(?:(?:live|latest)(?: news| updates?| blog| coverage)?|as it happened)\s*$", re.IGNORECASE
)
_TEASER = re.compile(
    r"^(?:but |and |so )?(?:here ?'?s |here is |here are |this is |that'?s |you won'?t believe|what (?:we|you|to) |"
    r"why |how |could |can |will |would |should |is |are |do |does |did |has |have |read |see |find out|keep |don'?t |"
    r"let'?s |we |it'?s |i )|\?$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:inside|how|why|what|when|where|who|here|is|are|will|can|could|should|do|does|did)\b", re.IGNORECASE
)
# "9 reasons …", "5 things to watch": a list of remarks. Four of 1,475 titles of the news and ECB+, all of them lists.
_COUNTS_REMARKS = re.compile(
    r"(?:the |these )?(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ ){0,2}?"
    r"(?:reasons|ways|things|tips|tricks|facts|lessons|signs|questions|takeaways|mistakes|myths|steps)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def title_candidates(titles: Sequence[str], *, outlets: Sequence[str] = ()) -> list[str]:
    """Return every form of every title that is short enough, sorted, each once.

    Those that ask or tease are among them only when nothing else is; a title cut at a preposition only when
    nothing else fits.
    """
    cleaned = sorted({clean_title(title, outlets=outlets) for title in titles})
    forms = {form for title in cleaned for form in trimmed_forms(title)}
    short = sorted(form for form in forms if MIN_WORDS <= len(form.split()) <= MAX_WORDS)
    if not short:
        return sorted({cut for title in cleaned for cut in cut_to_fit(title)})
    return [form for form in short if is_plain(form)] or short


def is_plain(title: str) -> bool:
    """Whether a title tells and does not ask ("Will it sail?"), tease ("Why ferries sink") or count ("9 reasons …")."""
    plain = normalise(title)
    return "?" not in plain and not _ASKING.match(plain) and not _COUNTS_REMARKS.match(plain)


def clean_title(title: str, *, outlets: Sequence[str] = ()) -> str:
    """Return the title without outlet names, labels ("LIVE:", "UPDATE 1-", ": live updates") and teaser sentences."""
    text = " ".join(title[:MAX_CHARACTERS].split())
    for outlet in outlets:
        for mark in (" - ", " | ", " – ", " — "):
            text = text.removesuffix(f"{mark}{outlet}")
    while (label := _LABEL.match(normalise(text))) and label.end() < len(text):
        text = text[label.end() :]
    text = text[: match.start()] if (match := _CLOSING_LABEL.search(normalise(text))) else text
    return _without_teasers(_without_outlet(text)).strip()


def _without_outlet(text: str) -> str:
    """Cut " | Meridian" whatever it says, " - The Daily Ledger" when it looks like an outlet."""
    plain = normalise(text)
    bar = _LAST_BAR.search(plain)
    if bar and bar.start() > len(plain) / 2:
        return _without_outlet(text[: bar.start()])
    dash = _LAST_DASH.search(plain)
    if dash and dash.start() and _is_outlet(plain[dash.end() :]):
        return text[: dash.start()]
    return text


def _is_outlet(tail: str) -> bool:
    parts = tail.split()
    named = any(part.lower() in _OUTLET_WORDS for part in parts) and all(part[0].isupper() for part in parts)
    return len(parts) <= 5 and (named or (len(parts) == 1 and _SITE.match(tail) is not None))


def _without_teasers(text: str) -> str:
    told = title_sentences(text)
    plain = [sentence for sentence in told if not _TEASER.search(normalise(sentence))]
    return " ".join(plain or told[:1])


def without_shouting(title: str, texts: Sequence[str]) -> str:
    """Return a title in capitals as the texts write its words, those they do not have in lower case."""
    letters = [sign for sign in title if sign.isalpha()]
    if len(title.split()) < MIN_WORDS or not letters or not all(sign.isupper() for sign in letters):
        return title
    written: dict[str, Counter[str]] = {}
    for word in (word for text in texts for word in _WORD.findall(text)):
        if not word.isupper() or len(word) <= LONGEST_ACRONYM:
            written.setdefault(word.lower(), Counter())[word] += 1

    def as_written(match: re.Match[str]) -> str:
        forms = written.get(match.group().lower(), Counter())
        return min(forms, key=lambda form: (-forms[form], form)) if forms else match.group().lower()

    text = _WORD.sub(as_written, title)
    return text[:1].upper() + text[1:]


_LIST_TITLE = re.compile(
    r"\b(?:(?:list of |the )?key (?:events|updates|developments|moments|takeaways|points)|live updates?"
    r"|live blog|as it happened"
    r"|(?:morning|evening|daily|weekly|news) (?:briefing|brief|digest|round-?up|update|newsletter)|at a glance|in brief"
    r"|round-?up|situation report|what (?:we know|is known|to know|happened (?:today|on day))|day [\d,]{2,})\b",
    re.IGNORECASE,
)


def names_a_list(title: str) -> bool:
    """Whether a title names a list of events ("list of key events, day 118") and so tells none of them."""
    return _LIST_TITLE.search(title) is not None
