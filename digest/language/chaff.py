"""Sentences of an article that carry no news: words to the reader, no comment, page furniture, credits.

Each table of patterns gives the reason for which a sentence is left out. They ask for a whole phrase and are tied to
the start of the sentence where they can be, because a sentence left out wrongly is a fact lost.
"""

from __future__ import annotations

import re

from digest.language.boilerplate import is_boilerplate
from digest.language.verbs import may_have_verb


def _any_of(*patterns: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(patterns), flags)


_PAGE = r"(?:article|story|report|post|page|piece|explainer|interview|live ?blog|live page|newsletter)"
_LIST = r"(?:summary|round-?up|recap|list|digest|timeline|briefing|overview)"
_META = _any_of(
    r"here(?:[’']s| is| are)(?: an?| the| some)? (?:what|how|where|why|look|key|latest|main|full|list|summary|recap|"
    r"round-?up|rundown|timeline|updates?|events?|developments?|stories)\b",
    rf"(?:this|the following|our|these|today[’']s|below)\b.{{0,30}}\b(?:{_LIST}|{_PAGE}) "
    r"(?:highlights?|summari[sz]es|covers?|outlines?|lists?|looks? at|explains?|explores?|examines?|provides?|"
    r"presents?)\b",
    rf"(?:this|the|our)\b.{{0,20}}\b{_PAGE} (?:was|has been|is|will be) (?:first |originally |last |also |being |"
    r"automatically )?(?:published|updated|corrected|amended|produced|written|supported|funded|closed)\b",
    r"(?:the )?(?:key|latest|main|daily|top|breaking)\b.{0,20}\b(?:updates?|events?|developments?|takeaways|points|"
    r"headlines) (?:from|on|of|at|for|in)\b",
    r"situation (?:report|update) (?:as of|on|for)\b",
    r"(?:also )?(?:read|see|watch|related|more|explainer|analysis|opinion|in pictures|listen)"
    r"(?: more| next| also| now| stor(?:y|ies)| on this)?\s?[:|›»]",
    r"(?:what|who|why|how|where)\b.{0,60}\b(?:we know|to know|you need to know)\b.{0,20}$",
    r"(?:correction|clarification|editor[’']s note|note to (?:readers|editors))\s?[:—–-]",
    r"that[’']s (?:it|all)\b.{0,20}\bfor (?:today|now|tonight)\b",
    r"(?:we are|we[’']re|we will be|we[’']ll be) (?:now )?(?:closing|pausing|wrapping up|bringing you|ending) "
    r"(?:this|our|you)\b",
)

_ANSWER = (
    r"(?:respond|reply|replied|comment|answer|offer (?:an? |any )?comment|provide (?:an? |any )?comment|"
    r"return (?:an? |any |the |several |multiple )?(?:calls?|messages?|e-?mails?|requests?))(?:ed)?"
)
_NO_COMMENT = _any_of(
    rf"\b(?:did|has|have|had|do|does)(?: not|n[’']t) (?:\w+ly |yet |been )?{_ANSWER}\b"
    r"(?! (?:to )?(?:the |an? |its |his |her |their )?(?:\w+ )?(?:attack|strike|fire|threat|crisis|call for|demand|"
    r"offer|proposal|ultimatum|order|warning|statement saying)s?\b)",
    r"\b(?:declined|refused)(?: requests?)? (?:to|for) (?:\w+ )?comment\b",
    r"\bcould not (?:\w+ly )?be (?:\w+ly )?reached\b",
    r"\b(?:was|were|is|are) not (?:\w+ly )?(?:available|reachable) (?:\w+ly )?(?:for|to) (?:\w+ )?comment",
    r"\bthere (?:was|were|has been|have been|is|are) no (?:\w+ ){0,3}(?:comments?|reactions?|responses?|word|reply|"
    r"replies|statements?|confirmation|claims? of responsibility)\b",
    r"\b(?:is|are|has|have|was|were|had) yet to (?:\w+ly )?(?:respond|comment|reply|react|issue a|make an?y?)\b",
    r"\brequests? for (?:further |additional )?comment\b.{0,60}\b(?:not|unanswered|declined|no)\b",
    r"\b(?:had|has|have|offered|gave|made) no (?:immediate |further |public )?comment\b",
    r"\bwould not (?:\w+ly )?(?:comment|be drawn)\b",
    r"\bno (?:immediate |further |official )?(?:comment|reaction|response) (?:was|were|has been|came)\b",
    r"\bha(?:s|ve) (?:contacted|approached|reached out to|asked|emailed)\b.{0,80}\bfor (?:an? |further )?"
    r"(?:comments?|response|statement|reaction)\b",
    r"\breached out to\b.{0,80}\bfor (?:an? |further )?(?:comments?|response|statement)\b",
    r"\bcould not (?:immediately |independently )(?:be )?(?:verify|verified|confirm|confirmed)\b",
)
_UNKNOWN = _any_of(r"it was not (?:immediately |yet )?(?:clear|known) (?:if|whether|who|what|how|why|when|where)\b")
# "… did not comment but has said …" carries something else as well.
_OTHER_CLAUSE = re.compile(r"\b(?:but|although|though|while|after|because|and (?:said|has|had|was|is))\b", re.I)
# Two sentences of one quotation: not all of it is a question, or no comment.
_SEVERAL = re.compile(r"[a-z]{4}[.!?][\"”’']? [\"“‘]?[A-Z]")

