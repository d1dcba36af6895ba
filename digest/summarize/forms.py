"""The forms of a statement that can stand as a line: trimmed, with a name put in brackets where one is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from digest.language.comments import is_comment
from digest.language.substance import ENOUGH, is_thin, substance
from digest.language.words import count_words
from digest.models import Article, Statement, Topic
from digest.summarize.antecedent import call_in_full
from digest.summarize.introduce import introduce, name_holder
from digest.summarize.restore import restore
from digest.summarize.standalone import FATAL, Flaw, dangling, flaws
from digest.summarize.support import check_support
from digest.summarize.trim import Form, shorten

FORMS_TRIED = 12  # per statement, best first
STRETCH = 1 / 5  # of `max_words`, above it, where several origins tell it and a cut would take a fact along
# Of `max_words`, above it, before what several tell or an article opens with is not told at all. Leads of agencies have
# 30 to 40 words, and no clause that can go (docs/line-quality.md).
LONG = 1 / 3

UNCLEAR = 0.5  # the flaw of a pronoun that nothing before it explains
# What each costs of the score of extractive.py, in which a sentence's place in its topic's middle counts 0 to 1.
BRACKETED = 0.3  # a restored subject is a second choice
INTRODUCED = 0.05  # an introduction in brackets is nearly as good as one in the sentence
COST = 0.06  # each unit of what the trimming cost
TOO_FLAWED = 0.3  # what one origin alone tells is no line where it has flaws of this weight
OPINION = TOO_FLAWED  # a reader would take it for news
THIN = TOO_FLAWED  # nothing to hold on to


@dataclass(frozen=True, slots=True, kw_only=True)
class Formed:
    """A form of a statement: its flaws with their weights, what was put in brackets, and what all that costs."""

    text: str
    flaws: tuple[Flaw, ...]
    cost: float
    steps: tuple[str, ...]

    @property
    def is_fatal(self) -> bool:
        """True for one that cannot stand alone."""
        return any(flaw.weight >= FATAL for flaw in self.flaws)


def most_words(max_words: int) -> int:
    """How long a line may be that tells what ought not to go untold, where `max_words` are not enough."""
    return int(max_words * (1 + LONG))


def may_be_long(topic: Topic, statement: Statement) -> bool:
    """Whether a statement ought not to go untold: several origins tell it, or its article opens with it."""
    return len(set(topic.origins)) > 1 or statement.position == 0


def forms(topic: Topic, statement: Statement, *, max_words: int, stand_alone: bool) -> Iterator[Formed]:
    """The statement's acceptable forms, best first: short enough, borne out, and, if asked, fit to `stand_alone`."""
    article = topic.articles[statement.article_id]
    titles = [one.title for one in topic.articles.values()]
    # What only one origin tells is not worth a long line.
    stretch = int(max_words * STRETCH) if len(set(topic.origins)) > 1 else 0
    for form in islice(shorten(statement.text, max_words=max_words, stretch=stretch), FORMS_TRIED):
        formed = _formed(form, article, statement, titles=titles)
        if (stand_alone and formed.is_fatal) or count_words(formed.text) > max_words + stretch:
            continue
        if check_support(formed.text, [statement.text], context=article.text).ok:
            yield formed


def _formed(form: Form, article: Article, statement: Statement, *, titles: Iterable[str]) -> Formed:
    """The form with its subject or its speaker's introduction restored where that is needed."""
    before = article.text[: statement.start]
    steps, cost = tuple(f"cut: {cut.what}" for cut in form.cuts), COST * form.cost
    text, found = form.text, flaws(form.text, titles=titles)
    if called := call_in_full(text, before=before) or name_holder(text, before=before):
        text, found = called.text, flaws(called.text, titles=titles)
        steps, cost = (*steps, f"named in full: {called.words}"), cost + INTRODUCED
    elif dangling(text, titles=titles):
        found = (*found, Flaw("no title says which one “the …” is", FATAL))
    unclear = any(flaw.weight >= UNCLEAR for flaw in found)
    if unclear and (restored := restore(text, before=before)):
        quoted = [Flaw("quotes whom another sentence names", 0.1)] if text[0] in "“‘\"'" else []
        text, found = restored.text, (*flaws(restored.text, titles=titles), *quoted)
        steps, cost = (*steps, f"subject restored: {restored.words}"), cost + BRACKETED
    elif introduced := introduce(text, article=article, at=statement.start):
        text = introduced.text
        steps, cost = (*steps, f"introduced: {introduced.words}"), cost + INTRODUCED
    return Formed(text=text, flaws=(*found, *_wanting(text, article)), cost=cost, steps=steps)


def _wanting(text: str, article: Article) -> Iterator[Flaw]:
    """The flaws of what tells too little: of a figure, a day and a speaker a comment is asked for two."""
    if is_comment(article) and substance(text) < ENOUGH:
        yield Flaw("is an opinion piece's own word", OPINION)
    if is_thin(text):
        yield Flaw("tells next to nothing", THIN)
