"""Titles as outlets write them: without their furniture, and in the shorter forms they can be trimmed to.

Only trimmed: each form's words stand, in the same order, in the title. Who says it, a negation and a limit ("if",
"unless", "but") are never cut off, a quotation is never torn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from digest.language.verbs import is_verb_like, may_have_verb
from digest.language.words import normalise, words

MAX_WORDS = 12
MIN_WORDS = 3
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
    r"\s*(?::|\||\s-\s)\s*)",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"^(?:but |and |so )?(?:here ?'?s |here is |here are |this is |that'?s |you won'?t believe|what (?:we|you|to) |"
    r"why |how |could |can |will |would |should |is |are |do |does |did |has |have |read |see |find out|keep |don'?t |"
    r"let'?s |we |it'?s |i )|\?$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9'\"][.?!])\s+(?=['\"]?[A-Z])")
# A clause that gives the background. Never one that limits the claim ("if", "unless", "but", "except", "without").
_BACKGROUND = re.compile(
    r"(?:\s*[,;]|\s+-)?\s+(?:as|after|amid|while|following|ahead of|before|despite|even as|in wake of|"
    r"in the wake of|citing)\s",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\s(?:of|in|on|at|for|to|from|with|by|over|about|under|during|through)\s", re.IGNORECASE)
_SEMICOLON = re.compile(r"\s*;\s+")
_SPEAKER_ROLES = frozenset(
    """report reports poll study sources source chief head official officials minister president spokesman spokeswoman
    governor senator mayor court judge police expert experts memo survey review""".split()
)
_ASKING = re.compile(r"(?:how|why|what|when|where|who|here|is|are|will|can|could|should|do|does|did)\b", re.IGNORECASE)
# Words that judge what they tell. No neutral desk prints them outside a quotation.
_LOADED = frozenset(
    """shocking stunning outrageous disgraceful brilliant disastrous horrific bombshell insane incredible unbelievable
    amazing slams slam blasts blast rips rip destroys hysteria woke debacle shameful absurd ridiculous
    totally literally""".split()
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
# How a clause opens that may be cut off at its comma, though it has no verb of its own.
_CLAUSE_OPENS = re.compile(
    r"(?:\w+ing|\w+ed|\d[\d,.]*|a|an|the|which|who|whose|where|despite|including|amid|with|without|after|as|while|since|for"
    r"|in|on|at|to|by|from|up|down|\w+est)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?:to|after|as|while|when|with|despite|amid|following|if|because|since|though|although|before|by|for)\s",
    re.IGNORECASE,
)
_NAMES_LISTED = re.compile(r"[^\W\d_a-z][\w.'-]*, (?=[^\W\d_a-z])")  # "Pfizer, Moderna"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}(?!\w)")


def title_candidates(titles: Sequence[str], *, outlets: Sequence[str] = ()) -> list[str]:
    """Return every form of every title that is short enough, sorted, each once.

    Those that ask or tease are among them only when nothing else is; a title cut at a preposition only when
    nothing else fits.
    """
    cleaned = sorted({clean_title(title, outlets=outlets) for title in titles})
    forms = {form for title in cleaned for form in _forms(title)}
    short = sorted(form for form in forms if MIN_WORDS <= len(form.split()) <= MAX_WORDS)
    if not short:
        return sorted({cut for title in cleaned for cut in _cut_to_fit(title)})
    return [form for form in short if is_plain(form)] or short


def is_plain(title: str) -> bool:
    """Whether a title tells: it does not ask ("Will it sail?") or tease ("Why ferries sink")."""
    plain = normalise(title)
    return "?" not in plain and _ASKING.match(plain) is None


def judges(title: str) -> bool:
    """Whether a title judges what it tells ("slams", "shameful")."""
    return not _LOADED.isdisjoint(words(title))


def clean_title(title: str, *, outlets: Sequence[str] = ()) -> str:
    """Return the title without outlet names, labels ("LIVE:", "UPDATE 1-") and teaser sentences."""
    text = " ".join(title[:MAX_CHARACTERS].split())
    for outlet in outlets:
        for mark in (" - ", " | ", " – ", " — "):
            text = text.removesuffix(f"{mark}{outlet}")
    while (label := _LABEL.match(normalise(text))) and label.end() < len(text):
        text = text[label.end() :]
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
    sentences = _sentences(text)
    plain = [sentence for sentence in sentences if not _TEASER.search(normalise(sentence))]
    return " ".join(plain or sentences[:1])


def _sentences(text: str) -> list[str]:
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(normalise(text))), len(text)]
    return [text[start:end].strip() for start, end in pairwise(cuts)]


def _forms(title: str) -> Iterator[str]:
    """Yield the title and its shorter forms, without a final full stop."""
    wholes = {title, *_sentences(title)}
    wholes |= {part for whole in wholes for part in _without_topic_label(whole)}
    for whole in sorted(wholes):
        yield _tidy(whole)
        for start, end in _cuts(whole):
            head = whole[:start]
            if _balanced(head):
                yield _tidy(head)
            if whole[start:end].strip().startswith(";"):
                yield _tidy(whole[end:])
        yield from (_tidy(head) for head in _heads_at_commas(whole))


def _cuts(title: str) -> Iterator[tuple[int, int]]:
    plain = normalise(title)
    for pattern in (_BACKGROUND, _SEMICOLON):
        yield from (match.span() for match in pattern.finditer(plain))


def _heads_at_commas(title: str) -> Iterator[str]:
    """Yield what stands before each comma that ends a clause."""
    plain = normalise(title)
    for match in _COMMA.finditer(plain):
        head, tail = title[: match.start()], plain[match.end() :]
        if not _in_a_list(plain, match.start(), tail) and _may_stand(head, tail):
            yield head


def _may_stand(head: str, tail: str) -> bool:
    """Whether what stands before a comma is a clause of its own and who says it does not come after."""
    whole = len(head.split()) > MIN_WORDS and may_have_verb(head) and not _SUBORDINATE.match(head)
    return whole and _balanced(head) and not _ATTRIBUTION.search(tail)


def _in_a_list(plain: str, comma: int, tail: str) -> bool:
    """Whether a comma stands for "and": between two names, or before what has no verb and opens no clause."""
    return _names_listed(plain, comma) or not (_CLAUSE_OPENS.match(tail) or any(map(is_verb_like, tail.split())))


def _names_listed(plain: str, comma: int) -> bool:
    return _NAMES_LISTED.match(plain, plain.rfind(" ", 0, comma) + 1) is not None


def _cut_to_fit(title: str) -> Iterator[str]:
    """Yield a long title without a list's end, else up to its last preposition that fits; never in a quotation.

    Better than no title.
    """
    plain = normalise(title)
    if _ATTRIBUTION.search(plain):  # its tail may be who says it
        return
    shorter = [title[: match.start()] for match in _COMMA.finditer(plain) if not _names_listed(plain, match.start())]
    heads = [head for head in shorter if len(head.split()) <= MAX_WORDS and _may_stand(head, "")]
    if heads:
        yield _tidy(heads[-1])
        return
    heads = [title[: match.start()] for match in _PREPOSITION.finditer(plain)]
    fitting = [head for head in heads if MIN_WORDS < len(head.split()) <= MAX_WORDS and _balanced(head)]
    yield from (_tidy(head) for head in fitting[-1:] if may_have_verb(head))


def _without_topic_label(title: str) -> Iterator[str]:
    """Yield "Wildfires rage in the west" for "US heatwave: Wildfires rage in the west"; a speaker is never cut."""
    label, colon, rest = title.partition(": ")
    last = label.split()[-1] if label.split() else ""
    if colon and last.islower() and last not in _SPEAKER_ROLES and not normalise(rest).startswith(("'", '"')):
        yield rest


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
