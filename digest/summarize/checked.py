"""The writer that trusts no writer: each line passes the check, or is tried once more, or gives way to a sentence.

::

    topics ─ask─▶ drafts ─check─▶ supported ───────────────────────▶ line, "abstractive"
                             └──▶ faults ─ask again, naming them─▶ supported ─▶ line, "abstractive"
                                                              └──▶ faults ───▶ extractive line, "fallback"
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digest.models import Draft, Topic
from digest.summarize.citing import Cited, cite, form_faults
from digest.summarize.entailment import Entailment
from digest.summarize.extractive import ExtractiveSummarizer
from digest.summarize.offered import offered
from digest.summarize.prompts import Fault, LineWriter, Reply, Request, line_of

log = logging.getLogger(__name__)

CUT_OFF = Fault(words="it was cut off before its end; be shorter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a line may be: `max_words` of it, `max_citations` under it, and the least probability of entailment."""

    max_words: int = 30
    max_citations: int = 4
    entailment: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A written line and the verdict on it; `problem` says why nothing was written."""

    line: str = ""
    cited: Cited = field(default_factory=Cited)
    problem: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the line may be printed."""
        return self.problem is None and bool(self.cited.statements)


class CheckedSummarizer:
    """A Summarizer made of a LineWriter, the check, and the extractive writer to fall back to."""

    def __init__(
        self, writer: LineWriter, *, name: str, limits: Limits | None = None, entailment: Entailment | None = None
    ) -> None:
        self.name = name
        self._writer = writer
        self._limits = limits or Limits()
        self._entailment = entailment
        self._extractive = ExtractiveSummarizer(max_words=self._limits.max_words)

    def write_all(self, topics: Sequence[Topic], /) -> list[Draft | None]:
        """Return a checked line per topic; None where neither the writer nor the extractive one has any."""
        tries: list[list[Try]] = [[] for _ in topics]
        for _ in range(2):
            open_rows = [row for row, tried in enumerate(tries) if not tried or _worth_another(tried)]
            if not open_rows:
                break
            made = self._try([topics[row] for row in open_rows], [_faults(tries[row]) for row in open_rows])
            for row, one in zip(open_rows, made, strict=True):
                tries[row].append(one)
        self._report(tries)
        return [self._draft(topic, tried) for topic, tried in zip(topics, tries, strict=True)]

    def _try(self, topics: Sequence[Topic], faults: Sequence[tuple[Fault, ...]]) -> list[Try]:
        requests = [
            Request(quotes=tuple(one.text for one in offered(topic)), faults=found)
            for topic, found in zip(topics, faults, strict=True)
        ]
        asked = [row for row, request in enumerate(requests) if request.quotes]
        said = self._writer.reply_all([requests[row] for row in asked]) if asked else ()
        replies = dict(zip(asked, said, strict=True))
        nothing = Reply(problem="no statement of it is fit for a prompt")
        tries = [self._judge(replies.get(row, nothing), topic) for row, topic in enumerate(topics)]
        return self._entailed(tries)

    def _judge(self, reply: Reply, topic: Topic) -> Try:
        if reply.problem:
            return Try(problem=reply.problem)
        line = line_of(reply.text)
        faults = form_faults(line, max_words=self._limits.max_words)
        if reply.cut:
            faults = (CUT_OFF, *faults)
        if faults:
            return Try(line=line, cited=Cited(faults=faults))
        return Try(line=line, cited=cite(line, topic, max_citations=self._limits.max_citations))

    def _entailed(self, tries: list[Try]) -> list[Try]:
        """The tries again, those that the entailment model does not believe with that as their fault."""
        if self._entailment is None:
            return tries
        passed = [row for row, one in enumerate(tries) if one.ok]
        printed = [tries[row].cited.statements[: self._limits.max_citations] for row in passed]
        pairs = [
            (" ".join(one.text for one in cited), tries[row].line) for row, cited in zip(passed, printed, strict=True)
        ]
        for row, probability in zip(passed, self._entailment.probabilities(pairs), strict=True):
            if probability < self._limits.entailment:
                fault = Fault(words=f"the statements do not entail it (probability {probability:.2f})")
                tries[row] = replace(tries[row], cited=Cited(faults=(fault,)))
        return tries

    def _draft(self, topic: Topic, tried: Sequence[Try]) -> Draft | None:
        last = tried[-1]
        attempts = sum(one.problem is None for one in tried)
        steps = (f"written by {self.name}", *(_step(one) for one in tried if not one.ok))
        if last.ok:
            text, statements = last.line, last.cited.statements
            return Draft(text=text, kind="abstractive", statements=statements, steps=steps, attempts=attempts)
        # Words for machines are no news: a topic of nothing else has no line, not even a source's.
        sentence = self._extractive.write(topic) if offered(topic) else None
        if sentence is None:
            return None
        steps = (*steps, "fell back to a sentence of a source", *sentence.steps)
        return replace(sentence, kind="fallback", steps=steps, attempts=attempts)

    def _report(self, tries: Sequence[Sequence[Try]]) -> None:
        fell = sum(not tried[-1].ok for tried in tries)
        log.info("%s: %d of %d lines passed the check", self.name, len(tries) - fell, len(tries))
        for problem, count in Counter(tried[-1].problem for tried in tries).most_common():
            if problem:
                log.warning("%s wrote no line for %d of %d topics: %s", self.name, count, len(tries), problem)


def _worth_another(tried: Sequence[Try]) -> bool:
    """True when a line was written and found wanting; what could not be written is not asked for again."""
    return not tried[-1].ok and tried[-1].problem is None


def _faults(tried: Sequence[Try]) -> tuple[Fault, ...]:
    return tried[-1].cited.faults if tried else ()


def _step(one: Try) -> str:
    if one.problem:
        return f"no line: {one.problem}"
    return f"refused “{one.line}”: {'; '.join(fault.words for fault in one.cited.faults)}"
