"""Shorter forms of a sentence, by deletion only.

A sentence is marked with *cuts*: spans that may go, each with a cost. `shorten` tries the cheapest sets of cuts first
and yields what is left, so the caller can take the first form that fits and passes the support check. Nothing is
reworded; the only change besides deletion is the capital at the start.

Deletion of clauses from the surface, without a parser, follows the practice of Dorr, Zajic and Schwartz, "Hedge
Trimmer" (2003), with one difference: what carries an attribution, a negation or a hedge is never offered as a cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from digest.language.verbs import may_have_verb

MAX_CUTS = 9  # 512 sets of cuts at most; sentences with more are cut by the cheapest nine

# Costs say how much a reader loses. A negative one says the sentence is better without.
FURNITURE = -1.0  # connectives, unit conversions, "in a post on Telegram"
COMMENT = -0.5  # ", underscoring the need for …": the outlet's own reading, a second fact
RELATIVE = 1.0  # ", which makes …," and appositions
EXAMPLES = 1.2  # ", including …"
TRAILING = 1.5  # ", after …", ", while …"
CLAUSE = 2.0  # ", and the port was …"
UNMARKED = 3.0  # " after …" without a comma
LEADING = 2.5  # "Speaking to …, "


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A span that may be deleted, what it costs, and what it is called in `digest explain`."""

    start: int
    end: int
    cost: float
    what: str


@dataclass(frozen=True, slots=True)
class Form:
    """What is left of a sentence, and the cuts that were made."""

    text: str
    cuts: tuple[Cut, ...]

    @property
    def cost(self) -> float:
        """The sum of the cuts' costs; lower is closer to what a reader wants."""
        return sum(cut.cost for cut in self.cuts)


_OPENERS = (
    "meanwhile|however|moreover|furthermore|additionally|in addition|also|besides|notably|separately|elsewhere"
    "|in other developments|in other news|for (?:his|her|its|their) part|on the other hand|in turn|as a result"
    "|now|previously|nevertheless|nonetheless|likewise|similarly|indeed|in fact|of course|still|then|later"
    "|earlier|finally|but|and"
    "|yet|so|thus|hence|therefore|at the same time|in the meantime"
)
CONNECTIVE = re.compile(
    rf"^(?:(?i:{_OPENERS})(?:,\s+|\s+(?=[A-Z“\"'‘]))|(?:Meanwhile|However|But|And|Yet|So|Still|Also|Then|Now)\s+(?=\w))"
)
# Labels that some outlets set before a paragraph.
_LABEL = re.compile(
    r"^(?:Driving the news|Why it matters|The big picture|The latest|State of play|Between the lines|By the numbers"
    r"|Zoom (?:in|out)|What(?:’s|'s) (?:new|next|happening)|Context|Details|Flashback|Yes, but|Breaking"
    r"|Update|Background):\s+"
)
_INNER_CONNECTIVE = re.compile(
    r",? (?:however|meanwhile|too|moreover|of course|though),(?= )|, (?:however|though)(?=[.]$)"
)
_CONVERSION = re.compile(r"\s*\((?:about |around |some |roughly |nearly )?[\d.,$€£¥US]{1,12}\s?[\w²³ -]{0,24}\)")
_ACRONYM = re.compile(r"\s*\([A-Z][A-Z.&-]{1,9}\)")
_MEDIUM = (
    r"(?:a |an |his |her |its |their )?(?:(?:written|separate|joint|brief|short|televised|video|social media|news|press"
    r"|daily|evening|early) )*(?:post|posts|statement|statements|comments|message|messages|interview|briefing|address"
    r"|conference|remarks|speech|letter|tweet|report)"
)
_CHANNEL = r"(?: (?:on|to|with|via|posted on) (?:the )?(?:social (?:platform|network|media)(?: [A-Z]\w*)?|[A-Z]\w*))?"
_SAYING_TAIL = re.compile(
    rf"\b(?:said|says|added|wrote|announced|confirmed)(?P<cut> (?:in|during) {_MEDIUM}{_CHANNEL})(?=[.,;”’\"]|$"
    rf"| on | that )"
)
_ON_CHANNEL = re.compile(
    r"\b(?:said|says)(?P<cut> on (?:the )?(?:social (?:platform|network|media)(?: [A-Z]\w*)?|Telegram|X))\b"
)
_ANONYMITY = re.compile(r", speaking on (?:the )?condition of anonymity(?: because [^,.;]{3,120})?")
_CITING = re.compile(r", (?:citing|quoting) [^,;“”\"]{3,90}(?=\.?$)")
_TOLD = re.compile(r"\bsaid(?P<cut>, speaking to (?:the )?(?:[A-Z]\w+ ){0,3}(?:news agency|reporters)\b)")

