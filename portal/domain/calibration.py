"""What the answers of an instance say of its questions. Source: docs/moteur.md, « Recalibrage ».

An offset moves a skill on the scale of abilities. It is judged by what the other answers of each try
say of the subject, never by its own. A wrong key is told from a wrong level by who fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.domain.adaptive import FrozenSkill
from portal.domain.parameters import Parameters
from portal.domain.played import Abilities, AnswerTable, Floats, PlayedTry, Ranks, scaled
from portal.domain.tree import normal_rows

SWEEPS = 3
OFFSET_SPREAD = 0.6
# A level may also be plainly wrong: such a question is hard or easy, not broken.
WRONG_LEVEL_SHARE, WRONG_LEVEL_SPREAD = 0.1, 1.5
OWN_NUMBERS_FROM = 30
KIND_WEIGHT = 50
JUDGED_FROM = 10
SUSPECT_RATIO = 4.0
CHALLENGE_SPREAD = 0.3
_OFFSETS: Floats = np.linspace(-3.0, 3.0, 31)
_BETWEEN_CHALLENGES = normal_rows(_OFFSETS, _OFFSETS, CHALLENGE_SPREAD)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A question whose answers look like those of a wrong key.

    Attributes:
        answers: how many were given, what was passed left out.
        right, expected: how many were right, and how many should have been.
        ratio: the log-likelihood ratio of a wrong key against a sound one.
    """

    challenge: str
    answers: int
    right: int
    expected: float
    ratio: float


@dataclass(frozen=True)
class Calibrated:
    """The offset of each answered skill, in levels; by challenge, chances of luck and of carelessness."""

    offsets: dict[str, float]
    guesses: dict[str, float]
    slips: dict[str, float]
    suspects: tuple[Suspect, ...]


def calibrate(
    skills: Sequence[FrozenSkill], tries: Sequence[PlayedTry], parameters: Parameters
) -> Calibrated:
    """Estimate what the answers say of each question, and name those whose key looks wrong.

    Void answers, and those to questions that `skills` does not hold, are left out. Suspects are judged
    twice, the second time with all that was suspected put aside: a wrong key also misleads about its
    neighbours.
    """
    table = AnswerTable.of(skills, tries)
    if not table.challenge.size:
        return Calibrated({}, {}, {}, ())
    abilities = Abilities(table, [one.prior for one in tries], parameters)
    ratios = np.zeros(len(table.challenges))
    for _ in range(2):
        judge = _Judge(table, abilities, parameters, is_counted=ratios[table.challenge] <= SUSPECT_RATIO)
        ratios = judge.ratios()
    judge = _Judge(table, abilities, parameters, is_counted=ratios[table.challenge] <= SUSPECT_RATIO)
    guesses, slips = judge.own_numbers()
    answered = np.unique(table.skill[judge.is_counted]).tolist()
    return Calibrated(
        offsets={table.skills[at].id: round(float(judge.offsets[at]), 4) for at in answered},
        guesses=guesses,
        slips=slips,
        suspects=judge.suspects(ratios),
    )


