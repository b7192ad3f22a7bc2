"""Freeze what a try is played with, and read it back."""

from datetime import datetime, timedelta
from functools import lru_cache

from portal.bank.loader import Bank
from portal.domain.adaptive import FrozenChallenge, FrozenSkill, FrozenTest, TryContext
from portal.domain.engine import PARAMETERS_VERSION
from portal.domain.referential import Challenge, Skill
from portal.persistence import mapping
from portal.persistence.models import Campaign
from portal.persistence.queries import participations as queries
from portal.services import bank as bank_service

NOT_AGAIN_FOR = timedelta(days=365)


def campaign_skills(campaign: Campaign) -> tuple[Skill, ...]:
    """Give the skills frozen with a campaign."""
    return tuple(mapping.skill_from_json(one) for one in campaign.content["skills"])


def freeze(campaign: Campaign, bank: Bank) -> FrozenTest:
    """Freeze the campaign's skills with the present, sound versions of their challenges.

    A skill that the bank no longer holds, or whose challenges are all withdrawn, stays in the test
    without question: it is deduced from its neighbours.
    """
    skills = campaign_skills(campaign)
    variants = {skill.id: bank.challenges.get(skill.id, ()) for skill in skills}
    withdrawn = queries.withdrawn([one.id for group in variants.values() for one in group])
    return FrozenTest(
        skills=tuple(
            FrozenSkill(
                skill.id,
                skill.tube,
                skill.competence,
                skill.level,
                tuple(_frozen(one) for one in variants[skill.id] if one.id not in withdrawn),
            )
            for skill in skills
        ),
        parameters_version=PARAMETERS_VERSION,
    )


@lru_cache(maxsize=4096)
def _frozen(challenge: Challenge) -> FrozenChallenge:
    return FrozenChallenge(
        id=challenge.id,
        version=bank_service.version_of(challenge),
        kind=challenge.kind.value,
        proposals=len(challenge.proposals),
        seconds=challenge.seconds,
        timed=False,
    )


def context_of(test: FrozenTest, *, seed: str, learner_id: int, at: datetime) -> TryContext:
    """Take, once, what the engine reads beside the test."""
    keys = [challenge.id for skill in test.skills for challenge in skill.challenges]
    seen = queries.seen_by(learner_id, since=at - NOT_AGAIN_FOR)
    return TryContext(seed, queries.exposure(keys), frozenset(seen & set(keys)))


@lru_cache(maxsize=256)
def frozen_test(digest: str) -> FrozenTest:
    """Read a frozen test; its name is the hash of its content, so it never changes."""
    return mapping.frozen_test_from_json(queries.frozen_test(digest))


@lru_cache(maxsize=4096)
def challenge(key: str, version: str) -> Challenge:
    """Read one version of a challenge; it never changes either."""
    return mapping.challenge_from_json(queries.challenge(key, version))


@lru_cache(maxsize=256)
def skills_by_id(code: str) -> dict[str, Skill]:
    """Give the skills frozen with the campaign of this code, by id; they never change either."""
    content = queries.campaign_content(code)
    return {one["id"]: mapping.skill_from_json(one) for one in content["skills"]}
