"""Simulated pupils answer the demonstration school's campaigns, through the services that real ones use."""

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.bank.loader import Bank
from portal.domain.campaign import CampaignDraft, Duration, Sending
from portal.domain.demonstration import SEED, SimulatedPupil, seconds_on
from portal.domain.demonstration_plan import (
    Ending,
    PlannedCampaign,
    PlannedTry,
    calendar_of,
    origins,
    plan_campaigns,
    plan_tries,
)
from portal.domain.errors import DomainError
from portal.domain.participation import Status
from portal.domain.school import Grade, school_year
from portal.extensions import db
from portal.persistence.models import Campaign, ClassGroup, Member, School, SignIn, Student
from portal.persistence.transaction import write_tx
from portal.services import campaigns, demonstration_answers, freezing, participations, turns

# Of the answers, those given last year.
_SHARE_BEFORE = 0.4
_DISABLED = 6
_MOST_QUESTIONS = 500
_MOST_NAMED = 4
# One campaign in this many is sent by the pupils themselves; one in this many is short.
_EXPLICIT_EVERY, _SHORT_EVERY = 4, 3


class Stopped(DomainError):
    """Somebody asked to give up, or erased the school meanwhile."""


class Steps(Protocol):
    """What counts the tries and may ask to give up."""

    done: int
    total: int

    @property
    def stop(self) -> "Flag":
        """Give the flag that asks to give up."""


class Flag(Protocol):
    """A flag that another thread may set."""

    def is_set(self) -> bool:
        """Tell whether it is set."""


