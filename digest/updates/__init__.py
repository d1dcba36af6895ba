"""What has changed: today's statements beside those that earlier issues told, and beside each other."""

from digest.updates.changes import Moved, find_changes
from digest.updates.edits import find_edits, word_diff
from digest.updates.told import Memory, Passage, Verdict, judge, remember, told_texts

__all__ = [
    "Memory",
    "Moved",
    "Passage",
    "Verdict",
    "find_changes",
    "find_edits",
    "judge",
    "remember",
    "told_texts",
    "word_diff",
]
