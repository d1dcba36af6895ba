"""The whole configuration, table by table, and how the names in a file relate to the models."""

from __future__ import annotations

from typing import Any, get_args

from pydantic.fields import FieldInfo

from digest.config.brief import BriefConfig, RenderConfig, SectionConfig, SeriesConfig
from digest.config.lines import LinesConfig, WriterConfig
from digest.config.mail import MailConfig
from digest.config.sources import CollectConfig, SourceConfig
from digest.config.stages import (
    CopiesConfig,
    EmbeddingsConfig,
    StatementsConfig,
    StoreConfig,
    StoriesConfig,
    TopicsConfig,
    WindowConfig,
)
from digest.config.values import Table


class Config(Table):
    """The whole configuration. Every table may be left out."""

    brief: BriefConfig = BriefConfig()
    sources: tuple[SourceConfig, ...] = ()
    collect: CollectConfig = CollectConfig()
    sections: tuple[SectionConfig, ...] = ()
    series: SeriesConfig | None = None
    window: WindowConfig = WindowConfig()
    store: StoreConfig = StoreConfig()
    copies: CopiesConfig = CopiesConfig()
    statements: StatementsConfig = StatementsConfig()
    embeddings: EmbeddingsConfig = EmbeddingsConfig()
    topics: TopicsConfig = TopicsConfig()
    stories: StoriesConfig = StoriesConfig()
    lines: LinesConfig = LinesConfig()
    writers: tuple[WriterConfig, ...] = ()
    render: RenderConfig = RenderConfig()
    mail: MailConfig | None = None


def key_name(name: str, field: FieldInfo) -> str:
    """What the file calls a field: "from", which no Python name can be, is the alias of `sender`."""
    return field.alias or name


def table_of(annotation: Any) -> type[Table] | None:
    """The Table class inside an annotation such as `tuple[SourceConfig, ...]` or `SeriesConfig | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next((found for inner in get_args(annotation) if (found := table_of(inner))), None)
