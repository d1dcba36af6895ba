"""Which spans of a sentence may go, and what a reader would lose with each.

Found from the surface, without a parser: connectives and other furniture, clauses between commas and dashes, closing
clauses. What carries an attribution, a negation or a hedge is never offered; what carries a number, a name or a day
costs more than what does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.language.claims import SAYING
from digest.language.dates import find_dates
from digest.language.names import find_names
from digest.language.quantities import find_quantities
from digest.language.quotes import quoted_spans
from digest.language.verbs import is_verb_like, may_have_verb, opens_clause
from digest.language.words import count_words
from digest.summarize.furniture import MEANING, OPENERS, Cut, carries_meaning, furniture
from digest.summarize.readings import APPRAISAL, COMMENT_VERBS, LEADING_COMMENT, is_reading

MAX_CUTS = 9  # 512 sets of cuts at most; sentences with more are cut by the cheapest nine

# Costs say how much a reader loses. A negative one says the sentence is better without.
COMMENT = -0.5  # ", underscoring the need for …": the outlet's own reading, a second fact
RELATIVE = 1.0  # ", which makes …," and appositions
EXAMPLES = 1.2  # ", including …"
TRAILING = 1.5  # ", after …", ", while …"
CLAUSE = 2.0  # ", and the port was …"
UNMARKED = 3.0  # " after …" without a comma
CARRIED = 0.5  # added for each number, name and day that only the cut clause tells, up to MOST_CARRIED
MOST_CARRIED = 4
LISTED_WORDS = 6  # of one thing in a list, at most
PAIR = 2  # dashes around an insertion

_TRAILING_WORDS = (
    "after|as|while|when|following|since|with|despite|amid|before|because|where|though|although|even as|just|in a"
    "|in an|in what|part of|days after|hours after|a day after|according"
)
# Clauses that keep their attribution to themselves: ", after X accused Y of Z" does not say who said the rest.
_OWN_CLAIM = r"(?:after|when|following|before|(?:days|hours|weeks|a day) after)\b"
# What those who did it said of it, its negations with it: ", saying that supplies would not last".
_OWN_WORDS = re.compile(
    r"(?:saying|adding|citing|quoting|telling|noting|arguing|warning|claiming|insisting|alleging|accusing|explaining"
    r"|declaring|stating|vowing|predicting|acknowledging|pointing out)\b"
)
_SUBJECT = r"(?:the|a|an|his|her|its|their|it|he|she|they|[A-Z“])"

_ADVERBIAL_START = re.compile(
    rf"(?:(?i:{OPENERS})|On|In|At|After|Before|As|While|When|With|For|From|Under|By|During|Since|Despite|Amid|Following|If"
    r"|Although|Though|Because|Last|Earlier|Later|Late|Early|Yesterday|Today|According to|\w+ing|Asked|To)\b"
)
_SUBORDINATE = re.compile(
    r"(?:When|While|As|If|After|Before|Although|Though|Even (?:though|as|if)|Because|Since|Once|Until|Unless)\b"
)
_DASHES = ("—", "–", "-", "--")
_OPEN_DASH = re.compile(r"(?<=\s)(?:[—–-]|--)(?=\s)|—")
_DASH = re.compile(rf"\s+[—–-]\s+|—|(?<=\w)[-–](?=(?:{COMMENT_VERBS})\b)")
_CLOSING_ATTRIBUTION = re.compile(
    r"according to\b|(?:[\w’'.-]+ ){1,12}(?:said|says|told [^,]{3,40}|reported|has said|have said|announced|added"
    r"|confirmed)(?: (?:on|late on|early on) \w+| \w+day)?$"
)
# ", a crane and two boats": a list goes on, where no name stands before the comma of which it could tell who that is.
_LIST_GOES_ON = re.compile(
    r"(?:an?|the) (?!.*\b(?:who|which|that|whose|where)\b)[^;]* and (?:an?|the|\d[\d,.]*|two|three|four|five|six"
    r"|several|some|its|his|her|their)\b"
)

# "…, a spokesman for the owner, Norra Lines, said": after a whole clause that is who says it, and no apposition.
_SPEAKER_NEXT = re.compile(
    rf", (?:the |an? )?[A-Z][^,.;]{{1,40}}, (?:has |have |had |also )?(?:{SAYING})\b"
)

# "… measures, including layoffs at Lundwear, which it bought in 2017": without the clause before it, of the measures.
_RELATIVE_NEXT = re.compile(r",\s+(?:which|who|whose|where|whom|that)\b")


def find_cuts(sentence: str) -> tuple[Cut, ...]:
    """The spans of a sentence that may go, by position; at most MAX_CUTS of them, the cheapest."""
    quoted = quoted_spans(sentence)
    stops = _stops(sentence, quoted)
    ends = _body_ends(sentence, stops)
    clauses = (_weighed(cut, sentence) for cut in (*_chunks(sentence, stops, ends), *_unmarked(sentence, ends)))
    cuts = [*furniture(sentence), *clauses]
    dashes = [match.start() for match in _OPEN_DASH.finditer(sentence)]
    paired = dashes if len(dashes) == PAIR else []
    kept = [
        cut
        for cut in cuts
        if cut.end > cut.start and not _tears_quote(cut, quoted) and not _parts_dashes(cut, paired, sentence)
    ]
    distinct = {(cut.start, cut.end): cut for cut in sorted(kept, key=lambda cut: -cut.cost)}
    cheapest = sorted(distinct.values(), key=lambda cut: (cut.cost, cut.start, cut.end))[:MAX_CUTS]
    return tuple(sorted(cheapest))


def _weighed(cut: Cut, sentence: str) -> Cut:
    """A clause costs more for what it tells; what is better gone is so whatever it tells."""
    if cut.cost < 0:
        return cut
    return replace(cut, cost=cut.cost + CARRIED * min(MOST_CARRIED, _carried(sentence, cut.start, cut.end)))


def _carried(sentence: str, start: int, end: int) -> int:
    """How many numbers, names and days a span tells that the rest of the sentence does not."""
    span = sentence[start:end]
    rest = f"{sentence[:start]} {sentence[end:]}".lower()
    names = {name.key for name in find_names(span) if name.text.lower() not in rest}
    return len(names) + len(find_quantities(span)) + len(find_dates(span))


def _tears_quote(cut: Cut, quoted: Sequence[tuple[int, int]]) -> bool:
    """True when the cut takes a part of a quotation, not all of it or nothing: quotes are copied byte for byte."""
    return any(
        start < cut.end and cut.start < end and not (cut.start <= start and end <= cut.end) for start, end in quoted
    )


def _parts_dashes(cut: Cut, dashes: Sequence[int], sentence: str) -> bool:
    """True when the cut takes one of the two dashes around an insertion, or what follows the insertion with it.

    What is left would hang in the air. What follows may go by itself, where a whole clause stands before the insertion.
    """
    taken = [dash for dash in dashes if cut.start <= dash < cut.end]
    if not taken:
        return False
    opens = not sentence[cut.start : taken[0]].strip()
    if len(taken) == 1:
        return not (opens and taken[0] == dashes[-1] and has_main_verb(sentence[: dashes[0]]))
    return opens and bool(sentence[dashes[-1] : cut.end].strip("—–- "))


def _chunks(sentence: str, stops: Sequence[tuple[int, int]], ends: Sequence[int]) -> Iterator[Cut]:
    """Cuts between commas and dashes."""
    opens_late = _ADVERBIAL_START.match(sentence) is not None
    for index, (start, after) in enumerate(stops):
        chunk_end = stops[index + 1][0] if index + 1 < len(stops) else ends[0]
        chunk = sentence[after:chunk_end]
        # After "On Tuesday," or "Meanwhile," comes the subject, not an apposition.
        own = (index > 0 or not opens_late) and not _RELATIVE_NEXT.match(sentence, chunk_end)
        if own and _SPEAKER_NEXT.match(sentence, chunk_end) and has_main_verb(sentence[:start]):
            own = False
        if own and index + 1 < len(stops) and (closing := _closing(sentence, stops[index : index + 2])):
            yield from _inner_chunk(chunk, start, closing)
        # A trailing clause takes everything up to the end with it, or up to the attribution that closes the sentence.
        if _SUBORDINATE.match(sentence) and not has_main_verb(sentence[stops[0][1] : start]):
            continue  # "When the sea wall broke, …": the sentence's own clause is still to come
        for end in ends:
            if after < end and not (opens_late and index == 0 and has_main_verb(sentence[after:chunk_end])):
                yield from _trailing(sentence, start, after, end)
    if stops and LEADING_COMMENT.match(sentence) and not carries_meaning(sentence[: stops[0][0]]):
        yield Cut(0, stops[0][1], COMMENT, "comment")


# ", the harbour office said", "…, 14 crates and a pump": the comma before it is not the insertion's alone.
_NEXT_NOUN = re.compile(
    rf"(?:(?P<one>an?)|the|\d[\d,.]*|two|three|four|five|six|several|[A-Z][^,.;]{{1,40}} (?:{SAYING}))\b"
)


def _closing(sentence: str, stops: Sequence[tuple[int, int]]) -> int | None:
    """Where what stands between two stops ends with the stop that closes it: all of a dash that closes a dash.

    A comma stays where a noun follows it. None where the cut would tear: "made X, the port, a free zone".
    """
    (start, after), *_ = reversed(stops)
    opened, closed = (sentence[left:right].strip() in _DASHES for left, right in stops)
    if closed and not opened and len(_OPEN_DASH.findall(sentence[:start])) % PAIR == 0:
        # ", which will keep crews – those at sea – from sailing" goes on behind the insertion
        return None
    dashes = opened and closed
    if follows := _NEXT_NOUN.match(sentence, after):
        return None if dashes or follows["one"] else start
    return after if dashes else start + 1


def _stops(sentence: str, quoted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Commas, semicolons and dashes outside quotations, as (start, end) including the blanks that follow."""
    found = [match.span() for match in re.finditer(r"[,;]\s+|,(?=[a-z])", sentence)]
    found += [match.span() for match in _DASH.finditer(sentence)]
    return sorted(span for span in found if not any(start < span[0] < end - 1 for start, end in quoted))


