"""The order of parcours: some are sent before others. Source: docs/regles.md, « L’ordre des parcours »."""

from collections.abc import Set

from portal.domain.errors import DomainError
from portal.domain.pathway import Pathway


class PathwayLocked(DomainError):
    """The parcours opens once others are sent."""


def missing(pathway: Pathway, sent: Set[str]) -> tuple[str, ...]:
    """Name the parcours that come first and are not sent yet, in order."""
    return tuple(name for name in pathway.prerequisites if name not in sent)


def check_order(pathway: Pathway, sent: Set[str]) -> None:
    """Refuse to start a locked parcours before all that come first are sent.

    Raises: PathwayLocked.
    """
    if pathway.is_locked and missing(pathway, sent):
        raise PathwayLocked
