"""Can a sentence stand alone?

A line is read without its article: "he", "the plant" or "the attack" point at nothing there. `flaws` names what is
wrong with a sentence on its own; `restore.py` mends some of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.language.claims import attribution
from digest.language.names import find_names
from digest.language.quotes import without_quotations
from digest.language.verbs import has_sure_verb, is_verb_like, may_have_verb
from digest.language.words import STOPWORDS, stem, tokens
from digest.summarize.furniture import CONNECTIVE
from digest.summarize.pronouns import unexplained

# How much each flaw takes from a candidate's score; at FATAL the sentence is no candidate.
FATAL = 10.0


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that keeps a sentence from standing alone, and how bad that is."""

    what: str
    weight: float


# "Our Lady of Sorrows" and "My Lai" are names.
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|our|ours|my|us|me|(?:Our|My)(?= [a-z]))\b(?!\.)")
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
# "This week", "these past months": as good as a date.
_THIS_TIME = (
    r"(?:this|these) (?:(?:past |coming |last )?(?:mornings?|afternoon|evening|night|days?|weeks?|weekend|months?"
    r"|years?|spring|summer|autumn|fall|winter|season|decade|century|quarter|term)|(?-i:[A-Z])\w+)\b"
)
_TIME_START = re.compile(rf"^{_THIS_TIME}[’'\w]*,? ", re.IGNORECASE)
_PRONOUN_START = re.compile(
    r"^(?:he|she|they|it|this|that(?! (?-i:[A-Z]))|these|those|his|her|their|its|such|so|here|one|others|another(?! \d)"
    r"|the (?:former(?=,| (?:is|was|has|had|will|would|said)\b)|latter|same|other|others|two|three|duo|pair|trio|move"
    r"|news|latest|incident|message|claim|comments?|remarks?|decision|statement|announcement))\b"
    r"(?! (?:of|in|at|on|from|between|to|for|that|by) )",
    re.IGNORECASE,
)
# "The last person missing after storm Ilse", "both hikers who were trapped on Mount Sorre": whoever met with that. No
# sentence of ECB+ and the news begins so; reports of how a search ended do, in articles of new users.
_MET_WITH = (
    r"(?:(?:who|that)(?: (?:has|have|had|is|are|was|were|been|gone|went|reported))+ )?"
    r"(?:missing|trapped|stranded|lost|injured|wounded|held)"
    r"(?= (?:in|at|on|off|near|after|by|since|under|during|aboard)\b[^,]*? [A-Z])"
)
# "Some say so" and "Both were hurt and fled", not "One skipper said" and "Both Tarvik and Osmark".
_SOME = re.compile(r"^(?:some|one(?! (?:hundred|thousand|hour|day|night|week|month|year)\b)) ([\w’'-]+)", re.IGNORECASE)
_BOTH = re.compile(r"^both\b(?: ([\w’'-]+(?: [\w’'-]+){0,2}) and )?", re.IGNORECASE)
_ALL_WHO = re.compile(rf"^(?:Both|The (?:two|three)) [a-z]+ {_MET_WITH}")
# "The California Democrat said": a second mention, for which only the article gives the name.
_ROLE_FOR_NAME = re.compile(
    r"^The (?:[\w-]+ ){0,2}?(?:Democrat|Republican|Conservative|senator|lawmaker|congress(?:man|woman)|billionaire"
    r"|\d+-year-old|man|woman|suspect|couple|singer|actor|actress|striker|midfielder|author|politician|executive"
    r"|official|native|group|veteran|diplomat)(?=[’' ](?!,))(?! (?:(?!\w+day\b)[A-Z]|(?:of|in|on|who|from|at|behind"
    r"|accused|arrested|charged|suspected)\b))"
)
# "According to the Post, it is moving": what comes after the speaker's name opens the sentence.
_SPEAKER_FIRST = re.compile(r"^(?:According to|As reported by) [^,]{2,60}, ", re.IGNORECASE)
# "No, it was not hacked", "Well, the doors stayed shut": an answer or a chat, 10 of 11 such openings in the news.
_ANSWERS = re.compile(r"^(?:No|Yes|Well|Sure|Okay|OK), ")
_PARTITIVE = re.compile(
    r"^(?:\w+|\d+) (?:more |others? )?of (?:the|them|those|these)\b (?:wounded|injured|dead|victims|them|\w+)?",
    re.IGNORECASE,
)
_PRONOUN_SPEAKER = re.compile(
    r"(?:^|[,”\"’'] )(?:he|she|they|it) (?:said|says|added|told|noted|wrote|claimed|warned)\b"
    r"|\b(?:said|added) (?:he|she|they)(?=[,.;]|$)"  # not "The governor said he will resign"
)
_BARE_THE = re.compile(
    rf"^(?!(?i:{_THIS_TIME}))(?:The|This|That|These|Those) (?:[A-Z][a-z]+day )?"
    r"((?:[a-z][\w’'-]* )?[a-z][\w-]*)(?= |[,.])"
)
_NOUN_WORDS = 3  # words after "the" in which the noun ends, if no verb comes before
VERBAL = re.compile(
    r"(?:will|would|was|is|are|were|has|had|have|can|could|may|might|must|should|did|does|said|says|\w+ed"
    r"|comes?|goes|gets|makes|takes|gives|keeps|brings|becomes|remains|seems|appears|contains|includes|depends|belongs"
    r"|stands|means|follows|applies)"
)
# Bodies and offices of which a place has one: "the police said" points at nothing but the place of the story.
_INSTITUTION = re.compile(
    r"(?:[a-z]+(?:s[’'])? ){0,2}(?:government|ministry|ministers?|police|army|navy|military|president|parliament"
    r"|assembly|council|court"
    r"|mayor|governor|prosecutors?|coastguard|authority|authorities|service|bank|treasury|opposition|party|union|cabinet"
    r"|senate|congress|committee|regulator|embassy|king|queen|pope|department|office|inspectorate|administration)\b"
)
# What everybody knows, and the place and the time of the story.
_KNOWN = frozenset(
    "economy dollar euro pound virus pandemic world sun moon internet nation weather rich wealthy poor elderly"
    " unemployed homeless".split()
)
_ONE_OF_A_KIND = _KNOWN | frozenset(
    "war public country sea state city town region media press law rest number majority average election temperature"
    " young old".split()
)
_DEFINED = re.compile(
    r"^(?:,\s+(?:[A-Z]|(?!(?:however|though|meanwhile|too|then|again)\b)[a-z]+, "
    r"(?:which|who|is|was|has|had|will|would|can|[a-z]+ed)\b)|\s*who\b[^,]*? [A-Z]"
    rf"|\s*{_MET_WITH}"
    r"|\s*(?:of|in|at|on|from|between|near|for|that|which|by|off|with|to)\b)"
)
# "The brewer Halden", "the northeastern U.S.": a name says which one, in all of 18 such openings of ECB+ and the news.
_NAMED = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z]")
# "But the skipper", "After the storm, the crew", "In a second vote, the chamber": who opens the clause after it dangles
# as well. All six sentences do that it takes from the briefs of ECB+, the news and real pages.
_LEAD = re.compile(
    rf"(?:{CONNECTIVE.pattern}|(?:If|When|While|As|After|Before|In|At|On|During|With|By|For|From|Following|Despite|Amid"
    r"|Since|Once|Under|Within)\b[^,]{2,60}, (?!the (?:[a-z]+ ){1,2}(?:said|says|wrote|reported)\.?$))[Tt]he "
)
_QUOTE_FIRST = re.compile(r"^[“\"‘']")
# "“Low Tide” and “The Tannery” are still missing": the title of a work, which nobody says.
_WORK_FIRST = re.compile(
    r"^(?:“|\")[A-Z][\w-]*(?: (?:[A-Z][\w-]*|of|the|and|an?|in|on|with|to|for)){0,5}(?:”|\"),? \w"
)
_WEAK_OPENING = re.compile(r"^(?:While|As|After|When|Although|Though|Despite|Because|If|Since|With)\b")
# "Smaller boats are spared": smaller than those of the sentence before.
_COMPARES = re.compile(
    r"^(?:Smaller|Larger|Bigger|Older|Younger|Newer|Other|Another|Further|Additional|Similar)(?= [a-z])"
)
_VAGUE = re.compile(
    r"\b(?:the (?:attack|incident|strike|plant|facility|move|plan|deal|measure|accident|explosion|company"
    r"|agency|city|town|village|island|district))\b"
)
# "threw out lawsuits against the company by the city": no name before it can be the company's.
_UNNAMED_BODY = re.compile(
    r"\bthe (?:company|firm|outlet|agency|group|airline|bank|drugmaker)\b(?! (?:of|that|which|in)\b| [A-Z])"
)
# "Lund confirmed the attack", "police said that the strike came at dawn": which one stands elsewhere.
_SAID_OF = re.compile(
    r"\bmade the (?:announcement|statement|remarks?|comments?|claim|decision)\b(?! (?:of|that|to)\b)"
    r"|\b(?:said|says|confirmed|confirms|acknowledged|condemned|denied)(?: (?:on |late |early )?[A-Z]\w+day)?"
    r"(?: that)? the (?:attack|incident|strike|accident|explosion|move|plan|deal|measure|claim|allegation|decision|news"
    r"|report|toll|death|fatalit(?:y|ie)|injur(?:y|ie)|casualt(?:y|ie)|figure|number)s?"
    r"(?=[,.;]| (?:took|was|were|had|has|is|came|happened|would|will|and|in an?)\b)"
)
# An outlet's reading of events is no event: "the attack underscores …", "it highlights …".
_COMMENTARY = re.compile(
    r"\b(?:underscor|highlight|reflect|illustrat|underlin|emphasi[sz][ei]|signif(?!ican)|showcas|epitomi[sz]"
    r"|aligns? with|testament|serves? as a reminder|raises? questions|marks? a (?:significant|major|new))\w*"
)
# "The port reopened today": true on one day, read on another.
_RELATIVE_DAY = re.compile(r"\b(?:today|tomorrow|yesterday|tonight)(?!['’]s)\b", re.IGNORECASE)
# "this board", "these measures", "denies this": what it is stands elsewhere. Not "this week", "this year's". So does
# which "the latest raid" is, where nothing follows that says it.
_POINTING = re.compile(
    rf"\b(?!{_THIS_TIME}|this (?:time|point|moment)\b)(?:this|these) [a-z]+|\bthis(?=[.,;]|$)"
    r"|\bthe (?:most recent|latest) (?!(?:news|figures?|numbers?|available)\b)"
    r"(?:[a-z-]+ )?[a-z-]+(?=[.,;]|$| (?:was|were|had|has|is)\b)"
)
_CONTINUES = re.compile(
    r"\b(?:also|too|as well|in addition|instead|otherwise|the same day|that day|the following day)\b"
)
# "Economists had expected claims to fall": what stood before the news, which another sentence tells.
_BEFOREHAND = re.compile(
    r"(?:(?!\b(?:that|who|which|whose|what|after|because|if|when|said|says|as|than|but)\b)[^,;:“”]){3,70}? had "
    r"(?!been )(?:[a-z]+ )?(?:reported|said|put|given|announced|claimed|promised|warned|predicted|forecast|planned"
    r"|hoped|expected|vowed|pledged|told|asked|wanted)\b"
)
# What each of these, found anywhere in a sentence, is called, and how bad it is; {} is what was found.
_SIGNS = (
    (_FIRST_PERSON, "speaks in the first person outside a quotation (“{}”)", FATAL),
    (_SECOND_PERSON, "speaks to the reader (“{}”)", FATAL),
    (_PRONOUN_SPEAKER, "its speaker is only a pronoun", FATAL),
    (_COMMENTARY, "comments rather than reports (“{}”)", 0.4),
    (_RELATIVE_DAY, "speaks of “{}”", 0.3),
    (_CONTINUES, "continues another sentence (“{}”)", 0.1),
)


