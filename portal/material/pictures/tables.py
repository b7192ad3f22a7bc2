"""Tables, and sheets of a spreadsheet."""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Self

from pydantic import Field, model_validator

from portal.material.pictures.letters import width_of
from portal.material.pictures.part import NO_BREAK, Part, Word, joined, listed, quoted
from portal.material.pictures.pen import SMALL, Pen
from portal.material.pictures.shapes import frame

LINE = 36.0


class Table(Part, kind="table"):
    """A table with headings."""

    title = "Un tableau : `headings`, puis `rows` ; `title` est sa légende."
    sample = """\
table:
  title: "Emprunts du CDI"
  headings: ["Titre", "Élève", "Retour"]
  rows:
    - ["Le Horla", "Noé", "12 mai"]
    - ["Vendredi", "Lina", "15 mai"]
"""

    name: Word | None = Field(default=None, alias="title")
    headings: tuple[Word, ...] = Field(min_length=1, max_length=7)
    rows: tuple[tuple[Word, ...], ...] = Field(min_length=1, max_length=14)

    @model_validator(mode="after")
    def _rows_as_long_as_the_headings(self) -> Self:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("chaque ligne a autant de cases que de « headings »")
        return self

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        top = y
        if self.name:
            top += pen.paragraph(x, y, self.name, width, bold=True) + 8
        mark, start = pen.mark(), top
        wide = _shares([self.headings, *self.rows], width)
        for at, row in enumerate([self.headings, *self.rows]):
            if at:
                pen.line(x, top, x + width, top, stroke="line")
            under, height, left = pen.mark(), LINE, x
            for room, text in zip(wide, row, strict=True):
                height = max(
                    height, 14 + pen.paragraph(left + 10, top + 6, text, room - 18, size=SMALL, bold=not at)
                )
                left += room
            if not at:
                pen.rect(x + 0.5, top + 0.5, width - 1, height - 0.5, fill="bar", r=7, at=under)
            left = x
            for column, room in enumerate(wide, 1):
                pen.zone(f"cell-{at}-{column}", left, top, room, height)
                left += room
            top += height
        frame(pen, x, start, width, top - start, at=mark)
        return top - y

    def told(self) -> str:
        rows = [
            ", ".join(f"{heading} {text}" for heading, text in zip(self.headings, row, strict=True))
            for row in self.rows
        ]
        return listed(f"Tableau {quoted(self.name)}" if self.name else "Tableau", rows)


def _shares(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Share a width between columns: a short one stays on one line, the others by their words and their length."""
    columns = list(zip(*rows, strict=True))
    whole = [_widest(column) for column in columns]
    if sum(whole) <= width:
        return [one + (width - sum(whole)) / len(whole) for one in whole]
    least = [_widest([word for text in column for word in text.split(" ")]) for column in columns]
    room, long = width, list(range(len(whole)))
    while short := [at for at in long if whole[at] <= room / len(long)]:
        room -= sum(whole[at] for at in short)
        long = [at for at in long if at not in short]
    spare = room - sum(least[at] for at in long)
    wanted = sum(whole[at] - least[at] for at in long) or 1
    return [
        least[at] + spare * (whole[at] - least[at]) / wanted if at in long else whole[at]
        for at in range(len(whole))
    ]


def _widest(texts: Sequence[str]) -> float:
    return max(width_of(text, SMALL, bold=True) for text in texts) + 20


class Sheet(Part, kind="sheet"):
    """Cells of a spreadsheet, with letters and numbers."""

    title = "Une feuille de tableur : lignes de cellules, cellule choisie, formule affichée au-dessus."
    sample = """\
sheet:
  rows:
    - ["Article", "Prix", "Nombre"]
    - ["Cahier", 2.5, 4]
    - ["Stylo", 1.2, 10]
  selected: "B2"
  formula: "2,5"
"""

    rows: tuple[tuple[Word | None, ...], ...] = Field(min_length=1, max_length=14)
    selected: str | None = Field(default=None, pattern=r"^[A-H]([1-9]|1[0-4])$")
    formula: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark, top = pen.mark(), y
        if self.selected:
            pen.rect(x + 8, y + 6, 64, 30, fill="paper", stroke="line", r=3)
            pen.text(x + 40, y + 27, self.selected, 56, size=SMALL, bold=True, anchor="middle")
            pen.rect(x + 80, y + 6, width - 88, 30, fill="paper", stroke="line", r=3)
            if self.formula:
                pen.text(x + 90, y + 27, self.formula, width - 108, size=SMALL, mono=True)
            pen.zone("formula", x + 80, y + 6, width - 88, 30)
            top += 42
        count = max(len(row) for row in self.rows)
        broad = (width - 44) / count
        pen.rect(x + 0.5, top, width - 1, 30, fill="bar")
        pen.rect(x + 0.5, top, 43.5, 30 + 34 * len(self.rows), fill="bar")
        for column in range(count):
            centre = x + 44 + (column + 0.5) * broad
            pen.text(
                centre, top + 21, ascii_uppercase[column], broad, size=SMALL, colour="muted", anchor="middle"
            )
        self._cells(pen, x, top + 30, broad, count)
        top += 30 + 34 * len(self.rows)
        frame(pen, x, y, width, top + 1 - y, at=mark)
        return top + 1 - y

    def _cells(self, pen: Pen, x: float, top: float, broad: float, count: int) -> None:
        for at, row in enumerate(self.rows):
            base = top + at * 34
            pen.line(x, base, x + 44 + broad * count, base, stroke="line")
            pen.text(x + 22, base + 23, str(at + 1), 36, size=SMALL, colour="muted", anchor="middle")
            for column in range(count):
                left = x + 44 + column * broad
                pen.line(left, base, left, base + 34, stroke="line")
                name = f"{ascii_uppercase[column]}{at + 1}"
                pen.zone(name, left, base, broad, 34)
                if name == self.selected:
                    pen.rect(left + 1, base + 1, broad - 2, 32, stroke="accent", thick=3)
                text = row[column] if column < len(row) else None
                if text:
                    _cell(pen, text, left, base, broad)

    def told(self) -> str:
        cells = [
            ", ".join(f"{ascii_uppercase[column]}{at} {text}" for column, text in enumerate(row) if text)
            for at, row in enumerate(self.rows, 1)
        ]
        shown = f"Cellule choisie{NO_BREAK}: {self.selected}." if self.selected else ""
        formula = f"Barre de formule{NO_BREAK}: `{self.formula}`." if self.selected and self.formula else ""
        return joined(listed("Feuille de tableur", [one for one in cells if one]), shown, formula)


def _cell(pen: Pen, text: str, left: float, base: float, broad: float) -> None:
    """Write a cell: numbers on the right, the rest on the left."""
    is_number = (
        text.replace(",", "").replace(NO_BREAK, "").replace("\u202f", "").lstrip("−-").rstrip("%€ ").isdigit()
    )
    where, anchor = (left + broad - 8, "end") if is_number else (left + 8, "start")
    pen.text(where, base + 23, text, broad - 14, size=SMALL, anchor=anchor)
