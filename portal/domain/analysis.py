"""What staff read of a group of pupils and of one of them. Source: docs/regles.md, « Chiffres »."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from portal.domain.adaptive import LevelRange
from portal.domain.campaign import Sending
from portal.domain.mastery import (
    Evidence,
    Stage,
    Tally,
    Verdict,
    is_assessed,
    reached_level,
    reached_stage,
    tally,
)
from portal.domain.participation import Status, has_many_skips
from portal.domain.referential import Skill

OUTSIDE_AUDIENCE = "hors-public"


@dataclass(frozen=True, slots=True)
class Try:
    """One try as lists show it; `id` is the database's, `public_id` the one of URLs.

    `skipped` counts among those `answered`.
    """

    id: int
    public_id: uuid.UUID
    attempt: int
    status: Status
    answered: int
    skipped: int
    progress: float
    acquired: int
    started_at: datetime
    last_answer_at: datetime | None
    completed_at: datetime | None
    shared_at: datetime | None
    closed_at: datetime | None

    @property
    def has_many_skips(self) -> bool:
        """Tell whether too many questions were skipped for the result to be more than provisional."""
        return has_many_skips(answered=self.answered, skipped=self.skipped)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil of a campaign with the tries in their order.

    `is_expected`: on the school's list and of the campaign's audience.
    """

    first_name: str
    last_name: str
    sort_key: str
    class_name: str | None
    is_expected: bool
    tries: tuple[Try, ...] = ()

    @property
    def latest(self) -> Try | None:
        """Give the last try: the one of states."""
        return self.tries[-1] if self.tries else None

    @property
    def sent(self) -> tuple[Try, ...]:
        """Give the sent tries in their order; the last is the one of results."""
        return tuple(one for one in self.tries if one.status is Status.SHARED)

    @property
    def status(self) -> Status | None:
        """Give the state, None for « pas commencé »."""
        return self.latest.status if self.latest else None

    @property
    def group(self) -> str:
        """Give the class under which the pupil is counted, or `OUTSIDE_AUDIENCE`."""
        return (self.class_name or "") if self.is_expected else OUTSIDE_AUDIENCE


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pupils stand where."""

    not_started: int
    started: int
    completed: int
    shared: int

    @property
    def total(self) -> int:
        """Count them all."""
        return self.not_started + self.started + self.completed + self.shared


@dataclass(frozen=True, slots=True)
class Result:
    """What staff may read of a pupil's knowledge in a campaign.

    `stage` is an index among the stages, None when there are none. `change` is in points of percent since
    the sent try before, None without one.
    """

    attempt: Try
    tally: Tally
    stage: int | None
    change: int | None
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill and what is concluded of it."""

    skill: Skill
    verdict: Verdict

    @property
    def is_tested(self) -> bool:
        """Tell whether anything at all is known of the skill."""
        return self.verdict.evidence is not Evidence.NONE


@dataclass(frozen=True, slots=True)
class SubjectReport:
    """A subject of the test: the highest acquired level against the level aimed at."""

    tube: str
    title: str
    competence: str
    tally: Tally
    reached: int
    aimed: int
    lines: tuple[SkillLine, ...]

    @property
    def is_acquired(self) -> bool:
        """Tell whether nothing is left to work on."""
        return self.tally.acquired == self.tally.total


@dataclass(frozen=True, slots=True)
class CompetenceReport:
    """A competence of the test, with its subjects in the order of the pathway.

    `is_assessed`: enough direct answers give it a level; `level` is None without them, or when it was not
    kept with what was sent.
    """

    competence: str
    tally: Tally
    subjects: tuple[SubjectReport, ...]
    is_assessed: bool
    level: LevelRange | None


