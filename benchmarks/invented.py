"""Invented articles in any number, so that speed can be measured without data.

A grammar: events with people, places and companies made of syllables, and facts of random subjects, deeds and objects;
each fact is told by several outlets, in other words and other order. The texts make little sense. Their lengths, names
and figures, how many words they share, and how often one fact is told twice, are like those of a day's news.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from digest.models import Article

DAY = datetime(2026, 3, 4, 6, tzinfo=UTC)
OUTLETS_PER_EVENT = (2, 9)  # how many tell one event
SENTENCES = (14, 40)  # of an article: 27 on average, as in 335 news articles with 9,000
_FACTS = 70  # of an event, of which each article tells some

_STARTS = "bal dro fen gar hal is jor kel lun mar nor os pel quo ras sel tor ul var wes yar zel".split()
_ENDS = "a ek en ia ik mark mo na nes or ra sk strand ta ven vik".split()
_GIVEN = (
    "Anna Boris Clara David Elena Felix Greta Hugo Irina Jonas Karin Lukas Maria Niko Olga Pavel Rosa Stefan".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NOUNS = (
    "ferry tanker bridge harbour refinery dam stadium hospital school warehouse mine tunnel airport reactor mill"
    " railway reservoir shipyard museum embassy pipeline convoy checkpoint courthouse brewery levy tariff subsidy"
    " ballot treaty verdict petition ration vaccine drone satellite turbine orchard vineyard glacier forest"
    " wetland fishery cannery archive festival orchestra newspaper broadcaster insurer lender union league"
    " committee cabinet senate garrison brigade patrol frigate cable antenna battery furnace kiln quarry granary"
    " silo herd flock crop harvest loan bond pension wage deposit licence permit visa passport census survey audit"
    " inquiry tribunal charter statute decree curfew blockade ceasefire armistice hostage refugee migrant settler"
    " pilgrim student teacher surgeon nurse miner trawler lighthouse causeway seawall aqueduct sewer substation"
    " transformer elevator crane barge locomotive tram"
).split()
_DEEDS = (
    "blocked seized inspected repaired abandoned flooded reopened shelled audited expanded sold rejected endorsed"
    " praised condemned postponed delayed cancelled funded evacuated searched rescued escorted detained released"
    " questioned accused sued fined banned licensed merged privatised closed guarded bombed mapped measured tested"
    " vaccinated sheltered fed trained hired dismissed elected appointed honoured mourned buried restored painted"
    " filmed monitored hacked leaked copied stored shipped smuggled taxed rationed halved doubled trimmed raised"
    " lowered approved vetoed"
).split()
_KINDS = (
    "regional northern southern coastal rural urban state private foreign military civilian historic modern"
    " damaged unfinished crowded remote neighbouring rival joint temporary permanent secret public annual"
    " emergency volunteer medical nuclear electric frozen burning sunken stolen donated imported exported unpaid"
    " disputed overdue"
).split()
_ENDINGS = (
    "after a night of talks",
    "despite the protests",
    "for the second time this year",
    "as the storm moved inland",
    "before the holiday",
    "without giving a reason",
    "in return for a loan",
    "under a plan agreed last spring",
    "while negotiations went on",
    "to the surprise of many residents",
    "on the advice of engineers",
    "amid heavy snow",
    "because of a shortage of fuel",
    "following a complaint",
    "with the help of volunteers",
    "at the request of the court",
)

# The ways to tell a fact: who did what to what, where, when, how many, and who says so.
_WAYS = (
    "The {subject} {deed} {n} {object}s in {place} on {day}, {person} said.",
    "{person} of {company} said that {n} {object}s had been {deed} by the {subject} in {place}.",
    "In {place}, the {subject} {deed} one {kind} {object} {ending}.",
    "One {kind} {object} near {place} was {deed} by the {subject} {ending}, according to {company}.",
    "Some {n} {object}s were {deed} on {day}, when the {subject} reached {place}.",
    "“The {subject} should never have {deed} the {object},” {person} told reporters in {place}.",
    "{company} confirmed on {day} that its {subject} had {deed} {n} {object}s {ending}.",
    "It was the {kind} {subject} that {deed} the {object}, said {person}, who leads {company}.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    facts: tuple[tuple[str, ...], ...]  # the ways to tell each


def invented_articles(articles: int, *, seed: int = 0) -> list[Article]:
    """Return so many articles of one invented day; the same for the same seed."""
    numbers = random.Random(seed)
    outlets = [f"{_name(numbers)} {word}" for word in ("Post", "Observer", "Ledger", "Wire", "Radio") for _ in range(8)]
    found: list[Article] = []
    while len(found) < articles:
        event = _event(numbers)
        for outlet in numbers.sample(outlets, numbers.randint(*OUTLETS_PER_EVENT)):
            found.append(_article(event, outlet, len(found), numbers))
    return found[:articles]


def _article(event: _Event, outlet: str, number: int, numbers: random.Random) -> Article:
    wanted = min(len(event.facts), numbers.randint(*SENTENCES))
    told = [numbers.choice(event.facts[row]) for row in sorted(numbers.sample(range(len(event.facts)), wanted))]
    paragraphs = [" ".join(told[start : start + 3]) for start in range(0, len(told), 3)]
    return Article(
        id=f"a{number:06}",
        title=told[0].partition(",")[0].rstrip("."),
        text="\n\n".join(paragraphs),
        outlet=outlet,
        link=f"https://{outlet.split()[0].lower()}.example/{number}",
        published=DAY - timedelta(minutes=numbers.randrange(1200)),
        source=f"{number}.txt",
    )


def _event(numbers: random.Random) -> _Event:
    people = [f"{numbers.choice(_GIVEN)} {_name(numbers)}" for _ in range(6)]
    places = [_name(numbers) for _ in range(5)]
    companies = [f"{_name(numbers)} {numbers.choice(('Lines', 'Group', 'Energy', 'Works'))}" for _ in range(3)]

    def told() -> tuple[str, ...]:
        slots = {
            "n": numbers.randint(3, 980), "person": numbers.choice(people), "place": numbers.choice(places),
            "company": numbers.choice(companies), "day": numbers.choice(_DAYS), "ending": numbers.choice(_ENDINGS),
            "subject": f"{numbers.choice(_KINDS)} {numbers.choice(_NOUNS)}", "object": numbers.choice(_NOUNS),
            "deed": numbers.choice(_DEEDS), "kind": numbers.choice(_KINDS),
        }  # fmt: skip
        return tuple(way.format(**slots) for way in numbers.sample(_WAYS, 3))

    return _Event(facts=tuple(told() for _ in range(_FACTS)))


def _name(numbers: random.Random) -> str:
    return (numbers.choice(_STARTS) + numbers.choice(("", "", numbers.choice(_STARTS))) + numbers.choice(_ENDS)).title()