def _body_ends(sentence: str, stops: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Where a trailing cut may end: the end of the sentence, and before an attribution that closes it."""
    end = len(sentence.rstrip(".!?"))
    if stops and _CLOSING_ATTRIBUTION.match(sentence[stops[-1][1] : end]):
        return (end, stops[-1][0])
    return (end,)


def _inner_chunk(chunk: str, start: int, end: int) -> Iterator[Cut]:
    """A relative clause or apposition between two stops, up to `end`."""
    if carries_meaning(chunk):
        return
    if re.match(r"(?:which|who|whose|where|whom)\b", chunk):
        yield Cut(start, end, RELATIVE, "relative clause")
    elif re.match(r"(?:a|an|the|one of|located|based|known|head of|led by)\b", chunk) and count_words(chunk) <= 14:
        yield Cut(start, end, RELATIVE + 0.2, "apposition")
    elif _EXAMPLES.match(chunk):
        yield Cut(start, end, EXAMPLES, "examples")


_AFTER_COMMA = re.compile(r", ([\w’']+)")
_EXAMPLES = re.compile(r"(?:including|such as|among them|notably|especially)\b")


def _trailing(sentence: str, start: int, after: int, end: int) -> Iterator[Cut]:
    """What may be dropped from a stop to the end of the sentence, when a whole clause stands before it."""
    rest = sentence[after:end]
    if not has_main_verb(sentence[:start]):
        return
    if _OWN_WORDS.match(rest) or (re.match(_OWN_CLAIM, rest) and not MEANING.search(rest)):
        yield Cut(start, end, TRAILING, "trailing clause")
    if APPRAISAL.match(rest) and not MEANING.search(rest):
        yield Cut(start, end, COMMENT, "comment")
    if carries_meaning(rest) or _is_insertion(rest):
        return
    if _is_comment(rest, dash=sentence[start:after].strip() in _DASHES):
        yield Cut(start, end, COMMENT, "comment")
    elif _EXAMPLES.match(rest):
        yield Cut(start, end, EXAMPLES, "examples")
    elif re.match(r"(?:which|who|whose|where|whom)\b", rest):
        yield Cut(start, end, RELATIVE, "relative clause")
    elif re.match(rf"(?:{_TRAILING_WORDS})\b", rest) or re.match(r"\w+ing\b", rest):
        yield Cut(start, end, TRAILING, "trailing clause")
    elif re.match(r"(?:a|an|the|one of)\b(?! others?\b)", rest) and not opens_clause(rest):
        # not "one in the north, the other in the south", nor "…, the crew was safe"
        if not _LIST_GOES_ON.match(rest) or any(name.end == start for name in find_names(sentence[:start])):
            yield Cut(start, end, RELATIVE + 0.3, "apposition")
    elif re.match(rf"(?:and|but|while|whereas|as well as)\b\s+{_SUBJECT}", rest) and not _lists(sentence[:start]):
        yield Cut(start, end, CLAUSE, "second clause")


def _is_insertion(rest: str) -> bool:
    """Whether a verb follows the clause's own comma: "found that Lund, who ran the yard, had sold two boats"."""
    next_word = _AFTER_COMMA.search(rest)
    return next_word is not None and is_verb_like(next_word[1])


def _lists(before: str) -> bool:
    """Whether what stands before ", and the …" is a list that goes on with it: a few words without a verb, set off."""
    *earlier, last = re.split(r", ", before)
    return bool(earlier) and count_words(last) <= LISTED_WORDS and not any(map(is_verb_like, last.split()))


def _is_comment(rest: str, *, dash: bool) -> bool:
    """Whether a closing clause is the outlet's own reading: by its verb, or an afterthought that tells nothing."""
    return is_reading(rest) or (dash and re.match(r"an?\b", rest) is not None and not _carried(rest, 0, len(rest)))


_RELATIVE_VERB = re.compile(r"\b(?:who|which|that|whose|whom)\b(?:\s+[\w’'-]+){1,3}")
# ", who leads the union," and ", led by the union,": a verb in there is not the sentence's own.
_INSERTED = re.compile(r", (?:who|which|whose|where|whom|along with|led by|\w+ed by|known as)\b[^,]*(?:,|$)")


def has_main_verb(text: str) -> bool:
    """True when `text` may be a whole clause: a finite verb outside a relative clause's first words."""
    return may_have_verb(_RELATIVE_VERB.sub(" ", _INSERTED.sub(" ", text)))


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
            if rest and count_words(before) >= 6 and has_main_verb(before) and not carries_meaning(rest):
                yield Cut(match.start(), end, UNMARKED, "closing clause")
