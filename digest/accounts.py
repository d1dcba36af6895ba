"""What became of everything: the ledger for the brief's footer, and the trace that `digest explain` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from digest.compose import IN_THE_BRIEF, Candidate, source_label
from digest.config import Config
from digest.models import Article, Draft, Failure, Ledger, LeftOut, Omission, Origin
from digest.sections import CATCH_ALL
from digest.trace import Trace, TracedLink, TracedStatement, TracedTopic

BELOW_CUT = "below the cut"
CANNOT_STAND_ALONE = "no sentence of it can stand alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """The fate of each written topic, by id; a topic that is not there was never written: it fell below the cut."""

    by_topic: Mapping[str, str]

    def of(self, topic_id: str) -> str:
        """What became of the topic."""
        return self.by_topic.get(topic_id, BELOW_CUT)


def fates_of(drafts: Mapping[str, Draft | None], composed: Mapping[str, str]) -> Fates:
    """The fates from writing (no draft) and from composing."""
    mute = {topic_id: CANNOT_STAND_ALONE for topic_id, draft in drafts.items() if draft is None}
    return Fates(by_topic={**mute, **composed})


def ledger(
    read: Sequence[Article],
    origins: Sequence[Origin],
    *,
    statements: int,
    omissions: Sequence[Omission],
    fates: Mapping[str, str],
    failures: Sequence[Failure],
    drafts: Mapping[str, Draft | None] = MappingProxyType({}),
) -> Ledger:
    """Count what was read and what became of it. `fates` has every topic's, `drafts` those that were written."""
    taken = [article for origin in origins for article in origin.articles]
    told = Counter(fates.values())
    reasons = Counter(omission.reason for omission in omissions)
    printed = [draft for topic_id, draft in drafts.items() if draft and fates[topic_id] == IN_THE_BRIEF]
    return Ledger(
        articles=len(read),
        outlets=len({source_label(article) for article in taken}),
        origins=len(origins),
        copies=len(taken) - len(origins),
        off_window=len(read) - len(taken),
        undated=sum(article.published is None for article in taken),
        stubs=sum(article.stub for article in taken),
        statements=statements,
        topics=len(fates),
        lines=told[IN_THE_BRIEF],
        below_cut=told[BELOW_CUT],
        omitted=tuple(LeftOut(reason=reason, count=reasons[reason]) for reason in sorted(reasons)),
        failures=tuple(sorted(failures, key=lambda failure: (failure.source, failure.reason))),
        written=sum(draft.kind == "abstractive" for draft in printed),
        retried=sum(draft.attempts > 1 for draft in printed),
        fell_back=sum(draft.kind == "fallback" for draft in printed),
    )


def trace(
    candidates: Sequence[Candidate],
    *,
    drafts: Mapping[str, Draft | None],
    fates: Fates,
    links: Mapping[str, tuple[TracedLink, ...]],
    omissions: Sequence[Omission],
    config: Config,
) -> Trace:
    """The reasons behind a brief; `links` are those of the topics whose pairs were explained."""
    return Trace(
        topics=tuple(
            _traced(candidate, drafts.get(candidate.topic.id), fates, links.get(candidate.topic.id, ()), config)
            for candidate in candidates
        ),
        omitted=tuple(omissions),
    )


def _traced(
    candidate: Candidate, draft: Draft | None, fates: Fates, links: tuple[TracedLink, ...], config: Config
) -> TracedTopic:
    topic = candidate.topic
    return TracedTopic(
        id=topic.id,
        fate=fates.of(topic.id),
        score=candidate.score,
        section=config.sections[candidate.section].title if candidate.section != CATCH_ALL else None,
        statements=tuple(
            TracedStatement(
                article_id=statement.article_id,
                label=source_label(topic.articles[statement.article_id]),
                quote=statement.text,
                origin=origin,
                centrality=centrality,
            )
            for statement, origin, centrality in zip(topic.statements, topic.origins, topic.centrality, strict=True)
        ),
        links=links,
        steps=draft.steps if draft else (),
    )
