"""The profile of a person, from all the answers that feed it."""

from collections import Counter
from datetime import datetime, timedelta

from portal.bank.loader import Bank
from portal.domain.adaptive import Observation, TryContext
from portal.domain.engine import ENGINE
from portal.domain.marking import Outcome
from portal.domain.parameters import UNKNOWN_GRADE, Prior
from portal.domain.profile import Profile, profile_of, split_by_age
from portal.persistence.queries import participations as answers
from portal.persistence.queries import profiles as queries
from portal.services import freezing, histories

# Older answers are history: they count, and fade.
DIRECT_FOR = timedelta(days=365)


def of_learner(learner_id: int, bank: Bank, at: datetime, *, is_for_staff: bool = False) -> Profile:
    """Give a person's profile, computed from the answers: nothing of it is stored.

    Args:
        learner_id: whose it is.
        bank: gives the skills that count.
        at: the instant it is dated.
        is_for_staff: leave out the tries that the pupil has not chosen to send.
    """
    hidden = queries.unsent(learner_id) if is_for_staff else set()
    test = freezing.everything(bank)
    # What the bank no longer holds says nothing any more.
    held = {skill.id for skill in test.skills}
    past = [
        one
        for one in answers.past_answers(learner_id)
        if one.skill in held and one.participation_id not in hidden
    ]
    recent, older = split_by_age(past, since=at - DIRECT_FOR)
    context = TryContext(seed="", prior=_prior(learner_id), history=histories.earlier_of(older, test, at=at))
    observations = [Observation(one.skill, one.challenge, Outcome(one.outcome)) for one in recent]
    return profile_of(
        test,
        ENGINE.estimate(test, context, observations),
        Counter(one.skill for one in recent if one.outcome != Outcome.SKIPPED),
        [one.id for one in bank.referential.competences()],
        at=at,
    )


def _prior(learner_id: int) -> Prior:
    found = queries.schooling(learner_id)
    return UNKNOWN_GRADE if found is None else freezing.prior_of_schooling(found.grade, found.mef)
