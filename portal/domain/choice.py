"""The next question: the one expected to teach most, asked kindly, and when to stop. Source: docs/moteur.md."""

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from portal.domain.adaptive import (
    FrozenChallenge,
    Mode,
    Observation,
    Pick,
    Reason,
    Rule,
    TryContext,
    draw,
)
from portal.domain.beliefs import Belief
from portal.domain.marking import Outcome
from portal.domain.opening import Equals, opening_of
from portal.domain.parameters import Parameters
from portal.domain.tree import Floats, Model

# Gains and chances are compared at this precision: the last bits depend on the processor.
DECIMALS = 6
MOST_IN_A_ROW = 2
LOTS = 10**9


@dataclass(frozen=True)
class Situation:
    """Where a try stands: what is believed, what was asked, the chance of this moment."""

    belief: Belief
    context: TryContext
    answers: Sequence[Observation]
    chance: int

    @property
    def model(self) -> Model:
        """Give the test."""
        return self.belief.model

    @property
    def cost(self) -> float:
        """Give the gain under which a question is not worth asking."""
        return _by_mode(self.model.parameters, "cost", self.context.mode)

    @property
    def doubt_allowed(self) -> float:
        """Give the mean doubt at which the test may end."""
        return _by_mode(self.model.parameters, "doubt", self.context.mode)


class Candidate(NamedTuple):
    """A skill that may be asked, with the challenge that would be, and what is hoped of it."""

    place: int
    challenge: FrozenChallenge
    success: float
    gain: float
    weight: float


def _by_mode(parameters: Parameters, name: str, mode: Mode) -> float:
    value: float = getattr(parameters, f"{name}_{mode}")
    return value


def situation(belief: Belief, context: TryContext, answers: Sequence[Observation]) -> Situation:
    """Gather what a choice depends on."""
    version = belief.model.parameters.version
    chance = draw(LOTS, seed=context.seed, answers=len(answers), parameters_version=version)
    return Situation(belief, context, answers, chance)


def candidates(now: Situation, squares: Floats) -> list[Candidate]:
    """List what may be asked now, with its gain; `squares`: the squared covariances of each skill, summed (N)."""
    model, parameters = now.model, now.model.parameters
    places, challenges = _challenges(now)
    slips, guesses = model.chances_by_row[[model.rows[one.id] for one in challenges]].T
    if_owned = (1 - now.belief.skip_acquired) * (1 - slips)
    if_not = (1 - parameters.skip_not) * guesses
    p = now.belief.probabilities[places]
    success = p * if_owned + (1 - p) * if_not
    gain = ((if_owned - if_not) ** 2 * squares[places] / (success * (1 - success))).round(DECIMALS)
    kindness = _by_mode(parameters, "kindness", now.context.mode)
    weight = (gain * success**kindness).round(DECIMALS)
    numbers = success.round(DECIMALS).tolist(), gain.tolist(), weight.tolist()
    return list(map(Candidate, places, challenges, *numbers))


def _challenges(now: Situation) -> tuple[list[int], list[FrozenChallenge]]:
    """Choose the challenge of each skill that has one left: the most wanted, by lot among equals."""
    opening = opening_of(now.model, now.context)
    asked = opening.asked.union(one.challenge for one in now.answers)
    known = now.model.challenges
    wanted = list(opening.wanted)
    for place in {known[one][0] for one in asked if one in known}:
        wanted[place] = _left(opening.choices[place], asked)
    # Other digits of the lot than those that draw the skill.
    lot = now.chance // 1009
    places = [place for place, equals in enumerate(wanted) if equals]
    return places, [wanted[place][(lot + place) % len(wanted[place])] for place in places]


def _left(choices: tuple[Equals, ...], asked: Set[str]) -> Equals:
    """Leave out what was asked: a challenge is never asked twice in a try."""
    left = (tuple(one for one in equals if one.id not in asked) for equals in choices)
    return next(filter(None, left), ())


def choose(now: Situation, found: list[Candidate]) -> Pick | None:
    """Choose the next question among what may be asked; None when the test is finished."""
    found = _affordable(now, found)
    due = _to_ask_again(now, found)
    if due:
        return _drawn(now, due, Rule.ASKED_AGAIN)
    left = most_questions(now.model) - len(now.answers)
    if left <= 0:
        return None
    unheard = _of_unheard_competences(now, found)
    # What is left is kept for the competences that nothing was asked of.
    is_due = left <= len({now.model.skills[one.place].competence for one in unheard})
    skipped = _skips(now)
    usual = _varied(now, [one for one in found if one.place not in skipped])
    is_short = len(now.answers) < now.model.parameters.least_questions
    if usual and not is_due and (is_short or not _is_settled(now, usual)):
        return _kindly(now, usual)
    if unheard:
        return _drawn(now, unheard, Rule.NEW_COMPETENCE)
    back = _varied(now, [one for one in found if skipped.get(one.place) == 1])
    if back and not _is_settled(now, back):
        return _drawn(now, back, Rule.SKIPPED_AGAIN)
    return None


