"""How what is believed of one skill moves with another: exact on the tree. Source: docs/moteur.md.

Two skills depend on each other through the lowest ability above both: their tube, their competence, or
the general level. At each of these a skill is a vector whose products with the others are covariances.
"""

from dataclasses import dataclass

import numpy as np

from portal.domain.beliefs import Belief
from portal.domain.tree import Floats, Model


@dataclass(frozen=True, eq=False)
class Covariances:
    """The covariances of every two skills being acquired (N × N), and what the choice and the levels need of them."""

    model: Model
    table: Floats

    def squares(self) -> Floats:
        """Sum, for each skill, its squared covariances with every skill, itself included (N)."""
        squares: Floats = np.einsum("ij,ij->i", self.table, self.table)
        return squares

    def variances(self) -> Floats:
        """Give the variance of the level of each competence (C), in levels squared."""
        weights = self.model.level_weights
        variances: Floats = np.einsum("ci,ci->c", weights @ self.table, weights)
        return variances


def covariances(belief: Belief) -> Covariances:
    """Compute the covariances over the ways of skipping that are believed in."""
    model, p = belief.model, belief.probabilities
    general, competence, tube = _vectors(belief)
    table = general @ general.T
    np.copyto(table, competence @ competence.T, where=model.is_same_competence)
    np.copyto(table, tube @ tube.T, where=model.is_same_tube)
    np.fill_diagonal(table, p * (1 - p))
    return Covariances(model, table)


def _vectors(belief: Belief) -> Floats:
    """Give each skill a vector at three heights of the tree: the products of two are covariances.

    They stand at the general level, the competence, the tube; ways of skipping lie side by side (3 × N × WG).
    """
    model, laws, p = belief.model, belief.laws, belief.probabilities[:, None]
    ways, skills, points = laws.acquired_at.shape
    at_competence = (laws.acquired_at * laws.tube_likelihood[:, model.tube_of]) @ model.to_tube.T
    at_competence /= laws.tube_message[:, model.tube_of]
    at_general = (at_competence * laws.competence_likelihood[:, model.competence_of]) @ model.to_competence.T
    at_general /= laws.competence_message[:, model.competence_of]
    vectors = np.empty((3, skills, ways, points))
    by_way = vectors.transpose(0, 2, 1, 3)
    weights = belief.weights[:, None, None]
    np.multiply(at_general - p, np.sqrt(weights * laws.at_general[:, None]), out=by_way[0])
    competences = np.sqrt(weights * laws.at_competences)[:, model.competence_of]
    np.multiply(at_competence - p, competences, out=by_way[1])
    tubes = np.sqrt(weights * laws.at_tubes)[:, model.tube_of]
    np.multiply(laws.acquired_at - p, tubes, out=by_way[2])
    return vectors.reshape(3, skills, ways * points)
