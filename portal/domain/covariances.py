"""How what is believed of one skill moves with another: exact on the tree. Source: docs/moteur.md.

Two skills depend on each other through the lowest ability above both: their tube, their competence, or
the general level. At each of these a skill is a vector whose products with the others are covariances;
so the sum of all their squares needs no table of skills by skills but inside a competence.
"""

from dataclasses import dataclass

import numpy as np

from portal.domain.beliefs import Belief, Part
from portal.domain.tree import Floats, Integers, Model


@dataclass(frozen=True, eq=False)
class Covariances:
    """What the choice and the levels need of the covariances of every two skills being acquired.

    Attributes:
        squares: by skill, the sum of its squared covariances with every skill, itself included (N).
        variances: of the level of each competence (C), in levels squared.
    """

    squares: Floats
    variances: Floats


def covariances(belief: Belief) -> Covariances:
    """Sum the covariances over the ways of skipping that are believed in."""
    model, p = belief.model, belief.probabilities
    general, competence, tube = _vectors(belief)
    squares = ((general @ (general.T @ general)) * general).sum(axis=1)
    in_competences = _products(competence, model.competence_members)
    of_general = _products(general, model.competence_members)
    _add(squares, model.competence_members, in_competences**2 - of_general**2)
    in_tubes, of_competence = _products(tube, model.tube_members), _products(competence, model.tube_members)
    own = np.append(p * (1 - p), 0.0)[model.tube_members]
    rank = np.arange(own.shape[1])
    in_tubes[:, rank, rank] = own
    _add(squares, model.tube_members, in_tubes**2 - of_competence**2)
    variances = _weighed(in_competences, model.competence_weights)
    np.add.at(variances, model.tube_competence, _weighed(in_tubes - of_competence, model.tube_weights))
    return Covariances(squares[:-1], variances)


def _vectors(belief: Belief) -> tuple[Floats, Floats, Floats]:
    """Give each skill a vector at the general level, its competence and its tube.

    The products of two are covariances. A last row of zeros stands for no skill.
    """
    model, p, points = belief.model, belief.probabilities[:, None], len(belief.model.grid)
    vectors = np.zeros((3, len(model.skills) + 1, points * len(belief.parts)))
    for number, (weight, part) in enumerate(belief.parts):
        columns = slice(number * points, (number + 1) * points)
        at_general, at_competence = _chances_above(model, part)
        vectors[0, :-1, columns] = (at_general - p) * np.sqrt(weight * part.at_general)
        competences = np.sqrt(weight * part.at_competences)[model.competence_of]
        vectors[1, :-1, columns] = (at_competence - p) * competences
        vectors[2, :-1, columns] = (part.acquired_at - p) * np.sqrt(weight * part.at_tubes)[model.tube_of]
    return vectors[0], vectors[1], vectors[2]


def _chances_above(model: Model, part: Part) -> tuple[Floats, Floats]:
    """Tell how surely each skill is acquired at each general level, and at each level of its competence (N × G)."""
    at_competence = (part.acquired_at * part.tube_likelihood[model.tube_of]) @ model.to_tube.T
    at_competence /= part.tube_message[model.tube_of]
    at_general = (at_competence * part.competence_likelihood[model.competence_of]) @ model.to_competence.T
    at_general /= part.competence_message[model.competence_of]
    return at_general, at_competence


def _products(vectors: Floats, members: Integers) -> Floats:
    """Multiply the vectors of the members of each group, two by two."""
    rows = vectors[members]
    products: Floats = rows @ rows.transpose(0, 2, 1)
    return products


def _add(sums: Floats, members: Integers, squares: Floats) -> None:
    sums[members.ravel()] += squares.sum(axis=1).ravel()


def _weighed(products: Floats, weights: Floats) -> Floats:
    summed: Floats = (products * weights[:, :, None] * weights[:, None, :]).sum(axis=(1, 2))
    return summed
