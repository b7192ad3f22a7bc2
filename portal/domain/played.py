"""The answers of many tries at once, and what each try's other answers say of a skill.

The tree of abilities is that of `portal.domain.beliefs`, with a row of a table for each part of a try.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.domain.adaptive import FrozenChallenge, FrozenSkill, Observation
from portal.domain.marking import Outcome
from portal.domain.parameters import Parameters, Prior
from portal.domain.tree import grid_of, normal_rows, owning

Floats = NDArray[np.float64]
Ranks = NDArray[np.intp]
_RIGHT, _WRONG, _SKIPPED = range(3)
_CODES = {
    Outcome.OK: _RIGHT,
    Outcome.KO: _WRONG,
    Outcome.TIMED_OUT: _WRONG,
    Outcome.SKIPPED: _SKIPPED,
}


@dataclass(frozen=True, slots=True)
class PlayedTry:
    """The answers of one try, and what was believed of the pupil before them."""

    prior: Prior
    answers: tuple[Observation, ...]


class AnswerTable:
    """The answers by try, competence, subject then skill, so that each group is a run of rows."""

    def __init__(
        self, skills: Sequence[FrozenSkill], challenges: Sequence[FrozenChallenge], rows: Ranks
    ) -> None:
        """Sort the rows: try, competence, subject, skill, challenge (their ranks), then what was answered."""
        self.skills, self.challenges = skills, challenges
        rows = rows[np.lexsort(rows.T[::-1])]
        try_, competence, tube, self.skill, self.challenge, outcome = rows.T
        # Runs of answers make pairs (try, skill), pairs make subjects, subjects competences, those a try.
        self.pairs, self.pair = _runs(try_, self.skill)
        self.pair_skill = self.skill[self.pairs]
        self.tubes, self.tube_of_pair = _runs(try_[self.pairs], tube[self.pairs])
        first = self.pairs[self.tubes]
        self.competences, self.competence_of_tube = _runs(try_[first], competence[first])
        first = first[self.competences]
        self.tries, self.try_of_competence = _runs(try_[first])
        self.try_rank = try_[first][self.tries]
        self.is_given = outcome != _SKIPPED
        self.is_right = outcome == _RIGHT

    @classmethod
    def of(cls, skills: Sequence[FrozenSkill], tries: Sequence[PlayedTry]) -> "AnswerTable":
        """Gather the answers that speak of these skills: neither void, nor to a question they do not hold."""
        challenges = [(at, one) for at, skill in enumerate(skills) for one in skill.challenges]
        known = {(skills[at].id, one.id): (at, rank) for rank, (at, one) in enumerate(challenges)}
        tubes = {name: rank for rank, name in enumerate(sorted({one.tube for one in skills}))}
        competences = {name: rank for rank, name in enumerate(sorted({one.competence for one in skills}))}
        ranks = [(competences[one.competence], tubes[one.tube]) for one in skills]
        rows = [
            (number, *ranks[found[0]], *found, _CODES[answer.outcome])
            for number, one in enumerate(tries)
            for answer in one.answers
            if not answer.is_void and (found := known.get((answer.skill, answer.challenge)))
        ]
        return cls(skills, [one for _, one in challenges], np.array(rows, dtype=np.intp).reshape(-1, 6))


class Abilities:
    """The tree: what the other answers of a try say of a subject, for each of its skills."""

    def __init__(self, table: AnswerTable, priors: Sequence[Prior], parameters: Parameters) -> None:
        """Prepare the tree; `priors` by try."""
        self.table, self.slope = table, parameters.slope
        self.grid = grid_of(parameters)
        self.to_competence = normal_rows(self.grid, self.grid, parameters.competence_spread)
        self.to_tube = normal_rows(self.grid, self.grid, parameters.tube_spread)
        self.difficulty: Floats = np.array([one.level - parameters.level_shift for one in table.skills])
        means = np.array([priors[at].mean for at in table.try_rank])[:, None]
        spreads = np.array([priors[at].spread for at in table.try_rank])[:, None]
        self.prior: Floats = -(((self.grid - means) / spreads) ** 2) / 2

    def acquired_at(self, difficulty: Floats) -> Floats:
        """Give the chances of owning skills of these difficulties, a row each, at each level of the grid."""
        return owning(self.grid, difficulty, self.slope)

    def without_own(self, offsets: Floats, known: Floats, unknown: Floats) -> Floats:
        """Weigh the levels of the subject of each pair, from all of the try but the pair's own answers.

        Args:
            known, unknown: the logs of how likely a pair's answers are, skill owned or not.
        """
        table = self.table
        chances = self.acquired_at(self.difficulty + offsets)[table.pair_skill]
        own = np.log(chances * np.exp(known)[:, None] + (1 - chances) * np.exp(unknown)[:, None])
        tube = np.add.reduceat(own, table.tubes)
        from_tube = np.log(scaled(tube) @ self.to_tube.T)
        competence = np.add.reduceat(from_tube, table.competences)
        from_competence = np.log(scaled(competence) @ self.to_competence.T)
        whole = np.add.reduceat(from_competence, table.tries) + self.prior
        to_competence = np.log(scaled(whole[table.try_of_competence] - from_competence) @ self.to_competence)
        above = (to_competence + competence)[table.competence_of_tube] - from_tube
        to_tube = np.log(scaled(above) @ self.to_tube)
        weights = scaled((to_tube + tube)[table.tube_of_pair] - own)
        shares: Floats = weights / weights.sum(axis=1, keepdims=True)
        return shares


def _runs(*columns: Ranks) -> tuple[Ranks, Ranks]:
    """Give where each run of equal rows starts, and the number of the run of each row."""
    changes = np.zeros(len(columns[0]), dtype=bool)
    changes[:1] = True
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changes), np.cumsum(changes) - 1


def scaled(logs: Floats) -> Floats:
    """Turn logs into weights, the greatest of each row being one."""
    weights: Floats = np.exp(logs - logs.max(axis=1, keepdims=True))
    return weights