@dataclass
class Stage:
    """The school and everything it is played with."""

    school: School
    classes: tuple[tuple[str, Grade], ...]
    a_class: int
    pupils: tuple[tuple[SimulatedPupil, Student], ...]
    bank: Bank
    at: datetime
    school_id: int = field(init=False)
    students: dict[int, Student] = field(default_factory=dict)
    learners: dict[int, int | None] = field(default_factory=dict)
    first_try: dict[int, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the rows of the list, and the learners made with them, by pupil."""
        self.school_id = self.school.id
        self.learners = {pupil.number: student.learner_id for pupil, student in self.pupils}
        self.students = {pupil.number: student for pupil, student in self.pupils}


def is_there(stage: Stage) -> bool:
    """Tell whether the school has not been erased, nor made again: a database may use its number twice."""
    # What is read next must be no older than this.
    db.session.commit()
    query = select(School.id).where(School.id == stage.school_id, School.created_at == stage.at)
    return db.session.scalar(query) is not None


def is_this_year(at: datetime) -> bool:
    """Tell whether the present school year is old enough to be the one that is shown."""
    return school_year(calendar_of(at).now[0]) == school_year(at)


def play(stage: Stage, budget: int, progress: Steps, tell: Callable[..., None]) -> None:
    """Play last autumn, move the pupils up, play this year, and leave some in every state.

    Raises: Stopped.
    """
    calendar = calendar_of(stage.at)
    pathways = list(stage.bank.pathways.values())
    expected = {one.id: max(1, campaigns.expected_questions(one, stage.bank)) for one in pathways}
    own = {grade for _, grade in stage.classes}
    pathways = [one for one in pathways if own & set(one.grades)]
    school = pathways, expected, stage.classes, stage.a_class
    now = plan_campaigns(*school, round(budget * (1 - _SHARE_BEFORE)))
    before = plan_campaigns(*school, round(budget * _SHARE_BEFORE), origins(now, stage.classes))
    tries_before = plan_tries(before, _groups(stage, "class_before"), calendar.before)
    tries_now = plan_tries(now, _groups(stage, "class_name"), calendar.now)
    progress.total = len(tries_before) + len(tries_now)
    rows = _open(stage, before, calendar.before[0])
    _play_all(stage, rows, tries_before, expected, progress, tell, years_ago=1)
    for row in rows:
        campaigns.archive(row, at=_end_of_year(calendar.before[0]))
    _move_up(stage)
    rows = _open(stage, now, calendar.now[0])
    _play_all(stage, rows, tries_now, expected, progress, tell, years_ago=0)
    _cut_short(stage, now, tries_now, calendar.now)
    _settle(stage)


def _groups(stage: Stage, attribute: str) -> dict[str, list[SimulatedPupil]]:
    groups: dict[str, list[SimulatedPupil]] = {}
    for pupil, _ in stage.pupils:
        name = getattr(pupil, attribute)
        if name:
            groups.setdefault(name, []).append(pupil)
    return groups


def _end_of_year(day: datetime) -> datetime:
    return datetime.combine(date(day.year + 1, 6, 30), day.timetz())


def _open(stage: Stage, planned: Sequence[PlannedCampaign], first: datetime) -> list[Campaign]:
    """Create the campaigns on the eve, each by another member."""
    team = list(db.session.scalars(select(Member.id).where(Member.school_id == stage.school_id)))
    groups = _class_ids(stage)
    rows = []
    for rank, one in enumerate(planned):
        classes = () if one.grades else tuple(groups[name] for name in one.classes)
        where = ", ".join(one.classes) if len(one.classes) <= _MOST_NAMED else f"{len(one.classes)} classes"
        draft = CampaignDraft(
            pathway=one.pathway.id,
            name=f"{one.pathway.title}\u00a0– {where}"[:120],
            grades=one.grades,
            classes=classes,
            sending=Sending.EXPLICIT if rank % _EXPLICIT_EVERY == 0 else Sending.AUTOMATIC,
            duration=Duration.SHORT if rank % _SHORT_EVERY == 2 else Duration.MEDIUM,
        )
        rows.append(_campaign(stage, draft, team[rank % len(team)], first - timedelta(hours=18)))
    return rows


def _class_ids(stage: Stage) -> Mapping[str, int]:
    query = select(ClassGroup.name, ClassGroup.id).where(ClassGroup.school_id == stage.school_id)
    return {name: key for name, key in db.session.execute(query)}


def _campaign(stage: Stage, draft: CampaignDraft, member_id: int, at: datetime) -> Campaign:
    if not is_there(stage):
        raise Stopped
    code = campaigns.create(draft, school_id=stage.school_id, member_id=member_id, bank=stage.bank, at=at)
    return db.session.scalars(select(Campaign).where(Campaign.code == code)).one()


def _play_all(
    stage: Stage,
    rows: Sequence[Campaign],
    tries: Sequence[PlannedTry],
    expected: Mapping[str, int],
    progress: Steps,
    tell: Callable[..., None],
    *,
    years_ago: int,
) -> None:
    for one in tries:
        if progress.stop.is_set() or not is_there(stage):
            raise Stopped
        row = rows[one.campaign]
        most = _MOST_QUESTIONS
        if one.ending is Ending.STUCK:
            most = max(1, round(one.share * expected[row.pathway]))
        student = stage.students[one.pupil.number]
        stage.first_try.setdefault(one.pupil.number, one.at)
        # A visitor may answer as this pupil, or archive the campaign: what they do there is theirs.
        with suppress(DomainError):
            public_id, ended = _play_one(stage, row, one.pupil, student, one.at, most, years_ago=years_ago)
            turn = turns.load(public_id, student.learner_id or 0)
            if one.ending is Ending.SENT and turn.row.status == Status.COMPLETED:
                participations.share(turn, at=ended + timedelta(seconds=20))
        progress.done += 1
        tell(progress)


def _play_one(
    stage: Stage,
    campaign: Campaign,
    pupil: SimulatedPupil,
    student: Student,
    at: datetime,
    most: int,
    *,
    years_ago: int,
) -> tuple[UUID, datetime]:
    """Play one try, up to `most` questions; give its public id and the instant of the last answer."""
    seed = f"{SEED}:{school_year(at)}:{campaign.pathway}:{campaign.name}:{pupil.number}"
    public_id = participations.start(campaign, student, stage.bank, at=at, seed=seed)
    dice = random.Random(seed)
    skills = freezing.skills_by_id(campaign.code)
    for _ in range(most):
        turn = turns.load(public_id, student.learner_id or 0)
        asked = turn.asked
        if asked is None or turn.is_over:
            break
        at += timedelta(seconds=seconds_on(turns.served_of(asked._mapping).exercise.challenge, dice))
        demonstration_answers.answer(turn, pupil, skills[asked.skill], dice, years_ago=years_ago, at=at)
    return public_id, at


def _move_up(stage: Stage) -> None:
    """Put every pupil in the class of this year."""
    groups = {
        one.name: one
        for one in db.session.scalars(select(ClassGroup).where(ClassGroup.school_id == stage.school_id))
    }
    with write_tx():
        for pupil, student in stage.pupils:
            student.class_group = groups[pupil.class_name]


def _cut_short(
    stage: Stage, planned: Sequence[PlannedCampaign], tries: Sequence[PlannedTry], when: Sequence[datetime]
) -> None:
    """Archive a small campaign while a pupil is answering it: the try ends where it stands."""
    if not tries:
        return
    first = planned[tries[0].campaign]
    groups, lesson = _class_ids(stage), when[-1]
    draft = CampaignDraft(
        pathway=first.pathway.id,
        name=f"Essai\u00a0– {first.pathway.title}"[:120],
        grades=(),
        classes=(groups[tries[0].pupil.class_name],),
    )
    team = db.session.scalars(select(Member.id).where(Member.school_id == stage.school_id)).all()
    campaign = _campaign(stage, draft, team[-1], lesson - timedelta(hours=1))
    pupil = tries[0].pupil
    student = stage.students[pupil.number]
    with suppress(DomainError):
        _, ended = _play_one(stage, campaign, pupil, student, lesson, 3, years_ago=0)
        campaigns.archive(campaign, at=ended + timedelta(seconds=10))
        _play_one(stage, campaign, pupil, student, ended + timedelta(seconds=30), 1, years_ago=0)


def _settle(stage: Stage) -> None:
    """Date the accounts by the first try; who never played has none, and some have left the school.

    The pupils that a visitor signed in as meanwhile are left to the visitor.
    """
    leaving = random.Random(f"{SEED}:leaving").sample(
        sorted(stage.first_try), min(_DISABLED, len(stage.first_try) // 5)
    )
    with write_tx():
        visited = _visited(stage)
        for number, came in stage.first_try.items():
            student = stage.students[number]
            if student.learner is None or student.learner_id in visited:
                continue
            student.linked_at = student.learner.created_at = came
            if number in leaving:
                student.disabled_at = stage.at - timedelta(days=3)
    for number, learner_id in stage.learners.items():
        if learner_id and number not in stage.first_try:
            _take_back(stage, stage.students[number], learner_id)


def _visited(stage: Stage) -> set[int | None]:
    return set(db.session.scalars(select(SignIn.learner_id).where(SignIn.school_id == stage.school_id)))


def _take_back(stage: Stage, student: Student, learner_id: int) -> None:
    """Erase the credentials made for a pupil who never played, unless somebody uses them."""
    try:
        with write_tx() as session:
            session.refresh(student)
            if student.learner is None or student.learner_id != learner_id or learner_id in _visited(stage):
                return
            learner, student.learner, student.linked_at = student.learner, None, None
            session.flush()
            session.delete(learner)
    except IntegrityError:
        return  # A visitor has begun a try as this pupil.
