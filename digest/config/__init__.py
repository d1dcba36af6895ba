"""The configuration: TOML into frozen pydantic models, one table per stage of the pipeline.

Each field's description is its documentation: `commented.py` writes the file of `digest init` from them. An unknown key
is refused with the name of the nearest known one. Paths in a file are relative to that file.
"""

from digest.config.brief import BriefConfig, Format, RenderConfig, SectionConfig, SeriesConfig
from digest.config.lines import LinesConfig, WriterConfig
from digest.config.load import load_config
from digest.config.mail import MailConfig
from digest.config.sources import SOURCE_KINDS, CollectConfig, SourceConfig, SourceKind
from digest.config.stages import (
    PACKAGED_MODEL,
    CopiesConfig,
    EmbeddingsConfig,
    StatementsConfig,
    StoreConfig,
    StoriesConfig,
    TopicsConfig,
    WindowConfig,
)
from digest.config.values import Table, TimeZone
from digest.config.whole import Config, key_name, table_of

__all__ = [
    "PACKAGED_MODEL", "SOURCE_KINDS", "BriefConfig", "CollectConfig", "Config", "CopiesConfig", "EmbeddingsConfig",
    "Format", "LinesConfig", "MailConfig", "RenderConfig", "SectionConfig", "SeriesConfig", "SourceConfig",
    "SourceKind", "StatementsConfig", "StoreConfig", "StoriesConfig", "Table", "TimeZone", "TopicsConfig",
    "WindowConfig", "WriterConfig", "key_name", "load_config", "table_of",
]  # fmt: skip
