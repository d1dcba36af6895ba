"""Articles to a brief, one call per stage, in the order of the picture in docs/design.md.

::

    articles ─window─▶ ─fold─▶ origins ─split─▶ statements ─encode─▶ vectors ─cluster─▶ topics ─group─▶ stories
    ─write─▶ lines ─compose─▶ brief

Nothing here reads a file, a clock or a network: `now` is an argument, and the same input gives the same brief, in
whatever order the articles come.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain

import numpy as np

from digest import accounts
from digest.compose import Candidate, TopicDifference, Written, compose, shortlist, source_label
from digest.config import Config
from digest.copies import fold_copies
from digest.differences import find_differences
from digest.embeddings import Encoder
from digest.engines import Map, local_map
from digest.language.claims import attribution
from digest.language.headlines import names_a_list
from digest.models import Article, Brief, Draft, Failure, History, Neighbour, Omission, Origin, Statement, Topic
from digest.origins import article_labels, statement_origins
from digest.overtaking import settle
from digest.rank import topic_scores
from digest.sections import assign_sections, section_texts
from digest.standing import part, read_before, running_fates, stand
from digest.statements import extract_statements, heading_lines
from digest.summarize import Summarizer
from digest.titles import story_title
from digest.topics import Clustering, article_text_for_encoding, cluster_statements, group_stories, topic_vectors
from digest.topics.arrays import Labels, Vectors
from digest.trace import Trace, TracedLink
from digest.updates import find_edits, remember, told_texts
from digest.window import in_window, local_date, series_at, window_at

REASONS_KEPT = 5  # per pair, the strongest, for `digest explain`

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
    """Make one issue from articles. `now` is aware; `failures` are what collecting reports, for the ledger;
    `history` is what earlier issues told; `each` is the map that splits the articles.

    Raises NoArticlesError when there is no article, NothingNewError when none lies in the window.
    """
    on_stage("folding copies")
    window = window_at(now, config, last=history.until)
    taken = in_window(articles, window, config=config, history=history)
    origins = fold_copies(taken, config.copies)

    on_stage("splitting into statements")
    split = _split(origins, config, each)

    on_stage(f"encoding {len(split.statements)} statements")
    vectors = _encode(split, config, encoder, told=told_texts(history))

    on_stage("clustering into topics")
    ranked = _cluster(split, origins, vectors, config, now)

    on_stage("grouping into stories")
    candidates = _group(ranked, vectors, config)

    on_stage("comparing with earlier issues")
    rows = {statement.id: vector for statement, vector in zip(split.statements, vectors.statements, strict=True)}
    standing = _compare(candidates, split, origins, vectors, rows, history)
    settled = settle([one for one in standing if one.status != "running"], vectors=rows, leads=vectors.articles)
    running = tuple(one for one in standing if one.status == "running")

    on_stage("writing lines")
    listed, titles = _title_stories((*shortlist(settled.candidates, config), *running))
    chosen, running = listed[: len(listed) - len(running)], listed[len(listed) - len(running) :]
    topics = [candidate.topic for candidate in chosen]
    drafts = {topic.id: draft for topic, draft in zip(topics, summarizer.write_all(topics), strict=True)}
    carriers = _carriers(origins)
    written = [_written(one, draft, carriers, now) for one in chosen if (draft := drafts[one.topic.id])]
    written.sort(key=lambda line: (-line.candidate.score, line.candidate.topic.id))

    on_stage("composing the brief")
    crowded = frozenset(candidate.section for candidate in candidates)
    body = compose(written, config=config, origins=origins, titles=titles, crowded=crowded, running=running)
    fates = accounts.fates_of(drafts, {**body.fates, **settled.fates, **running_fates(running)})
    brief = Brief(
        title=config.series.name if config.series else config.brief.title,
        date=local_date(now, config),
        window=window,
        series=series_at(now, config, previous),
        sections=body.sections,
        sources=body.sources,
        ledger=accounts.ledger(
            articles,
            origins,
            statements=len(split.statements),
            omissions=split.omissions,
            fates={one.topic.id: fates.of(one.topic.id) for one in candidates},
            failures=failures,
            drafts=drafts,
            updated=sum(entry.status == "updated" for entry in body.entries),
            running=len(running),
        ),
        edits=find_edits(history.edited),
    )
    whole = {candidate.topic.id: candidate.topic for candidate in candidates}
    links = {topic.id: ranked.links(whole[topic.id]) for topic in topics}
    trace = accounts.trace(
        candidates, drafts=drafts, fates=fates, links=links, omissions=split.omissions, config=config,
        outside=set(articles).difference(taken),
    )  # fmt: skip
    return Issue(brief=brief, articles=taken, trace=trace)


# --- statements and vectors -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Split:
    """The statements of the articles that stand for their origins, and the pieces left out."""

    statements: tuple[Statement, ...]
    omissions: tuple[Omission, ...]
    articles: Mapping[str, Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Encoded:
    """Vectors of the statements (n, dim), of the articles by id, of the sections' phrases and of what was told."""

    statements: Vectors
    articles: Mapping[str, Vectors]
    phrases: Vectors
    told: Vectors


