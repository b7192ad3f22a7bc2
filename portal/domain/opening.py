"""What a try starts from, prepared once for all its turns. Source: docs/moteur.md.

Arrays go by skill (N), tube (T), competence (C) and grid point (G), in the order of the model.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np

from portal.domain.adaptive import FrozenChallenge, TryContext
from portal.domain.history import Faded, fade
from portal.domain.tree import Floats, Model, normal_rows

Equals = tuple[FrozenChallenge, ...]


@dataclass(frozen=True, eq=False)
class Opening:
    """What the context of a try says before any answer, up to a factor.

    Attributes:
        general: of the general level (G).
        tubes, competences: what earlier tries say of the tubes of the test (T × G), and what they say
            elsewhere of its competences (C × G); None without earlier tries.
        choices: by skill, its challenges in the order they are wanted, those as good as each other together;
            wanted: the first of them.
        asked: the challenges of the try that this one goes on with.
    """

    general: Floats
    tubes: Floats | None
    competences: Floats | None
    choices: tuple[tuple[Equals, ...], ...]
    wanted: tuple[Equals, ...]
    asked: frozenset[str]


@lru_cache(maxsize=1024)
def opening_of(model: Model, context: TryContext) -> Opening:
    """Prepare a try; both arguments never change, and are known by identity."""
    general = normal_rows(model.grid, np.array([context.prior.mean]), context.prior.spread)[0]
    tubes = competences = None
    if context.history:
        faded = fade(context.history, model.parameters, model.grid)
        tubes = _own_history(model, faded)
        competences, above = _neighbours_history(model, faded)
        general = general * above
    choices = tuple(_choices(model, context, one.challenges) for one in model.skills)
    return Opening(
        general=general,
        tubes=tubes,
        competences=competences,
        choices=choices,
        wanted=tuple(each[0] if each else () for each in choices),
        asked=frozenset(one.challenge for one in context.before),
    )


def _choices(model: Model, context: TryContext, challenges: Iterable[FrozenChallenge]) -> tuple[Equals, ...]:
    """Put first those not met this year, then the least exposed, then the hardest to win by chance."""

    def rank(one: FrozenChallenge) -> tuple[bool, int, float]:
        return one.id in context.seen, context.exposure.get(one.id, 0), model.chances[one.id][1]

    return tuple(tuple(equals) for _, equals in groupby(sorted(challenges, key=rank), key=rank))


def _own_history(model: Model, faded: Faded) -> Floats:
    """Give what history says of the tubes of the test (T × G)."""
    ones = np.ones(len(model.grid))
    return np.array([faded.tubes.get(tube, (ones, ""))[0] for tube in model.tubes])


def _neighbours_history(model: Model, faded: Faded) -> tuple[Floats, Floats]:
    """Give what the tubes outside the test say of its competences (C × G), and of the general level (G)."""
    beside = np.ones((len(model.competences), len(model.grid)))
    others: dict[str, Floats] = {}
    for tube, (likelihood_, competence) in faded.tubes.items():
        if tube in model.tubes:
            continue
        message = model.to_tube @ likelihood_
        if competence in model.competences:
            beside[model.competences[competence]] *= message
        else:
            others[competence] = others.get(competence, np.ones(len(model.grid))) * message
    above = np.ones(len(model.grid))
    for message in others.values():
        above = above * (model.to_competence @ (message / message.max()))
    return beside, above
