"""The shorter forms that a title can be trimmed to.

Only trimmed: each form's words stand, in the same order, in the title. Who says it and what limits it ("if", "unless",
"but") are never cut off, a quotation is never torn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.language.sentences import split_sentences
from digest.language.verbs import is_verb_like, may_have_verb
from digest.language.words import normalise

MAX_WORDS = 12
MIN_WORDS = 3
CUT_WORDS = 4  # what is left of a title; "Board closes" says too little

_MEASURE = (
    r"(?:(?:\s+(?:just|only|barely))?(?:\s+(?:an?|one|two|three|four|five|six|\d{1,3}))?"
    r"\s+(?:minute|hour|day|week|month|year)s?)?"
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9'\"][.?!])\s+(?=['\"]?[A-Z])")
# A clause that gives the background, with its measure ("two days after"). Never one that limits the claim ("if",
# "unless", "but", "except", "without").
_BACKGROUND = re.compile(
    rf"(?:\s*[,;]|\s+-)?(?:{_MEASURE}\s+(?:after|following|ahead of|before)"
    r"|\s+(?:as|amid|while|despite|even as|in wake of|in the wake of|citing))\s",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\w+ as\b", re.IGNORECASE)
_COMPARED = re.compile(r"\bas \w+$", re.IGNORECASE)
_TAKES_AS = re.compile(
    r"\b(?:twice|half|times|such|same)$"
    r"|\b(?:refer|describ|regard|treat|remov|oust|brand|label|cast|portray|fram|defin)\w*|\bseen\b",
    re.IGNORECASE,
)
_SPEAKER_ROLES = frozenset(
    """report reports poll study sources source chief head official officials minister president spokesman spokeswoman
    governor senator mayor court judge police expert experts memo survey review""".split()
)
_COMMA = re.compile(
    r",\s+(?!(?:and|or|but|if|unless|except|though|although|not|says?|said|according|experts?|officials?|police)\b)",
    re.IGNORECASE,
)
# Who says it must stay: a tail with one of these is never cut at a comma.
_ATTRIBUTION = re.compile(
    r"\b(?:says?|said|shows?|finds?|claims?|suggests?|warns?|reports?|alleges?|concludes?|reads?|told|tells?|argues?|"
    r"denies|sources|according)\b"
    r"|\b(?:assesses|estimates|rules?|believes?|forecasts?|predicts?|insists?|concedes?|admits?)$",
    re.IGNORECASE,
)
# Who says it behind the clause that goes: "…, harbour chief says", "…: report".
_SAID_AT_END = re.compile(
    r"(?:,\s[^,]{2,40}\b(?:says?|said|shows?|finds?|claims?|suggests?|warns?|reports?|alleges?)|:\s[^:]{2,30})$",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?:to|after|as|while|when|with|despite|amid|following|if|because|since|though|although|before|by|for)\s",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:in|on|at(?! (?:least|most))|after|as|while|with|despite|amid|following|in (?:the )?wake of|ahead of|during"
    r"|citing)\s[^,]{3,60},\s+",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"(?:[A-Z][\w.]*\s+){0,2}(?:Gov|Sen|Rep|Dr)\.\s+(?=[A-Z])")
_PREPOSITION = re.compile(r"\s(?:of|in|on|at|for|to|from|with|by|over|about|under|during|through)\s", re.IGNORECASE)
_ASKS_ON = frozenset("time way set due likely ready able plan".split())
_ARTICLE = re.compile(
    r"\b(?:the|an?)\s+(?!(?:few|lot|little|bit|dozen|half|third|quarter|hundred|thousand|million|billion|number"
    r"|minute|hour|day|week|month|year|decade|century)s?\b)(?=\w)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?<!\w)['\"].*?['\"](?!\w)")
_LEANS = re.compile(r"(?:he|she|it|they|we|i|this|that|these|those|if|but|and|or|so)\b", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}(?!\w)")


def trimmed_forms(title: str) -> Iterator[str]:
    """Yield the title and its shorter forms, without a final full stop."""
    first, *rest = title_sentences(title) or [title]
    wholes = {title, first, *(sentence for sentence in rest if not _LEANS.match(sentence))}
    wholes |= {part for whole in wholes for part in (*_without_topic_label(whole), *_without_opening(whole))}
    wholes |= {whole[office.end() :] for whole in wholes if (office := _OFFICE.match(whole))}
    for whole in sorted(wholes):
        parts = () if rest and whole == title else _parts(whole)  # a second sentence stays whole where the first does
        for part in (whole, *(part for part in parts if len(part.split()) >= CUT_WORDS)):
            yield _tidy(part)
            if len(part.split()) > MAX_WORDS:
                yield from map(_tidy, _without_articles(part))


def title_sentences(title: str) -> list[str]:
    """Return the sentences of a title that has several, else the title; none ends at "U.S." or "Gov."."""
    ends = {end for _, end in split_sentences(title)}
    marks = [match for match in _SENTENCE_END.finditer(normalise(title)) if match.start() in ends]
    starts = [0, *(match.end() for match in marks)]
    return [title[start:end].strip() for start, end in zip(starts, [*starts[1:], len(title)], strict=True)]


def cut_to_fit(title: str) -> Iterator[str]:
    """Yield a long title without a list's end, else up to its last preposition that fits; never in a quotation.

    Better than no title.
    """
    plain = normalise(title)
    if _ATTRIBUTION.search(plain):  # its tail may be who says it
        return
    shorter = (title[: match.start()] for match in _COMMA.finditer(plain))
    whole = [
        head
        for head in shorter
        if MIN_WORDS < len(head.split()) <= MAX_WORDS and may_have_verb(head) and not _SUBORDINATE.match(head)
    ]
    if heads := [head for head in whole if _balanced(head)]:
        yield _tidy(heads[-1])
        return
    heads = [title[: match.start()] for match in _PREPOSITION.finditer(plain) if not _asks_on(plain, match)]
    fitting = [head for head in heads if MIN_WORDS < len(head.split()) <= MAX_WORDS and _balanced(head)]
    yield from (_tidy(head) for head in fitting[-1:] if may_have_verb(head))


def _asks_on(plain: str, match: re.Match[str]) -> bool:
    """Whether "to" is cut from what asks for it: "is expected to", "it's time to"."""
    last = plain[: match.start()].rpartition(" ")[2]
    return match.group().strip().lower() == "to" and (is_verb_like(last) or last.endswith("ing") or last in _ASKS_ON)


def _parts(title: str) -> Iterator[str]:
    """Yield what stands before a background clause."""
    plain = normalise(title)
    for match in _BACKGROUND.finditer(plain):
        head, tail = title[: match.start()], plain[match.end() :]
        if not (_completes(plain, match) or _SAID_AT_END.search(tail)) and _balanced(head):
            yield head


def _completes(plain: str, background: re.Match[str]) -> bool:
    """Whether "as" opens no clause: "as young as 12", "describes the plan as unsafe"."""
    if background.group().split()[-1].lower() != "as":
        return False
    compares = _COMPARES.match(plain, background.end()) or _COMPARED.search(plain, 0, background.start())
    return bool(compares or _TAKES_AS.search(plain, 0, background.start()))


def _without_articles(title: str) -> Iterator[str]:
    """Yield "Storm closes harbour" for "A storm closes the harbour"; "for a week", "a few" and quotations stay."""
    quoted = [match.span() for match in _QUOTED.finditer(normalise(title))]
    kept = list(title)
    for article in _ARTICLE.finditer(title):
        if not any(start < article.end() and article.start() < end for start, end in quoted):
            kept[article.start() : article.end()] = [""] * len(article.group())
    yield "".join(kept)


def _without_topic_label(title: str) -> Iterator[str]:
    """Yield "Wildfires rage in the west" for "US heatwave: Wildfires rage in the west"; a speaker is never cut."""
    label, colon, rest = title.partition(": ")
    last = label.split()[-1] if label.split() else ""
    if colon and last.islower() and last not in _SPEAKER_ROLES and not normalise(rest).startswith(("'", '"')):
        yield rest


def _without_opening(title: str) -> Iterator[str]:
    """Yield "Ferries sail again" for "After weeks of storm, ferries sail again"."""
    opening = _OPENING.match(normalise(title))
    if opening and _balanced(title[: opening.end()]) and may_have_verb(title[opening.end() :]):
        yield title[opening.end() :]


def _tidy(form: str) -> str:
    text = form.strip().rstrip(" ,;:-–—")
    if text.endswith(".") and not re.search(r"(?:\b[A-Za-z]|\b(?:Fla|Jr|Sr|Inc|Co|Corp|Ltd|Md|Va|Pa|St|Dr))\.$", text):
        text = text[:-1]
    text = _INITIALS.sub(lambda initials: initials.group().replace(".", ""), text)
    return text[:1].upper() + text[1:]


def _balanced(text: str) -> bool:
    opened = text.count("‘") + text.count("“")
    closed = text.count("’") + text.count("”")
    straight = len(re.findall(r"(?<!\w)'|'(?!\w)", text)) % 2 == 0 and text.count('"') % 2 == 0
    return straight and opened <= closed
