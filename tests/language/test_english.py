import pytest

from digest.language.english import is_english

ENGLISH = "The harbour of Osmark stays closed until Friday, its master said, and the ferries will sail from Tarvik. "
GERMAN = (
    "Der Hafen von Osmark bleibt bis Freitag geschlossen, sagte der Hafenmeister am Montag, und die Fähren fahren "
    "nicht mehr nach Tarvik, bis die Mole wieder steht. "
)
DANISH = (
    "Havnen i Osmark er lukket til fredag, siger havnechefen, og for os er det en dag at glemme så hurtigt vi kan. "
)
PORTUGUESE = (
    "O porto de Osmark fica fechado até sexta-feira, disse a capitania, e as balsas saem de Tarvik a partir de hoje. "
)
SHORT = (
    "In Osmark wird am Freitag in vier Häfen neu gezählt. Das hat das Amt am Montag entschieden. Der Chef will das "
    "Ergebnis abwarten.",
    "Deux personnes sont mortes à Osmark dimanche soir, a annoncé la police. On ignore encore la cause, a dit le maire "
    "de la ville.",
    "Due persone sono morte in un incendio a Osmark domenica sera, ha detto la polizia. La causa non è ancora nota, per "
    "ora.",
    "In een loods in Osmark zijn zondag twee mensen om het leven gekomen bij een brand. De politie zegt dat veertien "
    "mensen gewond raakten.",
    "To personer mistet livet i en brann i en hall i Osmark søndag kveld, sier politiet. Årsaken til brannen er ikke "
    "kjent for noen.",
    "Två personer dog i en brand i ett lager i Osmark på söndagen, säger polisen. Fjorton skadades i branden, enligt "
    "ägaren av bolaget.",
)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "",
        "Osmark: 1,400 dockers, 3 days",
        "Osmark 3 Vesk 1; Tarvik 2 Lindhaven 2; Skelmar 0 Norra 4; Hollin 1 Corvin 1; Brenholm 5 Moss 0; Ulvik 2 Falk 3.",
        "Two Osmark men jailed over tanker theft after judge rejects plea deal; lawyers plan appeal in Vesk, say reports",
        f"{ENGLISH}As the people of Osmark say: „{GERMAN}“ {ENGLISH}",
    ],
)
def test_english(text):
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        DANISH * 3,
        PORTUGUESE * 3,
        *SHORT,
        "港は金曜日まで閉鎖される。",
        "Порт Осмарка закрыт до пятницы, OSMARK.",
    ],
)
def test_another_language(text):
    assert not is_english(text)
