"""How a thing stands that can stand one way or another: denied or confirmed, sought or arrested, passed or rejected.

Each group below is one question; a sentence answers it with one of the group's states, or not at all. What is only
planned, possible, asked for or negated is no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.language.quotes import quotations
from digest.language.words import normalise

# group -> state -> its verb forms. Only words that stand for the outcome whatever else the sentence says; the order of
# states is that in which they usually follow each other.
_GROUPS: dict[str, dict[str, str]] = {
    "claim": {
        "denied": "denied|denies|deny|denying",
        "confirmed": "confirmed|confirms|confirming|admitted|admits|acknowledged|acknowledges|conceded|concedes",
        "retracted": "retracted|retracts|withdrew the claim",
    },
    "vote": {
        "passed": "passed|passes|approved|approves|adopted|adopts|ratified|ratifies|"
        "(?:voted|votes) to (?:pass|approve|adopt|ratify)",
        "rejected": "rejected|rejects|defeated|voted down|votes down|blocked|blocks|vetoed|vetoes|"
        "(?:voted|votes) to (?:reject|block)",
        "signed": "signed into law|signs into law|signed the (?:bill|law|measure|act)",
    },
    "custody": {
        "sought": "at large|on the run|manhunt|still wanted|is wanted|remains wanted",
        "arrested": "arrested|detained|captured|in custody|apprehended|surrendered|turned himself in",
        "charged": "charged|indicted",
        # an active "released" is of a report or a name
        "released": "(?:(?<= is )|(?<= was )|(?<= were )|(?<= been ))(?:released|freed)(?! (?:by|to|in|as|through)\\b)"
        "|released(?= (?:on bail|on bond|without charge|from (?:prison|jail|custody|detention))\\b)|bailed|walked free",
        "convicted": "convicted|found guilty|pleaded guilty|pleads guilty",
        "acquitted": "acquitted|cleared|found not guilty|exonerated",
        "sentenced": "sentenced",
    },
    "access": {
        "closed": "closed|shut|shut down|suspended|halted|sealed off|grounded",
        "open": "reopened|reopens|reopening|resumed|resumes|restored|lifted",
    },
    "lost": {
        "missing": "missing|unaccounted for|disappeared|trapped",
        "found": "found|recovered|rescued|located|identified|turned up (?:alive|dead|safe|unhurt|unharmed|well)|"
        "picked up(?= by )|"
        # what is safe is mostly a vaccine or a place: only who is, at a clause's end
        "(?:(?<= is )|(?<= are )|(?<= was )|(?<= were )|(?<= all )|(?<= both )|(?<= now ))(?:safe|unhurt|unharmed)"
        "(?=[,.;]| and (?:well|sound)| after )|(?:brought|pulled|carried|led|lifted|winched|dug|got|made it)"
        "(?: [a-z]+){0,2}? (?:alive|safely|unhurt|unharmed|to safety)|(?<= and )alive(?=[,.;])",
    },
    "life": {"alive": "critical condition|critically ill|hospitali[sz]ed|in hospital", "dead": "died|dies|was dead"},
    "office": {
        "stays": "refused to resign|refuses to resign|rejected calls to resign|will not resign|won't resign",
        "leaves": "resigned|resigns|stepped down|steps down|stepping down|ousted|fired|sacked|dismissed as",
    },
    "ruling": {
        "stands": "upheld|upholds|affirmed",
        "falls": "overturned|overturns|struck down|strikes down|reversed|threw out|thrown out|tossed",
    },
    "appeal": {
        "lodged": "(?:appealed|appeals) against|(?:filed|files|lodged|lodges|launched) an appeal"
        "|(?:appealed|appeals)(?= (?:the|his|her|its|their) (?:conviction|sentence|verdict|ruling|decision))",
    },
    "talks": {
        "none": "not in (?:any )?talks|not negotiating",
        # only what somebody is in: "a deal was reached in talks" and "a negotiating posture" tell of no going on
        "going": "(?:(?<= is )|(?<= are )|(?<= was )|(?<= were )|(?<= been )|(?<= remains )|(?<= remain )|(?<= still ))"
        "(?:in talks|in negotiations|negotiating)",
        "agreed": "agreed|agrees|reached a deal|reached an agreement|reached agreement|struck a deal|clinched",
        "done": "(?:completed|completes)(?= (?:the|its|their|his|her|an?) )|finali[sz]e[ds]",
        "failed": "collapsed|broke down|broken down|stalled|fell apart|walked out|"
        "(?:pulled|pulls) out of (?:the )?(?:talks|negotiations)",
    },
}  # fmt: skip
_STATE = {
    group: re.compile(
        r"(?<![\w-])(?:" + "|".join(f"(?P<{state}>{words})" for state, words in states.items()) + r")(?![\w-])"
    )
    for group, states in _GROUPS.items()
}
# Most sentences give no state: one look at each instead of one for each group.
_ANY = re.compile(r"\b(?:" + "|".join(words for states in _GROUPS.values() for words in states.values()) + r")\b")
# What makes a state a wish, a plan, a condition or its opposite, when it stands shortly before it in the same clause.
_STAYS = re.compile(r"\b(?:stays?|remains?|still|kept|keeps?)(?: [a-z]+)? $")
# "The man who was missing", "the last person missing": a sentence that goes on to another state tells of that one.
_RECALLED = re.compile(
    r"\b(?:(?:who|which|that)(?: (?:has|have|had|is|are|was|were|been|gone|still))+"
    r"|(?:persons?|people|m[ae]n|wom[ae]n|child(?:ren)?|boys?|girls?|crew|sailors?|hikers?|climbers?|passengers?|workers?))"
    r" (?:reported )?$"
)
_UNREAL = re.compile(
    r"\b(?:not|[a-z]+n't|never|no|nobody|none|without|will|would|could|can|may|might|should|must|shall|to|if|whether|unless|"
    r"until|expected|hop(?:e|es|ed|ing)|prays?|prayed|"
    r"plans?|planned|likely|urged?|calls?|called|demand(?:s|ed)?|before|ahead of|refused|failed|yet|had|"
    r"previously|earlier)\b[^,;:.]{0,24}$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A state that a sentence gives: the group of states it is one of, its name there, and the word that says it."""

    group: str
    state: str
    told: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def outcomes(text: str) -> tuple[Outcome, ...]:
    """The states that a sentence gives, one for each group at most, in the order of the groups.

    Where a sentence gives two states of one group, but for what a relative clause recalls, it tells a course of things,
    or of two things: none is given.
    """
    plain = normalise(text)
    if not _ANY.search(plain):
        return ()
    quoted = [(one.start, one.end) for one in quotations(text)]
    found = []
    for group, pattern in _STATE.items():
        told = [match for match in pattern.finditer(plain) if not _aside(match.start(), quoted)]
        if len({match.lastgroup for match in told}) > 1:
            told = [match for match in told if not _RECALLED.search(plain, max(0, match.start() - 48), match.start())]
        states = {match.lastgroup for match in told}
        real = [match for match in told if _is_real(plain, match.start())]
        if len(states) == 1 and real:
            match = real[0]
            found.append(
                Outcome(
                    group=group,
                    state=str(match.lastgroup),
                    told=text[match.start() : match.end()],
                    start=match.start(),
                    end=match.end(),
                )
            )
    return tuple(found)


def _is_real(plain: str, start: int) -> bool:
    """Whether the state that begins at `start` is one: "will stay closed" is, "will be closed" is none yet."""
    reach = max(0, start - 48)
    return _STAYS.search(plain, reach, start) is not None or _UNREAL.search(plain, reach, start) is None


def _aside(place: int, quoted: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in quoted)
