"""Articles as JSON Lines: `sources.jsonl` beside a brief, and the rows of the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from digest.errors import BriefFileError
from digest.models import Article

SOURCES_FILE = "sources.jsonl"
_FIELDS = tuple(field.name for field in fields(Article))


def sources_to_jsonl(articles: Sequence[Article]) -> str:
    """One article a line, in the order of their ids; unknown fields are left out."""
    return "".join(article_to_json(article) + "\n" for article in sorted(articles, key=lambda article: article.id))


def article_to_json(article: Article) -> str:
    """One article, without a line's end."""
    values = ((name, getattr(article, name)) for name in _FIELDS)
    kept = {name: value for name, value in values if value is not None and value is not False and value != ()}
    plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in kept.items()}
    return json.dumps(plain, ensure_ascii=False)


def sources_from_jsonl(text: str, *, subject: str) -> tuple[Article, ...]:
    """Read the articles back. Raises BriefFileError that names the line."""
    return tuple(
        article_from_json(line, subject=f"{subject}, line {number}")
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    )


def article_from_json(line: str, *, subject: str) -> Article:
    """Read one article back. Raises BriefFileError."""
    try:
        row = json.loads(line)
        if not isinstance(row, dict) or not set(row) <= {*_FIELDS}:
            raise BriefFileError(subject, "is not an article")
        for key in ("published", "updated"):
            if key in row:
                row[key] = datetime.fromisoformat(row[key])
        for key in ("authors", "tags"):
            if key in row:
                row[key] = tuple(row[key])
        return Article(**row)
    except (json.JSONDecodeError, TypeError, ValueError) as error:
        raise BriefFileError(subject, f"is damaged ({error})") from error
