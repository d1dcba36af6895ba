"""What has changed: today's statements beside those that earlier issues told, and beside each other."""

from digest.updates.changes import Moved, find_changes
from digest.updates.dated import Dated
from digest.updates.disagreeing import courses, disagreements
from digest.updates.edits import find_corrections, find_edits, word_diff
from digest.updates.faults import background_faults, change_faults, edit_faults, tells_none
from digest.updates.subject import may_be_over, near_articles
from digest.updates.terms import was_due
from digest.updates.told import LIKELY, Memory, Passage, Verdict, judge, nearest_told, remember, told_texts
from digest.updates.within import overtaken, tells_alike, with_counts

__all__ = [
    "LIKELY", "Dated", "Memory", "Moved", "Passage", "Verdict", "background_faults", "change_faults", "courses",
    "disagreements", "edit_faults", "find_changes", "find_corrections", "find_edits", "judge", "may_be_over",
    "near_articles", "nearest_told", "overtaken", "remember", "tells_alike", "tells_none", "told_texts", "was_due",
    "with_counts", "word_diff",
]  # fmt: skip
