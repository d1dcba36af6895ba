"""Which origin a statement rests on, where the article alone does not tell.

Copies were folded before. Four things still make an echo look like confirmation: a wire paragraph inside an outlet's
own report, a statement that credits an agency ("according to AFP"), an article that is an agency's throughout (a
byline or a dateline says so), and a second article of the same outlet. Statements that share such a source share one
origin. A false "independent" is worse than a missed one, so every doubt folds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.language.words import words
from digest.models import Article, Statement

# News agencies by the forms they are credited in. A fact about the world, not about any document.
AGENCIES: dict[str, str] = {
    "AFP": r"AFP|Agence[- ]France[- ]Presse",
    "AP": r"AP|Associated Press",
    "Reuters": r"Reuters",
    "Bloomberg": r"Bloomberg(?: News)?",
    "dpa": r"dpa|Deutsche Presse-Agentur",
    "TASS": r"TASS",
    "Interfax": r"Interfax(?:-Ukraine)?",
    "RIA Novosti": r"RIA(?: Novosti)?",
    "Xinhua": r"Xinhua",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap",
    "ANSA": r"ANSA",
    "EFE": r"EFE",
    "PTI": r"PTI|Press Trust of India",
    "UPI": r"UPI|United Press International",
    "PA": r"PA Media|Press Association",
    "Anadolu": r"Anadolu(?: Agency)?",
    "NTB": r"NTB",
    "TT": r"TT News Agency",
    "Ritzau": r"Ritzau",
    "Ukrinform": r"Ukrinform",
}
_BYLINE_CHARACTERS = 160  # a byline or dateline stands in the first or last line
_NAMED = r"(?:[A-Z][\w-]+ ){1,3}(?:News Agency|news agency|Wire|Press Agency|press agency)"  # any other agency
# "told X" is the outlet's reporting as much as "X reported": the words were said to one newsroom.
_CREDIT = (
    r"\b(?:according to|citing|cited by|reported by|told|speaking to|in comments to|quoted by|(?:collated|compiled) by"
    r"|seen by|by) (?:an? (?:analysis|report|tally|count|interview|survey|poll)\w* (?:by|from|with"
    r"|in) )?(?:[Tt]he )?(?:(?:news|wire) (?:agency|service) )?(?:{name})\b|(?:{name})(?: (?:news|wire) (?:agency"
    r"|service))?(?: has| had)? (?:report(?:s|ed)|said|says|wrote)\b|(?:{name}) (?:analysis|tally|count)\b"
)

# What every credit holds: few statements do, and the others need not be searched for each agency.
_MENTION = re.compile("|".join((*AGENCIES.values(), "Wire", "[Nn]ews [Aa]gency", "[Pp]ress [Aa]gency")))
_CREDITS = {name: re.compile(_CREDIT.replace("{name}", forms)) for name, forms in {**AGENCIES, "": _NAMED}.items()}
_WHOLE = {name: re.compile(rf"^(?:[Tt]he )?(?:{forms})$") for name, forms in AGENCIES.items()}
_HEAD = {name: re.compile(rf"\((?:{forms})\)\s*[—–-]") for name, forms in {**AGENCIES, "": _NAMED}.items()}
_TAIL = {name: re.compile(rf"(?:, |\(|^|\n)(?:[Tt]he )?(?:{forms})\)?$") for name, forms in AGENCIES.items()}

SHINGLE_WORDS = 3
SHORTEST_ECHO = 8  # words; shorter statements are alike by chance
# Share of the shorter statement's three-word runs found in the other one. Two reporters who write from the same
# press release keep half of its runs; independent paraphrases of one fact in the development rows rarely share a third.
ECHO = 0.6


def article_labels(article: Article, origin: str) -> frozenset[str]:
    """What all of an article's statements rest on: the origin it was folded into, its outlet, its agency."""
    agency = article_agency(article)
    credit = {f"credit:{agency}"} if agency else set()
    # An outlet does not confirm itself: its second article adds no origin.
    outlet = {f"outlet:{article.outlet.casefold()}"} if article.outlet else set()
    return frozenset({origin, *outlet, *credit})


def statement_origins(statements: Sequence[Statement], of_article: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the origin of each statement, parallel to `statements`.

    `of_article` maps article ids to their labels (see `article_labels`). Statements of one topic are compared with
    each other; the label of a merged group is its smallest.
    """
    labels = [
        {*of_article[statement.article_id], *(f"credit:{name}" for name in credited(statement.text))}
        for statement in statements
    ]
    runs = [_runs(statement.text) for statement in statements] if len(statements) > 1 else []
    for left in range(len(runs)):
        for right in range(left):
            if _echoes(runs[left], runs[right]):
                labels[left].add(f"echo:{right}")
                labels[right].add(f"echo:{right}")
    return _merge(labels)


def _echoes(runs: frozenset[tuple[str, ...]], others: frozenset[tuple[str, ...]]) -> bool:
    """Whether one statement repeats the other's wording so closely that they cannot be independent."""
    shorter = min(len(runs), len(others))
    return shorter > 0 and len(runs & others) >= ECHO * shorter


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of SHINGLE_WORDS words of a statement; none of a short one."""
    told = words(text)
    if len(told) < SHORTEST_ECHO:
        return frozenset()
    return frozenset(tuple(told[at : at + SHINGLE_WORDS]) for at in range(len(told) - SHINGLE_WORDS + 1))


def credited(text: str) -> set[str]:
    """The agencies that a statement credits: our short name for a known one, else its own name in lower case."""
    if not _MENTION.search(text):
        return set()
    return {name or _named_in(match.group()) for name, pattern in _CREDITS.items() for match in pattern.finditer(text)}


def article_agency(article: Article) -> str | None:
    """The agency whose text the whole article is: its outlet, an author, a dateline "(Agency)" or a closing byline."""
    head, tail = article.text[:_BYLINE_CHARACTERS], article.text[-_BYLINE_CHARACTERS:].rstrip(" .")
    for name in AGENCIES:
        by_agency = any(_WHOLE[name].match(by or "") for by in (article.outlet, *article.authors))
        if by_agency or _HEAD[name].search(head) or _TAIL[name].search(tail):
            return name
    if named := _HEAD[""].search(head):
        return _named_in(named.group())
    outlet = re.fullmatch(_NAMED, article.outlet or "")
    return _named_in(outlet.group()) if outlet else None


def _named_in(credit: str) -> str:
    found = re.search(_NAMED, credit)
    return (found.group() if found else credit).lower()


def _merge(labels: Sequence[set[str]]) -> tuple[str, ...]:
    """Groups of label sets that share a label, each named by its smallest label."""
    groups: list[set[str]] = []
    for label_set in labels:
        touching = [group for group in groups if group & label_set]
        groups = [group for group in groups if not group & label_set]
        groups.append(set(label_set).union(*touching))
    return tuple(min(next(group for group in groups if group & label_set)) for label_set in labels)
