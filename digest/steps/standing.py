"""How each topic stands beside what earlier issues told: new, updated or running; and what it has overtaken today.

Between the stages `updates`, which compares, and `compose`, which prints.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from digest.compose import Candidate, TopicChange
from digest.language.quantities import find_quantities, same_quantity
from digest.models import Article, Background, Change, History, Origin, Statement, Topic
from digest.steps.vectors import Encoded, Split
from digest.topics import fact_probability
from digest.updates import (
    LIKELY,
    Memory,
    Moved,
    Passage,
    Verdict,
    judge,
    may_be_over,
    nearest_told,
    remember,
    was_due,
)

RUNNING = "was told before"
READ_BEFORE = "comes only from articles of the last issue"


def part(topic: Topic, ids: Container[str]) -> Topic:
    """The topic with only the statements of these ids."""
    rows = [row for row, one in enumerate(topic.statements) if one.id in ids]
    statements = tuple(topic.statements[row] for row in rows)
    return replace(
        topic,
        statements=statements,
        origins=tuple(topic.origins[row] for row in rows),
        centrality=tuple(topic.centrality[row] for row in rows),
        elsewhere=tuple(topic.elsewhere[row] for row in rows) if topic.elsewhere else (),
        articles={one.article_id: topic.articles[one.article_id] for one in statements},
        leads=frozenset(one.id for one in statements if one.id in topic.leads),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The candidates to tell, which are new or updated; those that run on; and by the id of each of these, why."""

    fresh: tuple[Candidate, ...]
    running: tuple[Candidate, ...] = ()
    fates: Mapping[str, str] = field(default_factory=dict)


def compare_with_history(
    candidates: Sequence[Candidate],
    split: Split,
    origins: Sequence[Origin],
    vectors: Encoded,
    history: History,
    *,
    now: datetime,
    tells: Callable[[Topic], bool],
) -> Compared:
    """The candidates beside what earlier issues told; without a history each of them is new.

    `tells` says whether a line can be written for a topic: where what has changed gives none, what else is fresh may.
    """
    if not history.told and not history.read:
        return Compared(fresh=tuple(candidates))
    memory = remember(history, vectors.told)
    read = read_before(split.statements, origins, history)
    same = _same_facts(candidates, vectors, memory)
    standing = [_stand(one, vectors, memory, read, same, tells) for one in candidates]
    running = [one for one in standing if one.status == "running"]
    fresh = tuple(one for one in standing if one.status != "running")
    return Compared(
        fresh=fresh,
        running=without_stale(running, fresh, memory, same, now),
        fates={one.topic.id: _running_fate(one) for one in running},
    )


def without_stale(
    running: Sequence[Candidate],
    fresh: Sequence[Candidate],
    memory: Memory,
    same: Mapping[str, Mapping[int, float]],
    now: datetime,
) -> tuple[Candidate, ...]:
    """What runs on, each line of an earlier issue once, and none that today tells anew or otherwise, printed or not.

    Nor what was to be done on a day gone by.
    """
    today = [same.get(statement.id, {}) for one in fresh for statement in one.topic.statements]
    anew = {row for near in today for row, likely in near.items() if likely >= LIKELY}
    changed = {(told.change.issue, told.change.quote) for one in fresh for told in one.changes}
    stale = {
        (one.told.issue, one.told.entry.id)
        for row, one in enumerate(memory.passages)
        if row in anew or (one.told.issue, one.text) in changed or was_due(one.told.entry.line.text, one.published, now)
    }
    left = []
    for one in running:
        told = one.background
        over = told and ((told.issue, told.entry) in stale or _may_be_over(told.text, one.story, fresh))
        left.append(replace(one, background=None) if over else one)
        stale |= {(told.issue, told.entry)} if told else set()
    return tuple(left)


def _may_be_over(text: str, story: int, fresh: Sequence[Candidate]) -> bool:
    today = ((statement.text, one.story) for one in fresh for statement in one.topic.statements)
    return any(may_be_over(text, newer, one_story=story == theirs) for newer, theirs in today)


def _running_fate(running: Candidate) -> str:
    told = running.background
    return f"{RUNNING} on {told.issue}: “{told.text}”" if told else READ_BEFORE


def _same_facts(candidates: Sequence[Candidate], vectors: Encoded, memory: Memory) -> dict[str, dict[int, float]]:
    """By the id of a statement: the places of the passages near it, with how likely each tells its fact."""
    vector_of = vectors.by_statement
    near = [
        (one, row)
        for topic in (candidate.topic for candidate in candidates if memory.passages)
        for one in topic.statements
        for row in nearest_told(memory, vector_of[one.id], topic.articles[one.article_id].published)
    ]
    if not near:
        return {}
    texts = {one.text: vector_of[one.id] for one, _ in near}
    texts |= {memory.passages[row].text: memory.vectors[row] for _, row in near}
    places = {text: place for place, text in enumerate(texts)}
    pairs = np.array([(places[one.text], places[memory.passages[row].text]) for one, row in near], dtype=np.int64)
    found: dict[str, dict[int, float]] = {}
    for (one, row), same in zip(
        near, fact_probability(list(texts), np.stack(list(texts.values())), pairs), strict=True
    ):
        found.setdefault(one.id, {})[row] = float(same)
    return found


