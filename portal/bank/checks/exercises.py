"""Files made for a pupil, and scenarios: as they are drawn for many, not for one."""

import uuid
from collections.abc import Iterator

from pydantic import ValidationError

from portal.bank import reading, scenarios
from portal.bank.checks import answers
from portal.bank.checks.places import every_challenge, scenario_file
from portal.bank.loader import Bank
from portal.bank.places import Place, Problem
from portal.domain.exercises import Drawn, NothingDrawn, filled
from portal.domain.referential import Challenge
from portal.material.library import RECIPES, UnknownGenerator, recipe_of
from portal.material.pictures.library import compose
from portal.material.recipe import Made, Recipe, dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import faults_of

SEEDS = 20


def draw_of(challenge: str, number: int) -> uuid.UUID:
    """Give the question of the pupil drawn at a rank: the preview shows the same ones."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{challenge}:{number}")


def problems(bank: Bank, seeds: int = SEEDS) -> list[Problem]:
    """Draw each question for several pupils, and correct it with what must pass and with what must fail."""
    return [
        problem
        for place, _, challenge in every_challenge(bank)
        for problem in problems_of(place, challenge, seeds)
    ]


def problems_of(place: Place, challenge: Challenge, seeds: int = SEEDS) -> list[Problem]:
    """Check what one question draws, and the time it gives."""
    drawn = (*_made(place, challenge, seeds), *_played(challenge, seeds))
    return [*_each_once(drawn), *_timed(place, challenge)]


def _timed(place: Place, challenge: Challenge) -> Iterator[Problem]:
    if challenge.timer is not None and challenge.timer < challenge.seconds:
        why = f"chronomètre de {challenge.timer} s, plus court que la durée attendue ({challenge.seconds} s)."
        yield Problem(place.at("timer"), why)


def _each_once(found: tuple[tuple[Problem, int], ...]) -> Iterator[Problem]:
    """Tell a defect once, with the first draw that shows it."""
    first: dict[Problem, int] = {}
    for problem, number in found:
        first.setdefault(problem, number)
    for problem, number in first.items():
        where = "" if number < 0 else f" (tirage {number + 1})"
        yield Problem(problem.place, f"{problem.reason.removesuffix('.')}{where}.")


def _made(place: Place, challenge: Challenge, seeds: int) -> Iterator[tuple[Problem, int]]:
    if challenge.recipe is None:
        return
    here = place.at("material")
    try:
        recipe = recipe_of(challenge.recipe)
    except UnknownGenerator as error:
        yield Problem(here.at("generator"), f"{error}."), -1
        return
    except ValidationError as error:
        for one in reading.refused(place.file, challenge.recipe, error):
            yield Problem(here.at(*one.place.keys), f"material > {one.reason}"), -1
        return
    for number in range(seeds):
        made, failure = _drawn(recipe, challenge.id, number)
        if made is None:
            yield Problem(here, f"le générateur « {recipe.generator} » échoue : {failure}."), number
            return
        try:
            own = filled(challenge, Drawn(made.values, made.answers, made.wrong))
        except NothingDrawn as missing:
            yield _nothing_drawn(place, missing.args[0], recipe, made), -1
            return
        yield from ((Problem(place, problem), number) for problem in answers.problems_of(own))
        yield from ((problem, number) for problem in _overflows(place, own))


def _drawn(recipe: Recipe, name: str, number: int) -> tuple[Made | None, str]:
    """Make what one pupil gets; or say why it cannot be, whatever a generator of ours raises."""
    try:
        return recipe.make(dice_of(draw_of(name, number).hex)), ""
    except Exception as failure:
        return None, f"{type(failure).__name__} {failure}"


def generators(seeds: int) -> Iterator[Problem]:
    """Draw every generator there is, also those that no question uses yet."""
    for name, kind in sorted(RECIPES.items()):
        recipe = kind.model_validate({"generator": name})
        for number in range(seeds):
            made, failure = _drawn(recipe, name, number)
            why = failure or _unclear(made)
            if why:
                yield Problem(Place(f"générateur {name}"), f"{why} (tirage {number + 1}).", line=0)
                break


def _unclear(made: Made | None) -> str:
    """Tell whether a wrong answer is also a right one, or an answer has nothing in it."""
    if made is None:
        return ""
    for name, right in made.answers.items():
        if not right or not all(right):
            return f"la réponse « {name} » est vide"
        if set(right) & set(made.wrong.get(name, ())):
            return f"la réponse « {name} » a une bonne réponse parmi les mauvaises"
    return ""


def _overflows(place: Place, own: Challenge) -> Iterator[Problem]:
    """Draw a composed picture with the words of one pupil: they may be too long for it."""
    if own.media is None or not own.media.parts:
        return
    try:
        compose(own.media.parts)
    except ValidationError as error:
        for one in reading.refused(place.file, own.media.parts, error):
            yield Problem(place.at("picture", *one.place.keys), f"picture > {one.reason}")


def _nothing_drawn(place: Place, name: str, recipe: Recipe, made: Made) -> Problem:
    known = ", ".join([*(f"{{{one}}}" for one in made.values), *made.answers])
    why = f"« {name} » n’est pas donné par le générateur « {recipe.generator} », qui donne {known}."
    return Problem(place.near(name), why)


def _played(challenge: Challenge, seeds: int) -> Iterator[tuple[Problem, int]]:
    if challenge.scenario is None:
        return
    for number in range(seeds):
        scenario = scenario_of(challenge.scenario, dice_of(draw_of(challenge.id, number).hex))
        for fault in faults_of(scenario):
            yield scenarios.problem(scenario_file(challenge), scenario, fault), number
