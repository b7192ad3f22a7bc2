"""Charts: bars, lines, slices."""

from math import ceil, cos, floor, log10, pi, sin
from typing import Literal, Self

from pydantic import Field, model_validator

from portal.material.pictures.letters import width_of
from portal.material.pictures.palette import SERIES
from portal.material.pictures.part import NO_BREAK, Keys, Part, Word, joined, listed, quoted
from portal.material.pictures.pen import SMALL, Pen
from portal.material.pictures.shapes import frame

TALL = 200.0
SMALLEST = 15.0


def _written(value: float) -> str:
    """Write a number the French way."""
    whole = f"{value:,.2f}".rstrip("0").rstrip(".")
    return whole.replace(",", "\u202f").replace(".", ",").replace("-", "−")


class Series(Keys):
    """Values of the same thing."""

    name: Word
    values: tuple[float, ...] = Field(min_length=2, max_length=14)


class Chart(Part, kind="chart"):
    """A chart."""

    title = (
        "Un graphique : `bars`, `line` ou `pie`. `from` : le départ de l’axe, zéro si rien n’est dit ;"
        " `figures: false` cache les nombres. Plusieurs séries s’écrivent dans `series`."
    )
    sample = """\
chart:
  kind: bars
  title: "Livres empruntés"
  unit: "livres"
  labels: ["Lundi", "Mardi", "Jeudi"]
  values: [12, 30, 18]
"""

    shape: Literal["bars", "line", "pie"] = Field(alias="kind")
    name: Word | None = Field(default=None, alias="title")
    unit: Word | None = None
    labels: tuple[Word, ...] = Field(min_length=2, max_length=14)
    values: tuple[float, ...] = ()
    series: tuple[Series, ...] = Field(default=(), max_length=4)
    start: float = Field(default=0, alias="from")
    figures: bool = True
    source: Word | None = None

    @model_validator(mode="after")
    def _as_many_values_as_labels(self) -> Self:
        if bool(self.values) == bool(self.series):
            raise ValueError("il faut « values », ou « series » avec leurs noms et leurs valeurs")
        if any(len(one.values) != len(self.labels) for one in self._all()):
            raise ValueError("il faut autant de valeurs que de « labels »")
        if self.shape == "pie" and (self.series or len(self.labels) > len(SERIES) or min(self.values) < 0):
            raise ValueError(f"un camembert a une série, {len(SERIES)} parts au plus, aucune négative")
        if min(min(one.values) for one in self._all()) < self.start:
            raise ValueError("une valeur est plus petite que le départ de l’axe (« from »)")
        return self

    def _all(self) -> tuple[Series, ...]:
        return self.series or (Series(name=self.name or "valeurs", values=self.values),)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark, top = pen.mark(), y + 12
        if self.name:
            top += pen.paragraph(x + 16, top, self.name, width - 32, bold=True) + 4
        if self.shape == "pie":
            top += self._slices(pen, x + 16, top, width - 32)
        else:
            top += self._axes(pen, x + 16, top, width - 32)
        if self.source:
            pen.text(
                x + 16, top + 18, f"Source{NO_BREAK}: {self.source}", width - 32, size=SMALL, colour="muted"
            )
            pen.zone("source", x + 16, top, width - 32, 26)
            top += 28
        frame(pen, x, y, width, top + 8 - y, at=mark)
        return top + 8 - y

    def _axes(self, pen: Pen, x: float, y: float, width: float) -> float:
        top = y + 6
        if self.unit:
            pen.text(x, y + 18, self.unit, width, size=SMALL, colour="muted")
            top += 24
        top += 22 if self.figures else 4
        ticks = _ticks(self.start, max(max(one.values) for one in self._all()))
        margin = max(width_of(_written(tick), SMALLEST) for tick in ticks) + 10
        left, room = x + margin, width - margin
        for tick in ticks:
            base = top + TALL - TALL * (tick - ticks[0]) / (ticks[-1] - ticks[0])
            pen.line(left, base, left + room, base, stroke="line" if tick > ticks[0] else "edge")
            pen.text(left - 8, base + 5, _written(tick), margin, size=SMALLEST, colour="muted", anchor="end")
        scale = TALL / (ticks[-1] - ticks[0])
        bottom = top + TALL
        for number, one in enumerate(self._all()):
            heights = [(value - ticks[0]) * scale for value in one.values]
            draw = self._bars if self.shape == "bars" else self._line
            draw(pen, one, heights, left, bottom, room / len(self.labels), number)
        under = bottom + self._labels(pen, left, bottom, room)
        return under + self._legend(pen, x, under + 6, width) - y

    def _bars(
        self,
        pen: Pen,
        one: Series,
        heights: list[float],
        left: float,
        bottom: float,
        step: float,
        number: int,
    ) -> None:
        count = len(self._all())
        broad = min(70.0, step * 0.8 / count)
        for at, height in enumerate(heights):
            where = left + (at + 0.5) * step + (number - count / 2) * broad
            pen.rect(where + 1, bottom - height, broad - 2, height, fill=SERIES[number])
            if count == 1:
                pen.zone(f"bar-{at + 1}", where, bottom - TALL, broad, TALL)
            if self.figures:
                room = step if count == 1 else broad + 4
                self._figure(pen, one.values[at], where + broad / 2, bottom - height - 6, room)

    def _line(
        self,
        pen: Pen,
        one: Series,
        heights: list[float],
        left: float,
        bottom: float,
        step: float,
        number: int,
    ) -> None:
        points = [(left + (at + 0.5) * step, bottom - height) for at, height in enumerate(heights)]
        drawn = "M" + " ".join(f"{px:.1f} {py:.1f}" for px, py in points)
        dashed: dict[str, str | float] = {"dash": "9 5"} if number else {}
        pen.path(drawn, stroke=SERIES[number], fill="none", thick=3, **dashed)
        for at, (px, py) in enumerate(points):
            pen.circle(px, py, 5, fill=SERIES[number])
            if len(self._all()) == 1:
                pen.zone(f"point-{at + 1}", px - 20, py - 20, 40, 40)
            if self.figures:
                is_under = number % 2 == 1 and py + 22 < bottom
                self._figure(pen, one.values[at], px, py + 22 if is_under else py - 12, step)

    def _figure(self, pen: Pen, value: float, x: float, y: float, room: float) -> None:
        pen.text(x, y, _written(value), room, size=SMALLEST, anchor="middle")

    def _labels(self, pen: Pen, left: float, bottom: float, room: float) -> float:
        step, deepest = room / len(self.labels), 0
        for at, label in enumerate(self.labels):
            lines = pen.cut(label, step - 4, SMALLEST)
            for place, line in enumerate(lines):
                pen.text(
                    left + (at + 0.5) * step,
                    bottom + 20 + place * 19,
                    line,
                    step - 4,
                    size=SMALLEST,
                    anchor="middle",
                )
            deepest = max(deepest, len(lines))
        return 10 + deepest * 19

    def _legend(self, pen: Pen, x: float, y: float, width: float) -> float:
        if not self.series:
            return 0
        left, top = x, y
        for number, one in enumerate(self.series):
            wide = width_of(one.name, SMALL) + 44
            if left + wide > x + width and left > x:
                left, top = x, top + 26
            pen.rect(left, top + 2, 18, 18, fill=SERIES[number], r=3)
            pen.text(left + 26, top + 17, one.name, width - 30, size=SMALL)
            left += wide
        return top + 32 - y

    def _slices(self, pen: Pen, x: float, y: float, width: float) -> float:
        is_beside = width > 400
        radius = 105.0 if is_beside else min(90.0, width / 2 - 6)
        rows = 30.0 * len(self.labels)
        height = max(2 * radius + 12, rows + 8) if is_beside else 2 * radius + 12
        cx, cy, turned = x + (radius + 6 if is_beside else width / 2), y + height / 2, -pi / 2
        left, top = (x + 2 * radius + 36, y + (height - rows) / 2) if is_beside else (x, y + height + 8)
        for at, value in enumerate(self.values):
            angle = 2 * pi * value / sum(self.values)
            self._slice(pen, cx, cy, radius, turned, angle, SERIES[at])
            turned += angle
            self._share(pen, at, left, top + 30 * at, x + width - left)
        return height if is_beside else height + 12 + rows

    def _share(self, pen: Pen, at: int, x: float, y: float, width: float) -> None:
        unit = f"{NO_BREAK}{self.unit}" if self.unit else ""
        figure = f"{NO_BREAK}: {_written(self.values[at])}{unit}" if self.figures else ""
        pen.rect(x, y + 5, 18, 18, fill=SERIES[at], r=3)
        pen.text(x + 28, y + 20, self.labels[at] + figure, width - 28, size=SMALL)
        pen.zone(f"legend-{at + 1}", x, y, width, 30)

    def _slice(
        self, pen: Pen, cx: float, cy: float, radius: float, start: float, angle: float, colour: str
    ) -> None:
        if angle > 1.999 * pi:
            pen.circle(cx, cy, radius, fill=colour)
            return
        x1, y1 = cx + radius * cos(start), cy + radius * sin(start)
        x2, y2 = cx + radius * cos(start + angle), cy + radius * sin(start + angle)
        large = int(angle > pi)
        drawn = (
            f"M{cx:.1f} {cy:.1f}L{x1:.1f} {y1:.1f}A{radius:.1f} {radius:.1f} 0 {large} 1 {x2:.1f} {y2:.1f}z"
        )
        pen.path(drawn, fill=colour, stroke="paper", thick=2)

    def told(self) -> str:
        what = {"bars": "Graphique en barres", "line": "Courbe", "pie": "Graphique en secteurs"}[self.shape]
        unit = f", en {self.unit}" if self.unit and self.shape != "pie" else ""
        heading = f"{what} {quoted(self.name)}{unit}" if self.name else f"{what}{unit}"
        after = f"{NO_BREAK}{self.unit}" if self.unit and self.shape == "pie" else ""
        told = [
            listed(
                f"{quoted(one.name)}" if self.series else "Valeurs",
                [
                    f"{label}, {_written(value)}{after}"
                    for label, value in zip(self.labels, one.values, strict=True)
                ],
            )
            for one in self._all()
        ]
        return joined(
            f"{heading}.",
            f"L’axe commence à {_written(self.start)}." if self.start else "",
            *told,
            f"Source{NO_BREAK}: {self.source}." if self.source else "",
        )


def _ticks(start: float, highest: float) -> list[float]:
    """Choose four to seven round values from the start of the axis to above the highest."""
    span = max(highest - start, 1e-6)
    power = 10 ** floor(log10(span / 4))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if span / (power * factor) <= 5)
    return [start + at * step for at in range(ceil(span / step - 1e-9) + 1)]
