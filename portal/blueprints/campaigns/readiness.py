"""Who may start a campaign whose parcours comes after others."""

from dataclasses import dataclass, field

from portal.bank.loader import Bank
from portal.domain.analysis import natural_order
from portal.persistence.models import Campaign
from portal.persistence.queries import campaigns as queries
from portal.persistence.queries.order import readiness
from portal.services import order as services


@dataclass(slots=True)
class ReadyClass:
    """A class that is expected: the names of those who are ready, and how many pupils it has."""

    name: str
    ready: list[str] = field(default_factory=list)
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Readiness:
    """What comes before a parcours; without classes when it is only advised."""

    titles: list[str]
    is_locked: bool
    classes: list[ReadyClass]

    @property
    def ready(self) -> int:
        """Count those who may start."""
        return sum(len(one.ready) for one in self.classes)

    @property
    def expected(self) -> int:
        """Count those who are expected."""
        return sum(one.expected for one in self.classes)


def readiness_of(campaign: Campaign, bank: Bank) -> Readiness | None:
    """Tell what comes before a campaign's parcours and, if it is locked, who has sent it all; or None."""
    pathway = bank.pathways.get(campaign.pathway)
    if pathway is None or not pathway.prerequisites:
        return None
    titles = [f"«\u00a0{title}\u00a0»" for title in services.titles(pathway, bank)]
    if not pathway.is_locked:
        return Readiness(titles, is_locked=False, classes=[])
    aims = queries.audiences([campaign.id])
    grades = [aim.grade for aim in aims if aim.grade]
    single = [aim.class_group_id for aim in aims if aim.class_group_id]
    classes: dict[str, ReadyClass] = {}
    for row in readiness(campaign.school_id, grades, single, pathway.prerequisites):
        group = classes.setdefault(row.class_name, ReadyClass(row.class_name))
        group.expected += 1
        if row.sent == len(pathway.prerequisites):
            group.ready.append(f"{row.first_name} {row.last_name}")
    return Readiness(titles, True, sorted(classes.values(), key=lambda one: natural_order(one.name)))
