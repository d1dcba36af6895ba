"""What a question means: an address, an article's id, or words; and what it matches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from digest.collect.outlet_names import host_of

# Parameters that say where a reader came from, not which page: those of the common newsletters, feeds and networks.
_TRACKING = re.compile(
    r"(?:utm_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|igshid|twclid|yclid|ref|ref_src|referrer|source|src|cmp|cmpid"
    r"|ns_\w+|at_\w+|smid|partner|rss|guccounter|guce_\w+|spm|share|shared|feature)"
)
_ADDRESS = re.compile(r"https?://\S+|[\w-]+(?:\.[\w-]+)+/\S*|(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{12}")
_WORD = re.compile(r"[^\W_]+")


def is_address(question: str) -> bool:
    """True for "https://…" and for "site.example/page"."""
    return bool(_ADDRESS.fullmatch(question.strip()))


def is_id(question: str) -> bool:
    """True for an article's id, as brief.json and `digest explain` print it."""
    return bool(_ID.fullmatch(question.strip()))


def place(address: str) -> str:
    """The page that an address leads to, whatever the way there: no scheme, "www.", fragment or tracking parameter."""
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"//{text}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:  # a malformed address is a place of its own
        return text.casefold()
    kept = sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0].casefold()))
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{unquote(parts.path).rstrip('/')}{query}".casefold()


def site(address: str) -> str:
    """The host of an address, without "www."; the whole of one that is malformed."""
    text = address.strip()
    return host_of(text if "://" in text else f"//{text}") or text


def matching_places(question: str, addresses: Iterable[str]) -> frozenset[str]:
    """The addresses that lead where `question` does; failing that, those it is a part of."""
    wanted = place(question)
    places = {address: place(address) for address in addresses}
    exact = frozenset(address for address, found in places.items() if found == wanted)
    return exact or frozenset(address for address, found in places.items() if wanted and wanted in found)


def names_file(question: str, source: str) -> bool:
    """Whether a path, whole or only its end, leads to the file that an article was read from ("news/a.jsonl#3")."""
    label = source if "#" in question else source.rpartition("#")[0] or source
    asked, read = (_steps(path) for path in (question.strip(), label))
    shorter = min(len(asked), len(read))
    if "://" in question and "://" not in source:
        return False  # "https://coast.example/index.html" is no file, whichever is called index.html
    return shorter > 0 and asked[-shorter:] == read[-shorter:]


def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for step in PurePath(path.casefold()).parts if step not in ("..", "/"))


def words(text: str) -> tuple[str, ...]:
    """The words of a text, without case and accents."""
    return tuple(_WORD.findall(_bare(text)))


def _bare(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))


def has_words(text: str, wanted: Sequence[str]) -> bool:
    """True when each wanted word is one of the text's, or begins one."""
    bare = _bare(text)
    if not all(word in bare for word in wanted):  # as most texts of a year are: quicker than to take them apart
        return False
    found = set(_WORD.findall(bare))
    return all(word in found or any(one.startswith(word) for one in found) for word in wanted)
