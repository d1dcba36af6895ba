"""The furniture of a sentence, which a line does better without: connectives, unit conversions, where it was said.

With it, what every cut is made of: its span and its cost, and the words that no cut may take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FURNITURE = -1.0  # what a cut costs: below 0, the sentence is better without


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A span that may be deleted, what it costs, and what it is called in `digest explain`."""

    start: int
    end: int
    cost: float
    what: str


OPENERS = (
    "meanwhile|however|moreover|furthermore|additionally|in addition|in response|in this sense|by contrast|in contrast"
    "|also|besides|notably|separately|elsewhere"
    "|in other developments|in other news|for (?:his|her|its|their) part|on the other hand|in turn|as a result"
    "|now|previously|nevertheless|nonetheless|likewise|similarly|indeed|in fact|of course|still|then|later"
    "|earlier|finally|but|and"
    "|yet|so|thus|hence|therefore|at the same time|in the meantime|instead|at the moment|at this point|in the process"
    "|(?:amid|despite|besides|beyond|on top of|along with) (?:this|that|all this|all that)"
    "|in the end|to that end|in other words|in short|after all|even so"
    "|on the (?:broader |wider )?(?:diplomatic|political|economic|financial|legal|domestic|home) front"
    # They count from something that another sentence tells; not a day or more, which would move what happened.
    "|within (?:minutes|hours)|(?:moments|minutes|hours) (?:later|afterwards?)|(?:soon|shortly) (?:after|afterwards"
    "|thereafter)"
)
CONNECTIVE = re.compile(
    r"^(?!So (?:far|that|as|many|much|few|long)\b|Now that\b)"
    rf"(?:(?i:{OPENERS})(?:,\s+|\s+(?=[A-Z“\"'‘]))|(?:Meanwhile|However|But|And|Yet|So|Still|Also|Then|Now)\s+(?=\w))"
)
# Labels that some outlets set before a paragraph.
_LABEL = re.compile(
    r"^(?:Driving the news|Why it matters|The (?:big picture|bottom line|latest|backdrop|context|details|intrigue"
    r"|other side|background)|(?:The )?state of play|Between the lines|By the numbers|Zoom (?:in|out)|Go deeper"
    r"|What(?:[’']s| is) (?:new|next|happening)|What(?:[’']re| are)? (?:to watch|happened|we know|we[’']re watching"
    r"|they[’']re saying)|Catch up quick|Reality check|Worth noting|Of note|How it works|Threat level|Key takeaways?"
    r"|Bottom line|Be smart|Context|Details|Flashback|Yes, but|Breaking|Update|Background):\s+",
    re.IGNORECASE,
)
# "In the letter, ", "At that hearing, ": a second mention of what another sentence named. A place, a time, a work of
# fiction and what is only supposed ("In this case, … would") stay. Of 35 in ECB+, the news and real pages 31 may go.
_LEAD_IN = re.compile(
    r"^(?:In|At|During|On|With) (?:the|this|that|these|those|his|her|its|their|such) (?!(?:\w+ ){0,2}(?:morning"
    r"|afternoon|evening|night|days?|weeks?|months?|years?|weekend|season|half|past|meantime|future|end|first|last"
    r"|latest|north|south|east|west|capital|world|region|country|area|city|front|rear|border|coast|films?|movie|novel"
    r"|story|stories|play)\b)(?:[a-z][\w’'-]* ){0,2}[a-z][\w’'-]*, (?![^.;]*\bwould\b)(?=[A-Z“\"‘']|the |a |an )"
)
_INNER_CONNECTIVE = re.compile(
    r",? (?:however|meanwhile|too|moreover|of course|though),(?= )|, (?:however|though)(?=[.]$)"
)
# A figure with its unit or currency; "(17)" after a place's name is a count of its own.
_CONVERSION = re.compile(
    r"\s*\((?:about |around |some |roughly |nearly )?(?:[\d.,]{1,12}(?:\s|-)?[a-zA-Z²³°%][\w²³ -]{0,23}"
    r"|(?:US|C|A)?[$€£¥][\d.,]{1,12}\s?[\w -]{0,24})\)"
)
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
# "…, police said today", "Police today arrested …": of the article's day, which the brief's reader does not have.
_DAY = r"(?:today|yesterday|tonight|this (?:morning|afternoon|evening))"
_SAID_TODAY = re.compile(rf"\b(?:said|says|announced|confirmed|added)(?P<cut> {_DAY})(?=[.,]|$| that )")
_TODAY_DID = re.compile(
    rf"(?<!\bof)(?<!\bby)(?<!\bfrom)(?<!\bsince)(?<!\buntil)(?P<cut> {_DAY})"
    r"(?= (?:[a-z]+ed|said|told|gave|won|lost|began|met|held|took) )"
)
ATTRIBUTION = re.compile(
    r"\b(?:said|says|say|saying|told|tells|according|added|claim(?:s|ed)?|confirm(?:s|ed)|announced|reported(?:ly)?"
    r"|den(?:y|ies|ied)|wrote|stated|warned|alleged(?:ly)?|accus(?:es|ed|ing)|citing|noted|insist(?:s|ed)|argued)\b"
)
MEANING = re.compile(
    r"\b(?:no|not|never|none|nor|neither|without|cannot|n['’]t|if|unless|except|only|nearly|almost|at least"
    r"|alleged(?:ly)?|reportedly|apparently|may|might|could|yet to|fail(?:s|ed|ing)?|refus(?:es|ed|ing)"
    r"|un(?:confirmed|verified|clear))\b|n['’]t\b",
    re.IGNORECASE,
)


def furniture(sentence: str) -> Iterator[Cut]:
    """What a line does better without, and the tail of an attribution whose head stays."""
    for pattern, what in (
        (CONNECTIVE, "connective"),
        (_LABEL, "label"),
        (_LEAD_IN, "lead-in"),
        (_INNER_CONNECTIVE, "connective"),
        (_CONVERSION, "conversion"),
        (_ACRONYM, "acronym"),
        (_SAYING_TAIL, "where it was said"),
        (_ON_CHANNEL, "where it was said"),
        (_SAID_TODAY, "the day, as “today”"),
        (_TODAY_DID, "the day, as “today”"),
    ):
        for match in pattern.finditer(sentence):
            start, end = match.span("cut" if "cut" in pattern.groupindex else 0)
            yield Cut(start, end, FURNITURE, what)


def carries_meaning(span: str) -> bool:
    """True when the span holds an attribution, a negation or a hedge: deleting it would change the claim."""
    return bool(ATTRIBUTION.search(span) or MEANING.search(span))