def read_before(statements: Sequence[Statement], origins: Sequence[Origin], history: History) -> frozenset[str]:
    """The ids of the statements that the last issue had before it: in an article it read, or the copy of one.

    What a publisher has added to an article since is not among them, nor a figure that only a later version gives.
    """
    old = {origin.articles[0].id: [one for one in origin.articles if _was_read(one, history)] for origin in origins}
    before = {edited.after.id: edited.before.text for edited in history.edited}
    return frozenset(
        one.id
        for one in statements
        if (one.article_id not in before and _stood_in(one, old[one.article_id]))
        or one.text in before.get(one.article_id, "")
    )


def _stood_in(statement: Statement, read: Sequence[Article]) -> bool:
    """Whether a statement's figures stood in one of the articles that were read, copies of its own among them."""
    if not read or any(one.id == statement.article_id for one in read):
        return bool(read)
    known = [figure for one in read for figure in find_quantities(one.text)]
    return all(any(same_quantity(figure, other) for other in known) for figure in find_quantities(statement.text))


def _was_read(article: Article, history: History) -> bool:
    changed = article.updated and history.until and article.updated > history.until
    return article.id in history.read and not changed


def _stand(
    candidate: Candidate,
    vectors: Encoded,
    memory: Memory,
    read: frozenset[str],
    same: Mapping[str, Mapping[int, float]],
    tells: Callable[[Topic], bool],
) -> Candidate:
    """The candidate with its status; where it is not running, with only the statements that were not told.

    Of an updated one those lead that tell the change.

    `read` are the ids of the statements that the last issue had at hand; `same` is of `_same_facts`.
    """
    topic = candidate.topic
    dates = {key: article.published for key, article in topic.articles.items()}

    judged = {
        one.id: judge(
            one, dates[one.article_id], memory,
            vector=vectors.by_statement[one.id], lead=vectors.articles[one.article_id], same=same.get(one.id, {}),
        )
        for one in topic.statements
    }  # fmt: skip
    verdicts = {key: verdict for key, verdict in judged.items() if verdict}
    moved = {key: verdict for key, verdict in verdicts.items() if verdict.moves and key not in read}
    fresh = {one.id for one in topic.statements} - verdicts.keys() - read
    if moved:
        # What is told without the figure that has moved ("all four are safe") bears the line out.
        today = part(topic, {*moved, *fresh})
        led = replace(today, leads=frozenset(moved))
        left = led if not fresh or tells(led) else today
        return replace(candidate, status="updated", topic=left, changes=_changes(topic, moved))
    if fresh:
        return replace(candidate, topic=part(topic, fresh))
    best = max(verdicts.values(), key=lambda one: (one.issue, one.closeness), default=None)
    return replace(candidate, status="running", background=_background(candidate, best.passage) if best else None)


def _background(candidate: Candidate, passage: Passage) -> Background:
    told = passage.told
    first = told.entry.line.citations[0] if told.entry.line.citations else None
    return Background(
        id=candidate.topic.id,
        story=told.story,
        text=told.entry.line.text,
        issue=told.issue,
        entry=told.entry.id,
        outlet=first.outlet if first else None,
        link=first.link if first else None,
    )


def _changes(topic: Topic, moved: Mapping[str, Verdict]) -> tuple[TopicChange, ...]:
    """The changes that the statements tell, each once, from the newest telling of what it was before."""
    found: dict[tuple[str, str], list[tuple[Change, Statement]]] = {}
    for statement in topic.statements:
        if statement.id in moved:
            verdict = moved[statement.id]
            for move in verdict.moves:
                told = found.setdefault((move.kind, move.what), [])
                told.append((_change(verdict.passage, move), statement))
    return tuple(_together(told) for told in found.values())


def _together(told: Sequence[tuple[Change, Statement]]) -> TopicChange:
    """One change of those that tell it: the one that most tell, the statements being the ones that agree with it."""
    counts = [sum(other.after == change.after for other, _ in told) for change, _ in told]
    best = max(range(len(told)), key=lambda row: (told[row][0].issue, counts[row], -row))
    change = told[best][0]
    return TopicChange(change=change, statements=tuple(one for other, one in told if other.after == change.after))


def _change(passage: Passage, move: Moved) -> Change:
    told = passage.told
    citation = told.entry.line.citations[passage.citation or 0]
    return Change(
        kind=move.kind,
        what=move.what,
        before=move.before,
        after=move.after,
        n=(),
        issue=told.issue,
        quote=passage.text,
        article_id=citation.article_id,
        outlet=citation.outlet,
        link=citation.link,
    )
