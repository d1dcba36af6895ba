import pytest

from digest.language.comments import is_comment
from tests.fakes import article


@pytest.mark.parametrize(
    "fields",
    [
        {"link": "https://harbour.example/opinion/2026/03/04/the-levy-is-right"},
        {"link": "https://harbour.example/2026/03/04/opinions/the-levy/"},
        {"link": "https://harbour.example/voices/editorials/the-levy?utm=1"},
        {"link": "https://harbour.example/commentisfree/2026/mar/04/levy"},
        {"title": "Opinion: The levy is right"},
        {"title": "Editorial | The levy is right"},
        {"tags": ("Fisheries", "Opinion")},
        {"outlet": "Harbour Post (Opinion)"},
    ],
)
def test_a_comment_is_one_where_its_outlet_says_so(fields):
    assert is_comment(article("a", "The levy is right.", **fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"link": "https://opinion.example/news/levy"},
        {"link": "https://harbour.example/news/public-opinion-on-the-levy"},
        {"link": "https://harbour.example/news/court-issues-two-opinions"},
        {"link": "https://harbour.example/news/court-issues-two-opinions/?utm=1"},
        {"link": "https://harbour.example/news/opinion-poll-levy"},
        {"title": "Opinion polls put the Coast Party ahead"},
        {"title": "Commentary box collapses at Osmark"},
        {"tags": ("Opinion polls",)},
        {"outlet": "Opinion Research"},
        {},
    ],
)
def test_news_about_opinions_is_news(fields):
    assert not is_comment(article("a", "The levy is right.", **fields))
