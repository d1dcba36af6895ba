"""Why a topic has no line: what is wrong with each of its statements, in words."""

from __future__ import annotations

from digest.models import Statement, Topic
from digest.summarize.extractive import is_taken_back
from digest.summarize.forms import forms, may_be_long, most_words
from digest.summarize.standalone import FATAL


def objections(topic: Topic, *, max_words: int) -> tuple[str, ...]:
    """What keeps each statement of a topic that has no line from being one, in the order of the statements."""
    return tuple(_against(topic, statement, max_words) for statement in topic.statements)


def _against(topic: Topic, statement: Statement, max_words: int) -> str:
    if is_taken_back(topic, statement):
        return "a later article says that it is not so"
    most = most_words(max_words) if may_be_long(topic, statement) else max_words
    for words in (max_words, most):
        if best := next(forms(topic, statement, max_words=words, stand_alone=True), None):
            return "; ".join(flaw.what for flaw in best.flaws)
    near = next(forms(topic, statement, max_words=most, stand_alone=False), None)
    found = [flaw.what for flaw in near.flaws if flaw.weight >= FATAL] if near else []
    return "; ".join(found) or f"cannot be cut to {most} words without losing what must be kept"
