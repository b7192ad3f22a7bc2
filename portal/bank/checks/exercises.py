"""Files made for a pupil, and scenarios: as they are drawn for many, not for one."""

from collections.abc import Iterator

from pydantic import ValidationError

from portal.bank.checks import answers
from portal.bank.checks.places import every_challenge
from portal.bank.loader import Bank
from portal.domain.exercises import Drawn, NothingDrawn, filled
from portal.domain.referential import Challenge
from portal.material.library import UnknownGenerator, recipe_of
from portal.material.pictures.library import compose
from portal.material.recipe import dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import faults_of

SEEDS = 20


def problems(bank: Bank) -> list[str]:
    """Draw each question for several pupils, and correct it with what must pass and with what must fail."""
    return [
        f"{place} : {problem}"
        for place, _, challenge in every_challenge(bank)
        for problem in dict.fromkeys((*_made(challenge), *_played(challenge)))
    ]


def _made(challenge: Challenge) -> Iterator[str]:
    if challenge.recipe is None:
        return
    try:
        recipe = recipe_of(challenge.recipe)
    except (UnknownGenerator, ValidationError) as error:
        yield f"material : {' '.join(str(error).split())}"
        return
    for seed in range(SEEDS):
        made = recipe.make(dice_of(f"{challenge.id}:{seed}"))
        try:
            own = filled(challenge, Drawn(made.values, made.answers, made.wrong))
        except NothingDrawn as missing:
            yield f"« {missing.args[0]} » n’est pas donné par le générateur « {recipe.generator} »."
            return
        yield from answers.problems_of(own)
        yield from _overflows(own)


def _overflows(own: Challenge) -> Iterator[str]:
    if own.media is None or not own.media.parts:
        return
    try:
        compose(own.media.parts)
    except ValidationError as error:
        yield from (f"picture > {' > '.join(map(str, one['loc']))} : {one['msg']}" for one in error.errors())


def _played(challenge: Challenge) -> Iterator[str]:
    if challenge.scenario is None:
        return
    for seed in range(SEEDS):
        scenario = scenario_of(challenge.scenario, dice_of(f"{challenge.id}:{seed}"))
        for fault in faults_of(scenario):
            yield f"scénario {scenario.id}, {fault.part} : {fault.reason}"
