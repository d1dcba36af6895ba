from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from digest.config import StoriesConfig
from digest.models import Article, Statement, Topic
from digest.topics import group_articles, main_stories, told_stories, topic_vectors
from digest.topics.stories import STORY_FEATURES, StoryComparison

FERRY, LEVY = 0, 1


def unit(rows):
    vectors = np.asarray(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def article(name, title, text):
    return Article(id=name, title=title, text=text)


ARTICLES = [
    article("a1", "Ferry sinks off Osmark", "The ferry Alba sank off Osmark. Divers searched the wreck of the Alba."),
    article("a2", "Osmark mourns after ferry sinking", "Osmark mourned the ferry Alba, which sank on Monday."),
    article("a3", "Velden council raises the fish levy", "The Velden council raised its fish levy. Traders protested."),
    article("a4", "Fish levy rises in Velden", "Traders in Velden protested as the council raised the fish levy."),
]
VECTORS = unit([[1, 0.05, 0.1], [1, 0.1, 0.02], [0.04, 1, 0.1], [0.1, 1, 0.03]])


def group_stories(topics, vectors, known, *, config):
    return main_stories(told_stories(topics, vectors, known, config=config))


def topic(number, articles, text):
    statements = tuple(
        Statement(id=f"{one.id}:{number}", article_id=one.id, start=0, end=len(text), text=text, position=number)
        for one in articles
    )
    return Topic(
        id=f"t{number}",
        statements=statements,
        origins=tuple(one.id for one in articles),
        centrality=(1.0,) * len(articles),
        articles={one.id: one for one in articles},
    )


def test_articles_about_one_event_are_one_story():
    assert group_articles(ARTICLES, VECTORS, config=StoriesConfig()).tolist() == [0, 0, 1, 1]


def test_what_has_nothing_to_do_with_the_other_is_another_story_whatever_words_it_shares():
    alike = [ARTICLES[0], article("a5", ARTICLES[0].title, ARTICLES[0].text)]
    for cosine, stories in ((0.8, [0, 0]), (0.14, [0, 1])):
        vectors = unit([[1, 0, 0], [cosine, (1 - cosine**2) ** 0.5, 0]])
        assert group_articles(alike, vectors, config=StoriesConfig()).tolist() == stories


def test_stories_do_not_depend_on_the_order_of_articles():
    order = [2, 0, 3, 1]
    turned = group_articles([ARTICLES[row] for row in order], VECTORS[order], config=StoriesConfig())
    assert turned.tolist() == [0, 1, 0, 1]


def test_the_map_reads_each_text_of_a_comparison():
    read = []

    def each(function, values):
        read.extend(values)
        return map(function, values)

    pairs = np.array([[0, 1], [1, 2]])
    found = StoryComparison(ARTICLES, VECTORS, each)(pairs)
    assert read == list(ARTICLES)
    np.testing.assert_array_equal(found, StoryComparison(ARTICLES, VECTORS)(pairs))


@pytest.mark.parametrize(
    ("levy", "stories"),
    [
        pytest.param(
            [ARTICLES[2], ARTICLES[3]], 4, id="two facts of each event: each is a story, so is what it alone tells"
        ),
        pytest.param([], 3, id="one fact of the second event may be no fact of it: what it alone tells is its story"),
    ],
)
def test_a_round_up_does_not_weld_its_events_together(levy, stories):
    round_up = article("a5", "Morning briefing", "A ferry sank. A levy rose. A glacier melted. A poet won a prize.")
    about = [
        topic(1, [ARTICLES[0], ARTICLES[1], round_up], "The ferry Alba sank off Osmark."),
        topic(2, [ARTICLES[0], ARTICLES[1], round_up], "Divers went down to the Alba."),
        topic(3, [ARTICLES[2], ARTICLES[3], round_up], "The Velden council raised its levy on fish."),
        topic(4, [*levy, round_up], "Traders in Velden protested."),
        topic(5, [round_up], "A glacier melted in the north."),
        topic(6, [round_up], "A poet from Lund won the prize for letters."),
    ]
    vectors = unit(np.eye(6))
    known = {one.id: np.append(row, [0, 0, 0]).astype(np.float32) for one, row in zip(ARTICLES, VECTORS, strict=True)}
    known["a5"] = unit([[1, 1, 1, 1, 1, 1]])[0]
    labels = group_stories(about, vectors, known, config=StoriesConfig())
    assert len(set(labels.tolist())) == stories


@pytest.mark.parametrize(("title", "stories"), [("Strait: list of key events, day 12", 3), ("A ferry sinks", 1)])
def test_a_list_under_headings_need_not_be_wide_to_be_a_round_up(title, stories):
    listed = article("a6", title, "A ferry sank. Divers went down. A levy rose. A poet won a prize.")
    told = ("The ferry Alba sank.", "Divers went down to the Alba.", "The levy on fish rose.", "A poet won a prize.")
    about = [
        replace(one, statements=tuple(replace(each, heading=heading) for each in one.statements))
        for one, heading in zip(
            (topic(number, [listed], text) for number, text in enumerate(told, start=1)),
            ("At sea", "At sea", "Trade", "Culture"),
            strict=True,
        )
    ]
    vectors = unit([[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 0, 1]])
    known = {"a6": unit([[1, 0.1, 0.1]])[0]}
    labels = group_stories(about, vectors, known, config=StoriesConfig())
    assert len(set(labels.tolist())) == stories


def test_topics_of_one_article_that_are_about_it_share_its_story():
    about = [
        topic(1, [ARTICLES[0]], "The ferry Alba sank off Osmark."),
        topic(2, [ARTICLES[0], ARTICLES[1]], "Divers searched the wreck of the Alba."),
        topic(3, [ARTICLES[2]], "The Velden council raised its levy on fish."),
    ]
    vectors = unit([[1, 0.05, 0.1], [1, 0.3, 0.1], [0.1, 1, 0.1]])
    known = {one.id: row for one, row in zip(ARTICLES, VECTORS, strict=True)}
    assert group_stories(about, vectors, known, config=StoriesConfig()).tolist() == [0, 0, 1]


def test_a_topic_of_two_articles_may_be_of_two_stories():
    about = [topic(1, [ARTICLES[0], ARTICLES[2]], "Some forty people waited at the town hall.")]
    known = {one.id: row for one, row in zip(ARTICLES, VECTORS, strict=True)}
    assert told_stories(about, unit([[1, 1, 0]]), known, config=StoriesConfig()) == [{"a1": 0, "a3": 1}]


def test_a_detail_stays_with_its_article_however_far_it_lies():
    about = [
        topic(1, [ARTICLES[0]], "The ferry Alba sank off Osmark."),
        topic(2, [ARTICLES[0]], "Families waited at the town hall for the names."),
    ]
    vectors = unit([[1, 0.05, 0.1], [0, 0.1, 1]])
    known = {one.id: row for one, row in zip(ARTICLES, VECTORS, strict=True)}
    labels = group_stories(about, vectors, known, config=StoriesConfig())
    assert labels.tolist() == [0, 0]


def test_no_topics_have_no_stories():
    assert group_stories([], np.zeros((0, 3), dtype=np.float32), {}, config=StoriesConfig()).tolist() == []


def test_days_are_compared_where_both_are_known():
    compare = StoryComparison(
        [
            replace(ARTICLES[0], published=datetime(2026, 3, day, 12, tzinfo=UTC) if day else None)
            for day in (1, 3, 9, None)
        ],
        unit(np.eye(4)),
    )
    days = STORY_FEATURES.index("days")
    found = compare(np.array([[0, 1], [0, 2], [0, 3]]))[:, days]
    assert found[:2].tolist() == [2.0, 3.0]
    assert np.isnan(found[2])


def test_a_topic_vector_is_the_unit_mean_of_its_statements():
    found = topic_vectors(np.array([0, 0, 1]), unit([[1, 0], [0, 1], [1, 0]]))
    assert found[0].tolist() == pytest.approx([0.5**0.5, 0.5**0.5])
    assert found[1].tolist() == [1.0, 0.0]
