"""What the bank covers, as printed by `contenu verifier`."""

from collections import Counter
from collections.abc import Iterator

from portal.bank.loader import Bank
from portal.domain.pathway import skills_of
from portal.domain.referential import CHOICES, Kind

KINDS = {
    Kind.SINGLE_CHOICE: "choix unique",
    Kind.MULTIPLE_CHOICE: "choix multiple",
    Kind.TEXT: "texte",
    Kind.NUMBER: "nombre",
    Kind.FIELDS: "plusieurs champs",
    Kind.INTERCHANGEABLE_FIELDS: "champs échangeables",
    Kind.SELECT: "listes déroulantes",
    Kind.MATCHING: "correspondances",
    Kind.ORDERING: "remise en ordre",
    Kind.HOTSPOT: "endroit d’une image ou d’un tableau",
    Kind.SIMULATOR: "simulateur",
}


def coverage(bank: Bank) -> list[str]:
    """List the lines of the table: competences, kinds of questions, levels, pathways."""
    return [*_competences(bank), "", *_kinds(bank), "", *_levels(bank), "", *_pathways(bank)]


def _competences(bank: Bank) -> Iterator[str]:
    row = "{:<60}{:>8}{:>8}{:>11}"
    yield row.format("Compétence", "sujets", "acquis", "questions")
    total = [0, 0, 0]
    for competence in bank.referential.competences():
        tubes = [tube for tube in bank.tubes.values() if tube.competence == competence.id]
        skills = [skill for tube in tubes for skill in tube.skills]
        counts = [len(tubes), len(skills), sum(len(bank.challenges[skill.id]) for skill in skills)]
        total = [sum(pair) for pair in zip(total, counts, strict=True)]
        yield row.format(f"{competence.id} {competence.title}"[:59], *counts)
    yield row.format("Ensemble", *total)


def _kinds(bank: Bank) -> Iterator[str]:
    challenges = [challenge for _, challenge in bank.every_challenge()]
    count = Counter(challenge.kind for challenge in challenges)
    whole = len(challenges) or 1
    for kind, name in KINDS.items():
        yield f"{name:<60}{count[kind]:>8}{100 * count[kind] / whole:>7.0f}\u00a0%"
    choices = 100 * sum(count[kind] for kind in CHOICES) / whole
    doing = 100 * sum(challenge.doing for challenge in challenges) / whole
    yield f"{'Choix uniques et multiples (35 % au plus)':<68}{choices:>7.0f}\u00a0%"
    yield f"{'Questions où l’on fait (40 % au moins)':<68}{doing:>7.0f}\u00a0%"


def _levels(bank: Bank) -> Iterator[str]:
    count = Counter(skill.level for tube in bank.tubes.values() for skill in tube.skills)
    yield "Acquis par niveau : " + ", ".join(f"{level} → {count[level]}" for level in range(1, 9))


def _pathways(bank: Bank) -> Iterator[str]:
    yield f"{'Parcours':<60}{'sujets':>8}{'acquis':>8}"
    for pathway in bank.pathways.values():
        skills = skills_of(pathway, bank.tubes)
        yield f"{pathway.id + ' ' + pathway.title:<60}{len(pathway.tubes):>8}{len(skills):>8}"
