"""Numbers, dates and times as the French write them, and the spellings an answer may have."""

from collections.abc import Iterable
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal

MONTHS: tuple[str, ...] = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
)
MONTHS += ("octobre", "novembre", "décembre")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
Number = int | Decimal
WRONG_ONES = 3


def cents(units: int) -> Decimal:
    """Turn hundredths into a number with two decimals."""
    return Decimal(units).scaleb(-2)


def tenths(units: int) -> Decimal:
    """Turn tenths into a number with one decimal."""
    return Decimal(units).scaleb(-1)


def mean(numbers: Iterable[Number], places: int = 2) -> Decimal:
    """Give the mean, rounded as pupils learn to."""
    listed = [Decimal(number) for number in numbers]
    return (sum(listed, Decimal(0)) / len(listed)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def plain(number: Number) -> str:
    """Write a number as an answer: a point, and no useless zero."""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Number) -> str:
    """Write a number in a sentence: a comma, and narrow no-break spaces between thousands."""
    return f"{Decimal(value):,f}".replace(",", "\u202f").replace(".", ",")


def day(value: date) -> str:
    """Write a date in a sentence: `jeudi 12 mars 2026`, held together."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{DAYS[value.weekday()]} {first}\u00a0{MONTHS[value.month - 1]} {value.year}"


def clock(value: time) -> str:
    """Write a time of day in a sentence: `8 h 05`."""
    return f"{value.hour}\u00a0h\u00a0{value.minute:02}"


def day_answer(value: date, with_year: bool = False) -> tuple[str, ...]:
    """List the accepted spellings of a date.

    Args:
        with_year: refuse a date without its year, for a file that spans several.
    """
    month = MONTHS[value.month - 1]
    names = [f"{value.day} {month}"] + ([f"1er {month}"] if value.day == 1 else [])
    written = [f"{value:%d/%m/%Y}", f"{value.day}/{value.month}/{value.year}", f"{value:%d/%m/%y}"]
    written += [f"{name} {value.year}" for name in names] + [value.isoformat()]
    if not with_year:
        written += [f"{value:%d/%m}", f"{value.day}/{value.month}", *names]
        written += [f"{DAYS[value.weekday()]} {name}" for name in names]
    written += [f"{DAYS[value.weekday()]} {name} {value.year}" for name in names]
    written += [f"le {one}" for one in written if one != value.isoformat()]
    return tuple(dict.fromkeys(written))


def time_answer(value: time) -> tuple[str, ...]:
    """List the accepted spellings of a time of day, to the minute or the second."""
    hour, minute = value.hour, value.minute
    if value.second:
        seconds = f"{minute:02} min {value.second:02} s"
        exact = (
            f"{value:%H:%M:%S}",
            f"{hour}:{value:%M:%S}",
            f"{hour} h {seconds}",
            f"{hour:02} h {seconds}",
        )
        return tuple(dict.fromkeys(exact))
    written = [f"{hour} h {minute:02}", f"{hour:02} h {minute:02}", f"{value:%H:%M}", f"{hour}:{minute:02}"]
    written += [f"{hour} h {minute:02} min", f"{value:%H:%M:%S}"]
    return tuple(dict.fromkeys(written + ([f"{hour} h"] if not minute else [])))


def number_answer(value: Number) -> tuple[str, ...]:
    """Give the one spelling of a number."""
    return (plain(value),)


def wrong_numbers(right: Number, believable: Iterable[Number]) -> tuple[str, ...]:
    """Keep three wrong numbers, all different; neighbours of the right one fill the list."""
    step = Decimal(1).scaleb(int(right.as_tuple().exponent)) if isinstance(right, Decimal) else Decimal(1)
    neighbours = [right + step * 10, right + step, right + step * 2, right + step * 3]
    found = dict.fromkeys(plain(one) for one in [*believable, *neighbours] if one != right)
    return tuple(found)[:WRONG_ONES]


def wrong_texts(right: str, believable: Iterable[str]) -> tuple[str, ...]:
    """Keep three wrong texts, all different."""
    return tuple(dict.fromkeys(one for one in believable if one != right))[:WRONG_ONES]