class _Judge:
    """The offsets once some answers are put aside, and what they say of each challenge."""

    def __init__(
        self,
        table: AnswerTable,
        abilities: Abilities,
        parameters: Parameters,
        *,
        is_counted: NDArray[np.bool_],
    ) -> None:
        self.table, self.abilities, self.parameters = table, abilities, parameters
        self.is_counted = is_counted
        self.guess: Floats = np.array(
            [parameters.guess_of(one.kind, one.proposals) for one in table.challenges]
        )
        slips = np.full(len(table.challenges), parameters.slip)
        self.known, self.unknown = self.logs(slips, self.guess)
        known, unknown = np.where(is_counted, self.known, 0), np.where(is_counted, self.unknown, 0)
        self.pair_known = np.add.reduceat(known, table.pairs)
        self.pair_unknown = np.add.reduceat(unknown, table.pairs)
        # What a pair's other answers say: one challenge of a skill is judged by the others too.
        self.rest_known = self.pair_known[table.pair] - known
        self.rest_unknown = self.pair_unknown[table.pair] - unknown
        self.offsets: Floats = np.zeros(len(table.skills))
        self._sweep()

    def logs(self, slips: Floats, guesses: Floats) -> tuple[Floats, Floats]:
        """Give the logs of how likely each answer is, skill owned or not, from numbers by challenge."""
        slip, guess, numbers = slips[self.table.challenge], guesses[self.table.challenge], self.parameters
        right, given = self.table.is_right, self.table.is_given
        known = np.where(
            given, (1 - numbers.skip_acquired) * np.where(right, 1 - slip, slip), numbers.skip_acquired
        )
        unknown = np.where(
            given, (1 - numbers.skip_not) * np.where(right, guess, 1 - guess), numbers.skip_not
        )
        return np.log(known), np.log(unknown)

    def _sweep(self) -> None:
        table, counted = self.table, np.unique(self.table.skill[self.is_counted])
        for _ in range(SWEEPS):
            self.owned = self._owned()
            pairs = _mixed(self.owned, self.pair_known, self.pair_unknown)
            self.by_skill = _summed(pairs, table.pair_skill, len(table.skills))
            self.offsets = _peak(self.by_skill - ((_OFFSETS / OFFSET_SPREAD) ** 2) / 2)
            self.offsets[counted] -= self.offsets[counted].sum() / max(1, counted.size)
        self.owned = self._owned()
        pairs = _mixed(self.owned, self.pair_known, self.pair_unknown)
        self.by_skill = _summed(pairs, table.pair_skill, len(table.skills))

    def _owned(self) -> Floats:
        """Give the chance that each pair's skill is owned, were its offset each of `_OFFSETS`."""
        table, abilities = self.table, self.abilities
        self.weights = abilities.without_own(self.offsets, self.pair_known, self.pair_unknown)
        owned: Floats = np.empty((len(table.pairs), len(_OFFSETS)))
        difficulty = abilities.difficulty[table.pair_skill]
        for level in np.unique(difficulty):
            rows = difficulty == level
            owned[rows] = self.weights[rows] @ abilities.acquired_at(level + _OFFSETS).T
        return owned

    def ratios(self) -> Floats:
        """Weigh, by challenge, a wrong key against a sound one, whatever the true level of the skill.

        A wrong key either takes each answer for its contrary, or takes a wrong answer for the right one:
        those who know then fail, the others win by luck as before.
        """
        table, sizes = self.table, len(self.table.challenges)
        slips = np.full(sizes, self.parameters.slip)
        rest = _mixed(self._owned_by_answer, self.rest_known, self.rest_unknown)

        def likely(known: Floats, unknown: Floats) -> Floats:
            both = _mixed(self._owned_by_answer, self.rest_known + known, self.rest_unknown + unknown)
            return _summed(both - rest, table.challenge, sizes)

        sound = likely(self.known, self.unknown)
        contrary = likely(*self.logs(1 - slips, 1 - self.guess))
        misplaced = likely(*self.logs(1 - slips, self.guess))
        others = self._others(sound)
        broken = np.logaddexp(_integral(others + contrary), _integral(others + misplaced)) - np.log(2)
        given = np.bincount(table.challenge, weights=table.is_given, minlength=sizes)
        ratios: Floats = (broken - _integral(others + sound)) * (given >= JUDGED_FROM)
        return ratios

    @property
    def _owned_by_answer(self) -> Floats:
        return self.owned[self.table.pair]

    def _others(self, sound: Floats) -> Floats:
        """Weigh the offsets of each challenge's skill from the answers to its other challenges."""
        table = self.table
        skill_of = np.array([at for at, one in enumerate(table.skills) for _ in one.challenges])
        counted = np.zeros(len(table.challenges), dtype=bool)
        counted[table.challenge[self.is_counted]] = True
        wide = WRONG_LEVEL_SHARE / WRONG_LEVEL_SPREAD * np.exp(-((_OFFSETS / WRONG_LEVEL_SPREAD) ** 2) / 2)
        near = (1 - WRONG_LEVEL_SHARE) / OFFSET_SPREAD * np.exp(-((_OFFSETS / OFFSET_SPREAD) ** 2) / 2)
        others = np.log(near + wide) + self.by_skill[skill_of] - np.where(counted[:, None], sound, 0)
        # The challenges of one skill are not all as hard as each other.
        spread: Floats = np.log(scaled(others) @ _BETWEEN_CHALLENGES)
        return spread

    def suspects(self, ratios: Floats) -> tuple[Suspect, ...]:
        """Describe the challenges whose key looks wrong, the most suspect first."""
        table, found = self.table, []
        for at in np.flatnonzero(ratios > SUSPECT_RATIO).tolist():
            rows = np.flatnonzero((table.challenge == at) & table.is_given)
            posterior = self.by_skill[table.skill[rows[0]]] - ((_OFFSETS / OFFSET_SPREAD) ** 2) / 2
            weights = scaled(posterior[None, :])[0]
            owned = self.owned[table.pair[rows]] @ (weights / weights.sum())
            expected = owned * (1 - self.parameters.slip) + (1 - owned) * self.guess[at]
            found.append(
                Suspect(
                    challenge=table.challenges[at].id,
                    answers=len(rows),
                    right=int(table.is_right[rows].sum()),
                    expected=round(float(expected.sum()), 1),
                    ratio=round(float(ratios[at]), 2),
                )
            )
        return tuple(sorted(found, key=lambda one: (-one.ratio, one.challenge)))

    def own_numbers(self) -> tuple[dict[str, float], dict[str, float]]:
        """Estimate the guess and the slip of the challenges that have enough answers, drawn to their kind's."""
        table, sizes = self.table, len(self.table.challenges)
        chances = self.abilities.acquired_at(self.abilities.difficulty + self.offsets)[table.pair_skill]
        owned = np.clip((self.weights * chances).sum(axis=1), 1e-9, 1 - 1e-9)[table.pair]
        slips, guesses = np.full(sizes, self.parameters.slip), self.guess
        known, unknown = self.known, self.unknown
        counts = (table.is_given & self.is_counted).astype(float)
        for _ in range(SWEEPS):
            odds = self.rest_known + known - self.rest_unknown - unknown
            share = owned / (owned + (1 - owned) * np.exp(-odds))

            def total(weights: Floats) -> Floats:
                sums: Floats = np.bincount(table.challenge, weights * counts, sizes).astype(float)
                return sums

            slips = (total(share * (1.0 - table.is_right)) + KIND_WEIGHT * self.parameters.slip) / (
                total(share) + KIND_WEIGHT
            )
            guesses = (total((1 - share) * table.is_right) + KIND_WEIGHT * self.guess) / (
                total(1 - share) + KIND_WEIGHT
            )
            known, unknown = self.logs(slips, guesses)
        enough = np.flatnonzero(np.bincount(table.challenge, counts, sizes) >= OWN_NUMBERS_FROM).tolist()
        names = {at: table.challenges[at].id for at in enough}
        return (
            {name: round(float(guesses[at]), 4) for at, name in names.items()},
            {name: round(float(slips[at]), 4) for at, name in names.items()},
        )


