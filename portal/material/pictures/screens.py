"""Screens: what holds other parts, and what asks something."""

from pydantic import Field

from portal.material.pictures.lists import FileItem, draw_files, told_files
from portal.material.pictures.part import (
    NO_BREAK,
    Part,
    Parts,
    Word,
    code,
    joined,
    listed,
    place,
    quoted,
    stack,
    told_of,
)
from portal.material.pictures.pen import SMALL, Pen
from portal.material.pictures.shapes import BAR, PAD, frame


class Row(Part, kind="row"):
    """Parts side by side, in equal shares."""

    title = "Des parties côte à côte : `parts`."
    sample = """\
row:
  parts:
    - label: {title: "Clé USB", rows: [{name: "Capacité", value: "32 Go"}]}
    - label: {title: "Disque dur", rows: [{name: "Capacité", value: "1 To"}]}
"""

    parts: Parts

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        share = (width - PAD * (len(self.parts) - 1)) / len(self.parts)
        return max(place(pen, one, x + at * (share + PAD), y, share) for at, one in enumerate(self.parts))

    def told(self) -> str:
        return told_of(self.parts)


class Window(Part, kind="window"):
    """A window of a computer."""

    title = "Une fenêtre d’ordinateur, avec son chemin, ses fichiers ou d’autres parties."
    sample = """\
window:
  title: "Documents"
  path: "Ordinateur > Documents"
  files:
    - {name: "Exposé"}
    - {name: "photo.jpg", size: "2 Mo", date: "3 mars", selected: true}
    - {name: "lettre.odt", size: "24 ko", date: "12 février"}
  status: "3 éléments"
"""

    name: Word = Field(alias="title")
    path: Word | None = None
    files: tuple[FileItem, ...] = ()
    content: Parts | tuple[()] = ()
    status: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        self._bar(pen, x, y, width)
        top = y + BAR
        if self.path:
            pen.icon("folder", x + PAD, top + 10, 24)
            pen.rect(x + 46, top + 6, width - 58, 32, fill="paper", stroke="line", r=4)
            pen.text(x + 56, top + 28, self.path, width - 78, size=SMALL)
            pen.zone("path", x + 46, top + 6, width - 58, 32)
            top += 44
        if self.files:
            top += draw_files(pen, self.files, x, top, width)
        if self.content:
            top += stack(pen, self.content, x + PAD, top + PAD, width - 2 * PAD) + 2 * PAD
        if self.status:
            pen.line(x, top, x + width, top, stroke="line")
            pen.text(x + PAD, top + 23, self.status, width - 2 * PAD, size=SMALL, colour="muted")
            pen.zone("status", x, top, width, 34)
            top += 34
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def _bar(self, pen: Pen, x: float, y: float, width: float) -> None:
        pen.path(
            f"M{x:.1f} {y + BAR:.1f}v{8 - BAR:.1f}q0-8 8-8h{width - 16:.1f}q8 0 8 8v{BAR - 8:.1f}z",
            fill="bar",
        )
        pen.text(x + PAD, y + 27, self.name, width - 130, bold=True)
        pen.zone("title", x, y, width - 110, BAR)
        for at, name in enumerate(("minimise", "maximise", "close")):
            left = x + width - 104 + at * 34
            pen.icon(name, left + 5, y + 9, 22, "ink")
            pen.zone(name, left, y + 2, 32, BAR - 4)

    def told(self) -> str:
        return joined(
            f"Fenêtre {quoted(self.name)}.",
            f"Chemin{NO_BREAK}: {quoted(self.path)}." if self.path else "",
            told_files(self.files),
            told_of(self.content),
            f"En bas{NO_BREAK}: {quoted(self.status)}." if self.status else "",
        )


