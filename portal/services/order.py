"""What a pupil has to send before a parcours, and whether it is open."""

import uuid
from dataclasses import dataclass

from portal.bank.loader import Bank
from portal.domain import order as rules
from portal.domain.participation import Status
from portal.domain.pathway import Pathway
from portal.persistence.models import Campaign
from portal.persistence.queries import order as queries


@dataclass(frozen=True, slots=True)
class Before:
    """A parcours that comes first.

    Attributes:
        status: where this pupil stands; None: not begun.
        code: the campaign where it is done, or can be; None: the pupil has to ask for one.
        public_id: the try that waits to be sent.
    """

    title: str
    status: Status | None
    code: str | None = None
    public_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """The parcours that come before one; `is_locked`: it cannot be started yet."""

    before: tuple[Before, ...]
    is_locked: bool


def titles(pathway: Pathway, bank: Bank) -> list[str]:
    """Name the parcours that come first."""
    return [bank.pathways[name].title for name in pathway.prerequisites]


def check_can_start(campaign: Campaign, learner_id: int, bank: Bank) -> None:
    """Refuse a parcours whose turn has not come.

    Raises: PathwayLocked.
    """
    pathway = bank.pathways.get(campaign.pathway)
    if pathway is not None and pathway.is_locked:
        rules.check_order(pathway, queries.sent_pathways(learner_id, pathway.prerequisites))


def order_of(campaign: Campaign, bank: Bank, *, learner_id: int, student_id: int) -> Order | None:
    """Tell a pupil what comes before the parcours of a campaign; None when nothing is left to send."""
    pathway = bank.pathways.get(campaign.pathway)
    if pathway is None or not pathway.prerequisites:
        return None
    sent = queries.sent_pathways(learner_id, pathway.prerequisites)
    if not rules.missing(pathway, sent):
        return None
    school_id, names = campaign.school_id, pathway.prerequisites
    begun = {row.pathway: row for row in reversed(queries.tries(learner_id, school_id, names))}
    offered = {
        row.pathway: row.code for row in reversed(queries.open_campaigns(school_id, student_id, names))
    }

    def before(name: str) -> Before:
        title, row = bank.pathways[name].title, begun.get(name)
        if name in sent:
            return Before(title, Status.SHARED)
        if row is None:
            return Before(title, None, offered.get(name))
        return Before(title, Status(row.status), row.code, row.public_id)

    return Order(tuple(before(name) for name in names), pathway.is_locked)
