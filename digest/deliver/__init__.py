"""Briefs to where they are read: the outputs folder."""

from digest.deliver.outputs import IssueFolder, read_issue, write_issue

__all__ = ["IssueFolder", "read_issue", "write_issue"]
