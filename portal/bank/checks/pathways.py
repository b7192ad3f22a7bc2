"""Every pathway is for grades that exist, has ordered stages, and can be played to its end."""

from collections.abc import Iterator

from portal.bank.checks.places import pathway_place
from portal.bank.loader import Bank
from portal.bank.places import Place, Problem
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


def problems(bank: Bank) -> list[Problem]:
    """Check each pathway."""
    return [problem for pathway in bank.pathways.values() for problem in problems_of(pathway, bank)]


def problems_of(pathway: Pathway, bank: Bank) -> list[Problem]:
    """Check one pathway."""
    return [
        problem
        for check in (_grades, _stages, _contents, _plays)
        for problem in check(pathway_place(pathway), pathway, bank)
    ]


def _grades(place: Place, pathway: Pathway, bank: Bank) -> Iterator[Problem]:
    known = {grade.value for grade in Grade}
    for at, grade in enumerate(pathway.grades):
        if grade not in known:
            why = f"le niveau de classe « {grade} » n’existe pas : {', '.join(sorted(known))}."
            yield Problem(place.at("grades", at), why)


def _stages(place: Place, pathway: Pathway, bank: Bank) -> Iterator[Problem]:
    """Ask for 0 first, then growing; the stage of the first acquired skill, if any, comes second."""
    thresholds = [stage.threshold for stage in pathway.stages]
    numbers = [threshold for threshold in thresholds if threshold is not None]
    if not numbers or thresholds[0] != 0 or numbers != sorted(set(numbers)):
        yield Problem(place.at("stages"), "les paliers commencent à 0 et vont en croissant.")
    if None in thresholds[2:] or thresholds.count(None) > 1:
        yield Problem(place.at("stages"), "le palier « null » (un acquis) vient en deuxième, une seule fois.")


def _contents(place: Place, pathway: Pathway, bank: Bank) -> Iterator[Problem]:
    names = [tube for tube, _ in pathway.tubes]
    for at, (tube, maximum) in enumerate(pathway.tubes):
        here = place.at("tubes", at)
        if bank.tubes[tube].skills[0].level > maximum:
            yield Problem(here, f"le sujet « {tube} » n’a aucun acquis jusqu’au niveau {maximum}.")
        if tube in names[:at]:
            yield Problem(here, f"le sujet « {tube} » est cité deux fois.")


def _plays(place: Place, pathway: Pathway, bank: Bank) -> Iterator[Problem]:
    test = test_of(pathway, bank.tubes, bank.challenges)
    if not test.skills:
        # Its subjects have been told of, one by one.
        return
    context = TryContext(seed=pathway.id)
    for outcome, pupil in PUPILS.items():
        answers: list[Observation] = []
        while (pick := ENGINE.decide(test, context, answers).pick) and len(answers) <= len(test.skills):
            answers.append(Observation(pick.skill, pick.challenge, outcome))
        if pick:
            yield Problem(place, f"il ne finit pas pour {pupil}.")
        elif not answers:
            yield Problem(place, f"il ne pose aucune question à {pupil}.")
