"""Faults that show over the whole bank: repeats, shares, answers that are guessed."""

from tests.bank.planted.fault import DEPENSES, DOSSIERS, LAST, SUBJECTS, TWIN, Fault, choice, lists, typed

BALANCE = [
    Fault(
        "too few variants",
        DOSSIERS,
        """      - id: dossiers-1c
        kind: simulator
        doing: true
        scenario: jeter-un-brouillon
        explanation: Un brouillon se reconnaît à son nom. Un exposé se garde.
        seconds: 60
""",
        "",
        "2 questions, 3 au moins",
        "id: dossiers-1",
    ),
    Fault(
        "near instructions",
        DEPENSES,
        "Choisissez les deux montants que l’on peut additionner.",
        "Citez deux dépenses qui reviennent chaque mois dans un foyer.",
        "presque identique à celle de depenses-5c",
        "dans ce foyer",
    ),
    Fault(
        "paraphrase", DEPENSES, LAST, LAST + TWIN, "presque les mêmes mots que depenses-5d", "id: depenses-5e"
    ),
    Fault(
        "too many choices",
        DEPENSES,
        LAST,
        LAST + "".join(choice(name, at) for at, name in enumerate(SUBJECTS[:5])),
        "% de choix uniques ou multiples, 35",
        "id: depenses-3b",
    ),
    Fault(
        "too little to do",
        DEPENSES,
        LAST,
        LAST + "".join(typed(name) for name in SUBJECTS),
        "% de questions où l’on fait",
        "id: depenses-5a",
    ),
    Fault(
        "longest right answer",
        DEPENSES,
        LAST,
        LAST + lists("depenses-5e", "Choisissez le jour de chaque achat.", lambda rank: rank % 3, "di"),
        "la bonne proposition est la plus longue dans 7 listes sur 9",
        "Ligne 1 du relevé",
    ),
    Fault(
        "right answer at the same place",
        DEPENSES,
        LAST,
        LAST
        + lists("depenses-5e", "Choisissez le jour de chaque achat.", lambda rank: 0)
        + lists(
            "depenses-5f",
            "Quand chaque facture a-t-elle été payée dans ce relevé\u00a0?",
            lambda rank: 0,
            days="mai jui oct",
        ),
        "la bonne réponse est la première dans 12 listes",
        "Ligne 1 du relevé",
    ),
]