_COMMENT_VERBS = (
    "highlighting|underscoring|reflecting|indicating|raising|signal(?:l)?ing|emphasi[sz]ing|showcasing|demonstrating"
    "|illustrating|suggesting|reinforcing|fuelling|fueling|adding to|prompting fears|sparking|deepening|intensifying"
)
_APPRAISAL = re.compile(
    r"(?:in )?(?:a|an) (?:\w+ )?(?:move|step|claim|sign|development|decision|shift|blow|change|victory|defeat"
    r"|milestone|rebuke"
    r"|reminder|bid|effort|turn|departure|reversal|escalation) (?:that|which|to|of|for|in|from|seen as|aimed at)\b"
)
_TRAILING_WORDS = (
    "after|as|while|when|following|since|with|despite|amid|before|because|where|though|although|even as|just|in a"
    "|in an|in what|part of|days after|hours after|a day after|according"
)
# Clauses that keep their attribution to themselves: ", after X accused Y of Z" does not say who said the rest.
_OWN_CLAIM = r"(?:after|when|following|before|(?:days|hours|weeks|a day) after)\b"
_SUBJECT = r"(?:the|a|an|his|her|its|their|it|he|she|they|[A-Z“])"

_ADVERBIAL_START = re.compile(
    rf"(?:(?i:{_OPENERS})|On|In|At|After|Before|As|While|When|With|For|From|Under|By|During|Since|Despite|Amid|Following|If"
    r"|Although|Though|Because|Last|Earlier|Later|Late|Early|Yesterday|Today|According to|\w+ing|Asked|To)\b"
)
_DASH = re.compile(rf"\s+[—–-]\s+|—|(?<=\w)[-–](?=(?:{_COMMENT_VERBS})\b)")
_PARENTHESIS = re.compile(r"\s*\([^()]{1,160}\)")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")
_ATTRIBUTION = re.compile(
    r"\b(?:said|says|say|saying|told|tells|according|added|claim(?:s|ed)?|confirm(?:s|ed)|announced|reported(?:ly)?"
    r"|den(?:y|ies|ied)|wrote|stated|warned|alleged(?:ly)?|accus(?:es|ed|ing)|citing|noted|insist(?:s|ed)|argued)\b"
)
_CLOSING_ATTRIBUTION = re.compile(
    r"according to\b|(?:[\w’'.-]+ ){1,12}(?:said|says|told [^,]{3,40}|reported|has said|have said|announced"
    r"|added|confirmed)"
    r"(?: (?:on|late on|early on) \w+| \w+day)?$"
)
_MEANING = re.compile(
    r"\b(?:no|not|never|none|nor|neither|without|cannot|n['’]t|if|unless|except|only|nearly|almost|at least"
    r"|alleged(?:ly)?"
    r"|reportedly|apparently|may|might|could|yet to|fail(?:s|ed)?|un(?:confirmed|verified|clear))\b|n['’]t\b",
    re.IGNORECASE,
)
_NUMBER_COMMA = re.compile(r"(?<=\d),(?=\d{3})")


def shorten(sentence: str, *, max_words: int) -> Iterator[Form]:
    """Yield the forms of at most `max_words` words, best first: the lowest cost, then the longest."""
    cuts = find_cuts(sentence)
    forms = {form.text: form for form in sorted(_forms(sentence, cuts), key=lambda form: -form.cost)}
    fitting = [form for form in forms.values() if 0 < count_words(form.text) <= max_words]
    yield from sorted(fitting, key=lambda form: (form.cost, -len(form.text), form.text))


def count_words(text: str) -> int:
    """Words as an editor counts them: runs between blanks."""
    return len(text.split())


