"""The errors digest raises.

::

    DigestError                 anything the user can mend; `subject` names the thing, `hint` says what to do
    ├── ConfigError             a key, a value or a file of the configuration
    ├── CollectError            one source or file could not be read (it goes to the ledger and stops nothing)
    ├── NoArticlesError         no source gave a readable article
    ├── ModelError              an embedding model or a writer could not be loaded or did not match its checksum
    ├── RenderError             a template is missing or wrong
    ├── BriefFileError          a brief.json, sources.jsonl or trace.json is missing, damaged or of another version
    ├── StoreError              the file that runs remember in cannot be used, or another run is at work
    ├── NothingNewError         there is nothing to tell that was not told already (exit code 3)
    └── DeliverError            an output could not be written

Every error keeps its cause (`raise … from error`), so `--verbose` can show it.
"""

from __future__ import annotations


class DigestError(Exception):
    """A problem with a message for the user.

    `subject` is the file, source, feed or key it is about; `reason` says what is wrong with it; `hint`, when there
    is one, says what to do. `exit_code` is the command line's.
    """

    exit_code = 1

    def __init__(self, subject: str, reason: str, *, hint: str | None = None) -> None:
        super().__init__(subject, reason)
        self.subject = subject
        self.reason = reason
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"


class ConfigError(DigestError):
    """A key, a value or a file of the configuration is wrong."""


class CollectError(DigestError):
    """One source or file could not be read."""


class NoArticlesError(DigestError):
    """No source gave a readable article."""


class ModelError(DigestError):
    """A model could not be loaded, or is not the one it should be."""


class RenderError(DigestError):
    """A template is missing or wrong."""


class BriefFileError(DigestError):
    """A file of a finished brief is missing, damaged or of another version."""


class DeliverError(DigestError):
    """An output could not be written."""


class StoreError(DigestError):
    """The file that runs remember in cannot be used, or another run is at work."""


class NothingNewError(DigestError):
    """There is nothing to tell that was not told already; no issue is made."""

    exit_code = 3
