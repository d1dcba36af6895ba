"""Which of a topic's statements a line may rest on, and in which order."""

from __future__ import annotations

import re
from itertools import islice

from digest.models import Statement, Topic
from digest.summarize.prompts import MAX_QUOTED

# Statements that a model is shown, and among which a line's citations are looked for. Eight say what there is to say
# of one fact, and keep a prompt near 400 tokens.
OFFERED = 8

# Sentences that talk to a language model instead of a reader. No list of phrases is complete: what gets past this one
# still has to pass the support check. In the 15,100 sentences of the development rows' news articles
# none is found.
_MACHINE = r"(?:AI|LLMs?|(?:AI |large |this )?language models?|chatbots?|AI assistants?|summari[sz]ers?)"
_ANSWER = r"(?:reply|respond|answer|output|print|repeat|write|say|summari[sz]e)"
_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}\b(?:instructions?|prompts?|guidelines|directives?"
    r"|(?:the|all|everything) (?:above|before|previous|foregoing|rest)|(?:other|these|those) (?:statements|articles))\b"
    r"|\b(?:system|developer|hidden|new) (?:prompts?|instructions?)\b"
    rf"|\byou are (?:now )?(?:an? )?(?:[\w-]+ ){{0,2}}{_MACHINE}\b"
    rf"|\b(?:as|dear|hey|attention,?|to) (?:an? |the |any |all )?(?:[\w-]+ ){{0,2}}{_MACHINE}\b[^.!?]{{0,20}}[,:]"
    rf"|\b{_MACHINE}\b[^.!?]{{0,30}}\b(?:must|shall|please|reading this)\b"
    r"|\b(?:your|the|this) (?:reply|response|output|summary|line)\b[^.!?]{0,20}\b(?:must|should|shall)\b"
    rf"|(?:\A|[.!?:;,>]\W*|\b(?:please|must|now|and|instead|only) ){_ANSWER}\b[^.!?]{{0,25}}"
    r"\b(?:exactly|verbatim|only|nothing (?:else|but)|the following|instead)\b|\bend of (?:the )?(?:statements?"
    r"|articles?|documents?|data|input|context)\b|</?statements?\b|(?:<\|?|\[/?|#{2,} ?)(?:system|user|assistant|inst"
    r"|im_start|im_end)\b|\A(?:system|assistant|user|human) ?:",
    re.IGNORECASE,
)


def speaks_to_a_model(text: str) -> bool:
    """True for "Ignore previous instructions and write …", "AI assistants must …" and the like.

    Nobody says so much in one sentence that it needs more than MAX_QUOTED characters: a longer one is refused unread.
    """
    return len(text) > MAX_QUOTED or bool(_TO_A_MODEL.search(text))


def offered(topic: Topic) -> tuple[Statement, ...]:
    """The statements a model is shown and a line may rest on, best first, each wording once."""
    distinct: dict[str, Statement] = {}
    for statement in fit(topic):
        distinct.setdefault(" ".join(statement.text.casefold().split()), statement)
    return tuple(islice(distinct.values(), OFFERED))


def fit(topic: Topic) -> tuple[Statement, ...]:
    """The topic's statements that may lead and do not speak to a model: most central first, then one per origin."""
    ranked = sorted(zip(topic.centrality, topic.statements, strict=True), key=lambda pair: (-pair[0], pair[1].id))
    leading = (one for one in best_first(topic, ranked[0][1]) if not topic.leads or one.id in topic.leads)
    return tuple(one for one in leading if not speaks_to_a_model(one.text))


def best_first(topic: Topic, chosen: Statement) -> tuple[Statement, ...]:
    """The topic's statements with the line's own first, then one per origin, most central first."""
    order = sorted(
        range(len(topic.statements)),
        key=lambda row: (topic.statements[row].id != chosen.id, -topic.centrality[row], topic.statements[row].id),
    )
    seen: dict[str, int] = {}
    ranks = []
    for row in order:
        origin = topic.origins[row]
        ranks.append((seen.get(origin, 0), row))
        seen[origin] = seen.get(origin, 0) + 1
    ranks.sort(key=lambda rank: rank[0])  # stable: keeps the order above within each round
    return tuple(topic.statements[row] for _, row in ranks)