def flaws(text: str, *, titles: Iterable[str] = ()) -> tuple[Flaw, ...]:
    """What keeps `text` from standing alone under one of the titles; empty for a sentence that can."""
    bare = without_quotations(text, put="“”")
    opener = CONNECTIVE.match(bare)
    rest = bare[opener.end() :] if opener else bare
    if timed := _TIME_START.match(rest):
        rest = rest[timed.end() :][:1].upper() + rest[timed.end() + 1 :]
    linked = [Flaw("opens with a connective", 0.3)] if opener else []
    return (*linked, *_opening_flaws(text, rest, titles), *_body_flaws(text, bare))


def _opening_flaws(text: str, bare: str, titles: Iterable[str]) -> list[Flaw]:
    found = []
    if _points_outside(bare):
        found.append(Flaw("opens with a word that points outside the sentence", FATAL))
    elif (speaker := _SPEAKER_FIRST.match(bare)) and _points_outside(bare[speaker.end() :]):
        found.append(Flaw("points outside the sentence, right after its speaker", 0.5))  # "it" may be the speaker
    if _BEFOREHAND.match(bare):
        found.append(Flaw("tells what was said or expected before", 0.3))
    if _ANSWERS.match(bare):
        found.append(Flaw("answers what another sentence asks", FATAL))
    if _PARTITIVE.match(bare) and not find_names(bare):
        found.append(Flaw("counts part of something named elsewhere", FATAL))
    if opening := _bare_opening(bare):
        # With a name further on ("The ferry struck the Osmark quay"), or "ferry" in a title, a reader can follow.
        follows = find_names(bare) or _in_a_title(opening[0], titles)
        known = _INSTITUTION.match(bare[4:]) or _owner(opening) in _KNOWN
        weight = 0.1 if known else 0.45 if follows else FATAL
        found.append(Flaw(f"opens with “{' '.join(bare.split()[:2])} …” without a name", weight))
    if _ROLE_FOR_NAME.match(bare):
        found.append(Flaw("calls somebody by a role that another sentence explains", 0.45))
    if _QUOTE_FIRST.match(text) and not _WORK_FIRST.match(text):
        # A quotation comes with its speaker or not at all.
        whose = attribution(text)
        what = "opens with a quotation" if whose else "opens with a quotation, and does not say whose"
        found.append(Flaw(what, 0.25 if whose else FATAL))
    if _COMPARES.match(bare):
        found.append(Flaw("compares with what another sentence tells", 0.2))
    if _WEAK_OPENING.match(text):
        found.append(Flaw("opens with a subordinate clause", 0.15))
    return found