def find_cuts(sentence: str) -> tuple[Cut, ...]:
    """The spans of a sentence that may go, by position; at most MAX_CUTS of them, the cheapest."""
    quoted = [match.span() for match in QUOTED.finditer(sentence)]
    stops = _stops(sentence, quoted)
    ends = _body_ends(sentence, stops)
    cuts = [*_furniture(sentence), *_citing(sentence), *_chunks(sentence, stops, ends), *_unmarked(sentence, ends)]
    kept = [cut for cut in cuts if cut.end > cut.start and not _tears_quote(cut, quoted)]
    distinct = {(cut.start, cut.end): cut for cut in sorted(kept, key=lambda cut: -cut.cost)}
    cheapest = sorted(distinct.values(), key=lambda cut: (cut.cost, cut.start, cut.end))[:MAX_CUTS]
    return tuple(sorted(cheapest))


def _forms(sentence: str, cuts: Sequence[Cut]) -> Iterator[Form]:
    for size in range(len(cuts) + 1):
        for chosen in combinations(cuts, size):
            if all(left.end <= right.start for left, right in pairwise(chosen)):
                yield Form(_delete(sentence, chosen), chosen)


def _delete(sentence: str, cuts: Sequence[Cut]) -> str:
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(sentence[at : cut.start])
        at = cut.end
    pieces.append(sentence[at:])
    # A blank keeps "5(6)7" from becoming the number 57.
    return tidy(" ".join(pieces))


def tidy(text: str) -> str:
    """Repair what a deletion leaves behind: blanks, doubled or dangling commas, the full stop, the first capital."""
    text = re.sub(r"\s+", " ", text).strip(" ,;—–")
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r"[,;—–]+\s*(?=[.!?]$)", "", text)
    if text and text[-1] not in ".!?”’\"'":
        text += "."
    return text[:1].upper() + text[1:]


def _tears_quote(cut: Cut, quoted: Sequence[tuple[int, int]]) -> bool:
    """True when the cut takes a part of a quotation, not all of it or nothing: quotes are copied byte for byte."""
    return any(
        start < cut.end and cut.start < end and not (cut.start <= start and end <= cut.end) for start, end in quoted
    )


def _furniture(sentence: str) -> Iterator[Cut]:
    for pattern, what in (
        (CONNECTIVE, "connective"),
        (_LABEL, "label"),
        (_INNER_CONNECTIVE, "connective"),
        (_CONVERSION, "conversion"),
        (_ACRONYM, "acronym"),
        (_SAYING_TAIL, "where it was said"),
        (_ON_CHANNEL, "where it was said"),
        (_ANONYMITY, "anonymity"),
        (_TOLD, "who was told"),
    ):
        for match in pattern.finditer(sentence):
            start, end = match.span("cut" if "cut" in pattern.groupindex else 0)
            yield Cut(start, end, FURNITURE, what)


def _citing(sentence: str) -> Iterator[Cut]:
    """Whom a source cites in its turn: the tail of an attribution, whose head stays."""
    for match in _CITING.finditer(sentence):
        if _ATTRIBUTION.search(sentence[: match.start()]):
            yield Cut(match.start(), match.end(), RELATIVE, "whom the source cites")


def _chunks(sentence: str, stops: Sequence[tuple[int, int]], ends: Sequence[int]) -> Iterator[Cut]:
    """Cuts between commas, dashes and parentheses."""
    for match in _PARENTHESIS.finditer(sentence):
        if not _carries_meaning(match.group()):
            yield Cut(match.start(), match.end(), RELATIVE, "parenthesis")
    for index, (start, after) in enumerate(stops):
        chunk_end = stops[index + 1][0] if index + 1 < len(stops) else ends[0]
        chunk = sentence[after:chunk_end]
        # After "On Tuesday," or "Meanwhile," comes the subject, not an apposition.
        if index > 0 or not _ADVERBIAL_START.match(sentence):
            yield from _inner_chunk(chunk, start, chunk_end, closed=index + 1 < len(stops))
        # A trailing clause takes everything up to the end with it, or up to the attribution that closes the sentence.
        for end in ends:
            if after < end:
                yield from _trailing(sentence[:start], sentence[after:end], start, end)
    if stops and re.match(r"(?:Speaking|Writing|Addressing|In (?:a|an) \w+ (?:post|statement|interview))\b", sentence):
        yield Cut(0, stops[0][1], LEADING, "leading clause")


