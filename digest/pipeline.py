"""Articles to a brief, one call per stage, in the order of the picture in docs/design.md.

::

    articles ─window─▶ ─fold─▶ origins ─split─▶ statements ─encode─▶ vectors ─cluster─▶ topics ─group─▶ stories
    ─compare with earlier issues─▶ what is fresh ─let the newest lead─▶ ─write─▶ lines ─compose─▶ brief

From grouping on, a topic travels as a `compose.Candidate`: the topic, its score, its story and its section. Each step
hands on the ones that may still be told, and keeps for the others, in `fates`, why they are not::

    candidates           all topics, best first
    compared.fresh       what no earlier issue told, or what has changed since; the rest is `running`
    leading.candidates   what no later article of this window has overtaken
    shortlisted          as many as the brief has room for, and as many again to spare
    written              those with a sentence that can stand alone; `compose` takes the brief from them

Nothing here reads a file, a clock or a network: `now` is an argument, and the same input gives the same brief, in
whatever order the articles come.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from digest.compose import compose, shortlist
from digest.config import Config
from digest.copies import fold_copies
from digest.embeddings import Encoder
from digest.engines import Map, local_map
from digest.models import Article, Brief, Failure, History, Neighbour
from digest.steps.accounts import Results, ledger, trace
from digest.steps.lines import draft_lines, tells, written_lines
from digest.steps.overtaking import let_newest_lead
from digest.steps.standing import compare_with_history
from digest.steps.stories import group, statements_of, title_stories
from digest.steps.topics import cluster
from digest.steps.vectors import encode, split_articles
from digest.summarize import Summarizer
from digest.trace import Trace
from digest.updates import find_corrections, find_edits, told_texts
from digest.window import in_window, local_date, reach_words, series_at, series_name, window_at

OnStage = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A brief with what it can be checked against: the articles of its window, and the reasons."""

    brief: Brief
    articles: tuple[Article, ...]
    trace: Trace


def build_brief(
    articles: Sequence[Article],
    *,
    config: Config,
    encoder: Encoder,
    summarizer: Summarizer,
    now: datetime,
    failures: Sequence[Failure] = (),
    previous: Neighbour | None = None,
    history: History = History(),  # noqa: B008 - frozen
    each: Map = local_map,
    on_stage: OnStage = lambda stage: None,
) -> Issue:
    """Make one issue from articles. `now` is aware; `failures` are what collecting reports, for the ledger.

    `history` is what earlier issues told, as far as the store remembers; `previous` is the issue before this one in its
    series, to count from and to link to. `each` is the map that splits the articles and reads their statements: it may
    use other processes or machines. Raises NoArticlesError when there is no article, NothingNewError when none lies in
    the window.
    """
    on_stage("folding copies")
    window = window_at(now, config, last=history.until)
    taken = in_window(articles, window, config=config, history=history)
    origins = fold_copies(taken, config.copies)

    on_stage("splitting into statements")
    split = split_articles(origins, config, each)

    on_stage(f"encoding {len(split.statements)} statements")
    vectors = encode(split, config, encoder, told=told_texts(history))

    on_stage("clustering into topics")
    ranked = cluster(split, origins, vectors, config, now, each)

    on_stage("grouping into stories")
    candidates = group(ranked, vectors, config)

    on_stage("comparing with earlier issues")
    has_line = partial(tells, summarizer)
    compared = compare_with_history(candidates, split, origins, vectors, history, now=now, tells=has_line)
    leading = let_newest_lead(compared.fresh, vectors, tells=has_line)

    on_stage("writing lines")
    shortlisted = shortlist(leading.candidates, config)
    drafts = draft_lines(shortlisted, ranked, summarizer)
    dropped = statements_of(candidates) - statements_of(leading.candidates)
    titled = title_stories(shortlisted, compared.running, drafts=drafts, read=history.read, dropped=dropped)
    written = written_lines(titled.candidates, drafts, origins, vectors.articles, now)

    on_stage("composing the brief")
    with_topics = frozenset(candidate.section for candidate in candidates)
    body = compose(
        written, config=config, origins=origins, titles=titled.titles, with_topics=with_topics, running=titled.running
    )
    results = Results(
        read=articles,
        taken=taken,
        origins=origins,
        split=split,
        ranked=ranked,
        candidates=candidates,
        compared=compared,
        leading=leading,
        drafts=drafts,
        body=body,
    )
    brief = Brief(
        title=series_name(config),
        date=local_date(now, config),
        window=window,
        series=series_at(now, config, previous),
        sections=body.sections,
        sources=body.sources,
        ledger=ledger(results, failures, since=window.since, notes=reach_words(window, config, last=history.until)),
        edits=(*find_edits(history.edited), *find_corrections(taken, history)),
    )
    return Issue(brief=brief, articles=taken, trace=trace(results, config))
