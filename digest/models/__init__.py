"""The values that travel through the pipeline, as frozen dataclasses. No I/O here.

Three groups: the values that go from stage to stage (`working`), the brief and everything below it (`brief`,
`ledger`), and what earlier runs leave behind (`past`). All are imported from here.
"""

from digest.models.brief import (
    BRIEFLY_TITLE,
    SCHEMA,
    Background,
    Brief,
    Change,
    ChangeKind,
    Citation,
    Day,
    Difference,
    Edit,
    EditKind,
    EditPart,
    Entry,
    Fate,
    Line,
    LineKind,
    Neighbour,
    Reading,
    Section,
    Series,
    SourceEntry,
    Status,
    Story,
    Window,
)
from digest.models.ledger import READ_REST, SILENT, Failure, Ledger, LeftOut
from digest.models.past import Edited, History, Told, Validator
from digest.models.walk import background, entries, stories
from digest.models.working import Article, Draft, Omission, Origin, Statement, Topic, TopicDifference, TopicReading

__all__ = [
    "BRIEFLY_TITLE", "READ_REST", "SCHEMA", "SILENT", "Article", "Background", "Brief", "Change", "ChangeKind",
    "Citation", "Day", "Difference", "Draft", "Edit", "EditKind", "EditPart", "Edited", "Entry", "Failure", "Fate",
    "History", "Ledger", "LeftOut", "Line", "LineKind", "Neighbour", "Omission", "Origin", "Reading", "Section",
    "Series", "SourceEntry", "Statement", "Status", "Story", "Told", "Topic", "TopicDifference", "TopicReading",
    "Validator", "Window", "background", "entries", "stories",
]  # fmt: skip
