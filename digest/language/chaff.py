"""Sentences of an article that carry no news: greetings to the reader, no comment, page furniture, credits.

Each group of patterns gives the reason under which the sentence is left out. They are anchored where they can be and
ask for a whole phrase, because a sentence left out wrongly is a fact lost.
"""

from __future__ import annotations

import re

from digest.language.verbs import may_have_verb

_META = re.compile(
    r"^(?:here(?:[’']s| is| are)(?: a| the| some)? (?:what|how|where|why|look|key|latest|main|list|summary|recap|round-?up|"
    r"rundown|timeline|updates?|events?|developments?|stories)\b"
    r"|(?:this|the following|our|these|today[’']s|below)\b.{0,30}\b(?:summary|round-?up|recap|list|digest|timeline|live ?blog|live page|briefing|"
    r"article|story|report|post|page|piece|explainer) (?:highlights?|summari[sz]es|covers?|outlines?|lists?|looks? at|explains?|"
    r"explores?|examines?|(?:was|were|has been|have been|is|will be) (?:first |originally |last |also |being |automatically )?"
    r"(?:published|updated|corrected|amended|produced|written|supported|funded|closed|ended))\b"
    r"|(?:key|latest|main|daily|live|top|breaking)\b.{0,20}\b(?:updates?|events?|developments?|takeaways|points|headlines) (?:from|on|of|at|for|in)\b"
    r"|situation (?:report|update) (?:as of|on|for)\b"
    r"|(?:read|see|watch|listen|click|follow|view|find out|learn)\b.{0,12}\b(?:more|also|here|below|full|live|on)\b.{0,80}$"
    r"|(?:also )?(?:read|see|watch|related|more|explainer|analysis|opinion|in pictures|listen)(?: more| next| also| now| stor(?:y|ies)| on this)?\s?[:|›»]"
    r"|(?:first |last )?(?:published|updated|posted|modified|edited)(?: on| at|:)?\s.{0,40}\d"
    r"|(?:story|article) (?:continues|ends) (?:below|here)"
    r"|(?:what|who|why|how|where)\b.{0,60}\b(?:we know|to know|you need to know)\b.{0,20}$"
    r"|(?:correction|clarification|editor[’']s note|note to (?:readers|editors))\b"
    r"|that[’']s (?:it|all)\b.{0,40}\b(?:today|now|from)\b"
    r"|(?:we are|we[’']re|we will be|we[’']ll be) (?:now )?(?:closing|pausing|wrapping up|bringing you|ending)\b)",
    re.IGNORECASE,
)
_NO_NEWS = re.compile(
    r"\b(?:did(?: not|n[’']t)|ha(?:s|ve|d)(?: not|n[’']t)|do(?:es)?(?: not|n[’']t)|declined to|refused to) (?:\w+ly |yet |been )?"
    r"(?:respond(?:ed)?|repl(?:y|ied)|return(?:ed)?|comment(?:ed)?|answer(?:ed)?|offer(?:ed)? (?:a |any )?comment|provide(?:d)? (?:a |any )?comment)\b"
    r"(?! (?:to (?:the )?(?:attack|strike|fire|threat|crisis|call for|demand|offer|proposal|letter|ultimatum))\b)"
    r"|\bcould not (?:\w+ly )?be (?:\w+ly )?reached\b"
    r"|\b(?:was|were|is|are) not (?:\w+ly )?(?:available|reachable) (?:\w+ly )?(?:for|to) (?:\w+ )?comment"
    r"|\bthere (?:was|were|has been|have been|is|are) no (?:\w+ ){0,3}(?:comments?|reactions?|responses?|word|reply|replies|statements?|confirmation|claims? of responsibility)\b"
    r"|\b(?:is|are|has|have|was|were|had) yet to (?:\w+ly )?(?:respond|comment|reply|react|issue a|make any|make a)\b"
    r"|\b(?:a |multiple |several |repeated )?requests? for (?:further |additional )?comment\b.{0,60}\b(?:not|unanswered|declined|no)\b"
    r"|\bno (?:immediate |further |official )?(?:comment|reaction|response) (?:was|were|has been|came)\b"
    r"|\bha(?:s|ve) (?:contacted|approached|reached out to|asked|emailed)\b.{0,80}\bfor (?:a |further )?(?:comments?|response|statement|reaction)\b"
    r"|\breached out to\b.{0,80}\bfor (?:a |further )?(?:comments?|response|statement)\b"
    r"|\bcould not (?:immediately |independently )(?:be )?(?:verify|verified|confirm|confirmed)\b"
    r"|\bit was not (?:immediately |yet )?(?:clear|known) (?:if|whether|who|what|how|why|when|where)\b",
    re.IGNORECASE,
)
_NO_NEWS_MAX_WORDS = 24  # longer ones carry something else as well
_BOILERPLATE = re.compile(
    r"\bcookies?\b.{0,80}\b(?:consent|accept|policy|settings|browser|use|website|site|experience)\b|\b(?:accept|use|enable) (?:all )?cookies\b"
    r"|\b(?:subscribe|sign up|sign in|log in|register)\b.{0,60}\b(?:newsletter|inbox|free|now|today|account|channel|alerts?|updates|to read|to continue|access|here)\b"
    r"|\bdownload\b.{0,40}\bapp\b|\b(?:app store|google play|play store)\b|app-?store|play-?store"
    r"|\bfollow (?:us|him|her|me|them|our)\b.{0,60}\b(?:on|twitter|facebook|instagram|tiktok|telegram|whatsapp|x|bluesky|threads|youtube)\b"
    r"|^(?:the post\b|.{0,200}\bappeared first on\b)"
    r"|\ball rights reserved\b|^(?:copyright\b|©|\(c\) ?\d{4})|\bmay not be (?:published|reproduced|redistributed|rewritten|broadcast)"
    r"|\bprivacy policy\b|\bterms (?:of (?:use|service)|and conditions)\b"
    r"|^(?:share|tweet|print|email|save|copy link|comments?|advertisement|sponsored|loading|skip to|back to top|menu|search)\b.{0,30}$"
    r"|^share (?:this|on|via)\b|\bthis (?:site|website|page) uses\b|\benable javascript\b|\bad ?blocker\b"
    r"|^(?:get started now|ready to dive|join (?:us|our|the conversation))\b|\byou (?:can )?unsubscribe\b|\bcredited from:"
    r"|^(?:to )?(?:contact|e-?mail|reach) (?:the (?:author|reporter|editor|newsroom)|us|me)\b",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"\b(?:get|enjoy|save|claim)\b.{0,40}\b(?:\d+ ?% off|discount|free trial|free delivery|offer ends)\b"
    r"|\b(?:buy now|shop now|order now|book now|limited[- ]time offer|promo code|use code|support our journalism|become a (?:member|subscriber|supporter)|"
    r"make a (?:donation|contribution)|donate (?:now|today|here)|tickets (?:are )?available)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W{0,2}(?:image|photo|photograph|picture|pic|video|audio|illustration|graphic|credit|source|file|caption|photos?/videos?)s?(?:graph)?"
    r"(?:\s(?:credit|by|courtesy|source))?s?\s?[:/|©]"
    r"|^\W{0,2}(?:photo|image|picture|file photo|video|illustration)\b.{0,6}\b(?:by|courtesy|via)\b"
    r"|\b(?:getty images|afp via getty|epa-efe|ap photo|reuters/|afp/|shutterstock|anadolu agency via)\b.{0,60}$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^\W{0,2}(?:by|reporting by|editing by|additional reporting|writing by|edited by|written by|compiled by|with reporting|with (?:additional )?(?:reporting|input|files) (?:by|from))\b"
    r"(?!.{0,40}\b(?:said|was|were|has|had)\b)",
    re.IGNORECASE,
)
_CAPITALISED = r"(?:[A-Z][\w’'.-]*|de|da|van|von|der|bin|al|el)"
_NAMES_AND_AGENCY = re.compile(
    rf"^{_CAPITALISED}(?: {_CAPITALISED}){{1,3}}(?:(?:,| and| And| &){{1,2}} {_CAPITALISED}(?: {_CAPITALISED}){{0,3}}){{0,5}}$"
)
_TRUNCATED = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\[\+\d+ chars\])\s*$")
_SAYS_SOMETHING = re.compile(r"[^\W_]")


