"""Lines and sentences of a page that are no part of its article: cookie notices, sign-ups, share buttons, tag clouds.

Each pattern must match from the start of a short one. That is deliberate: a report *about* cookies or subscriptions
does not start like a notice, and a notice that slips through does less harm than a sentence of reporting that is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MAX_WORDS = 42  # longer lines are never dropped; the longest notice met on the development pages has 30
_MAX_CHARS = 400


def _union(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_LETTER = (
    r"(?:newsletters?|inbox|updates|channel|account|alerts|today|now|free|here"
    r"|to (?:our|the|read|continue|get|keep|view))"
)
_NETWORK = r"(?:twitter|x|facebook|instagram|telegram|whatsapp|youtube|linkedin|bluesky|threads|google news)"
_STORE = r"(?:app ?store|play ?store|google play)"
_THING = r"(?:stor(?:y|ies)|articles?|topics?|content|news|posts?|coverage|videos?|reading|links?)"
_IMAGE = r"(?:image|photo|photograph|picture|file photo|video|illustration|graphic)s?"

# Notices: may run to the end of a sentence or two.
_NOTICE = _union((
    # cookies, scripts, captchas
    r"(?:we|this (?:web)?site)(?: and our [\w ]{1,30})? uses? (?:[\w ,]{1,40} )?cookies\b",
    r"(?:accept|reject|manage|allow)(?: all)? cookies\b",
    r"(?:your|our|about) cookies?\b.{0,60}(?:settings|preferences|policy|choices)",
    r"by (?:continuing|using|clicking|browsing|signing up|subscribing)\b.{0,80}\b(?:you|cookies)\b",
    r"this site is protected by recaptcha\b",
    r"(?:please )?(?:enable|turn on|disable|turn off)\b.{0,30}\b(?:javascript|cookies|ad[ -]?blocker)\b",
    # sign-ups and walls
    r"(?:please )?(?:subscribe|sign[ -]?up|sign[ -]?in|log[ -]?in|register)\b.{0,80}\b" + _LETTER + r"\b",
    r"(?:get|receive|have)\b.{0,60}\b(?:delivered|straight|directly|sent)\b.{0,20}\bto your (?:inbox|phone|e-?mail)",
    r"(?:already a|become a|not a) (?:subscriber|member)\b",
    r"this (?:article|story|content) is (?:only |available )?(?:only )?(?:for|to|reserved for) (?:our )?(?:paying )?"
    r"(?:subscribers|members)\b",
    r"(?:to )?(?:continue|keep) reading\b",
    r"(?:read on|follow along|follow (?:it |this )?(?:here|live)|check back|stay tuned)\b.{0,30}\bfor\b.{0,40}"
    r"\b(?:updates?|more|latest|news|coverage)\b",
    r"unlock (?:this|the full|unlimited)\b",
    r"you(?:['’]ve| have) (?:reached|used|read)\b.{0,50}\b(?:free|articles?|limit)\b",
    r".{0,80}\bcancel (?:at )?any ?time\b",
    r"your support (?:helps|makes|matters)\b",
    # apps and networks
    r"(?:get started now:? )?(?:download|get|install|try)\b.{0,50}\bapps?\b"
    r"(?: (?:today|now|here|for|from|on)\b.{0,60})?[.!]?$",
    r".{0,120}\b(?:download|get|install)\b.{0,40}\bapp\b.{0,60}\b" + _STORE + r"\b",
    r"available (?:now )?(?:on|in|from) (?:the )?(?:" + _STORE + r"|apple podcasts|spotify)\b",
    r"(?:follow|like|find|join) us\b.{0,100}",
    r"follow .{1,60} on " + _NETWORK + r"\b",
    r"click (?:here|to|on)\b.{0,80}",
    r"send this page to\b",
    # mailings and rights
    r"you(?: are|['’]re) receiving this\b",
    r"(?:to )?unsubscribe\b",
    r"view (?:this |it |e-?mail )?(?:e-?mail )?in (?:your |a )?(?:web )?browser\b",
    r"please use (?:\w+ ){1,3}browser\b",
    r"if you (?:no longer wish|do not wish|would like to stop|have trouble viewing|are having trouble)\b",
    r"the (?:views|opinions)(?: and opinions)? expressed (?:in|by|here)\b",
    r"(?:©|\(c\) ?\d|copyright (?:©|\(c\)|.{0,40}\d{4}))",
    r"the post\b.{0,250}\bappeared first on\b",
    r"(?:contact|write to|e-?mail) (?:us|our newsroom|the (?:author|reporter|editor|newsroom))\b.{0,60}$",
    r"all rights reserved\b",
    # "About Norra Aid: Norra Aid works in 40 ports. To donate, …", at the end of a press release
    r"about (?P<about>(?:[\w’'&.-]+ ){0,4}[\w’'&.-]+):\s(?:the )?(?P=about)\b",
))  # fmt: skip

# Furniture: the whole line, or a label and what hangs on it.
_FURNITURE = _union((
    r"cookie (?:policy|preferences|settings|consent|notice)s?",
    r"(?:privacy|terms)(?: (?:policy|notice|of (?:use|service)|and conditions|& conditions))?"
    r"(?: .{0,40})?(?:policy|terms|service|use|conditions)",
    r"(?:advertisement|advertising|advert|ads?|sponsored(?: content| by .{1,40})?|promoted(?: content)?"
    r"|paid (?:content|post))[.:]?",
    r"(?:story|article) continues(?: (?:below|after).{0,40})?",
    r"scroll (?:down )?(?:to|for) .{0,40}",
    # pointers to other pages
    r"(?:read|see|learn|find out|show|load|view) (?:more|less|also|all)(?: .{0,3}|[:>»…].{0,160})?",
    r"(?:also read|read next|read the (?:full|latest) .{0,60}|full story|more details|related)(?:[:>»…].{0,160})?[.…]?",
    r"(?:related|more|latest|top|popular|recommended|trending|recent|other|similar) " + _THING + r"(?: .{0,30})?:?",
    r"more (?:on|from|about|in) .{1,50}:?",
    r"(?:most (?:read|popular|viewed|shared)|trending(?: now)?|recommended(?: for you)?"
    r"|you (?:may|might) (?:also )?(?:like|be interested in)|up next|what to read next"
    r"|editor['’]?s['’]? (?:picks?|choice)|don['’]t miss|must reads?):?",
    r"(?:watch|listen|video|audio|gallery|in pictures|photos|play|live)(?:[:|].{0,100})?",
    r"(?:watch|listen to) (?:live|now|this|the (?:video|article|story)).{0,60}",
    r"(?:tags?|topics?|hashtags|filed under|categor(?:y|ies)|keywords|labels|sections?|in this (?:article|story))"
    r"\s?:.{0,300}",
    r"(?:topics|tags|keywords|categories)",
    # pictures
    _IMAGE + r"(?: (?:credits?|source|caption|by|copyright|courtesy(?: of)?))?\s?:.{0,200}",
    r"(?:image|photo|media|picture) (?:source|caption|credit|copyright),?.{0,160}",
    r"\(?" + _IMAGE + r" (?:by|courtesy of|credit) [^.]{2,80}\)?",
    # buttons and counters
    r"share(?: (?:this|on|via|article|story|with|by)\b.{0,60})?:?",
    r"(?:tweet|e-?mail|print|save|bookmark|copy link|copied|pin it|comments?|comment now|reply|like|reactions?)",
    r"\d{1,6} (?:comments?|shares?|likes?|views?|reactions?)",
    r"(?:leave|post|add|write) a (?:comment|reply).{0,30}",
    r"\d{1,3}[ -]min(?:ute)?s?(?: read(?:ing time)?)?",
    r"(?:reading time|read time|estimated read).{0,20}",
    r"(?:skip|jump|back|return) to (?:main |the )?(?:content|navigation|top|home ?page|search|footer)",
    r"(?:menu|home|search|close|open menu|next|previous|loading[.…]{0,3}|logo|subscribe(?: now)?|sign in|sign up|log in"
    r"|register|donate|newsletters?|contact us|about us|download(?: the| our)? app)[!.]?",
    r"(?:app-?store|play-?store|google play)(?:[ ,|/]?(?:app-?store|play-?store|google play)){0,3}",
    r"forward (?:this |to a friend).{0,40}",
    r"manage (?:your )?(?:preferences|subscriptions?|settings).{0,40}",
    r"(?:published|posted|written|reported|edited) by\s?:?",
    r"(?:have|got) (?:a tip|something to add|a story)\b.{0,120}",
))  # fmt: skip

_SHARE_WORDS = frozenset(
    "share tweet facebook twitter x linkedin whatsapp telegram reddit email e-mail print pinterest copy link save "
    "messenger bluesky threads flipboard instagram youtube tiktok viber sms and on via or".split()
)
_CAPTION_CREDIT = re.compile(
    r"(?:\[[^\[\]]{2,60}/[^\[\]]{2,40}\]|\((?:ap|file|getty|afp|reuters)? ?(?:photo|image)s?[ /:][^()]{2,80}\)"
    r"|\b(?:getty images|shutterstock|via getty|ap photo|afp/getty|istock)[^.]{0,40})$",
    re.IGNORECASE,
)
_MAX_CAPTION_WORDS = 40
_SIGNATURE = re.compile(r"\s*[—–-]\s.{0,60}\(@\w+\)")  # of a post that a page shows
_EDGES = " \t-–—•*|·>»▶►"


def is_boilerplate(line: str) -> bool:
    """True when a whole line is page furniture. Long lines never are."""
    if len(line) > _MAX_CHARS:
        return False
    text = line.strip(_EDGES)
    words = text.split()
    if not words:
        return bool(line.strip())
    if len(words) > _MAX_WORDS:
        return False
    return (
        bool(_NOTICE.match(text) or _FURNITURE.fullmatch(text) or _SIGNATURE.match(line))
        or _is_share_row(words)
        or all(word.startswith("#") for word in words)
        or (len(words) <= _MAX_CAPTION_WORDS and bool(_CAPTION_CREDIT.search(text)))
    )


def _is_share_row(words: list[str]) -> bool:
    bare = [word.strip(".,:;|/·•()").casefold() for word in words]
    return len(words) >= 2 and all(word in _SHARE_WORDS or not word for word in bare)
