import numpy as np
import pytest

from digest.updates.dated import Dated
from digest.updates.within import with_counts
from tests.fakes import article, statement


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("Radio reported eight deaths.", True),
        ("Radio had reported eight deaths.", False),
        ("By Monday night eight deaths had been reported.", True),
    ],
)
def test_what_others_had_reported_is_no_count_of_the_article(sentence, counted):
    text = f"Seven people were killed on the ferry. {sentence}"
    told = article("a", text)
    vector = np.ones(2, dtype=np.float32)
    both = [
        Dated(
            statement=statement(told, part),
            published=None,
            article=told,
            origin="a",
            topic="t1",
            vector=vector,
            lead=vector,
        )
        for part in (text[: text.index(".") + 1], sentence)
    ]
    values = [[count.value for count in one.counts] for one in with_counts(both)]
    assert values == ([[], [8.0]] if counted else [[7.0], []])
