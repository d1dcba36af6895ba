"""Whether a run of English words can hold a finite verb. Word lists and endings: no tagger works without a model."""

from __future__ import annotations

import re
from collections.abc import Sequence

_AUXILIARIES = frozenset(
    "is are was were am be been being has have had do does did will would can could may might must shall should "
    "isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't "
    "mustn't shouldn't".split()
)
_IRREGULAR_PAST = frozenset(
    "said told took made gave went came got saw knew thought found left felt became began brought bought built burnt "
    "caught chose cut dealt drew drove fell fought flew fled forbade forgot froze grew held hit hung hurt kept laid led "
    "lent let lost lay meant met paid put quit ran rang read rose sank sat sang sent set shook shot shut slept slid "
    "sold sought spent split spoke spread stood stole struck stuck sued swept swore swung taught tore threw understood "
    "upset withdrew won wore woke wrote broke beat bore bent bet bid blew bound cast clung cost crept dug dove ate "
    "arose awoke ground hid knelt lit overcame oversaw overthrew rebuilt rode shed shrank sprang stung undertook "
    "upheld wound wept underwent outlined foresaw".split()
)
# The third person that headings and news sentences are written in; nouns of the same form ("strikes") are among them.
_PRESENT = frozenset(
    "says tells warns urges calls vows claims denies admits accuses blames condemns criticizes criticises praises "
    "slams hits kills injures wounds strikes attacks fires launches bombs shells downs shoots destroys damages wins "
    "loses beats faces plans seeks sees makes takes gives gets goes comes becomes begins starts ends opens closes "
    "rises falls jumps drops grows cuts raises lowers bans allows approves rejects backs supports opposes joins leaves "
    "quits resigns dies lives arrives returns meets visits holds keeps puts sets sends brings shows finds needs wants "
    "hopes fears expects remains stays continues stops halts delays threatens promises pledges agrees refuses fails "
    "helps moves turns runs signs votes passes suspends lifts imposes orders asks offers sells buys pays charges "
    "arrests sentences releases confirms reports announces unveils reveals declares insists believes thinks knows "
    "argues suggests means includes contains follows marks leads reaches hosts drives boosts eyes weighs mulls "
    "steps heads draws tops adds notes maintains reads works plays stands sits looks seems appears belongs "
    "depends lacks serves spreads sparks prompts triggers forces spends saves costs hurts".split()
)
_PRESENT_PLURAL = frozenset(
    [verb.removesuffix("s") for verb in _PRESENT]
    + "go pass deny try carry agree disagree watch reach launch teach push catch discuss press miss fly live "
    "gather sleep wait talk walk eat drink worry study occur exist vary apply supply rely".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Enough words that one in -s may be a present-tense verb which no list holds ("The trust runs forty hostels").
_ENOUGH_WORDS = 6


def may_have_verb(text: str) -> bool:
    """Whether the text can be a clause. Lenient: False only where no word looks like a finite verb."""
    words = [word.replace("’", "'") for word in _WORD.findall(text)]
    if any(is_verb_like(word) for word in words):
        return True
    return len(words) >= _ENOUGH_WORDS and any(word.islower() and _may_be_present(word) for word in words)


def is_verb_like(word: str) -> bool:
    """Whether a word is an auxiliary, a known verb form, or a lower-case word in -ed."""
    low = word.lower().replace("’", "'")
    if low in _AUXILIARIES or low.endswith(("n't", "'re", "'ve", "'ll", "'m", "'d")):
        return True
    if low in ("he's", "she's", "it's", "that's", "there's", "who's", "what's", "here's", "let's"):
        return True
    if not word.islower():
        return False
    return low in _IRREGULAR_PAST or low in _PRESENT or low in _PRESENT_PLURAL or (low.endswith("ed") and len(low) > 4)


def present_tense_at(words: Sequence[str]) -> int | None:
    """Index of the first auxiliary or present-tense verb after the first word: a headline's verb. None if there is none."""
    for index, word in enumerate(words[1:], start=1):
        low = word.lower()
        if low in _AUXILIARIES or low in _PRESENT or (word.islower() and low.endswith(("izes", "ises", "ifies", "ates"))):
            return index
    return None


def _may_be_present(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
