"""Small tests and simulated pupils, shared by the tests of the engine."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from portal.domain.adaptive import (
    FrozenChallenge,
    FrozenSkill,
    FrozenTest,
    Observation,
    Pick,
    TryContext,
)
from portal.domain.engine import decide
from portal.domain.marking import Outcome

CONTEXT = TryContext(seed="graine")
# Told the pick and its number, gives the outcome.
Pupil = Callable[[Pick, int], Outcome]
OK, KO, SKIPPED = Outcome.OK, Outcome.KO, Outcome.SKIPPED


def challenge(name: str, *, kind: str = "text", seconds: int = 30, timed: bool = False) -> FrozenChallenge:
    """Make a challenge."""
    return FrozenChallenge(name, "v1", kind, 4, seconds, timed)


def skill(
    tube: str, level: int, *, competence: str = "1.1", variants: int = 2, offset: float = 0.0, **kind: object
) -> FrozenSkill:
    """Make a skill named `tube-level`, with challenges `tube-levela`, `tube-levelb`…"""
    name = f"{tube}-{level}"
    made = tuple(challenge(f"{name}{letter}", **kind) for letter in "abcdefgh"[:variants])
    return FrozenSkill(name, tube, competence, level, made, offset)


def frozen(*skills: FrozenSkill) -> FrozenTest:
    """Freeze a test."""
    return FrozenTest(skills)


def ladder(
    tubes: int = 6, levels: Sequence[int] = (1, 2, 3, 5), *, competences: int = 2, **kind: object
) -> FrozenTest:
    """Make a test of several tubes alike."""
    return frozen(
        *(
            skill(f"t{tube}", level, competence=f"{1 + tube % competences}.1", **kind)
            for tube in range(tubes)
            for level in levels
        )
    )


def observed(name: str, outcome: Outcome = OK, letter: str = "a") -> Observation:
    """Answer a challenge of a skill."""
    return Observation(name, f"{name}{letter}", outcome)


def play(
    test: FrozenTest, pupil: Pupil, context: TryContext = CONTEXT, *, most: int = 1000
) -> list[Observation]:
    """Play a test to its end; fail when it has none."""
    answers: list[Observation] = []
    while pick := decide(test, context, answers).pick:
        if len(answers) == most:
            break
        answers.append(Observation(pick.skill, pick.challenge, pupil(pick, len(answers))))
        assert len(answers) <= sum(len(one.challenges) for one in test.skills), "no end"
    return answers


def always(outcome: Outcome) -> Pupil:
    """Answer always alike."""
    return lambda pick, number: outcome


def level_of(pick: Pick) -> int:
    """Read a skill's level from its name."""
    return int(pick.skill.rsplit("-", 1)[1])


def knows_up_to(highest: int) -> Pupil:
    """Answer right up to a level."""
    return lambda pick, number: OK if level_of(pick) <= highest else KO


@st.composite
def any_test(draw: st.DrawFn) -> FrozenTest:
    """Draw any test: any levels with gaps, one skill to many, some without challenge."""
    shape = draw(
        st.dictionaries(
            st.sampled_from("abcdefgh"), st.sets(st.integers(1, 8), min_size=1, max_size=5), min_size=1
        )
    )
    return frozen(
        *(
            skill(
                tube,
                level,
                competence=f"{1 + ord(tube) % 3}.1",
                variants=draw(st.integers(0, 3)),
                kind=draw(st.sampled_from(("text", "single_choice", "multiple_choice"))),
                timed=draw(st.booleans()),
            )
            for tube, levels in sorted(shape.items())
            for level in sorted(levels)
        )
    )


outcomes = st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=40)


def taking_turns(results: Sequence[Outcome]) -> Pupil:
    """Answer with these outcomes one after the other, round and round."""
    return lambda pick, number: results[number % len(results)]
