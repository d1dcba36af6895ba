"""Five articles of which two tell one fact, one is a copy and one is too old, and the brief of them."""

from datetime import UTC, datetime, timedelta

from digest.config import Config, WindowConfig
from digest.pipeline import build_brief
from digest.summarize import ExtractiveSummarizer
from tests.fakes import WordEncoder, article

NOW = datetime(2026, 3, 4, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
COLLISION = (
    "A ferry and a tanker collided off Osmark on Tuesday, killing three people and injuring 35, the governor said. "
    "All 212 passengers of the ferry Maren Sole were brought ashore before noon, the rescue service said. "
    "The owner of the tanker Corvina Bay, Brenholm Shipping, denied that it had left its lane."
)
OWN = (
    "Three people were killed and 35 injured when a ferry and a tanker collided off Osmark on Tuesday, the governor said. "
    "The port of Osmark will stay closed until Friday, the harbour authority said. He would not say more."
)
LEVY = "The Assembly in Vesk voted by 61 to 56 on Tuesday to raise the fuel levy. The levy takes effect on 1 May."

ARTICLES = (
    article("a", COLLISION, outlet="Coast Radio", published=NOW - 5 * HOUR, link="https://coastradio.example/1"),
    article("b", OWN, outlet="Daily Ledger", published=NOW - 4 * HOUR),
    article("c", COLLISION, outlet="Newsbox", published=NOW - 3 * HOUR),
    article("d", LEVY, outlet="Norra Wire"),
    article("e", LEVY.replace("fuel", "fish"), outlet="Old News", published=NOW - 90 * HOUR),
)
CONFIG = Config(window=WindowConfig(hours=48))


def build(articles=ARTICLES, config=CONFIG, encoder=None, **more):
    encoder = encoder or WordEncoder()
    return build_brief(articles, config=config, encoder=encoder, summarizer=ExtractiveSummarizer(), now=NOW, **more)
