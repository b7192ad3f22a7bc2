"""The values of a small sheet: French numbers in and out, errors, and which comes before which."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

_NUMBER = re.compile(r"([-+]?[0-9]+(?:,[0-9]+)?)(%|€)?")
_SPACES = re.compile(r"[\s\u00a0\u202f]")


class Fail(Enum):
    """An error that a cell shows."""

    VALUE = "#VALEUR!"
    NAME = "#NOM?"
    DIVISION = "#DIV/0!"
    REFERENCE = "#REF!"
    NUMBER = "#NOMBRE!"
    UNREADABLE = "#ERREUR!"


Value = float | str | bool | Fail | None


class Failed(Exception):
    """A calculation that cannot be made; `fail` says why."""

    def __init__(self, fail: Fail) -> None:
        super().__init__(fail.value)
        self.fail = fail


def number_of(typed: str) -> tuple[float, str] | None:
    """Read a number as a French spreadsheet does; give it with its sign, % or €, or None for a text."""
    found = _NUMBER.fullmatch(_SPACES.sub("", typed))
    if found is None or len(typed) > 30 or typed != typed.strip():
        return None
    number = float(found[1].replace(",", "."))
    return (number / 100 if found[2] == "%" else number), found[2] or ""


def shown(value: Value) -> str:
    """Write a value as a cell without a format shows it."""
    if value is None or isinstance(value, (Fail, bool, str)):
        return _plain(value)
    number = float(value)
    if number and not 1e-9 <= abs(number) < 1e15:
        return f"{number:.5E}".replace(".", ",")
    text = format(Decimal(f"{number:.10g}"), "f").replace(".", ",")
    return "0" if text == "-0" else text


def _plain(value: str | bool | Fail | None) -> str:
    if isinstance(value, Fail):
        return str(value.value)
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    return value or ""


def rounded(number: float, digits: int) -> Decimal:
    """Round half away from zero, as people do."""
    return Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def order_of(left: Value, right: Value) -> int:
    """Compare as a spreadsheet: numbers, then texts whatever their capitals, then VRAI and FAUX."""
    left, right = _beside(left, right), _beside(right, left)
    ranks = rank_of(left), rank_of(right)
    if ranks[0] != ranks[1]:
        return ranks[0] - ranks[1]
    if isinstance(left, str) and isinstance(right, str):
        first, second = left.casefold(), right.casefold()
        return (first > second) - (first < second)
    one, other = float(left), float(right)  # type: ignore[arg-type]
    # 0,1 + 0,2 is 0,3 for whoever reads a sheet.
    return 0 if math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-15) else (one > other) - (one < other)


def _beside(value: Value, other: Value) -> Value:
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0


def rank_of(value: Value) -> int:
    """Tell numbers, texts and VRAI or FAUX apart, in the order of a sort."""
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0
