"""Which of the user's sections a topic goes to."""

import numpy as np

from digest.config import SectionConfig
from digest.sections import CATCH_ALL, ONE_EVENT, assign_sections
from tests.fakes import article, topic

SECTIONS = [SectionConfig(title="Rails", about=["walkouts"]), SectionConfig(title="Banks", about=["loans"])]
PHRASES = np.eye(5, dtype=np.float32)[[0, 0, 1, 1]]
NOWHERE = 2


def sections_of(fits, stories):
    """The sections of topics that are each like the phrases of section 0 or 1, or like none."""
    topics = [topic((a, a.text)) for a in (article(str(n), "Gulls circled over Osmark.") for n in range(len(fits)))]
    vectors = np.eye(5, dtype=np.float32)[fits]
    return assign_sections(topics, vectors, np.array(stories), SECTIONS, PHRASES).tolist()


def test_a_topic_goes_where_its_meaning_is():
    assert sections_of([0, 1, NOWHERE], [0, 1, 2]) == [0, 1, CATCH_ALL]


def test_a_topic_that_fits_nowhere_follows_its_story():
    faint = np.full(5, 0.1, dtype=np.float32)  # its own fit and its story's are too little for a section
    faint[4] = 0.95
    topics = [topic((a, a.text)) for a in (article(str(n), "Gulls circled over Osmark.") for n in range(4))]
    near = np.eye(5, dtype=np.float32)[0] * 0.3
    near[3] = 0.95
    vectors = np.stack([near, near, faint, faint])
    for stories, expected in (([0, 0, 0, 1], [0, 0, 0, CATCH_ALL]), ([0, 0, 1, 1], [0, 0, CATCH_ALL, CATCH_ALL])):
        assert assign_sections(topics, vectors, np.array(stories), SECTIONS, PHRASES).tolist() == expected


def test_a_story_stands_together_unless_a_topic_clearly_belongs_elsewhere():
    rails, banks = np.eye(5, dtype=np.float32)[0], np.eye(5, dtype=np.float32)[1]

    def last_of(fits, last):
        topics = [topic((a, a.text)) for a in (article(str(n), "Gulls circled.") for n in range(len(fits) + 1))]
        vectors = np.stack([*(rails * fit for fit in fits), banks * last]).astype(np.float32)
        return assign_sections(topics, vectors, np.zeros(len(topics), dtype=np.int64), SECTIONS, PHRASES).tolist()[-1]

    assert last_of([0.6, 0.5], 0.3) == 0, "it fits the other section alone, but not by far"
    assert last_of([0.6, 0.5], 0.45) == 0, "by far, but not well"
    assert last_of([0.6, 0.5], 0.9) == 1
    assert last_of([0.25] * ONE_EVENT, 0.45) == 1, "so long a story is of more than one event"
