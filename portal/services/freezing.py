"""Freeze what a try is played with, and read it back."""

import uuid
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from portal.bank.loader import Bank
from portal.domain.adaptive import FrozenChallenge, FrozenSkill, FrozenTest, TryContext
from portal.domain.campaign import CampaignKind, Duration
from portal.domain.errors import NotFound
from portal.domain.parameters import RELEASED, Prior, prior_of
from portal.domain.referential import Challenge, Skill
from portal.domain.school import Grade, is_adapted_teaching
from portal.persistence import mapping
from portal.persistence.mapping import Json
from portal.persistence.models import Campaign, Student
from portal.persistence.queries import calibration
from portal.persistence.queries import participations as queries
from portal.services import bank as bank_service
from portal.services import histories

NOT_AGAIN_FOR = timedelta(days=365)


def campaign_skills(campaign: Campaign) -> tuple[Skill, ...]:
    """Give the skills frozen with a campaign."""
    return tuple(mapping.skill_from_json(one) for one in campaign.content["skills"])


def freeze(campaign: Campaign, bank: Bank) -> FrozenTest:
    """Freeze the campaign's skills with the present, sound versions of their challenges.

    A skill that the bank no longer holds, or whose challenges are all withdrawn, stays in the test
    without question: it is deduced from its neighbours.
    """
    return _freeze(campaign_skills(campaign), bank)


def everything(bank: Bank) -> FrozenTest:
    """Freeze every skill of the bank, as one test."""
    return _freeze([skill for tube in bank.tubes.values() for skill in tube.skills], bank)


def _freeze(skills: Sequence[Skill], bank: Bank) -> FrozenTest:
    variants = {skill.id: bank.challenges.get(skill.id, ()) for skill in skills}
    withdrawn = queries.withdrawn([one.id for group in variants.values() for one in group])
    latest = calibration.latest()
    learnt: Json = latest.content if latest else {"offsets": {}, "guesses": {}, "slips": {}}
    frozen = tuple(
        FrozenSkill(
            skill.id,
            skill.tube,
            skill.competence,
            skill.level,
            tuple(_drawable(variants[skill.id], withdrawn, learnt)),
            offset=learnt["offsets"].get(skill.id, 0.0),
        )
        for skill in skills
    )
    version = f"{RELEASED.version}+{latest.id}" if latest else RELEASED.version
    return FrozenTest(frozen, replace(RELEASED, version=version))


def _drawable(
    variants: Sequence[Challenge], withdrawn: Container[tuple[str, str]], learnt: Json
) -> Iterator[FrozenChallenge]:
    """Freeze the challenges whose present version is not withdrawn, with what was learnt of each."""
    for frozen in map(_frozen, variants):
        if (frozen.id, frozen.version) not in withdrawn:
            guess, slip = learnt["guesses"].get(frozen.id), learnt["slips"].get(frozen.id)
            is_known = guess is not None or slip is not None
            yield replace(frozen, guess=guess, slip=slip) if is_known else frozen


@lru_cache(maxsize=4096)
def _frozen(challenge: Challenge) -> FrozenChallenge:
    return FrozenChallenge(
        id=challenge.id,
        version=bank_service.version_of(challenge),
        kind=challenge.kind.value,
        proposals=len(challenge.proposals),
        seconds=challenge.seconds,
        timed=challenge.timer is not None,
    )


def context_of(
    campaign: Campaign, student: Student, test: FrozenTest, bank: Bank, *, seed: str, at: datetime
) -> TryContext:
    """Take, once, what the engine reads beside the test.

    Raises: NotFound when nobody is linked to the pupil.
    """
    learner_id = student.learner_id
    if learner_id is None:
        raise NotFound
    keys = [challenge.id for skill in test.skills for challenge in skill.challenges]
    seen = queries.seen_by(learner_id, since=at - NOT_AGAIN_FOR)
    duration = Duration(campaign.duration)
    reads_profile = CampaignKind(campaign.kind).feeds_profile
    past = queries.past_answers(learner_id) if reads_profile else ()
    return TryContext(
        seed=seed,
        exposure=queries.exposure(keys, campaign.school_id),
        seen=frozenset(seen & set(keys)),
        mode=duration.mode,
        seconds=None if duration.minutes is None else duration.minutes * 60,
        prior=prior_of_schooling(student.class_group.grade if student.class_group else None, student.mef),
        history=histories.earlier_of(past, everything(bank), at=at) if past else (),
    )


def prior_of_schooling(grade: str | None, mef: str | None) -> Prior:
    """Tell what is expected of a pupil, from the stored grade of the class and the code of the course."""
    return prior_of(Grade(grade) if grade else None, is_adapted=is_adapted_teaching(mef))


@lru_cache(maxsize=256)
def frozen_test(digest: str) -> FrozenTest:
    """Read a frozen test; its name is the hash of its content, so it never changes."""
    return mapping.frozen_test_from_json(queries.frozen_test(digest))


@lru_cache(maxsize=1024)
def context(public_id: uuid.UUID) -> TryContext:
    """Read what a try was given at its start; it never changes, nor does what the engine prepares from it."""
    return mapping.context_from_json(queries.context(public_id))


@lru_cache(maxsize=4096)
def challenge(key: str, version: str) -> Challenge:
    """Read one version of a challenge; it never changes either."""
    return mapping.challenge_from_json(queries.challenge(key, version))


@lru_cache(maxsize=256)
def skills_by_id(code: str) -> dict[str, Skill]:
    """Give the skills frozen with the campaign of this code, by id; they never change either."""
    content = queries.campaign_content(code)
    return {one["id"]: mapping.skill_from_json(one) for one in content["skills"]}
