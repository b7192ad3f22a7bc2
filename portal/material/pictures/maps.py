"""A map in squares."""

from string import ascii_uppercase
from typing import Annotated, Self

from pydantic import Field, model_validator

from portal.material.pictures.papers import Icon
from portal.material.pictures.part import NO_BREAK, Keys, Part, Word, joined, listed
from portal.material.pictures.pen import SMALL, Pen

Cell = Annotated[str, Field(pattern=r"^[A-H][1-8]$")]


class Spot(Keys):
    """A place of a map."""

    name: Word
    at: Cell
    icon: Icon = "pin"


class Map(Part, kind="map"):
    """A map in squares."""

    title = "Un plan quadrillé : lieux et trajet par case (`B2` : colonne B, ligne 2), échelle, nord en haut."
    sample = """\
map:
  columns: 5
  rows: 3
  places:
    - {name: "Collège", at: "A1", icon: home}
    - {name: "Gare", at: "D3", icon: flag}
  route: ["A1", "B1", "B2", "B3", "C3", "D3"]
  scale: "un carré = 200 m"
"""

    columns: int = Field(default=6, ge=2, le=8)
    rows: int = Field(default=4, ge=2, le=8)
    places: tuple[Spot, ...] = Field(min_length=1, max_length=12)
    route: tuple[Cell, ...] = ()
    scale: Word | None = None

    @model_validator(mode="after")
    def _all_inside(self) -> Self:
        for cell in (*(one.at for one in self.places), *self.route):
            if ascii_uppercase.index(cell[0]) >= self.columns or int(cell[1]) > self.rows:
                raise ValueError(f"la case {cell} est hors du plan")
        return self

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        side = (width - 30) / self.columns
        tall = min(side, 84.0)
        left, top = x + 30, y + 28
        pen.rect(left, top, side * self.columns, tall * self.rows, fill="paper", stroke="edge")
        for column in range(self.columns):
            where = left + column * side
            pen.text(
                where + side / 2,
                y + 20,
                ascii_uppercase[column],
                side,
                size=SMALL,
                colour="muted",
                anchor="middle",
            )
            pen.line(where, top, where, top + tall * self.rows, stroke="line")
        for row in range(self.rows):
            pen.text(
                x + 14,
                top + (row + 0.5) * tall + 6,
                str(row + 1),
                26,
                size=SMALL,
                colour="muted",
                anchor="middle",
            )
            pen.line(left, top + row * tall, left + side * self.columns, top + row * tall, stroke="line")
        self._route(pen, left, top, side, tall)
        for one in self.places:
            self._place(pen, one, left, top, side, tall)
        bottom = top + tall * self.rows
        if self.scale:
            pen.text(
                left,
                bottom + 22,
                f"Échelle{NO_BREAK}: {self.scale}. Le nord est en haut.",
                width - 30,
                size=SMALL,
            )
            bottom += 28
        return bottom - y

    def _corner(self, cell: str, left: float, top: float, side: float, tall: float) -> tuple[float, float]:
        return left + ascii_uppercase.index(cell[0]) * side, top + (int(cell[1]) - 1) * tall

    def _route(self, pen: Pen, left: float, top: float, side: float, tall: float) -> None:
        if self.route:
            corners = [self._corner(cell, left, top, side, tall) for cell in self.route]
            points = " ".join(f"{cx + side / 2:.1f} {cy + tall * 0.34:.1f}" for cx, cy in corners)
            pen.path(f"M{points}", stroke="warn", fill="none", thick=5, dash="10 6")

    def _place(self, pen: Pen, one: Spot, left: float, top: float, side: float, tall: float) -> None:
        x, y = self._corner(one.at, left, top, side, tall)
        pen.circle(x + side / 2, y + tall * 0.34, 19, fill="soft")
        pen.icon(one.icon, x + side / 2 - 14, y + tall * 0.34 - 14, 28, "accent")
        pen.text(x + side / 2, y + tall - 8, one.name, side - 6, size=SMALL, bold=True, anchor="middle")
        pen.zone(one.at, x, y, side, tall)

    def told(self) -> str:
        return joined(
            f"Plan de {self.columns} colonnes (A à {ascii_uppercase[self.columns - 1]}) et {self.rows} lignes.",
            listed("Lieux", [f"{one.name} en {one.at}" for one in self.places]),
            f"Trajet{NO_BREAK}: {', '.join(self.route)}." if self.route else "",
            f"Échelle{NO_BREAK}: {self.scale}. Le nord est en haut." if self.scale else "",
        )
