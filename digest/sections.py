"""Topics into the user's sections, by meaning and by words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.config import SectionConfig
from digest.language.words import content_words
from digest.models import Topic

CATCH_ALL = -1

# A topic's fit to a section: the cosine similarity of its vector to the nearest phrase, plus what words and headings
# say. Set on the bundled example and on one real day of sectioned lists; both name sections in their own words.
WORD = 0.08  # each content word of the section's phrases that the topic uses, up to three
HEADING = 0.4  # statements stood under a heading that shares a word with the section's title
CUT = 0.2  # below this a story belongs to no section
# A story stands together; a topic leaves it for a section that it and its story together fit by so much better. Set on
# five days with three to five sections (an invented country's, the example's, a war's): of the 17 topics that gain .18
# or more by leaving 16 ought to (a war's talks and arms, another vote); of the 26 that gain .04 to .16 four ought to,
# and the others are "44 people remain in hospital", of a train crash.
LEAVES = 0.17
# A story of no more topics than this is one event's, which only a topic leaves that itself fits the other section so
# well: on 122 single days of news in five sections 70 topics left theirs, some 20 rightly; with this 14 do, 8 rightly.
ONE_EVENT = 30
LEAVES_FIT = 0.5


def section_texts(sections: Sequence[SectionConfig]) -> tuple[str, ...]:
    """The texts to encode: each section's title and phrases, in order."""
    return tuple(text for section in sections for text in (section.title, *section.about))


def assign_sections(
    topics: Sequence[Topic],
    vectors: NDArray[np.float32],
    stories: NDArray[np.int64],
    sections: Sequence[SectionConfig],
    phrase_vectors: NDArray[np.float32],
) -> NDArray[np.int64]:
    """Return a section index per topic, (n,), CATCH_ALL for none.

    The topics come best first. `vectors` (n, dim) and `phrase_vectors` (phrases, dim; of `section_texts`) have rows of
    unit length; `stories` (n,) are story labels. A story has a section as a whole, by its topics' fit, of which the
    first counts most; a topic that fits another section far better stands there.
    """
    if not topics or not sections:
        return np.full(len(topics), CATCH_ALL, dtype=np.int64)
    own = np.array([[0.0] * len(sections)] * len(topics))
    at = 0
    for column, section in enumerate(sections):
        rows = slice(at, at + 1 + len(section.about))
        own[:, column] = (vectors @ phrase_vectors[rows].T).max(axis=1)
        own[:, column] += [_word_fit(topic, section) for topic in topics]
        at = rows.stop
    found = np.full(len(topics), CATCH_ALL, dtype=np.int64)
    for label in np.unique(stories):
        mine = np.flatnonzero(stories == label)
        found[mine] = _of_story(own[mine])
    return found


def _of_story(own: NDArray[np.float64]) -> NDArray[np.int64]:
    """The section of each of a story's topics, (n,), by their own fits (n, sections), the best topic's first."""
    weights = 1.0 / np.arange(1, len(own) + 1)
    fit = weights @ own / weights.sum()
    if fit.max() < CUT:
        return np.full(len(own), CATCH_ALL, dtype=np.int64)
    home = int(fit.argmax())
    both = own + own.mean(axis=0)
    leaves = both.max(axis=1) - both[:, home] >= LEAVES
    if len(own) <= ONE_EVENT:
        leaves &= own.max(axis=1) >= LEAVES_FIT
    return np.where(leaves, both.argmax(axis=1), home).astype(np.int64)


def _word_fit(topic: Topic, section: SectionConfig) -> float:
    wanted = {word for phrase in (section.title, *section.about) for word in content_words(phrase)}
    used = {word for statement in topic.statements for word in content_words(statement.text)}
    title = set(content_words(section.title))
    headed = [bool(title & set(content_words(statement.heading or ""))) for statement in topic.statements]
    return WORD * min(3, len(wanted & used)) + HEADING * (sum(headed) / len(headed))
