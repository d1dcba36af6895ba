import numpy as np
import pytest

from digest.models import Article, Statement
from digest.topics import article_vectors
from digest.topics.articles import LEAD_CHARACTERS

TITLE, FIRST, SECOND, OTHER = np.eye(4, dtype=np.float32)


def article(name, title="A ferry sank"):
    return Article(id=name, title=title, text="x" * 5000)


def statement(home, start, text="0123456789"):
    return Statement(id=f"{home}:{start}", article_id=home, start=start, end=start + len(text), text=text, position=0)


def made(articles, statements, vectors, titles):
    shape = (len(statements), 4)
    vectors = np.array(vectors, dtype=np.float32).reshape(shape)
    return article_vectors({one.id: one for one in articles}, statements, vectors, np.stack(titles))


def test_title_and_first_statements_weigh_as_much_as_they_are_long():
    told = [statement("a1", 0, "0123456789"), statement("a1", 11, "01234567890123456789")]
    found = made([article("a1", "Ferry")], told, [FIRST, SECOND], [TITLE])["a1"]
    wanted = 5 * TITLE + 10 * FIRST + 20 * SECOND
    assert found.tolist() == pytest.approx((wanted / np.linalg.norm(wanted)).tolist())


def test_what_stands_far_down_does_not_count():
    told = [statement("a1", 0), statement("a1", LEAD_CHARACTERS + 1)]
    assert made([article("a1")], told, [FIRST, OTHER], [TITLE])["a1"][3] == 0


def test_an_article_that_starts_late_has_its_first_statement():
    told = [statement("a1", 3000), statement("a1", 3100)]
    assert made([article("a1", "")], told, [FIRST, OTHER], [TITLE])["a1"].tolist() == FIRST.tolist()


def test_an_article_without_statements_goes_by_its_title():
    found = made([article("a1"), article("a2", "")], [], [], [TITLE, OTHER])
    assert found["a1"].tolist() == TITLE.tolist()
    assert found["a2"].tolist() == [0, 0, 0, 0]


def test_vectors_do_not_depend_on_the_order_of_articles():
    random = np.random.RandomState(0)
    articles = [article("a1", "A ferry sank off Osmark"), article("a2", "The levy rose")]
    told = [statement(one.id, 30 * place, "y" * (20 + place)) for one in articles for place in range(6)]
    vectors, titles = random.standard_normal((12, 4)), random.standard_normal((2, 4)).astype(np.float32)
    found = made(articles, told, vectors, titles)
    turned = made(articles[::-1], told[6:] + told[:6], np.roll(vectors, 6, axis=0), titles[::-1])
    assert list(turned) == ["a2", "a1"]
    assert all(found[key].tobytes() == turned[key].tobytes() for key in found)