def most_questions(model: Model) -> int:
    """Give the most questions a test may ask."""
    skills = math.ceil(model.parameters.most_share * len(model.skills))
    return max(1, len(model.competences), skills)


def spent_seconds(now: Situation) -> int:
    """Give the time that the questions asked so far are expected to have taken."""
    known = now.model.challenges
    return sum(known[one.challenge][1].seconds for one in now.answers if one.challenge in known)


def _affordable(now: Situation, found: list[Candidate]) -> list[Candidate]:
    """Keep what still fits in the promised duration."""
    if now.context.seconds is None:
        return found
    left = now.context.seconds - spent_seconds(now)
    return [one for one in found if one.challenge.seconds <= left]


def _to_ask_again(now: Situation, found: list[Candidate]) -> list[Candidate]:
    done = {one.skill for one in now.answers}
    due = now.context.again - done
    return [one for one in found if now.model.skills[one.place].id in due] if due else []


def _skips(now: Situation) -> dict[int, int]:
    """Count the skips of each skill whose last answer is one."""
    counts: dict[int, int] = {}
    for one in now.answers:
        place = now.model.index[one.skill]
        if one.outcome is Outcome.SKIPPED:
            counts[place] = counts.get(place, 0) + 1
        else:
            counts.pop(place, None)
    return counts


def _varied(now: Situation, found: list[Candidate]) -> list[Candidate]:
    """Leave a subject after two questions in a row, and a timed question after one, when that can be."""
    skills, index = now.model.skills, now.model.index
    last = [skills[index[one.skill]].tube for one in now.answers[-MOST_IN_A_ROW:]]
    if len(last) == MOST_IN_A_ROW and last[0] == last[1]:
        found = [one for one in found if skills[one.place].tube != last[0]] or found
    if now.answers and _was_timed(now):
        found = [one for one in found if not one.challenge.timed] or found
    return found


def _was_timed(now: Situation) -> bool:
    known = now.model.challenges.get(now.answers[-1].challenge)
    return known is not None and known[1].timed


def _is_settled(now: Situation, found: list[Candidate]) -> bool:
    """Tell whether what remains is too sure, or too dear, to go on."""
    p = now.belief.probabilities
    doubt = round(float(np.minimum(p, 1 - p).mean()), DECIMALS)
    return doubt <= now.doubt_allowed or max(one.gain for one in found) < now.cost


def _of_unheard_competences(now: Situation, found: list[Candidate]) -> list[Candidate]:
    skills, index = now.model.skills, now.model.index
    heard = {skills[index[one.skill]].competence for one in now.answers}
    return [one for one in found if skills[one.place].competence not in heard]


def _kindly(now: Situation, found: list[Candidate]) -> Pick:
    """Begin with a question that is likely won, and give one after two losses in a row."""
    parameters = now.model.parameters
    if not now.answers:
        low = [one for one in found if now.model.skills[one.place].level <= parameters.first_level]
        easy = [one for one in low if one.success >= parameters.first_success] or _easiest(low)
        if easy:
            return _drawn(now, easy, Rule.FIRST_QUESTION, share=0.0)
    last = now.answers[-2:]
    if len(last) == 2 and all(one.outcome is not Outcome.OK for one in last):
        near = _by_mode(parameters, "losing_share", now.context.mode) * max(one.weight for one in found)
        kind = [one for one in found if one.success >= parameters.losing_success and one.weight >= near]
        if kind:
            return _drawn(now, kind, Rule.AFTER_LOSSES)
    return _drawn(now, found, Rule.BEST_GAIN)


def _easiest(found: list[Candidate]) -> list[Candidate]:
    """Keep the easier half."""
    ranked = sorted(found, key=lambda one: (-one.success, one.place))
    return ranked[: math.ceil(len(ranked) / 2)]


def _drawn(now: Situation, found: list[Candidate], rule: Rule, *, share: float | None = None) -> Pick:
    """Draw among the best, so that neighbours meet different questions."""
    near = _by_mode(now.model.parameters, "exposure_share", now.context.mode) if share is None else share
    best = max(one.weight for one in found)
    pool = [one for one in found if one.weight >= round(near * best, DECIMALS)]
    one = pool[now.chance % len(pool)]
    acquired = round(float(now.belief.probabilities[one.place]), DECIMALS)
    reason = Reason(rule, one.success, one.gain, acquired)
    return Pick(now.model.skills[one.place].id, one.challenge.id, reason)
