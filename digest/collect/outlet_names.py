"""Who publishes a feed, from its title and address; and whether a feed only carries what others publish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

# Between a title and the name of who publishes it.
NAME_SEPARATORS = (" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ")
_SEPARATORS = re.compile(r"\s+[|–—·•»>:-]\s+|\s?::\s?|:\s|\s?»\s?|\s>\s?")
_FEED_WORDS = re.compile(
    r"^(?:rss(?: feed)?(?: (?:for|from|of))?|feed(?: for| from)?|latest (?:news|posts|articles|stories)"
    r" (?:from|on|at))\s"
    r"|\s(?:rss(?: feeds?| \d\.\d)?|(?:atom|news) feed|feed)$",
    re.IGNORECASE,
)
# What names a page of an outlet, not the outlet.
SECTIONS = frozenset((
    "world", "news", "world news", "top stories", "top news", "latest", "latest news", "home", "home page", "homepage",
    "headlines", "articles", "all", "posts", "blog", "rss", "feed", "rss feed", "politics", "business", "europe",
    "international", "front page", "breaking news", "main", "stories", "updates", "all articles", "all news",
    "all posts", "latest posts", "latest articles", "untitled", "recent posts", "national", "local",
))  # fmt: skip
# Second-level names under which countries register sites: co.uk, com.au, gov.za.
_SECOND_LEVEL = frozenset("co com org net ac gov gob gouv edu or ne go nom mil".split())
_MIN_FOREIGN_SITES = 3


def without_names(title: str, names: Iterable[str | None]) -> str:
    """A title without its publishers' names behind (or before) a separator: "Port closed | Coast Radio"."""
    folded = {name.casefold() for name in names if name}
    for separator in NAME_SEPARATORS:
        head, _, tail = title.rpartition(separator)
        if tail.strip().casefold() in folded and head:
            return head.strip()
        head, _, tail = title.partition(separator)
        if head.strip().casefold() in folded and tail:
            return tail.strip()
    return title


def host_of(url: str | None) -> str:
    """The host of an address in lower case, without "www."; empty for none."""
    try:
        return (urlsplit(url or "").hostname or "").casefold().removeprefix("www.")
    except ValueError:  # a malformed address
        return ""


def site_label(host: str) -> str:
    """The part of a host that its owner chose: "coastradio" of "feeds.coastradio.co.uk"; an IP address whole."""
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdecimal() or ":" in host:
        return host
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return labels[-3]
    return labels[-2]


def feed_outlet(title: str | None, *, home: str | None) -> str | None:
    """The outlet that a feed's title names: "Coast Radio" of "World news | Coast Radio" at coastradio.example.

    Of several parts the one that fits the home page's host counts. None when the title only names a section.
    """
    whole = _FEED_WORDS.sub("", " ".join((title or "").split())).strip(" -|–—:»>")
    parts = [part.strip() for part in _SEPARATORS.split(whole) if part and part.strip()]
    label = site_label(host_of(home))
    fitting = [part for part in parts if fits_host(part, label)]
    if fitting:
        return fitting[0]
    # A title in parts of which none fits its host: the outlet stands last more often than first.
    named = [part for part in parts if part.casefold() not in SECTIONS]
    if len(parts) > 1:
        return named[-1] if named else None
    return whole if named else None


def fits_host(name: str, label: str) -> bool:
    """True when a host's label is a name run together, its beginning, or its initials and more in order."""
    words = re.findall(r"\w+", name.casefold().removeprefix("the "))
    joined = "".join(words)
    bare = label.replace("-", "").removeprefix("the")
    if len(bare) < 2 or not joined or len(words) > 6:
        return False
    if bare in (joined, joined.replace("news", "")) or (len(joined) > 2 and bare.startswith(joined)):
        return True
    letters = iter(joined)
    return len(bare) > 2 and bare[0] == joined[0] and all(letter in letters for letter in bare)


def is_carrier(links: Sequence[str | None], *, home: str | None, url: str) -> bool:
    """True for a feed that carries others' articles: most of its links lead to three or more other sites."""
    own = {site_label(host_of(home)), site_label(host_of(url))} - {""}
    foreign = [label for link in links if (label := site_label(host_of(link))) and label not in own]
    return len(set(foreign)) >= _MIN_FOREIGN_SITES and 2 * len(foreign) > len(links)
