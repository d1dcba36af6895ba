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
STORY = 0.35  # how much the story's mean fit counts beside the topic's own
CUT = 0.2  # below this a topic belongs to no section


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

    `vectors` (n, dim) and `phrase_vectors` (phrases, dim; of `section_texts`) have rows of unit length; `stories` (n,)
    are story labels: a story's topics lean on each other, so that one story is not torn apart over small differences,
    and those that fit no section follow where more than half of the story stands.
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
    fit = (1 - STORY) * own + STORY * _story_means(own, stories)
    fitting = np.where(fit.max(axis=1) >= CUT, fit.argmax(axis=1), CATCH_ALL).astype(np.int64)
    return np.where(fitting == CATCH_ALL, _story_homes(fitting, stories), fitting)


def _word_fit(topic: Topic, section: SectionConfig) -> float:
    wanted = {word for phrase in (section.title, *section.about) for word in content_words(phrase)}
    used = {word for statement in topic.statements for word in content_words(statement.text)}
    title = set(content_words(section.title))
    headed = [bool(title & set(content_words(statement.heading or ""))) for statement in topic.statements]
    return WORD * min(3, len(wanted & used)) + HEADING * (sum(headed) / len(headed))


def _story_means(fit: NDArray[np.float64], stories: NDArray[np.int64]) -> NDArray[np.float64]:
    sums = np.zeros((int(stories.max()) + 1, fit.shape[1]))
    np.add.at(sums, stories, fit)
    return np.asarray((sums / np.bincount(stories)[:, None])[stories], dtype=np.float64)


def _story_homes(fitting: NDArray[np.int64], stories: NDArray[np.int64]) -> NDArray[np.int64]:
    """Per topic the section in which more than half of its story's topics stand, (n,); CATCH_ALL where none has."""
    homes = np.full(len(stories), CATCH_ALL, dtype=np.int64)
    for label in np.unique(stories):
        mine = fitting[stories == label]
        counts = np.bincount(mine[mine != CATCH_ALL], minlength=1)
        if 2 * counts.max() > len(mine):
            homes[stories == label] = counts.argmax()
    return homes
