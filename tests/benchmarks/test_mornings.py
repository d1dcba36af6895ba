"""The mornings that the judge of stories is fitted on: what feeds give, made of stories told in full."""

import numpy as np

from benchmarks.fit_judge import LONG, TEASER_CHARACTERS, _long_or_teasers

SENTENCE = "The harbour council of Vesk met again on Monday evening. "
STORIES = [
    [{"story": story, "text": SENTENCE * count} for count in (6, 12, 30, 40)]  # 342 to 2,280 characters
    for story in range(30)
]


def test_a_morning_of_long_articles_has_nothing_else_but_teasers():
    random = np.random.RandomState(0)
    lengths = [[len(row["text"]) for row in _long_or_teasers(STORIES, random)] for _ in range(20)]
    assert all(length >= LONG or length <= TEASER_CHARACTERS[1] for morning in lengths for length in morning)
    shares = [np.mean([length >= LONG for length in morning]) for morning in lengths]
    assert min(shares) < 0.2
    assert max(shares) > 0.8
