"""The key of the simulated pupils opens every question of the bank, and its wrong answers fail."""

import random
import uuid

import pytest
from itsdangerous import URLSafeTimedSerializer

from portal.bank.loader import load_bank
from portal.domain.marking import Outcome
from portal.markup import render_markdown
from portal.material.simulators.scenario import Step, played
from portal.services.exercises import Exercise
from portal.settings import CONTENT
from tests import exercises
from tests.answering import RIGHT, SKIP, WRONG, answer_book, drawn, gestures, given_by

DICE = random.Random(1)


def outcome(exercise: Exercise, how: str) -> Outcome:
    """Do what is to be done, and hand in."""
    given = given_by(exercise.challenge, how)
    assert given is not None
    steps = [Step.model_validate(one) for one in gestures(exercise, how)]
    if exercise.scenario is None:
        return exercise.mark(given)
    return Exercise(
        exercise.challenge, scenario=exercise.scenario, state=played(exercise.scenario, steps)
    ).mark(given)


def check(exercise: Exercise) -> None:
    """Answer rightly, wrongly, and not at all."""
    assert outcome(exercise, RIGHT) is Outcome.OK, exercise.challenge
    assert outcome(exercise, WRONG) is Outcome.KO, exercise.challenge
    assert given_by(exercise.challenge, SKIP) is None and gestures(exercise, SKIP) == []


@pytest.mark.parametrize("number", range(len(exercises.EVERY)))
def test_every_kind_is_answered_rightly_and_wrongly(number):
    check(drawn(exercises.EVERY[number], uuid.uuid4()))


def test_every_question_of_the_bank_is_recognised_and_answered():
    for _, challenge in load_bank(CONTENT).every_challenge():
        question = uuid.UUID(int=DICE.getrandbits(128))
        met = drawn(challenge, question)
        # Whoever has no key reads the field all the same.
        token = URLSafeTimedSerializer("another key").dumps([1, "", question.hex])
        found = answer_book().exercise(str(render_markdown(met.challenge.instruction)), token)
        assert found.challenge == met.challenge
        check(found)
