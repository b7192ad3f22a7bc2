"""Every pathway is for grades that exist, has ordered stages, and can be played to its end."""

from collections.abc import Iterator

from portal.bank.checks.places import pathway_file
from portal.bank.loader import Bank
from portal.domain.adaptive import Observation, TryContext
from portal.domain.engine import ENGINE
from portal.domain.marking import Outcome
from portal.domain.pathway import Pathway, test_of
from portal.domain.school import Grade

PUPILS = {
    Outcome.OK: "un élève qui réussit tout",
    Outcome.KO: "un élève qui se trompe toujours",
    Outcome.SKIPPED: "un élève qui passe tout",
}


def problems(bank: Bank) -> list[str]:
    """Check each pathway."""
    return [
        f"{pathway_file(pathway)} : {problem}"
        for pathway in bank.pathways.values()
        for check in (_grades, _stages, _contents, _plays)
        for problem in check(pathway, bank)
    ]


def _grades(pathway: Pathway, bank: Bank) -> Iterator[str]:
    known = {grade.value for grade in Grade}
    for grade in pathway.grades:
        if grade not in known:
            yield f"le niveau de classe « {grade} » n’existe pas."


def _stages(pathway: Pathway, bank: Bank) -> Iterator[str]:
    """Ask for 0 first, then growing; the stage of the first acquired skill, if any, comes second."""
    thresholds = [stage.threshold for stage in pathway.stages]
    numbers = [threshold for threshold in thresholds if threshold is not None]
    if not numbers or thresholds[0] != 0 or numbers != sorted(set(numbers)):
        yield "les paliers commencent à 0 et vont en croissant."
    if None in thresholds[2:] or thresholds.count(None) > 1:
        yield "le palier « null » (un acquis) vient en deuxième, une seule fois."


def _contents(pathway: Pathway, bank: Bank) -> Iterator[str]:
    names = [tube for tube, _ in pathway.tubes]
    for tube, maximum in pathway.tubes:
        if bank.tubes[tube].skills[0].level > maximum:
            yield f"le sujet « {tube} » n’a aucun acquis jusqu’au niveau {maximum}."
    for name in sorted(set(names)):
        if names.count(name) > 1:
            yield f"le sujet « {name} » est cité deux fois."


def _plays(pathway: Pathway, bank: Bank) -> Iterator[str]:
    test = test_of(pathway, bank.tubes, bank.challenges)
    context = TryContext(seed=pathway.id)
    for outcome, pupil in PUPILS.items():
        answers: list[Observation] = []
        while (pick := ENGINE.decide(test, context, answers).pick) and len(answers) <= len(test.skills):
            answers.append(Observation(pick.skill, pick.challenge, outcome))
        if pick:
            yield f"il ne finit pas pour {pupil}."
        elif not answers:
            yield f"il ne pose aucune question à {pupil}."
