"""What the page of one participant shows."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.blueprints.results.course import CourseLine, course_of
from portal.blueprints.results.filters import class_word
from portal.blueprints.results.lists import State, full_name, state_of
from portal.domain import analysis
from portal.domain.adaptive import LevelRange
from portal.domain.analysis import CompetenceReport, Pupil, SubjectReport, Try
from portal.domain.campaign import Sending
from portal.domain.errors import NotFound
from portal.domain.marking import Outcome
from portal.domain.mastery import Evidence, Standing, Tally, Verdict, count_standings, reached_stage
from portal.domain.participation import Status
from portal.domain.referential import Referential
from portal.persistence import mapping
from portal.persistence.models import Campaign
from portal.persistence.queries import participations as queries
from portal.persistence.queries import tutorials
from portal.services import freezing
from portal.services.turns import Turn


@dataclass(frozen=True, slots=True)
class Questions:
    """How the questions of a try went."""

    asked: int
    answered: int
    right: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Proofs:
    """Where the conclusions come from: the pupil's own answers, or a deduction. None: nothing of the kind."""

    direct: Tally | None
    deduced: Tally | None
    unknown: int


@dataclass(frozen=True, slots=True)
class ToWorkOn:
    """A subject to work on: the section of its page to begin with, and when the pupil read it."""

    subject: SubjectReport
    section: str
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a try says of the pupil, and what to work on next.

    `has_levels` is False for what was sent before levels were kept with it.
    """

    tally: Tally
    stage: str
    questions: Questions
    competences: tuple[tuple[str, CompetenceReport], ...]
    to_work_on: tuple[ToWorkOn, ...]
    highest_aim: int
    standings: dict[Standing | None, int]
    proofs: Proofs
    has_levels: bool
    course: tuple[CourseLine, ...]


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """A try in the list of all of them. `result` is None where there is nothing for staff to read."""

    attempt: Try
    state: State
    result: Tally | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One try of one pupil. `knowledge` is None where there is nothing to read."""

    name: str
    class_name: str
    attempt: Try
    state: State
    is_provisional: bool
    is_kept_by_pupil: bool
    knowledge: Knowledge | None
    attempts: tuple[AttemptLine, ...]


def find(pupils: Sequence[Pupil], public_id: uuid.UUID) -> tuple[Pupil, Try]:
    """Find a try among those of a campaign.

    Raises: NotFound.
    """
    for pupil in pupils:
        for attempt in pupil.tries:
            if attempt.public_id == public_id:
                return pupil, attempt
    raise NotFound


def sheet_of(campaign: Campaign, pupil: Pupil, attempt: Try, turn: Turn, referential: Referential) -> Sheet:
    """Gather the page: a sent try reads from what was sent, another one from its answers."""
    sending, total = Sending(campaign.sending), len(campaign.content["skills"])
    is_sent = attempt.status is Status.SHARED
    is_readable = analysis.may_read(attempt, sending)
    return Sheet(
        name=full_name(pupil),
        class_name=class_word(pupil),
        attempt=attempt,
        state=state_of(attempt),
        is_provisional=is_readable and not is_sent,
        is_kept_by_pupil=sending is Sending.EXPLICIT and not is_sent,
        knowledge=_knowledge(campaign, attempt, turn, referential) if is_readable else None,
        attempts=tuple(
            AttemptLine(
                one, state_of(one), Tally(one.acquired, total) if analysis.may_read(one, sending) else None
            )
            for one in pupil.tries
        ),
    )


def _knowledge(campaign: Campaign, attempt: Try, turn: Turn, referential: Referential) -> Knowledge:
    titles = {one.id: f"{one.id} {one.title}" for one in referential.competences()}
    skills = freezing.campaign_skills(campaign)
    verdicts, levels = _conclusions(attempt, turn)
    competences = analysis.report(skills, verdicts, levels or {})
    counted = analysis.total_of(one.tally for one in competences)
    stages = [mapping.stage_from_json(one) for one in campaign.content["stages"]]
    subjects = [subject for one in competences for subject in one.subjects]
    return Knowledge(
        tally=counted,
        stage=stages[reached_stage(stages, counted)].title if stages else "",
        questions=_questions(turn),
        competences=tuple((titles.get(one.competence, one.competence), one) for one in competences),
        to_work_on=_to_work_on(subjects, tutorials.read_at(turn.row.learner_id)),
        highest_aim=max(subject.aimed for subject in subjects),
        standings=count_standings(verdicts),
        proofs=_proofs(verdicts),
        has_levels=levels is not None,
        course=course_of(
            turn.questions,
            {one.id: one for one in skills},
            sent_at=attempt.shared_at if attempt.status is Status.SHARED else None,
        ),
    )


def _to_work_on(subjects: Sequence[SubjectReport], read_at: Mapping[str, datetime]) -> tuple[ToWorkOn, ...]:
    return tuple(
        ToWorkOn(
            one,
            next(line.skill.tutorial for line in one.lines if not line.verdict.is_acquired),
            read_at.get(one.tube),
        )
        for one in subjects
        if not one.is_acquired
    )


def _conclusions(attempt: Try, turn: Turn) -> tuple[tuple[Verdict, ...], Mapping[str, LevelRange] | None]:
    """Read what was sent, or conclude from the answers; the levels are None when they were not kept."""
    sent = queries.snapshot(attempt.id) if attempt.status is Status.SHARED else None
    if sent is None:
        estimate = turn.estimate()
        return turn.verdicts(estimate), estimate.levels
    levels = mapping.levels_from_json(sent["levels"]) if "levels" in sent else None
    return tuple(mapping.verdict_from_json(one) for one in sent["verdicts"]), levels


def _proofs(verdicts: Sequence[Verdict]) -> Proofs:
    def acquired(evidence: Evidence) -> Tally | None:
        found = [one.is_acquired for one in verdicts if one.evidence is evidence]
        return Tally(sum(found), len(found)) if found else None

    unknown = sum(one.evidence is Evidence.NONE for one in verdicts)
    return Proofs(acquired(Evidence.DIRECT), acquired(Evidence.DEDUCED), unknown)


def _questions(turn: Turn) -> Questions:
    outcomes = [one.outcome for one in turn.questions]
    skipped = outcomes.count(Outcome.SKIPPED)
    return Questions(
        asked=len(outcomes),
        answered=len(outcomes) - outcomes.count(None) - skipped,
        right=outcomes.count(Outcome.OK),
        skipped=skipped,
    )
