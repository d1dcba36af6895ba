"""What is wrong with a written line, and which statements it rests on.

`check_support` was made for lines cut from a sentence: it looks for numbers, names and the like that no quote has. A
model can also write a sentence with none of them, or the opposite of what it read. So a written line must besides be
made of the quotes' words for the most part, have no long run of words of its own, no opposite of a quote's word, and
stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from digest.language.sentences import split_sentences
from digest.language.words import STOPWORDS, content_words, count_words, stem, tokens, words
from digest.models import Statement, Topic
from digest.summarize.corroborate import corroborates, foretells
from digest.summarize.evidence import MissingKind
from digest.summarize.faithfulness import weigh
from digest.summarize.offered import fit, offered
from digest.summarize.prompts import Fault
from digest.summarize.standalone import FATAL, flaws
from digest.summarize.support import check_support

# Share of a line's content words that its quotes must have. On the development rows 98 % of the supported news claims
# have .61 of theirs in their document, and 95 % of the sentences about something else have at most .38 in five others.
MIN_KNOWN = 0.6
MIN_CONTENT = 4  # content words: with fewer, one known word more or less decides, and a line tells too little
# Content words in a row that no quote has: a clause of the model's own.
MAX_OWN_WORDS = 4
# A line that rests on one article of several must share this much of its content words with another one's statement, or
# that much with another one's text: what one article smuggles into a topic is not what the topic says. On the
# development rows 97 % of the statements that two articles make pass, and 2 % of those about something else.
IN_COMMON = 0.2
IN_COMMON_WITH_TEXT = 0.4
TEXT_READ = 20_000  # characters of an article's text that are searched

_ADDRESS = re.compile(r"https?:|www\.|\w@\w", re.IGNORECASE)
_WORDS_OF: dict[MissingKind, str] = {
    "number": "no statement gives the figure “{}”",
    "date": "no statement gives the date “{}”",
    "name": "no statement has the name “{}”",
    "quotation": "no statement has the quoted words “{}”",
    "negation": "“{}” was lost or put in, and turns the meaning",
    "hedge": "the hedge “{}” was lost or put in",
    "claimant": "it is not told as the statements tell it who says so: “{}”",
    "wording": "“{}” is not what the statements say",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The statements that bear a line out, first those that it needs; or the faults for which none do."""

    statements: tuple[Statement, ...] = ()
    faults: tuple[Fault, ...] = ()


def form_faults(line: str, *, max_words: int) -> tuple[Fault, ...]:
    """What is wrong with a line before anybody looks at its sources."""
    return tuple(_form_faults(line, max_words))


def _form_faults(line: str, max_words: int) -> Iterator[Fault]:
    if not words(line):
        yield Fault(words="it is empty")
        return
    if len(content_words(line)) < MIN_CONTENT:
        yield Fault(words="it tells too little")
    if len(split_sentences(line)) > 1:
        yield Fault(words="it has more than one sentence")
    if count_words(line) > max_words:
        yield Fault(words=f"it has {count_words(line)} words, and {max_words} are allowed")
    if _ADDRESS.search(line):
        yield Fault(words="it holds an address")
    yield from (Fault(words=flaw.what) for flaw in flaws(line) if flaw.weight >= FATAL)


def support_faults(line: str, quotes: Sequence[str]) -> tuple[Fault, ...]:
    """What a line says beyond its quotes, or leaves out of them; empty when they support it."""
    missing = check_support(line, quotes).missing
    faults = [_named(_WORDS_OF[each.kind].format(each.text), each.text, line) for each in missing]
    told = " ".join(each.text for each in missing)
    opposites = [strike for strike in weigh(line, "\n".join(quotes)).strikes if strike not in told]
    faults += [_named(f"“{strike}” is not what the statements say", strike, line) for strike in opposites]
    return (*faults, *_own_words(line, quotes))


def _named(said: str, part: str, line: str) -> Fault:
    return Fault(words=said, part=part if part in line else None)


def _own_words(line: str, quotes: Sequence[str]) -> Iterator[Fault]:
    """The line's content words that no quote has: too many in all, or too many in a row."""
    known = {stem(word) for quote in quotes for word in words(quote)}
    content = [token for token in tokens(line) if token.word not in STOPWORDS]
    own = [token for token in content if stem(token.word) not in known]
    if len(content) - len(own) < MIN_KNOWN * len(content):
        yield Fault(words="most of its words are in no statement")
        return
    for new, run in groupby(content, key=lambda token: stem(token.word) not in known):
        held = list(run)
        if new and len(held) >= MAX_OWN_WORDS:
            part = line[held[0].start : held[-1].end]
            yield Fault(words=f"no statement says “{part}”", part=part)


def cite(line: str, topic: Topic, *, max_citations: int) -> Cited:
    """The fewest of the topic's statements that support the line, then the others that bear it out.

    A single statement is preferred to several; of several none can be spared. `max_citations` are as many as are
    printed: a line that needs more is not supported by what a reader sees.
    """
    statements = offered(topic)
    needed = _single(line, statements) or _several(line, statements)
    if not needed:
        return Cited(faults=support_faults(line, [statement.text for statement in statements]))
    if len(needed) > max_citations:
        return Cited(faults=(Fault(words=f"it takes {len(needed)} statements to support it"),))
    if not _in_common(line, needed, topic):
        return Cited(faults=(Fault(words="the other articles say something else"),))
    return Cited(statements=_corroborated(line, needed, topic, max_citations))


def _in_common(line: str, needed: Sequence[Statement], topic: Topic) -> bool:
    """Whether another article than those cited, if there is one, has some of the line's words."""
    cited = {one.article_id for one in needed}
    told = [one.text for one in fit(topic) if one.article_id not in cited]
    texts = [topic.articles[key].text[:TEXT_READ] for key in topic.articles if key not in cited]
    return (
        not told
        or max(_known_share(line, text) for text in told) >= IN_COMMON
        or max(_known_share(line, text) for text in texts) >= IN_COMMON_WITH_TEXT
    )


def _known_share(line: str, text: str) -> float:
    """The share of the line's content words that the text has."""
    known = {stem(word) for word in words(text)}
    content = [stem(word) for word in content_words(line)]
    return sum(word in known for word in content) / max(1, len(content))


def _corroborated(line: str, needed: Sequence[Statement], topic: Topic, max_citations: int) -> tuple[Statement, ...]:
    """The needed statements, then all others that bear the line out; those that are printed support it together."""
    chosen = {one.id for one in needed}
    others = (one for one in fit(topic) if one.id not in chosen and corroborates(line, one.text))
    bearing = [one for one in others if not foretells(line, needed[0], one, topic)]
    cited, later = list(needed), []
    for statement in bearing:
        if len(cited) < max_citations and not support_faults(line, [one.text for one in (*cited, statement)]):
            cited.append(statement)
        else:
            later.append(statement)
    # Fewer are printed than could be when one of the others would take the support away.
    return (*cited, *later) if len(cited) == max_citations else tuple(cited)


def _single(line: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statement that has most of the line's words, of those that support it alone."""
    nearest = sorted(statements, key=lambda one: -_known_share(line, one.text))
    return next(((one,) for one in nearest if not support_faults(line, [one.text])), ())


def _several(line: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """All of them, then without each that can be spared, least central first."""
    needed = list(statements)
    if support_faults(line, [one.text for one in needed]):
        return ()
    for statement in reversed(statements):
        rest = [one for one in needed if one.id != statement.id]
        if rest and not support_faults(line, [one.text for one in rest]):
            needed = rest
    return tuple(needed)
