"""Learn from the answers: levels and keys of the questions. Source: docs/moteur.md, « Recalibrage »."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from portal.bank.loader import Bank
from portal.domain.adaptive import FrozenChallenge, FrozenSkill, Observation
from portal.domain.calibration import Calibrated, Suspect, calibrate
from portal.domain.engine import ENGINE
from portal.domain.errors import NotFound
from portal.domain.marking import Outcome
from portal.domain.parameters import RELEASED, UNKNOWN_GRADE, Prior
from portal.domain.played import PlayedTry
from portal.persistence import mapping
from portal.persistence.models import AuditEvent, Calibration, Participation, Withdrawal
from portal.persistence.queries import calibration as queries
from portal.persistence.queries.calibration import Version
from portal.persistence.transaction import write_tx
from portal.services import bank as bank_service
from portal.services import freezing, turns
from portal.services.members import Doer

# Fewer say nothing of sixty skills; more tries than these would only cost memory.
LEAST_ANSWERS = 100
MOST_TRIES = 3000
# A night and the time that its work may take.
AT_LEAST_EVERY = timedelta(hours=26)
SUSPECT_REASON = "Ses réponses ressemblent à celles d’une question dont la correction est fausse."


@dataclass(frozen=True, slots=True)
class Report:
    """What a recalibration did; `answers` were too few when it is not kept."""

    answers: int
    skills: int = 0
    withdrawn: tuple[str, ...] = ()
    is_kept: bool = False


def latest() -> Calibration | None:
    """Give the last recalibration, for the tries that start from now on."""
    return queries.latest()


def is_overdue(at: datetime) -> bool:
    """Tell whether a night was missed, and pupils have answered since the last recalibration."""
    last = latest()
    if last is not None and at - last.at <= AT_LEAST_EVERY:
        return False
    return queries.has_answers_since(last.at if last else None)


def recalibrate(bank: Bank, *, at: datetime) -> Report:
    """Recompute the level of each skill from all answers, and withdraw the questions whose key looks wrong.

    What somebody put back is never withdrawn again, as long as it is not corrected. Tries under way keep
    what they started with.
    """
    skills, tries = _played(bank)
    count = sum(len(one.answers) for one in tries)
    if count < LEAST_ANSWERS:
        return Report(count)
    found = calibrate(skills, tries, RELEASED)
    present = _versions(bank)
    with write_tx() as session:
        known = queries.ever_withdrawn()
        # An older version of a question may have been wrong: that says nothing of the present one.
        suspects = {
            (one.challenge, present[one.challenge]): one
            for one in found.suspects
            if one.challenge in present and (one.challenge, present[one.challenge]) not in known
        }
        content = _content(found, present)
        before = queries.latest()
        if before is None or before.content != content:
            session.add(Calibration(at=at, answers=count, content=content))
        session.add_all(_withdrawal(version, one, at) for version, one in suspects.items())
    _count_again(suspects)
    return Report(count, len(found.offsets), tuple(key for key, _ in suspects), is_kept=True)


def restore(challenge: str, version: str, doer: Doer) -> None:
    """Put a version of a question back into the draw: no recalibration withdraws it again.

    Twice changes nothing.

    Raises: NotFound for what was never withdrawn.
    """
    key = challenge, version
    with write_tx() as session:
        row = session.get(Withdrawal, key, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        if row.restored_at is not None:
            return
        row.restored_at = doer.at
        session.add(_event("question_restored", key, doer))
    _count_again([key])


def withdraw(bank: Bank, challenge: str, reason: str, doer: Doer) -> None:
    """Take the present version of a question out of the draw; withdrawn already, it stays as it was.

    Raises: NotFound if the bank does not hold it.
    """
    held = next((one for _, one in bank.every_challenge() if one.id == challenge), None)
    if held is None:
        raise NotFound
    key = challenge, bank_service.version_of(held)
    with write_tx() as session:
        row = session.get(Withdrawal, key, with_for_update=True, populate_existing=True)
        if row is not None and row.restored_at is None:
            return
        if row is None:
            row = Withdrawal(challenge=challenge, version=key[1])
            session.add(row)
        row.reason, row.at, row.evidence, row.restored_at = reason, doer.at, None, None
        session.add(_event("question_withdrawn", key, doer))
    _count_again([key])


def _count_again(versions: Collection[Version]) -> None:
    """Count what is acquired in the tries that were asked these questions; what was sent never moves.

    Each try is a short transaction of its own, worked out before it: pupils are answering meanwhile, and
    their next answer counts it again in any case.
    """
    for row in queries.unsent_tries(versions) if versions else ():
        test, context = freezing.frozen_test(row.frozen_test), mapping.context_from_json(row.context)
        heard = [
            Observation(one.skill, one.challenge, Outcome(one.outcome), bool(one.is_void))
            for one in queries.observed(row.id)
        ]
        acquired = turns.acquired_now(test, context, ENGINE.estimate(test, context, heard), heard)
        if heard and acquired != row.acquired:
            as_it_was = (
                Participation.id == row.id,
                Participation.answered == len(heard),
                Participation.shared_at.is_(None),
            )
            with write_tx() as session:
                session.execute(update(Participation).where(*as_it_was).values(acquired=acquired))


def _versions(bank: Bank) -> dict[str, str]:
    return {one.id: bank_service.version_of(one) for _, one in bank.every_challenge()}


def _played(bank: Bank) -> tuple[list[FrozenSkill], list[PlayedTry]]:
    """Read the answers of the latest tries, and the skills that they speak of."""
    priors = queries.priors(most=MOST_TRIES)
    versions = _versions(bank)
    skills = {skill.id: skill for skill, _ in bank.every_challenge()}
    variants = {
        skill: {one.id: _frozen(one.id, one.kind, len(one.proposals)) for one in bank.challenges[skill]}
        for skill in skills
    }
    answers: dict[int, list[Observation]] = {}
    for row in queries.answers(since=min(priors, default=0)):
        key, known = row.challenge, variants.get(row.skill, {})
        if row.participation_id not in priors or key not in known:
            continue
        if row.version != versions[key]:
            # Another text, perhaps another key: it speaks of the skill, as a challenge of its own.
            now, key = known[key], f"{key}@{row.version}"
            known.setdefault(key, _frozen(key, now.kind, now.proposals))
        observation = Observation(row.skill, key, Outcome(row.outcome))
        answers.setdefault(row.participation_id, []).append(observation)
    frozen = [
        FrozenSkill(one.id, one.tube, one.competence, one.level, tuple(variants[one.id].values()))
        for one in skills.values()
    ]
    return frozen, [PlayedTry(_prior(priors[key]), tuple(given)) for key, given in answers.items()]


def _prior(stored: tuple[float, float] | None) -> Prior:
    return Prior(*stored) if stored else UNKNOWN_GRADE


def _frozen(key: str, kind: str, proposals: int) -> FrozenChallenge:
    return FrozenChallenge(key, "", str(kind), proposals, 0, timed=False)


def _content(found: Calibrated, present: Collection[str]) -> dict[str, dict[str, float]]:
    return {
        "offsets": found.offsets,
        "guesses": {key: value for key, value in found.guesses.items() if key in present},
        "slips": {key: value for key, value in found.slips.items() if key in present},
    }


def _withdrawal(key: Version, suspect: Suspect, at: datetime) -> Withdrawal:
    evidence = {
        "answers": suspect.answers,
        "right": suspect.right,
        "expected": suspect.expected,
        "ratio": suspect.ratio,
    }
    challenge, version = key
    return Withdrawal(challenge=challenge, version=version, reason=SUSPECT_REASON, at=at, evidence=evidence)


def _event(action: str, key: Version, doer: Doer) -> AuditEvent:
    challenge, version = key
    return AuditEvent(
        school_id=doer.school_id,
        member_id=doer.member_id,
        action=action,
        details={"challenge": challenge, "version": version},
        at=doer.at,
    )
