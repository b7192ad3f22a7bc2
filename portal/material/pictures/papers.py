"""Code, posters, labels."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from portal.material.pictures.icons import ICONS
from portal.material.pictures.letters import width_of
from portal.material.pictures.part import (
    NO_BREAK,
    Keys,
    Part,
    Word,
    code,
    joined,
    listed,
    quoted,
    sentence,
)
from portal.material.pictures.pen import SMALL, Pen
from portal.material.pictures.shapes import frame

CodeLine = Annotated[str, StringConstraints(strip_whitespace=False, max_length=120)]


def _known(name: str) -> str:
    if name not in ICONS:
        raise ValueError(f"« {name} » n’est pas un signe ({', '.join(ICONS)})")
    return name


Icon = Annotated[str, AfterValidator(_known)]


class Code(Part, kind="code"):
    """A program, a page of code, a command."""

    title = "Du code, en lignes numérotées ; les espaces du début sont gardés."
    sample = """\
code:
  lines:
    - "pour chaque élève de la classe"
    - "    si note > 10"
    - "        afficher le nom"
"""

    lines: tuple[CodeLine, ...] = Field(min_length=1, max_length=16)
    numbered: bool = True

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        pen.rect(x, y, width, len(self.lines) * 26 + 20, fill="paper", stroke="edge", r=8)
        left = x + (48 if self.numbered else 14)
        for at, line in enumerate(self.lines, 1):
            base = y + at * 26 + 2
            if self.numbered:
                pen.text(x + 36, base, str(at), 30, size=SMALL, colour="muted", mono=True, anchor="end")
            if line:
                text = line.replace(" ", NO_BREAK)
                pen.text(left, base, text, x + width - left - 10, size=SMALL, mono=True)
            pen.zone(f"line-{at}", x, base - 19, width, 26)
        return len(self.lines) * 26 + 20

    def told(self) -> str:
        return listed("Code", [_told_line(at, line) for at, line in enumerate(self.lines, 1) if line.strip()])


def _told_line(at: int, line: str) -> str:
    """Say a line; what is read aloud does not hear its first spaces."""
    margin = len(line) - len(line.lstrip())
    return f"ligne {at}{f', en retrait de {margin}' if margin else ''}, {code(line.strip())}"


class Poster(Part, kind="poster"):
    """A poster, a leaflet, a cover."""

    title = "Une affiche : titre, sous-titre, lignes, signe au milieu, bas de page."
    sample = """\
poster:
  title: "Fête du collège"
  subtitle: "Samedi 13 juin"
  icon: flag
  lines: ["Entrée libre", "Gymnase, de 10 h à 17 h"]
  footer: "Photo : Inès Diallo, CC BY"
"""

    name: Word = Field(alias="title")
    subtitle: Word | None = None
    icon: Icon | None = None
    lines: tuple[Word, ...] = ()
    footer: Word | None = None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark, room, middle = pen.mark(), width - 48, x + width / 2
        top = y + 20
        for line in (self.name,):
            pen.text(middle, top + 26, line, room, size=28, bold=True, colour="accent", anchor="middle")
            top += 40
        if self.subtitle:
            pen.text(middle, top + 18, self.subtitle, room, size=20, anchor="middle")
            top += 34
        if self.icon:
            pen.icon(self.icon, middle - 40, top + 4, 80, "accent")
            pen.zone("icon", middle - 44, top, 88, 88)
            top += 98
        for at, line in enumerate(self.lines, 1):
            pen.text(middle, top + 18, line, room, anchor="middle")
            pen.zone(f"line-{at}", x + 24, top - 2, room, 28)
            top += 28
        if self.footer:
            pen.line(x + 24, top + 10, x + width - 24, top + 10, stroke="line")
            pen.text(middle, top + 33, self.footer, room, size=SMALL, colour="muted", anchor="middle")
            pen.zone("footer", x + 24, top + 14, room, 28)
            top += 32
        frame(pen, x, y, width, top + 18 - y, at=mark)
        return top + 18 - y

    def told(self) -> str:
        return joined(
            f"Affiche {quoted(self.name)}.",
            *(sentence(quoted(line)) for line in (self.subtitle, *self.lines, self.footer) if line),
        )


class Line(Keys):
    """A line of a label."""

    name: Word
    value: Word


class Label(Part, kind="label"):
    """A label, a technical sheet, an identity card of something."""

    title = "Une étiquette ou une fiche : des noms et leurs valeurs."
    sample = """\
label:
  title: "Ordinateur portable"
  rows:
    - {name: "Mémoire", value: "8 Go"}
    - {name: "Stockage", value: "256 Go"}
    - {name: "Écran", value: "14 pouces"}
"""

    heading: Word | None = Field(default=None, alias="title")
    rows: tuple[Line, ...] = Field(min_length=1, max_length=10)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> float:
        mark, top = pen.mark(), y
        if self.heading:
            top += 10 + pen.paragraph(x + 16, y + 10, self.heading, width - 32, bold=True) + 8
        broad = min(max(width_of(one.name, SMALL) for one in self.rows) + 24, width * 0.55)
        for at, one in enumerate(self.rows, 1):
            if top > y:
                pen.line(x, top, x + width, top, stroke="line")
            named = pen.paragraph(x + 16, top + 8, one.name, broad - 12, size=SMALL, colour="muted")
            valued = pen.paragraph(
                x + 16 + broad, top + 8, one.value, width - 32 - broad, size=SMALL, bold=True
            )
            height = max(named, valued) + 16
            pen.zone(f"row-{at}", x, top, width, height)
            top += height
        frame(pen, x, y, width, top - y, at=mark)
        return top - y

    def told(self) -> str:
        heading = f"Fiche {quoted(self.heading)}" if self.heading else "Fiche"
        return listed(heading, [f"{one.name}, {one.value}" for one in self.rows])
