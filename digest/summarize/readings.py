"""What in a sentence is the outlet's own reading of it: "in a blow to …", ", underscoring the need for …"."""

from __future__ import annotations

import re

from digest.language.quantities import find_quantities

COMMENT_VERBS = (
    "highlighting|underscoring|reflecting|indicating|raising|signal(?:l)?ing|emphasi[sz]ing|showcasing|demonstrating"
    "|illustrating|suggesting|reinforcing|fuelling|fueling|adding to|prompting fears|sparking|deepening|intensifying"
)
APPRAISAL = re.compile(
    r"(?:in )?(?:a|an) (?:\w+ )?(?:move|step|claim|sign|development|decision|shift|blow|change|victory|defeat"
    r"|milestone|rebuke"
    r"|reminder|bid|effort|turn|departure|reversal|escalation) (?:that|which|to|of|for|in|from|seen as|aimed at)\b"
)
# "In a retaliatory move, …": the outlet's reading, before what happened.
LEADING_COMMENT = re.compile(
    r"In (?:a|an|what [a-z]+) (?:[\w-]+ ){0,3}(?:move|step|sign|shift|blow|twist|bow|victory|defeat|rebuke|setback"
    r"|reversal|departure|turn|boost|development)\b"
)
# What hands out a verdict, where no figure goes with it: ", dealing a blow to …".
_VERDICT = re.compile(
    r"(?:punishing|rewarding|handing|dealing|delivering|capping|sealing|cementing|ratcheting|setting the stage"
    r"|paving the way|leaving the door|casting (?:a )?(?:doubt|shadow)|rais(?:ing|es) the (?:stakes|prospect))\b"
)


def is_reading(rest: str) -> bool:
    """Whether a closing clause is a reading by its verb, or hands out a verdict and no figure with it."""
    if re.match(rf"(?:thus |thereby |further )?(?:{COMMENT_VERBS})\b", rest):
        return True
    return _VERDICT.match(rest) is not None and not find_quantities(rest)