def natural_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort names as people do: 5e2 before 5e10."""
    return tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece.casefold())
        for piece in re.findall(r"\d+|\D+", text)
    )


def may_read(attempt: Try, sending: Sending) -> bool:
    """Tell whether staff may read more than the state of a try.

    Nothing of an unsent try is read where the pupil decides to send; elsewhere it is provisional. A try
    without any answer says nothing.
    """
    is_open = attempt.status is Status.SHARED or sending is Sending.AUTOMATIC
    return is_open and attempt.answered > 0


def result_of(pupil: Pupil, *, total: int, stages: Sequence[Stage], sending: Sending) -> Result | None:
    """Give the result of a pupil: the latest sent try, or what is provisionally believed, or nothing.

    Args:
        pupil: with every try.
        total: how many skills the campaign holds; one at least.
        stages: of the campaign, from the lowest.
        sending: of the campaign.
    """
    attempt = pupil.sent[-1] if pupil.sent else pupil.latest
    if attempt is None or not may_read(attempt, sending):
        return None
    counted = Tally(attempt.acquired, total)
    change = None
    if len(pupil.sent) > 1:
        change = counted.percent - Tally(pupil.sent[-2].acquired, total).percent
    return Result(
        attempt=attempt,
        tally=counted,
        stage=reached_stage(stages, counted) if stages else None,
        change=change,
        is_provisional=attempt.status is not Status.SHARED,
    )


def count_states(pupils: Iterable[Pupil]) -> Counts:
    """Count pupils by state, each once."""
    states = [pupil.status for pupil in pupils]
    return Counts(
        not_started=states.count(None),
        started=states.count(Status.STARTED),
        completed=states.count(Status.COMPLETED),
        shared=states.count(Status.SHARED),
    )


def by_group(pupils: Iterable[Pupil]) -> dict[str, list[Pupil]]:
    """Share pupils out by class in natural order; those outside the audience come last."""
    groups: dict[str, list[Pupil]] = {}
    for pupil in pupils:
        groups.setdefault(pupil.group, []).append(pupil)
    names = sorted(groups, key=lambda name: (name == OUTSIDE_AUDIENCE, natural_order(name)))
    return {name: groups[name] for name in names}


def distribution(results: Iterable[Result], stages: Sequence[Stage]) -> list[int]:
    """Count the sent results by stage; a provisional one is not counted."""
    reached = [one.stage for one in results if not one.is_provisional]
    return [reached.count(index) for index in range(len(stages))]


def report(
    skills: Sequence[Skill],
    verdicts: Sequence[Verdict],
    levels: Mapping[str, LevelRange] = MappingProxyType({}),
) -> tuple[CompetenceReport, ...]:
    """Arrange what is concluded of one try by competence and subject, in the order of the skills.

    Args:
        skills: of the campaign, in their order.
        verdicts: on each of them.
        levels: by competence, as they are believed to be.
    Raises: KeyError if a verdict is missing: a test concludes on all the skills of its campaign.
    """
    concluded = {verdict.skill: verdict for verdict in verdicts}
    tubes: dict[str, list[SkillLine]] = {}
    for skill in skills:
        tubes.setdefault(skill.tube, []).append(SkillLine(skill, concluded[skill.id]))
    competences: dict[str, list[SubjectReport]] = {}
    for lines in tubes.values():
        subject = _subject(lines)
        competences.setdefault(subject.competence, []).append(subject)
    return tuple(_competence(name, subjects, levels.get(name)) for name, subjects in competences.items())


def _competence(name: str, subjects: Sequence[SubjectReport], level: LevelRange | None) -> CompetenceReport:
    has_level = is_assessed([line.verdict for subject in subjects for line in subject.lines])
    return CompetenceReport(
        competence=name,
        tally=total_of(subject.tally for subject in subjects),
        subjects=tuple(subjects),
        is_assessed=has_level,
        level=level if has_level else None,
    )


def _subject(lines: Sequence[SkillLine]) -> SubjectReport:
    first = lines[0].skill
    concluded = [line.verdict for line in lines]
    return SubjectReport(
        tube=first.tube,
        title=first.tube_title,
        competence=first.competence,
        tally=tally(concluded),
        reached=reached_level(concluded),
        aimed=max(line.skill.level for line in lines),
        lines=tuple(lines),
    )


def total_of(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    counted = list(tallies)
    return Tally(sum(one.acquired for one in counted), sum(one.total for one in counted))


def by_area(tallies: Mapping[str, Tally], area_of: Mapping[str, str]) -> dict[str, Tally]:
    """Add the tallies of competences up by domain; `area_of` maps a competence to its domain."""
    areas: dict[str, list[Tally]] = {}
    for competence, counted in tallies.items():
        areas.setdefault(area_of[competence], []).append(counted)
    return {area: total_of(members) for area, members in areas.items()}
