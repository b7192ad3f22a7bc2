"""The numbers of the adaptive engine: versioned data, frozen in each try. Source: docs/moteur.md."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from portal.domain.school import Grade

SINGLE_CHOICE, MULTIPLE_CHOICE = "single_choice", "multiple_choice"


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a general level before any answer: a normal law, in levels."""

    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every number the engine reads, with the name of their version. Levels, ratios and probabilities.

    Attributes:
        grid_low, grid_high, grid_points: the levels at which abilities are weighed.
        competence_spread, tube_spread: of a competence around the general level, of a subject around it.
        slope: how sharply owning a skill depends on the subject's level.
        level_shift: a skill of level n is at n − this on the scale of abilities.
        noise: how far the difficulty of a question is from that of its skill (standard deviation, in levels).
        skip_acquired, skip_not: how often a known and an unknown skill is passed.
        skip_weight: how many answers the usual rate of skips weighs beside the pupil's own.
        skip_cautious: how often a known skill is passed by the pupils who pass a lot, `cautious_share` of them.
        slip: how often a known skill is failed; guess_*: how often an unknown one is won.
        kindness_*: the power of the chance of success that weighs a gain, by mode.
        first_success, first_level: what the first question asks for.
        losing_success, losing_share_*: after two losses, the chance of success among which gains, by mode.
        exposure_share_*: the draw is among the gains this near to the best, by mode.
        cost_*: the gain under which a question is not worth asking, by mode.
        doubt_*: the mean of min(p, 1 − p) under which a test ends, by mode.
        least_questions: the fewest, when there are as many; most_share: the most, as a share of the skills.
        fade, growth, blur: what a year does to an answer: its weight, the expected progress, the doubt.
    """

    version: str
    grid_low: float = -2.0
    grid_high: float = 10.0
    grid_points: int = 21
    competence_spread: float = 0.8
    tube_spread: float = 1.0
    slope: float = 0.54
    noise: float = 0.30
    level_shift: float = 0.5
    skip_acquired: float = 0.015
    skip_cautious: float = 0.3
    cautious_share: float = 0.05
    skip_not: float = 0.35
    skip_weight: float = 6.0
    slip: float = 0.075
    guess_multiple: float = 0.08
    guess_typed: float = 0.02
    kindness_short: float = 0.0
    kindness_normal: float = 0.5
    kindness_precise: float = 0.5
    first_success: float = 0.75
    first_level: int = 2
    losing_success: float = 0.6
    losing_share_short: float = 1.0
    losing_share_normal: float = 0.4
    losing_share_precise: float = 0.4
    exposure_share_short: float = 1.0
    exposure_share_normal: float = 0.9
    exposure_share_precise: float = 0.9
    cost_short: float = 0.20
    cost_normal: float = 0.15
    cost_precise: float = 0.10
    doubt_short: float = 0.04
    doubt_normal: float = 0.03
    doubt_precise: float = 0.02
    least_questions: int = 6
    most_share: float = 0.8
    fade: float = 0.9
    growth: float = 0.5
    blur: float = 0.55

    def guess_of(self, kind: str, proposals: int) -> float:
        """Tell how often a question of this kind is won without knowing."""
        if kind == SINGLE_CHOICE and proposals > 1:
            return 1 / proposals
        return self.guess_multiple if kind == MULTIPLE_CHOICE else self.guess_typed


RELEASED = Parameters(version="1")

UNKNOWN_GRADE = Prior(3.0, 1.9)
KNOWN_GRADE_SPREAD = 1.4
_PROFESSIONAL = 0.5
_ADAPTED = 1.0
_GRADE_MEANS: Mapping[Grade, float] = {
    Grade.SIXIEME: 1.2,
    Grade.CINQUIEME: 1.8,
    Grade.QUATRIEME: 2.3,
    Grade.TROISIEME: 2.8,
    Grade.SECONDE: 3.2,
    Grade.PREMIERE: 3.6,
    Grade.TERMINALE: 4.0,
    Grade.SECONDE_PRO: 3.2 - _PROFESSIONAL,
    Grade.PREMIERE_PRO: 3.6 - _PROFESSIONAL,
    Grade.TERMINALE_PRO: 4.0 - _PROFESSIONAL,
    Grade.CAP_1: 3.2 - _PROFESSIONAL,
    Grade.CAP_2: 3.6 - _PROFESSIONAL,
    Grade.BTS_1: 4.5,
    Grade.BTS_2: 4.5,
    Grade.CPGE: 4.5,
}


def prior_of(grade: Grade | None, *, is_adapted: bool = False) -> Prior:
    """Tell what is expected of a pupil of this grade; of an unknown one, hardly anything.

    `is_adapted`: in a class with adapted teaching (SEGPA).
    """
    if grade is None:
        return UNKNOWN_GRADE
    return Prior(_GRADE_MEANS[grade] - (_ADAPTED if is_adapted else 0), KNOWN_GRADE_SPREAD)


def parameters_of(version: str, numbers: Mapping[str, float]) -> Parameters:
    """Read parameters as they were frozen; a number that a later version added has its first value."""
    known = {one.name for one in fields(Parameters)} - {"version"}
    read = {name: value for name, value in numbers.items() if name in known}
    return replace(RELEASED, version=version, **read)  # type: ignore[arg-type]
