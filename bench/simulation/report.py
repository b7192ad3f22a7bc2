"""The table of the goals, in French."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.simulation.measures import Figure


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and what it should be; without a goal, it is only told.

    Attributes:
        goal: the least wanted, or the most when `is_most`.
        scale: by which the figure is multiplied to be read.
    """

    number: int
    label: str
    figure: Figure
    goal: float | None = None
    is_most: bool = False
    unit: str = ""
    digits: int = 1
    scale: float = 1.0

    @property
    def is_reached(self) -> bool:
        """Tell whether the figure is what it should be."""
        if self.goal is None:
            return True
        value = self.figure.value
        return value <= self.goal if self.is_most else value >= self.goal

    def line(self) -> str:
        """Write the figure, its standard error, the goal, and whether it is reached."""
        value = self._read(self.figure.value)
        error = f"± {self._read(self.figure.error)}"
        if self.goal is None:
            return f"{self.number}  {self.label:<58}{value:>9} {error:<9}"
        wanted = f"{'≤' if self.is_most else '≥'} {self._read(self.goal)}{self.unit}"
        verdict = "atteint" if self.is_reached else "MANQUÉ"
        return f"{self.number}  {self.label:<58}{value:>9} {error:<9}{wanted:<12}{verdict}"

    def _read(self, value: float) -> str:
        return f"{value * self.scale:.{self.digits}f}".replace(".", ",")


def percent(
    number: int, label: str, figure: Figure, goal: float | None = None, *, is_most: bool = False
) -> Row:
    """Make a row read in percents."""
    return Row(number, label, figure, goal, is_most, unit=" %", scale=100)


def ratio(number: int, label: str, figure: Figure, goal: float | None = None, *, is_most: bool = True) -> Row:
    """Make a row read with three decimals, that is best low."""
    return Row(number, label, figure, goal, is_most, digits=3)


def show(title: str, rows: Iterable[Row]) -> None:
    """Print rows under a title."""
    print(f"\n{title}")
    for row in rows:
        print(row.line(), flush=True)
