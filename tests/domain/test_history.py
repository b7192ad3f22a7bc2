"""What earlier tries still say: less and less, of the subject and of its neighbours."""

import numpy as np
import pytest

from portal.domain.adaptive import Earlier, TryContext
from portal.domain.beliefs import believe
from portal.domain.engine import decide
from portal.domain.history import fade
from portal.domain.marking import Outcome
from portal.domain.parameters import RELEASED
from portal.domain.tree import grid_of, model_of
from tests.domain.engine_tests import KO, OK, knows_up_to, ladder, play


def earlier(
    tube: str = "t0",
    *,
    difficulty: float = 2.5,
    outcome: Outcome = OK,
    years: float = 1.0,
    competence: str = "1.1",
) -> Earlier:
    return Earlier(tube, competence, difficulty, 0.02, 0.075, outcome, years)


def with_history(*history: Earlier) -> TryContext:
    return TryContext("graine", history=history)


def probability(test, context, name="t0-3"):
    return decide(test, context, []).estimate.probabilities[name]


TEST = ladder(4, (1, 2, 3, 5), competences=2)


def test_an_old_success_speaks_for_its_subject_then_its_competence_then_the_others():
    none, known = TryContext("graine"), with_history(earlier())
    rise = [
        probability(TEST, known, name) - probability(TEST, none, name) for name in ("t0-3", "t2-3", "t1-3")
    ]

    assert rise[0] > rise[1] > rise[2] > 0


@pytest.mark.parametrize("outcome", [KO, Outcome.SKIPPED])
def test_an_old_failure_speaks_against(outcome):
    assert probability(TEST, with_history(earlier(outcome=outcome))) < probability(TEST, with_history())


def test_the_older_the_less_it_weighs():
    grid = grid_of(RELEASED)
    spreads = []
    for years in (0.0, 1.0, 3.0, 9.0):
        law = fade([earlier(years=years), earlier(years=years, difficulty=4.5, outcome=KO)], RELEASED, grid)
        weights = law.tubes["t0"][0] / law.tubes["t0"][0].sum()
        mean = (weights * grid).sum()
        spreads.append((weights * (grid - mean) ** 2).sum())

    assert spreads == sorted(spreads)


def test_a_pupil_is_expected_to_have_grown():
    grid = grid_of(RELEASED)
    answers = {"difficulty": 2.5}, {"difficulty": 3.5, "outcome": KO}
    means = []
    for years in (0.0, 1.0, 2.0):
        law = fade([earlier(years=years, **one) for one in answers], RELEASED, grid).tubes["t0"][0]
        means.append((law * grid).sum() / law.sum())

    assert means[0] + 0.3 < means[1] < means[2]


def test_a_subject_outside_the_test_informs_its_competence_and_another_competence_the_general_level():
    beside = with_history(earlier("ailleurs", difficulty=4.5))
    far = with_history(earlier("ailleurs", difficulty=4.5, competence="5.2"))
    none = with_history()

    assert probability(TEST, beside) > probability(TEST, far) > probability(TEST, none)


def test_ages_of_one_subject_add_up():
    twice = with_history(earlier(years=0.1), earlier(years=1.1))

    assert probability(TEST, twice) > probability(TEST, with_history(earlier(years=1.1)))


def test_a_long_history_stays_finite():
    history = tuple(earlier(f"t{n % 7}", outcome=(OK, KO)[n % 2], years=(n % 5) / 2) for n in range(600))
    belief = believe(model_of(TEST), with_history(*history), [])

    assert np.isfinite(belief.probabilities).all()


def test_last_years_answers_save_questions():
    test = ladder(8, (1, 2, 3, 4, 5), competences=3)
    skills = {one.id: one for one in test.skills}
    without = with_them = 0
    for level in (1, 2, 3, 4, 5):
        asked = play(test, knows_up_to(level))
        history = tuple(
            earlier(
                skills[one.skill].tube,
                competence=skills[one.skill].competence,
                difficulty=skills[one.skill].level - 0.5,
                outcome=one.outcome,
            )
            for one in asked
        )
        without += len(asked)
        with_them += len(play(test, knows_up_to(level), with_history(*history)))

    assert with_them < without
