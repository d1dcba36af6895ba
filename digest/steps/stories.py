"""Topics to stories with their titles, and to the user's sections."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from digest.compose import Candidate
from digest.config import Config
from digest.language.comments import is_comment
from digest.language.denials import is_denial
from digest.language.fates import fates
from digest.language.headlines import names_a_list
from digest.models import Article, Draft, Statement
from digest.rank import story_gains
from digest.sections import assign_sections
from digest.steps.standing import part
from digest.steps.topics import Ranked
from digest.steps.vectors import Encoded
from digest.titles import story_title


def group(ranked: Ranked, vectors: Encoded, config: Config) -> tuple[Candidate, ...]:
    """Give each topic its story and its section, and order them anew, best first, by what their stories lend them."""
    stories = ranked.stories
    sections = assign_sections(ranked.topics, ranked.vectors, stories, config.sections, vectors.phrases)
    gains = story_gains(ranked.topics, stories.tolist())
    candidates = (
        Candidate(topic=topic, score=score + gain, section=int(section), story=int(story))
        for topic, score, gain, section, story in zip(
            ranked.topics, ranked.scores, gains, sections, stories, strict=True
        )
    )
    return tuple(sorted(candidates, key=lambda one: -one.score))


def statements_of(candidates: Sequence[Candidate]) -> frozenset[Statement]:
    """All statements of the candidates' topics."""
    return frozenset(statement for one in candidates for statement in one.topic.statements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """Topics to write, topics that run on, and a title per label of their stories: None where none is usable."""

    candidates: tuple[Candidate, ...]
    running: tuple[Candidate, ...]
    titles: Mapping[int, str | None]


def title_stories(
    candidates: Sequence[Candidate],
    running: Sequence[Candidate],
    *,
    drafts: Mapping[str, Draft | None] = MappingProxyType({}),
    read: Collection[str] = (),
    dropped: Collection[Statement] = (),
) -> Titled:
    """Title each story from the titles of its topics' articles; two that get one title are one story in one section.

    `drafts` are the lines of the candidates, by the ids of their topics: of what has one, the articles that it cites
    are meant. `read` are the ids of articles that the last issue had: their titles tell what was news then. So do those
    of articles whose first sentence is among `dropped`, the statements that were told before or overtaken, or is denied
    by its topic's line. An opinion piece's title is taken where the story has nothing else.
    """
    stale = {one.article_id for one in (*dropped, *_denied(candidates, drafts)) if one.position == 0}
    told = _articles([*(_cited(one, drafts.get(one.topic.id)) for one in candidates), *running])
    past = _overtaken(candidates)
    told = {label: _news(_without(articles, past[label])) for label, articles in told.items()}
    fresh = {label: [one for one in articles if one.id not in stale.union(read)] for label, articles in told.items()}
    titles = {label: _title(fresh[label]) or _title(articles) for label, articles in told.items()}
    first = {title: label for label, title in reversed(titles.items()) if title}
    home = {label: first[title] if title else label for label, title in titles.items()}
    sections = {one.story: one.section for one in reversed((*candidates, *running))}  # of the best topic
    return Titled(
        candidates=tuple(_moved_in(one, home[one.story], sections) for one in candidates),
        running=tuple(_moved_in(one, home[one.story], sections) for one in running),
        titles=titles,
    )


def _moved_in(candidate: Candidate, story: int, sections: Mapping[int, int]) -> Candidate:
    """The candidate in the story of that label, and where that is another one than its own, in its section."""
    return candidate if candidate.story == story else replace(candidate, story=story, section=sections[story])


def _denied(candidates: Sequence[Candidate], drafts: Mapping[str, Draft | None]) -> Iterator[Statement]:
    """The statements of topics whose lines are denials that do not bear these out."""
    for one in candidates:
        draft = drafts.get(one.topic.id)
        if draft and is_denial(draft.text):
            yield from (told for told in one.topic.statements if told not in draft.statements)


def _cited(candidate: Candidate, draft: Draft | None) -> Candidate:
    """The candidate with only what its line cites: the title of another article may be of another event."""
    cited = part(candidate.topic, {one.id for one in draft.statements}) if draft else candidate.topic
    return replace(candidate, topic=cited) if cited.statements else candidate


def _overtaken(candidates: Sequence[Candidate]) -> dict[int, set[tuple[str, float]]]:
    """By story: the counts of people, by fate and value, that a later one has overtaken."""
    found: dict[int, set[tuple[str, float]]] = defaultdict(set)
    for candidate in candidates:
        for course in (one for one in candidate.differences if one.over_time):
            told = (count for reading in course.values[:-1] for one in reading.statements for count in fates(one.text))
            found[candidate.story] |= {(count.what, count.value) for count in told if count.what == course.what}
    return found


def _without(articles: Sequence[Article], past: Collection[tuple[str, float]]) -> list[Article]:
    """The articles whose titles give none of these counts; where none is left, all."""
    left = [one for one in articles if not any((count.what, count.value) in past for count in fates(one.title))]
    return left or list(articles)


def _news(articles: Sequence[Article]) -> list[Article]:
    """The articles that are no opinion pieces; where none is left, all."""
    return [one for one in articles if not is_comment(one)] or list(articles)


def _articles(candidates: Sequence[Candidate]) -> dict[int, list[Article]]:
    """The articles that may title each story: those that tell no other story more; where it has none such, all."""
    articles = {key: article for candidate in candidates for key, article in candidate.topic.articles.items()}
    topics: dict[str, Counter[int]] = {key: Counter() for key in articles}
    for candidate in candidates:
        for key in candidate.topic.articles:
            topics[key][candidate.story] += 1
    told: dict[int, list[Article]] = {candidate.story: [] for candidate in candidates}
    mainly: dict[int, list[Article]] = {story: [] for story in told}
    for key, stories in topics.items():
        for story, count in stories.items():
            told[story].append(articles[key])
            if count == max(stories.values()):
                mainly[story].append(articles[key])
    return {story: mainly[story] or told[story] for story in told}


def _title(articles: Sequence[Article]) -> str | None:
    titled = sorted((one for one in articles if one.title and not names_a_list(one.title)), key=lambda one: one.id)
    outlets = [article.outlet for article in titled if article.outlet]
    return story_title([a.title for a in titled], texts=[a.text for a in titled], outlets=outlets)