def _body_flaws(text: str, bare: str) -> list[Flaw]:
    found = [Flaw(what.format(told.group()), weight) for sign, what, weight in _SIGNS if (told := sign.search(bare))]
    if (pronoun := unexplained(bare)) and not _PRONOUN_SPEAKER.search(bare):
        found.append(Flaw(f"nothing before “{pronoun}” says who or what that is", 0.5))
    if not _balanced(text):
        found.append(Flaw("a quotation is torn", FATAL))
    if text.rstrip().endswith(("?", ":", "…", "...")):
        found.append(Flaw("is not a finished statement", FATAL))
    if (thing := _VAGUE.search(bare)) and not find_names(bare):
        found.append(Flaw(f"speaks of “{thing.group()}” without naming it", 0.4))
    elif (thing := _UNNAMED_BODY.search(bare)) and not find_names(bare[: thing.start()]):
        found.append(Flaw(f"speaks of “{thing.group()}” before any name", 0.4))
    elif thing := _SAID_OF.search(bare):
        found.append(Flaw(f"“{thing.group()}” points at what another sentence tells", 0.5))
    if thing := _POINTING.search(bare):
        found.append(Flaw(f"points at “{thing.group().strip()}”, which stands elsewhere", 0.35))
    if text[:2].islower():  # not "iPhones"
        found.append(Flaw("begins in the middle", 1.0))
    return found