class Browser(Part, kind="browser"):
    """A browser, its address bar, and a page."""

    title = (
        "Un navigateur : onglets, adresse, cadenas (`secure`), page (`content`), lien survolé (`hovered`)."
    )
    sample = """\
browser:
  tabs: ["Collège Jean-Moulin", "Météo"]
  url: "https://college.example/actualites"
  content:
    - page: {title: "Sortie au musée", date: "3 mars 2026", text: "La classe de 5eB visite le musée jeudi."}
  hovered: "https://college.example/sortie.pdf"
"""

    url: Word
    secure: bool = True
    tabs: tuple[Word, ...] = Field(default=(), max_length=4)
    active: int = Field(default=1, ge=1)
    content: Parts | tuple[()] = ()
    hovered: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        top = y
        if self.tabs:
            top += self._tabs(pen, x, y, width)
        top += self._address(pen, x, top, width)
        pen.line(x, top, x + width, top, stroke="line")
        if self.content:
            top += stack(pen, self.content, x + PAD, top + PAD, width - 2 * PAD) + 2 * PAD
        if self.hovered:
            top += self._hovered(pen, x, top, width)
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def _tabs(self, pen: Pen, x: float, y: float, width: float) -> float:
        share = min(220.0, (width - 24) / len(self.tabs))
        pen.path(f"M{x:.1f} {y + 38:.1f}v-30q0-8 8-8h{width - 16:.1f}q8 0 8 8v30z", fill="bar")
        for at, tab in enumerate(self.tabs):
            left = x + 12 + at * share
            if at + 1 == self.active:
                pen.rect(left, y + 6, share - 4, 32, fill="paper", r=6)
            pen.text(left + 12, y + 28, tab, share - 52, size=SMALL)
            pen.icon("close", left + share - 34, y + 14, 16, "muted")
            pen.zone(f"tab-{at + 1}", left, y + 4, share - 4, 34)
        return 38

    def _address(self, pen: Pen, x: float, top: float, width: float) -> float:
        left = x + 12
        # On a narrow screen, as on a phone, the address takes the place of the arrows.
        if width > 420:
            for name in ("back", "forward", "reload"):
                pen.icon(name, left, top + 11, 22, "muted" if name == "forward" else "ink")
                pen.zone(name, left - 6, top + 5, 34, 34)
                left += 36
        mark, room = pen.mark(), x + width - PAD - left
        pen.icon(
            "lock" if self.secure else "unlocked", left + 12, top + 11, 21, "ink" if self.secure else "ko"
        )
        pen.zone("padlock", left + 2, top + 5, 40, 34)
        height = 10 + pen.paragraph(left + 48, top + 11, self.url, room - 64, size=SMALL)
        pen.zone("url", left + 42, top + 6, room - 42, height)
        pen.rect(left, top + 6, room, height, fill="ground", stroke="edge", r=16, at=mark)
        return height + 12

    def _hovered(self, pen: Pen, x: float, top: float, width: float) -> float:
        pen.line(x, top, x + width, top, stroke="line")
        height = pen.paragraph(
            x + PAD, top + 6, self.hovered or "", width - 2 * PAD, size=SMALL, colour="muted"
        )
        pen.zone("hovered", x, top, width, height + 12)
        return height + 12

    def told(self) -> str:
        lock = "un cadenas fermé" if self.secure else "un cadenas ouvert"
        tabs = [
            quoted(tab) + (" (affiché)" if at == self.active else "") for at, tab in enumerate(self.tabs, 1)
        ]
        return joined(
            f"Navigateur. Adresse{NO_BREAK}: {code(self.url)}, avec {lock}.",
            listed("Onglets", tabs),
            told_of(self.content),
            f"Le pointeur est sur un lien. En bas s’affiche {code(self.hovered)}." if self.hovered else "",
        )


class Phone(Part, kind="phone"):
    """A phone, seen from the front."""

    title = "Un téléphone : heure, batterie, titre de l’application, autres parties. Seul, l’image a 480 de large."
    sample = """\
phone:
  time: "8:05"
  battery: "64 %"
  title: "Messages"
  content:
    - message: {from: "Inès", text: "On se retrouve au CDI ?", time: "8:02"}
"""

    time: Word = "10:24"
    battery: Word = f"80{NO_BREAK}%"
    app: Word | None = Field(default=None, alias="title")
    content: Parts

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark = pen.mark()
        inner, room = x + 10, width - 20
        pen.text(inner + 16, y + 36, self.time, room / 2 - 20, size=SMALL, bold=True)
        pen.text(x + width - 26, y + 36, self.battery, room / 2 - 20, size=SMALL, anchor="end")
        pen.zone("status", inner, y + 12, room, 34)
        top = y + 48
        if self.app:
            pen.icon("back", inner + 12, top + 10, 22, "ink")
            pen.text(inner + 46, top + 28, self.app, room - 60, size=20, bold=True)
            pen.line(inner, top + 43, inner + room, top + 43, stroke="line")
            pen.zone("title", inner, top, room, 43)
            top += 44
        top += stack(pen, self.content, inner + PAD, top + PAD, room - 2 * PAD) + 2 * PAD
        pen.line(x + width / 2 - 50, top + 8, x + width / 2 + 50, top + 8, stroke="edge", thick=4)
        height = top + 26 - y
        pen.rect(inner, y + 10, room, height - 20, fill="paper", r=24, at=mark)
        pen.rect(x, y, width, height, fill="bar", stroke="edge", thick=2, r=32, at=mark)
        return height

    def told(self) -> str:
        return joined(
            f"Téléphone. Il est {self.time}, batterie à {self.battery}.",
            f"Application {quoted(self.app)}." if self.app else "",
            told_of(self.content),
        )
