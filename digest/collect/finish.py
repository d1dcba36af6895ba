"""From what a reader found to an article: clean text and fields, the source's own settings, a stable id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from digest.collect.clean import clean_text, tidy_field, without_title
from digest.collect.credits import take_credits
from digest.collect.decode import repair
from digest.collect.outcome import without_one_article_keys
from digest.collect.outlet_names import without_names
from digest.collect.raw import RawArticle, check_length
from digest.collect.times import parse_time
from digest.config import SourceConfig
from digest.language.datelines import sender
from digest.models import Article

_ID_LENGTH = 12  # hex digits of sha256: for 100,000 articles the chance of one collision is about 1 in 50,000


def finish(raw: RawArticle, *, label: str, source: SourceConfig) -> Article | None:
    """The article, or None when no text is left. Raises CollectError for a text of absurd length.

    Settings of the source win over what the file says. Those that describe one article (title, link, published) are
    not given to the entries of a file that holds many.
    """
    credits = take_credits(repair(check_length(raw.text, label=label)), header=False)
    cleaned, stub = clean_text(credits.text)
    own = source if raw.entry is None else without_one_article_keys(source)
    outlet, carrier = publishers(raw, credited=credits.outlet, first_on=credits.first_on)
    title = tidy_field(raw.title or credits.title) or ""
    title = own.title or without_names(title, (outlet, carrier, source.outlet, source.carrier))
    outlet, carrier = source.outlet or outlet or sender(cleaned), source.carrier or carrier
    text = without_title(cleaned, title)
    if not any(map(str.isalnum, text)):
        return None
    link = web_link(own.link) or web_link(raw.link)
    return Article(
        id=article_id(link=link, outlet=outlet, title=title, text=text),
        title=title,
        text=text,
        outlet=outlet,
        carrier=None if _same_name(outlet, carrier) else carrier,
        link=link,
        published=_utc(parse_time(own.published) or raw.published),
        updated=_utc(raw.updated),
        authors=_fields(raw.authors),
        lang=language_code(source.lang or raw.lang),
        tags=_fields(raw.tags),
        source=label if raw.entry is None else f"{label}#{raw.entry}",
        stub=raw.stub or stub,
    )


def publishers(raw: RawArticle, *, credited: str | None, first_on: str | None) -> tuple[str | None, str | None]:
    """The outlet and the carrier: a text that credits another outlet was only carried by the one that shows it."""
    shown, carrier = tidy_field(raw.outlet), tidy_field(raw.carrier)
    credit = tidy_field(credited) or tidy_field(first_on)
    if credit is None or _same_name(credit, shown):
        return shown or credit, carrier
    return credit, carrier or shown or tidy_field(first_on)


def _same_name(one: str | None, other: str | None) -> bool:
    """True for two spellings of one name: "The Coast Radio" and "coast radio"."""
    keys = ["".join(filter(str.isalnum, (name or "").casefold().removeprefix("the "))) for name in (one, other)]
    return bool(keys[0]) and keys[0] == keys[1]


def _utc(time: datetime | None) -> datetime | None:
    return time.astimezone(UTC) if time else None


def _fields(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field for value in values if (field := tidy_field(value))))


def language_code(code: str | None) -> str | None:
    """A language code as BCP 47 writes it ("en_US" gives "en-US"); None for what is none."""
    language, _, region = (code or "").strip().replace("_", "-").partition("-")
    if not (language.isascii() and language.isalpha() and 2 <= len(language) <= 3):
        return None
    known = region.replace("-", "").isalnum() and region.isascii() and len(region) <= 12
    return f"{language.casefold()}-{region}" if known else language.casefold()


def web_link(link: str | None) -> str | None:
    """The link if a browser may follow it: http or https, nothing unprintable, no spaces, quotes or brackets."""
    link = (link or "").strip()
    safe = link.casefold().startswith(("http://", "https://")) and link.isprintable()
    return link if safe and not set(link) & set('<>" \\') else None


def article_id(*, link: str | None, outlet: str | None, title: str, text: str) -> str:
    """12 hex digits that stay the same for the same text under the same name, wherever its file lies."""
    joined = "\x1f".join((link or "", outlet or "", title, text))
    return hashlib.sha256(joined.encode("utf-8", errors="surrogatepass")).hexdigest()[:_ID_LENGTH]
