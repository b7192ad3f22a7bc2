"""From what is believed to what is said: verdicts, mastery rates, stages. Source: docs/regles.md."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.adaptive import Estimate, FrozenSkill, FrozenTest, Observation
from portal.domain.marking import Outcome

ACQUIRED_FROM = 0.5
# What is said of a skill: below the first to work on, from the second acquired, between them to confirm.
TO_CONFIRM_FROM = 0.3
SURE_FROM = 0.7
# A competence has a level from this many direct answers on.
LEVEL_FROM = 3
# What a stage without threshold asks for.
FIRST_SKILL = 1


class Evidence(StrEnum):
    """Where a verdict comes from: the pupil's own answers to the skill, or a deduction from others."""

    DIRECT = "direct"
    DEDUCED = "deduced"
    NONE = "none"


class Standing(StrEnum):
    """What is said of a skill that something is known of."""

    ACQUIRED = "acquired"
    TO_CONFIRM = "to_confirm"
    TO_WORK_ON = "to_work_on"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is concluded of one skill. `asked` counts its direct answers, `right` and `skipped` some of them."""

    skill: str
    tube: str
    competence: str
    level: int
    is_acquired: bool
    evidence: Evidence
    probability: float
    asked: int
    right: int
    skipped: int = 0

    @property
    def standing(self) -> Standing | None:
        """Give the word for the skill, None when nothing is known of it: « non évalué »."""
        if self.evidence is Evidence.NONE:
            return None
        if self.probability >= SURE_FROM and self.is_acquired:
            return Standing.ACQUIRED
        return Standing.TO_CONFIRM if self.probability >= TO_CONFIRM_FROM else Standing.TO_WORK_ON


@dataclass(frozen=True, slots=True)
class Tally:
    """Acquired skills out of all those of a group (a tube, a competence, a domain, the test)."""

    acquired: int
    total: int

    @property
    def rate(self) -> float:
        """Give the share acquired, a ratio in [0, 1]."""
        return self.acquired / self.total

    @property
    def percent(self) -> int:
        """Give the share as a whole percent, never rounded up to 100 nor down to 0."""
        return whole_percent(self.rate)


@dataclass(frozen=True, slots=True)
class Stage:
    """A threshold and its word. `threshold` is a whole percent, or None: from one acquired skill on."""

    threshold: int | None
    title: str
    message: str


def whole_percent(rate: float) -> int:
    """Round a ratio to a whole percent; 100 and 0 are kept for all and none."""
    if rate <= 0:
        return 0
    if rate >= 1:
        return 100
    return min(99, max(1, round(rate * 100)))


def verdicts(
    test: FrozenTest,
    estimate: Estimate,
    answers: Sequence[Observation],
    *,
    heard: Collection[str] = (),
) -> tuple[Verdict, ...]:
    """Conclude on every skill of the test, in its order.

    A skill is acquired when its probability reaches one half and its competence holds at least one
    direct answer that was not a skip: who answered nothing has nothing acquired.

    Args:
        test: with all its skills.
        estimate: what is believed of each of them.
        answers: those that speak.
        heard: the competences that hold a direct answer of an earlier try.
    """
    asked: dict[str, list[Outcome]] = {}
    for answer in answers:
        asked.setdefault(answer.skill, []).append(answer.outcome)
    known = _spoken_of(test, answers, heard)
    return tuple(
        _verdict(skill, estimate.probabilities[skill.id], asked.get(skill.id, []), skill.competence in known)
        for skill in test.skills
    )


def count_acquired(
    test: FrozenTest, estimate: Estimate, answers: Sequence[Observation], *, heard: Collection[str] = ()
) -> int:
    """Count the acquired skills as `verdicts` would, without writing them: it is done at each answer."""
    known, probabilities = _spoken_of(test, answers, heard), estimate.probabilities
    return sum(
        probabilities[skill.id] >= ACQUIRED_FROM and skill.competence in known for skill in test.skills
    )


def _spoken_of(test: FrozenTest, answers: Sequence[Observation], heard: Collection[str]) -> set[str]:
    spoken = {answer.skill for answer in answers if answer.outcome is not Outcome.SKIPPED}
    return {skill.competence for skill in test.skills if skill.id in spoken}.union(heard)


def _verdict(skill: FrozenSkill, probability: float, results: list[Outcome], is_heard: bool) -> Verdict:
    deduced = Evidence.DEDUCED if is_heard else Evidence.NONE
    return Verdict(
        skill=skill.id,
        tube=skill.tube,
        competence=skill.competence,
        level=skill.level,
        is_acquired=is_heard and probability >= ACQUIRED_FROM,
        evidence=Evidence.DIRECT if results else deduced,
        probability=probability,
        asked=len(results),
        right=results.count(Outcome.OK),
        skipped=results.count(Outcome.SKIPPED),
    )


def is_assessed(conclusions: Collection[Verdict]) -> bool:
    """Tell whether a competence's verdicts give it a level: three answers given, or one on every skill."""
    asked = [verdict.asked - verdict.skipped for verdict in conclusions]
    return sum(asked) >= LEVEL_FROM or (bool(asked) and all(asked))


def count_standings(conclusions: Iterable[Verdict]) -> dict[Standing | None, int]:
    """Count the skills by word, the best first; None: those nothing is known of."""
    found = [verdict.standing for verdict in conclusions]
    return {standing: found.count(standing) for standing in (*Standing, None)}


def tally(conclusions: Iterable[Verdict]) -> Tally:
    """Count the acquired skills.

    Raises: ValueError if there is no skill at all.
    """
    acquired = [verdict.is_acquired for verdict in conclusions]
    if not acquired:
        raise ValueError("a tally needs one skill at least")
    return Tally(sum(acquired), len(acquired))


def tallies_by(conclusions: Collection[Verdict], group: Mapping[str, str]) -> dict[str, Tally]:
    """Count by group, in order of appearance; `group` maps a skill's id to its group's name."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in conclusions:
        groups.setdefault(group[verdict.skill], []).append(verdict)
    return {name: tally(members) for name, members in groups.items()}


def reached_level(conclusions: Iterable[Verdict]) -> int:
    """Give the highest acquired level of a tube's verdicts, 0 when none is acquired."""
    return max((verdict.level for verdict in conclusions if verdict.is_acquired), default=0)


def reached_stage(stages: Sequence[Stage], result: Tally) -> int:
    """Find the highest stage reached, as its index; the zero stage is always reached.

    `stages` go from the lowest to the highest. A stage without threshold asks for one acquired skill.
    """
    reached = 0
    for index, stage in enumerate(stages):
        asked_for = FIRST_SKILL if stage.threshold is None else stage.threshold
        gained = result.acquired if stage.threshold is None else result.rate * 100
        if gained >= asked_for:
            reached = index
    return reached
