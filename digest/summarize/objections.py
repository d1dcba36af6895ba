"""Why a topic has no line: what is wrong with each of its statements, in words."""

from __future__ import annotations

from digest.models import Statement, Topic
from digest.summarize.forms import forms
from digest.summarize.standalone import FATAL
from digest.summarize.thinness import says_little, thinness


def objections(topic: Topic, *, max_words: int) -> tuple[str, ...]:
    """What keeps each statement of a topic that has no line from being one, in the order of the statements."""
    return tuple(_against(topic, statement, max_words) for statement in topic.statements)


def _against(topic: Topic, statement: Statement, max_words: int) -> str:
    best = next(forms(topic, statement, max_words=max_words, stand_alone=True), None)
    if best is None:
        near = next(forms(topic, statement, max_words=max_words, stand_alone=False), None)
        found = [flaw.what for flaw in near.flaws if flaw.weight >= FATAL] if near else []
        return "; ".join(found) or f"no form of it in {max_words} words keeps what must be kept"
    thin = [flaw.what for flaw in thinness(best.text)]
    if not thin and len(set(topic.origins)) == 1 and says_little(best.text):
        thin = ["tells too little for what one origin alone tells"]
    found = [*(flaw.what for flaw in best.flaws), *thin]
    return "; ".join(found) or "nothing by itself, but a sentence that scored higher is not worth a line"