_NAME = r"[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|de|da|van|von|der|bin|al|el)){0,3}"
_BYLINE = _any_of(
    r"\W{0,2}(?i:(?:additional )?reporting by|editing by|writing by|edited by|written by|compiled by|"
    r"with (?:additional )?(?:reporting|input|files) (?:by|from))\b",
    rf"\W{{0,2}}(?:By|BY) {_NAME}(?:(?:,| and| And| AND| for| FOR| \|) {_NAME}){{0,4}}\W{{0,2}}$",
    rf"{_NAME}(?:(?:, and|,| and| And| &) {_NAME}){{1,5}}$",
    flags=0,
)
# What every answer withheld holds: few sentences do, and the others need not be searched.
_ANSWER_WORDS = frozenset(
    "comment comments commented respond responded reply replied replies answer answered call calls message messages "
    "email emails request requests drawn reached available reachable reaction reactions response responses word "
    "statement statements confirmation responsibility react issue make verify verified confirm confirmed".split()
)
# Words beyond which a sentence of each kind says more than that.
_MAX_BYLINE, _MAX_META, _MAX_NO_NEWS = 30, 60, 24
_STAMP_WORD = (
    r"(?:(?:first |last |originally )?(?:published|updated|posted|modified|edited)|at|on|[ap]\.?m\.?|e[sd]?t|c[sd]?t|"
    r"m[sd]t|p[sd]?t|gmt|utc|bst|cet|ist|\||(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|"
    r"apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|\d[\d/:,.-]*(?:st|nd|rd|th|am|pm)?)"
)
_STAMP = re.compile(rf"(?:{_STAMP_WORD}[:,.]?(?:\s+|$)){{2,24}}", re.IGNORECASE)
_STAMP_PROOF = re.compile(r"\b(?:published|updated|posted|modified|edited)\b.*\d|\b(?:19|20)\d\d\b", re.IGNORECASE)
# "10:40 – Turnout was …", "11.55am: The mayor …": when a live page said it. "10:40 Tuesday" may be when it happened.
_NOON = r" ?[ap]\.?m\b\.?"
_CLOCK = re.compile(
    rf"(?:(?:[01]?\d|2[0-3]):[0-5]\d(?:{_NOON})?(?: [A-Z]{{2,4}}(?= |:))?|[0-2]?\d\.[0-5]\d(?:{_NOON}|(?= ?[:|–—-])))"
    r"\s*[:|–—-]?\s*(?=[“\"‘']?[A-Z])(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:[A-Z]{2,4} ){1,2}\d)"
)

