"""What is read off tries: means, curves of accuracy against length, and their standard errors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import default_rng

from bench.simulation.ends import Ended
from bench.simulation.tries import Steps

RESAMPLES = 200
Floats = np.ndarray


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value and its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Played:
    """What one pupil did on a test with our engine, at each of COSTS and at its own, and with the baseline."""

    test: str
    ends: tuple[Ended, ...]
    own: Ended
    baseline: Steps


@dataclass(frozen=True)
class Comparison:
    """Our engine beside the baseline, on the same pupils."""

    played: Sequence[Played]

    @cached_property
    def stops(self) -> np.ndarray:
        """Give the length of each try at each cost (pupils × costs)."""
        return np.array([[len(end.answers) for end in one.ends] for one in self.played])

    def _ours(self, name: str) -> Floats:
        return np.array([[getattr(end, name) for end in one.ends] for one in self.played])

    @cached_property
    def curves(self) -> dict[str, Floats]:
        """Give each measure of each pupil at each cost (pupils × costs)."""
        names = ("accuracy", "brier", "competence")
        return {"questions": self.stops.astype(float)} | {name: self._ours(name) for name in names}

    @cached_property
    def theirs(self) -> dict[str, Floats]:
        """Give each measure of the baseline, at its own stop (pupils)."""
        last = [one.baseline for one in self.played]
        values = {
            name: [getattr(one, name)[-1] for one in last] for name in ("accuracy", "brier", "competence")
        }
        return {"questions": np.array([one.count for one in last], float)} | {
            name: np.array(value) for name, value in values.items()
        }

    @cached_property
    def weights(self) -> Floats:
        """Give the weights of the pupils: all alike, then their tests drawn again with replacement.

        A test goes with all its pupils: the three populations play it, and what it saves them goes together.
        """
        tests, test_of = np.unique([one.test for one in self.played], return_inverse=True)
        count = len(tests)
        drawn = default_rng(0).multinomial(count, np.full(count, 1 / count), RESAMPLES)[:, test_of]
        rows = np.vstack([np.ones((1, len(test_of))), drawn])
        weights: Floats = rows / rows.sum(axis=1, keepdims=True)
        return weights

    def _each(self, measure: Callable[[dict[str, Floats], dict[str, float]], float]) -> Figure:
        """Measure on the mean curves, and again on each new draw of tests."""
        curves = {name: self.weights @ curve for name, curve in self.curves.items()}
        theirs = {name: self.weights @ value for name, value in self.theirs.items()}
        values = [
            measure(
                {name: rows[at] for name, rows in curves.items()},
                {name: float(rows[at]) for name, rows in theirs.items()},
            )
            for at in range(len(self.weights))
        ]
        return Figure(values[0], float(np.std(values[1:])))

    def saved(self) -> Figure:
        """Give the share of questions saved at the baseline's accuracy."""

        def measure(ours: dict[str, Floats], theirs: dict[str, float]) -> float:
            # More questions never make a longer test worse: what noise there is is flattened.
            rising = np.maximum.accumulate(ours["accuracy"])
            enough = np.flatnonzero(rising >= theirs["accuracy"])
            if not len(enough):
                return 1 - ours["questions"][-1] / theirs["questions"]
            at = int(enough[0])
            near = slice(max(0, at - 1), at + 1)
            needed = np.interp(theirs["accuracy"], rising[near], ours["questions"][near])
            return float(1 - needed / theirs["questions"])

        return self._each(measure)

    def gained(self) -> Figure:
        """Give the accuracy above the baseline's at its number of questions."""
        return self._each(lambda ours, theirs: _at_length(ours, theirs, "accuracy") - theirs["accuracy"])

    def brier_ratio(self) -> Figure:
        """Compare the Brier scores at the baseline's number of questions."""
        return self._each(lambda ours, theirs: _at_length(ours, theirs, "brier") / theirs["brier"])

    def competence_ratio(self) -> Figure:
        """Compare the errors on the levels at the baseline's number of questions."""
        return self._each(
            lambda ours, theirs: float(np.sqrt(_at_length(ours, theirs, "competence") / theirs["competence"]))
        )

    def cost_at_length(self) -> int:
        """Find the cost at which our tries are as long as the baseline's, as a place in COSTS."""
        return int(np.argmin(np.abs(self.stops.mean(axis=0) - self.theirs["questions"].mean())))

    def calibration(self) -> Figure:
        """Give the mean gap between probabilities and shares owned, at the baseline's number of questions."""
        at = self.cost_at_length()
        bins = np.array([one.ends[at].bins for one in self.played])
        values = [calibration_error(np.tensordot(row, bins, axes=1)) for row in self.weights]
        return Figure(values[0], float(np.std(values[1:])))


def _at_length(ours: dict[str, Floats], theirs: dict[str, float], name: str) -> float:
    return float(np.interp(theirs["questions"], ours["questions"], ours[name]))


def calibration_error(bins: Floats) -> float:
    """Give the mean gap, bin by bin, between what was announced and what is (rows: skills, announced, owned)."""
    return float(np.abs(bins[1] - bins[2]).sum() / bins[0].sum())


def mean_of(values: Sequence[float]) -> Figure:
    """Give a mean and its standard error."""
    return Figure(
        float(np.mean(values)),
        float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0,
    )


def resampled(measure: Callable[[np.ndarray], float], count: int) -> Figure:
    """Measure on everyone, then on draws with replacement among `count` places for the standard error."""
    random = default_rng(0)
    draws = [measure(random.integers(0, count, count)) for _ in range(RESAMPLES)]
    return Figure(measure(np.arange(count)), float(np.std(draws)))
