"""Which name would make a sentence stand alone: it goes in brackets for "he" or "her", as editors do.

Only where the article leaves no doubt which name it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.language.claims import SAYING
from digest.language.quotes import quoted_spans, without_quotations
from digest.language.sentences import split_sentences
from digest.language.words import STOPWORDS
from digest.summarize.introduce import Bracketed, full_name
from digest.summarize.pronouns import may_mean_another, unexplained
from digest.summarize.subject import LEAD, Subject, find_subject

_LOOK_BACK = 1500  # characters in which its sentences are looked for
_PASSED = 4  # sentences that go on with "he", or in a quotation, at most
_HE, _SHE = ("he", "him", "his"), ("she", "her")
_SAYS = re.compile(rf" (?:{SAYING})\b")
_TELLS_ON = re.compile(r"(?:He|She|he|she|His|Her|his|her)\b|“”$")


def restore(text: str, *, before: str) -> Bracketed | None:
    """ "[Ada Holm] left" for "she left", where the sentence `before` it opens with her name and tells of nobody else.

    Returns None when there is nothing to restore or more than one name would fit.
    Of some 300 sentences of news that it mends two are wrong (one reader; docs/line-quality.md).
    """
    pronoun = _unexplained(text)
    if pronoun is None or (word := pronoun.group().lower()) not in (*_HE, *_SHE):
        return None
    after = text[pronoun.end() :]
    name = _meant(word, after, before)
    if name is None or not _is_clear(text, pronoun, name):
        return None
    shown = re.sub("^The ", "the ", name) if pronoun.start() else name[:1].upper() + name[1:]
    mark = "’s" if word == "his" or (word == "her" and _is_content(after)) else ""
    return Bracketed(text=f"{text[: pronoun.start()]}[{shown}{mark}]{after}", words=name)


def _unexplained(text: str) -> re.Match[str] | None:
    """The first pronoun outside quotations that nothing before it explains."""
    word = unexplained(without_quotations(text, put="“”"))
    quoted = quoted_spans(text)
    found = re.finditer(rf"\b{word}\b(?![’'])", text) if word else ()
    return next((one for one in found if not any(a <= one.start() < b for a, b in quoted)), None)


def _is_clear(text: str, pronoun: re.Match[str], name: str) -> bool:
    """Whether its own sentence leaves no doubt: not "he beat Berg" of Berg, nor "a trick of his son ruined Vik"."""
    lead, after = text[: pronoun.start()], text[pronoun.end() :]
    if pronoun.group().lower() not in ("his", "her") and name.split()[-1] in without_quotations(after, put=""):
        return False
    opens = not LEAD.sub("", lead, count=1) or _SAYS.match(after)
    return bool(opens) or not may_mean_another(without_quotations(f"{lead}{after}", put="“”"), name, lead)


def _is_content(after: str) -> bool:
    word = re.match(r" ([A-Za-z][\w’'-]*)", after)
    return word is not None and (word[1] == "own" or word[1].lower() not in STOPWORDS)


def _meant(word: str, after: str, before: str) -> str | None:
    """What the pronoun stands for: the subject of the sentence before, or of the one that sentences with "he" go on."""
    plain = without_quotations(before[-_LOOK_BACK:], put="“”")
    passed: list[str] = []
    for start, end in reversed(split_sentences(plain)):
        sentence = plain[start:end]
        if len(passed) < _PASSED and _goes_on(sentence):
            passed.append(sentence)
            continue
        subject = find_subject(sentence)
        return _person(word, subject, passed, before, speaks=_SAYS.match(after) is not None) if subject else None
    return None


def _goes_on(sentence: str) -> bool:
    """Whether a sentence tells on of him or her, or is all quotation."""
    return _TELLS_ON.match(LEAD.sub("", sentence, count=1)) is not None


def _person(word: str, subject: Subject, passed: Sequence[str], before: str, *, speaks: bool) -> str | None:
    """What to call the subject of a sentence, if "he", and the sentences that were passed, can mean nobody else."""
    others = " ".join((subject.rest, *passed))
    wrong = _SHE if word in _HE else _HE
    if re.search(rf"\b(?:{'|'.join(wrong)})\b", others, re.IGNORECASE):
        return None
    title = r"(?:Mr|Sir|Lord|King)" if word in _SHE else r"(?:Mrs|Ms|Miss|Queen)"
    if re.search(rf"\b{title}\.? (?:\w+ )?{re.escape(subject.name)}", before):
        return None
    told = passed if speaks and subject.speaks else (subject.rest, *passed)
    if not subject.person or any(may_mean_another(one, subject.name, before) for one in told):
        return None
    return full_name(subject.name, lead=subject.lead, before=before)