def _split(origins: Sequence[Origin], config: Config, each: Map) -> _Split:
    articles = {origin.articles[0].id: origin.articles[0] for origin in origins}
    # A heading that one copy has on a line of its own helps to find it where another runs it into a sentence.
    headings = frozenset(chain.from_iterable(heading_lines(a) for origin in origins for a in origin.articles))
    split = partial(extract_statements, config=config.statements, known_headings=headings)
    extractions = list(each(split, articles.values()))
    return _Split(
        statements=tuple(statement for extraction in extractions for statement in extraction.statements),
        omissions=tuple(omission for extraction in extractions for omission in extraction.omissions),
        articles=articles,
    )


def _encode(split: _Split, config: Config, encoder: Encoder, *, told: Sequence[str]) -> _Encoded:
    """One call to the encoder for everything, so that it can fill its batches."""
    texts = [statement.text for statement in split.statements]
    leads = [article_text_for_encoding(article) for article in split.articles.values()]
    phrases = section_texts(config.sections)
    vectors = encoder.encode([*texts, *leads, *phrases, *told])
    ends = np.cumsum([len(texts), len(leads), len(phrases)])
    statements, articles, sections, earlier = np.split(vectors, ends)
    return _Encoded(
        statements=statements,
        articles=dict(zip(split.articles, articles, strict=True)),
        phrases=sections,
        told=earlier,
    )


# --- topics and stories -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """Topics by importance, t1 first, with their scores, their mean vectors (topics, dim) and the judge's reasons."""

    topics: tuple[Topic, ...]
    scores: tuple[float, ...]
    vectors: Vectors
    clustering: Clustering
    rows: Mapping[str, int]

    def links(self, topic: Topic) -> tuple[TracedLink, ...]:
        """Why each statement of the topic joined the one before it that it is likest to, by the judge."""
        rows = [self.rows[statement.id] for statement in topic.statements]
        if len(rows) < 2:
            return ()
        likely = self.clustering.probabilities(rows).round(6)  # of equal ones the first, whatever their last bits
        return tuple(self._link(rows, int(likely[:right, right].argmax()), right) for right in range(1, len(rows)))

    def _link(self, rows: Sequence[int], left: int, right: int) -> TracedLink:
        verdict = self.clustering.explain(rows[left], rows[right])
        strongest = sorted(verdict.reasons, key=lambda reason: (-abs(reason.contribution), reason.name))
        return TracedLink(
            left=left,
            right=right,
            probability=verdict.probability,
            reasons=tuple((one.name, one.value, one.contribution) for one in strongest[:REASONS_KEPT]),
        )


def _cluster(split: _Split, origins: Sequence[Origin], vectors: _Encoded, config: Config, now: datetime) -> _Ranked:
    clustering = cluster_statements(
        split.statements, split.articles, vectors.statements, vectors.articles, config=config.topics
    )
    means = topic_vectors(clustering.labels, vectors.statements)
    homes = {origin.articles[0].id: article_labels(origin.articles[0], origin.id) for origin in origins}
    carriers = _carriers(origins)
    topics = [
        _topic(rows, split, homes, vectors.statements, mean)
        for rows, mean in zip(_rows(clustering.labels), means, strict=True)
    ]
    scores = topic_scores(topics, [_outlets(topic.articles, carriers) for topic in topics], now=now)
    order = sorted(range(len(topics)), key=lambda row: (-scores[row], topics[row].statements[0].id))
    return _Ranked(
        topics=tuple(replace(topics[row], id=f"t{rank}") for rank, row in enumerate(order, start=1)),
        scores=tuple(scores[row] for row in order),
        vectors=means[order],
        clustering=clustering,
        rows={statement.id: row for row, statement in enumerate(split.statements)},
    )


def _rows(labels: Labels) -> list[list[int]]:
    rows: list[list[int]] = [[] for _ in range(int(labels.max()) + 1 if len(labels) else 0)]
    for row, label in enumerate(labels.tolist()):
        rows[label].append(row)
    return rows


def _topic(
    rows: Sequence[int], split: _Split, homes: Mapping[str, frozenset[str]], vectors: Vectors, mean: Vectors
) -> Topic:
    statements = tuple(split.statements[row] for row in rows)
    articles = {statement.article_id: split.articles[statement.article_id] for statement in statements}
    return Topic(
        id="",
        statements=statements,
        origins=statement_origins(statements, homes),
        centrality=tuple(float(vectors[row] @ mean) for row in rows),
        articles=articles,
    )


