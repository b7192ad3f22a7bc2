"""From one year to the next: enough that is new, and no step too high. The years are data."""

from collections.abc import Iterator

from portal.bank.checks.places import pathway_place
from portal.bank.coverage.pathways import shared
from portal.bank.loader import Bank
from portal.bank.places import Problem
from portal.domain.pathway import Pathway


def problems(bank: Bank) -> Iterator[Problem]:
    """Compare the pathways of following years, when both are there."""
    asked = bank.objectives.following
    for before, after in asked.years:
        if before in bank.pathways and after in bank.pathways:
            yield from _shared(bank.pathways[before], bank.pathways[after], asked.shared)
            yield from _rises(bank.pathways[before], bank.pathways[after], bank, asked.rise)


def _shared(before: Pathway, after: Pathway, most: int) -> Iterator[Problem]:
    share = shared(before, after)
    if share > most:
        why = f"{share} % des sujets de « {before.id} » y reviennent au même plafond, {most} % au plus."
        yield Problem(pathway_place(after).at("tubes"), why)


def _rises(before: Pathway, after: Pathway, bank: Bank, rise: int) -> Iterator[Problem]:
    known = highest(before, bank)
    for at, (tube, maximum) in enumerate(after.tubes):
        competence = bank.tubes[tube].competence
        if competence in known and maximum > known[competence] + rise:
            was = f"{known[competence]} dans « {before.id} »"
            why = f"niveau {maximum} en {competence}, contre {was} : {rise} de plus au plus."
            yield Problem(pathway_place(after).at("tubes", at), why)


def highest(pathway: Pathway, bank: Bank) -> dict[str, int]:
    """Give the highest level that a pathway asks of each competence."""
    found: dict[str, int] = {}
    for tube, maximum in pathway.tubes:
        competence = bank.tubes[tube].competence
        found[competence] = max(maximum, found.get(competence, 0))
    return found
