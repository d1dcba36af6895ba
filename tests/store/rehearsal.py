"""A small world to rehearse days in: feeds on loopback, a configuration, and runs with an encoder of words."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from digest import job as jobs
from tests.collect.server import conditional
from tests.fakes import WordEncoder

MORNING = datetime(2026, 3, 4, 6, tzinfo=UTC)
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

CONFIG = """
[brief]
title = "Strait watch"
timezone = "Europe/Oslo"
[series]
name = "Strait watch"
first_day = 2026-03-04
[window]
hours = 30
[collect]
delay = 0.0
retries = 0
timeout = 3.0
deadline = 5.0
[render]
formats = ["md", "html", "txt", "prose"]
{more}
{sources}
"""

# What happens on three days, each as two outlets tell it: (name, title, first outlet's text, second outlet's text).
DAYS = (
    (
        ("collision", "Ferry and tanker collide off Osmark",
         "A ferry and a tanker collided off Osmark on Tuesday night, killing three people, the governor said. "
         "The rescue service brought 212 passengers of the ferry ashore before dawn, its spokeswoman said.",
         "Three people were killed when a ferry and a tanker collided off Osmark on Tuesday night, the governor said. "
         "The tanker had lost its steering an hour before, the harbour authority said on Wednesday."),
        ("levy", "Assembly raises the fuel levy",
         "The Assembly in Vesk voted by 61 to 56 on Tuesday to raise the fuel levy from 12 to 17 crowns. "
         "Hauliers said they would block the northern motorway on Friday.",
         "By 61 votes to 56 the Assembly in Vesk raised the fuel levy from 12 to 17 crowns on Tuesday."),
    ),
    (
        ("toll", "Toll of the collision rises",
         "The ferry and tanker collision off Osmark killed five people, the governor said on Wednesday. "
         "Divers found two more bodies in the wreck on Wednesday afternoon, the rescue service said.",
         "Five people were killed in the ferry and tanker collision off Osmark, the governor said on Wednesday."),
        ("dockers", "Dockers walk out in Tarvik",
         "About 900 dockers walked out in Tarvik on Wednesday over plans to automate the container terminal. "
         "The port company said 40 ships were waiting in the roads by the evening.",
         "Some 900 dockers in Tarvik stopped work on Wednesday over plans to automate the container terminal."),
    ),
    (
        ("mediator", "Mediator called to Tarvik",
         "The government sent a mediator to Tarvik on Thursday to end the strike of the dockers. "
         "Both sides will meet her on Saturday morning, the ministry of labour said.",
         "A mediator of the government arrived in Tarvik on Thursday to end the dockers' strike."),
        ("storm", "Storm floods the quays of Lindvik",
         "A storm flooded the quays of Lindvik on Thursday night and cut power to 3,000 homes, the town said. "
         "The sea wall held except for a stretch of 20 metres, its engineers said.",
         "Power was cut to 3,000 homes when a storm flooded the quays of Lindvik on Thursday night."),
    ),
)  # fmt: skip


def item(link, title, text, published):
    dated = f"<pubDate>{format_datetime(published)}</pubDate>" if published else ""
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded>{dated}</item>"
    )


def feed(title, *items):
    home = f"https://{title.lower().replace(' ', '')}.example/"
    return (
        f'<?xml version="1.0"?><rss version="2.0" xmlns:content="{CONTENT}"><channel><title>{title}</title><link>{home}</link>'
        f"{''.join(items)}</channel></rss>"
    )


class World:
    """Two feeds on a server, a configuration in a folder, and the time. `show` sets what a feed holds."""

    def __init__(self, folder, site, *, more=""):
        self.folder, self.site, self.config = folder, site, folder / "digest.toml"
        sources = "".join(
            f'[[sources]]\nfeed = "{site.url(path)}"\nname = "{name}"\nlocal = true\nfull_text = false\n'
            for path, name in (("/coast", "Coast Radio"), ("/ledger", "Daily Ledger"))
        )
        folder.mkdir(parents=True, exist_ok=True)
        self.config.write_text(CONFIG.format(more=more, sources=sources), encoding="utf-8")
        self.versions = 0

    @property
    def store(self):
        return self.folder / "digest.sqlite"

    def show(self, path, *items):
        self.versions += 1
        title = {"/coast": "Coast Radio", "/ledger": "Daily Ledger", "/harbour": "Harbour Times"}[path]
        self.site.routes[path] = conditional(feed(title, *items), etag=f'"{self.versions}"')

    def show_day(self, number, *, published=None):
        """What both feeds hold on a day: its own articles, each published at three in the morning, and no others."""
        published = published or MORNING + number * DAY - 3 * HOUR
        for place, (path, host) in enumerate((("/coast", "coastradio"), ("/ledger", "dailyledger"))):
            self.show(path, *(
                item(f"https://{host}.example/{number}/{told[0]}", told[1], told[2 + place], published)
                for told in DAYS[number]
            ))  # fmt: skip

    def run(self, now):
        return jobs.run(jobs.job_for(self.config), now=now)

    def files(self, finished):
        """The bytes of an issue's files, by name."""
        return {path.name: path.read_bytes() for path in sorted(finished.folder.iterdir())}


def use_word_encoder(monkeypatch):
    monkeypatch.setattr(jobs, "cached_encoder", lambda *settings, **named: WordEncoder())
