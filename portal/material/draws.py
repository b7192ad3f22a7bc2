"""Draws that several recipes make."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")
# Written, not read from a clock: the same file whenever it is made.
FIRST_DAY = date(2025, 1, 6)


def settle(units: list[int], multiple: int, low: int, high: int, dice: random.Random) -> None:
    """Move a few numbers by one until their sum is a multiple, so that a mean is exact.

    Args:
        units: the numbers, changed in place, all between low and high.
    """
    missing = -sum(units) % multiple
    while missing:
        index = dice.randrange(len(units))
        if low <= units[index] < high:
            units[index] += 1
            missing -= 1


def redraw(draw: Callable[[], T], is_good: Callable[[T], bool]) -> T:
    """Draw again until the material is good: one maximum, no tie."""
    drawn = draw()
    while not is_good(drawn):
        drawn = draw()
    return drawn


def has_one_top(numbers: Sequence[float]) -> bool:
    """Tell whether the greatest number is there once."""
    return list(numbers).count(max(numbers)) == 1


def some_day(dice: random.Random, span: int = 500) -> date:
    """Draw a date."""
    return FIRST_DAY + timedelta(days=dice.randrange(span))


def school_day(dice: random.Random, span: int = 500) -> date:
    """Draw a date from Monday to Friday."""
    return redraw(lambda: some_day(dice, span), lambda found: found.weekday() < 5)
