"""A small spreadsheet: cells typed, copied, formatted, rows sorted, filtered, inserted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from portal.material.simulators.calculation import values_of
from portal.material.simulators.cell_values import shown
from portal.material.simulators.formula import (
    COLUMNS,
    LONGEST,
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    Place,
    moved,
    place_of,
    with_row_at,
)
from portal.material.simulators.scenario import (
    Fact,
    Gestures,
    Refused,
    Scenario,
    State,
    Step,
)
from portal.material.simulators.sheet import (
    HEAVIEST,
    ShownCell,
    formatted,
    in_order,
    last_of_block,
    light_enough,
    put,
    shown_cell,
    told_of,
    weight_of,
    with_rows,
    with_typed,
)

KINDS = {"general": "Standard", "nombre": "Nombre", "euro": "Euros", "pourcent": "Pourcentage"}
MOST_DECIMALS = 6
CellName = Annotated[str, Field(pattern=r"^[A-L]([1-9]|[1-3][0-9]|40)$")]
Typed = Annotated[str, Field(max_length=LONGEST)] | int
Row = Annotated[tuple[Typed, ...], Field(max_length=MOST_COLUMNS)]


class Spreadsheet(Scenario):
    """Type, copy, sort, filter, format in a sheet of at most 12 columns and 40 rows.

    Facts, for each cell: `<A1>.valeur` (a text, « 12,5 »), `<A1>.formule` (in capitals without spaces, "" if none),
    `<A1>.affiche` (with its format), `<A1>.format`, `<A1>.decimales`, `<A1>.essai` (its value if the cells of `trial`
    were changed); `active`, `lignes` (rows shown under the titles), `tri` (« C croissant » or « C decroissant », the
    last one), `tri.entete`, `tri.etendue` (tableau or colonne), `filtre` (« B=Lyon »).

    Attributes:
        table: what is in the sheet at the start, from A1, row by row.
        trial: cells to change before `essai` is worked out, to tell a formula from a number typed by hand.
    """

    simulator: Literal["spreadsheet"]
    table: Annotated[tuple[Row, ...], Field(min_length=1, max_length=MOST_ROWS)]
    columns: Annotated[int, Field(ge=1, le=MOST_COLUMNS)]
    rows: Annotated[int, Field(ge=1, le=MOST_ROWS)]
    trial: dict[CellName, Typed] = {}

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.table) > self.rows or any(len(row) > self.columns for row in self.table):
            raise ValueError("table est plus grande que columns × rows")
        if weight_of({place.name: str(typed) for place, typed in self._filled()}) > HEAVIEST:
            raise ValueError("table a trop de formules")
        return self

    def _filled(self) -> Iterator[tuple[Place, Typed]]:
        for row, line in enumerate(self.table, 1):
            for column, typed in enumerate(line, 1):
                yield Place(column, row), typed

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        state: State = {
            "cells": {},
            "formats": {},
            "rows": self.rows,
            "active": "A1",
            "sort": {"tri": "", "tri.entete": False, "tri.etendue": ""},
            "filters": {},
            "said": "",
        }
        for place, typed in self._filled():
            state = with_typed(state, place.name, str(typed))
        return state

    def _select(self, state: State, step: Step) -> State:
        return {**state, "active": self._place(state, step.told("cellule")).name, "said": ""}

    def _type(self, state: State, step: Step) -> State:
        name, text = self._place(state, step.told("cellule")).name, step.told("texte").strip()
        if len(text) > LONGEST or "\n" in text:
            raise Refused(f"Une cellule contient au plus {LONGEST} signes, sur une ligne.")
        changed = light_enough(with_typed(state, name, text))
        return {**changed, "active": name, "said": told_of(name, changed["cells"])}

    def _copy(self, state: State, step: Step) -> State:
        first, last = (self._place(state, step.told(name)) for name in ("cellule", "jusqu"))
        if first == last or last.column < first.column or last.row < first.row:
            raise Refused("Recopiez vers le bas ou vers la droite, jusqu’à une autre cellule.")
        cells, formats = dict(state["cells"]), dict(state["formats"])
        for place in Area(first, last).places():
            across, down = place.column - first.column, place.row - first.row
            put(cells, place.name, moved(cells.get(first.name, ""), across, down))
            formats[place.name] = formats.get(first.name, ["general", 0])
        said = f"Le contenu de {first.name} est recopié jusqu’à {last.name}."
        return light_enough({**state, "cells": cells, "formats": formats, "said": said})

    def _sort(self, state: State, step: Step) -> State:
        column, order, extent = step.told("colonne").upper(), step.told("ordre"), step.told("etendue")
        if column not in tuple(COLUMNS[: self.columns]) or order not in {"croissant", "decroissant"}:
            raise Refused("Choisissez une colonne et un ordre.")
        if extent not in {"tableau", "colonne"} or step.told("entete") not in {"oui", "non"}:
            raise Refused("Choisissez ce qui est trié.")
        header = step.told("entete") == "oui"
        values = values_of(state["cells"])
        rows = range(2 if header else 1, last_of_block(state["cells"]) + 1)
        number = COLUMNS.index(column) + 1
        sorted_rows = in_order(
            [(row, values.get(Place(number, row))) for row in rows], order == "decroissant"
        )
        columns = COLUMNS[: self.columns] if extent == "tableau" else column
        said = f"Tri sur la colonne {column}, ordre {'dé' if order == 'decroissant' else ''}croissant."
        made = {"tri": f"{column} {order}", "tri.entete": header, "tri.etendue": extent}
        return {
            **with_rows(state, dict(zip(rows, sorted_rows, strict=True)), columns),
            "sort": made,
            "said": said,
        }

    def _filter(self, state: State, step: Step) -> State:
        column, sign, value = step.told("filtre").partition("=")
        if not sign or column not in tuple(COLUMNS[: self.columns]):
            raise Refused("Choisissez une colonne et une valeur.")
        if value not in self._choices(state).get(column, ()):
            raise Refused("Cette valeur n’est pas dans cette colonne.")
        filtered = {**state, "filters": {**state["filters"], column: value}}
        return {
            **filtered,
            "said": f"Filtre\u00a0: {len(self._visible(filtered)) - 1} lignes affichées sous les titres.",
        }

    def _unfilter(self, state: State, step: Step) -> State:
        return {**state, "filters": {}, "said": "Toutes les lignes sont affichées."}

    def _format(self, state: State, step: Step) -> State:
        first, _, last = step.told("plage").partition(":")
        start = self._place(state, first)
        end = self._place(state, last) if last else start
        kind, decimals = step.told("format"), step.told("decimales")
        if kind not in KINDS or decimals not in tuple("0123456"):
            raise Refused(f"Choisissez un format et de 0 à {MOST_DECIMALS} décimales.")
        if end.column < start.column or end.row < start.row:
            raise Refused("Écrivez la plage depuis sa première cellule, par exemple B2:B6.")
        chosen = {place.name: [kind, int(decimals)] for place in Area(start, end).places()}
        return {**state, "formats": {**state["formats"], **chosen}, "said": f"Format\u00a0: {KINDS[kind]}."}

    def _insert_row(self, state: State, step: Step) -> State:
        numbers = {str(number): number for number in range(1, state["rows"] + 1)}
        row = numbers.get(step.told("ligne"))
        if row is None or state["rows"] >= MOST_ROWS:
            raise Refused("Une ligne ne peut pas être insérée ici.")

        def lower(name: str) -> str:
            place = place_of(name)
            return Place(place.column, place.row + (place.row >= row)).name

        cells = {lower(name): with_row_at(text, row) for name, text in state["cells"].items()}
        formats = {lower(name): one for name, one in state["formats"].items()}
        said = f"Une ligne vide est insérée, c’est la ligne {row}."
        return {**state, "cells": cells, "formats": formats, "rows": state["rows"] + 1, "said": said}

    gestures: ClassVar[Gestures] = {
        "choisir": _select,
        "saisir": _type,
        "recopier": _copy,
        "trier": _sort,
        "filtrer": _filter,
        "defiltrer": _unfilter,
        "format": _format,
        "inserer": _insert_row,
    }

    def _place(self, state: State, typed: str) -> Place:
        name = typed.strip().upper()
        for place in self._places(state):
            if place.name == name:
                return place
        raise Refused(f"La cellule « {typed.strip()[:10]} » n’est pas dans cette feuille.")

    def _places(self, state: State) -> Iterator[Place]:
        return Area(Place(1, 1), Place(self.columns, state["rows"])).places()

    def _texts(self, state: State) -> dict[str, str]:
        values = values_of(state["cells"])
        return {
            place.name: formatted(values.get(place), state["formats"].get(place.name))
            for place in self._places(state)
        }

    def _choices(self, state: State) -> dict[str, tuple[str, ...]]:
        """Give what each column may be filtered on."""
        texts = self._texts(state)
        rows = range(2, last_of_block(state["cells"]) + 1)
        found = {name: [texts[f"{name}{row}"] for row in rows] for name in COLUMNS[: self.columns]}
        return {name: tuple(sorted(set(one) - {""})) for name, one in found.items() if any(one)}

    def _visible(self, state: State) -> list[int]:
        texts, last = self._texts(state), last_of_block(state["cells"])
        return [
            row
            for row in range(1, state["rows"] + 1)
            if not 1 < row <= last
            or all(texts[f"{column}{row}"] == value for column, value in state["filters"].items())
        ]

    def _count(self, state: State) -> int:
        last = last_of_block(state["cells"])
        return sum(1 < row <= last for row in self._visible(state))

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        cells, texts, values = state["cells"], self._texts(state), values_of(state["cells"])
        tried = values_of({**cells, **{name: str(typed) for name, typed in self.trial.items()}})
        facts: dict[str, Fact] = {
            **state["sort"],
            "active": state["active"],
            "lignes": self._count(state),
            "filtre": " ; ".join(f"{column}={value}" for column, value in sorted(state["filters"].items())),
        }
        for place in self._places(state):
            typed = cells.get(place.name, "")
            facts |= {
                f"{place.name}.valeur": shown(values.get(place)),
                f"{place.name}.formule": typed if typed.startswith("=") else "",
                f"{place.name}.affiche": texts[place.name],
                f"{place.name}.format": state["formats"].get(place.name, ["general", 0])[0],
                f"{place.name}.decimales": state["formats"].get(place.name, ["general", 0])[1],
                f"{place.name}.essai": shown(tried.get(place)),
            }
        return facts

    def screen(self, state: State) -> "Screen":
        """Give what the page shows."""
        texts, values, active = self._texts(state), values_of(state["cells"]), state["active"]
        return Screen(
            columns=COLUMNS[: self.columns],
            rows=tuple(
                (
                    row,
                    tuple(shown_cell(Place(one, row), texts, values) for one in range(1, self.columns + 1)),
                )
                for row in self._visible(state)
            ),
            active=active,
            content=state["cells"].get(active, ""),
            said=state["said"],
            choices=self._choices(state),
            titles={name: texts[f"{name}1"] for name in COLUMNS[: self.columns]},
            filters=state["filters"],
            kinds=KINDS,
            format=state["formats"].get(active, ["general", 0]),
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the rows that no filter hides, the active cell and what it holds, what was just done."""

    columns: str
    rows: tuple[tuple[int, tuple[ShownCell, ...]], ...]
    active: str
    content: str
    said: str
    choices: dict[str, tuple[str, ...]]
    titles: dict[str, str]
    filters: dict[str, str]
    kinds: dict[str, str]
    format: list[str | int]
