"""Drafts to lines: who bears each out, who tells it differently, whose claim it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from digest.compose import Candidate, Written
from digest.differences import find_differences
from digest.language.claims import NOUN_TOO, SAYING, attribution
from digest.language.comments import is_comment
from digest.language.denials import answers_charge
from digest.language.quantities import find_quantities, same_value
from digest.language.substance import ENOUGH, substance
from digest.models import Article, Draft, Origin, Statement, Topic, TopicDifference
from digest.rank import story_gains, topic_score
from digest.steps.standing import part
from digest.steps.topics import Ranked, carriers_of, outlets_among
from digest.summarize import Summarizer
from digest.topics.arrays import Vectors
from digest.updates import near_articles

# What each of a lone origin's figure, day and speaker is worth, up to two of the three, against one doubling of the
# origins. Read in the lines of twelve weeks of news that came and went by it (docs/line-quality.md); with .4 for the
# first of the three alone, more opinions come in.
HOLLOW = 0.2
_SAYING = re.compile(rf"\b(?!(?:{'|'.join(sorted(NOUN_TOO))})\b)(?:{SAYING})\b")
EVENS = 0.5  # the judge's probability above which one statement is taken to tell what another does
NEXT = 1e-9  # by how much a line is ranked lower that is to follow another


def draft_lines(candidates: Sequence[Candidate], ranked: Ranked, summarizer: Summarizer) -> dict[str, Draft | None]:
    """What the summarizer writes for each topic, by the topic's id; None where no line can stand alone."""
    topics = _beside_better(candidates, ranked)
    return {topic.id: draft for topic, draft in zip(topics, summarizer.write_all(topics), strict=True)}


def _beside_better(candidates: Sequence[Candidate], ranked: Ranked) -> list[Topic]:
    """The candidates' topics, best first, each knowing what of it a better one of its story tells."""
    stories: dict[int, list[Topic]] = {}
    for candidate in candidates:
        stories.setdefault(candidate.story, []).append(candidate.topic)
    found: dict[str, Topic] = {}
    for topics, likely in zip(stories.values(), ranked.likely(list(stories.values())), strict=True):
        better: list[Statement] = []
        for topic in topics:
            beside = likely[len(better) : len(better) + len(topic.statements), : len(better)]
            surely = (_surely(one, better, row) for one, row in zip(topic.statements, beside.tolist(), strict=True))
            found[topic.id] = replace(topic, elsewhere=tuple(surely))
            better += topic.statements
    return [found[candidate.topic.id] for candidate in candidates]


def _surely(one: Statement, better: Sequence[Statement], likely: Sequence[float]) -> float:
    """How surely one of the others tells it, and a figure of it: 0 if that is no likelier than not, 1 if certain."""
    told = [
        probability
        for other, probability in zip(better, likely, strict=True)
        if probability > EVENS and _has_figure(other, one)
    ]
    return (max(told, default=EVENS) - EVENS) / (1.0 - EVENS)


def _has_figure(other: Statement, one: Statement) -> bool:
    """Whether a statement has a figure of another, if that has any: "52 were launched" is not "60 were shot down"."""
    told = find_quantities(other.text)
    figures = find_quantities(one.text)
    return not figures or any(same_value(mine, figure) for mine in figures for figure in told)


def tells(summarizer: Summarizer, topic: Topic) -> bool:
    """Whether the summarizer has a line for the topic."""
    return summarizer.write_all([topic])[0] is not None


def written_lines(
    candidates: Sequence[Candidate],
    drafts: Mapping[str, Draft | None],
    origins: Sequence[Origin],
    leads: Mapping[str, Vectors],
    now: datetime,
) -> list[Written]:
    """The candidates that have a line, best first; `drafts` are by the id of the topic, None for no line.

    `leads` are the vectors (dim,) of the articles, by their ids.
    """
    carriers = carriers_of(origins)
    written = [_written(one, draft, carriers, leads, now) for one in candidates if (draft := drafts[one.topic.id])]
    ranked = _best_first(written)
    gains = story_gains([one.candidate.topic for one in ranked], [one.candidate.story for one in ranked])
    lifted = _best_first([_lifted(one, gain / 2) for one, gain in zip(ranked, gains, strict=True)])
    return _best_first([_behind_charge(one, lifted) for one in lifted])


