"""Is an article a comment: a leader, a column, an opinion piece? Its outlet says so, or nobody does."""

from __future__ import annotations

import re

from digest.models import Article

# A folder of a link, not its page: "…/news/court-issues-two-opinions" is news. Of the development news's articles 38
# have one of these, all of them comments by the labels; it finds a quarter of those labelled so, among which are
# analyses. Of the pages of four feeds it has four, all comments.
_FOLDER = re.compile(
    r"//[^/]+(?:/[^/?#]+)*?/(?:[a-z-]*opinions?|editorials?|commentisfree|comment|commentary|columns?|columnists?|voices"
    r"|perspectives?|op-?eds?|ideas)/[^/?#]",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:opinion|editorial|comment|commentary|op-ed|column|columnists?)s?", re.IGNORECASE)
_LABEL = re.compile(r"(?:opinion|editorial|comment|commentary|op-ed|column)\s*(?::|\|)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\((?:opinion|editorial|commentary)s?\)\s*$", re.IGNORECASE)


def is_comment(article: Article) -> bool:
    """Whether the article's link, title, tags or outlet call it an opinion, an editorial or a column."""
    return bool(
        _FOLDER.search(article.link or "")
        or _LABEL.match(article.title)
        or _IN_BRACKETS.search(article.outlet or "")
        or any(_NAMED.fullmatch(tag.strip()) for tag in article.tags)
    )