def _stops(sentence: str, quoted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Commas, semicolons and dashes outside quotations, as (start, end) including the blanks that follow."""
    numbers = {match.start() for match in _NUMBER_COMMA.finditer(sentence)}
    found = [match.span() for match in re.finditer(r"[,;]\s+|,(?=[a-z])", sentence) if match.start() not in numbers]
    found += [match.span() for match in _DASH.finditer(sentence)]
    return sorted(span for span in found if not any(start < span[0] < end - 1 for start, end in quoted))


def _body_ends(sentence: str, stops: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Where a trailing cut may end: the end of the sentence, and before an attribution that closes it."""
    end = len(sentence.rstrip(".!?"))
    if not stops:
        return (end,)
    last, after = stops[-1]
    closes = _CLOSING_ATTRIBUTION.match(sentence[after:end]) is not None
    return (end, last) if closes else (end,)


def _inner_chunk(chunk: str, start: int, end: int, *, closed: bool) -> Iterator[Cut]:
    """A relative clause or apposition between two stops; the second stop closes it and goes as well."""
    if not closed or _carries_meaning(chunk):
        return
    if re.match(r"(?:which|who|whose|where|whom)\b", chunk):
        yield Cut(start, end + 1, RELATIVE, "relative clause")
    elif re.match(r"(?:a|an|the|one of|located|based|known|head of|led by)\b", chunk) and count_words(chunk) <= 14:
        yield Cut(start, end + 1, RELATIVE + 0.2, "apposition")


def _trailing(before: str, rest: str, start: int, end: int) -> Iterator[Cut]:
    """What may be dropped from a stop to the end of the sentence, when a whole clause stands before it."""
    if not has_main_verb(before):
        return
    if re.match(_OWN_CLAIM, rest) and not _MEANING.search(rest):
        yield Cut(start, end, TRAILING, "trailing clause")
    if _APPRAISAL.match(rest) and not _MEANING.search(rest):
        yield Cut(start, end, COMMENT, "comment")
    if _carries_meaning(rest):
        return
    if re.match(rf"(?:thus |thereby |further )?(?:{_COMMENT_VERBS})\b", rest):
        yield Cut(start, end, COMMENT, "comment")
    elif re.match(r"(?:including|such as|among them|notably|especially)\b", rest):
        yield Cut(start, end, EXAMPLES, "examples")
    elif re.match(r"(?:which|who|whose|where|whom)\b", rest):
        yield Cut(start, end, RELATIVE, "relative clause")
    elif re.match(rf"(?:{_TRAILING_WORDS})\b", rest) or re.match(r"\w+ing\b", rest):
        yield Cut(start, end, TRAILING, "trailing clause")
    elif re.match(r"(?:a|an|the|one of)\b", rest):
        yield Cut(start, end, RELATIVE + 0.3, "apposition")
    elif re.match(rf"(?:and|but|while|whereas|as well as)\b\s+{_SUBJECT}", rest):
        yield Cut(start, end, CLAUSE, "second clause")


_RELATIVE_VERB = re.compile(r"\b(?:who|which|that|whose|whom)\b(?:\s+[\w’'-]+){1,3}")


def has_main_verb(text: str) -> bool:
    """True when `text` may be a whole clause: a finite verb outside a relative clause's first words."""
    return may_have_verb(_RELATIVE_VERB.sub(" ", text))


# "over a week after …": the measure goes with the clause that it measures.
_MEASURE = (
    r"(?:,? (?:(?:just|shortly|soon|even|more than|over|about|less than|nearly|almost|some|only) )?"
    r"(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|\d+) )?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|shortly|soon|just|even))?"
)
_UNMARKED_CLAUSE = re.compile(
    rf"{_MEASURE}\s(?:after|amid|following|because|in response to|due to|as part of|despite"
    rf"|in an effort to|in order to)\s"
)


def _unmarked(sentence: str, ends: Sequence[int]) -> Iterator[Cut]:
    for match in _UNMARKED_CLAUSE.finditer(sentence):
        before = sentence[: match.start()]
        for end in ends:
            rest = sentence[match.start() : end]
            if rest and count_words(before) >= 6 and has_main_verb(before) and not _carries_meaning(rest):
                yield Cut(match.start(), end, UNMARKED, "closing clause")


def _carries_meaning(span: str) -> bool:
    """True when the span holds an attribution, a negation or a hedge: deleting it would change the claim."""
    return bool(_ATTRIBUTION.search(span) or _MEANING.search(span))
