"""Sources to articles: files and folders, feeds, web pages, OPML lists and mailboxes.

`collect` is the way in. Only `fetch` and `imap` open connections, and only for sources that are addresses.
"""

from __future__ import annotations

from digest.collect.elsewhere import Memory
from digest.collect.sources import Collection, collect

__all__ = ["Collection", "Memory", "collect"]
