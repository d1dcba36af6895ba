"""What runs remember, in one SQLite file beside the configuration: articles, sources, issues, mails.

`Database` opens the file; the modules hold plain functions over it. `articles` keeps every version that was read,
`issues` what was made, `history` what earlier issues told, `prune` drops what is old, `outbox` the mails, `lock` sees
to one run at a time.
"""

from __future__ import annotations

from digest.store.database import Database

__all__ = ["Database"]
