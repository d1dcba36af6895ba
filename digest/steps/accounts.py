"""What became of everything: the ledger for the brief's footer, and the trace that `digest explain` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.compose import IN_THE_BRIEF, TELLS_LITTLE, Candidate, Composition, places
from digest.config import Config
from digest.models import Article, Draft, Failure, Ledger, LeftOut, Origin, Topic, entries
from digest.sections import CATCH_ALL
from digest.statements import NOT_ENGLISH
from digest.steps.overtaking import Leading
from digest.steps.standing import Compared
from digest.steps.topics import Ranked
from digest.steps.vectors import Split
from digest.summarize.objections import objections
from digest.trace import BELOW_CUT, CANNOT_STAND_ALONE, Trace, TracedArticle, TracedLink, TracedStatement, TracedTopic

NOT_ASKED = "was told before, or a later article has overtaken it"
MAX_OUTSIDE = 200  # articles outside the window that a trace names: some 40 kB; the store knows the others


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What each stage gave: the articles `read` and of these the ones in the window, `taken`; then stage by stage.

    `drafts` are by topic id, None where no line can stand alone; only the topics that were written have any.
    """

    read: Sequence[Article]
    taken: Sequence[Article]
    origins: Sequence[Origin]
    split: Split
    ranked: Ranked
    candidates: Sequence[Candidate]
    compared: Compared
    leading: Leading
    drafts: Mapping[str, Draft | None]
    body: Composition

    def fates(self) -> dict[str, str]:
        """What became of each topic, by id: what a stage says of it, else that it fell below the cut."""
        below = {candidate.topic.id: BELOW_CUT for candidate in self.candidates}
        mute = {topic_id: CANNOT_STAND_ALONE for topic_id, draft in self.drafts.items() if draft is None}
        return {**below, **self.compared.fates, **self.leading.fates, **mute, **self.body.fates}


def ledger(
    results: Results, failures: Sequence[Failure], *, since: datetime | None = None, notes: tuple[str, ...] = ()
) -> Ledger:
    """Count what was read and what became of it; `failures` are what collecting reports, `notes` go along.

    `since` is where the window begins.
    """
    read, taken, origins = results.read, results.taken, results.origins
    fates = results.fates()
    told = Counter(fates.values())
    reasons = Counter(omission.reason for omission in results.split.omissions)
    printed = [draft for topic_id, draft in results.drafts.items() if draft and fates[topic_id] == IN_THE_BRIEF]
    updated = sum(entry.status == "updated" for entry in entries(results.body))
    unheard = {omission.article_id for omission in results.split.omissions if omission.reason == NOT_ENGLISH}
    heard = [origin for origin in origins if origin.id not in unheard]
    articles = [article for origin in heard for article in origin.articles]
    return Ledger(
        articles=len(read),
        outlets=len({article.outlet for article in articles if article.outlet}),
        origins=len(heard),
        copies=len(taken) - len(origins),
        off_window=len(read) - len(taken),
        undated=sum(article.published is None for article in taken),
        stubs=sum(article.stub for article in taken),
        statements=len(results.split.statements),
        topics=len(fates),
        lines=told[IN_THE_BRIEF],
        below_cut=told[BELOW_CUT] + told[TELLS_LITTLE],
        omitted=tuple(LeftOut(reason=reason, count=reasons[reason]) for reason in sorted(reasons)),
        failures=tuple(sorted(failures, key=lambda failure: (failure.source, failure.reason))),
        written=sum(draft.kind == "abstractive" for draft in printed),
        retried=sum(draft.attempts > 1 for draft in printed),
        fell_back=sum(draft.kind == "fallback" for draft in printed),
        new=told[IN_THE_BRIEF] - updated,
        updated=updated,
        running=len(results.compared.running),
        mute=told[CANNOT_STAND_ALONE],
        notes=notes,
        foreign=len(taken) - len(articles),
        older=sum(since is not None and one.published is not None and one.published < since for one in articles),
    )


def trace(results: Results, config: Config) -> Trace:
    """The reasons behind a brief, topic by topic, and the newest articles that were read outside its window."""
    candidates, fates, drafts = results.candidates, results.fates(), results.drafts
    rules = _rules(candidates, fates, config)
    links = results.ranked.links(drafts)
    written = {candidate.topic.id: candidate.topic for candidate in results.leading.candidates}
    return Trace(
        topics=tuple(
            _traced(
                one,
                config,
                fate=fates[one.topic.id],
                rule=rules.get(one.topic.id),
                links=links.get(one.topic.id, ()),
                draft=drafts.get(one.topic.id),
                left=written.get(one.topic.id, one.topic),
            )
            for one in candidates
        ),
        omitted=results.split.omissions,
        outside=_outside(set(results.read).difference(results.taken)),
    )


def _rules(candidates: Sequence[Candidate], fates: Mapping[str, str], config: Config) -> dict[str, str]:
    """The setting that kept each topic out that fell below the cut, by the topic's id."""
    printed = [candidate for candidate in candidates if fates[candidate.topic.id] == IN_THE_BRIEF]
    lines = Counter(place.key for candidate in printed for place in places(candidate, config))
    below = (candidate for candidate in candidates if fates[candidate.topic.id] == BELOW_CUT)
    return {candidate.topic.id: rule for candidate in below if (rule := _rule(candidate, lines, config))}


def _rule(candidate: Candidate, lines: Mapping[object, int], config: Config) -> str | None:
    least = config.brief.min_origins
    few = f"brief.min_origins = {least}"
    if len(set(candidate.topic.origins)) < least:
        return few
    full = (place.rule for place in places(candidate, config) if lines[place.key] >= place.limit)
    # Where every place had room, the line rested on fewer origins than its topic has.
    return next(full, few if least > 1 else None)


def _outside(articles: Collection[Article]) -> tuple[TracedArticle, ...]:
    newest = sorted(articles, key=lambda one: (-one.published.timestamp() if one.published else 0.0, one.id))
    return tuple(
        TracedArticle(
            id=one.id, label=one.label, title=one.title, link=one.link, published=one.published,
            source=one.source,
        )
        for one in newest[:MAX_OUTSIDE]
    )  # fmt: skip


def _traced(
    candidate: Candidate,
    config: Config,
    *,
    fate: str,
    rule: str | None,
    links: tuple[TracedLink, ...],
    draft: Draft | None,
    left: Topic,
) -> TracedTopic:
    """`left` is what was left of the topic to write a line for, without what was told or overtaken."""
    topic = candidate.topic
    return TracedTopic(
        id=topic.id,
        fate=fate,
        score=candidate.score,
        section=config.sections[candidate.section].title if candidate.section != CATCH_ALL else None,
        statements=tuple(
            TracedStatement(
                article_id=statement.article_id,
                label=topic.articles[statement.article_id].label,
                quote=statement.text,
                origin=origin,
                centrality=centrality,
            )
            for statement, origin, centrality in zip(topic.statements, topic.origins, topic.centrality, strict=True)
        ),
        links=links,
        steps=draft.steps if draft else _against(topic, left, fate, config),
        rule=rule,
    )


def _against(topic: Topic, left: Topic, fate: str, config: Config) -> tuple[str, ...]:
    """What keeps each statement of a topic without a line from being one; of other topics nothing is asked."""
    if fate != CANNOT_STAND_ALONE:
        return ()
    ids = (one.id for one in left.statements)
    found = dict(zip(ids, objections(left, max_words=config.lines.max_words), strict=True))
    return tuple(found.get(one.id, NOT_ASKED) for one in topic.statements)