def _points_outside(bare: str) -> bool:
    """Whether a text opens with a pronoun, or another word for what a sentence before it names."""
    some, both = _SOME.match(bare), _BOTH.match(bare)
    if _ALL_WHO.match(bare):
        return False
    if some or both:
        return bool(some and is_verb_like(some[1])) or bool(both and (not both[1] or has_sure_verb(both[1].split())))
    return _PRONOUN_START.match(bare) is not None


def dangling(text: str, *, titles: Iterable[str]) -> bool:
    """Whether the sentence opens with a bare "the drone", "the demand", and no title can tell which one."""
    bare = without_quotations(text, put="“”")
    lead = _LEAD.match(bare)
    if lead and not find_names(lead.group()):
        bare = f"The {bare[lead.end() :]}"
    words = _bare_opening(bare)
    if not words or _INSTITUTION.match(bare[4:]) or _owner(words) in _ONE_OF_A_KIND:
        return False
    if words[0] in ("recent", "latest"):
        words = words[1:] or words
    elif len(words) > 1 and not may_have_verb(words[1]):
        return False  # "the unemployment rate" says which rate
    return not _in_a_title(words[0], titles)


def _owner(words: Sequence[str]) -> str:
    """The first word, without what makes it an owner: "nation" of "the nation's top judge"."""
    return re.split("[’']", words[0])[0]


def _in_a_title(word: str, titles: Iterable[str]) -> bool:
    return any(stem(word) == stem(token.word) for title in titles for token in tokens(title))


def _bare_opening(text: str) -> list[str]:
    """The words after "the" up to the verb, where none of them, nor what follows, says which one; else none."""
    match = _BARE_THE.match(text)
    if match is None:
        return []
    found: list[str] = []
    for word in list(re.finditer(r"[\w’'-]+", text))[1 : 1 + _NOUN_WORDS]:
        if VERBAL.fullmatch(word.group()) or (found and has_sure_verb([word.group()])):
            break
        found.append(word.group())
        if _DEFINED.match(text[word.end() :]) or (_NAMED.match(text[word.end() :]) and _is_one_thing(found)):
            return []
    if found[1:] and found[-1] == "rate":  # "the unemployment rate fell to 5 percent"
        return []
    return found or [match[1]]


def _is_one_thing(found: Sequence[str]) -> bool:
    """Whether the words may be a noun and what it is like; not "former", with which a name tells a role."""
    return all(
        one.isalpha() and one.islower() and one != "former" and not is_verb_like(one) and one not in STOPWORDS
        for one in found
    )


def _balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0
