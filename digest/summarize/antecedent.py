"""Which programme "the programme" is: what the article called it when it first named it, in brackets.

A newspaper says "a joint fisheries programme" once and "the programme" from there on. A line that is read without the
article gets the words back, as editors do, where the article so far has called only one such thing by more than its
noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.language.sentences import split_sentences
from digest.language.verbs import has_sure_verb, is_verb_like, may_have_verb
from digest.language.words import STOPWORDS
from digest.summarize.introduce import Bracketed
from digest.summarize.standalone import VERBAL

_LOOK_BACK = 450  # characters before the sentence, two or three sentences, in which it must have been named
_NAME_NEAR = 300  # characters before it in which a name of it must stand: further off, another agency may be meant
_MOST_WORDS = 4  # before its noun, of those that say which it is
_BARE = re.compile(r"^(?:The|This|That) ([a-z]{3,})(?=(?: (?P<verb>[a-z]+)\b|, (?:which|[a-z]+ed)\b))")
# "The facility" after "the Kestrel refinery": what a writer calls a thing so as not to repeat himself. A general word
# stands for a special one, or one of the same sense; a hospital is no other word for a school.
_OTHER_WORDS = {
    noun: frozenset(others.split()) - {noun}
    for nouns, others in (
        ("facility", "plant factory refinery terminal depot station mill laboratory reactor warehouse"),
        ("building", "house tower hall hospital school church mosque warehouse hotel shop store museum library"),
        ("vessel ship", "ferry tanker freighter trawler warship submarine destroyer frigate carrier yacht vessel ship"),
        ("bill legislation measure", "bill legislation measure act"),
        ("company firm", "company firm retailer airline carmaker drugmaker bank manufacturer"),
        ("agency", "bureau department ministry authority"),
        ("aircraft plane", "plane aircraft jet airliner"),
        ("body", "council committee panel board"),
        ("panel", "committee"),
        ("blaze fire", "blaze fire wildfire"),
        ("quake earthquake tremor", "quake earthquake tremor"),
        ("ruling decision", "ruling verdict decision judgment"),
        ("inquiry investigation probe", "inquiry investigation probe"),
        ("agreement deal accord pact", "agreement deal accord pact treaty"),
        ("programme program scheme initiative", "programme program scheme initiative"),
    )
    for noun in nouns.split()
}
_BEFORE_NOUN = re.compile(r"(?:[\w’'-]+ ){1,6}$")
_DETERMINERS = frozenset(("a", "an", "the"))
# They say how large, how new or how good a thing is, not which one; nor do digits.
_NOT_TELLING = frozenset(
    "new recent latest first second third last next other same big large huge major minor small massive strong powerful"
    " deadly fatal long short only whole entire single separate different similar special possible proposed planned"
    " so-called current former key main good bad better worse best worst controversial historic landmark sweeping rare"
    " tragic terrible horrific brutal".split()
)


def call_in_full(text: str, *, before: str) -> Bracketed | None:
    """ "The programme would …" as "The [joint fisheries] programme would …", by the article's text `before` it.

    What was named there gets its whole name: "[The Tarvik Fish Plant] would …".

    Returns None when the sentence does not open so, or when no such thing, or more than one, was named.
    """
    match = _BARE.match(text)
    if match is None or (match["verb"] and not _is_its_verb(match["verb"])):
        return None
    noun, rest = match[1], text[match.end(1) :]
    mentions = set(_mentions(noun, before[-_LOOK_BACK:]))
    if not mentions and (called := _other_word(noun, before[-_LOOK_BACK:])):
        return Bracketed(text=f"[The {called}]{rest}", words=called)
    if len({words.lower() for words in mentions}) != 1 or mentions == {""}:
        return None
    words = min(mentions)
    if words.endswith(noun.capitalize()):
        return Bracketed(text=f"[The {words}]{rest}", words=words)
    return Bracketed(text=f"{text[: match.start(1)]}[{words}] {noun}{rest}", words=words)


def _other_word(noun: str, before: str) -> str | None:
    """What the sentence before calls the one thing that the noun is another word for: "Kestrel refinery"."""
    others = _OTHER_WORDS.get(noun)
    if others is None:
        return None
    sentences = split_sentences(before)
    start, end = sentences[-1] if sentences else (0, 0)
    found = {
        words if words.endswith(other.capitalize()) else f"{words} {other}".strip()
        for other in others
        for words in _mentions(other, before[start:end])
    }
    if len(found) != 1:
        return None
    called = found.pop()
    return called if " " in called and not any(mark.isdigit() for mark in called) else None


def _is_its_verb(word: str) -> bool:
    """Whether the word after "the programme" is its verb, not a noun that goes on ("the programme office")."""
    if VERBAL.fullmatch(word):
        return True
    return may_have_verb(word) and not word.endswith("s") and not may_have_verb(f"{word}s")


def _mentions(noun: str, before: str) -> Iterator[str]:
    """What stands before each mention of a noun, a name with it; empty for "a programme", none for "the programme"."""
    for match in re.finditer(rf"(?<= )(?:{noun}|{noun.capitalize()})\b(?![’'-])", before):
        named = match.group() != noun
        if named and (_noun_follows(before[match.end() :]) or len(before) - match.end() > _NAME_NEAR):
            yield ""  # "Fire Brigade", or a name too far off
            continue
        held = _BEFORE_NOUN.search(before, max(0, match.start() - 120), match.start())
        words = held.group().split() if held else []
        at = max((place for place, word in enumerate(words) if word.lower() in STOPWORDS), default=-1)
        if at < 0 or words[at].lower() not in _DETERMINERS:
            if named:
                yield ""  # without its article: "High Court"
            continue
        telling = words[at + 1 :]
        while telling and _tells_not(telling[0]):
            del telling[0]
        if not telling and words[at].lower() == "the":
            continue
        plain = len(telling) <= _MOST_WORDS and telling[:1] != ["previous"] and not _is_clause(telling)
        yield " ".join((*telling, match.group()) if named else telling) if plain else ""


def _tells_not(word: str) -> bool:
    return word.lower() in _NOT_TELLING or word.isdigit()


def _is_clause(words: list[str]) -> bool:
    """Whether the words run over a verb or an owner: "the governor opened (the port)"."""
    return (
        has_sure_verb(" ".join(words))
        or any(word.endswith(("’s", "'s")) for word in words)
        or any(word.endswith("ed") for word in words[1:])
    )


def _noun_follows(after: str) -> bool:
    """Whether a noun goes on behind one: "Brigade" in "Fire Brigade"."""
    word = re.match(r" ([\w’'-]+)", after)
    return word is not None and word[1] not in STOPWORDS and not is_verb_like(word[1]) and not word[1][0].isdigit()
