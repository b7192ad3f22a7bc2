"""Improve, retry, reset: what is asked again, with which questions, and what is kept."""

from dataclasses import replace

from portal.domain.adaptive import Earlier, Rule, TryContext, evidence_of
from portal.domain.engine import decide, estimate
from portal.domain.mastery import verdicts
from portal.domain.renewal import improve, reset, retry
from tests.domain.engine_tests import CONTEXT, KO, OK, always, knows_up_to, ladder, observed, play

TEST = ladder(5, (1, 2, 3, 5), competences=2, variants=4)


def played(pupil, context=CONTEXT):
    answers = play(TEST, pupil, context)
    return answers, verdicts(TEST, estimate(TEST, context, answers), evidence_of(context, answers))


def test_a_retry_after_a_poor_try_asks_what_was_not_acquired_with_other_questions():
    answers, conclusions = played(knows_up_to(1))
    missed = {one.skill for one in conclusions if not one.is_acquired}
    fresh = TryContext("autre", seen=frozenset(one.challenge for one in answers))

    context = retry(fresh, CONTEXT, answers, conclusions)
    again = play(TEST, always(OK), context)

    assert {one.skill for one in again[: len(missed)]} == missed
    assert not {one.challenge for one in again} & {one.challenge for one in answers}
    assert decide(TEST, context, []).pick.reason.rule is Rule.ASKED_AGAIN
    assert all(p >= 0.5 for p in estimate(TEST, context, again).probabilities.values())


def test_what_was_said_of_a_skill_asked_again_leaves_the_evidence():
    answers = [observed("t0-2", KO), observed("t1-2", OK)]
    conclusions = verdicts(TEST, estimate(TEST, CONTEXT, answers), answers)

    context = improve(CONTEXT, answers, [one for one in conclusions if one.skill in {"t0-2", "t1-2"}])

    assert "t0-2" in context.again and "t1-2" not in context.again
    assert evidence_of(context, []) == [answers[1]]


def test_what_left_the_evidence_never_comes_back():
    answers, conclusions = played(knows_up_to(1))
    once = improve(CONTEXT, answers, conclusions)
    better = play(TEST, knows_up_to(3), once)
    twice = improve(once, better, verdicts(TEST, estimate(TEST, once, better), evidence_of(once, better)))

    kept = evidence_of(twice, [])
    assert kept and not {one.challenge for one in kept if one.outcome is KO} & {
        one.challenge for one in answers if one.skill in once.again
    }


def test_an_improvement_ends_even_when_every_question_was_asked():
    small = ladder(1, (1, 2), variants=1)
    answers = [observed("t0-1", KO), observed("t0-2", KO)]
    context = improve(CONTEXT, answers, verdicts(small, estimate(small, CONTEXT, answers), answers))

    assert decide(small, context, []).pick is None


def test_a_reset_knows_nothing():
    history = (Earlier("t0", "1.1", 1.5, 0.02, 0.075, OK, 1.0),)
    full = replace(CONTEXT, history=history, before=(observed("t0-1"),), again=frozenset({"t0-2"}))

    assert estimate(TEST, reset(full), []) == estimate(TEST, CONTEXT, [])
