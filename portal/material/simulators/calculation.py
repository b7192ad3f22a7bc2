"""What the cells of a small sheet are worth: operations, a few functions, formulas that use one another."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from portal.material.simulators.cell_values import (
    Fail,
    Failed,
    Value,
    number_of,
    order_of,
    rank_of,
    rounded,
    shown,
)
from portal.material.simulators.formula import (
    Area,
    Call,
    Cell,
    Failure,
    Literal,
    Operation,
    Place,
    Tree,
    Unreadable,
    areas_of,
    place_of,
    tree_of,
)

_CRITERION = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)
_MOST_DECIMALS = 12
Values = Mapping[Place, Value]


def _number(value: Value) -> float:
    if isinstance(value, Fail):
        raise Failed(value)
    if isinstance(value, str):
        found = number_of(value)
        if found is None:
            raise Failed(Fail.VALUE)
        return found[0]
    return float(value or 0)


def _finite(number: float | complex) -> float:
    if isinstance(number, complex) or not math.isfinite(number):
        raise Failed(Fail.NUMBER)
    return number


def _divided(left: float, right: float) -> float:
    if right == 0:
        raise Failed(Fail.DIVISION)
    return left / right


def _power(left: float, right: float) -> float:
    if left == 0 and right < 0:
        raise Failed(Fail.DIVISION)
    try:
        return _finite(left**right)
    except OverflowError:
        raise Failed(Fail.NUMBER) from None


_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _divided,
    "^": _power,
}
_ORDERS: Mapping[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


class _Calculation:
    """Work out a tree, from the values of the cells."""

    def __init__(self, values: Values) -> None:
        self.values = values

    def value(self, tree: Tree) -> Value:
        if isinstance(tree, Literal):
            return tree.value
        if isinstance(tree, Failure):
            raise Failed(Fail(tree.text))
        if isinstance(tree, Cell):
            found = self.values.get(tree.place)
            if isinstance(found, Fail):
                raise Failed(found)
            return found
        if isinstance(tree, Operation):
            return self.operation(tree)
        if isinstance(tree, Call):
            return self.call(tree)
        raise Failed(Fail.VALUE)

    def operation(self, tree: Operation) -> Value:
        if tree.left is None or tree.right is None:
            number = _number(self.value(tree.left or tree.right or Literal(0.0)))
            return {"-": -number, "+": number, "%": number / 100}[tree.sign]
        left, right = self.value(tree.left), self.value(tree.right)
        if tree.sign == "&":
            return (shown(left) + shown(right))[:1000]
        if tree.sign in _ORDERS:
            return _ORDERS[tree.sign](order_of(left, right))
        return _finite(_ARITHMETIC[tree.sign](_number(left), _number(right)))

    def call(self, tree: Call) -> Value:
        function = _FUNCTIONS.get(tree.name)
        if function is None:
            raise Failed(Fail.NAME)
        least, most, work = function
        if not least <= len(tree.arguments) <= most:
            raise Failed(Fail.VALUE)
        return work(self, tree.arguments)

    def numbers(self, arguments: Sequence[Tree]) -> Iterator[float]:
        """Give the numbers of arguments: in a rectangle, what is not a number is left out."""
        for one in arguments:
            if isinstance(one, (Area, Cell)):
                for value in self.area(one):
                    if isinstance(value, Fail):
                        raise Failed(value)
                    if isinstance(value, float):
                        yield value
            else:
                yield _number(self.value(one))

    def area(self, tree: Tree) -> list[Value]:
        if isinstance(tree, Failure):
            raise Failed(Fail(tree.text))
        if isinstance(tree, Cell):
            return [self.values.get(tree.place)]
        if not isinstance(tree, Area):
            raise Failed(Fail.VALUE)
        return [self.values.get(place) for place in tree.places()]

    def sum(self, arguments: Sequence[Tree]) -> Value:
        return _finite(math.fsum(self.numbers(arguments)))

    def mean(self, arguments: Sequence[Tree]) -> Value:
        numbers = list(self.numbers(arguments))
        return _divided(math.fsum(numbers), len(numbers))

    def least(self, arguments: Sequence[Tree]) -> Value:
        return min(self.numbers(arguments), default=0.0)

    def most(self, arguments: Sequence[Tree]) -> Value:
        return max(self.numbers(arguments), default=0.0)

    def count(self, arguments: Sequence[Tree]) -> Value:
        found = 0
        for one in arguments:
            values = self.area(one) if isinstance(one, (Area, Cell)) else [self.value(one)]
            found += sum(isinstance(value, float) for value in values)
        return float(found)

    def count_if(self, arguments: Sequence[Tree]) -> Value:
        meets = _criterion(self.value(arguments[1]))
        return float(sum(meets(value) for value in self.area(arguments[0])))

    def sum_if(self, arguments: Sequence[Tree]) -> Value:
        meets = _criterion(self.value(arguments[1]))
        tested, added = (
            self.area(arguments[0]),
            self.area(arguments[-1] if len(arguments) == 3 else arguments[0]),
        )
        kept = [value for test, value in zip(tested, added, strict=False) if meets(test)]
        if any(isinstance(value, Fail) for value in kept):
            raise Failed(next(value for value in kept if isinstance(value, Fail)))
        return _finite(math.fsum(value for value in kept if isinstance(value, float)))

    def choose(self, arguments: Sequence[Tree]) -> Value:
        test = self.value(arguments[0])
        if isinstance(test, str):
            raise Failed(Fail.VALUE)
        if test:
            return _something(self.value(arguments[1]))
        return _something(self.value(arguments[2])) if len(arguments) == 3 else False

    def round(self, arguments: Sequence[Tree]) -> Value:
        number, digits = (_number(self.value(one)) for one in arguments)
        if abs(digits) > _MOST_DECIMALS or abs(number) >= 1e15:
            return number
        return float(rounded(number, int(digits)))


def _something(value: Value) -> Value:
    return 0.0 if value is None else value


def _criterion(wanted: Value) -> Callable[[Value], bool]:
    """Read the condition of NB.SI: a value, or a text such as « >=10 »."""
    sign, rest = "=", wanted
    if isinstance(wanted, str):
        found = _CRITERION.fullmatch(wanted)
        sign, text = (found[1] or "=", found[2]) if found else ("=", wanted)
        number = number_of(text)
        rest = number[0] if number else {"VRAI": True, "FAUX": False}.get(text.upper(), text)
    compare = _ORDERS[sign]

    def meets(value: Value) -> bool:
        if isinstance(value, Fail):
            return False
        if value is None or rank_of(value) != rank_of(rest):
            return sign == "<>" or (value is None and rest == "" and sign == "=")
        return compare(order_of(value, rest))

    return meets


_Work = Callable[[_Calculation, Sequence[Tree]], Value]
# By name: the least and the most arguments, and what to do with them.
_FUNCTIONS: Mapping[str, tuple[int, int, _Work]] = {
    "SOMME": (1, 30, _Calculation.sum),
    "MOYENNE": (1, 30, _Calculation.mean),
    "MIN": (1, 30, _Calculation.least),
    "MAX": (1, 30, _Calculation.most),
    "NB": (1, 30, _Calculation.count),
    "NB.SI": (2, 2, _Calculation.count_if),
    "SOMME.SI": (2, 3, _Calculation.sum_if),
    "SI": (2, 3, _Calculation.choose),
    "ARRONDI": (2, 2, _Calculation.round),
}


def typed_value(typed: str) -> Value:
    """Give what a cell without a formula is worth."""
    if typed.startswith("'"):
        return typed[1:]
    number = number_of(typed)
    if number is not None:
        return number[0]
    return {"VRAI": True, "FAUX": False}.get(typed.upper(), typed or None)


def values_of(cells: Mapping[str, str]) -> dict[Place, Value]:
    """Work out a sheet; formulas that use themselves are #REF!."""
    values: dict[Place, Value] = {}
    trees: dict[Place, Tree] = {}
    for name, typed in cells.items():
        place = place_of(name)
        if not typed.startswith("="):
            values[place] = typed_value(typed)
            continue
        try:
            trees[place] = tree_of(typed)
        except Unreadable:
            values[place] = Fail.UNREADABLE
    needs = {
        place: {read for area in areas_of(tree) for read in area.places() if read in trees}
        for place, tree in trees.items()
    }
    while ready := [place for place, needed in needs.items() if not needed]:
        for place in ready:
            del needs[place]
            values[place] = _worked_out(trees[place], values)
        for needed in needs.values():
            needed.difference_update(ready)
    return values | dict.fromkeys(needs, Fail.REFERENCE)


def _worked_out(tree: Tree, values: Values) -> Value:
    try:
        return _something(_Calculation(values).value(tree))
    except Failed as failed:
        return failed.fail
    except OverflowError:
        return Fail.NUMBER
