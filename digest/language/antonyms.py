"""Words that turn a claim round when one stands for the other. Own list, of words that news uses."""

from __future__ import annotations

from digest.language.words import stem

_PAIRS = """
increase decrease, increase decline, increase drop, increase fall, increase cut, increase reduce, decrease rise,
decrease grow, rise fall, rise decline, rise drop, gain loss, gain lose, win lose, win loss, victory defeat,
success failure, succeed fail, successful unsuccessful, open close, start end, start stop, begin end, begin finish,
allow ban, allow prohibit, allow prevent, permit ban, approve reject, accept reject, accept refuse, agree disagree,
agree refuse, support oppose, supporter opponent, support criticize, praise criticize, praise condemn,
welcome condemn, blame praise, confirm deny, admit deny, acquit convict, guilty innocent, arrest release, free jail,
free imprison, hire fire, buy sell, buyer seller, purchase sale, before after, early late, earlier later, first last,
high low, higher lower, highest lowest, more less, most least, more fewer, many few, large small, big small,
larger smaller, bigger smaller, major minor, long short, longer shorter, strong weak, stronger weaker,
strengthen weaken, fast slow, faster slower, accelerate slow, old new, old young, older younger, good bad,
better worse, best worst, positive negative, optimistic pessimistic, optimism pessimism, north south,
northern southern, east west, eastern western, left right, up down, above below, over under, inside outside,
male female, man woman, men women, boy girl, husband wife, father mother, son daughter, brother sister, king queen,
attack defend, attack protect, war peace, ally enemy, friend enemy, join leave, enter leave, arrive depart,
push pull, raise lower, raise cut, expand shrink, expand reduce, grow shrink, widen narrow, improve worsen,
recover deteriorate, build destroy, build demolish, create destroy, remember forget, love hate, safe dangerous,
safe unsafe, safety danger, legal illegal, lawful unlawful, public private, public secret, domestic foreign,
domestic international, local national, local international, possible impossible, likely unlikely, able unable,
known unknown, alive dead, survive die, birth death, save kill, rich poor, cheap expensive, easy difficult,
full empty, hot cold, warm cold, wet dry, day night, morning evening, always never, everyone nobody, all none,
permanent temporary, voluntary forced, majority minority, maximum minimum, profit loss, surplus deficit,
shortage surplus, demand supply, employer employee, victim perpetrator, plaintiff defendant, prosecution defense,
include exclude, add remove, impose lift, restrict expand, withdraw deploy, advance retreat, advance withdraw,
appear disappear, tighten loosen, tighten ease, delay hasten, encourage discourage, enable prevent, help hinder,
hide reveal, conceal reveal, import export, surge plunge, soar plunge, soar fall, jump fall, resume halt,
continue stop, continue halt, keep abandon, tough lenient, strict lenient, harsh mild, severe mild, heavy light,
calm violent, peaceful violent, near far, common rare, popular unpopular, upgrade downgrade, liberal conservative,
democrat republican, rural urban
"""

ANTONYMS: dict[str, frozenset[str]] = {}
for _pair in _PAIRS.replace("\n", " ").split(","):
    _first, _second = (stem(word) for word in _pair.split())
    ANTONYMS[_first] = ANTONYMS.get(_first, frozenset()) | {_second}
    ANTONYMS[_second] = ANTONYMS.get(_second, frozenset()) | {_first}
"""Stem -> the stems of its opposites."""