_LATIN_WORD = re.compile(r"[a-z]+")
_TRUNCATED = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\[\+\d+ chars\])\s*$")
_QUESTION = re.compile(r"\?[\"'”’»)\]\s]*$")
_BEFORE_QUESTION = re.compile(r"[:“«„\"]|(?<!\w)[‘']")
# "Holm asked the court:" reports a question, "The question is:" asks it.
_MIN_ASKING_WORDS = 4
_ENGLISH = frozenset("the a an of and in to on for with at by from is was are were that said it as be has".split())
# A sentence of this many words without one of the commonest English words is in another language (or a list of names).
_FOREIGN_WORDS = 8
# Letters that count as a word where spaces do not part words.
_SIGNS_PER_WORD = 3


def reason_to_leave_out(sentence: str, *, min_words: int, max_words: int) -> str | None:
    """Why a sentence is no statement, in a word or two; None when it is one."""
    if not any(map(str.isalnum, sentence)):
        return "marker"
    if sentence.count(" | ") > 1:
        return "table"
    if len(sentence) > 20 * max_words or len(sentence.split()) > max_words:
        return "run-on"
    return furniture(sentence) or _form(sentence, min_words)


def furniture(sentence: str) -> str | None:
    """Why a line or sentence is no part of the news text; None when it may be one."""
    if sentence and stamp_length(sentence) == len(sentence):
        return "timestamp"
    count = len(sentence.split())
    if count <= _MAX_BYLINE and _BYLINE.match(sentence):
        return "byline"
    if count <= _MAX_META and _META.match(sentence):
        return "meta"
    if is_boilerplate(sentence):
        return "boilerplate"
    return "no news" if count <= _MAX_NO_NEWS and _withholds(sentence) and not _says_more(sentence) else None


def _withholds(sentence: str) -> bool:
    """Whether somebody gives no answer, or something is not known."""
    if _UNKNOWN.match(sentence):
        return True
    return not _ANSWER_WORDS.isdisjoint(_LATIN_WORD.findall(sentence.lower())) and bool(_NO_COMMENT.search(sentence))


def _says_more(sentence: str) -> bool:
    return _OTHER_CLAUSE.search(sentence) is not None or _SEVERAL.search(sentence) is not None


def stamp_length(sentence: str) -> int:
    """Length of a time stamp at the start, white space after it included: "Updated 9:06 AM ET ", "June 26, 2005 "."""
    found = _STAMP.match(sentence[:200])
    if found is None or not _STAMP_PROOF.search(found.group()):
        return 0
    rest = sentence[found.end() :]
    return found.end() if not rest or rest[0].isupper() or rest[0] in "“\"‘'|" else 0


def clock_length(sentence: str) -> int:
    """Length of an hour that a live page sets before a sentence, with what parts them: "10:40 – "."""
    found = _CLOCK.match(sentence)
    return found.end() if found else 0


def is_truncated(sentence: str) -> bool:
    """Whether a sentence stops in the middle, as teasers do: "…including the port of…"."""
    return _TRUNCATED.search(sentence) is not None


def _form(sentence: str, min_words: int) -> str | None:
    if _QUESTION.search(sentence) and not _reports_a_question(sentence) and not _SEVERAL.search(sentence):
        return "question"
    if _mostly_other_script(sentence):
        return None if sum(map(str.isalpha, sentence)) >= _SIGNS_PER_WORD * min_words else "fragment"
    words = sentence.split()
    clause = may_have_verb(sentence)
    if len(words) < min_words:
        return "too short" if clause else "fragment"
    foreign = len(words) >= _FOREIGN_WORDS and _ENGLISH.isdisjoint(word.lower() for word in words)
    return None if clause or foreign else "fragment"


def _mostly_other_script(sentence: str) -> bool:
    """Whether most letters are not Latin, so that nothing is known about verbs, and spaces may not part words."""
    if sentence.isascii():
        return False
    letters = [sign for sign in sentence if sign.isalpha()]
    return sum(sign > "\u024f" for sign in letters) * 2 > len(letters)


def _reports_a_question(sentence: str) -> bool:
    """Whether the words before the question say who asked it: "Holm asked the court: “Why?”"."""
    asked = _BEFORE_QUESTION.search(sentence)
    if asked is None or len(sentence[: asked.start()].split()) < _MIN_ASKING_WORDS - (sentence[asked.start()] != ":"):
        return False
    return may_have_verb(sentence[: asked.start()])
