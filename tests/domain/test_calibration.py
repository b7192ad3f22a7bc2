"""What many answers say of the questions."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pytest

from portal.domain.adaptive import FrozenChallenge, FrozenSkill, Observation
from portal.domain.calibration import Calibrated, calibrate
from portal.domain.marking import Outcome
from portal.domain.parameters import RELEASED, UNKNOWN_GRADE
from portal.domain.played import PlayedTry

LUCK = {"single_choice": 0.25, "text": 0.02}


@dataclass(frozen=True)
class World:
    """Skills, and how far the true difficulty of each is from what its level says."""

    skills: tuple[FrozenSkill, ...]
    truth: dict[str, float]

    def find(self, name: str) -> FrozenSkill:
        return next(one for one in self.skills if one.id == name)


def make_world(seed: int = 1, *, wrong: dict[str, float] | None = None) -> World:
    """Three competences of four subjects of four skills, two questions each; `wrong` sets some offsets."""
    generator = np.random.default_rng(seed)
    skills, truth = [], {}
    for tube in range(12):
        for rank in range(4):
            name = f"t{tube}-{rank}"
            challenges = tuple(
                FrozenChallenge(f"{name}-{letter}", "v", kind, 4, 60, timed=False)
                for letter, kind in (("a", "text"), ("b", "single_choice"))
            )
            skills.append(FrozenSkill(name, f"t{tube}", f"c{tube // 4}", 2 * rank + 1, challenges))
            truth[name] = generator.normal(0, 0.6)
    return World(tuple(skills), truth | (wrong or {}))


def play(
    world: World, pupils: int = 150, questions: int = 24, *, seed: int = 2, broken: Iterable[str] = ()
) -> list[PlayedTry]:
    """Let pupils of all levels answer questions drawn near what they can do; a broken key fails who knows."""
    generator = np.random.default_rng(seed)
    levels = np.array([one.level for one in world.skills])
    tries = []
    for _ in range(pupils):
        general = generator.normal(3.5, 1.6)
        ability = {f"t{tube}": general + generator.normal(0, 1.2) for tube in range(12)}
        near = np.array([ability[one.tube] for one in world.skills])
        weights = np.exp(-np.abs(levels - near) / 2)
        chosen = generator.choice(len(levels), questions, replace=False, p=weights / weights.sum())
        answers = []
        for skill in (world.skills[at] for at in chosen):
            challenge = skill.challenges[generator.integers(2)]
            owned = ability[skill.tube] + generator.normal(0, 0.9) > skill.level - 0.5 + world.truth[skill.id]
            luck = LUCK[challenge.kind]
            chance = (0.03 if challenge.id in broken else 0.93) if owned else luck
            skipped = generator.random() < (0.05 if owned else 0.35)
            won = Outcome.OK if generator.random() < chance else Outcome.KO
            answers.append(Observation(skill.id, challenge.id, Outcome.SKIPPED if skipped else won))
        tries.append(PlayedTry(UNKNOWN_GRADE, tuple(answers)))
    return tries


def names_of(found: Calibrated) -> set[str]:
    return {one.challenge for one in found.suspects}


def test_offsets_follow_the_true_difficulties_and_are_centred():
    world = make_world()

    found = calibrate(world.skills, play(world, pupils=250), RELEASED)

    pairs = [(found.offsets[name], truth) for name, truth in world.truth.items()]
    assert np.corrcoef(np.array(pairs).T)[0, 1] >= 0.8
    assert abs(np.mean([offset for offset, _ in pairs])) < 0.01


def test_a_wrong_key_is_found_and_tells_why():
    world = make_world()
    broken = {"t1-1-a", "t5-0-a", "t9-2-b"}

    found = calibrate(world.skills, play(world, broken=broken), RELEASED)

    assert names_of(found) == broken
    worst = found.suspects[0]
    assert worst.answers >= 10
    assert worst.right < worst.expected / 2
    assert worst.ratio > 4
    assert [one.ratio for one in found.suspects] == sorted(
        (one.ratio for one in found.suspects), reverse=True
    )


def test_a_wrong_key_is_not_taken_for_a_harder_skill():
    world = make_world(wrong={"t1-1": 0.0})

    sound = calibrate(world.skills, play(world), RELEASED)
    broken = calibrate(world.skills, play(world, broken={"t1-1-a"}), RELEASED)

    assert abs(broken.offsets["t1-1"] - sound.offsets["t1-1"]) < 0.5


@pytest.mark.parametrize("error", [-1.8, 1.8])
def test_a_wrong_level_is_corrected_and_not_taken_for_a_wrong_key(error: float):
    world = make_world(wrong={"t1-1": error, "t6-2": error})

    found = calibrate(world.skills, play(world), RELEASED)

    assert names_of(found) == set()
    assert found.offsets["t1-1"] * error > 1
    assert found.offsets["t6-2"] * error > 1


def test_sound_questions_are_hardly_ever_suspected():
    worlds = [make_world(seed) for seed in range(4)]

    suspects = [
        len(calibrate(one.skills, play(one, seed=seed), RELEASED).suspects) for seed, one in enumerate(worlds)
    ]

    assert sum(suspects) <= 0.03 * 4 * 96


def test_the_numbers_of_a_question_need_thirty_answers_and_stay_near_those_of_its_kind():
    world = make_world()
    tries = play(world, pupils=100)
    given = [one.challenge for each in tries for one in each.answers if one.outcome is not Outcome.SKIPPED]

    found = calibrate(world.skills, tries, RELEASED)

    assert set(found.guesses) == {name for name in given if given.count(name) >= 30}
    assert set(found.slips) == set(found.guesses)
    assert all(0.01 < slip < 0.2 for slip in found.slips.values())
    assert all(abs(guess - LUCK["text" if name.endswith("a") else "single_choice"]) < 0.15
               for name, guess in found.guesses.items())  # fmt: skip


def test_an_easily_guessed_question_is_told():
    world = make_world()
    beginners = [
        PlayedTry(
            UNKNOWN_GRADE,
            (
                Observation("t0-0", "t0-0-a", Outcome.KO),
                Observation("t0-1", "t0-1-b", Outcome.KO),
                Observation("t0-3", "t0-3-b", won),
            ),
        )
        for won in (Outcome.OK, Outcome.KO) * 20
    ]

    found = calibrate(world.skills, [*play(world), *beginners], RELEASED)

    assert found.guesses["t0-3-b"] > 0.3


def test_few_answers_suspect_nothing_and_hardly_move():
    world = make_world()
    failure = PlayedTry(UNKNOWN_GRADE, (Observation("t0-0", "t0-0-a", Outcome.TIMED_OUT),))

    found = calibrate(world.skills, [failure] * 9, RELEASED)

    assert found.suspects == ()
    assert found.guesses == {}
    assert set(found.offsets) == {"t0-0"}


def test_void_and_unknown_answers_say_nothing():
    world = make_world()
    tries = [
        PlayedTry(
            UNKNOWN_GRADE,
            (
                Observation("t0-0", "t0-0-a", Outcome.KO, is_void=True),
                Observation("gone", "gone-a", Outcome.OK),
                Observation("t0-0", "of-another-skill", Outcome.OK),
            ),
        ),
        PlayedTry(UNKNOWN_GRADE, ()),
    ]

    assert calibrate(world.skills, tries, RELEASED) == Calibrated({}, {}, {}, ())


def test_the_order_of_tries_and_answers_changes_nothing():
    world = make_world()
    tries = play(world, pupils=30)
    turned = [PlayedTry(one.prior, one.answers[::-1]) for one in tries[::-1]]

    first, second = calibrate(world.skills, tries, RELEASED), calibrate(world.skills, turned, RELEASED)

    assert first.offsets == pytest.approx(second.offsets, abs=2e-4)
    assert names_of(first) == names_of(second)
