"""The days when a school is open: what a letter or a calendar may plan."""

from datetime import date, timedelta

FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Easter Monday, Ascension, Whit Monday.
AFTER_EASTER = (1, 39, 50)


def easter(year: int) -> date:
    """Give Easter Sunday, by the rule of Meeus for the Gregorian calendar."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_open(day: date) -> bool:
    """Tell whether a school is open: no weekend, no bank holiday, not the two weeks around New Year."""
    holidays = {easter(day.year) + timedelta(days=gap) for gap in AFTER_EASTER}
    christmas = (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 4)
    return day.weekday() < 5 and (day.month, day.day) not in FIXED and day not in holidays and not christmas


def next_open(day: date) -> date:
    """Give this day, or the first that follows when the school is closed."""
    while not is_open(day):
        day += timedelta(days=1)
    return day
