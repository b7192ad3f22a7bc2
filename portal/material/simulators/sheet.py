"""What is done to the cells of a sheet, `{"A1": "texte"}`, and how they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cmp_to_key

from portal.material.simulators.calculation import values_of
from portal.material.simulators.cell_values import Fail, Value, number_of, order_of, rounded, shown
from portal.material.simulators.formula import (
    Place,
    Unreadable,
    areas_of,
    moved,
    place_of,
    tokens_of,
    tree_of,
    written,
)
from portal.material.simulators.scenario import Refused, State

# How many cells all the formulas together may read.
HEAVIEST = 20_000


def put(cells: dict[str, str], name: str, text: str) -> None:
    """Put a text in a cell, or empty it."""
    cells.pop(name, None)
    if text:
        cells[name] = text


def with_typed(state: State, name: str, text: str) -> State:
    """Type in a cell: a formula is kept in capitals; 12 € or 15 % give their format too."""
    cells, formats = dict(state["cells"]), dict(state["formats"])
    number = number_of(text)
    if text.startswith("="):
        text = _tidied(text)
    elif number is not None:
        text, sign = shown(number[0]), number[1]
        if sign and formats.get(name, ["general"])[0] == "general":
            decimals = len(shown(number[0] * 100 if sign == "%" else number[0]).partition(",")[2])
            formats[name] = ["pourcent", min(decimals, 6)] if sign == "%" else ["euro", 2]
    put(cells, name, text)
    return {**state, "cells": cells, "formats": formats}


def _tidied(formula: str) -> str:
    try:
        return written(tokens_of(formula))
    except Unreadable:
        return formula


def told_of(name: str, cells: Mapping[str, str]) -> str:
    """Tell what a cell that was just typed holds."""
    typed = cells.get(name, "")
    if not typed.startswith("="):
        return f"{name} contient\u00a0: {typed}" if typed else f"{name} est vide."
    try:
        tree_of(typed)
    except Unreadable as reason:
        return f"La formule de {name} ne peut pas être lue\u00a0: {reason}."
    value = values_of(cells)[place_of(name)]
    return (
        f"{name} affiche une erreur\u00a0: {value.value}"
        if isinstance(value, Fail)
        else f"{name} vaut {shown(value)}"
    )


def weight_of(cells: Mapping[str, str]) -> int:
    """Count the cells that all the formulas read."""
    total = 0
    for typed in cells.values():
        if typed.startswith("="):
            try:
                total += sum(1 for area in areas_of(tree_of(typed)) for _ in area.places())
            except Unreadable:
                continue
    return total


def light_enough(state: State) -> State:
    """Give a state back.

    Raises: Refused if its formulas read too much.
    """
    if weight_of(state["cells"]) > HEAVIEST:
        raise Refused("Cette feuille contient trop de calculs.")
    return state


def last_of_block(cells: Mapping[str, str]) -> int:
    """Give the last row of the table that starts at row 1: an empty row ends it."""
    used, row = {place_of(name).row for name in cells}, 0
    while row + 1 in used:
        row += 1
    return row


def in_order(rows: list[tuple[int, Value]], is_reversed: bool) -> list[int]:
    """Sort rows on their value; errors then empty cells come last, whatever the order."""
    plain = [one for one in rows if one[1] is not None and not isinstance(one[1], Fail)]
    key = cmp_to_key(order_of)
    ordered = sorted(plain, key=lambda one: key(one[1]), reverse=is_reversed)
    errors, empty = [one for one in rows if isinstance(one[1], Fail)], [one for one in rows if one[1] is None]
    return [row for row, _ in (*ordered, *errors, *empty)]


def with_rows(state: State, origins: Mapping[int, int], columns: str) -> State:
    """Move rows: `origins` gives, for each row, the one that comes there."""
    cells, formats = dict(state["cells"]), dict(state["formats"])
    for row, origin in origins.items():
        for column in columns:
            name, source = f"{column}{row}", f"{column}{origin}"
            put(cells, name, moved(state["cells"].get(source, ""), 0, row - origin))
            formats[name] = state["formats"].get(source, ["general", 0])
    return {**state, "cells": cells, "formats": formats}


def formatted(value: Value, chosen: list[str | int] | None) -> str:
    """Write a value as its cell shows it."""
    kind, decimals = chosen or ["general", 0]
    if kind == "general" or not isinstance(value, float) or abs(value) >= 1e12:
        return shown(value)
    number = rounded(value * 100 if kind == "pourcent" else value, int(decimals))
    text = f"{number:,f}".replace(",", "\u202f" if kind == "euro" else "").replace(".", ",")
    return text + {"euro": "\u00a0€", "pourcent": "\u00a0%"}.get(str(kind), "")


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as it is shown."""

    name: str
    text: str
    is_number: bool


def shown_cell(place: Place, texts: Mapping[str, str], values: Mapping[Place, Value]) -> ShownCell:
    """Give a cell as it is shown."""
    return ShownCell(place.name, texts[place.name], isinstance(values.get(place), float))
