"""Bring the bank's challenges into the database, a row per version."""

from datetime import datetime

from sqlalchemy import insert, select

from portal.bank.loader import Bank
from portal.domain.referential import Challenge
from portal.extensions import db
from portal.persistence import mapping
from portal.persistence.models import ChallengeVersion
from portal.persistence.transaction import write_tx


def version_of(challenge: Challenge) -> str:
    """Name the exact content of a challenge."""
    return mapping.digest(mapping.challenge_to_json(challenge))[:16]


def load(bank: Bank, *, at: datetime) -> int:
    """Store the challenges whose content is new; older versions stay for the tries that hold them.

    Returns: how many versions were added.
    """
    known = {
        (key, version)
        for key, version in db.session.execute(select(ChallengeVersion.challenge, ChallengeVersion.version))
    }
    added = []
    for _, challenge in bank.every_challenge():
        version = version_of(challenge)
        if (challenge.id, version) not in known:
            content = mapping.challenge_to_json(challenge)
            row = {"challenge": challenge.id, "version": version, "content": content, "loaded_at": at}
            added.append(row)
    if added:
        with write_tx() as session:
            session.execute(insert(ChallengeVersion), added)
    return len(added)
