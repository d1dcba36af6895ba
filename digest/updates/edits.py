"""What publishers have changed in sentences that an earlier issue cited, word by word, or have taken back.

White space, quotation marks, dashes and the way a sign is encoded are no edits. A sentence that has moved is none
either. Of what stands in the new text, the likeliest successor of a cited sentence is shown beside it; a sentence
without one is gone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from digest.language.corrections import is_notice, taken_back
from digest.language.quantities import find_quantities, same_quantity
from digest.language.sentences import split_sentences
from digest.language.words import content_words, normalise
from digest.models import Article, Citation, Edit, Edited, EditKind, EditPart, History

# The share of words in common (difflib's ratio) from which a sentence of the new text is the old one's successor. Over
# 0.5: most of the words of the two are in common.
SUCCESSOR = 0.5
_WORD = re.compile(r"\S+")
# A notice takes back a sentence of its outlet that has the wrong figure, and so many of whose words it has itself: half
# as many where the figure has three digits, which another thing hardly has. Set on invented notices (docs/updates.md).
OF_ONE_THING = 0.4
TELLING = 100


def find_edits(edited: Sequence[Edited]) -> tuple[Edit, ...]:
    """The edits of cited sentences, in the order of the articles and of their text."""
    return tuple(edit for one in edited for edit in _edits(one))


def _edits(one: Edited) -> Iterator[Edit]:
    now = _plain(one.after.text)
    sentences = [one.after.text[start:end] for start, end in split_sentences(one.after.text)]
    for quote in sorted(dict.fromkeys(one.quotes), key=one.before.text.find):
        if _plain(quote) in now:
            continue
        after = _successor(quote, sentences)
        yield Edit(
            issue=one.issue,
            article_id=one.before.id,
            label=one.after.label,
            title=one.after.title,
            link=one.after.link,
            edited=one.after.updated,
            before=quote,
            after=after,
            parts=word_diff(quote, after) if after else (EditPart(kind="deleted", text=quote),),
        )


def find_corrections(articles: Sequence[Article], history: History) -> tuple[Edit, ...]:
    """What a notice of an outlet ("Correction: …") takes back of what the issues told with it: "it was 31, not 37".

    Such a notice is told once, when it is first read. Each sentence of it takes back the newest citation that it fits.
    """
    notices = (one for one in articles if is_notice(one.title) and one.id not in history.read)
    return tuple(edit for notice in notices for edit in _corrections(notice, history))


def _corrections(notice: Article, history: History) -> Iterator[Edit]:
    known = frozenset(content_words(notice.text))
    for start, end in split_sentences(notice.text):
        sentence = notice.text[start:end]
        for told in history.told if taken_back(sentence) else ():
            wrong = [one for one in told.entry.line.citations if _is_taken_back(one, sentence, known, notice)]
            if wrong:
                quote = wrong[0].quote
                yield Edit(
                    issue=told.issue,
                    article_id=wrong[0].article_id,
                    label=notice.label,
                    title=notice.title,
                    link=notice.link,
                    edited=notice.published,
                    before=quote,
                    after=sentence,
                    parts=(EditPart(kind="deleted", text=quote), EditPart(kind="inserted", text=sentence)),
                )
                break


def _is_taken_back(citation: Citation, sentence: str, known: frozenset[str], notice: Article) -> bool:
    if notice.outlet is None or citation.outlet != notice.outlet:
        return False
    wrong = [
        one for one in find_quantities(citation.quote) if any(same_quantity(one, two) for two in taken_back(sentence))
    ]
    words = {word for word in content_words(citation.quote) if not word.isdigit()}
    needed = OF_ONE_THING / 2 if any(one.value >= TELLING for one in wrong) else OF_ONE_THING
    return bool(wrong) and len(words & known) >= needed * len(words)


def _successor(quote: str, sentences: Sequence[str]) -> str | None:
    """The sentence of the new text that is likest to the quote, if it is like it at all."""
    words = _keys(quote)
    scored = [
        (SequenceMatcher(None, words, _keys(one), autojunk=False).ratio(), -row) for row, one in enumerate(sentences)
    ]
    best, place = max(scored, default=(0.0, 0))
    return sentences[-place] if best > SUCCESSOR else None


def word_diff(before: str, after: str) -> tuple[EditPart, ...]:
    """The words that were kept, taken out and put in, in order. Kept words are shown as they stand now."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, list(map(_plain, old)), list(map(_plain, new)), autojunk=False)
    parts: list[EditPart] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts.append(_part("same", new[j1:j2]))
            continue
        parts += [_part("deleted", old[i1:i2])] if i1 < i2 else []
        parts += [_part("inserted", new[j1:j2])] if j1 < j2 else []
    return tuple(parts)


def same_words(first: str, second: str) -> bool:
    """Whether two texts have the same words, but for what is no edit."""
    return _keys(first) == _keys(second)


def _part(kind: EditKind, words: Sequence[str]) -> EditPart:
    return EditPart(kind=kind, text=" ".join(words))


def _keys(text: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(text)]


def _plain(text: str) -> str:
    """The text without what is no edit: ways to write a quote, a dash, a space, an accent; soft hyphens."""
    folded = normalise(unicodedata.normalize("NFKC", text)).replace("\u00ad", "").replace("\u200b", "")
    return " ".join(folded.replace('"', "'").split())
