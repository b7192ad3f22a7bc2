"""What the answers say of every skill: exact on the tree, against the sum over everything that can be."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.adaptive import FrozenTest, TryContext
from portal.domain.beliefs import believe, own_skips
from portal.domain.covariances import covariances
from portal.domain.history import likelihood
from portal.domain.marking import Outcome
from portal.domain.parameters import RELEASED, prior_of
from portal.domain.school import Grade
from portal.domain.tree import chances, model_of, normal_rows
from tests.domain.engine_tests import (
    CONTEXT,
    KO,
    OK,
    SKIPPED,
    any_test,
    frozen,
    ladder,
    observed,
    outcomes,
    skill,
)

SMALL = frozen(
    skill("a", 1), skill("a", 3, kind="single_choice"), skill("b", 2), skill("c", 2, competence="2.1")
)
ANSWERS = [
    observed("a-1"),
    observed("b-2", KO),
    observed("c-2", SKIPPED),
    observed("a-3", OK),
    observed("b-2", OK, "b"),
]


def _likelihood_of(model, general, at_tubes):
    grid, likely = range(len(model.grid)), 0.0
    for g in grid:
        of_competences = 1.0
        for competence in range(len(model.competences)):
            of_competences *= sum(
                model.to_competence[g, c]
                * np.prod(
                    [
                        (model.to_tube[c] * at_tubes[tube]).sum()
                        for tube in range(len(model.tubes))
                        if model.tube_competence[tube] == competence
                    ]
                )
                for c in grid
            )
        likely += general[g] * of_competences
    return likely


def _said_at_levels(model, answers, skips):
    """What the answers say of each skill, owned or not, at each level of its tube."""
    said = {True: np.ones_like(model.owned), False: np.ones_like(model.owned)}
    for one in answers:
        at, challenge = model.challenges[one.challenge]
        reached, other = likelihood(one.outcome, *chances(model.parameters, challenge), *skips)
        for is_owned, met in ((True, model.met[0, at]), (False, model.met[1, at])):
            said[is_owned][at] *= met * reached + (1 - met) * other
    return said


def by_enumeration(test, context, answers):
    """Sum over every level of everything and every set of owned skills: slow, and plainly right."""
    model = model_of(test)
    general = normal_rows(model.grid, np.array([context.prior.mean]), context.prior.spread)[0]
    count, parameters = len(model.skills), test.parameters
    together, alone, total = np.zeros((count, count)), np.zeros(count), 0.0
    shares = (1 - parameters.cautious_share, parameters.cautious_share)
    for share, is_cautious in zip(shares, (False, True), strict=True):
        said = _said_at_levels(model, answers, own_skips(parameters, answers, is_cautious=is_cautious))
        for owned in product((True, False), repeat=count):
            at_skills = [
                (model.owned[i] if owned[i] else 1 - model.owned[i]) * said[owned[i]][i] for i in range(count)
            ]
            at_tubes = [
                np.prod([at_skills[i] for i in range(count) if model.tube_of[i] == tube], axis=0)
                for tube in range(len(model.tubes))
            ]
            likely = share * _likelihood_of(model, general, at_tubes)
            mine = np.array(owned, dtype=float)
            total += likely
            alone += likely * mine
            together += likely * np.outer(mine, mine)
    p = alone / total
    return p, together / total - np.outer(p, p)


# A second way of passing is weighed from the first skip on, which is the third answer.
@pytest.mark.parametrize(
    ("answered", "cautious"), [*((count, 0.0) for count in range(6)), (3, 0.5), (4, 0.5), (5, 0.5)]
)
def test_probabilities_and_covariances_are_those_of_the_whole_sum(answered, cautious):
    context = TryContext("graine", prior=prior_of(Grade.CINQUIEME))
    test = FrozenTest(SMALL.skills, replace(RELEASED, cautious_share=cautious))
    belief = believe(model_of(test), context, ANSWERS[:answered])

    p, shared = by_enumeration(test, context, ANSWERS[:answered])

    assert np.allclose(belief.probabilities, p, atol=1e-12)
    found, weights = covariances(belief), belief.model.level_weights
    assert np.allclose(found.squares(), (shared**2).sum(axis=0), atol=1e-12)
    assert np.allclose(found.variances(), np.einsum("ci,ij,cj->c", weights, shared, weights), atol=1e-12)


def test_an_answer_speaks_for_its_tube_then_its_competence_then_the_others():
    test = ladder(3, (1, 2, 3, 4), competences=2)
    model = model_of(test)

    before = believe(model, CONTEXT, []).probabilities
    after = believe(model, CONTEXT, [observed("t0-3")]).probabilities
    rise = {name: after[model.index[name]] - before[model.index[name]] for name in ("t0-4", "t2-4", "t1-4")}

    assert rise["t0-4"] > rise["t2-4"] > rise["t1-4"] > 0


def test_who_passes_a_lot_is_believed_to_pass_what_is_known_too():
    test = ladder(6, (1, 2, 3), competences=1)
    model = model_of(test)
    right = [observed(f"t{tube}-3", OK) for tube in range(5)]
    skips = [observed(f"t{tube}-1", SKIPPED) for tube in range(4)]

    sure, cautious = believe(model, CONTEXT, right), believe(model, CONTEXT, [*right, *skips])

    assert sure.skip_acquired < 0.05 < cautious.skip_acquired
    assert cautious.probabilities[model.index["t0-1"]] > 0.5


def test_a_guess_convinces_less_than_what_was_typed():
    test = frozen(skill("a", 3, kind="single_choice"), skill("b", 3))
    model = model_of(test)

    chosen = believe(model, CONTEXT, [observed("a-3")]).probabilities[model.index["a-3"]]
    typed = believe(model, CONTEXT, [observed("b-3")]).probabilities[model.index["b-3"]]

    assert typed > chosen > 0.5


@pytest.mark.parametrize("outcome", [Outcome.KO, Outcome.SKIPPED, Outcome.TIMED_OUT])
def test_everything_but_a_right_answer_speaks_against_the_skill(outcome):
    model = model_of(SMALL)

    before = believe(model, CONTEXT, []).probabilities
    after = believe(model, CONTEXT, [observed("b-2", outcome)]).probabilities

    assert (after < before).all()


def test_the_order_of_answers_does_not_count():
    model = model_of(SMALL)

    one = believe(model, CONTEXT, ANSWERS).probabilities
    other = believe(model, CONTEXT, ANSWERS[::-1]).probabilities

    assert np.allclose(one, other, atol=1e-12)


def test_a_calibrated_skill_is_as_hard_as_its_offset_says():
    plain, hard = (model_of(frozen(skill("a", 3, offset=offset))) for offset in (0.0, 1.0))

    assert believe(hard, CONTEXT, []).probabilities < believe(plain, CONTEXT, []).probabilities


@given(test=any_test(), results=outcomes)
@settings(max_examples=60, deadline=None)
def test_whatever_is_answered_beliefs_are_probabilities(test, results):
    asked = [one for skill_ in test.skills for one in ((skill_, each) for each in skill_.challenges)]
    answers = [
        observed(owner.id, results[number % len(results)], each.id[-1])
        for number, (owner, each) in enumerate(asked)
    ]
    belief = believe(model_of(test), CONTEXT, answers)
    p, found = belief.probabilities, covariances(belief)

    assert ((p > 0) & (p < 1)).all()
    assert (found.squares() > (p * (1 - p)) ** 2 - 1e-12).all() and (found.variances() > -1e-12).all()


@given(results=st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=5), seed=st.integers(0, 5))
@settings(max_examples=20, deadline=None)
def test_four_hundred_skills_stay_finite(results, seed):
    test = ladder(80, (1, 2, 4, 6, 8), competences=16)
    answers = [
        observed(one.id, results[(number + seed) % len(results)], letter)
        for number, one in enumerate(test.skills)
        for letter in "ab"
    ]

    assert np.isfinite(believe(model_of(test), CONTEXT, answers).probabilities).all()
