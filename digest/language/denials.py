"""Whether one of two sentences says that something is not so of which the other says nothing of the kind, or denies it.

From the surface: "not" at the verb of a main clause. Other words can say the same, "stays closed", "refused to open".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from digest.language.claims import SAYING, attribution, negations
from digest.language.names import name_words
from digest.language.quotes import without_quotations
from digest.language.said import said_stems, what_is_said
from digest.language.verbs import has_sure_verb
from digest.language.words import STOPWORDS, stem, tokens
from digest.models import Statement

_NOT = re.compile(
    r"\b(?:(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|must)(?:n['’]t| not)|cannot"
    r"|(?:(?:is|are|was|were|has|have|had) )?never)\b(?! (?:until|only|just)\b)",
    re.IGNORECASE,
)
_SUBORDINATOR = re.compile(r"\b(who|which|that|whose|where|when|if|because|but|although|though|while|unless)\b")
_GOES_ON = re.compile(rf"\b(?:and|or|{SAYING})\b")
_RELATIVE = ("who", "which")
_SAYS_THAT = re.compile(rf"\b({SAYING}) that\b")
_AS_MUCH_AS_NOT = re.compile(
    r"\b(?:refus|fail|declin|den(?:y|ied)|reject|dismiss|discount|disput|doubt|stop|halt|block|bar(?:s|red)|ban(?:s|ned)?\b"
    r"|prevent|disallow|lack|avoid|spared?\b|delay|suspend|oppos|ruled out|clos|unlikely|unwilling|reluctan|instead"
    r"|short of|yet to|un(?:know|sure|clear|able|touch|hurt|harm|chang|affect))\w*",
    re.IGNORECASE,
)
_PASSED_OVER = frozenset("yet ever even been have".split())
_DENIES_THAT = re.compile(
    r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)|reject(?:s|ed))(?: (?:late |early )?on \w+day)? "
    r"(?:(?:any |the |a |those |these )?(?:reports?|claims?|rumou?rs?|suggestions?)\b|that\b(?! [a-z]+[.,])|having\b)"
)
_DENIES = re.compile(r"\bden(?:y|ies|ied)\b", re.IGNORECASE)
_CHARGES = re.compile(r"\b(?:accus|alleg|blam)(?:e|es|ed|ing|ation|ations)\b", re.IGNORECASE)
_BESIDE = 3  # sentences from a charge to its denial: an article gives the one who is accused the next word


def denies_alone(first: str, second: str) -> bool:
    """Whether the first says in a main clause that something is not so, and the second has no word of that kind."""
    return bool(_denied(first)) and not says_not(second)


def is_denial(text: str) -> bool:
    """Whether somebody says that what another reports is not so: "denied that he would go", "dismissed the report"."""
    return _DENIES_THAT.search(without_quotations(text, put="“”")) is not None


def denies_it(first: str, second: str) -> bool:
    """Whether the first says that the very thing is not so, by its verb, that the second tells: "will not open"."""
    return denies_alone(first, second) and not _denied(first).isdisjoint(stem(one.word) for one in tokens(second))


def denials_of_charges(statements: Sequence[Statement]) -> list[int]:
    """Return the places of the statements in which somebody denies what another of them accuses them of."""
    charges = [one for one in statements if _CHARGES.search(one.text)]
    denials = [place for place, one in enumerate(statements) if charges and _DENIES.search(one.text)]
    return [place for place in denials if any(answers_charge(statements[place], charge) for charge in charges)]


def answers_charge(denial: Statement, charge: Statement) -> bool:
    """Whether the first is a denial by somebody whom the second, which is not their own word, accuses of something.

    Both have a word in common beside names, or the denial follows or precedes the charge closely in one article.
    """
    if not _DENIES.search(denial.text) or not _CHARGES.search(charge.text):
        return False
    found, by = attribution(denial.text), attribution(charge.text)
    if found is None or not _DENIES.fullmatch(found.verb):
        return False
    accused = name_words(what_is_said(charge.text)) - (name_words(by.speaker) if by else frozenset())
    if accused.isdisjoint(name_words(found.speaker)):
        return False
    beside = denial.article_id == charge.article_id and 0 < abs(denial.position - charge.position) <= _BESIDE
    return beside or not said_stems(denial.text).isdisjoint(said_stems(charge.text))


def says_not(text: str) -> bool:
    """Whether a sentence has any word by which something is not so."""
    return bool(negations(text)) or _AS_MUCH_AS_NOT.search(text) is not None


@lru_cache(maxsize=4096)  # each line of a topic is held against each of its statements
def _denied(text: str) -> frozenset[str]:
    """The first content word, by stem, after each "not" of a main clause outside quotation marks."""
    plain = _SAYS_THAT.sub(r"\1", without_quotations(text, put="“”"))  # what is said is a main clause
    found = (match for match in _NOT.finditer(plain) if not _in_subordinate(plain[: match.start()]))
    return frozenset(_next_content(plain[match.end() :]) for match in found)


def _in_subordinate(before: str) -> bool:
    """Whether what comes next is in a subordinate clause; "the man who was ill" has its verb, and is closed."""
    clause = before.rpartition(",")[2]
    opens = list(_SUBORDINATOR.finditer(clause))
    ends = [*(match.start() for match in opens[1:]), len(clause)]
    return any(
        match[1] not in _RELATIVE or not _is_closed(clause[match.end() : end])
        for match, end in zip(opens, ends, strict=False)
    )


def _is_closed(relative: str) -> bool:
    return has_sure_verb(relative.split()) and not _GOES_ON.search(relative)


def _next_content(text: str) -> str:
    said = (one.word for one in tokens(text[:80]) if one.word not in STOPWORDS | _PASSED_OVER)
    return stem(next(said, ""))