def reason_to_leave_out(sentence: str, *, min_words: int, max_words: int) -> str | None:
    """Why a sentence is no statement, in a word or two; None when it is one."""
    count = len(sentence.split())
    if not _SAYS_SOMETHING.search(sentence):
        return "marker"
    if count > max_words:
        return "run-on"
    return furniture(sentence) or _form(sentence, count, min_words)


def furniture(sentence: str) -> str | None:
    """The reason for which a line or sentence is page furniture, a greeting or no news; None when it may say something."""
    count = len(sentence.split())
    if _CREDIT.search(sentence) and count <= 30:
        return "credit"
    if _BYLINE.match(sentence) and count <= 30 or _NAMES_AND_AGENCY.match(sentence):
        return "byline"
    if _META.match(sentence):
        return "meta"
    if _BOILERPLATE.search(sentence) and count <= 40:
        return "boilerplate"
    if _PROMOTION.search(sentence):
        return "promotion"
    if count <= _NO_NEWS_MAX_WORDS and _NO_NEWS.search(sentence):
        return "no news"
    return None


def _form(sentence: str, count: int, min_words: int) -> str | None:
    if sentence.rstrip("\"'”’»)] ").endswith("?"):
        return "question"
    if count < min_words or not may_have_verb(sentence):
        return "fragment"
    return None


def is_truncated(sentence: str) -> bool:
    """Whether a sentence stops in the middle, as teasers do: "…including the port of…"."""
    return _TRUNCATED.search(sentence) is not None