def _best_first(written: Sequence[Written]) -> list[Written]:
    return sorted(written, key=lambda line: (-line.candidate.score, line.candidate.topic.id))


def _lifted(line: Written, gain: float) -> Written:
    """The line with a gain: what its story lends lifts the lines, too, not only topics that may have given no line."""
    return replace(line, candidate=replace(line.candidate, score=line.candidate.score + gain))


def _behind_charge(line: Written, lines: Sequence[Written]) -> Written:
    """The line, ranked right behind the charge of its story that it denies: whoever reads the one reads the other."""
    mates = (one for one in lines if one.candidate.story == line.candidate.story)
    charge = next((one for one in mates if answers_charge(line.draft.statements[0], one.draft.statements[0])), None)
    gain = charge.candidate.score - line.candidate.score - NEXT if charge else 0.0
    return _lifted(line, max(gain, 0.0))


def _written(
    candidate: Candidate,
    draft: Draft,
    carriers: Mapping[str, frozenset[str]],
    leads: Mapping[str, Vectors],
    now: datetime,
) -> Written:
    """The candidate with its line, counted by those who bear the line out, and ranked by the topic and by them alike.

    The topic's own score counts a paraphrase too far off to be cited; the other one, what the line rests on.
    """
    found = find_differences(candidate.topic, one_event=lambda a, b: near_articles(leads[a.id], leads[b.id]))
    shown = {difference.what for difference in candidate.differences}
    differences = (*candidate.differences, *(difference for difference in found if difference.what not in shown))
    differing = (one for difference in differences for reading in difference.values for one in reading.statements)
    backed = part(candidate.topic, {one.id for one in chain(draft.statements, differing)})
    agreeing = candidate.agreeing
    outlets = outlets_among({*backed.articles, *(agreeing.articles if agreeing else ())}, carriers)
    score = (candidate.score + topic_score(backed, outlets, now=now)) / 2
    origins = len({*backed.origins, *(agreeing.origins if agreeing else ())})
    if origins == 1:
        score -= HOLLOW * max(0, ENOUGH - substance(draft.text))
    return Written(
        candidate=replace(candidate, score=score),
        draft=_without_contradicting(draft, differences),
        outlets=outlets,
        origins=origins,
        differences=differences,
        claimed_by=_claimant(draft, candidate.topic.articles),
    )


def _claimant(draft: Draft, articles: Mapping[str, Article]) -> str | None:
    """Whose claim a line is: its speaker's, who claims it, or one outlet's opinion, where nobody is said to say it."""
    if claim := attribution(draft.text):
        return claim.speaker if claim.kind == "claimed" else None
    cited = [articles[statement.article_id] for statement in draft.statements]
    own = len({one.outlet for one in cited}) == 1 and not _SAYING.search(draft.text)
    return cited[0].outlet if own and all(map(is_comment, cited)) else None


def _without_contradicting(draft: Draft, differences: Sequence[TopicDifference]) -> Draft:
    """Cite no statement that gives another figure than the line's own: the difference below the line cites it."""
    if draft.kind == "abstractive":
        return draft  # each of its citations was found to support it; one less, and the line may not hold
    against = frozenset().union(*(_others(difference, draft) for difference in differences))
    return replace(draft, statements=tuple(s for s in draft.statements if s.id not in against))


def _others(difference: TopicDifference, draft: Draft) -> frozenset[str]:
    """The ids of the statements that give another value than the line's own.

    Where the line's own sentence is in no reading ("2,300 residents" among "2,300 people"), its words say which it is.
    """
    own, words = draft.statements[0].id, draft.text.split()
    readings = {reading.value: {one.id for one in reading.statements} for reading in difference.values}
    among = any(own in ids for ids in readings.values())
    others = [ids for value, ids in readings.items() if (own not in ids if among else value not in words)]
    return frozenset().union(*others)
