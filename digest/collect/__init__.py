"""Sources to articles: files of text, Markdown, HTML, JSON and mail, folders of them, and pages that list many.

`collect` is the way in. Nothing here opens a socket.
"""

from __future__ import annotations

from digest.collect.sources import Collection, collect

__all__ = ["Collection", "collect"]