def _mixed(owned: Floats, known: Floats, unknown: Floats) -> Floats:
    """Give the log of how likely answers are when a skill is owned with these chances."""
    logs: Floats = np.log(owned * np.exp(known)[:, None] + (1 - owned) * np.exp(unknown)[:, None])
    return logs


def _summed(rows: Floats, group: Ranks, groups: int) -> Floats:
    total: Floats = np.zeros((groups, rows.shape[1]))
    np.add.at(total, group, rows)
    return total


def _integral(logs: Floats) -> Floats:
    most = logs.max(axis=1)
    total: Floats = most + np.log(np.exp(logs - most[:, None]).sum(axis=1))
    return total


def _peak(logs: Floats) -> Floats:
    """Find the best of `_OFFSETS` by row, between two of them by the parabola of three points."""
    at = np.clip(logs.argmax(axis=1), 1, len(_OFFSETS) - 2)
    rows = np.arange(len(logs))
    left, mid, right = logs[rows, at - 1], logs[rows, at], logs[rows, at + 1]
    bend = left - 2 * mid + right
    shift = np.clip((left - right) / (2 * np.where(bend < 0, bend, -1)), -0.5, 0.5)
    best: Floats = _OFFSETS[at] + shift * (_OFFSETS[1] - _OFFSETS[0])
    return best