def _carriers(origins: Sequence[Origin]) -> dict[str, frozenset[str]]:
    """By the id of the article that stands for an origin: who carries it, its own outlet and those of its copies."""
    return {origin.articles[0].id: frozenset(map(source_label, origin.articles)) for origin in origins}


def _outlets(article_ids: Collection[str], carriers: Mapping[str, frozenset[str]]) -> int:
    """How many outlets carry these articles."""
    return len(frozenset().union(*(carriers[article_id] for article_id in article_ids)))


def _group(ranked: _Ranked, vectors: _Encoded, config: Config) -> tuple[Candidate, ...]:
    stories = group_stories(ranked.topics, ranked.vectors, vectors.articles, config=config.stories)
    sections = assign_sections(ranked.topics, ranked.vectors, stories, config.sections, vectors.phrases)
    return tuple(
        Candidate(topic=topic, score=score, section=int(section), story=int(story))
        for topic, score, section, story in zip(ranked.topics, ranked.scores, sections, stories, strict=True)
    )


def _compare(
    candidates: Sequence[Candidate],
    split: _Split,
    origins: Sequence[Origin],
    vectors: _Encoded,
    rows: Mapping[str, Vectors],
    history: History,
) -> tuple[Candidate, ...]:
    """The candidates beside what earlier issues told; `rows` are the statements' vectors by id."""
    if not history.told and not history.read:
        return tuple(candidates)
    return stand(
        candidates,
        vectors=rows,
        leads=vectors.articles,
        memory=remember(history, vectors.told),
        read=read_before(split.statements, origins, history),
    )


def _title_stories(candidates: Sequence[Candidate]) -> tuple[tuple[Candidate, ...], dict[int, str | None]]:
    """Title each story from the titles of its topics' articles; two stories that get one title are one story."""
    articles: dict[int, dict[str, Article]] = {}
    for candidate in candidates:
        articles.setdefault(candidate.story, {}).update(candidate.topic.articles)
    titles = {label: _title(list(group.values())) for label, group in articles.items()}
    first = {title: label for label, title in reversed(titles.items()) if title}
    home = {label: first[title] if title else label for label, title in titles.items()}
    return tuple(replace(one, story=home[one.story]) for one in candidates), titles


def _title(articles: Sequence[Article]) -> str | None:
    titled = sorted((one for one in articles if one.title and not names_a_list(one.title)), key=lambda one: one.id)
    outlets = [article.outlet for article in titled if article.outlet]
    return story_title([a.title for a in titled], texts=[a.text for a in titled], outlets=outlets)


# --- lines ------------------------------------------------------------------------------------------------------------


def _written(candidate: Candidate, draft: Draft, carriers: Mapping[str, frozenset[str]], now: datetime) -> Written:
    """The candidate with its line, counted by those who bear the line out, and ranked by the topic and by them alike.

    The topic's own score counts a paraphrase too far off to be cited; the other one, what the line rests on.
    """
    found = _differences(candidate.topic)
    shown = {difference.what for difference in candidate.differences}
    differences = (*candidate.differences, *(difference for difference in found if difference.what not in shown))
    differing = (one for difference in differences for _, _, told in difference.values for one in told)
    backed = part(candidate.topic, {one.id for one in chain(draft.statements, differing)})
    outlets = _outlets(backed.articles, carriers)
    [score] = topic_scores([backed], [outlets], now=now)
    claim = attribution(draft.text)
    return Written(
        candidate=replace(candidate, score=(candidate.score + score) / 2),
        draft=_without_contradicting(draft, differences),
        outlets=outlets,
        origins=len(set(backed.origins)),
        differences=differences,
        claimed_by=claim.speaker if claim and claim.kind == "claimed" else None,
    )


def _differences(topic: Topic) -> tuple[TopicDifference, ...]:
    found = find_differences(topic.statements, topic.origins, topic.articles)
    return tuple(
        TopicDifference(
            what=difference.what,
            values=tuple(
                (reading.value, reading.unit, tuple(topic.statements[row] for row in reading.statements))
                for reading in difference.values
            ),
        )
        for difference in found
    )


def _without_contradicting(draft: Draft, differences: Sequence[TopicDifference]) -> Draft:
    """Cite no statement that gives another figure than the line's own: the difference below the line cites it."""
    if draft.kind == "abstractive":
        return draft  # each of its citations was found to support it; one less, and the line may not hold
    own = draft.statements[0].id
    against = {
        statement.id
        for difference in differences
        for _, _, told in difference.values
        if own not in {statement.id for statement in told}
        for statement in told
    }
    return replace(draft, statements=tuple(s for s in draft.statements if s.id not in against))
