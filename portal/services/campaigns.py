"""Create a campaign, change what may change, archive it, bring it back."""

import hashlib
import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from portal.bank.loader import Bank
from portal.domain.adaptive import TryContext
from portal.domain.campaign import CampaignDraft, CampaignKind, Duration, EmptyAudience, new_code
from portal.domain.engine import ENGINE
from portal.domain.errors import NotFound
from portal.domain.identity import normalise_name
from portal.domain.pathway import Pathway, skills_of
from portal.domain.school import Grade, school_year
from portal.extensions import db
from portal.persistence import mapping
from portal.persistence.models import Campaign, CampaignAudience, ClassGroup
from portal.persistence.transaction import write_tx
from portal.services import freezing

# Ligatures count for two letters once they are written plainly: a name can grow.
LONGEST_SEARCH_KEY = 160


def create(
    draft: CampaignDraft, *, school_id: int, member_id: int, bank: Bank, at: datetime, nonce: str = ""
) -> str:
    """Create a campaign: its skills are frozen as the pathway has them now.

    Args:
        nonce: drawn with the empty form; the same draft sent twice with it is one campaign.
    Returns: the campaign's code.
    Raises: EmptyAudience, NotFound for a pathway or a class that does not exist.
    """
    pathway = bank.pathways.get(draft.pathway)
    if pathway is None:
        raise NotFound
    _check_audience(draft.grades, draft.classes, school_id)
    campaign = Campaign(
        school_id=school_id,
        owner_id=member_id,
        name=draft.name,
        search_key=search_key(draft.name),
        kind=CampaignKind.ASSESSMENT,
        sending=draft.sending,
        duration=draft.duration,
        landing_text=draft.landing_text,
        pathway=pathway.id,
        content=_frozen_content(pathway, bank),
        year=school_year(at),
        created_at=at,
        nonce=_mark_of(draft, member_id, nonce) if nonce else None,
        audience=_audience(draft.grades, draft.classes),
    )
    return _save_under_new_code(campaign)


def expected_questions(pathway: Pathway, bank: Bank, duration: Duration = Duration.MEDIUM) -> int:
    """Tell about how many questions the engine will ask of a pupil it knows nothing of."""
    test = freezing.freeze(Campaign(content=_frozen_content(pathway, bank)), bank)
    context = TryContext(seed="", mode=duration.mode)
    return round(ENGINE.estimate(test, context, []).expected_remaining)


def search_key(name: str) -> str:
    """Write a name as searches compare it: words without case and accents."""
    words = " ".join(filter(None, (normalise_name(word) for word in name.split())))
    return words[:LONGEST_SEARCH_KEY]


def _frozen_content(pathway: Pathway, bank: Bank) -> dict[str, Any]:
    return {
        "title": pathway.title,
        "skills": [mapping.skill_to_json(skill) for skill in skills_of(pathway, bank.tubes)],
        "stages": [asdict(stage) for stage in pathway.stages],
    }


def _mark_of(draft: CampaignDraft, member_id: int, nonce: str) -> str:
    """Name one sending of one form: going back and changing a word is another campaign."""
    return hashlib.sha256(f"{nonce} {member_id} {draft!r}".encode()).hexdigest()[:32]


def _audience(grades: tuple[Grade, ...], classes: tuple[int, ...]) -> list[CampaignAudience]:
    return [CampaignAudience(grade=grade) for grade in grades] + [
        CampaignAudience(class_group_id=one) for one in classes
    ]


def _check_audience(grades: tuple[Grade, ...], classes: tuple[int, ...], school_id: int) -> None:
    if not grades and not classes:
        raise EmptyAudience("Choisissez au moins un niveau ou une classe.")
    query = select(ClassGroup.id).where(ClassGroup.school_id == school_id, ClassGroup.id.in_(classes))
    if classes and set(db.session.scalars(query)) != set(classes):
        raise NotFound


def _save_under_new_code(campaign: Campaign) -> str:
    """Save with a code that no campaign of the instance has; a collision draws another."""
    for _ in range(20):
        campaign.code = new_code(secrets.choice)
        try:
            with write_tx() as session:
                session.add(campaign)
            return campaign.code
        except IntegrityError:
            same = select(Campaign.code).where(Campaign.nonce == campaign.nonce)
            first = db.session.scalar(same) if campaign.nonce else None
            if first:
                return first
    raise RuntimeError("twenty campaign codes in a row were taken")


def edit(
    campaign: Campaign, *, name: str, landing_text: str, grades: tuple[Grade, ...], classes: tuple[int, ...]
) -> None:
    """Change a campaign's name, its landing text and whom it is for; no result changes.

    Raises: EmptyAudience, NotFound for a class that does not exist.
    """
    _check_audience(grades, classes, campaign.school_id)
    with write_tx() as session:
        session.execute(
            update(Campaign)
            .where(Campaign.id == campaign.id)
            .values(name=name, search_key=search_key(name), landing_text=landing_text)
        )
        session.execute(delete(CampaignAudience).where(CampaignAudience.campaign_id == campaign.id))
        for one in _audience(grades, classes):
            one.campaign_id = campaign.id
            session.add(one)
        session.expire(campaign, ["audience"])


def archive(campaign: Campaign, *, at: datetime) -> None:
    """Archive: nothing can be started; an answer under way is still recorded. Twice changes nothing."""
    _set_archived(campaign, at)


def unarchive(campaign: Campaign) -> None:
    """Open an archived campaign again: tries it had cut short go on."""
    _set_archived(campaign, None)


def _set_archived(campaign: Campaign, at: datetime | None) -> None:
    with write_tx() as session:
        session.execute(
            update(Campaign)
            .where(Campaign.id == campaign.id, Campaign.archived_at.is_(None) == (at is not None))
            .values(archived_at=at)
        )
