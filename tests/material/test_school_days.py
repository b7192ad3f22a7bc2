"""The days when a school is open."""

from datetime import date

import pytest

from portal.material.school_days import easter, is_open, next_open


@pytest.mark.parametrize("day", [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)])
def test_easter_falls_on_the_day_of_the_almanac(day):
    assert easter(day[0]) == date(*day)


@pytest.mark.parametrize(
    "day",
    [(2026, 1, 1), (2026, 4, 6), (2026, 5, 1), (2026, 5, 8), (2026, 5, 14), (2026, 5, 25), (2025, 11, 11),
     (2026, 3, 7), (2025, 12, 22), (2026, 1, 2)],
)  # fmt: skip
def test_a_school_is_closed_on_holidays(day):
    assert not is_open(date(*day))


def test_what_is_planned_on_a_holiday_moves_to_the_next_open_day():
    assert next_open(date(2026, 4, 4)) == date(2026, 4, 7)
    assert next_open(date(2025, 12, 20)) == date(2026, 1, 5)
    assert next_open(date(2026, 3, 5)) == date(2026, 3, 5)
